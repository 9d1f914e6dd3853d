"""One row as its form shows it, to be changed."""

from __future__ import annotations

from typing import Any

from beluur.store.models import (
    Administration,
    Contact,
    Debtor,
    DebtorKey,
    Dispute,
    Instalment,
    Invoice,
    PaidClaim,
    PayerGroup,
    Payment,
    Promise,
    Task,
    TermsGiven,
    Ultimatum,
)
from beluur.values.money import Money

_DEBTOR = (
    "name kind kind_known country language formality street postcode city phone email vat_number company_number "
    "agreements_note delivery_note responsible"
).split()
_CONTACT = "name role phone mobile email language for_payments".split()
_INVOICE = (
    "number kind issued due amount_cents open_cents term_days term_agreed description reference your_reference exemption "
    "exempt_cents delivery_note responsible"
).split()
_OWNED: dict[str, Any] = {
    "dispute": Dispute,
    "claim": PaidClaim,
    "task": Task,
    "terms": TermsGiven,
    "instalment": Instalment,
    "promise": Promise,
    "ultimatum": Ultimatum,
}
_HOUSE = "name country language iban bic phone email address vat_number company_number acts_for".split()


def debtor_to_change(administration_id: int, debtor_id: int) -> dict[str, Any]:
    """The form of a debtor; raises Debtor.DoesNotExist."""
    row = Debtor.objects.filter(administration_id=administration_id).values(*_DEBTOR).get(id=debtor_id)
    keys = DebtorKey.objects.filter(administration_id=administration_id, debtor_id=debtor_id, kind="number")
    return {**row, "number": keys.order_by("id").values_list("value", flat=True).first() or ""}


def debtor_name(administration_id: int, debtor_id: int) -> str:
    """His name; raises Debtor.DoesNotExist."""
    return (
        Debtor.objects.filter(administration_id=administration_id)
        .values_list("name", flat=True)
        .get(id=debtor_id)
    )


def contact_to_change(administration_id: int, contact_id: int) -> tuple[int, dict[str, Any]]:
    """The debtor's id and the form of a contact; raises Contact.DoesNotExist."""
    rows = Contact.objects.filter(administration_id=administration_id, removed_at=None)
    row = rows.values("debtor_id", *_CONTACT).get(id=contact_id)
    return row.pop("debtor_id"), row


def invoice_to_change(administration_id: int, invoice_id: int) -> tuple[int, dict[str, Any]]:
    """The debtor's id and the form of an invoice, amounts without their sign; raises Invoice.DoesNotExist."""
    rows = Invoice.objects.filter(administration_id=administration_id)
    row = rows.values("debtor_id", *_INVOICE).get(id=invoice_id)
    row |= {"amount_cents": abs(row["amount_cents"]), "open_cents": abs(row["open_cents"])}
    row["exempt_cents"] = row["exempt_cents"] or None
    return row.pop("debtor_id"), row


def payment_to_reverse(administration_id: int, payment_id: int) -> tuple[int, Money]:
    """The debtor's id and the amount; raises Payment.DoesNotExist."""
    rows = Payment.objects.filter(administration_id=administration_id).exclude(debtor=None)
    debtor_id, cents, currency = rows.values_list("debtor_id", "amount_cents", "currency").get(id=payment_id)
    return int(debtor_id or 0), Money(cents, currency)


def group_of(administration_id: int, debtor_id: int) -> str:
    """The name of his payer group, empty without one; raises Debtor.DoesNotExist."""
    rows = Debtor.objects.filter(administration_id=administration_id)
    return rows.values_list("payer_group__name", flat=True).get(id=debtor_id) or ""


def group_names(administration_id: int) -> tuple[str, ...]:
    """All payer groups."""
    rows = PayerGroup.objects.filter(administration_id=administration_id).order_by("name")
    return tuple(rows.values_list("name", flat=True))


def house_to_change(administration_id: int) -> dict[str, Any]:
    """The creditor's own data."""
    return dict(Administration.objects.values(*_HOUSE).get(id=administration_id))


def policy_overrides(administration_id: int) -> dict[str, Any]:
    """What differs from the method's own numbers."""
    return dict(Administration.objects.values_list("policy", flat=True).get(id=administration_id))


def debtor_of(administration_id: int, what: str, row_id: int) -> int:
    """Whose dispute, claim, instalment, task, promise or ultimatum this is; raises ObjectDoesNotExist when it is of another
    administration."""
    model = _OWNED[what]
    column = "promise__debtor_id" if what == "instalment" else "debtor_id"
    rows: Any = model._default_manager.filter(administration_id=administration_id)
    return int(rows.values_list(column, flat=True).get(id=row_id))
