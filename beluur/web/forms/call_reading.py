"""From the draft of a call to its report: what is read of each field, and what could not be read, by field.

A field that cannot be read stands in the report as missing, with its sentence at the field.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from beluur.domain.call_report import (
    CallbackSaid,
    CallReport,
    ClaimSaid,
    ContactChange,
    DisputeSaid,
    OwnPromise,
    PromiseSaid,
)
from beluur.domain.case import Outcome
from beluur.domain.conversation import Answer
from beluur.domain.local_time import moment_at
from beluur.values.phone import parse_phone
from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_cents, typed_date, typed_number, typed_time
from beluur.web.forms.call_draft import Draft
from beluur.web.forms.call_plan import who_proposed
from beluur.web.forms.call_reasons import reasons_of, stop_of, stopped_report


@dataclass(slots=True)
class _Reading:
    """One reading of a draft; gathers what could not be read, by field."""

    draft: Draft
    errors: dict[str, Sentence] = field(default_factory=dict)

    def cents(self, name: str) -> int | None:
        text = self.draft.text(name)
        read = typed_cents(text) if text else None
        if text and read is None:
            self.errors[name] = say("typed.amount", text=text[:40])
        return read

    def day(self, name: str) -> date | None:
        text = self.draft.text(name)
        read = typed_date(text, self.draft.today) if text else None
        if text and read is None:
            self.errors[name] = say("typed.day", text=text[:40])
        return read

    def moment(self, day: str, hour: str) -> datetime | None:
        on, text = self.day(day), self.draft.text(hour)
        at = typed_time(text) if text else None
        if text and at is None:
            self.errors[hour] = say("typed.hour", text=text[:40])
        return moment_at(on, at, self.draft.time_zone) if on and at else None

    def phone(self, name: str) -> str | None:
        text = self.draft.text(name)
        if text and parse_phone(text, self.draft.country) is None:
            self.errors[name] = say("typed.phone", text=text[:40])
            return None
        return text or None


def report_of(
    draft: Draft, *, number: str = "", contact_id: int | None = None
) -> tuple[CallReport, dict[str, Sentence]]:
    """The report as far as it can be read, and what could not be, by field. ``number`` and ``contact_id`` are of the call."""
    if stop_of(draft):
        return stopped_report(draft, number=number, contact_id=contact_id), {}
    reading = _Reading(draft)
    outcome = draft.outcome or Outcome.REACHED
    spoken = outcome is Outcome.REACHED
    answers = draft.answers if spoken else ()
    words = draft.text("r_words") if Answer.REFUSAL in answers else ""
    report = CallReport(
        outcome=outcome,
        contact_id=contact_id if spoken else None,
        spoken_with=draft.text("spoken_with"),
        number=number,
        received=draft.text("received") if draft.text("received") in ("yes", "no") else "",
        note=draft.text("note"),
        promise=_promise(reading) if Answer.PROMISE in answers else None,
        callback=_callback(reading, outcome, answers),
        dispute=_dispute(reading) if Answer.DISPUTE in answers else None,
        claim=_claim(reading) if Answer.PAID in answers else None,
        passed_on=draft.text("f_who") if Answer.FORWARD in answers else "",
        refused=Answer.REFUSAL in answers,
        own=_own(reading) if spoken else (),
        contacts=_contacts(reading, outcome, contact_id),
        discussed="\n".join(part for part in (words, draft.text("discussed")) if part),
        confirm_to=draft.text("confirm_to"),
        language=draft.text("language"),
        send=spoken and draft.on("send", otherwise=True),
        reasons=reasons_of(draft),
        cut_off=draft.on("cut_off"),
    )
    if Answer.FORWARD in answers and not report.passed_on:
        reading.errors["f_who"] = say("draft.forward_who")
    return report, reading.errors


def _promise(reading: _Reading) -> PromiseSaid:
    draft = reading.draft
    rows = [(reading.day(f"d{n}"), reading.cents(f"a{n}")) for n in range(1, draft.parts + 1)]
    empty = [not draft.text(f"d{n}") and not draft.text(f"a{n}") for n in range(1, draft.parts + 1)]
    kept = [row for row, nothing in zip(rows, empty, strict=True) if not nothing]
    return PromiseSaid(
        parts=tuple(kept or rows[:1]),
        yes=draft.on("yes"),
        said=draft.text("said") or "pays_on",
        way=draft.text("way") or "transfer",
        invoice_ids=draft.ids("inv") or None,
        words=draft.text("words")[:500],
        proposed_by=who_proposed(draft),
        reserved=draft.on("reserved"),
    )


def _callback(reading: _Reading, outcome: Outcome, answers: tuple[Answer, ...]) -> CallbackSaid | None:
    draft = reading.draft
    on_the_way = outcome in (Outcome.GATEKEEPER, Outcome.WRONG_PERSON) and any(
        draft.text(name) for name in ("cb_day", "cb_hour")
    )
    if Answer.CALLBACK not in answers and not on_the_way:
        return None
    who = draft.text("cb_who") or (draft.text("g_name") if on_the_way else "")
    number = reading.phone("cb_number") or (reading.phone("g_phone") if on_the_way else "") or ""
    return CallbackSaid(reading.moment("cb_day", "cb_hour"), who, number)


def _dispute(reading: _Reading) -> DisputeSaid:
    draft = reading.draft
    items = tuple((i, reading.cents(f"da_{i}")) for i in draft.ids("di"))
    code, what = draft.text("d_code"), draft.text("d_what")
    wants, evidence = draft.text("d_wants"), draft.text("d_evidence")
    return DisputeSaid(items, code, what, draft.text("d_owner"), reading.day("d_by"), wants, evidence)


def _claim(reading: _Reading) -> ClaimSaid:
    return ClaimSaid(reading.cents("c_amount"), reading.day("c_day"))


def _own(reading: _Reading) -> tuple[OwnPromise, ...]:
    draft = reading.draft
    if not any(draft.text(name) for name in ("o_what", "o_day", "o_hour")):
        return ()
    return (OwnPromise(draft.text("o_what"), reading.moment("o_day", "o_hour")),)


def _contacts(reading: _Reading, outcome: Outcome, contact_id: int | None) -> tuple[ContactChange, ...]:
    draft = reading.draft
    if outcome is Outcome.NUMBER_INVALID:
        new = reading.phone("n_phone")
        return (ContactChange(contact_id, phone=new),) if new else ()
    if outcome in (Outcome.GATEKEEPER, Outcome.WRONG_PERSON):
        name, phone = draft.text("g_name"), reading.phone("g_phone")
        if not (name or phone):
            return ()
        return (ContactChange(None, name=name, role=draft.text("g_role"), phone=phone or ""),)
    return _checked_contact(reading) if outcome is Outcome.REACHED else ()


def _checked_contact(reading: _Reading) -> tuple[ContactChange, ...]:
    """The contact data read back at the end; only when they were on the screen."""
    draft = reading.draft
    if "k_name" not in draft.fields:
        return ()
    who = draft.text("k_id")
    name, role, email = (draft.text(f"k_{field}") for field in ("name", "role", "email"))
    phone, mobile = reading.phone("k_phone"), reading.phone("k_mobile")
    if not (name or role or email or phone or mobile):
        return ()
    known = typed_number(who)
    return (ContactChange(known, name=name, role=role, phone=phone or "", mobile=mobile or "", email=email),)


_FIELDS = {
    "said_yes": "yes",
    "invoices": "inv",
    "callback_at": "cb_hour",
    "dispute_items": "di",
    "dispute_code": "d_code",
    "dispute_answer_by": "d_by",
    "claim_amount": "c_amount",
    "claim_paid_on": "c_day",
    "refused": "answers",
    "own_what:0": "o_what",
    "own_at:0": "o_hour",
}


def form_field(objected: str, draft: Draft) -> str:
    """The field on the screen that an objection of `call_check` is about."""
    name, _, n = objected.partition(":")
    place = typed_number(n) or 0
    if name in ("amount", "date"):
        rows = [k for k in range(1, draft.parts + 1) if draft.text(f"d{k}") or draft.text(f"a{k}")] or [1]
        return f"{'a' if name == 'amount' else 'd'}{rows[place] if place < len(rows) else rows[-1]}"
    if name == "dispute_amount":
        ticked = draft.ids("di")
        return f"da_{ticked[place]}" if place < len(ticked) else "di"
    return _FIELDS.get(objected, name)
