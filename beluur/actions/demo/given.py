"""Why the debtors of the demo did not pay, as they told it."""

from __future__ import annotations

from beluur.domain.call_report import ReasonSaid
from beluur.playbook import ReasonCode

GAVE = {
    "Ik zet het vandaag klaar": (ReasonCode.VAGUE_PROMISE, "Komt er gauw aan"),
    "Dat gaat mee met de volgende betaling": (ReasonCode.PAYMENT_RUN_DATE, "Wij betalen in vaste rondes"),
    "U hebt het op tijd": (ReasonCode.RESPONSIBLE_ABSENT, "Wie betaalt is met vakantie"),
    "Gaat mee in de betaalronde": (ReasonCode.PAYMENT_RUN_DATE, "Wij betalen in vaste rondes"),
    "Het hele bedrag, deze week": (ReasonCode.WAITING_FOR_OWN_PAYMENT, "Wacht op geld van een klant"),
    "In drie keer, elke maand een deel": (ReasonCode.CASH_PROBLEM, "Kan het niet in een keer"),
}


def given(words: str) -> tuple[ReasonSaid, ...]:
    """Why it was not paid, as he told in the call in which he promised it in these words."""
    if words not in GAVE:
        return ()
    code, heard = GAVE[words]
    return (ReasonSaid(code.value, heard),)
