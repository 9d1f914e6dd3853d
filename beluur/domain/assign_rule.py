"""Whose a new debtor becomes (A1): rules from the top, the first that fits holds; what none fits is nobody's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beluur.values.sentence import Sentence, say

MOST_RULES = 12


@dataclass(frozen=True, slots=True)
class AssignRule:
    """Which debtors are for ``user``; ``in_turn`` instead: for each colleague in turn, neither: for nobody. What is empty asks
    nothing. ``first_letter`` to ``last_letter`` are of the name, both included; ``at_least_cents`` is what he owes."""

    user: int | None = None
    in_turn: bool = False
    kind: str = ""
    country: str = ""
    language: str = ""
    first_letter: str = ""
    last_letter: str = ""
    at_least_cents: int | None = None

    @property
    def asks(self) -> bool:
        """Whether it is not for every debtor."""
        return bool(
            self.kind or self.country or self.language or self.first_letter or self.last_letter
            or self.at_least_cents
        )  # fmt: skip


def rule_problems(rules: Sequence[AssignRule]) -> Iterator[tuple[int, str, Sentence]]:
    """(which rule, its field, what is wrong)."""
    for n, rule in enumerate(rules):
        for field in ("first_letter", "last_letter"):
            letter = getattr(rule, field)
            if letter and (len(letter) != 1 or not letter.isascii() or not letter.isalpha()):
                yield n, field, say("assign_rule.letter")
        if rule.first_letter and rule.last_letter and rule.last_letter < rule.first_letter:
            yield n, "last_letter", say("assign_rule.letters_backwards")
        if rule.at_least_cents is not None and rule.at_least_cents < 0:
            yield n, "at_least", say("assign_rule.below_zero")
        if not rule.asks and n < len(rules) - 1:
            yield n, "kind", say("assign_rule.takes_all")
