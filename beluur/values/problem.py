"""Bad input as a value: where it is, what is wrong, what to do. Never an exception, never a guess."""

from __future__ import annotations

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
    """An action says no; it carries its sentence, and ``field`` names the form field it belongs to."""

    def __init__(self, sentence: Sentence, field: str = "") -> None:
        super().__init__(sentence.code)
        self.sentence = sentence
        self.field = field
