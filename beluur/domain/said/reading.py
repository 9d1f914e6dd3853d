"""The sentence becomes the agreement: what a debtor says he pays, read into dated amounts, for him to say yes to (D13).

Concrete or nothing: what is vague, in the past or can be read in two ways is not read; instead there is the question to ask him.
Semantics: docs/dates-in-words.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from beluur.domain.commitment import Said, bank_day_remark
from beluur.domain.policy import Policy
from beluur.domain.said.grammar import DayItem, HourItem, Item, PlanItem, grammar_of, items
from beluur.domain.said.instalments import (
    in_times,
    listed,
    nearest,
    one_plan,
    pace_of,
    with_share,
    without_first_day,
)
from beluur.domain.said.lexicon import LANGUAGES, lexicon
from beluur.domain.said.pairing import Pair, merged_days, pairs
from beluur.domain.said.refusing import refusal
from beluur.domain.said.say_amounts import AMOUNTS, PLANS
from beluur.domain.said.say_days import DAYS
from beluur.domain.said.say_hours import HOURS, REFUSALS
from beluur.domain.said.say_months import MONTHS
from beluur.domain.said.tokens import Token, tokens
from beluur.law.days import next_bank_day
from beluur.playbook import OwnLine, playbook_language, vague_question
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say
from beluur.words import long_date_text, money_text

MOST_CHARACTERS = 500  # more is a letter, and no answer on the telephone
LATEST_DAYS = Policy().latest_promise_days
_RULES = (*REFUSALS, *PLANS, *DAYS, *MONTHS, *AMOUNTS, *HOURS)
_GRAMMARS = {language: grammar_of(language, _RULES) for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class SaidPart:
    """A dated amount as it was said. ``cents``: None for the rest, and for all of it when ``whole``. ``due`` is the day on which
    the bank books it, ``said_on`` the day that was said; both None when none could be read: then ``vague`` is the code of why."""

    cents: int | None
    due: date | None
    said_on: date | None = None
    whole: bool = False
    vague: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood. When ``vague`` (a code of the playbook) is not empty it is no agreement, ``ask`` is the question to
    ask the debtor, in his language, and ``words`` are those of his that call for it. ``way`` is as `Proposal.way`, "" when none
    or several were said; ``said`` which of "I pay on" and "you have it on"; ``notes`` are for whoever types;
    ``offers``: the bank days that he may mean by those words, to pick from."""

    parts: tuple[SaidPart, ...] = ()
    vague: str = ""
    ask: str = ""
    words: str = ""
    at: time | None = None
    way: str = ""
    said: Said | None = None
    notes: tuple[Sentence, ...] = ()
    offers: tuple[date, ...] = ()

    @property
    def clear(self) -> bool:
        """Whether there is something to say yes to."""
        return not self.vague and bool(self.parts)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known while it is read."""

    text: str
    tokens: Sequence[Token]
    items: Sequence[Item]
    today: date
    ask_in: str
    open: Money | None
    latest: date
    own: tuple[OwnLine, ...] = ()
    of_paying: bool = False


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A code, the item it is about, and days or sums for its question."""

    code: str
    item: Item | None = None
    days: tuple[date, ...] = ()
    sums: tuple[Money, ...] = ()


def read_said(
    text: str,
    today: date,
    language: str = "nl",
    *,
    ask_in: str = "",
    open_cents: int | None = None,
    currency: str = "EUR",
    latest_days: int = LATEST_DAYS,
    own: tuple[OwnLine, ...] = (),
    of_paying: bool = False,
) -> Reading:
    """What ``text``, said on ``today`` in ``language`` (nl, fr, en; a dialect as its language), means. ``ask_in``: the language
    in which the debtor is spoken to, if another. ``open_cents``: what may be promised at most; ``own``: how the administration
    asks; ``of_paying``: it answers a question about paying, so that strange words do not make it another matter. Never fails."""
    spoken = language[:2].lower() if language[:2].lower() in LANGUAGES else "nl"
    asked = playbook_language(ask_in or language if ask_in or language[:2].lower() in LANGUAGES else "nl")
    if len(text) > MOST_CHARACTERS:
        return Reading(vague="too_long", ask=vague_question("too_long", asked, own=own))
    found = tokens(text, lexicon(spoken))
    made = merged_days(items(found, _GRAMMARS[spoken], today, spoken), found)
    limit = None if open_cents is None else Money(open_cents, currency)
    latest = today + timedelta(days=latest_days)
    return _read(
        _Said(
            text, found, listed(without_first_day(made, found)), today, asked, limit, latest, own, of_paying
        )
    )


