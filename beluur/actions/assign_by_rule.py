"""New debtors become a colleague's by the rules of the house (A1), in one statement however many they are."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from beluur.actions.once import Doer, once
from beluur.domain.assign_rule import MOST_RULES, AssignRule, rule_problems
from beluur.queries.assign_rules import assign_rules, by_rule
from beluur.store.models import AssignRule as Row
from beluur.store.models import Debtor, Membership, StagedRow
from beluur.store.save import Happening, append_many
from beluur.values.problem import Refused, refuse_all
from beluur.values.sentence import say


def save_assign_rules(doer: Doer, rules: tuple[AssignRule, ...]) -> None:
    """They take the place of what was there, and hold for who comes from now on. Refused at ``<field>_<n>``, n from 1."""

    def do() -> dict[str, Any]:
        if len(rules) > MOST_RULES:
            raise Refused(say("assign_rule.too_many", most=MOST_RULES))
        check_rules(rules)
        members = Membership.objects.filter(administration_id=doer.administration_id)
        here = set(members.values_list("user_id", flat=True))
        refuse_all(
            Refused(say("by_hand.no_colleague"), f"user_{n}")
            for n, rule in enumerate(rules, 1)
            if rule.user is not None and rule.user not in here
        )
        Row.objects.filter(administration_id=doer.administration_id).delete()
        Row.objects.bulk_create(_row(doer, n, rule) for n, rule in enumerate(rules, 1))
        return {}

    once(doer, "save_assign_rules", do)


def check_rules(rules: tuple[AssignRule, ...]) -> None:
    """Refuses all that is wrong with them, at ``<field>_<n>``, n from 1."""
    refuse_all(Refused(wrong, f"{field}_{n + 1}") for n, field, wrong in rule_problems(rules))


def _row(doer: Doer, position: int, rule: AssignRule) -> Row:
    return Row(
        administration_id=doer.administration_id,
        position=position,
        user_id=rule.user,
        in_turn=rule.in_turn,
        kind=rule.kind,
        country=rule.country,
        language=rule.language,
        first_letter=rule.first_letter,
        last_letter=rule.last_letter,
        at_least_cents=rule.at_least_cents,
    )


def assign_those_of_nobody(doer: Doer) -> int:
    """The rules that hold, for everybody who is nobody's now; each on his timeline. Gives how many became a colleague's."""

    def do() -> dict[str, Any]:
        rows, whose = by_rule(doer.administration_id, assign_rules(doer.administration_id))
        fitting = rows.select_for_update().annotate(whose=whose).exclude(whose=None)
        given = dict(fitting.values_list("id", "whose"))
        rows.update(assigned_to=whose)
        members = Membership.objects.filter(administration_id=doer.administration_id)
        names = dict(members.values_list("user_id", "user__name"))
        told = [
            Happening(i, "assigned", say("event.assigned", name=names.get(user, "?")))
            for i, user in sorted(given.items())
        ]
        append_many(doer.administration_id, told, at=doer.at, actor_id=doer.user_id, actor=doer.name)
        return {"count": len(given)}

    return int(once(doer, "assign_those_of_nobody", do)["count"])


def assign_new(doer: Doer, debtor_id: int) -> None:
    """A debtor who was added by hand, in the running transaction."""
    rows = Debtor.objects.filter(administration_id=doer.administration_id, id=debtor_id)
    _give(doer, rows)


def assign_new_of(doer: Doer, intake_id: int) -> None:
    """Those whom this intake made, in the running transaction."""
    made = StagedRow.objects.filter(administration_id=doer.administration_id, intake_id=intake_id)
    made = made.filter(kind="debtor", change="new").exclude(target_id=None)
    rows = Debtor.objects.filter(administration_id=doer.administration_id, id__in=made.values("target_id"))
    _give(doer, rows)


def _give(doer: Doer, wanted: QuerySet[Debtor]) -> None:
    rules = assign_rules(doer.administration_id)
    if not any(rule.user or rule.in_turn for rule in rules):
        return
    rows, whose = by_rule(doer.administration_id, rules)
    rows.filter(id__in=wanted.values("id")).update(assigned_to=whose)
