"""The report of a call as one would write it oneself: from what was clicked and typed, so that the caller only corrects it (E1).

A short account in whole sentences, the most binding first; what the caller typed himself stands under it and is never lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beluur.domain.call_effect import Effect
from beluur.domain.call_report import CallReport, ContactChange
from beluur.domain.case import CallbackFact, Case, Outcome, PromiseFact
from beluur.domain.commitment import Said
from beluur.domain.local_time import local, local_day
from beluur.domain.parts import split
from beluur.values.money import Money
from beluur.values.phone import parse_phone
from beluur.values.sentence import Sentence, say
from beluur.words import render

_NAMED_PARTS = 3  # a longer plan is told by its number of parts, its first and its last day


def written_note(
    report: CallReport,
    case: Case,
    result: Effect,
    *,
    incoming: bool,
    number: str = "",
    why: Sequence[Sentence] = (),
    copies: bool = False,
) -> tuple[Sentence, ...]:
    """The account of ``report`` and what it comes to, a sentence for each thing. ``why`` are the reasons he gave, by their names;
    ``copies``: copies of invoices were mailed during the call."""
    return tuple(_Account(report, case, result, number).told(incoming=incoming, why=why, copies=copies))


def note_text(account: Sequence[Sentence], language: str, *, typed: str = "") -> str:
    """The account in ``language`` as one paragraph; under it what was ``typed``, which stands there as it was."""
    written = " ".join(render(sentence, language) for sentence in account)
    return "\n\n".join(part for part in (written, typed.strip()) if part)


class _Account:
    """One telling of one call; lives within `written_note`."""

    def __init__(self, report: CallReport, case: Case, result: Effect, number: str) -> None:
        self.report, self.case, self.result, self.number = report, case, result, number
        self.numbers = {i.id: i.number for i in case.invoices}
        self.asked = split(case, local_day(result.attempt.at, case.time_zone))

    def told(self, *, incoming: bool, why: Sequence[Sentence], copies: bool) -> Iterator[Sentence]:
        yield self._who(incoming=incoming)
        if why:
            yield say("note.why", why=tuple(why))
        if self.report.received:
            yield say("note.received") if self.report.received == "yes" else say("note.not_received")
        if copies:
            yield say("note.copies")
        if self.result.promise:
            yield from self._promised(self.result.promise)
        yield from self._disputed()
        yield from self._claimed()
        yield from self._went_on()
        yield from self._ours()

    def _who(self, *, incoming: bool) -> Sentence:
        who = self.report.spoken_with.strip()
        if incoming:
            return say("note.he_rang_who", who=who) if who else say("note.he_rang")
        if self.report.spoken:
            return say("note.spoke_who", who=who) if who else say("note.spoke")
        if self.report.outcome in (Outcome.GATEKEEPER, Outcome.WRONG_PERSON) and who:
            return Sentence(f"note.{self.report.outcome}_who", {"who": who})
        dialled = parse_phone(self.number, self.case.country)
        on = dialled.national if dialled else self.number
        code = f"note.{self.report.outcome}"
        return Sentence(f"{code}_on", {"number": on}) if on else Sentence(code)

    def _promised(self, promise: PromiseFact) -> Iterator[Sentence]:
        parts = promise.instalments
        total = Money(sum(p.cents for p in parts), self.case.currency)
        told = tuple(
            say("note.part", amount=Money(p.cents, self.case.currency), on=p.due)
            for p in parts[:_NAMED_PARTS]
        )
        received = promise.said == Said.RECEIVED_ON
        if len(parts) > _NAMED_PARTS:
            code = "note.plan_received" if received else "note.plan_pays"
            params = {"amount": total, "parts": len(parts), "first": parts[0].due, "last": parts[-1].due}
            yield Sentence(code, params)
        else:
            yield Sentence(
                "note.received_on" if received else "note.pays", {"what": self._listed(told, total)}
            )
        covered = tuple(self.numbers[i] for i, _ in promise.covers if i in self.numbers)
        if covered and len(covered) < len({p.invoice.id for p in self.asked.callable}):
            yield say("note.covers", numbers=covered)
        if promise.words.strip():
            yield say("note.words", words=_one_line(promise.words))

    def _listed(self, told: tuple[Sentence, ...], total: Money) -> Sentence:
        """The parts with *and* before the last one; when together they are all that is asked, the last one is the rest."""
        if len(told) == 1:
            return told[0]
        last = told[-1]
        if total.cents == self.asked.callable_cents:
            last = say("note.rest", amount=last.params["amount"], on=last.params["on"])
        return say("note.and", first=told[:-1], last=last)

    def _disputed(self) -> Iterator[Sentence]:
        dispute = self.report.dispute
        if dispute is None:
            return
        for fact in self.result.disputes:
            yield say(
                "note.disputes",
                amount=Money(fact.cents, self.case.currency),
                number=self.numbers.get(fact.invoice_id, "?"),
                why=say(f"dispute.{fact.code}"),
            )
        if dispute.what.strip():
            yield say("note.words", words=_one_line(dispute.what))
        if dispute.answer_by and dispute.owner:
            yield say("note.answer_who", who=dispute.owner, by=dispute.answer_by)
        elif dispute.answer_by:
            yield say("note.answer", by=dispute.answer_by)

    def _claimed(self) -> Iterator[Sentence]:
        claim = self.result.claim
        if claim is None:
            return
        amount = Money(claim.cents, self.case.currency)
        if claim.paid_on:
            yield say("note.claims_on", amount=amount, on=claim.paid_on, check=claim.check_on)
        else:
            yield say("note.claims", amount=amount, check=claim.check_on)

    def _went_on(self) -> Iterator[Sentence]:
        if self.result.callback:
            yield self._callback(self.result.callback)
        if self.result.moved:
            yield say("note.callback_moved", at=local(self.result.moved.at, self.case.time_zone))
        if self.report.passed_on:
            yield say("note.passed_on", who=self.report.passed_on)
        if self.report.refused:
            yield say("note.refused")
        if self.report.spoken and self.report.result == "nothing":
            yield say("note.nothing")
        if self.report.discussed.strip():
            yield say("note.discussed", what=_one_line(self.report.discussed))

    def _callback(self, callback: CallbackFact) -> Sentence:
        at = local(callback.at, self.case.time_zone)
        return (
            say("note.callback_who", at=at, who=callback.who) if callback.who else say("note.callback", at=at)
        )

    def _ours(self) -> Iterator[Sentence]:
        for own in self.report.own:
            if own.at:
                what = _one_line(own.what).rstrip(".")
                yield say("note.ours", what=what, at=local(own.at, self.case.time_zone))
        for change in self.report.contacts:
            if change.contact_id is None and (new := _whom(change)):
                yield say("note.contact", who=new)


def _whom(change: ContactChange) -> str:
    told = (change.name, change.role, change.phone or change.mobile, change.email)
    return ", ".join(part.strip() for part in told if part and part.strip())


def _one_line(text: str) -> str:
    return " ".join(text.split())