def _read(said: _Said) -> Reading:
    refused = refusal(said.items, said.tokens, of_paying=said.of_paying)
    if refused is not None:
        return _asking(said, (), _Trouble(refused.code, refused))
    made, clear = pairs(said.items, said.tokens)
    if not made:
        return _asking(said, (), _Trouble("nothing"))
    if not clear:
        return _asking(said, (), _Trouble("which_belongs"))
    parts, trouble = _parts(said, made)
    if against := _sum_trouble(said, parts):
        return _asking(said, (), trouble or against)
    if trouble is not None:
        return _asking(said, parts, trouble)
    return _with_remarks(said, Reading(parts))


def _asking(said: _Said, parts: tuple[SaidPart, ...], trouble: _Trouble) -> Reading:
    facts = dict(zip(("one", "other"), _days(said, trouble.days), strict=False))
    facts |= dict(zip(("day",), _days(said, trouble.days), strict=False))
    facts |= {
        name: money_text(sum_, said.ask_in)
        for name, sum_ in zip(("amount", "open"), trouble.sums, strict=False)
    }
    words = ""
    if trouble.item is not None:
        first, last = said.tokens[trouble.item.start], said.tokens[trouble.item.end - 1]
        words = said.text[first.start : last.end]
    question = vague_question(trouble.code, said.ask_in, own=said.own, **facts)
    offers = (
        tuple(next_bank_day(day) for day in trouble.days if said.today <= day <= said.latest)
        if isinstance(trouble.item, DayItem) and trouble.item.day is None
        else ()
    )
    reading = _with_remarks(said, Reading(parts, trouble.code, question, words, offers=offers))
    if trouble.code != "above_open":
        return reading
    above = say("said.above_open", amount=trouble.sums[0], open=trouble.sums[1])
    return replace(reading, notes=(above, *reading.notes))


def _days(said: _Said, days: tuple[date, ...]) -> list[str]:
    return [long_date_text(day, said.ask_in) for day in days]


def _with_remarks(said: _Said, reading: Reading) -> Reading:
    """The hour, the way, and what to remark."""
    hours = [i for i in said.items if isinstance(i, HourItem)]
    ways = {t.value for t in said.tokens if t.symbol == "WAY"}
    exact = [h.at for h in hours if h.at is not None]
    pace = pace_of(said.items, said.open)
    notes = [pace] if pace else []
    notes += [remark for part in reading.parts if part.said_on and (remark := bank_day_remark(part.said_on))]
    if hours and not exact:
        notes.append(say("said.which_hour"))
    if len(set(exact)) > 1:
        notes.append(say("said.two_hours"))
    if len(ways) > 1:
        notes.append(say("said.two_ways"))
    return replace(
        reading,
        at=exact[0] if len(set(exact)) == 1 else None,
        way=ways.pop() if len(ways) == 1 else "",
        said=Said.RECEIVED_ON if any(t.symbol == "RECEIVED" for t in said.tokens) else None,
        notes=tuple(dict.fromkeys(notes)),
    )


