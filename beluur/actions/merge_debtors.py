"""Two debtors that are one become one, and apart again: what moved is remembered row by row."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

from beluur.actions.bank.share_anew import share_anew
from beluur.actions.end_letters import withdraw_of
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor, the_debtors
from beluur.store.models import (
    Approval,
    Call,
    Callback,
    CallReason,
    Contact,
    Debtor,
    DebtorKey,
    Dispute,
    Document,
    Hold,
    Invoice,
    Letter,
    MailIn,
    Merge,
    Message,
    PaidClaim,
    Payment,
    PersonalLink,
    Promise,
    Reminder,
    RungDecision,
    Task,
    TermsGiven,
    Ultimatum,
    WrittenAnswer,
)
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import say

MOVES: dict[str, type[Model]] = {
    model.__name__: model
    for model in (
        DebtorKey, Contact, Invoice, Payment, Document, Reminder, Promise, Callback, Dispute, PaidClaim, Hold, Task, Call,
        Message, CallReason, Approval, Ultimatum, PersonalLink, WrittenAnswer, TermsGiven, MailIn, RungDecision,
        Letter,
    )
}  # fmt: skip
FILLS = (
    "phone email vat_number company_number street postcode city stop agreements_note delivery_note".split()
)


def merge_debtors(doer: Doer, *, kept_id: int, gone_id: int) -> int:
    """All of ``gone`` goes to ``kept``; gives the merge's id. Refused when both have an invoice of the same number, or when a
    call with the one that goes is still open. Each keeps its own chain of events."""

    def do() -> dict[str, Any]:
        if kept_id == gone_id:
            raise Refused(say("by_hand.merge_itself"))
        the_debtors(doer, [kept_id, gone_id])  # locked in a fixed order, whichever is to stay
        kept, gone = the_debtor(doer, kept_id), the_debtor(doer, gone_id)
        _refuse_clashes(doer, kept, gone)
        withdraw_of(doer, gone.id)
        moved: dict[str, Any] = {name: _move(doer, model, gone, kept) for name, model in MOVES.items()}
        earlier = Debtor.objects.filter(administration_id=doer.administration_id, merged_into=gone)
        moved["Debtor"] = list(earlier.values_list("id", flat=True))
        earlier.update(merged_into=kept)
        moved["perhaps"] = _move_perhaps(doer, gone, kept)
        share_anew(doer.administration_id, [kept.id, gone.id])
        moved["filled"] = _fill(kept, gone)
        gone.merged_into = kept
        gone.save(update_fields=["merged_into"])
        merge = Merge.objects.create(
            administration_id=doer.administration_id,
            kept=kept,
            gone=gone,
            moved=moved,
            by_id=doer.user_id,
            at=doer.at,
        )
        record = {"merge": merge.id}
        put_on_record(doer, Happening(kept.id, "merged", say("event.merged", name=gone.name), facts=record))
        put_on_record(
            doer, Happening(gone.id, "merged_into", say("event.merged_into", name=kept.name), facts=record)
        )
        _settle(doer, kept, gone)
        return {"merge": merge.id}

    return int(once(doer, "merge_debtors", do)["merge"])


def unmerge(doer: Doer, *, merge_id: int) -> int:
    """What moved goes back, as far as it is still there; gives the id of the debtor that is there again."""

    def do() -> dict[str, Any]:
        merge = Merge.objects.select_for_update().get(administration_id=doer.administration_id, id=merge_id)
        if merge.undone_at is not None:
            return {"debtor": merge.gone_id}
        kept = the_debtor(doer, merge.kept_id)
        gone = Debtor.objects.select_for_update().get(
            administration_id=doer.administration_id, id=merge.gone_id
        )
        for name, model in MOVES.items():
            _of(doer, model, kept).filter(id__in=merge.moved.get(name, [])).update(debtor=gone)
        rows = Debtor.objects.filter(
            administration_id=doer.administration_id, id__in=merge.moved.get("Debtor", [])
        )
        rows.update(merged_into=gone)
        undecided = _perhaps(doer, kept).exclude(debtor=kept)
        undecided.filter(id__in=merge.moved.get("perhaps", [])).update(perhaps=gone)
        share_anew(doer.administration_id, [kept.id, gone.id])
        _unfill(kept, merge.moved.get("filled", {}))
        gone.merged_into = None
        gone.save(update_fields=["merged_into"])
        merge.undone_at = doer.at
        merge.save(update_fields=["undone_at"])
        record = {"merge": merge.id}
        put_on_record(
            doer, Happening(kept.id, "unmerged", say("event.unmerged", name=gone.name), facts=record)
        )
        put_on_record(
            doer, Happening(gone.id, "unmerged", say("event.unmerged_from", name=kept.name), facts=record)
        )
        _settle(doer, kept, gone)
        return {"debtor": gone.id}

    return int(once(doer, "unmerge", do)["debtor"])


def _of(doer: Doer, model: type[Model], debtor: Debtor) -> QuerySet[Any]:
    return model._default_manager.filter(administration_id=doer.administration_id, debtor=debtor)


def _refuse_clashes(doer: Doer, kept: Debtor, gone: Debtor) -> None:
    theirs = _of(doer, Invoice, gone).values_list("number", flat=True)
    both = (
        _of(doer, Invoice, kept).filter(number__in=theirs).order_by("number").values_list("number", flat=True)
    )
    if both:
        raise Refused(say("by_hand.merge_same_invoice", numbers=tuple(both[:5]), name=gone.name))
    if _of(doer, Call, gone).filter(state="open").exists():
        raise Refused(say("by_hand.merge_in_call", name=gone.name))
    if kept.currency != gone.currency:
        raise Refused(say("by_hand.merge_currency", kept=kept.currency, gone=gone.currency))


def _move(doer: Doer, model: type[Model], gone: Debtor, kept: Debtor) -> list[int]:
    rows = _of(doer, model, gone)
    if model is DebtorKey:
        known = set(_of(doer, model, kept).values_list("kind", "scope", "value"))
        ids = [i for i, *key in rows.values_list("id", "kind", "scope", "value") if tuple(key) not in known]
    else:
        ids = list(rows.values_list("id", flat=True))
    rows.filter(id__in=ids).update(debtor=kept)
    return ids


def _perhaps(doer: Doer, debtor: Debtor) -> QuerySet[Payment]:
    """Payments that wait and may be his."""
    return Payment.objects.filter(administration_id=doer.administration_id, perhaps=debtor)


def _move_perhaps(doer: Doer, gone: Debtor, kept: Debtor) -> list[int]:
    ids = list(_perhaps(doer, gone).values_list("id", flat=True))
    _perhaps(doer, gone).update(perhaps=kept)
    return ids


def _fill(kept: Debtor, gone: Debtor) -> dict[str, str]:
    """What only the other one knew."""
    filled = {n: getattr(gone, n) for n in FILLS if getattr(gone, n) and not getattr(kept, n)}
    for name, value in filled.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(filled))
    return filled


def _unfill(kept: Debtor, filled: dict[str, str]) -> None:
    given = [name for name, value in filled.items() if name in FILLS and getattr(kept, name) == value]
    for name in given:
        setattr(kept, name, "")
    kept.save(update_fields=given)


def _settle(doer: Doer, kept: Debtor, gone: Debtor) -> None:
    facts_changed(doer, [kept.id, gone.id], searchable=True)
    merged = Debtor.objects.filter(administration_id=doer.administration_id, id=gone.id).exclude(
        merged_into=None
    )
    merged.update(step="none", step_stale=False, step_valid_until=None, open_cents=0, overdue_cents=0)
