"""The queries of which a case is made, each for any number of debtors; the first column is whose row it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from beluur.store.load.ready import Ready
from beluur.store.load.ultimatums import ULTIMATUM, ULTIMATUM_STANDS
from beluur.store.models import (
    Call,
    Callback,
    Contact,
    Debtor,
    Dispute,
    Hold,
    Invoice,
    PaidClaim,
    Promise,
    Reminder,
    Ultimatum,
)

DEBTOR = "id name kind country language time_zone currency stop phone email email_bad_at payer_group_id assigned_to_id".split()
INVOICE = (
    "id number issued due amount_cents open_cents kind exemption exempt_cents as_of description copy_id "
    "delivery_note"
).split()
DEBTORS = Ready(lambda mine: Debtor.objects.filter(mine, merged_into=None).values_list(*DEBTOR), "id")


def with_covered(covered: Sequence[int]) -> Ready:
    """Invoices on which something is open, and those that are ``covered`` all the same."""
    wanted = ~Q(open_cents=0) | Q(id__in=covered) if covered else ~Q(open_cents=0)
    return Ready(
        lambda mine: (
            Invoice.objects.filter(mine, wanted)
            .order_by("debtor_id", "due", "id")  # as the index has them
            .values_list("debtor_id", "currency", *INVOICE)
        )
    )


INVOICES = with_covered(())
CALLBACKS = Ready(
    lambda mine: (
        Callback.objects.filter(mine, state="open")
        .order_by("at", "id")
        .values_list("debtor_id", "id", "at", "who")
    )
)
DISPUTES = Ready(
    lambda mine: (
        Dispute.objects.filter(mine, state="open")
        .order_by("id")
        .values_list("debtor_id", "id", "invoice_id", "cents", "code", "answer_by", "owner")
    )
)
CLAIMS = Ready(
    lambda mine: (
        PaidClaim.objects.filter(mine, state="open")
        .order_by("id")
        .values_list("debtor_id", "id", "paid_on", "cents", "check_on")
    )
)
REMINDERS = Ready(
    lambda mine: (
        Reminder.objects.filter(mine, withdrawn_at=None)
        .order_by("on", "id")
        .values_list("debtor_id", "level", "on", "channel")
    )
)
HOLDS = Ready(
    lambda mine: (
        Hold.objects.filter(mine, lifted_at=None)
        .order_by("at", "id")
        .values_list("debtor_id", "until", "reason")
    )
)
PROMISES = Ready(
    lambda mine: (
        Promise.objects.filter(mine, active=True)
        .order_by("made_at", "id")
        .values_list("debtor_id", "id", "made_at", "said", "way", "words", "proposed_by", "reserved")
    )
)
CALLS = Ready(
    lambda mine: (
        Call.objects.filter(mine, state="ended", corrected_by=None)
        .exclude(outcome="")
        .order_by("opened_at")
        .values_list("debtor_id", "ended_at", "opened_at", "outcome", "incoming", "number", "result")
    )
)
CONTACTS = Ready(
    lambda mine: Contact.objects.filter(mine, removed_at=None).values_list(
        "debtor_id",
        "phone",
        "mobile",
        "email",
        "phone_invalid",
        "for_payments",
        "name",
        "position",
        "id",
        "email_bad_at",
    )
)
ULTIMATUMS = Ready(
    lambda mine: (
        Ultimatum.objects.filter(mine, state__in=ULTIMATUM_STANDS)
        .order_by("made_at", "id")
        .values_list(*ULTIMATUM)
    )
)
