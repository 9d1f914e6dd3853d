"""Which ladder holds for a debtor: the administration's own, or the one that comes with the product (ladders.toml).

Whatever an administration writes, the law stands over it: what `law.order` forbids is put right when a ladder is taken up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from beluur.domain.case import Case, DebtorKind
from beluur.domain.ladder import Approver, Channel, Ladder, Rung, RungKind
from beluur.domain.policy import Policy
from beluur.law.order import OrderRule, order


@dataclass(frozen=True, slots=True)
class Shipped:
    """A ladder as it comes, and for whom: ``kinds`` empty is every kind, ``agency`` None whoever collects. ``follows``: the
    columns of a rung whose number is the policy's."""

    ladder: Ladder
    country: str
    kinds: tuple[DebtorKind, ...]
    agency: bool | None
    follows: tuple[tuple[RungKind, str, str], ...]

    def fits(self, country: str, kind: DebtorKind, *, agency: bool) -> bool:
        """Whether it is for such a debtor."""
        return (
            self.country in (country, "*")
            and (not self.kinds or kind in self.kinds)
            and self.agency in (None, agency)
        )


class _Numbers(NamedTuple):
    """What a policy says of ladders: asked of every debtor, and small enough to be looked up by."""

    reminder_after_days: int
    second_reminder_after_days: int
    second_reminder_rest_days: int
    call_from_days: int
    write_when_unreached: bool
    write_by_itself: bool
    ladders: tuple[Ladder, ...]


def _numbers(policy: Policy) -> _Numbers:
    return _Numbers(
        policy.reminder_after_days,
        policy.second_reminder_after_days,
        policy.second_reminder_rest_days,
        policy.call_from_days,
        policy.write_when_unreached,
        policy.write_by_itself,
        policy.ladders,
    )


@lru_cache(maxsize=1)
def shipped() -> tuple[Shipped, ...]:
    """The ladders that come with the product, in the order in which they are searched."""
    text = files("beluur.domain").joinpath("ladders.toml").read_text("utf-8")
    return tuple(_read(row) for row in tomllib.loads(text)["ladder"])


def _read(row: Mapping[str, Any]) -> Shipped:
    rungs = row["rung"]
    return Shipped(
        Ladder(row["whom"], tuple(_rung(rung) for rung in rungs), row["source"]),
        row["country"],
        tuple(DebtorKind(kind) for kind in row.get("kinds", ())),
        row.get("agency"),
        tuple(
            (RungKind(rung["kind"]), column, number)
            for rung in rungs
            for column, number in rung.get("follows", {}).items()
        ),
    )


def _rung(row: Mapping[str, Any]) -> Rung:
    return Rung(
        RungKind(row["kind"]),
        Channel(row["channel"]),
        row.get("after_days", 0),
        row.get("rest_days", 0),
        tuple(RungKind(kind) for kind in row.get("needs", ())),
        Approver(row.get("approver", "caller")),
        row.get("message", ""),
    )


def whom(country: str, kind: DebtorKind, *, agency: bool) -> str:
    """The code of the ladder for such a debtor."""
    return _for(country, kind, agency=agency).ladder.whom


def _for(country: str, kind: DebtorKind, *, agency: bool) -> Shipped:
    return next(one for one in shipped() if one.fits(country, kind, agency=agency))


def usual(code: str, policy: Policy) -> Ladder:
    """The ladder of that code as it comes, with the administration's numbers in it. Raises KeyError when there is none."""
    found = {one.ladder.whom: one for one in shipped()}[code]
    return _with_numbers(found, _numbers(policy))


def rules_of(code: str) -> tuple[OrderRule, ...]:
    """What the law says of the order of its steps."""
    found = next(one for one in shipped() if one.ladder.whom == code)
    return order(found.country, consumer=DebtorKind.CONSUMER in found.kinds, agency=bool(found.agency))


def ladder_for(case: Case, policy: Policy) -> Ladder:
    """The ladder that holds for this debtor."""
    return ladder_of(case.country, case.kind, policy, agency=case.agency)


def ladder_of(country: str, kind: DebtorKind, policy: Policy, *, agency: bool) -> Ladder:
    """The ladder that holds for such a debtor."""
    return _taken_up(country, kind, agency, _numbers(policy))


def on_ladder(policy: Policy, ladder: Ladder) -> Policy:
    """The policy with ``ladder`` in the place of the one that is for the same debtors."""
    others = tuple(own for own in policy.ladders if own.whom != ladder.whom)
    return replace(policy, ladders=(*others, ladder))


@lru_cache(maxsize=512)
def _taken_up(country: str, kind: DebtorKind, agency: bool, numbers: _Numbers) -> Ladder:  # noqa: FBT001 - a key
    found = _for(country, kind, agency=agency)
    own = next((ladder for ladder in numbers.ladders if ladder.whom == found.ladder.whom), None)
    rules = order(country, consumer=kind is DebtorKind.CONSUMER, agency=agency)
    return lawful(own or _with_numbers(found, numbers), rules)


def _with_numbers(found: Shipped, numbers: _Numbers) -> Ladder:
    changed: dict[RungKind, dict[str, Any]] = {}
    for kind, column, number in found.follows:
        changed.setdefault(kind, {})[column] = getattr(numbers, number)
    if numbers.write_by_itself:
        changed.setdefault(RungKind.OTHER_CHANNEL, {})["approver"] = Approver.NOBODY
    rungs = (replace(rung, **changed.get(rung.kind, {})) for rung in found.ladder.rungs)
    left_out = () if numbers.write_when_unreached else (RungKind.OTHER_CHANNEL,)
    return replace(found.ladder, rungs=tuple(rung for rung in rungs if rung.kind not in left_out))


def lawful(ladder: Ladder, rules: tuple[OrderRule, ...]) -> Ladder:
    """The ladder with what the law forbids put right: the step waits for what must go before it, which is there."""
    for rule in rules:
        rung = ladder.rung(RungKind(rule.step)) if rule.binding else None
        if rung is not None:
            ladder = replace(ladder, rungs=tuple(_put_right(ladder, rung, rule)))
    return ladder


def _put_right(ladder: Ladder, step: Rung, rule: OrderRule) -> Iterator[Rung]:
    after = RungKind(rule.after)
    if ladder.rung(after) is None:
        yield Rung(after, Channel.MAIL)
    for rung in ladder.rungs:
        if rung is not step or rung.obeys(rule):
            yield rung
        else:
            needs = rung.needs if after in rung.needs else (after, *rung.needs)
            yield replace(rung, needs=needs, rest_days=max(rung.rest_days, rule.days))
