"""The form of a ladder: a row for each rung there can be, read as it was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise

from beluur.domain.ladder import (
    APPROVERS,
    CHANNELS,
    MESSAGES,
    MOST_DAYS,
    Approver,
    Channel,
    Ladder,
    Rung,
    RungKind,
    earliest,
    rung_name,
)
from beluur.values.problem import Problem, Severity
from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_number
from beluur.web.ladder_words import APPROVER, CHANNEL, ICONS
from beluur.web.text_names import KINDS

_CHANNELS = {channel.value: channel for channel in Channel}
_APPROVERS = {approver.value: approver for approver in Approver}


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing to choose."""

    value: str
    word: str | Promise | Sentence
    chosen: bool


@dataclass(frozen=True, slots=True)
class RungRow:
    """One rung to edit; numbers as they stand or were typed."""

    kind: RungKind
    name: Sentence
    used: bool
    after: str
    rest: str
    needs: tuple[Pick, ...]
    channels: tuple[Pick, ...]
    approvers: tuple[Pick, ...]
    messages: tuple[Pick, ...]
    problems: tuple[Sentence, ...] = ()
    after_wrong: bool = False
    rest_wrong: bool = False


@dataclass(frozen=True, slots=True)
class RungPicture:
    """One rung as it is drawn. ``day`` is the first day after the due date on which it can come; None: never."""

    icon: str
    name: Sentence
    day: int | None
    channel: str | Promise
    approver: str | Promise
    needs: tuple[Sentence, ...]
    rest: int
    unreached_only: bool
    message: str | Promise = ""


def typed_ladder(data: QueryDict, whom: str) -> tuple[Ladder, tuple[Problem, ...]]:
    """The ladder that was filled in, and what could not be read; such a number is not guessed, and the ladder not to be used."""
    problems: list[Problem] = []
    rungs = tuple(
        Rung(
            kind,
            _CHANNELS.get(data.get(f"channel_{kind}", ""), CHANNELS[kind][0]),
            _days(data, kind, "after", problems),
            _days(data, kind, "rest", problems),
            tuple(k for k in RungKind if k in data.getlist(f"needs_{kind}")),
            _APPROVERS.get(data.get(f"approver_{kind}", ""), APPROVERS[kind][0]),
            _message(data, kind),
        )
        for kind in RungKind
        if data.get(f"use_{kind}")
    )
    return Ladder(whom, rungs, own=True), tuple(problems)


def _message(data: QueryDict, kind: RungKind) -> str:
    """The usual one is kept as none: it is ours to change."""
    text = data.get(f"message_{kind}", "")[:16]
    return "" if text in MESSAGES.get(kind, ())[:1] else text


def _days(data: QueryDict, kind: RungKind, column: str, problems: list[Problem]) -> int:
    text = data.get(f"{column}_{kind}", "").strip()
    if not text:
        return 0
    if (days := typed_number(text, most_digits=4)) is not None:
        return days
    sentence = say("ladder.days", rung=rung_name(kind), most=MOST_DAYS)
    problems.append(Problem(sentence, Severity.REFUSED, field=f"{kind}.{column}_days"))
    return 0


def rung_rows(
    ladder: Ladder, usual: Ladder, data: QueryDict | None, problems: Iterable[Problem]
) -> tuple[RungRow, ...]:
    """A row for each rung; one that is not in use shows what it would usually be."""
    found = tuple(problems)
    wrong = {p.field for p in found}
    return tuple(
        RungRow(
            kind,
            rung_name(kind),
            ladder.rung(kind) is not None,
            data.get(f"after_{kind}", "") if data else str(rung.after_days),
            data.get(f"rest_{kind}", "") if data else str(rung.rest_days),
            tuple(Pick(k, rung_name(k), k in rung.needs) for k in RungKind if k is not kind),
            tuple(Pick(c, CHANNEL[c], c is rung.channel) for c in CHANNELS[kind]),
            tuple(Pick(a, APPROVER[a], a is rung.approver) for a in APPROVERS[kind]),
            tuple(Pick(m, KINDS[m], m == rung.words) for m in MESSAGES.get(kind, ())),
            tuple(dict.fromkeys(p.sentence for p in found if p.field.startswith(f"{kind}."))),
            f"{kind}.after_days" in wrong,
            f"{kind}.rest_days" in wrong,
        )
        for kind in RungKind
        for rung in [ladder.rung(kind) or usual.rung(kind) or Rung(kind, CHANNELS[kind][0])]
    )


def picture(ladder: Ladder) -> tuple[RungPicture, ...]:
    """The rungs in the order in which they come."""
    days = earliest(ladder)
    return tuple(_drawn(ladder, days))


def _drawn(ladder: Ladder, days: dict[RungKind, int]) -> Iterator[RungPicture]:
    for rung in sorted(ladder.rungs, key=lambda r: days.get(r.kind, MOST_DAYS)):
        yield RungPicture(
            ICONS[rung.kind],
            rung_name(rung.kind),
            days.get(rung.kind),
            CHANNEL[rung.channel],
            APPROVER[rung.approver],
            tuple(rung_name(kind) for kind in ladder.needed(rung)),
            rung.rest_days,
            rung.kind is RungKind.OTHER_CHANNEL,
            KINDS.get(rung.message, ""),
        )


def fingerprint(ladder: Ladder) -> str:
    """Stands for what was looked at: what is saved must be that."""
    return ";".join(
        f"{r.kind}:{r.channel}:{r.after_days}:{r.rest_days}:{'+'.join(r.needs)}:{r.approver}:{r.words}"
        for r in ladder.rungs
    )
