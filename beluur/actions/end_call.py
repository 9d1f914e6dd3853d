"""Ends a call: agreement, event, confirmation and next step are saved together or not at all (J8)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from beluur.actions.once import Doer, once, put_on_record
from beluur.actions.queue_mail import Outgoing, queue_mail, queued_line
from beluur.actions.record_effect import record_effect
from beluur.actions.share_try import lock_payers, share_try
from beluur.actions.touched import facts_changed, the_debtor
from beluur.actions.use_grant import use_grant
from beluur.domain.call_check import check_report
from beluur.domain.call_effect import Effect, effect
from beluur.domain.call_mandate import mandate_objections
from beluur.domain.call_report import CallReport
from beluur.domain.call_told import details, told
from beluur.domain.case import Case
from beluur.domain.commitment import Objection
from beluur.domain.goal import Goal
from beluur.domain.kept_goal import Aimed, goal_reached, kept_goal
from beluur.domain.local_time import local_day
from beluur.domain.message_state import UNDERWAY, MessageState
from beluur.domain.policy import Policy
from beluur.domain.reason_actions import reason_name
from beluur.domain.written_note import note_text, written_note
from beluur.mailroom.facts import AgreementFacts
from beluur.queries.agreement_facts import confirmation
from beluur.store.load import load_case, load_mandate, load_policy
from beluur.store.models import Call, Contact, Message, User
from beluur.store.save import Happening
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say


@dataclass(frozen=True, slots=True)
class Ended:
    """``message_id`` is the confirmation, 0 for none; ``advice`` says what follows."""

    call_id: int
    message_id: int
    message_state: str
    advice: Sentence


@dataclass(frozen=True, slots=True)
class Retelling:
    """How a correction tells a call again: its own line, and what goes before the details."""

    said: Sentence
    before: tuple[Sentence, ...]


class ReportRefused(Refused):
    """The report is not recorded and nothing changed; ``objections`` are all that is wrong, the first one is the refusal."""

    def __init__(self, objections: tuple[Objection, ...]) -> None:
        super().__init__(objections[0].sentence, objections[0].field)
        self.objections = objections


def end_call(doer: Doer, call_id: int, report: CallReport, *, goal: Goal | None = None) -> Ended:
    """One transaction. ``goal`` is what the caller aimed at instead of what was proposed (C11): it is kept beside it. Raises
    ReportRefused with the sentence of each field that is not right, and Refused when the call has ended, was taken over, or a
    contact's new number cannot be dialled. A repeated key answers with the first result."""

    def do() -> dict[str, Any]:
        lock_payers(doer, call_id)
        call = the_call(doer, call_id)
        if call.state != "open" or call.caller_id != doer.user_id:
            raise Refused(say("call.not_yours"))
        if goal is not None:
            call.goal = {**kept_goal(goal), "proposed": call.goal}
        case, policy = load_case(doer.administration_id, call.debtor_id), load_policy(doer.administration_id)
        granted = use_grant(doer, call)
        mandate = load_mandate(doer.administration_id, doer.user_id)
        today = local_day(doer.at, case.time_zone)
        wrong = check_report(report, case, policy, doer.at)
        if wrong := wrong or mandate_objections(report, case, mandate, today, granted=granted):
            raise ReportRefused(wrong)
        recorded = record(doer, call, case, policy, report)
        share_try(doer, call, case, report)
        return recorded

    return ended_from(once(doer, "end_call", do))


def the_call(doer: Doer, call_id: int) -> Call:
    """The call, locked, its debtor before it: every action locks in that order. Raises Call.DoesNotExist."""
    calls = Call.objects.filter(administration_id=doer.administration_id)
    the_debtor(doer, calls.get(id=call_id).debtor_id)
    return calls.select_for_update().get(id=call_id)


