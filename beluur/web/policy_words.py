"""The numbers of the method in the words of the screen; what is not here stays as the method has it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from beluur.domain.policy import SecondBroken

Words = Any

GROUPS: tuple[tuple[Words, dict[str, Words]], ...] = (
    (
        _("Herinneren"),
        {
            "reminder_after_days": _("Eerste herinnering, dagen na de vervaldag"),
            "second_reminder_after_days": _("Tweede herinnering, dagen na de vervaldag"),
            "second_reminder_rest_days": _("Ten minste zoveel dagen na de eerste"),
            "mails_a_night": _("Mails die ’s nachts vanzelf gaan, ten hoogste"),
        },
    ),
    (
        _("Bellen"),
        {
            "call_from_days": _("Eerste gesprek vanaf, dagen na de vervaldag"),
            "call_within_days": _("Eerste gesprek binnen, dagen na de vervaldag"),
            "minimum_cents": _("Onder dit bedrag geen gesprek"),
            "tries_per_week": _("Pogingen per week, ten hoogste"),
            "rest_working_days": _("Werkdagen rust na een gesprek"),
            "minutes_per_call": _("Minuten per gesprek, om de dag te plannen"),
        },
    ),
    (
        _("Niet te bereiken"),
        {
            "tries_before_other_channel": _("Pogingen zonder gehoor op het eerste nummer"),
            "tries_at_hours": _("Op ten minste zoveel verschillende uren"),
            "tries_on_other_number": _("Pogingen op elk ander nummer"),
            "write_when_unreached": _("Daarna mailen: “wij probeerden u te bereiken”"),
            "write_by_itself": _("Die mail ’s nachts vanzelf versturen"),
            "other_channel_working_days": _("Werkdagen na die mail, voor er weer wordt gebeld"),
        },
    ),
    (
        _("Afspraken"),
        {
            "pays_on_bank_days": _("Bankdagen tot de controle na “ik betaal op”"),
            "received_on_bank_days": _("Bankdagen tot de controle na “u hebt het op”"),
            "ask_confirm": _("Na een bankdag zonder antwoord één keer vragen: klopt dit?"),
            "note_before_days": _("Bankdagen vóór een termijn een bericht mailen; 0 is niet"),
            "claim_check_working_days": _("Werkdagen tot de controle na “al betaald”"),
            "second_broken": _("Na twee niet nagekomen toezeggingen"),
            "second_broken_days": _("Dan loopt een nieuwe hooguit zoveel dagen"),
            "goal_days": _("Uiterste dag om op aan te sturen, in dagen"),
            "max_instalments": _("Termijnen die het doel hoogstens voorstelt, binnen ieders mandaat"),
            "max_plan_days": _("Dagen die een regeling mag duren"),
            "small_cents": _("Tot dit bedrag: in één keer"),
            "large_cents": _("Vanaf dit bedrag: termijnen bespreekbaar"),
        },
    ),
)

CHOICES: dict[str, tuple[tuple[int, Words], ...]] = {
    "second_broken": (
        (SecondBroken.SHORTER, _("Een nieuwe toezegging is korter")),
        (SecondBroken.ASK, _("Over uitstel beslist een collega")),
        (SecondBroken.DECIDE, _("Niet meer bellen: iemand beslist hoe het verdergaat")),
    ),
}
"""The numbers that stand for an answer, with what each means."""
