"""What was said, cut into tokens with their meaning. No text makes it fail; what it does not know is UNKNOWN."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import takewhile
from typing import Any

from beluur.domain.said.folded import folded
from beluur.domain.said.lexicon import Lexicon, Meaning
from beluur.domain.said.numerals import joined, thousands, typed_number, words_known

_PIECE = re.compile(
    r"""(?P<iban>[a-z]{2}\d{2}\ ?[a-z]{4}(?:\ ?\d){10}\b|be\d{2}(?:\ ?\d{4}){3}\b|\+{3}[\d/]+\+{3}|\*{3}[\d/]+\*{3})
    |(?P<iso>\d{4}-\d{1,2}-\d{1,2}(?!\d))
    |(?P<dmy>(?<!\d)\d{1,2}([/.-])\d{1,2}\4(?:\d{4}|\d{2})(?![\d.,]))
    |(?P<clock>\d{1,2}(?::\d{2}(?:\ ?[uh]\b)?|\ ?[uh](?:\d{2})?\b|[.]\d{2}\ ?(?:uur|u|h)\b)(?:\ ?[ap]\.?m\b\.?)?
        |\d{1,2}(?:[:.]\d{2})?\ ?[ap]\.?m\b\.?)
    |(?P<ref>[a-z]{0,4}\d{4}[-/]\d{3,}[\d-]*|\d{6,}[-/]\d+)
    |(?P<dm>(?<![\d/.-])\d{1,2}/\d{1,2}(?![\d/])|(?<![\d/.-])\d{1,2}-\d{1,2}(?![\d/-]))
    |(?P<nth>\d{1,2}(?:ste|den|de|eme|ere|er|st|nd|rd|th|e)\b)
    |(?P<kilo>\d{1,7}(?:[.,]\d{1,3})?\ ?k\b)
    |(?P<glued>(?!(?:eur|euro|euros|week|wk|x)\d)(?<![a-z])[a-z]+\d\w*)
    |(?P<number>\d+(?:[.,]\d+)*(?:[,.](?:-{1,2}|=))?)
    |(?P<word>(?:[a-z]\.){2,}[a-z]?|[a-z]/[a-z]\b|[^\W\d_]+)
    |(?P<sign>[^\w\s])""",
    re.VERBOSE,
)
_SIGNS = {
    "€": "CURRENCY",
    "$": "FOREIGN",
    "£": "FOREIGN",
    "%": "PERCENT",
    "&": "AND",
    "+": "AND",
    ",": "COMMA",
    ";": "COMMA",
    "½": "FRACTION",
    "×": "TIMES",
}
_SILENT = frozenset("'\":()[]{}<>_*#|~^!?@\\")
_NUMBERS = frozenset(("DAYNUM", "YEARNUM", "WHOLE", "DECIMAL", "DATE", "DAYMONTH", "ORD"))
_YEARS = range(1900, 2200)
_SPELLED_YEARS = range(2020, 2050)  # "two thousand" is a sum
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d{2})?(?!\d)")
_CURRENCY_NEXT = re.compile(r"\s*(?:€|eur)")
_CURRENCY_BEFORE = re.compile(r"(?:€|eur|euro)\s*\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """``symbol`` of `symbols.NAMES` with its ``value``; it stands from ``start`` to ``end`` in what was said."""

    symbol: str
    value: Any
    start: int
    end: int
    word: str = ""


def tokens(text: str, words: Lexicon) -> list[Token]:
    """The tokens of ``text``, in its order; phrases and numbers of several words are one token."""
    return list(_meanings(list(_pieces(folded(text), words.language)), words))


def _pieces(text: str, language: str) -> Iterator[Token]:
    place = 0
    while found := _PIECE.search(text, place):
        kind, piece, place = str(found.lastgroup), found.group(), found.end()
        if kind == "number" and (spaced := _grouped_by_spaces(text, found.start())):
            piece, place, kind = spaced, found.start() + len(spaced), "number"
        token = _piece(kind, piece, found.start(), text, language)
        if token is not None:
            yield token


def _grouped_by_spaces(text: str, start: int) -> str:
    """``1 250,00`` as one number, where a sign of the euro stands beside it."""
    found = _SPACED.match(text, start)
    if found and (_CURRENCY_NEXT.match(text, found.end()) or _CURRENCY_BEFORE.search(text, 0, start)):
        return found.group()
    return ""


def _piece(kind: str, piece: str, start: int, text: str, language: str) -> Token | None:
    end = start + len(piece)
    match kind:
        case "word":
            plain = piece.replace(".", "").replace("/", "")
            return Token("", None, start, end, plain)
        case "sign":
            return _sign(piece, start, text)
        case "iban" | "ref" | "glued":
            return Token("REFNO", None, start, end, piece)
        case "iso" | "dmy":
            return Token("DATE", _full_date(kind, piece), start, end, piece)
        case "dm":
            day, month = (int(n) for n in re.split(r"[/-]", piece))
            return Token("DAYMONTH", (day, month), start, end, piece)
        case "clock":
            return Token("CLOCK", _clock(piece), start, end, piece)
        case "nth":
            return Token("ORD", int(re.sub(r"\D", "", piece)), start, end, piece)
        case "kilo":
            return _numbered(thousands(piece.rstrip("k ")), piece, start)
    return _numbered(typed_number(piece, language), piece, start)


def _sign(sign: str, start: int, text: str) -> Token | None:
    if sign in _SILENT:
        return None
    symbol = _SIGNS.get(sign, "")
    if sign == "-":
        lone = start + 1 >= len(text) or not text[start + 1].isdigit()
        inside = start > 0 and text[start - 1].isalpha() and text[start + 1 : start + 2].isalpha()
        return None if inside else Token("COMMA" if lone else "MINUS", None, start, start + 1, sign)
    if sign == "." and _short_word_before(text, start):
        return None
    if sign == "/":
        symbol = "OR"
    return Token(symbol or ("COMMA" if sign == "." else "FILL"), None, start, start + 1, sign)


def _short_word_before(text: str, dot: int) -> bool:
    """Whether the point ends an abbreviation (``dec.``, ``vr.``) rather than a sentence."""
    letters = sum(1 for _ in takewhile(str.isalpha, text[max(0, dot - 6) : dot][::-1]))
    return 0 < letters <= 5


def _full_date(kind: str, piece: str) -> date | None:
    numbers = [int(n) for n in re.split(r"[/.-]", piece)]
    year, month, day = numbers if kind == "iso" else numbers[::-1]
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def _clock(piece: str) -> time | None:
    numbers = [int(n) for n in re.findall(r"\d+", piece)]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    if part := re.search(r"([ap])\.?m\b", piece):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if part[1] == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _numbered(cents: int | None, piece: str, start: int) -> Token:
    """A number by its size; its value is in cents. ``whole`` numbers of one or two figures may be days."""
    end = start + len(piece)
    if cents is None:
        return Token("ODD", None, start, end, piece)
    if cents % 100 or re.search(r"[.,]\d{1,2}\Z", piece):
        return Token("DECIMAL", cents, start, end, piece)
    return Token(_size(cents // 100, plain=piece.isdigit()), cents, start, end, piece)


def _size(number: int, *, plain: bool = True) -> str:
    if plain and 1 <= number <= 31:
        return "DAYNUM"
    return "YEARNUM" if plain and number in _YEARS else "WHOLE"


def _meanings(pieces: list[Token], words: Lexicon) -> Iterator[Token]:
    """Phrases, the longest first; then numbers in words."""
    place = 0
    while place < len(pieces):
        if words.language == "fr" and pieces[place].word == "sept" and _is_september(pieces, place):
            yield Token("MONTH", 9, pieces[place].start, pieces[place].end, "sept")
            place += 1
            continue
        if number := _spoken_number(pieces, place, words):
            yield number[0]
            place += number[1]
            continue
        token, used = _phrase(pieces, place, words)
        yield token
        place += used


def _is_september(pieces: list[Token], place: int) -> bool:
    """The French "sept" is a month after a day in figures, and after "fin" and "début"."""
    before = pieces[place - 1] if place else None
    return before is not None and (
        before.symbol in ("DAYNUM", "ORD") or before.word in ("fin", "debut", "mi")
    )


def _phrase(pieces: list[Token], place: int, words: Lexicon) -> tuple[Token, int]:
    first = pieces[place]
    for length in range(min(words.longest.get(first.word, 0), len(pieces) - place), 0, -1):
        run = pieces[place : place + length]
        meaning = words.phrases.get(tuple(t.word for t in run))
        if meaning is not None and (length > 1 or not first.symbol):
            meaning = _in_place(meaning, pieces, place)
            words_said = " ".join(t.word for t in run)
            return Token(meaning.symbol, meaning.value, first.start, run[-1].end, words_said), length
    if first.symbol:
        return first, 1
    return Token("UNKNOWN", None, first.start, first.end, first.word), 1


def _in_place(meaning: Meaning, pieces: list[Token], place: int) -> Meaning:
    """The Dutch "zo" is Sunday only before a number."""
    if pieces[place].word == "zo" and meaning.symbol == "WEEKDAY":
        after = pieces[place + 1].symbol if place + 1 < len(pieces) else ""
        return meaning if after in _NUMBERS else Meaning("FILL")
    return meaning


def _spoken_number(pieces: list[Token], place: int, words: Lexicon) -> tuple[Token, int] | None:
    """A number that begins here with a word, or with figures before "honderd": the token, and how many pieces it is."""
    atoms: list[int] = []
    sizes: list[int] = []
    at = place
    while at < len(pieces) and (step := _atom(pieces, at, words, first=not atoms)):
        atoms.append(step[0])
        at += step[1]
        sizes.append(at - place)
    if not atoms or (pieces[place].symbol and (len(atoms) == 1 or atoms[1] < 100)):
        return None
    used, number = joined(atoms, french=words.language == "fr")
    if used == 1 and pieces[place].symbol:
        return None
    last = pieces[place + sizes[used - 1] - 1]
    if _one_more(pieces, place + sizes[used - 1], words) and number % 100 == 0:
        return Token("ODD", None, pieces[place].start, last.end, pieces[place].word), sizes[used - 1]
    spelled = _size(number, plain=number < 32 or number in _SPELLED_YEARS)
    token = Token(spelled, number * 100, pieces[place].start, last.end, pieces[place].word)
    return token, sizes[used - 1]


def _one_more(pieces: list[Token], at: int, words: Lexicon) -> bool:
    """Whether "one" comes next, which makes another number of a hundred, or begins something else."""
    at += at < len(pieces) and pieces[at].word in ("and", "en", "et")
    meaning = words.phrases.get((pieces[at].word,)) if at < len(pieces) else None
    return meaning is not None and meaning.symbol == "ONE"


def _atom(pieces: list[Token], at: int, words: Lexicon, *, first: bool) -> tuple[int, int] | None:
    """The number that one word is (or two: "quatre vingt"), and how many pieces it takes with an "and" before it."""
    piece = pieces[at]
    if piece.symbol:
        return (piece.value // 100, 1) if first and piece.symbol in ("DAYNUM", "WHOLE") else None
    if not first and piece.word in ("and", "en", "et") and at + 1 < len(pieces):
        after = _atom(pieces, at + 1, words, first=False)
        small = after is not None and after[0] < (20 if words.language == "fr" else 100)
        return (after[0], after[1] + 1) if after and small and _hundreds(pieces[at - 1], words) else None
    if not first and words.language == "en" and _one_hundred(pieces, at, words):
        return 1, 1
    longest = min(words.longest.get(piece.word, 1), len(pieces) - at)
    for length in range(longest, 1, -1):  # "dix fois" is no ten, "cent" of "cent pour cent" neither
        meaning = words.phrases.get(tuple(t.word for t in pieces[at : at + length]))
        if meaning is not None:
            return (meaning.value, length) if meaning.symbol == "WHOLE" else None
    return _plain_atom(pieces, at, words)


def _one_hundred(pieces: list[Token], at: int, words: Lexicon) -> bool:
    """The one of "two thousand one hundred"."""
    numbers = words.numbers
    inside = pieces[at].word in ("one", "a") and at + 1 < len(pieces)
    return inside and numbers.get(pieces[at - 1].word) == 1000 and numbers.get(pieces[at + 1].word) == 100


def _plain_atom(pieces: list[Token], at: int, words: Lexicon) -> tuple[int, int] | None:
    number = words_known(words.numbers, pieces[at].word, words.language) if not pieces[at].symbol else None
    return None if number is None else (number, 1)


def _hundreds(piece: Token, words: Lexicon) -> bool:
    number = words_known(words.numbers, piece.word, words.language)
    return number is not None and number % 100 == 0
