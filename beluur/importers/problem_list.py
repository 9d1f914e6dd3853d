"""The problems met in one file, in order; many alike are shown a few times and counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from beluur.importers.limits import PROBLEMS_PER_CODE
from beluur.importers.records import FileContents
from beluur.values.problem import Problem, Severity
from beluur.values.sentence import Sentence, say


class ProblemList:
    """Collects the problems of ``file``; `skipped` says whether any record was left out."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.skipped = False
        self._problems: list[Problem] = []
        self._count: Counter[str] = Counter()
        self._first: dict[str, Sentence] = {}

    @property
    def placed(self) -> bool:
        """Whether any of them is at a place in the file."""
        return any(problem.field for problem in self._problems)

    def skip(self, code: str, line: int | None = None, field: str = "", **params: Any) -> None:
        """One record is left out."""
        self.skipped = True
        self._add(Severity.SKIPPED, say(code, **params), line, field)

    def warn(self, code: str, line: int | None = None, field: str = "", **params: Any) -> None:
        """Taken, with a remark."""
        self._add(Severity.WARNING, say(code, **params), line, field)

    def _add(self, severity: Severity, sentence: Sentence, line: int | None, field: str) -> None:
        self._count[sentence.code] += 1
        self._first.setdefault(sentence.code, sentence)
        if self._count[sentence.code] <= PROBLEMS_PER_CODE:
            self._problems.append(Problem(sentence, severity, self.file, line, field))

    def all(self) -> tuple[Problem, ...]:
        """What was collected, with a last line for each code that was met more often than shown."""
        more = (
            Problem(
                say("file.and-more", n=n - PROBLEMS_PER_CODE, like=self._first[code]),
                Severity.WARNING,
                self.file,
            )
            for code, n in self._count.items()
            if n > PROBLEMS_PER_CODE
        )
        return (*self._problems, *more)


def refused(base: FileContents, sentence: Sentence, line: int | None = None) -> FileContents:
    """The answer to a file that is not taken at all; ``base`` holds what is known of it."""
    return replace(base, problems=(Problem(sentence, Severity.REFUSED, base.name, line),))
