"""A page of docs/ that shows a table of states, drawn from the table itself."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


def state_page(
    title: str,
    module: str,
    first: Iterable[StrEnum],
    transitions: Iterable[tuple[StrEnum, StrEnum, StrEnum]],
) -> str:
    """The whole page: ``module`` of the domain has the table, in which one begins at a ``first`` state and each transition is
    (from, cause, to). As a Mermaid state diagram."""
    lines = ["stateDiagram-v2", *(f"    [*] --> {state.value}" for state in first)]
    lines += [
        f"    {source.value} --> {target.value}: {cause.value}" for source, cause, target in transitions
    ]
    drawn = "\n".join(lines)
    source = f"Drawn from the table in `beluur/domain/{module}.py` (`python -m beluur.domain.{module}`)"
    return f"# {title}\n\n{source}; a test fails when they differ.\n\n```mermaid\n{drawn}\n```\n"
