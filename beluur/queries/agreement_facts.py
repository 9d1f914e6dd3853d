"""What a confirmation says (E2): the agreement of a call report, before or after it is saved, as the mailroom takes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from beluur.domain.because_ultimatum import consequence_name
from beluur.domain.call_check import check_report
from beluur.domain.call_effect import Effect, effect
from beluur.domain.call_report import CallReport
from beluur.domain.case import Case, PromiseFact, Result
from beluur.domain.commitment import Objection
from beluur.domain.local_time import local, local_day
from beluur.domain.parts import Why, split
from beluur.domain.steps import MAILS
from beluur.mailroom.compose import ComposedMail, compose_confirmation
from beluur.mailroom.facts import (
    AgreementFacts,
    AgreementKind,
    DisputeLine,
    InstalmentLine,
    OwnPromise,
    RecipientFacts,
    Said,
)
from beluur.mailroom.texts_file import MailKind, mail_language
from beluur.queries.mail_facts import (
    Mailing,
    Papers,
    creditor_facts,
    papers_of,
    recipient_facts,
    template_for,
)
from beluur.store.load import load_case, load_policy
from beluur.store.models import Call
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say
from beluur.words import render

_KINDS = {
    Result.CALLBACK: AgreementKind.CALLBACK,
    Result.DISPUTE: AgreementKind.DISPUTE,
    Result.CLAIMS_PAID: AgreementKind.ALREADY_PAID,
    Result.PASSED_ON: AgreementKind.PASSES_ON,
    Result.REFUSED: AgreementKind.REFUSED,
}


_WITH_DEADLINE = (AgreementKind.REFUSED, AgreementKind.NOTHING_AGREED)  # their mails have a place for it


@dataclass(frozen=True, slots=True)
class Preview:
    """The confirmation as it would leave, or what still keeps the report from being recorded; ``advice`` says what follows."""

    mail: ComposedMail | None
    objections: tuple[Objection, ...] = ()
    to: str = ""
    advice: Sentence | None = None


def preview_confirmation(
    administration_id: int, call_id: int, report: CallReport, now: datetime, *, caller: str
) -> Preview:
    """The confirmation of a report that is still being typed; saves nothing. Raises Call.DoesNotExist."""
    call = Call.objects.get(administration_id=administration_id, id=call_id)
    case, policy = load_case(administration_id, call.debtor_id), load_policy(administration_id)
    if objections := check_report(report, case, policy, now):
        return Preview(None, objections)
    result = effect(
        report, case, policy, now, opened_at=call.opened_at, incoming=call.incoming, number=call.number
    )
    if not (report.spoken and report.send):
        return Preview(None, advice=result.after.advice)
    mailing = confirmation(administration_id, case, report, result, caller=caller)
    return Preview(mailing.mail, to=mailing.recipient.email, advice=result.after.advice)


def confirmation(
    administration_id: int,
    case: Case,
    report: CallReport,
    result: Effect,
    *,
    caller: str,
    corrects: AgreementFacts | None = None,
) -> Mailing:
    """The composed mail with its reader and its papers."""
    recipient = recipient_facts(
        administration_id,
        case.debtor_id,
        contact_id=report.contact_id,
        to=report.confirm_to,
        language=report.language,
    )
    papers = _papers(administration_id, case, result)
    agreement = _agreement(case, report, result, papers, recipient.language, corrects)
    return mailing_of(administration_id, agreement, papers, recipient, caller)


def mailing_of(
    administration_id: int, agreement: AgreementFacts, papers: Papers, recipient: RecipientFacts, caller: str
) -> Mailing:
    """The confirmation of ``agreement``, in the words the administration chose."""
    creditor, terms = creditor_facts(administration_id, caller)
    kind = MailKind(f"confirm_{agreement.kind.value}")
    template = template_for(administration_id, kind, mail_language(recipient.language))
    mail = compose_confirmation(creditor, recipient, agreement, template)
    return Mailing(
        mail, recipient, {**papers.documents, **terms}, tuple(line.number for line in papers.lines)
    )


def _papers(administration_id: int, case: Case, result: Effect) -> Papers:
    """The invoices that were spoken about: those promised and disputed, or else all that are late."""
    named = {i for i, _ in result.promise.covers} if result.promise else set()
    if result.promise or result.disputes:
        named |= {d.invoice_id for d in result.disputes}
        if result.promise:
            return papers_of(administration_id, case.debtor_id, invoice_ids=named | _credits(case))
    today = local_day(result.attempt.at, case.time_zone)
    late = papers_of(administration_id, case.debtor_id, invoice_ids=_asked(case, today), late_on=today)
    missing = named - set(late.ids)
    if not late.lines or missing:
        return papers_of(administration_id, case.debtor_id, invoice_ids=named | set(late.ids) or None)
    return late


def _asked(case: Case, today: date) -> set[int] | None:
    """The invoices of which something is asked, and the credit notes. None when nothing is asked: then all that is late."""
    asked = {part.invoice.id for part in split(case, today).of(Why.CALLABLE, Why.CREDIT, Why.PERHAPS_PAID)}
    return asked | _credits(case) if asked else None


def _credits(case: Case) -> set[int]:
    """Why it is less than the invoices say."""
    return {i.id for i in case.invoices if i.open_cents < 0}


def _agreement(
    case: Case,
    report: CallReport,
    result: Effect,
    papers: Papers,
    language: str,
    corrects: AgreementFacts | None,
) -> AgreementFacts:
    callback = local(result.callback.at, case.time_zone) if result.callback else None
    claim = result.claim
    return AgreementFacts(
        kind=_kind(report, result),
        spoken_on=local_day(result.attempt.at, case.time_zone),
        invoices=papers.lines,
        spoken_with=report.spoken_with,
        instalments=instalment_lines(result.promise, case.currency) if result.promise else (),
        said=Said(result.promise.said) if result.promise else Said.PAYS_ON,
        way=result.promise.way if result.promise else "",
        disputes=_disputes(case, report, result, language),
        ours=_ours(case, report, result, language),
        callback_on=callback.date() if callback else None,
        callback_at=callback.time() if callback else None,
        paid_on=claim.paid_on if claim else None,
        paid=Money(claim.cents, case.currency) if claim else None,
        passed_to=report.passed_on,
        deadline=report.ultimatum.until if report.ultimatum else None,
        consequence=render(consequence_name(report.ultimatum.consequence), language)
        if report.ultimatum
        else "",
        discussed="\n".join(
            (*_discussed(report, result, language), *_besides(case, report, result, language))
        ),
        follow_up=_follow_up(report, result),
        corrects=corrects,
        reserved=result.promise.reserved if result.promise else False,
    )


def _kind(report: CallReport, result: Effect) -> AgreementKind:
    if result.promise:
        return AgreementKind.PLAN if len(result.promise.instalments) > 1 else AgreementKind.PROMISE
    return _KINDS.get(report.result, AgreementKind.NOTHING_AGREED)


def instalment_lines(promise: PromiseFact, currency: str) -> tuple[InstalmentLine, ...]:
    """The dated parts as the mail shows them."""
    return tuple(InstalmentLine(part.due, Money(part.cents, currency)) for part in promise.instalments)


def _disputes(case: Case, report: CallReport, result: Effect, language: str) -> tuple[DisputeLine, ...]:
    said = report.dispute
    if said is None:
        return ()
    numbers = {i.id: i.number for i in case.invoices}
    reason = said.what.strip() or render(say(f"dispute.{said.code}"), language)
    return tuple(
        DisputeLine(numbers[d.invoice_id], Money(d.cents, case.currency), reason, said.owner, said.answer_by)
        for d in result.disputes
    )


def _ours(case: Case, report: CallReport, result: Effect, language: str) -> tuple[OwnPromise, ...]:
    moments = [(own.what, local(own.at, case.time_zone)) for own in report.own if own.at]
    if result.callback and _kind(report, result) is not AgreementKind.CALLBACK:
        moments.append((render(say("confirm.we_call"), language), local(result.callback.at, case.time_zone)))
    return tuple(OwnPromise(what, at.date(), at.time()) for what, at in moments)


def _discussed(report: CallReport, result: Effect, language: str) -> tuple[str, ...]:
    """What was spoken about. Who refuses is quoted: between our sentences his words would read as ours."""
    words = report.discussed.strip()
    if words and _kind(report, result) is AgreementKind.REFUSED:
        return (render(say("confirm.his_words", words=" ".join(words.split())), language),)
    return tuple(report.discussed.splitlines())


def _besides(case: Case, report: CallReport, result: Effect, language: str) -> Iterator[str]:
    """What was said too, beside what the mail is about."""
    kind = _kind(report, result)
    if result.claim and kind is not AgreementKind.ALREADY_PAID:
        amount = Money(result.claim.cents, case.currency)
        yield render(say("confirm.claimed", amount=amount, check=result.claim.check_on), language)
    if report.passed_on and kind is not AgreementKind.PASSES_ON:
        yield render(say("confirm.passed_on", who=report.passed_on), language)
    if report.ultimatum and kind not in _WITH_DEADLINE:
        said = report.ultimatum
        amount, follows = Money(said.cents, case.currency), consequence_name(said.consequence)
        yield render(say("confirm.ultimatum", amount=amount, until=said.until, consequence=follows), language)


def _follow_up(report: CallReport, result: Effect) -> date | None:
    """The day on which we look again, or write to who refuses: it is only named where it is ours to keep."""
    if result.promise:
        return result.promise.instalments[0].control
    if result.claim:
        return result.claim.check_on
    step = result.after.step
    writes = _kind(report, result) is AgreementKind.REFUSED and step.step in MAILS
    return step.on if step.is_call or writes else None


def agreement_of_promise(
    case: Case, promise: PromiseFact, papers: Papers, *, spoken_on: date | None = None
) -> AgreementFacts:
    """The agreement of a promise alone: for a corrected mail, and for what it corrects."""
    return AgreementFacts(
        kind=AgreementKind.PLAN if len(promise.instalments) > 1 else AgreementKind.PROMISE,
        spoken_on=spoken_on or local_day(promise.made_at, case.time_zone),
        invoices=papers.lines,
        instalments=instalment_lines(promise, case.currency),
        said=Said(promise.said),
        way=promise.way,
        follow_up=promise.instalments[0].control if promise.instalments else None,
        reserved=promise.reserved,
    )


def agreement_of_callback(case: Case, at: datetime, papers: Papers, *, spoken_on: date) -> AgreementFacts:
    """The agreement of a call-back alone."""
    there = local(at, case.time_zone)
    return AgreementFacts(
        kind=AgreementKind.CALLBACK,
        spoken_on=spoken_on,
        invoices=papers.lines,
        callback_on=there.date(),
        callback_at=there.time(),
    )


def agreement_of_dispute(line: DisputeLine, papers: Papers, *, spoken_on: date) -> AgreementFacts:
    """The agreement of one dispute alone."""
    return AgreementFacts(
        kind=AgreementKind.DISPUTE, spoken_on=spoken_on, invoices=papers.lines, disputes=(line,)
    )
