"""What an answer says: a yes, another day or sum, a contradiction, or something for a person to read.

A yes is taken only when nothing beside it could change it: no *but*, no *not*, no question, no condition, no day or sum
that was not agreed, and no word that is not known to be harmless. A yes that is missed costs a click; one that was never said
would be false evidence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from beluur.domain.reply.vocabulary import LANGUAGES, Vocabulary, first_of, vocabulary, words_of
from beluur.domain.said import SaidPart, read_said
from beluur.domain.said.lexicon import lexicon
from beluur.values.sentence import Sentence, say

MOST_WORDS = 40  # a longer answer is a letter
_LONGEST = 20_000
_NEAR = 4  # words between a no and the yes that it takes back
_SHORT = 8  # words
_POSTSCRIPT = frozenset(("ps", "p.s", "nb", "n.b"))
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_DAYS = frozenset(("WEEKDAY", "MONTH", "REL"))
_NO_DAY = ("", "nothing", "no_date", "no_amount")
_ALSO_A_NAME = frozenset(("jan",))  # and a month
_DATED = frozenset(
    ("WEEKDAY", "MONTH", "ORDWORD", "WHOLE", "REL", "FRACTION", "VAGUE", "VAGUEDAY", "PLUSWEEKS")
)


class Answer(StrEnum):
    """What he answers; the words of the personal link, and two more."""

    AGREE = "agree"
    DISAGREE = "disagree"
    PROPOSES = "proposes"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reply:
    """``because`` says what it rests on, ``words`` are his that it rests on; ``parts`` what he says he pays, when he says so."""

    answer: Answer
    because: Sentence
    words: str = ""
    parts: tuple[SaidPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was confirmed to him: the days, and the sums in cents that a part or all of it comes to."""

    days: frozenset[date] = frozenset()
    sums: frozenset[int] = frozenset()

    def holds(self, part: SaidPart) -> bool:
        """Whether the part is of the agreement."""
        on_day = bool({part.due, part.said_on} & self.days)
        return on_day and (part.cents is None or part.cents in self.sums)


def agreed(parts: Collection[tuple[date, int]]) -> Agreed:
    """Of (day, cents) as they were confirmed."""
    sums = {cents for _, cents in parts}
    return Agreed(frozenset(day for day, _ in parts), frozenset(sums | {sum(cents for _, cents in parts)}))


def read_reply(
    text: str,
    today: date,
    language: str = "nl",
    *,
    confirmed: Collection[tuple[date, int]] = (),
    names: str = "",
) -> Reply:
    """What ``text``, his own words of ``today``, says of what was ``confirmed``: (day, cents). ``language`` (his) is tried
    first; ``names`` are those of who writes, which say nothing. Never fails, whatever the text."""
    known = agreed(confirmed)
    v = _language_of(text[:_LONGEST], language[:2].lower())
    return _read(text[:_LONGEST], today, v, known, names)


def _language_of(text: str, own: str) -> Vocabulary:
    """That of which the most words are known; of equals his own."""
    words = set(words_of(text))
    tried = [vocabulary(one) for one in dict.fromkeys((own, *LANGUAGES)) if one in LANGUAGES]
    return max(tried, key=lambda v: len(words & v.known))


def _read(text: str, today: date, v: Vocabulary, known: Agreed, names: str) -> Reply:
    lines = _without_frame(text, v)
    body = "\n".join(lines)
    words = words_of(body)
    if not words:
        return Reply(Answer.OTHER, say("reply.nothing"))
    parts, vague = _dated(body, today, v.language)
    if contested := _contested(body, v):
        return Reply(Answer.DISAGREE, say("reply.disagree", words=contested), contested, parts)
    if paid := first_of(words, v.paid):
        return _other("reply.paid", _said(words, paid), parts)
    if any(not known.holds(part) for part in parts):
        return Reply(Answer.PROPOSES, say("reply.proposes"), "", parts)
    return _yes_or_not(body, words, v, names, dated=bool(parts), vague=vague)


def _other(code: str, words: str = "", parts: tuple[SaidPart, ...] = ()) -> Reply:
    because = Sentence(code, {"words": words}) if words else say(code)
    return Reply(Answer.OTHER, because, words, parts)


def _yes_or_not(body: str, words: list[str], v: Vocabulary, names: str, *, dated: bool, vague: str) -> Reply:
    if "?" in body:
        return _other("reply.asks")
    if at := first_of(words, v.but):
        return _other("reply.but", _said(words, at))
    if at := first_of(words, v.negations):
        return _other("reply.negation", _said(words, at))
    yes = first_of(words, v.agree)
    if yes is None:
        return _other("reply.unknown")
    if vague and tuple(words_of(vague)) not in v.agree:
        return _other("reply.vague", vague)
    if len(words) > MOST_WORDS:
        return _other("reply.long")
    stray = _strange(words, v, set(words_of(names)), dated=dated)
    if stray:
        return _other("reply.more", stray)
    return Reply(Answer.AGREE, say("reply.agree", words=_said(words, yes)), _said(words, yes))


def _said(words: list[str], at: tuple[int, int]) -> str:
    return " ".join(words[at[0] : at[1]])


