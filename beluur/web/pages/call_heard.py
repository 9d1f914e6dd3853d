"""What Beluur hears in the line that is being typed: at most three reasons, and an agreement for a yes or the question to ask
(D7, D13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beluur.domain.bargain import ProposedBy
from beluur.domain.reason import offered, ranking
from beluur.domain.reason_actions import reason_name
from beluur.domain.said import Reading, read_said, understood
from beluur.playbook import ReasonCode
from beluur.queries.call_screen import CallScreen
from beluur.queries.reasons_given import picked_reasons
from beluur.values.sentence import Sentence
from beluur.web.forms.call_draft import Draft
from beluur.web.forms.call_moves import last_line, to_promise
from beluur.web.forms.call_plan import in_rows
from beluur.web.pages.call_reasons import Key

_LEAST = 3  # letters, before anything is offered
_OFFER_KEYS = ("8", "9")  # beside those of at most three reasons
_NO_AGREEMENT = frozenset(("nothing", "negation", "said_paid"))  # he was not talking of an agreement


@dataclass(frozen=True, slots=True)
class Heard:
    """``reasons`` best first. ``understood`` is what would be agreed; ``ask`` what to ask him instead, in his language, because
    of his ``words``; ``take``: it can be taken over as it stands; ``pace``: what so much a month comes to; ``offers``: days
    that he may mean, each with its key. An agreement goes before reasons."""

    reasons: tuple[Key, ...] = ()
    understood: Sentence | None = None
    ask: str = ""
    words: str = ""
    take: bool = False
    pace: Sentence | None = None
    offers: tuple[tuple[date, str], ...] = ()


def heard(draft: Draft, screen: CallScreen, administration_id: int) -> Heard:
    """Of the last line of the note; one query. Before it is sure who is on the line nothing is read into an agreement."""
    line = last_line(draft)
    if len(line) < _LEAST:
        return Heard()
    answered = draft.text("reason")
    codes = [code for code in _codes(line, administration_id) if code != answered]
    reasons = tuple(
        Key(code, reason_name(code), str(n), _times(screen, code)) for n, code in enumerate(codes, start=1)
    )
    if not draft.reached or codes[:1] == [ReasonCode.SICK_OR_DECEASED]:
        return Heard(reasons)  # who tells of a death names no day to pay on
    reading = _reading(line, draft, screen)
    if reading.vague in _NO_AGREEMENT:
        return Heard(reasons)
    said = understood(reading, screen.case.currency)
    offers = tuple(zip(reading.offers, _OFFER_KEYS, strict=False))
    pace = next((note for note in reading.notes if note.code.startswith("plan.")), None)
    if said is not None and line[:500] == draft.text("words"):
        return Heard()  # it stands in the rows already
    if said is not None:
        return Heard((), said, reading.ask, take=True, pace=pace, offers=offers)
    return Heard(reasons, None, reading.ask, words=reading.words, pace=pace, offers=offers)


def offered_codes(line: str, administration_id: int) -> tuple[str, ...]:
    """What is offered for a line, best first: kept with what the caller picks."""
    return _codes(line, administration_id) if len(line) >= _LEAST else ()


def _codes(line: str, administration_id: int) -> tuple[str, ...]:
    own = [pick for pick in reversed(picked_reasons(administration_id)) if pick[1] in set(ReasonCode)]
    ranked = ranking(line, own=own, typing=True)
    return tuple(r.code for r in offered(ranked))


def _times(screen: CallScreen, code: str) -> int:
    given = screen.given.get(code)
    return given.times if given else 0


def _reading(line: str, draft: Draft, screen: CallScreen) -> Reading:
    return read_said(
        line,
        screen.today,
        _typed_language(line, screen),
        ask_in=screen.case.language,
        open_cents=to_promise(draft, screen),
        currency=screen.case.currency,
        latest_days=screen.policy.latest_promise_days,
        own=screen.own,
    )


def _typed_language(line: str, screen: CallScreen) -> str:
    """A caller types in his own language or in the debtor's: whichever understands more of it."""
    own, his = screen.creditor.language[:2], screen.case.language[:2]
    if own == his:
        return own
    clear = [lang for lang in (own, his) if read_said(line, screen.today, lang).clear]
    return clear[0] if clear else own


def take_said(draft: Draft, screen: CallScreen, day: str = "") -> dict[str, str]:
    """The fields that an agreement fills in, as it was understood; none when there is none any more. ``day``: the one of those
    offered that he means, as ISO text."""
    line = last_line(draft)
    reading = _reading(line, draft, screen)
    meant = next((offered for offered in reading.offers if offered.isoformat() == day), None)
    if meant is not None:
        reading = _reading(line.replace(reading.words, f"{meant:%d-%m-%Y}", 1), draft, screen)
    if understood(reading, screen.case.currency) is None:
        return {}
    left = to_promise(draft, screen) - sum(part.cents or 0 for part in reading.parts)
    parts = [(part.due, part.cents if part.cents is not None else left) for part in reading.parts]
    changes = in_rows(draft, parts, by=ProposedBy.DEBTOR.value)
    changes |= {"words": line[:500], "stage": "negotiate" if draft.stage == "negotiate" else "agree"}
    if reading.said:
        changes["said"] = reading.said.value
    if reading.way:
        changes["way"] = reading.way
    return changes
