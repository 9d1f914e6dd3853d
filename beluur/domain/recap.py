"""The recap to read aloud (D14): who pays what, by when, what we do, and where the mail goes; also when nothing was agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from beluur.domain.call_report import CallReport, ClaimSaid, DisputeSaid, OwnPromise, PromiseSaid
from beluur.domain.case import Case, Result
from beluur.domain.conversation import named
from beluur.domain.local_time import local
from beluur.playbook import Line, OwnLine, spoken
from beluur.values.money import Money
from beluur.words import long_date_text, money_text, time_text

_WAYS = ("transfer", "link", "card", "cash", "direct_debit")


def recap(
    report: CallReport,
    case: Case,
    *,
    covers: tuple[int, ...] = (),
    language: str = "",
    hints: str = "nl",
    own: tuple[OwnLine, ...] = (),
    mail_leaves: bool = True,
) -> tuple[Line, ...]:
    """The sentences, in ``language`` (the debtor's unless told). ``covers`` are the invoices the promise is for. What was not
    filled in yet is left out, for a gap is not read aloud. ``mail_leaves``: what waits for a mail server comes not at once."""
    voice = _Voice(case, language or case.language, hints, own)
    return (
        voice.line("recap.intro"),
        *voice.agreed(report, covers),
        *voice.ending(report, mail_leaves=mail_leaves),
    )


class _Voice:
    """Says things in one language, about one case; lives within one `recap`."""

    def __init__(self, case: Case, language: str, hints: str, own: tuple[OwnLine, ...]) -> None:
        self.case = case
        self.own = own
        self.language = language
        self.hints = hints
        self.invoices = {i.id: i for i in case.invoices}

    def line(self, moment: str, **facts: str) -> Line:
        return spoken(moment, self.language, hint_language=self.hints, own=self.own, **facts)

    def money(self, cents: int) -> str:
        return money_text(Money(cents, self.case.currency), self.language)

    def day(self, day: date) -> str:
        return long_date_text(day, self.language)

    def agreed(self, report: CallReport, covers: tuple[int, ...]) -> Iterator[Line]:
        if report.dispute:
            yield from self.disputed(report.dispute)
        if report.promise:
            yield from self.promised(report.promise, covers)
        if report.claim:
            yield from self.claimed(report.claim)
        if report.passed_on.strip():
            yield self.line("recap.forward", who=report.passed_on)
        if report.callback and report.callback.at:
            there = local(report.callback.at, self.case.time_zone)
            facts = {"day": self.day(there.date()), "hour": time_text(there)}
            if report.callback.who:
                yield self.line("recap.callback_who", who=report.callback.who, **facts)
            else:
                yield self.line("recap.callback", **facts)
        if report.ultimatum:
            last = report.ultimatum
            facts = {"amount": self.money(last.cents), "day": self.day(last.until), "consequence": last.told}
            yield self.line("recap.ultimatum", **facts)
        elif report.result in (Result.REFUSED, Result.NOTHING):
            yield self.line("recap.refusal" if report.refused else "recap.nothing")

    def promised(self, promise: PromiseSaid, covers: tuple[int, ...]) -> Iterator[Line]:
        moment = "recap.promise_received" if promise.said == "received_on" else "recap.promise_pays"
        way = self.line(f"way.{promise.way if promise.way in _WAYS else 'other'}").text
        for due, cents in promise.parts:
            if due is not None and cents:
                yield self.line(moment, amount=self.money(cents), day=self.day(due), way=way)
        numbers = tuple(self.invoices[i].number for i in covers if i in self.invoices)
        if numbers:
            yield self.line("recap.covers", numbers=named(numbers))

    def disputed(self, dispute: DisputeSaid) -> Iterator[Line]:
        for invoice_id, cents in dispute.items:
            invoice = self.invoices.get(invoice_id)
            if invoice is not None and dispute.answer_by is not None:
                amount = self.money(invoice.open_cents if cents is None else cents)
                facts = {"number": invoice.number, "amount": amount, "day": self.day(dispute.answer_by)}
                if dispute.owner:
                    yield self.line("recap.dispute", owner=dispute.owner, **facts)
                else:
                    yield self.line("recap.dispute_us", **facts)

    def claimed(self, claim: ClaimSaid) -> Iterator[Line]:
        if claim.cents and claim.paid_on:
            yield self.line("recap.paid", amount=self.money(claim.cents), day=self.day(claim.paid_on))
        elif claim.cents:
            yield self.line("recap.paid_unknown", amount=self.money(claim.cents))

    def ending(self, report: CallReport, *, mail_leaves: bool) -> Iterator[Line]:
        yield from (line for own in report.own for line in self.ours(own))
        if report.send and report.confirm_to:
            yield self.line("recap.mail" if mail_leaves else "recap.mail_later", email=report.confirm_to)
        yield self.line("recap.check")

    def ours(self, own: OwnPromise) -> Iterator[Line]:
        if own.what and own.at:
            there = local(own.at, self.case.time_zone)
            yield self.line("recap.own", what=own.what, day=self.day(there.date()), hour=time_text(there))