def record(
    doer: Doer,
    call: Call,
    case: Case,
    policy: Policy,
    report: CallReport,
    *,
    corrects: AgreementFacts | None = None,
    replaces: Message | None = None,
    retelling: Retelling | None = None,
) -> dict[str, Any]:
    """The report's rows, event and mail for ``call``, and what happens next; in the running transaction. ``case`` is as it was
    before the call."""
    if objections := check_report(report, case, policy, doer.at):
        raise ReportRefused(objections)
    call.number = report.number or call.number
    result = effect(
        report, case, policy, doer.at, opened_at=call.opened_at, incoming=call.incoming, number=call.number
    )
    account = _account(call, case, report, result)
    aimed = goal_reached(call.goal, report, result, case.currency)
    _close(doer, call, report, account, aimed)
    taken_off = record_effect(doer, call, case, report, result)
    message = None
    if report.spoken and report.send:
        mailing = confirmation(
            doer.administration_id, case, report, result, caller=doer.name, corrects=corrects
        )
        message = queue_mail(
            doer, Outgoing(mailing, "confirmation", call.debtor_id, call_id=call.id, replaces=replaces)
        )
    happening = _happening(call, case, report, result, message, aimed)
    happening.facts.update(taken_off=taken_off, written=[s.to_json() for s in account])
    put_on_record(doer, _retold(happening, retelling) if retelling else happening)
    facts_changed(doer, [call.debtor_id], searchable=bool(report.contacts))
    return {
        "call": call.id,
        "message": message.id if message else 0,
        "message_state": message.state if message else "",
        "advice": result.after.advice.to_json(),
    }


def _retold(happening: Happening, retelling: Retelling) -> Happening:
    return replace(
        happening,
        kind="call_corrected",
        said=retelling.said,
        details=(*retelling.before, happening.said, *happening.details),
    )


def ended_from(said: dict[str, Any]) -> Ended:
    """The answer, from what the receipt keeps of it."""
    return Ended(said["call"], said["message"], said["message_state"], Sentence.from_json(said["advice"]))


def _account(call: Call, case: Case, report: CallReport, result: Effect) -> tuple[Sentence, ...]:
    """What is written for the caller; of a call that was stopped nothing, for it may be about health (J11)."""
    if report.stop:
        return ()
    mailed = Message.objects.filter(administration_id=call.administration_id, call_id=call.id)
    copies = mailed.filter(kind="invoice_copy", state__in=(*UNDERWAY, MessageState.SENT)).exists()
    why = tuple(reason_name(reason.code) for reason in report.reasons)
    return written_note(
        report, case, result, incoming=call.incoming, number=call.number, why=why, copies=copies
    )


def _close(
    doer: Doer, call: Call, report: CallReport, account: tuple[Sentence, ...], aimed: Aimed | None
) -> None:
    """What the caller typed is the report; when he typed nothing, what was written for him is."""
    call.state, call.ended_at = "ended", doer.at
    call.outcome, call.result = report.outcome.value, report.result.value
    call.received = report.received
    call.note = report.note.strip() or note_text(account, _language(doer))
    here = Contact.objects.filter(administration_id=call.administration_id, debtor_id=call.debtor_id)
    if report.contact_id and here.filter(id=report.contact_id).exists():
        call.contact_id = report.contact_id
    call.reached = aimed.kept if aimed else {}
    call.draft = {}
    call.save()


def _language(doer: Doer) -> str:
    """The caller's."""
    return User.objects.filter(id=doer.user_id or 0).values_list("language", flat=True).first() or "nl"


def _happening(
    call: Call, case: Case, report: CallReport, result: Effect, message: Message | None, aimed: Aimed | None
) -> Happening:
    lines = details(report, case, result, call.number) + ((aimed.said,) if aimed else ())
    if message:
        lines += (queued_line(message),)
    facts = {"report": _plain(asdict(report)), "number": call.number, "fulfilled": list(result.fulfilled)}
    return Happening(
        call.debtor_id, "call_ended", told(report, incoming=call.incoming), lines, report.note, facts, call.id
    )


def _plain(value: Any) -> Any:
    """As JSON, for programs and evidence."""
    match value:
        case dict():
            return {k: _plain(v) for k, v in value.items()}
        case list() | tuple():
            return [_plain(v) for v in value]
        case datetime() | date():
            return value.isoformat()
    return value
