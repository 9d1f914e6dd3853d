"""Bad input as a value: where it is, what is wrong, what to do. Never an exception, never a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from beluur.values.sentence import Sentence


class Severity(StrEnum):
    """What the problem does: the whole file is refused, one record is left out, or it is taken with a remark."""

    REFUSED = "refused"
    SKIPPED = "skipped"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """``where``: file name, and ``line`` (1-based) and ``field`` (column header or element path) when known."""

    sentence: Sentence
    severity: Severity = Severity.SKIPPED
    file: str = ""
    line: int | None = None
    field: str = ""

    @property
    def code(self) -> str:
        """The sentence's code: stable, for programs."""
        return self.sentence.code

    @property
    def where(self) -> str:
        """``file:line:field``, the parts that are known."""
        return ":".join(str(p) for p in (self.file, self.line, self.field) if p not in (None, ""))


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error of ours
    """An action says no; it carries its sentence, and ``field`` names the form field it belongs to. ``also`` is what else is not
    right with the same form."""

    def __init__(self, sentence: Sentence, field: str = "", also: tuple[Refused, ...] = ()) -> None:
        super().__init__(sentence.code)
        self.sentence = sentence
        self.field = field
        self.also = also


def check_all(*checks: Callable[[], object]) -> None:
    """Runs each of them, and refuses with all that they refuse: who fills in a form hears once what is wrong with it."""
    wrong = list[Refused]()
    for check in checks:
        try:
            check()
        except Refused as refused:
            wrong += (refused, *refused.also)
    refuse_all(wrong)


def refuse_all(wrong: Iterable[Refused]) -> None:
    """One refusal that carries them all; nothing when there is none."""
    if all_wrong := tuple(wrong):
        first, *rest = all_wrong
        raise Refused(first.sentence, first.field, tuple(rest))
