"""docs/states.md, drawn from the table of steps: `python -m beluur.domain.diagram > docs/states.md`."""

from __future__ import annotations

from beluur.domain.steps import STAGES, TRANSITIONS, By, Stage

_HEAD = """# The road of a debtor

What happens next with a debtor is one *step*, decided by `beluur.domain.next_step`. Steps of one nature form a stage. The
picture is drawn from the table in `beluur/domain/steps.py` (`python -m beluur.domain.diagram`); a test fails when they differ.
"""


def mermaid() -> str:
    """The stages, their steps and the transitions between them, as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    direction LR", f"    [*] --> {Stage.REST.value}"]
    for stage, steps in STAGES.items():
        lines.append(f"    state {stage.value} {{")
        lines += [f"        {step.value}" for step in steps]
        lines.append("    }")
    for (source, target), causes in _edges().items():
        lines.append(f"    {source.value} --> {target.value}: {', '.join(by.value for by in causes)}")
    return "\n".join(lines)


def _edges() -> dict[tuple[Stage, Stage], list[By]]:
    edges: dict[tuple[Stage, Stage], list[By]] = {}
    for source, target, by in TRANSITIONS:
        edges.setdefault((source, target), []).append(by)
    return edges


def page() -> str:
    """The whole of docs/states.md."""
    return f"{_HEAD}\n```mermaid\n{mermaid()}\n```\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - printing is what this is for
