"""Rows that carry one invoice number: a payment on an invoice lowers what is open, a repetition counts once, and a number
that two debtors share is nobody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from beluur.importers.problem_list import ProblemList
from beluur.importers.records import InvoiceRecord


def one_per_number(
    found: Sequence[InvoiceRecord], problems: ProblemList, *, has_open: bool
) -> list[InvoiceRecord]:
    """Each invoice once. ``has_open``: the table states what is open, so that payments in it are counted already."""
    if len({invoice.number for invoice in found}) == len(found) and not any(
        i.kind == "payment" for i in found
    ):
        return list(found)
    groups: dict[str, list[InvoiceRecord]] = defaultdict(list)
    for invoice in found:
        groups[invoice.number].append(invoice)
    result: list[InvoiceRecord] = []
    for group in groups.values():
        if len(group) == 1 and group[0].kind != "payment":
            result.append(group[0])
        elif len({_who(invoice) for invoice in group}) > 1:
            _shared(group, problems)
        else:
            result.extend(_merged(group, problems, has_open=has_open))
    return result


def _who(invoice: InvoiceRecord) -> str:
    return invoice.debtor.customer_number or invoice.debtor.name.casefold()


def _shared(group: Sequence[InvoiceRecord], problems: ProblemList) -> None:
    names = tuple(dict.fromkeys(invoice.debtor.name for invoice in group))
    for invoice in group:
        problems.skip("item.two-debtors", invoice.line, number=invoice.number, debtors=names)


def _merged(group: Sequence[InvoiceRecord], problems: ProblemList, *, has_open: bool) -> list[InvoiceRecord]:
    invoices = [invoice for invoice in group if invoice.kind != "payment" and (invoice.amount_cents or 0) > 0]
    against = [invoice for invoice in group if invoice not in invoices]
    first = next(iter(invoices or [i for i in against if i.kind != "payment"]), None)
    if first is None:
        for payment in against:
            problems.skip("item.payment-alone", payment.line, number=payment.number)
        return []
    counted = [i for i in against if _counted(i, first, has_open=has_open)]
    for other in group:
        if other is first or (other in against and invoices and other not in counted):
            continue
        same = replace(other, line=first.line) == first
        if other.kind == "payment" and has_open:
            problems.warn("item.payment-counted", other.line, number=other.number)
        else:
            code = "item.repeated" if same else "item.number-twice"
            problems.skip(code, other.line, number=other.number, first=first.line or 0)
    lowered = sum(invoice.open_cents or 0 for invoice in against if invoice not in counted)
    if not invoices or not lowered:
        return [first]
    problems.warn("item.netted", first.line, number=first.number)
    return [replace(first, open_cents=(first.open_cents or 0) + lowered)]


def _counted(other: InvoiceRecord, first: InvoiceRecord, *, has_open: bool) -> bool:
    """Whether the open amount of ``first`` holds this payment: a list that states what is open took it off, unless of the invoice
    all is open still. A credit note that is open itself was never taken off."""
    return has_open and other.kind == "payment" and first.open_cents != first.amount_cents
