"""The rules by which new debtors are assigned (A1), as SQL, and what they would do to those who are nobody's now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Mod, Substr, Upper

from beluur.domain.assign_rule import AssignRule
from beluur.store.models import AssignRule as Row
from beluur.store.models import Debtor, Invoice, Membership

_NOBODY = Value(None, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class WouldGet:
    """How many of those who are nobody's a colleague would get; ``name`` is empty: they stay nobody's."""

    name: str
    debtors: int


def assign_rules(administration_id: int) -> tuple[AssignRule, ...]:
    """In their order; a colleague who no longer works here gets nobody any more."""
    columns = "user in_turn kind country language first_letter last_letter at_least_cents".split()
    here = set(_colleagues(administration_id))
    rows = Row.objects.filter(administration_id=administration_id).order_by("position").values_list(*columns)
    return tuple(AssignRule(user if user in here else None, *rest) for user, *rest in rows)


def by_rule(administration_id: int, rules: Sequence[AssignRule]) -> tuple[QuerySet[Debtor], Cast]:
    """The debtors who are nobody's, and whose each of them would be: a user's id or NULL."""
    rows = Debtor.objects.filter(administration_id=administration_id, assigned_to=None, merged_into=None)
    people = _colleagues(administration_id)
    owes = Invoice.objects.filter(administration_id=administration_id, debtor_id=OuterRef("id")).order_by()
    sums = owes.values("debtor_id").annotate(cents=Sum("open_cents")).values("cents")
    rows = rows.annotate(letter=Upper(Substr("name", 1, 1)), turn=Mod(F("id"), Value(max(len(people), 1))))
    if any(rule.at_least_cents for rule in rules):
        rows = rows.annotate(owes=Coalesce(Subquery(sums), Value(0)))
    turns = (When(_fits(rule), then=_whose(rule, people)) for rule in rules)
    whose = Case(*turns, default=_NOBODY, output_field=IntegerField())
    return rows, Cast(whose, BigIntegerField())  # NULL on every side has no type on PostgreSQL


def would_get(administration_id: int, rules: Sequence[AssignRule]) -> tuple[WouldGet, ...]:
    """What ``rules`` would do now, the most first; nothing is written. Two queries."""
    rows, whose = by_rule(administration_id, rules)
    counts = rows.order_by().values_list(whose).annotate(n=Count("id"))
    members = Membership.objects.filter(administration_id=administration_id)
    names = dict(members.values_list("user_id", "user__name"))
    found = [WouldGet(names.get(user, "") if user else "", n) for user, n in counts]
    return tuple(sorted(found, key=lambda w: (not w.name, -w.debtors, w.name)))


def _fits(rule: AssignRule) -> Q:
    asked = {
        "kind": rule.kind,
        "country": rule.country,
        "letter__gte": rule.first_letter,
        "letter__lte": rule.last_letter,
    }
    found = Q(id__gt=0, **{name: value for name, value in asked.items() if value})
    if rule.language:
        found &= Q(language=rule.language) | Q(language__startswith=f"{rule.language}-")
    return found & Q(owes__gte=rule.at_least_cents) if rule.at_least_cents else found


def _whose(rule: AssignRule, people: Sequence[int]) -> Case | Value:
    if rule.in_turn and people:
        turns = (When(turn=n, then=Value(user)) for n, user in enumerate(people))
        return Case(*turns, default=_NOBODY, output_field=IntegerField())
    return Value(rule.user, output_field=IntegerField())


def _colleagues(administration_id: int) -> list[int]:
    rows = Membership.objects.filter(administration_id=administration_id, user__is_active=True)
    return list(rows.order_by("user_id").values_list("user_id", flat=True))
