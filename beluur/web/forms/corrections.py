"""The short forms that put right what was recorded: a promise, a call-back, a whole call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beluur.domain.call_report import CallbackSaid, CallReport, ClaimSaid, PromiseSaid
from beluur.domain.case import Outcome, Result
from beluur.domain.local_time import moment_at
from beluur.queries.to_correct import CallbackNow, CallNow, PromiseNow, Proposed
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.values.typed import typed_time
from beluur.web.forms.call_choices import WAYS
from beluur.web.forms.fields import CentsField, DayField, ShortForm
from beluur.web.frame import in_words

ROWS = 4  # a plan of more instalments is recorded anew in a call
SAID = (("pays_on", _("ik betaal op die dag")), ("received_on", _("u hebt het op die dag")))
OUTCOMES = (
    (Outcome.REACHED, _("Juiste persoon gesproken")),
    (Outcome.GATEKEEPER, _("Receptie")),
    (Outcome.WRONG_PERSON, _("Iemand anders")),
    (Outcome.VOICEMAIL, _("Voicemail")),
    (Outcome.NO_ANSWER, _("Geen gehoor")),
    (Outcome.BUSY, _("In gesprek")),
    (Outcome.NUMBER_INVALID, _("Nummer klopt niet")),
)
RESULTS = (
    (Result.PROMISE, _("Zegde betaling toe")),
    (Result.CALLBACK, _("Terugbellen")),
    (Result.CLAIMS_PAID, _("Zegt dat het betaald is")),
    (Result.PASSED_ON, _("Stuurt het door")),
    (Result.REFUSED, _("Weigert")),
    (Result.NOTHING, _("Geen afspraak")),
)
_PLACES = {
    "said_yes": "why",
    "total": "a1",
    "callback_at": "hour",
    "claim_amount": "a1",
    "claim_paid_on": "d1",
}


def placed(refused: Refused) -> Refused:
    """The refusal at the field of these forms: ``amount:0`` is a1."""
    name, _colon, n = refused.field.partition(":")
    if name in ("amount", "date"):
        return Refused(refused.sentence, f"{'a' if name == 'amount' else 'd'}{int(n or 0) + 1}")
    return Refused(refused.sentence, _PLACES.get(name, name))


class HourField(forms.CharField):
    """An hour as typed: 14:30, 14u."""

    def to_python(self, value: Any) -> Any:
        """A time; None when empty."""
        text = super().to_python(value)
        if not text:
            return None
        at = typed_time(text)
        if at is None:
            raise forms.ValidationError(_("Schrijf het uur als 14:30"))
        return at


class WhyForm(ShortForm):
    """Why it is put right: it stays in the dossier."""

    FULL = frozenset(("why",))
    why = forms.CharField(label=_("Waarom"), max_length=300, help_text=_("Dit staat in het dossier."))


class PromiseForm(ShortForm):
    """A promise as it is now: one amount and day, or instalments."""

    SECTIONS = (
        (_("Wat er nu is afgesproken"), tuple(f"{kind}{n}" for n in range(1, ROWS + 1) for kind in "ad")),
        ("", ("said", "way", "why", "send")),
    )
    FULL = frozenset(("why",))
    a1 = CentsField(label=_("Bedrag"))
    d1 = DayField(label=_("Dag"))
    a2 = CentsField(label=_("Tweede bedrag"), required=False)
    d2 = DayField(label=_("Dag"), required=False)
    a3 = CentsField(label=_("Derde bedrag"), required=False)
    d3 = DayField(label=_("Dag"), required=False)
    a4 = CentsField(label=_("Vierde bedrag"), required=False)
    d4 = DayField(label=_("Dag"), required=False)
    said = forms.ChoiceField(label=_("De klant zei"), choices=SAID)
    way = forms.ChoiceField(label=_("Hoe"), choices=WAYS)
    why = forms.CharField(label=_("Waarom"), max_length=300, help_text=_("Dit staat in het dossier."))
    send = forms.BooleanField(label=_("Mail de klant de nieuwe afspraak"), required=False, initial=True)

    def promise(self) -> PromiseSaid:
        """What was filled in; the customer said so, or wrote it."""
        return promise_from(self.cleaned_data)


def promise_from(said: Mapping[str, Any]) -> PromiseSaid:
    """The filled rows of a form as a promise."""
    rows = [(said.get(f"d{n}"), said.get(f"a{n}")) for n in range(1, ROWS + 1)]
    parts = tuple(row for row in rows if row != (None, None))
    return PromiseSaid(parts or ((None, None),), yes=True, said=said["said"], way=said["way"])


def promise_initial(now: PromiseNow) -> dict[str, Any]:
    """The form as it opens."""
    rows: dict[str, Any] = {"said": now.said, "way": now.way, "send": True}
    for n, (due, cents) in enumerate(now.parts[:ROWS], 1):
        rows |= {f"a{n}": cents, f"d{n}": due}
    return rows


def proposal_initial(standing: Mapping[str, Any], proposed: Proposed, *, today: date) -> dict[str, Any]:
    """The form as it opens when he proposed something else by mail on ``today``: his days and amounts, and why."""
    rows = {name: value for name, value in standing.items() if name[:1] not in "ad" or not name[1:].isdigit()}
    for n, (due, cents) in enumerate(proposed.parts[:ROWS], 1):
        rows |= {f"a{n}": cents, f"d{n}": due}
    return rows | {"why": in_words(say("mail_in.proposed_by_mail", who=proposed.who, on=today))}


class CallbackForm(WhyForm):
    """Another day, hour or person, or off."""

    SHORT = frozenset(("day", "hour"))
    day = DayField(label=_("Dag"), required=False)
    hour = HourField(label=_("Uur"), required=False)
    who = forms.CharField(label=_("Wie bellen wij dan"), required=False, max_length=160)
    number = forms.CharField(label=_("Nummer"), required=False, max_length=40)
    off = forms.BooleanField(label=_("Gaat niet door"), required=False)
    send = forms.BooleanField(
        label=_("Mail de klant als de bevestiging al weg is"), required=False, initial=True
    )

    def at(self, time_zone: str) -> datetime | None:
        """The new moment; None when it is off. Refused when day or hour is missing."""
        if self.cleaned_data["off"]:
            return None
        return moment_of(self.cleaned_data, time_zone)


def moment_of(said: Mapping[str, Any], time_zone: str) -> datetime:
    """Day and hour of a form, in UTC; refused when one is missing."""
    for name in ("day", "hour"):
        if not said.get(name):
            raise Refused(say("general.required"), name)
    return moment_at(said["day"], said["hour"], time_zone)


def callback_initial(now: CallbackNow) -> dict[str, Any]:
    """The form as it opens."""
    return {
        "day": now.at.date(),
        "hour": f"{now.at:%H:%M}",
        "who": now.who,
        "number": now.number,
        "send": True,
    }


class CallForm(ShortForm):
    """A call recorded anew: how it ended and what came of it. What does not fit the result is left out."""

    SECTIONS = (
        (_("Hoe liep het"), ("outcome", "result")),
        (_("Toezegging, of wat betaald zou zijn"), ("a1", "d1", "said", "way")),
        (_("Terugbellen"), ("day", "hour", "who")),
        (_("Doorgestuurd"), ("passed_on",)),
        ("", ("note", "why", "send")),
    )
    FULL = frozenset(("why", "note"))
    outcome = forms.ChoiceField(label=_("Uitkomst"), choices=OUTCOMES)
    result = forms.ChoiceField(label=_("Resultaat, als er gesproken is"), choices=RESULTS)
    a1 = CentsField(label=_("Bedrag"), required=False)
    d1 = DayField(label=_("Dag"), required=False)
    said = forms.ChoiceField(label=_("De klant zei"), choices=SAID)
    way = forms.ChoiceField(label=_("Hoe"), choices=WAYS)
    day = DayField(label=_("Dag"), required=False)
    hour = HourField(label=_("Uur"), required=False)
    who = forms.CharField(label=_("Wie bellen wij dan"), required=False, max_length=160)
    passed_on = forms.CharField(label=_("Naar wie"), required=False, max_length=160)
    note = forms.CharField(label=_("Notities"), required=False, widget=forms.Textarea, max_length=4000)
    why = forms.CharField(label=_("Waarom"), max_length=300, help_text=_("Dit staat in het dossier."))
    send = forms.BooleanField(label=_("Mail de klant de juiste afspraak"), required=False, initial=True)

    def report(self, now: CallNow) -> CallReport:
        """The call as it was after all. Refused at the field that is missing."""
        said = self.cleaned_data
        spoken = said["outcome"] == Outcome.REACHED
        result = said["result"] if spoken else ""
        back = result == Result.CALLBACK or (not spoken and bool(said.get("day")))
        if result == Result.PASSED_ON and not said["passed_on"]:
            raise Refused(say("draft.forward_who"), "passed_on")
        return CallReport(
            outcome=Outcome(said["outcome"]),
            contact_id=now.contact_id if spoken else None,
            spoken_with=now.spoken_with,
            number=now.number,
            received=now.received if spoken else "",
            note=said["note"],
            promise=promise_from({**said, "a2": None, "d2": None}) if result == Result.PROMISE else None,
            callback=CallbackSaid(moment_of(said, now.time_zone), said["who"]) if back else None,
            claim=ClaimSaid(said["a1"], said["d1"]) if result == Result.CLAIMS_PAID else None,
            passed_on=said["passed_on"] if result == Result.PASSED_ON else "",
            refused=result == Result.REFUSED,
            send=spoken and said["send"],
        )


def call_initial(now: CallNow) -> dict[str, Any]:
    """The form as it opens: what was recorded."""
    found: dict[str, Any] = {
        "outcome": now.outcome,
        "result": now.result if now.result in {r.value for r, _name in RESULTS} else Result.NOTHING,
        "note": now.note,
        "send": True,
    }
    if now.promise and now.promise.parts:
        due, cents = now.promise.parts[0]
        found |= {"a1": cents, "d1": due, "said": now.promise.said, "way": now.promise.way}
    if now.callback:
        found |= callback_initial(now.callback)
    return found
