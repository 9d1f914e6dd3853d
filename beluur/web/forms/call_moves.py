"""What a button on the call screen does to the draft: the outcome, the next stage, an answer, a row more or less."""

from __future__ import annotations

from beluur.domain.call_check import after_dispute
from beluur.domain.case import Outcome
from beluur.domain.commitment import coverable, split_evenly
from beluur.domain.conversation import Answer, Stage, after, phases, toggled
from beluur.domain.parts import split
from beluur.domain.plan import MOST_PARTS
from beluur.domain.reason_actions import CONSEQUENCES, Action
from beluur.law.days import add_working_days
from beluur.playbook import ReasonCode
from beluur.queries.call_screen import CallScreen
from beluur.values.money import in_parts
from beluur.values.typed import typed_date, typed_number
from beluur.web.forms.call_draft import Draft
from beluur.web.forms.call_ours import ASKED, ours_moved
from beluur.web.forms.call_reading import report_of
from beluur.web.forms.call_reasons import given, reason_of, stop_of, taken_back
from beluur.web.forms.call_sums import opened_or_closed, worked_out
from beluur.web.language import typed_amount, typed_day

Changes = dict[str, str]
ANSWER_DAYS = 5  # working days in which a dispute is answered, unless another day is filled in


def moved(draft: Draft, go: str, screen: CallScreen) -> Changes:
    """As `_moved`; who goes on with something else has said what we promise."""
    what, _, value = go.partition(":")
    if what == ASKED:
        return ours_moved(draft, value)
    changes = _moved(draft, go, screen)
    return changes | {ASKED: ""} if changes and draft.text(ASKED) else changes


def _moved(draft: Draft, go: str, screen: CallScreen) -> Changes:
    """The fields that the button ``go`` changes: ``outcome:reached``, ``received:yes``, ``pick:promise``, ``stage:recap``,
    ``row:add``, ``row:2``, ``split:3``, ``sums``, ``sums:rows``, ``next``, ``end``. Empty for what is no button."""
    what, _, value = go.partition(":")
    match what:
        case "outcome" if value in set(Outcome):
            return _outcome(draft, Outcome(value), screen)
        case "through":
            return _put_through(draft)
        case "received" if value in ("yes", "no"):
            return {"received": value, "stage": Stage.WHEN}
        case "pick" if value in set(Answer):
            return _picked(draft, Answer(value), screen)
        case "stage" if value in set(Stage):
            return _to(draft, Stage(value), screen)
        case "next" | "end":
            return _on(draft, what, screen)
        case "reason" | "noreason" | "act":
            return _talked(draft, what, value, screen)
        case "cutoff":
            return _cut_off(draft)
        case "row":
            return _row(draft, value)
        case "split" if (parts := typed_number(value)) is not None:
            return _split(draft, parts, screen)
        case "sums":
            return worked_out(draft, to_promise(draft, screen), screen) if value else opened_or_closed(draft)
    return {}


def _on(draft: Draft, what: str, screen: CallScreen) -> Changes:
    """Where Enter leads (``next``), or to the end: to the recap of what is offered, else of nothing."""
    if what == "end" and not draft.answers:
        return _picked(draft, Answer.NOTHING, screen)
    offered = what == "end" or (draft.stage is Stage.NEGOTIATE and draft.answers)
    return _to(draft, Stage.RECAP if offered else after(draft.stage, stages_of(draft, screen)), screen)


def _talked(draft: Draft, what: str, value: str, screen: CallScreen) -> Changes:
    """What a reason and its action lead to: ``reason:not_received``, ``noreason``, ``act``."""
    if what == "reason":
        return given(draft, ReasonCode(value), heard=last_line(draft)) if value in set(ReasonCode) else {}
    if what == "noreason":
        return taken_back(draft)
    return _acted(draft, screen)


def stages_of(draft: Draft, screen: CallScreen) -> tuple[Stage, ...]:
    """The path of this conversation as it stands on the screen: dialling is part of asking who it is, listening of the reason."""
    broken = any(p.active and p.broken for p in screen.history.promises)
    incoming = bool(screen.call and screen.call.incoming)
    way = phases(draft.outcome, broken=broken, incoming=incoming, stopped=stop_of(draft) is not None)
    return tuple(stage for stage in way if stage not in (Stage.DIAL, Stage.LISTEN))


def to_promise(draft: Draft, screen: CallScreen) -> int:
    """Cents that he is asked for, beside what is being disputed; where nothing is asked, all that a promise may be about."""
    report, _ = report_of(draft)
    case = after_dispute(screen.case, report)
    asked = split(case, screen.today).callable_cents
    return asked or sum(cents for _, cents in coverable(case, screen.today))


def _put_through(draft: Draft) -> Changes:
    """Somebody else comes on the line: he is greeted, and asked who he is, before anything else is said."""
    whom = draft.text("g_name") or draft.text("spoken_with")
    return {"outcome": "", "stage": Stage.WHO, "checked": "", "spoken_with": whom}


def _outcome(draft: Draft, outcome: Outcome, screen: CallScreen) -> Changes:
    if outcome is Outcome.REACHED:
        whom = draft.text("spoken_with") or (screen.contact.name if screen.contact else "")
        return {"outcome": outcome, "stage": Stage.OPENING} | ({"spoken_with": whom} if whom else {})
    return {"outcome": outcome, "stage": Stage.SAVE}


