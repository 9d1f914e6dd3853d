"""Invoice numbers as people repeat them: the key under which an invoice is looked up, and every key that a text may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stdnum import iban

from beluur.values.numbers import BETALINGSKENMERK, OGM

MOST_KEYS = 24
LONG = 5  # as many signs say which invoice; fewer may be anything
_LONGEST = 30
_LONGEST_NUMBER = 14  # put together from pieces; what is longer were two numbers
_MOST_TEXT = 600
_MOST_RUNS = 40
_RANGE = 12  # invoices in "from ... to ..."; more is not a payer's range
FAIR = 4

_OTHER = re.compile(r"[^0-9A-Z]+")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_WORD = re.compile(r"(?<![0-9A-Z])[A-Z]*+[0-9][0-9A-Z]*+")  # a word without digits is read once
_LETTERS_BEFORE = re.compile(
    r"\b(?!EN|ET|NRS?\b|NO\b|FACT?\b|INV\b|VAN\b|VOM\b|DU\b|OF\b|DD\b)([A-Z]{1,4})[ ./-]{0,2}\Z"
)
_JOINS = re.compile(r"[ ./_\\#:-]{0,3}\Z")
_RANGE_BETWEEN = re.compile(
    r"[ .]*(?:-|–|T[ ./]?M|T[ .]?E[ .]?M|TOT(?: EN MET)?|(?:UP )?TO|BIS|JUSQU\W?(?:A|AU)|\.\.)[ .]*\Z"
)
_RANGE_WRITTEN = re.compile(
    r"[0-9][ .]*(?:-|–|T[ ./]?M|T[ .]?E[ .]?M|TOT(?: EN MET)?|(?:UP )?TO|UNTIL|THROUGH|BIS|À|A|AU|JUSQU\W?(?:À|A|AU))[. ]*"
    r"(?:[A-Z]{1,4}[ ./-]?)?[0-9]"
)
_ALSO = re.compile(r"(?:[ ,;/+&.\\|-]|EN|ET|UND|AND|NRS?|FACT(?:UUR)?|F)*\Z")
_WITH_ITS_YEAR = re.compile(r"(?<![0-9])(20[0-4][0-9])-((?!20[0-4][0-9]\b)[0-9]{2,6})\b")
_YEAR = re.compile(r"(?:19[89]|20[0-4])[0-9]\Z")

_NOISE = re.compile(
    r"""(?=[0-9+*€RNBTGMPE])(?:                                               # at any other sign none of these begins
      [+*]{3}[0-9 /]{12,20}[+*]{3}                                         # a structured reference with its signs
    | \b[0-9]{3}[ ]?/[ ]?[0-9]{4}[ ]?/[ ]?[0-9]{5}\b                       # and without
    | \bRF[0-9]{2}[ ]?[0-9A-Z]{4}[0-9A-Z ]{0,20}
    | \b(?:NL[0-9]{2}[ ]?[A-Z]{4}(?:[ ]?[0-9]){10}|BE[0-9]{2}(?:[ ]?[0-9]){12})\b
    | \b(?:TEL(?:EFOON|NR)?|GSM|MOB(?:IEL)?|PHONE)[ .:]*[+]?[0-9][0-9 ./()-]{6,16}[0-9]
    | (?:[+]|(?<![0-9A-Z][/-])\b00)3[12][ ./()-]*[0-9](?:[ ./()-]*[0-9]){7,9}\b
    | \b06[ -]?[1-9][0-9](?:[ ]?[0-9]){6}\b
    | \b04[0-9]{2}[ /][0-9]{2,3}[ .]?[0-9]{2,3}(?:[ .]?[0-9]{2})?\b
    | \b0[1-9][0-9]?[/ ][0-9]{2,3}[ .][0-9]{2}[ .][0-9]{2}\b
    | \b0[1-9][0-9]{1,2}-[0-9]{6,7}\b
    | \b[0-3]?[0-9]([-/.])[01]?[0-9]\1(?:19|20)?[0-9]{2}\b                 # a day
    | \b(?:19|20)[0-9]{2}([-/.])[01][0-9]\2[0-3][0-9]\b
    | \b[0-9]{1,3}(?:[.][0-9]{3})*,[0-9]{2}\b(?![,+&])                     # an amount
    | (?:EUR|€)[ ]?[0-9][0-9.]*,[0-9]{2}\b)
    """,
    re.VERBOSE,
)
_MAY_BE_NOISE = re.compile(  # quick, and wherever there is noise; but not in INV/2026/00118
    r"[0-9](?:,[0-9]|([-./])[0-9]{1,2}\1[0-9]| ?/ ?[0-9]{4} ?/)|[+*€]|\b0(?:03[12]|6[ -]?[1-9]|[1-9][0-9]{0,2}[-/ ])"
    r"|\b(?:NL|BE|RF)[0-9]|TEL|GSM|MOB|PHONE|EUR"
)


def number_key(number: str) -> str:
    """Under which an invoice is looked up: its digits when it has at least four of them, without noughts in front; otherwise its
    letters and digits in upper case.

    >>> number_key("F-2026/0118"), number_key("vf 12"), number_key("00012345")
    ('20260118', 'VF12', '12345')
    """
    if number.isascii() and number.isdigit():
        return _bare(number) if len(number) >= FAIR else number
    word = _OTHER.sub("", number.upper())
    digits = _NOT_DIGIT.sub("", word)
    return _bare(digits) if len(digits) >= FAIR else word


def keys_in(text: str) -> tuple[str, ...]:
    """Every key that a payer's text may mean, the most telling first, at most 24: runs of digits, runs that stand apart only by
    a blank or sign, words with digits, what follows a number with the same beginning, and ranges up to 12. No telephone numbers,
    days, bank accounts or whole payment references. Never raises.

    >>> keys_in("fact. 2026-0118 en 119, tel 020-1234567")
    ('20260118', '20260119', '118', '119', '2026')
    >>> "20262026" in keys_in("2026-0118 t/m 2026-0124")
    False
    >>> "202600311" in keys_in("INV/2026/00311 07022026")
    True
    """
    plain = text[:_MOST_TEXT].upper()
    if _MAY_BE_NOISE.search(plain):
        plain = _NOISE.sub(" | ", plain)
    runs = list(_runs(plain))
    ranked: dict[str, int] = {}
    if runs:
        for rank, key in _told(plain, runs):
            if ranked.get(key, 9) > rank:
                ranked[key] = rank
    return tuple(sorted(ranked, key=ranked.__getitem__)[:MOST_KEYS])


def speaks_of_range(text: str) -> bool:
    """Whether two numbers in the text may be the first and the last of a range.

    >>> speaks_of_range("20260118 t/m 20260121"), speaks_of_range("20260118 en 20260121")
    (True, False)
    >>> speaks_of_range("2026-0118 t/m 2026-0121"), speaks_of_range("2026-0118 en 2026-0121"), speaks_of_range("2026-2028")
    (True, False, True)
    """
    plain = _WITH_ITS_YEAR.sub(r"\1\2", text[:_MOST_TEXT].upper())
    return bool(_RANGE_WRITTEN.search(plain))


def is_year(key: str) -> bool:
    """Whether a key is more likely a year than a number."""
    return bool(_YEAR.match(key))


class _Run:
    """A word with digits in it, and where it stands."""

    __slots__ = ("digits", "end", "start", "word")

    def __init__(self, match: re.Match[str]) -> None:
        self.word = match.group()
        self.digits = self.word if self.word.isdigit() else _NOT_DIGIT.sub("", self.word)
        self.start, self.end = match.span()


def _runs(plain: str) -> Iterator[_Run]:
    for count, match in enumerate(_WORD.finditer(plain)):
        if count >= _MOST_RUNS:
            return
        if match.end() - match.start() <= _LONGEST and not _is_account(match.group()):
            yield _Run(match)


def _is_account(word: str) -> bool:
    return len(word) >= 15 and word[:2].isalpha() and bool(iban.is_valid(word, check_country=False))


def _told(plain: str, runs: list[_Run]) -> Iterator[tuple[int, str]]:
    """(rank, key): 0 a long number as it stands, 1 put together, 2 short, 3 hardly telling."""
    base = ""
    for n, run in enumerate(runs):
        yield from _alone(plain, run)
        if n == 0:
            base = run.digits if len(run.digits) >= LONG else ""
            continue
        before = runs[n - 1]
        between = plain[before.end : run.start]
        joined = before.digits + run.digits if _JOINS.match(between) else ""
        if n > 1 and _begins_a_number(plain, base, before, runs[n : n + 1]):
            between = plain[runs[n - 2].end : before.start]  # the dash in "2026-0203" is its own, and no "to"
        if not _begins_a_number(plain, base, run, runs[n + 1 : n + 2]):
            yield from _expanded(base, before, run, between)
        if joined and len(joined) <= _LONGEST_NUMBER and not _structured(joined):
            yield 1, _bare(joined)
        if joined and n > 1 and _JOINS.match(plain[runs[n - 2].end : before.start]):
            yield from _three(runs[n - 2].digits + joined)
        base = _next_base(base, before, run, joined)


def _begins_a_number(plain: str, base: str, run: _Run, after: Sequence[_Run]) -> bool:
    """Whether the run is where the next whole number begins: in "2026-0118 t/m 2026-0124" the second 2026 is no end of one."""
    return bool(after) and base.startswith(run.digits) and bool(_JOINS.match(plain[run.end : after[0].start]))


def _alone(plain: str, run: _Run) -> Iterator[tuple[int, str]]:
    digits = run.digits
    if len(digits) >= LONG:
        if not _structured(digits):
            yield 0, _bare(digits)
    elif len(digits) == FAIR:
        yield (3 if _YEAR.match(digits) else 2), _bare(digits)
    else:
        if run.word != digits:
            yield 2, run.word
        elif letters := _LETTERS_BEFORE.search(plain, max(0, run.start - 6), run.start):
            yield 2, letters.group(1) + digits
        yield 3 if len(digits) == 1 else 2, digits


def _three(joined: str) -> Iterator[tuple[int, str]]:
    if LONG <= len(joined) <= _LONGEST_NUMBER and not _structured(joined):
        yield 1, _bare(joined)


def _expanded(base: str, before: _Run, run: _Run, between: str) -> Iterator[tuple[int, str]]:
    """What the run means after a longer number ("20260118 en 119"), and all between two ends ("118 t/m 121")."""
    short = run.digits
    full = base[: -len(short)] + short if base and 2 <= len(short) < len(base) else ""
    if full and (_ALSO.match(between) or _RANGE_BETWEEN.match(between)):
        yield 1, _bare(full)
    if not _RANGE_BETWEEN.match(between):
        return
    last = full or short
    first = base if full or len(base) == len(last) else before.digits
    if 0 < len(first) <= 18 and len(first) == len(last) and 0 < int(last) - int(first) <= _RANGE:
        for number in range(int(first) + 1, int(last)):
            yield 1 if len(first) >= LONG else 2, _bare(str(number).zfill(len(first)))


def _next_base(base: str, before: _Run, run: _Run, joined: str) -> str:
    """The number that a following short one shares its beginning with."""
    if len(run.digits) >= LONG:
        return run.digits
    if base:
        return base
    if joined and LONG <= len(joined) <= 16 and len(before.digits) < LONG:
        return joined
    return ""


def _structured(digits: str) -> bool:
    """Whether it is a whole payment reference; of the Dutch ones only those of sixteen digits, for the shorter ones are too
    easily an invoice number."""
    if len(digits) == 12:
        return OGM.valid(digits)
    return len(digits) == 16 and BETALINGSKENMERK.valid(digits)


def _bare(digits: str) -> str:
    return digits.lstrip("0") or "0"
