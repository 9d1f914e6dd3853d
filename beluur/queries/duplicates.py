"""Who may be the same debtor: a number in common, or nearly the same name in the same city."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from rapidfuzz import fuzz

from beluur.store.models import Debtor, DebtorKey
from beluur.store.written import written
from beluur.values.money import Money
from beluur.values.searchable import folded
from beluur.values.sentence import Sentence, say

ALIKE = 88  # of 100, how much two names are to be alike
BLOCK = 4  # letters that both names begin with
MOST = 400  # names compared: an unlucky block may not slow the page
_STRONG = ("vat", "company", "iban", "email")
_KEYS = written(
    lambda administration_id, debtor_id: DebtorKey.objects.filter(
        administration_id=administration_id, debtor_id=debtor_id
    ).values_list("kind", "value")
)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A debtor who may be the same, and why."""

    id: int
    name: str
    city: str
    open: Money
    why: Sentence


def duplicates(administration_id: int, debtor_id: int) -> tuple[Duplicate, ...]:
    """At most five, the surest first, without those of his payer group, who are others; three queries."""
    keys = _KEYS(administration_id, debtor_id)
    reasons = _same_number(
        administration_id, debtor_id, [(kind, value) for kind, value in keys if kind in _STRONG]
    )
    _alike(administration_id, debtor_id, [value for kind, value in keys if kind == "name"], reasons)
    if not reasons:
        return ()
    wanted = Debtor.objects.filter(
        administration_id=administration_id, id__in=[*reasons, debtor_id], merged_into=None
    )
    columns = ("id", "name", "city", "open_cents", "currency", "payer_group_id")
    rows = {row[0]: row for row in wanted.values_list(*columns)}
    own = rows.pop(debtor_id, None)
    own_city, own_group = (folded(own[2]), own[5]) if own else ("", None)
    found = []
    for i, why in reasons.items():
        if i not in rows or (why.code == "duplicate.name" and own_city != folded(rows[i][2])):
            continue
        _, name, city, still, currency, group = rows[i]
        if own_group is not None and group == own_group:
            continue
        found.append(Duplicate(i, name, city, Money(still, currency), why))
    return tuple(found[:5])


def _same_number(administration_id: int, debtor_id: int, keys: list[tuple[str, str]]) -> dict[int, Sentence]:
    if not keys:
        return {}
    wanted = Q()
    for kind, value in keys:
        wanted |= Q(kind=kind, scope="", value=value)
    others = DebtorKey.objects.filter(wanted, administration_id=administration_id).exclude(
        debtor_id=debtor_id
    )
    found: dict[int, Sentence] = {}
    for i, kind, value in others.order_by("debtor_id").values_list("debtor_id", "kind", "value")[:20]:
        found.setdefault(i, say(f"duplicate.{kind}", value=value))
    return found


def _alike(administration_id: int, debtor_id: int, names: list[str], reasons: dict[int, Sentence]) -> None:
    wanted = Q()
    for name in names:
        if len(name) >= BLOCK:
            wanted |= Q(value__gte=name[:BLOCK], value__lt=name[:BLOCK] + "\uffff")
    if not wanted:
        return
    others = DebtorKey.objects.filter(wanted, administration_id=administration_id, kind="name", scope="")
    rows = others.exclude(debtor_id=debtor_id).values_list("debtor_id", "value")[:MOST]
    scored = ((max(fuzz.token_sort_ratio(name, value) for name in names), i) for i, value in rows)
    for score, i in sorted(scored, reverse=True):
        if score >= ALIKE:
            reasons.setdefault(i, say("duplicate.name"))
