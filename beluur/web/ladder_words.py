"""The kinds of debtor, the ways and the approvals of a ladder in the words of the screen, each rung with its icon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beluur.domain.ladder import Approver, Channel, RungKind, rung_name
from beluur.domain.ladder_stand import Stand, Standing
from beluur.domain.simulation import Planned
from beluur.values.sentence import Sentence
from beluur.web.step_words import SHORT

WHOM: dict[str, str | Promise] = {
    "nl_business": _("Bedrijven in Nederland"),
    "nl_consumer": _("Consumenten in Nederland"),
    "be_business": _("Bedrijven in België"),
    "be_consumer": _("Consumenten in België"),
    "be_consumer_agency": _("Consumenten in België"),
    "elsewhere": _("Andere landen"),
}
CHANNEL: dict[Channel, str | Promise] = {
    Channel.MAIL: _("per mail"),
    Channel.PHONE: _("per telefoon"),
    Channel.LETTER: _("per brief"),
    Channel.DESK: _("intern"),
}
APPROVER: dict[Approver, str | Promise] = {
    Approver.NOBODY: _("gaat ’s nachts vanzelf"),
    Approver.CALLER: _("wie belt"),
    Approver.LEAD: _("de leiding"),
    Approver.OWNER: _("de eigenaar"),
}
ICONS: dict[RungKind, str] = {
    RungKind.REMINDER: "mail",
    RungKind.CALL: "phone",
    RungKind.CALL_AGAIN: "phone",
    RungKind.OTHER_CHANNEL: "phone-off",
    RungKind.SECOND_REMINDER: "mail",
    RungKind.LAST_REMINDER: "mail",
    RungKind.NOTICE: "scale",
    RungKind.HANDOVER: "send",
}

_STANDING: dict[Standing, tuple[str | Promise, str]] = {
    Standing.DONE: (_("gedaan"), "circle-check"),
    Standing.NEXT: (_("nu aan de beurt"), "arrow-right"),
    Standing.LATER: (_("later"), "hourglass"),
    Standing.PASSED: (_("overgeslagen"), "circle-x"),
}


@dataclass(frozen=True, slots=True)
class StoodView:
    """One rung in the dossier: a word and an icon for what became of it, the day, and why."""

    name: Sentence
    word: str | Promise
    icon: str
    is_next: bool
    on: date | None
    because: Sentence


@dataclass(frozen=True, slots=True)
class AheadView:
    """One step of the coming weeks; ``ends``: a person decides, and after it nobody knows."""

    on: date
    word: str | Promise | Sentence
    ends: bool


def standing_of(stand: Stand) -> list[StoodView]:
    """The rungs, for who may be asked for something; the others stand nowhere."""
    if stand.since is None:
        return []
    return [
        StoodView(
            rung_name(r.rung.kind),
            *_STANDING[r.standing],
            r.standing is Standing.NEXT,
            r.on if r.standing is not Standing.DONE else None,
            r.because,
        )
        for r in stand.rungs
    ]


def ahead_of(planned: tuple[Planned, ...]) -> list[AheadView]:
    """The coming weeks in the words of the screen."""
    return [AheadView(p.on, rung_name(p.rung) if p.rung else SHORT[p.step], p.ends) for p in planned]
