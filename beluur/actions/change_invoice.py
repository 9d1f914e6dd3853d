"""Corrects an invoice; the timeline keeps what was there."""

from __future__ import annotations

from datetime import date
from typing import Any

from beluur.actions.add_invoice import refuse_known_number
from beluur.actions.invoice_facts import SAME_COLUMNS, InvoiceFacts, checked_invoice
from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.touched import facts_changed, the_debtor, the_invoice
from beluur.domain.case import Exemption
from beluur.store.models import Invoice
from beluur.store.save import Happening
from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say


def change_invoice(doer: Doer, *, invoice_id: int, facts: InvoiceFacts, as_of: date) -> int:
    """Takes over the whole form. Another open amount is stated anew as of ``as_of``: what was booked before is in it.

    Gives the debtor's id."""

    def do() -> dict[str, Any]:
        invoice = the_invoice(doer, invoice_id)
        debtor = the_debtor(doer, invoice.debtor_id)
        known = checked_invoice(facts)
        refuse_known_number(doer, debtor.id, known.number, invoice.id)
        before = _put(invoice, known, as_of)
        if before:
            invoice.save()
            shown = [name for name in before if name not in ("stated_open_cents", "booked_cents", "as_of")]
            names = tuple(say(f"field.{name}") for name in shown if not name.startswith("closed"))
            said = say("event.invoice_changed", number=invoice.number, fields=names)
            record = {"invoice": invoice.id, "before": {k: _plain(v) for k, v in before.items()}}
            happening = Happening(
                debtor.id, "invoice_changed", said, details=_restated(before, invoice), facts=record
            )
            put_on_record(doer, happening)
            facts_changed(doer, [debtor.id], searchable="number" in before)
        return {"debtor": debtor.id}

    return int(once(doer, "change_invoice", do)["debtor"])


def _put(invoice: Invoice, known: InvoiceFacts, as_of: date) -> dict[str, Any]:
    """Sets the columns; gives what was there where something changed."""
    sign = -1 if known.kind == "credit_note" else 1
    wanted = {name: getattr(known, name) for name in SAME_COLUMNS}
    wanted["amount_cents"] = sign * known.amount_cents
    still = sign * (known.open_cents or 0)
    if still != invoice.open_cents:
        wanted |= {"stated_open_cents": still, "open_cents": still, "booked_cents": 0, "as_of": as_of}
        wanted |= {"closed_on": None if still else as_of, "closed_because": "" if still else "gone"}
    before = {
        name: getattr(invoice, name) for name, value in wanted.items() if getattr(invoice, name) != value
    }
    for name in before:
        setattr(invoice, name, wanted[name])
    return before


def _restated(before: dict[str, Any], invoice: Invoice) -> tuple[Sentence, ...]:
    if "open_cents" not in before:
        return ()
    was = Money(before["open_cents"], invoice.currency)
    return (say("event.open_restated", was=was, now=Money(invoice.open_cents, invoice.currency)),)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def set_exemption(doer: Doer, *, invoice_id: int, exemption: str, cents: int = 0) -> int:
    """What means *do not dun*: direct debit, prepaid, factored, a retention or G-account part; "" takes it away.

    Gives the debtor's id."""

    def do() -> dict[str, Any]:
        invoice = the_invoice(doer, invoice_id)
        if exemption not in set(Exemption):
            raise Refused(say("by_hand.choose"), "exemption")
        if not 0 <= cents <= abs(invoice.amount_cents):
            raise Refused(say("by_hand.exempt_too_much"), "exempt_cents")
        before = {"exemption": invoice.exemption, "exempt_cents": invoice.exempt_cents}
        invoice.exemption, invoice.exempt_cents = exemption, cents if exemption else 0
        invoice.save(update_fields=["exemption", "exempt_cents"])
        said = say("event.exemption_ended", number=invoice.number)
        if exemption:
            said = say("event.exemption_set", number=invoice.number, why=say(f"exemption.{exemption}"))
        record = {"invoice": invoice.id, "before": before}
        put_on_record(doer, Happening(invoice.debtor_id, "exemption_changed", said, facts=record))
        facts_changed(doer, [invoice.debtor_id])
        return {"debtor": invoice.debtor_id}

    return int(once(doer, "set_exemption", do)["debtor"])
