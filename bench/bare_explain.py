"""What a bare look-up explains: the whole reference or the exact number, with the exact amount. The yardstick for any engine."""

from __future__ import annotations

from bench.payment_invoices import Invoice
from bench.payments import Year
from bench.truth import Outcome


def explain(year: Year) -> dict[int, Outcome]:
    """Certain when reference or number and amount are those of one invoice that it did not book before; likely when the amount is
    that of one open invoice of the account's holder."""
    by_name = {invoice.number: invoice for invoice in year.invoices}
    by_name |= {invoice.reference: invoice for invoice in year.invoices if invoice.reference}
    holder = {iban: debtor.number for debtor in year.debtors for iban in debtor.ibans}
    of_debtor: dict[str, list[Invoice]] = {}
    for invoice in year.invoices:
        of_debtor.setdefault(invoice.debtor, []).append(invoice)
    paid: set[str] = set()
    outcomes: dict[int, Outcome] = {}
    for place, (record, *_) in enumerate(year.payments):
        names = {record.reference, *record.text.replace(",", " ").split()} - {""}
        named = {by_name[name] for name in names if name in by_name}
        exact = [
            i
            for i in named
            if i.cents == record.amount_cents and i.issued <= record.booked and i.number not in paid
        ]
        if len(exact) == len(named) == 1:
            paid.add(exact[0].number)
            outcomes[place] = ("certain", ((exact[0].number, exact[0].debtor, exact[0].cents),), ())
            continue
        his = of_debtor.get(holder.get(record.counterparty_iban, ""), [])
        fitting = [
            ((i.number, i.debtor, i.cents),)
            for i in his
            if i.cents == record.amount_cents and i.number not in paid and i.issued <= record.booked
        ]
        if fitting:
            outcomes[place] = ("likely", fitting[0], fitting[1:])
    return outcomes
