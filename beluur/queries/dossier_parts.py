"""What was agreed, sent and kept with one debtor: each a query of its own, whatever the number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from beluur.domain.because_ultimatum import consequence_name
from beluur.queries.agreement_rows import (
    CallbackRow,
    ClaimRow,
    DisputeRow,
    InstalmentRow,
    PromiseRow,
    TaskRow,
    UltimatumRow,
)
from beluur.queries.bank_known import BankKnown
from beluur.queries.dossier_rows import (
    ContactRow,
    DocumentRow,
    GroupMember,
    HoldRow,
    MergeRow,
    MessageRow,
    ReminderRow,
)
from beluur.store.load import ULTIMATUM_STANDS
from beluur.store.models import (
    Callback,
    Contact,
    Cover,
    Debtor,
    DebtorKey,
    Dispute,
    Document,
    Hold,
    Instalment,
    Merge,
    Message,
    PaidClaim,
    Promise,
    Reminder,
    Task,
    Ultimatum,
    WrittenAnswer,
)
from beluur.store.written import written
from beluur.values.money import Money
from beluur.values.phone import parse_phone

RECENT = 30
Of = tuple[int, int]  # whose: the ids of the administration and the debtor


def of_debtor(make: Callable[[Q], QuerySet[Any, Any]]) -> Callable[..., list[tuple[Any, ...]]]:
    """What ``make`` builds of the condition whose rows they are, asked with the ids of the administration and the debtor."""
    return written(
        lambda administration_id, debtor_id: make(Q(administration_id=administration_id, debtor_id=debtor_id))
    )


_CONTACTS = of_debtor(
    lambda of: (
        Contact.objects.filter(of, removed_at=None)
        .order_by("-for_payments", "position", "id")
        .values_list(*"id name role phone phone_invalid mobile email language for_payments".split())
    )
)
_PROMISES = of_debtor(
    lambda of: (
        Promise.objects.filter(of)
        .order_by("-active", "-made_at", "-id")
        .values_list(
            *"id made_at cents currency said way words active ended_because by__name call_id reserved".split()
        )[:RECENT]
    )
)
_ULTIMATUMS = of_debtor(
    lambda of: (
        Ultimatum.objects.filter(of, state__in=ULTIMATUM_STANDS)
        .order_by("until", "id")
        .values_list(*"id cents currency until check_on consequence state made_at by__name".split())
    )
)
_CALLBACKS = of_debtor(
    lambda of: (
        Callback.objects.filter(of, state="open").order_by("at").values_list("id", "at", "who", "number")
    )
)
_DISPUTES = of_debtor(
    lambda of: (
        Dispute.objects.filter(of, state="open")
        .order_by("answer_by", "id")
        .values_list(*"id invoice__number cents code what owner answer_by made_at wants evidence".split())
    )
)
_CLAIMS = of_debtor(
    lambda of: (
        PaidClaim.objects.filter(of, state="open")
        .order_by("id")
        .values_list("id", "paid_on", "cents", "check_on", "made_at")
    )
)
_TASKS = of_debtor(
    lambda of: (
        Task.objects.filter(of, done_at=None)
        .order_by("at")
        .values_list("id", "kind", "what", "at", "owner__name", "asked")
    )
)
_HOLDS = of_debtor(
    lambda of: (
        Hold.objects.filter(of, lifted_at=None)
        .order_by("-at", "-id")
        .values_list("until", "reason", "by__name", "at")[:1]
    )
)
_REMINDERS = of_debtor(
    lambda of: (
        Reminder.objects.filter(of, withdrawn_at=None)
        .order_by("-on", "-id")
        .values_list("level", "on", "channel")[:RECENT]
    )
)
_DOCUMENTS = of_debtor(
    lambda of: (
        Document.objects.filter(of)
        .order_by("-created_at", "-id")
        .values_list(*"id kind name size media_type created_at".split())[:200]
    )
)
_MESSAGES = of_debtor(
    lambda of: (
        Message.objects.filter(of)
        .order_by("-created_at", "-id")
        .values_list(*"id kind subject to state created_at sent_at".split())[:RECENT]
    )
)


_MERGES = written(
    lambda administration_id, debtor_id: (
        Merge.objects.filter(administration_id=administration_id, kept_id=debtor_id, undone_at=None)
        .order_by("-id")
        .values_list("id", "gone__name", "at", "moved")
    )
)
_NUMBERS = of_debtor(
    lambda of: DebtorKey.objects.filter(of, kind="number").order_by("id").values_list("id", "value")
)


def contacts(of: Of, country: str) -> tuple[ContactRow, ...]:
    """Who is there to speak, the one for payments first."""
    found = []
    for i, name, role, phone, invalid, mobile, email, language, payments in _CONTACTS(*of):
        (desk, desk_tel), (cell, cell_tel) = readable(phone, country), readable(mobile, country)
        found.append(
            ContactRow(i, name, role, desk, desk_tel, invalid, cell, cell_tel, email, language, payments)
        )
    return tuple(found)


def readable(phone: str, country: str) -> tuple[str, str]:
    """The number as that country writes it, and in E.164 (empty when it cannot be dialled)."""
    known = parse_phone(phone, country) if phone else None
    return (known.national, known.e164) if known else (phone, "")


def promises(administration_id: int, of: Of, bank: BankKnown | None) -> tuple[PromiseRow, ...]:
    """The newest first, those that were corrected too."""
    rows = _PROMISES(*of)
    of_promises = Q(administration_id=administration_id, promise_id__in=[row[0] for row in rows])
    parts: dict[int, list[InstalmentRow]] = defaultdict(list)
    currencies = {row[0]: row[3] for row in rows}
    for i, part, due, cents, control, verdict, by in (
        Instalment.objects.filter(of_promises)
        .order_by("number")
        .values_list("promise_id", "id", "due", "cents", "control", "verdict", "looked_by_id")
    ):
        missing = bank.missing(control) if bank and verdict == "unknown" else ()
        parts[i].append(
            InstalmentRow(part, due, Money(cents, currencies[i]), control, verdict, missing, by is not None)
        )
    covered: dict[int, list[str]] = defaultdict(list)
    for i, number in (
        Cover.objects.filter(of_promises).order_by("id").values_list("promise_id", "invoice__number")
    ):
        covered[i].append(number)
    answers = {
        i: (kind, at)
        for i, kind, at in WrittenAnswer.objects.filter(of_promises)
        .order_by("id")
        .values_list("promise_id", "kind", "at")
    }
    return tuple(
        PromiseRow(
            i, at, Money(cents, currency), said, way, text, active, ended, by or "", call, tuple(parts[i]),
            tuple(covered[i]), reserved and active, *answers.get(i, ("", None)),
        )
        for i, at, cents, currency, said, way, text, active, ended, by, call, reserved in rows
    )  # fmt: skip


def ultimatums(of: Of) -> tuple[UltimatumRow, ...]:
    """Those that stand: their day is to come, or was missed."""
    rows = _ULTIMATUMS(*of)
    return tuple(
        UltimatumRow(
            i,
            Money(cents, currency),
            until,
            check_on or until,
            consequence_name(follows),
            state == "missed",
            at,
            by or "",
        )
        for i, cents, currency, until, check_on, follows, state, at, by in rows
    )


def callbacks(of: Of) -> tuple[CallbackRow, ...]:
    """Agreed and still to be made."""
    return tuple(CallbackRow(*row) for row in _CALLBACKS(*of))


def disputes(of: Of, currency: str) -> tuple[DisputeRow, ...]:
    """Those not answered yet."""
    return tuple(
        DisputeRow(i, number, Money(cents, currency), *rest) for i, number, cents, *rest in _DISPUTES(*of)
    )


def claims(of: Of, currency: str) -> tuple[ClaimRow, ...]:
    """Payments he speaks of that nobody has seen yet."""
    return tuple(
        ClaimRow(i, paid_on, Money(cents, currency), check_on, made_at)
        for i, paid_on, cents, check_on, made_at in _CLAIMS(*of)
    )


def tasks(of: Of) -> tuple[TaskRow, ...]:
    """What we still have to do."""
    return tuple(
        TaskRow(i, kind, what, at, owner or "", asked) for i, kind, what, at, owner, asked in _TASKS(*of)
    )


def hold(of: Of) -> HoldRow | None:
    """The running pause; one that has ended by itself is no longer shown."""
    return next((HoldRow(until, why, by or "", at) for until, why, by, at in _HOLDS(*of)), None)


def reminders(of: Of) -> tuple[ReminderRow, ...]:
    """Those sent, newest first."""
    return tuple(ReminderRow(*row) for row in _REMINDERS(*of))


def documents(of: Of) -> tuple[DocumentRow, ...]:
    """Files kept with him, newest first."""
    return tuple(DocumentRow(*row) for row in _DOCUMENTS(*of))


def messages(of: Of) -> tuple[MessageRow, ...]:
    """Mails to him, newest first."""
    return tuple(MessageRow(*row) for row in _MESSAGES(*of))


def group_members(administration_id: int, group_id: int | None, own_id: int) -> tuple[GroupMember, ...]:
    """The others that the same desk pays for."""
    if group_id is None:
        return ()
    rows = Debtor.objects.filter(
        administration_id=administration_id, payer_group_id=group_id, merged_into=None
    )
    return tuple(
        GroupMember(i, name, Money(cents, currency), step, on)
        for i, name, cents, currency, step, on in rows.exclude(id=own_id)
        .order_by("name")
        .values_list("id", "name", "open_cents", "currency", "step", "step_on")[:100]
    )


def merges(of: Of) -> tuple[tuple[MergeRow, ...], set[int]]:
    """Those that can be undone, the last first; and the ids of the keys that came with them."""
    rows = _MERGES(*of)
    came = {key for *_, moved in rows for key in moved.get("DebtorKey", ())}
    return tuple(MergeRow(i, name, at) for i, name, at, _ in rows), came


def number(of: Of, came: set[int]) -> str:
    """His number in the books: his own before one of ``came``; empty when there is none."""
    return next((value for _, value in sorted(_NUMBERS(*of), key=lambda found: found[0] in came)), "")