def _parts(said: _Said, made: list[Pair]) -> tuple[tuple[SaidPart, ...], _Trouble | None]:
    """The parts, and the first thing that is wrong with them."""
    made_out = [_with_cents(pair, said.open) for pair in made]
    unknown = next((p.amount for p in made_out if p.amount is not None and p.amount.share is not None), None)
    if unknown is not None:
        return (), _Trouble("share_of_what", unknown)
    zero = next((p.amount for p in made_out if p.amount is not None and p.amount.cents == 0), None)
    if zero is not None:
        return (), _Trouble("not_positive", zero)
    plan = one_plan(said.items)
    if plan is not None:
        return _planned(said, made_out, plan)
    return _each_part(said, made_out)


def _with_cents(pair: Pair, limit: Money | None) -> Pair:
    amount = pair.amount
    if amount is None or amount.share is None or limit is None:
        return pair
    return replace(pair, amount=with_share(amount, limit.cents))


def _each_part(said: _Said, made: Sequence[Pair]) -> tuple[tuple[SaidPart, ...], _Trouble | None]:
    lone = next((p.day for p in made if p.amount is None), None)
    if len(made) > 1 and lone is not None:
        day = (lone.day,) if lone.day is not None else lone.choice[:1]
        return (), _Trouble("no_amount" if day else lone.code, lone, day or ())
    parts: list[SaidPart] = []
    first: _Trouble | None = None
    for pair in made:
        part, trouble = _part(said, pair)
        first = first or trouble
        if part is not None:
            parts.append(part)
    return tuple(parts), first


def _part(said: _Said, pair: Pair) -> tuple[SaidPart | None, _Trouble | None]:
    cents = pair.amount.cents if pair.amount is not None else None
    whole = pair.amount is None or pair.amount.whole
    trouble = _day_trouble(said, pair.day)
    if pair.day is None or pair.day.day is None or trouble is not None:
        trouble = trouble or _Trouble("no_date", pair.amount)
        part = SaidPart(cents, None, whole=whole, vague=trouble.code) if pair.amount is not None else None
        return part, trouble
    return SaidPart(cents, next_bank_day(pair.day.day), pair.day.day, whole), None


def _day_trouble(said: _Said, item: DayItem | None) -> _Trouble | None:
    if item is None:
        return None
    if item.day is None:
        return _Trouble(item.code, item, item.choice)
    if item.day < said.today:
        return _Trouble("past", item, (item.day,))
    return _Trouble("too_far", item) if item.day > said.latest else None


def _planned(said: _Said, made: list[Pair], plan: PlanItem) -> tuple[tuple[SaidPart, ...], _Trouble | None]:
    number = nearest(plan, made)
    pair = made[number]
    others, trouble = _each_part(said, made[:number] + made[number + 1 :])
    trouble = _day_trouble(said, pair.day) or trouble
    if trouble is not None:
        return (), trouble
    if any(p.cents is None for p in others) and (pair.amount is None or pair.amount.cents is None):
        return (), _Trouble("which_belongs")
    left = None
    if said.open is not None:
        left = said.open.cents - sum(p.cents or 0 for p in others)
    times = in_times(plan, pair, left, said.tokens)
    if isinstance(times, str):
        return (), _Trouble(times, plan)
    if times[-1][1] > said.latest:
        return (), _Trouble("too_far", plan)
    planned = tuple(SaidPart(cents, next_bank_day(day), day) for cents, day in times)
    return (*others[:number], *planned, *others[number:]), None


def _sum_trouble(said: _Said, parts: tuple[SaidPart, ...]) -> _Trouble | None:
    """Two rests; one day twice; more than is open; a rest of nothing."""
    rests = [p for p in parts if p.cents is None]
    days = [p.said_on for p in parts if p.said_on is not None]
    total = sum(p.cents or 0 for p in parts)
    all_and_more = len(parts) > 1 and any(p.whole for p in rests)
    if len(rests) > 1 or all_and_more or len(set(days)) < len(days):
        return _Trouble("which_belongs")
    if said.open is None:
        return None
    if total > said.open.cents:
        return _Trouble("above_open", sums=(Money(total, said.open.currency), said.open))
    if rests and total == said.open.cents:
        return _Trouble("nothing_left", sums=(said.open,))
    return None
