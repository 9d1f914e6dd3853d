"""The call screen: all that the caller needs about one debtor, in a fixed number of queries (C1-C13, J2, J5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from beluur.domain.approval import GRANTED
from beluur.domain.bar import Bar, bar
from beluur.domain.briefing import Missing, key_questions, missing
from beluur.domain.calling_window import CallingWindow, is_person, window
from beluur.domain.case import Case
from beluur.domain.conversation import BrokenWord, Speaking
from beluur.domain.gate import GateResult, gate
from beluur.domain.goal import Goal, propose_goal
from beluur.domain.local_time import local, local_day
from beluur.domain.mandate import Mandate
from beluur.domain.next_step import next_step
from beluur.domain.plan import Plan
from beluur.domain.policy import Policy
from beluur.domain.steps import CALLS, NextStep, Step
from beluur.playbook import OwnLine
from beluur.queries.approvals import AskedInCall, request_of_call
from beluur.queries.call_history import History, call_history, last_broken
from beluur.queries.call_people import contact_rows, creditor_row, debtor_row, numbers_of
from beluur.queries.call_rows import CallRow, ContactRow, CreditorRow, DebtorRow, InvoiceRow, Number
from beluur.queries.cut_off import was_cut_off
from beluur.queries.dossier_parts import group_members
from beluur.queries.dossier_rows import GroupMember
from beluur.queries.own_lines import own_lines
from beluur.queries.pages_opened import opened_invoices
from beluur.queries.reasons_given import Given, reasons_given
from beluur.queries.terms_given import TermsRow, terms_given
from beluur.queries.went_back import WentBack, went_back_lately
from beluur.store.load import load_case, load_mandate, policy_from
from beluur.store.models import Administration, Call, Debtor, Invoice, User
from beluur.values.money import Money
from beluur.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class CallScreen:
    """Everything on the screen; nothing on it starts a query."""

    now: datetime
    today: date  # the debtor's
    call: CallRow | None
    debtor: DebtorRow
    creditor: CreditorRow
    case: Case
    policy: Policy
    contacts: tuple[ContactRow, ...]
    numbers: tuple[Number, ...]
    invoices: tuple[InvoiceRow, ...]
    asked: Money
    gate: GateResult
    goal: Goal
    bar: Bar
    step: NextStep
    history: History
    missing: tuple[Missing, ...]
    questions: tuple[Sentence, ...]
    window: CallingWindow
    given: Mapping[str, Given]
    mandate: Mandate
    own: tuple[OwnLine, ...] = ()
    asked_colleague: AskedInCall | None = None
    went_back: tuple[WentBack, ...] = ()
    terms: tuple[TermsRow, ...] = ()
    cut_off: bool = False
    together: tuple[GroupMember, ...] = ()  # whom the same desk pays for, to be called with him

    @property
    def granted(self) -> Plan | None:
        """What a colleague granted for this call."""
        found = self.asked_colleague.request if self.asked_colleague else None
        return (found.granted or found.plan) if found and found.state in GRANTED else None

    @property
    def person(self) -> bool:
        """A consumer or sole trader: amounts stay covered until it is sure who is on the line (D2)."""
        return is_person(self.case.kind)

    @property
    def whom(self) -> tuple[Missing, ...]:
        """What is missing of whom to call and where to write."""
        return tuple(m for m in self.missing if m.what in ("phone", "contact", "email"))

    @property
    def has_copies(self) -> bool:
        """Whether there is a copy that could be mailed now (C10)."""
        return any(i.copy_id for i in self.invoices)

    @property
    def contact(self) -> ContactRow | None:
        """Whom to ask for: the contact for payments, else the first with a name."""
        return next((c for c in self.contacts if c.name), None)

    @property
    def number(self) -> Number | None:
        """The number that this call dials, else the first known."""
        dialled = self.call.number if self.call else ""
        return next((n for n in self.numbers if n.e164 == dialled), self.numbers[0] if self.numbers else None)

    def speaking(self, caller: str, hints: str) -> Speaking:
        """The facts for the lines to say."""
        return _speaking(self, caller, hints)


_CALL = (
    "id state incoming opened_at lease_until caller_id caller__name number draft draft_version note overruled goal "
    "outcome ended_at"
).split()


def call_screen(administration_id: int, call_id: int, now: datetime) -> CallScreen:
    """The screen of one call. Raises Call.DoesNotExist when it is not of this administration."""
    row: dict[str, Any] = dict(
        Call.objects.filter(administration_id=administration_id).values("debtor_id", *_CALL).get(id=call_id)
    )
    debtor_id = row.pop("debtor_id")
    row["caller__name"] = row["caller__name"] or ""
    opened = CallRow(*(row[name] for name in _CALL))
    return _screen(
        administration_id, debtor_id, now, opened, load_mandate(administration_id, opened.caller_id)
    )


def briefing_screen(
    administration_id: int, debtor_id: int, now: datetime, *, caller: int | None = None
) -> CallScreen:
    """The same before any call is open: for the paper briefing, and for who is not to be called. The goal keeps within the
    mandate of the user ``caller``."""
    return _screen(administration_id, debtor_id, now, None, load_mandate(administration_id, caller))


def open_call_of(administration_id: int, debtor_id: int) -> tuple[int, str] | None:
    """The open call of this debtor and who has it; None when there is none."""
    rows = Call.objects.filter(administration_id=administration_id, debtor_id=debtor_id, state="open")
    found = rows.values_list("id", "caller__name").first()
    return (found[0], found[1] or "") if found else None


def caller_names(administration_id: int) -> tuple[str, ...]:
    """The colleagues who may answer a dispute, by name."""
    rows = User.objects.filter(membership__administration_id=administration_id, is_active=True)
    return tuple(rows.order_by("name").values_list("name", flat=True))


def _screen(here: int, debtor_id: int, now: datetime, call: CallRow | None, mandate: Mandate) -> CallScreen:
    house = Administration.objects.get(id=here)
    debtor = Debtor.objects.get(administration_id=here, id=debtor_id)
    contacts, extra = contact_rows(here, debtor_id), _invoice_details(here, debtor_id)
    case, terms = _with_terms(_enriched(debtor, contacts, extra), house)
    policy, today = policy_from(house.policy), local_day(now, case.time_zone)
    answer = gate(case, policy, now, incoming=bool(call and call.incoming))
    step, history = next_step(case, policy, today), call_history(here, case, today)
    goal = propose_goal(case, policy, mandate, today, history.behaviour)
    return CallScreen(
        now=now,
        today=today,
        call=call,
        debtor=debtor_row(debtor, step),
        creditor=creditor_row(house, case.country, case.language),
        case=case,
        policy=policy,
        contacts=contacts,
        numbers=numbers_of(debtor, contacts, house.country),
        invoices=_invoices(case, answer, extra, today, opened_invoices(here, debtor_id)),
        asked=Money(answer.callable_cents, case.currency),
        gate=answer,
        goal=goal,
        bar=bar(case, today),
        step=step,
        history=history,
        missing=missing(case, today),
        questions=key_questions(case, step, goal, today),
        window=window(case, policy, now),
        given=reasons_given(here, debtor_id, case.time_zone),
        mandate=mandate,
        own=own_lines(here),
        asked_colleague=request_of_call(here, call.id, now) if call else None,
        went_back=went_back_lately(here, debtor_id, today),
        terms=terms,
        cut_off=was_cut_off(here, debtor_id, today, case.time_zone),
        together=_together(debtor, today),
    )


def _together(debtor: Debtor, today: date) -> tuple[GroupMember, ...]:
    others = group_members(debtor.administration_id, debtor.payer_group_id, debtor.id)
    return tuple(
        other for other in others if other.step in CALLS and other.step_on and other.step_on <= today
    )


def _invoice_details(administration_id: int, debtor_id: int) -> dict[int, dict[str, Any]]:
    rows = Invoice.objects.filter(administration_id=administration_id, debtor_id=debtor_id).exclude(
        open_cents=0
    )
    columns = ("id", "description", "delivery_note", "responsible", "copy_id")
    return {row["id"]: dict(row) for row in rows.values(*columns)}


def _enriched(
    debtor: Debtor, contacts: tuple[ContactRow, ...], extra: Mapping[int, Mapping[str, Any]]
) -> Case:
    """His case, with what only a briefing asks for: copies, delivery, a contact by name."""
    case = load_case(debtor.administration_id, debtor.id)
    invoices = tuple(
        i._replace(
            has_copy=extra[i.id]["copy_id"] is not None,
            delivery=extra[i.id]["delivery_note"] or debtor.delivery_note,
        )
        if i.id in extra
        else i
        for i in case.invoices
    )
    return replace(case, invoices=invoices, has_contact=any(c.name for c in contacts))


def _with_terms(case: Case, house: Administration) -> tuple[Case, tuple[TermsRow, ...]]:
    """Whether he was given our terms, when there are any."""
    terms = terms_given(house.id, case.debtor_id)
    return replace(case, terms_given=bool(terms) if house.terms_id else None), terms


def _invoices(
    case: Case,
    answer: GateResult,
    extra: Mapping[int, Mapping[str, Any]],
    today: date,
    opened: Mapping[int, datetime],
) -> tuple[InvoiceRow, ...]:
    asked = dict(answer.callable)
    rows = []
    for i in case.invoices:
        if i.id not in extra:
            continue
        detail = extra[i.id]
        rows.append(
            InvoiceRow(
                i.id,
                i.number,
                i.issued,
                i.due,
                (today - i.due).days if i.due else 0,
                Money(i.amount_cents, case.currency),
                Money(i.open_cents, case.currency),
                Money(asked.get(i.id, 0), case.currency),
                detail["description"],
                detail["delivery_note"],
                detail["responsible"],
                detail["copy_id"],
                tuple(left.sentence for left in answer.taken_out if left.invoice_id == i.id),
                opened.get(i.id),
            )
        )
    return tuple(rows)


def _speaking(screen: CallScreen, caller: str, hints: str) -> Speaking:
    case, call = screen.case, screen.call
    asked = [i for i in screen.invoices if i.asked.cents > 0]
    broken = last_broken(screen.history.promises)
    word = None
    if broken is not None:
        due, amount, _ = next(part for part in broken.parts if part[2].value in ("broken", "partly"))
        word = BrokenWord(
            broken.made_on, due, amount, partly=any(v.value == "partly" for _, _, v in broken.parts)
        )
    whom = screen.contact.name if screen.contact else ""
    return Speaking(
        caller=caller,
        creditor=screen.creditor.name,
        language=_spoken_language(case),
        at=local(screen.now, case.time_zone).time(),
        hints=hints,
        own_number=screen.creditor.own_number,
        contact=whom or (case.name if screen.person else ""),
        person=screen.person,
        incoming=bool(call and call.incoming),
        what=next((i.what for i in (*asked, *screen.invoices) if i.what), ""),
        asked=screen.asked,
        numbers=tuple(i.number for i in asked),
        broken=word,
        called_back=screen.step.step is Step.CALL_BACK,
        cut_off=screen.cut_off,
        stopped=bool(case.stop),
        own=screen.own,
    )


def _spoken_language(case: Case) -> str:
    return "nl-BE" if case.language == "nl" and case.country == "BE" else case.language
