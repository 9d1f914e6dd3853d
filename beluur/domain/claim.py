"""Rente en kosten: what a debtor owes by law on a day, besides what is open, with its calculation (H3).

Only late invoices with something open are in it; who paid late and in full is not asked for interest afterwards. Disputed and
exempt parts and what a credit note lowers are left out, for the whole time. Order of allocation: the law takes costs first, then
interest, then the principal (BW 6:44; oud BW 1254 in BE); the product lowers the principal of the invoice on which the books put
a payment, from the day after its value day. That is never more than the law gives. The day of the invoice stands for that of its
receipt. One fee for all invoices together, and never over what was paid within the term of the letter. A sole trader and a
government are businesses here.

>>> late = ClaimInvoice("2026-0041", date(2026, 9, 1), date(2026, 10, 1), agreed=True, cents=121000)
>>> found = claim("NL", consumer=False, invoices=[late], notices=[], as_of=date(2026, 10, 11))
>>> found.principal, found.interest, found.costs.cents, found.total  # 1.210 x 10,4% x 10/365 = 3,4477
(121000, 345, 4000, 125345)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from beluur.law.costs import Costs, collection_costs
from beluur.law.interest import FirstDay, Interest, first_interest_day, interest, rate_for
from beluur.law.notice_term import notice_term
from beluur.values.sentence import Sentence, say

_UNDATED_DAYS = timedelta(days=30)


class ClaimInvoice(NamedTuple):
    """``cents`` is what is claimed of it now, ``disputed`` what is contested and left out; ``paid`` (value day, cents) what came
    in on it. ``agreed``: its due date was agreed, in a contract, terms or quote."""

    number: str
    issued: date | None
    due: date | None
    agreed: bool
    cents: int
    disputed: int = 0
    paid: tuple[tuple[date, int], ...] = ()

    def owed_after(self, day: date) -> int:
        """What of it was open at the end of ``day``."""
        return self.cents + sum(cents for on, cents in self.paid if on > day)

    def late_on(self, day: date) -> bool:
        """Whether its last day to pay was before ``day``; without one that is thirty days after its issue."""
        last = self.due or (self.issued and self.issued + _UNDATED_DAYS)
        return last is not None and last < day


class ClaimNotice(NamedTuple):
    """A formal notice that went: for these invoices, or for all that were late when ``numbers`` is empty."""

    sent: date
    by_post: bool
    numbers: frozenset[str] = frozenset()

    def is_for(self, invoice: ClaimInvoice) -> bool:
        """Whether it asked for ``invoice``, which was late then."""
        return invoice.late_on(self.sent) and (not self.numbers or invoice.number in self.numbers)


@dataclass(frozen=True, slots=True)
class InvoiceClaim:
    """One invoice: from which day on it bears interest and why, or why it does not; ``interest`` up to and including the day."""

    invoice: ClaimInvoice
    first: FirstDay
    interest: Interest


@dataclass(frozen=True, slots=True)
class Claim:
    """All amounts in cents. ``because`` says what holds for all of it, and what is not in it."""

    as_of: date
    invoices: tuple[InvoiceClaim, ...]
    costs: Costs
    because: tuple[Sentence, ...] = ()

    @property
    def principal(self) -> int:
        """What is open on the late invoices, less what is left out."""
        return sum(row.invoice.cents for row in self.invoices)

    @property
    def disputed(self) -> int:
        """What is contested, and not in it."""
        return sum(row.invoice.disputed for row in self.invoices)

    @property
    def interest(self) -> int:
        """Of all invoices; each is rounded by itself."""
        return sum(row.interest.cents for row in self.invoices)

    @property
    def total(self) -> int:
        """Principal, interest and costs."""
        return self.principal + self.interest + self.costs.cents


def claim(
    country: str,
    *,
    consumer: bool,
    invoices: Iterable[ClaimInvoice],
    notices: Iterable[ClaimNotice],
    as_of: date,
    clause: int | None = None,
    vat: bool = False,
) -> Claim:
    """What is owed on ``as_of``, that day included. ``clause``: cents of a damages clause (BE consumer), None without one;
    ``vat``: see `law.costs`. A country without a table gets the principal and the reason."""
    late = [i for i in invoices if i.late_on(as_of) and (i.cents > 0 or i.disputed > 0)]
    sent = sorted((n for n in notices if n.sent <= as_of), key=lambda n: n.sent)
    rate = rate_for(country, consumer=consumer)
    if rate is None:
        nothing = FirstDay(None, say("claim.no_table", country=country))
        rows = tuple(InvoiceClaim(i, nothing, Interest((), 0)) for i in late)
        return Claim(as_of, rows, Costs(0), (nothing.because,))
    rows = tuple(_row(country, consumer, rate, i, sent, as_of) for i in late)
    costs = (
        _consumer_costs(country, rows, sent, as_of, clause, vat=vat)
        if consumer
        else _business_costs(country, rows, sent, as_of, vat=vat)
    )
    return Claim(as_of, rows, costs, tuple(_because(country, consumer, rows, clause)))


def _row(
    country: str,
    consumer: bool,  # noqa: FBT001 - as the law asks it
    rate: str,
    invoice: ClaimInvoice,
    sent: Sequence[ClaimNotice],
    as_of: date,
) -> InvoiceClaim:
    first = first_interest_day(
        country,
        consumer=consumer,
        due=invoice.due,
        received=invoice.issued,
        agreed=invoice.agreed,
        notice_end=next((_end(country, n) for n in sent if n.is_for(invoice)), None),
    )
    if first.day is None:
        return InvoiceClaim(invoice, first, Interest((), 0))
    owed = invoice.owed_after(date.min)
    found = interest(rate, owed if invoice.cents else 0, first.day, as_of, invoice.paid)
    return InvoiceClaim(invoice, first, found)


def _end(country: str, notice: ClaimNotice) -> date:
    return notice_term(country, by_post=notice.by_post, sent=notice.sent).safe_last


def _in_default(rows: Iterable[InvoiceClaim], on: date) -> list[InvoiceClaim]:
    return [row for row in rows if row.first.day is not None and row.first.day <= on]


def _business_costs(
    country: str, rows: Sequence[InvoiceClaim], sent: Sequence[ClaimNotice], as_of: date, *, vat: bool
) -> Costs:
    late = [row.invoice for row in _in_default(rows, as_of) if row.invoice.cents]
    if not late:
        return Costs(0, because=(say("claim.costs_not_late"),))
    asked = [(i, n) for i in late if (n := next((n for n in sent if n.is_for(i)), None))]
    base = sum(i.owed_after(n.sent) for i, n in asked) if asked else sum(i.cents for i in late)
    return collection_costs(country, consumer=False, cents=base, as_of=as_of, asked=bool(asked), vat=vat)


def _consumer_costs(
    country: str,
    rows: Sequence[InvoiceClaim],
    sent: Sequence[ClaimNotice],
    as_of: date,
    clause: int | None,
    *,
    vat: bool,
) -> Costs:
    """NL: only a letter that went when he was in default already counts (6:96 lid 6); BE: the first reminder itself."""
    ends, too_early = [], False
    for row in (r for r in rows if r.invoice.cents):
        letters = [n for n in sent if n.is_for(row.invoice)]
        good = [n for n in letters if country == "BE" or _in_default([row], n.sent)]
        too_early = too_early or bool(letters and not good)
        if good:
            ends.append((row.invoice, _end(country, good[0])))
    over = [(i, end) for i, end in ends if end < as_of]
    if not ends and too_early:
        return Costs(0, because=(say("claim.costs_letter_early"),))
    term_end = max((end for _, end in over), default=min((end for _, end in ends), default=None))
    base = sum(i.owed_after(end) for i, end in over) or sum(row.invoice.cents for row in rows)
    return collection_costs(
        country, consumer=True, cents=base, as_of=as_of, term_end=term_end, clause=clause, vat=vat
    )


def _because(
    country: str,
    consumer: bool,  # noqa: FBT001 - as the law asks it
    rows: Sequence[InvoiceClaim],
    clause: int | None,
) -> Iterable[Sentence]:
    """What holds for the whole claim, each once; nothing when nothing is late."""
    if not rows:
        return
    yield from dict.fromkeys(row.interest.stopped for row in rows if row.interest.stopped)
    lines = [line for row in rows for line in row.interest.lines]
    if any(line.rate.derived for line in lines):
        yield say("claim.derived")
    if any(not row.invoice.agreed for row in rows) and not (country == "BE" and consumer):
        yield say("claim.term_not_agreed")
    if country == "NL":
        yield say("claim.by_law_nl")
    elif clause is None:
        yield say("claim.by_law_be_consumer" if consumer else "claim.by_law_be")