def _to(draft: Draft, stage: Stage, screen: CallScreen) -> Changes:
    """Back is always allowed; on to the recap only with something to sum up, on to recording through the recap."""
    changes: Changes = {"stage": stage, "checked": ""}
    if stage is Stage.WHO:
        return changes | {"outcome": ""}
    if stage is Stage.NEGOTIATE and Answer.PROMISE not in draft.answers:
        return _picked(draft, Answer.PROMISE, screen) | {"stage": stage}
    if stage is Stage.RECAP:
        return changes | _contact_data(draft, screen) | {"checked": Stage.AGREE}
    if stage is Stage.SAVE:
        return changes | {"checked": Stage.SAVE}
    return changes


def _acted(draft: Draft, screen: CallScreen) -> Changes:
    """What the action of the reason leads to on the screen. That copies leave is done by the page, before this."""
    code = reason_of(draft)
    if code is None:
        return {}
    leads_to = CONSEQUENCES[code]
    if leads_to.action is Action.MAIL_COPY:
        return {}
    if leads_to.action is Action.CONTACT_DETAILS:
        return _outcome(draft, Outcome.WRONG_PERSON, screen)
    if leads_to.answer is None:
        return {"stage": leads_to.stage}
    if leads_to.answer in draft.answers:
        return {"stage": leads_to.stage, "checked": ""}
    changes = _picked(draft, leads_to.answer, screen) | {"stage": leads_to.stage}
    code_field = {"d_code": leads_to.dispute.value} if leads_to.dispute and not draft.text("d_code") else {}
    return changes | code_field


def _cut_off(draft: Draft) -> Changes:
    """He hung up, or the line went: what was noted is kept, and it is tried again."""
    answers = draft.answers or (Answer.NOTHING,)
    return {"cut_off": "1", "answers": ",".join(answers), "stage": Stage.AGREE, "reason": "", "checked": ""}


def last_line(draft: Draft) -> str:
    """What was typed last: the line of the note that one is at."""
    lines = [line.strip() for line in draft.text("note").splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _contact_data(draft: Draft, screen: CallScreen) -> Changes:
    """What is read back at the end, filled in from the dossier the first time."""
    if "k_name" in draft.fields:
        return {}
    contact = screen.contact or (screen.contacts[0] if screen.contacts else None)
    email = (contact.email if contact else "") or screen.debtor.email
    known = {
        "k_id": "",
        "k_name": draft.text("spoken_with"),
        "k_role": draft.text("g_role"),
        "k_phone": draft.text("g_phone"),
        "k_mobile": "",
        "k_email": "",
    }
    put_through = draft.text("g_name") and draft.text("g_name") == draft.text("spoken_with")
    if contact is not None and not put_through:
        known = {
            "k_id": str(contact.id),
            "k_name": contact.name or draft.text("spoken_with"),
            "k_role": contact.role,
            "k_phone": contact.phone,
            "k_mobile": contact.mobile,
            "k_email": contact.email,
        }
    return known | {"confirm_to": draft.text("confirm_to") or email, "language": screen.debtor.language}


def _picked(draft: Draft, answer: Answer, screen: CallScreen) -> Changes:
    answers = toggled(draft.answers, answer)
    stage = Stage.AGREE if answers else draft.stage
    changes: Changes = {"answers": ",".join(answers), "stage": stage, "checked": ""}
    if answer not in answers:
        return changes
    return changes | {k: v for k, v in _first_values(draft, answer, screen).items() if not draft.text(k)}


def _first_values(draft: Draft, answer: Answer, screen: CallScreen) -> Changes:
    """What is likely, filled in where nothing stands yet."""
    match answer:
        case Answer.PROMISE:
            return {"parts": "1", "a1": _typed(to_promise(draft, screen))}
        case Answer.CALLBACK:
            return {"cb_who": screen.contact.name if screen.contact else ""}
        case Answer.PAID:
            return {"c_amount": _typed(screen.asked.cents)}
        case Answer.DISPUTE:
            return _dispute_values(screen)
    return {}


def _dispute_values(screen: CallScreen) -> Changes:
    by = add_working_days(screen.today, ANSWER_DAYS, screen.case.country)
    owner = next((i.responsible for i in screen.invoices if i.responsible), screen.debtor.responsible)
    values = {"d_by": typed_day(by), "d_owner": owner}
    if len(screen.invoices) == 1:
        values["di"] = str(screen.invoices[0].id)
    return values


def _row(draft: Draft, value: str) -> Changes:
    if value == "add":
        return {"parts": str(min(draft.parts + 1, MOST_PARTS))}
    row = typed_number(value) or 0
    if not 1 <= row <= draft.parts:
        return {}
    kept = [n for n in range(1, draft.parts + 1) if n != row]
    changes: Changes = {"parts": str(max(len(kept), 1))}
    for place, n in enumerate(kept, 1):
        changes |= {f"a{place}": draft.text(f"a{n}"), f"d{place}": draft.text(f"d{n}")}
    return changes | {f"a{draft.parts}": "", f"d{draft.parts}": ""}


def _split(draft: Draft, n: int, screen: CallScreen) -> Changes:
    """What may be promised in ``n`` parts that add up to the cent, a month apart from the first day when that was said."""
    n = min(max(n, 1), MOST_PARTS)
    cents = to_promise(draft, screen)
    first = typed_date(draft.text("d1"), screen.today) if draft.text("d1") else None
    if first is None:
        rows = [(part, draft.text("d1") if k == 0 else "") for k, part in enumerate(in_parts(cents, n))]
    else:
        rows = [(p.cents or 0, typed_day(p.due) if p.due else "") for p in split_evenly(cents, n, first)]
    changes: Changes = {"parts": str(n), "checked": ""}
    for place, (part, day) in enumerate(rows, 1):
        changes |= {f"a{place}": _typed(part), f"d{place}": day}
    return changes


def _typed(cents: int) -> str:
    return typed_amount(cents) if cents > 0 else ""
