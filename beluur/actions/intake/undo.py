"""Undoes a published intake: what it made goes, what it changed is put back; what has been built upon stays, and is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from beluur.actions.bank.explain_waiting import explain_behind
from beluur.actions.bank.undo_lines import undo_lines
from beluur.actions.intake.follow_merges import follow_merges
from beluur.actions.judge_commitments import judge_commitments
from beluur.actions.once import Doer, once
from beluur.actions.open_amounts import count_anew, put_back_open, take_over
from beluur.actions.plan_next_steps import plan_debtors
from beluur.store.models import (
    Allocation,
    Call,
    Contact,
    Debtor,
    Intake,
    Invoice,
    Merge,
    Message,
    Payment,
    Promise,
    Reminder,
    StagedRow,
)
from beluur.store.save import Happening, append_many, save_search_text, update_many
from beluur.values.problem import Refused
from beluur.values.sentence import say


def undo_intake(doer: Doer, intake_id: int) -> dict[str, Any]:
    """Gives how many invoices went, were put back, and were kept because something was built upon them."""

    def do() -> dict[str, Any]:
        here = {"administration_id": doer.administration_id}
        intake = Intake.objects.select_for_update().filter(**here, id=intake_id).first()
        if intake is None or intake.state != "published":
            raise Refused(say("intake.cannot_undo"))
        if Intake.objects.filter(**here, state__in=("published", "publishing"), id__gt=intake_id).exists():
            raise Refused(say("intake.undo_last_first"))
        rows = list(StagedRow.objects.filter(**here, intake=intake))
        for row in rows:
            row.debtor_id = row.debtor_id or row.target_id
        follow_merges(doer.administration_id, rows)
        Reminder.objects.filter(**here, intake=intake).delete()
        paid = undo_lines(doer, intake)
        result = _undo_rows(doer, intake, [row for row in rows if row.kind == "debtor"])
        undone = Payment.objects.filter(**here, statement__intake=intake, state="undone")
        paid |= explain_behind(doer, set(undone.values_list("id", flat=True)))
        plan_debtors(doer.administration_id, paid, doer.at)
        _undo_known_to(doer, [row for row in rows if row.kind == "known_to"])
        judge_commitments(doer.administration_id, doer.at)
        intake.state, intake.undone_at = "undone", doer.at
        intake.summary = {**intake.summary, **{f"undone_{k}": v for k, v in result.items()}}
        intake.save(update_fields=["state", "undone_at", "summary"])
        return result

    return once(doer, "undo_intake", do)


def _undo_rows(doer: Doer, intake: Intake, rows: Sequence[StagedRow]) -> dict[str, Any]:
    here = {"administration_id": doer.administration_id}
    new = [
        (row.debtor_id, i["number"]) for row in rows for i in row.record["invoices"] if i["change"] == "new"
    ]
    wanted = {pair for pair in new if pair[0]}
    found = {
        (debtor_id, number): i
        for i, debtor_id, number in Invoice.objects.filter(
            **here, debtor_id__in={d for d, _ in wanted}
        ).values_list("id", "debtor_id", "number")
        if (debtor_id, number) in wanted
    }
    built_upon = _built_upon(doer, list(found.values()))
    going = [i for i in found.values() if i not in built_upon]
    Invoice.objects.filter(**here, id__in=going).delete()
    restored = _put_back(doer, rows)
    if intake.close_gone:
        _reopen(doer, rows)
    removed = _remove_empty_debtors(
        doer, [row.debtor_id for row in rows if row.change == "new" and row.debtor_id]
    )
    left = sorted({row.debtor_id for row in rows if row.debtor_id} - set(removed))
    happenings = [Happening(i, "intake_undone", say("event.intake_undone")) for i in left]
    append_many(doer.administration_id, happenings, at=doer.at, actor_id=doer.user_id, actor=doer.name)
    save_search_text(doer.administration_id, left)
    plan_debtors(doer.administration_id, left, doer.at)
    return {"removed": len(going), "restored": restored, "kept": len(built_upon), "debtors": len(removed)}


def _built_upon(doer: Doer, invoice_ids: Sequence[int]) -> set[int]:
    """Those that something speaks of that stays; what the undone statements paid does not."""
    here = {"administration_id": doer.administration_id}
    promised = Invoice.objects.filter(**here, id__in=invoice_ids).filter(
        Q(covers__isnull=False) | Q(disputes__isnull=False)
    )
    paid = Allocation.objects.filter(**here, invoice_id__in=invoice_ids).exclude(payment__state="undone")
    return set(promised.values_list("id", flat=True)) | set(paid.values_list("invoice_id", flat=True))


def _put_back(doer: Doer, rows: Sequence[StagedRow]) -> int:
    by_column: dict[str, list[tuple[Any, int]]] = {}
    booked: dict[int, int] = {}
    count = 0
    for row in rows:
        for invoice in row.record["invoices"]:
            if invoice["change"] == "new":
                continue
            for name, value in invoice["before"].items():
                by_column.setdefault(name, []).append((value, invoice["id"]))
            count += 1
            if "as_of" in invoice["before"]:  # payments of that very day count again if they counted then
                booked[invoice["id"]] = invoice["before"].get("booked_cents", 0)
    take_over(doer.administration_id, by_column)
    put_back_open(doer.administration_id, booked)
    return count


def _reopen(doer: Doer, rows: Sequence[StagedRow]) -> None:
    gone = [invoice for row in rows for invoice in row.record["gone"]]
    columns = ("open_cents", "stated_open_cents", "booked_cents", "as_of", "closed_on", "closed_because")
    values = [
        (g["open_cents"], g["stated_open_cents"], g["booked_cents"], g["as_of"], None, "", g["id"])
        for g in gone
    ]
    update_many(Invoice, doer.administration_id, columns, values)
    put_back_open(doer.administration_id, {g["id"]: g["booked_cents"] for g in gone})


def _undo_known_to(doer: Doer, rows: Sequence[StagedRow]) -> None:
    """Unchanged invoices are known to the day before it again."""
    before = [(as_of, i) for row in rows for i, _, as_of in row.record["invoices"]]
    update_many(Invoice, doer.administration_id, ("as_of",), before)
    count_anew(doer.administration_id, [i for _, i in before])
    debtors = {debtor_id for row in rows for _, debtor_id, _ in row.record["invoices"]}
    Debtor.objects.filter(administration_id=doer.administration_id, id__in=debtors).update(step_stale=True)


def _remove_empty_debtors(doer: Doer, ids: Sequence[int]) -> list[int]:
    """Debtors that this intake made and that nothing else speaks of."""
    here = {"administration_id": doer.administration_id, "debtor_id__in": ids}
    used: set[int | None] = set()
    for model in (Invoice, Call, Promise, Payment, Message, Reminder):
        used.update(model.objects.filter(**here).values_list("debtor_id", flat=True))
    merges = Merge.objects.filter(administration_id=doer.administration_id)
    for model_ids in merges.filter(Q(kept_id__in=ids) | Q(gone_id__in=ids)).values_list("kept_id", "gone_id"):
        used.update(model_ids)
    empty = [i for i in ids if i not in used]
    gone = {"administration_id": doer.administration_id, "debtor_id__in": empty}
    Contact.objects.filter(**gone).delete()
    Debtor.objects.filter(administration_id=doer.administration_id, id__in=empty).delete()
    return empty
