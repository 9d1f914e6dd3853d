"""What was agreed, sent and kept with one debtor: each a query of its own, whatever the number of rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Q

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
from beluur.queries.replies import confirmed_in_writing
from beluur.store.load import ULTIMATUM_STANDS
from beluur.store.models import (
    Callback,
    Contact,
    Cover,
    Debtor,
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
)
from beluur.values.money import Money
from beluur.values.phone import parse_phone

RECENT = 30


def contacts(of: Q, country: str) -> tuple[ContactRow, ...]:
    """Who is there to speak, the one for payments first."""
    columns = "id name role phone phone_invalid mobile email language for_payments".split()
    rows = Contact.objects.filter(of, removed_at=None).order_by("-for_payments", "position", "id")
    found = []
    for i, name, role, phone, invalid, mobile, email, language, payments in rows.values_list(*columns):
        (desk, desk_tel), (cell, cell_tel) = readable(phone, country), readable(mobile, country)
        found.append(
            ContactRow(i, name, role, desk, desk_tel, invalid, cell, cell_tel, email, language, payments)
        )
    return tuple(found)


def readable(phone: str, country: str) -> tuple[str, str]:
    """The number as that country writes it, and in E.164 (empty when it cannot be dialled)."""
    known = parse_phone(phone, country) if phone else None
    return (known.national, known.e164) if known else (phone, "")


def promises(administration_id: int, of: Q, bank: BankKnown | None) -> tuple[PromiseRow, ...]:
    """The newest first, those that were corrected too."""
    rows = list(
        Promise.objects.filter(of)
        .order_by("-active", "-made_at", "-id")
        .values_list(
            *"id made_at cents currency said way words active ended_because by__name call_id reserved".split()
        )[:RECENT]
    )
    of_promises = Q(administration_id=administration_id, promise_id__in=[row[0] for row in rows])
    parts: dict[int, list[InstalmentRow]] = defaultdict(list)
    currencies = {row[0]: row[3] for row in rows}
    for i, part, due, cents, control, verdict in (
        Instalment.objects.filter(of_promises)
        .order_by("number")
        .values_list("promise_id", "id", "due", "cents", "control", "verdict")
    ):
        missing = bank.missing(control) if bank and verdict == "unknown" else ()
        parts[i].append(InstalmentRow(part, due, Money(cents, currencies[i]), control, verdict, missing))
    covered: dict[int, list[str]] = defaultdict(list)
    for i, number in (
        Cover.objects.filter(of_promises).order_by("id").values_list("promise_id", "invoice__number")
    ):
        covered[i].append(number)
    in_writing = confirmed_in_writing(administration_id, [row[0] for row in rows])
    return tuple(
        PromiseRow(
            i, at, Money(cents, currency), said, way, text, active, ended, by or "", call, tuple(parts[i]),
            tuple(covered[i]), reserved and active, in_writing.get(i),
        )
        for i, at, cents, currency, said, way, text, active, ended, by, call, reserved in rows
    )  # fmt: skip


def ultimatums(of: Q) -> tuple[UltimatumRow, ...]:
    """Those that stand: their day is to come, or was missed."""
    columns = "id cents currency until check_on consequence state made_at by__name".split()
    rows = (
        Ultimatum.objects.filter(of, state__in=ULTIMATUM_STANDS).order_by("until", "id").values_list(*columns)
    )
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


def callbacks(of: Q) -> tuple[CallbackRow, ...]:
    """Agreed and still to be made."""
    rows = Callback.objects.filter(of, state="open").order_by("at")
    return tuple(CallbackRow(*row) for row in rows.values_list("id", "at", "who", "number"))


def disputes(of: Q, currency: str) -> tuple[DisputeRow, ...]:
    """Those not answered yet."""
    rows = Dispute.objects.filter(of, state="open").order_by("answer_by", "id")
    columns = "id invoice__number cents code what owner answer_by made_at wants evidence".split()
    return tuple(
        DisputeRow(i, number, Money(cents, currency), *rest)
        for i, number, cents, *rest in rows.values_list(*columns)
    )


def claims(of: Q, currency: str) -> tuple[ClaimRow, ...]:
    """Payments he speaks of that nobody has seen yet."""
    rows = PaidClaim.objects.filter(of, state="open").order_by("id")
    return tuple(
        ClaimRow(i, paid_on, Money(cents, currency), check_on, made_at)
        for i, paid_on, cents, check_on, made_at in rows.values_list(
            "id", "paid_on", "cents", "check_on", "made_at"
        )
    )


def tasks(of: Q) -> tuple[TaskRow, ...]:
    """What we still have to do."""
    rows = Task.objects.filter(of, done_at=None).order_by("at")
    return tuple(
        TaskRow(i, kind, what, at, owner or "", asked)
        for i, kind, what, at, owner, asked in rows.values_list(
            "id", "kind", "what", "at", "owner__name", "asked"
        )
    )


def hold(of: Q) -> HoldRow | None:
    """The running pause; one that has ended by itself is no longer shown."""
    row = Hold.objects.filter(of, lifted_at=None).order_by("-at", "-id")
    found = row.values_list("until", "reason", "by__name", "at").first()
    return HoldRow(found[0], found[1], found[2] or "", found[3]) if found else None


def reminders(of: Q) -> tuple[ReminderRow, ...]:
    """Those sent, newest first."""
    rows = Reminder.objects.filter(of, withdrawn_at=None).order_by("-on", "-id")
    return tuple(ReminderRow(*row) for row in rows.values_list("level", "on", "channel")[:RECENT])


def documents(of: Q) -> tuple[DocumentRow, ...]:
    """Files kept with him, newest first."""
    rows = Document.objects.filter(of).order_by("-created_at", "-id")
    columns = "id kind name size media_type created_at".split()
    return tuple(DocumentRow(*row) for row in rows.values_list(*columns)[:200])


def messages(of: Q) -> tuple[MessageRow, ...]:
    """Mails to him, newest first."""
    rows = Message.objects.filter(of).order_by("-created_at", "-id")
    columns = "id kind subject to state created_at sent_at".split()
    return tuple(MessageRow(*row) for row in rows.values_list(*columns)[:RECENT])


def group_members(administration_id: int, group_id: int | None, own_id: int) -> tuple[GroupMember, ...]:
    """The others that the same desk pays for."""
    if group_id is None:
        return ()
    rows = Debtor.objects.filter(
        administration_id=administration_id, payer_group_id=group_id, merged_into=None
    )
    return tuple(
        GroupMember(i, name, Money(cents, currency))
        for i, name, cents, currency in rows.exclude(id=own_id)
        .order_by("name")
        .values_list("id", "name", "open_cents", "currency")[:100]
    )


def merges(administration_id: int, debtor_id: int) -> tuple[MergeRow, ...]:
    """Those that can be undone, the last first."""
    rows = Merge.objects.filter(administration_id=administration_id, kept_id=debtor_id, undone_at=None)
    found: list[tuple[int, str, datetime]] = list(rows.order_by("-id").values_list("id", "gone__name", "at"))
    return tuple(MergeRow(*row) for row in found)
