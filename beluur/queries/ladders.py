"""The ladders of a house (H4): which there are, who stands on which, and what a change would do to today's dossiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from beluur.domain.case import DebtorKind
from beluur.domain.ladder import Ladder
from beluur.domain.ladder_shipped import lawful, on_ladder, rules_of, shipped, usual, whom
from beluur.domain.local_time import local_day
from beluur.domain.next_step import next_step
from beluur.domain.policy import Policy
from beluur.domain.steps import Step
from beluur.store.load import load_cases, load_policy
from beluur.store.models import Administration, Debtor
from beluur.store.models import Ladder as Row

_MOST_COMPARED = 20_000


@dataclass(frozen=True, slots=True)
class LadderOf:
    """One kind of debtor and its ladder: ``own`` was made here, at ``at`` by ``by``. ``debtors`` owe something."""

    whom: str
    ladder: Ladder
    usual: Ladder
    debtors: int
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many dossiers have this step to do today, before and after the change."""

    step: Step
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a ladder would change today: of ``debtors`` looked at, ``moved`` get another step or another day. ``not_looked_at``
    are more than is looked at."""

    debtors: int
    moved: int
    steps: tuple[StepCount, ...]
    not_looked_at: int = 0


def ladders_of(administration_id: int) -> tuple[LadderOf, ...]:
    """Every ladder that can hold here, those of its own country first; what only an agency meets only at one."""
    house = Administration.objects.get(id=administration_id)
    agency = house.kind == Administration.Kind.AGENCY
    policy = load_policy(administration_id)
    own = {ladder.whom: ladder for ladder in policy.ladders}
    made = Row.objects.filter(administration_id=administration_id, ended_at=None).select_related("by")
    rows = {row.whom: row for row in made}
    owing = _owing(administration_id, agency=agency)
    found = []
    for code, country in _codes(agency=agency):
        row = rows.get(code)
        usually = usual(code, policy)
        ladder = lawful(own.get(code, usually), rules_of(code))
        by = row.by.name if row and row.by else ""
        found.append(
            (
                country != house.country,
                LadderOf(code, ladder, usually, owing[code], row.at if row else None, by),
            )
        )
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _codes(*, agency: bool) -> Iterator[tuple[str, str]]:
    """Those of other kinds of house are left out, and those that another goes before; business first."""
    seen = set()
    for one in sorted(shipped(), key=lambda s: bool(s.kinds)):
        fits = one.agency in (None, agency)
        kind = one.kinds[0] if one.kinds else DebtorKind.BUSINESS
        if fits and whom(one.country, kind, agency=agency) == one.ladder.whom and one.ladder.whom not in seen:
            seen.add(one.ladder.whom)
            yield one.ladder.whom, one.country


def _owing(administration_id: int, *, agency: bool) -> Counter[str]:
    rows = Debtor.objects.filter(administration_id=administration_id, merged_into=None, open_cents__gt=0)
    counts: Counter[str] = Counter()
    for country, kind, n in rows.order_by().values_list("country", "kind").annotate(n=Count("id")):
        counts[whom(country, DebtorKind(kind), agency=agency)] += n
    return counts


def on_ladder_of(administration_id: int, code: str) -> Q:
    """Which debtors climb the ladder of that code."""
    house = Administration.objects.values_list("kind", flat=True).get(id=administration_id)
    agency = house == Administration.Kind.AGENCY
    rows = Debtor.objects.filter(administration_id=administration_id).order_by()
    here = Q(pk__in=())
    for country, kind in rows.values_list("country", "kind").distinct():
        if whom(country, DebtorKind(kind), agency=agency) == code:
            here |= Q(country=country, kind=kind)
    return here


def would_change(administration_id: int, ladder: Ladder, now: datetime) -> Change:
    """What ``ladder`` would do to the dossiers of today, in the place of the one that holds. Nothing is written."""
    policy = load_policy(administration_id)
    rows = Debtor.objects.filter(
        on_ladder_of(administration_id, ladder.whom),
        administration_id=administration_id,
        merged_into=None,
        open_cents__gt=0,
    )
    ids = list(rows.order_by("id").values_list("id", flat=True))
    looked_at = ids[:_MOST_COMPARED]
    return _compared(administration_id, looked_at, (policy, on_ladder(policy, ladder)), now, len(ids))


def _compared(
    administration_id: int, ids: list[int], policies: tuple[Policy, Policy], now: datetime, of_all: int
) -> Change:
    before, after = Counter[Step](), Counter[Step]()
    moved = 0
    for case in load_cases(administration_id, ids).values():
        today = local_day(now, case.time_zone)
        was, becomes = (next_step(case, policy, today) for policy in policies)
        moved += (was.step, was.on, was.rung) != (becomes.step, becomes.on, becomes.rung)
        before.update([was.step] if was.is_due(today) else ())
        after.update([becomes.step] if becomes.is_due(today) else ())
    steps = tuple(StepCount(s, before[s], after[s]) for s in Step if before[s] or after[s])
    return Change(len(ids), moved, steps, of_all - len(ids))
