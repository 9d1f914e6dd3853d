"""What can be chosen during a call, in the words of the screen, each with its icon and its key."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from beluur.domain.call_report import DisputeCode
from beluur.domain.case import Outcome
from beluur.domain.conversation import Answer, Stage
from beluur.domain.plan import Rhythm

STAGES = {
    Stage.WHO: _("Wie is aan de lijn"),
    Stage.OPENING: _("Opening"),
    Stage.RECEIVED: _("Ontvangen?"),
    Stage.WHEN: _("Wanneer betaalt u?"),
    Stage.REASON: _("Reden"),
    Stage.NEGOTIATE: _("Voorstel"),
    Stage.AGREE: _("Afspraak"),
    Stage.STOP: _("Wij stoppen hier"),
    Stage.RECAP: _("Samenvatting"),
    Stage.SAVE: _("Vastleggen"),
}
OUTCOMES = (
    (Outcome.REACHED, _("Ja, die is het"), "user", "Enter"),
    (Outcome.GATEKEEPER, _("Receptie"), "concierge-bell", "2"),
    (Outcome.WRONG_PERSON, _("Iemand anders"), "user-x", "3"),
    (Outcome.VOICEMAIL, _("Voicemail"), "voicemail", "4"),
    (Outcome.NO_ANSWER, _("Geen gehoor"), "phone-missed", "5"),
    (Outcome.BUSY, _("In gesprek"), "phone-call", "6"),
    (Outcome.NUMBER_INVALID, _("Nummer klopt niet"), "phone-off", "7"),
)
WHO_RANG = (Outcome.REACHED, Outcome.WRONG_PERSON)
ANSWERS = (
    (Answer.PROMISE, _("Betaalt"), "hand-coins", "b"),
    (Answer.CALLBACK, _("Terugbellen"), "calendar-clock", "t"),
    (Answer.DISPUTE, _("Betwist"), "message-square-warning", "w"),
    (Answer.PAID, _("Al betaald"), "landmark", "a"),
    (Answer.FORWARD, _("Stuurt door"), "forward", "s"),
    (Answer.REFUSAL, _("Weigert"), "ban", "g"),
    (Answer.NOTHING, _("Geen afspraak"), "circle-dashed", "0"),
)
CODES = {
    DisputeCode.QUALITY: _("Kwaliteit"),
    DisputeCode.QUANTITY: _("Hoeveelheid, of niet ontvangen"),
    DisputeCode.PRICE: _("Prijs"),
    DisputeCode.DOCUMENT: _("Document: bestelnummer, adres, bewijs"),
    DisputeCode.PAYMENT: _("Betaald, niet gevonden"),
    DisputeCode.TERMS: _("Voorwaarden"),
    DisputeCode.DUPLICATE: _("Dubbel gefactureerd"),
    DisputeCode.RETURN: _("Teruggezonden, creditnota"),
    DisputeCode.VAT: _("Btw"),
    DisputeCode.OTHER: _("Iets anders"),
}
WAYS = (
    ("transfer", _("Overschrijving")),
    ("link", _("Betaallink")),
    ("direct_debit", _("Incasso")),
    ("card", _("Kaart")),
    ("cash", _("Contant")),
)
RHYTHMS = (
    (Rhythm.MONTHLY, _("per maand")),
    (Rhythm.TWO_WEEKLY, _("per twee weken")),
    (Rhythm.WEEKLY, _("per week")),
)
LANGUAGES = (("nl", "Nederlands"), ("nl-BE", "Nederlands (België)"), ("fr", "Français"), ("en", "English"))