def _strange(words: list[str], v: Vocabulary, names: set[str], *, dated: bool) -> str:
    """The first word of which is not known that it changes nothing. What tells a day or a sum may stand there when all of those
    that were read were agreed."""
    left = list(words)
    while at := first_of(left, v.agree | v.greetings | v.closings):
        left[at[0] : at[1]] = [""] * (at[1] - at[0])
    for word in left:
        if not word or word in v.harmless or word in names:
            continue
        if dated and (any(c.isdigit() for c in word) or _is_dated(word, v.language)):
            continue
        return word
    return ""


def _is_dated(word: str, language: str) -> bool:
    return _symbol(word, language) in _DATED


def _symbol(word: str, language: str) -> str:
    meaning = lexicon(language).phrases.get((word,))
    return meaning.symbol if meaning is not None else ""


def _without_frame(text: str, v: Vocabulary) -> list[str]:
    """The lines between greeting and closing, without a name that stands alone below, and with what he adds under it."""
    kept: list[str] = []
    closed = False
    for line in text.split("\n"):
        words = tuple(words_of(line))
        closed = closed or (bool(kept) and _closes(words, v) and not _against(line, words, v))
        greets = not kept and _greets(words, v) and not _against(line, words, v)
        if words and not greets and (not closed or _adds(line, words, v)):
            kept.append(line.strip())
    if len(kept) > 1 and _is_name(kept[-1], v):
        kept.pop()
    return kept


def _closes(words: tuple[str, ...], v: Vocabulary) -> bool:
    return any(words[: len(c)] == c and len(words) <= len(c) + 3 for c in v.closings)


def _greets(words: tuple[str, ...], v: Vocabulary) -> bool:
    return len(words) <= 5 and any(words[: len(g)] == g for g in v.greetings)


def _adds(line: str, words: tuple[str, ...], v: Vocabulary) -> bool:
    """Whether a line under the closing is more than a signature: a postscript, or a short word against; long ones are what
    companies hang below every mail."""
    return words[0] in _POSTSCRIPT or (len(words) <= _SHORT and _against(line, words, v))


def _against(line: str, words: tuple[str, ...], v: Vocabulary) -> bool:
    return "?" in line or first_of(list(words), v.but | v.negations | v.contests) is not None


def _is_name(line: str, v: Vocabulary) -> bool:
    """One to three words with a capital, none of which the language knows."""
    parts = line.strip(" .,").split()
    known = v.agree | v.negations | v.but | v.contests | v.paid
    return (
        0 < len(parts) <= 3
        and all(p[0].isupper() and p.replace("-", "").replace(".", "").isalpha() for p in parts)
        and not any((w,) in known or w in v.harmless or _is_day(w, v.language) for w in words_of(line))
        and "?" not in line
    )


def _is_day(word: str, language: str) -> bool:
    return _is_dated(word, language) and word not in _ALSO_A_NAME


def _contested(body: str, v: Vocabulary) -> str:
    """The words with which he contradicts; a question contradicts nothing."""
    pieces = [sentence for sentence in _SENTENCE.split(body) if "?" not in sentence]
    for sentence in pieces:
        words = words_of(sentence)
        if at := first_of(words, v.contests):
            return _said(words, at)
    for clause in (c for sentence in pieces for c in re.split("[,;:]", sentence)):
        words = words_of(clause)
        yes, no = first_of(words, v.agree), first_of(words, v.negations)
        if yes and no and -_NEAR <= no[0] - yes[1] <= 1 and (no[0] < yes[0] or no[0] == yes[1]):
            first, last = min(yes[0], no[0]), max(yes[1], no[1])
            return _said(words, (first, last))
    return ""


def _dated(body: str, today: date, language: str) -> tuple[tuple[SaidPart, ...], str]:
    """What he says he pays, of the whole when it can be read as one, else sentence by sentence; and words that are too vague."""
    if not _names_a_day(body, language):
        reading = read_said(body, today, language, of_paying=True)
        return (), "" if reading.vague in _NO_DAY or not reading.words else reading.words
    whole = read_said(body, today, language, of_paying=True)
    if whole.clear:
        return tuple(p for p in whole.parts if p.due is not None), ""
    found: list[SaidPart] = []
    vague = ""
    for piece in _pieces(body):
        reading = read_said(piece, today, language, of_paying=True)
        if reading.vague == "effort" and "?" in piece:  # is it possible on the fourth?
            reading = read_said(piece.replace(reading.words, " "), today, language, of_paying=True)
        found += [p for p in reading.parts if p.due is not None]
        if reading.vague not in _NO_DAY:
            vague = vague or reading.words or piece
    return tuple(dict.fromkeys(found)), vague


def _names_a_day(body: str, language: str) -> bool:
    """Whether a figure, a weekday, a month or a *tomorrow* stands in it: *first* alone is no first of the month."""
    return any(any(c.isdigit() for c in word) or _symbol(word, language) in _DAYS for word in words_of(body))


def _pieces(body: str) -> Iterator[str]:
    yield from (piece for piece in _SENTENCE.split(body)[:50] if piece.strip())
