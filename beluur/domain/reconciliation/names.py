"""How alike two names are, as a bank and a bookkeeper write them."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from beluur.values.names import comparable_name

SAME = 100
_CUT_AT = frozenset((24, 26, 27, 32, 35, 70))  # where banks cut a name off; 24 and 26 in older formats
CUT = 97  # what a name that was cut off is worth, and nothing else
_INITIALS, _WITHIN, _MARRIED = 92, 90, 88
_LESS_SURE = 80  # what a likeness is worth at most when only one common word is shared
_ON_BEHALF = re.compile(
    r"\b(?:inzake|inz|betreft|namens|i\.?z\.?|c/o|t\.?n\.?v\.?|p/a|collecting for|on behalf of|pour compte de)\b[ .:]*",
    re.IGNORECASE,
)
_BEHALF_CUT = re.compile(r"\s(?:inzak|inza|inz|in|i)\s*\Z", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:e/o|en/of|et/ou|and/or|o/v|h/o|handelend onder|hodn|h\.?o\.?d\.?n\.?)\b[ .:]*", re.IGNORECASE
)
_FOR = re.compile(
    r"\A(?:.{0,24}\b)?(?:voor|namens|inz(?:ake)?|i\.z\.|pour|for|on behalf of|f[uü]r|t\.?n\.?v\.?)\b[ .:]*",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(
    r"[\s,]+(?:(?:en|et|and|und) (?:andere[n]?|autres|others|weitere)|e\.? ?a|o\.? ?a|c\.? ?s|u\.? ?a|et al)\b\.?\s*\Z",
    re.IGNORECASE,
)
_ONES_INVOICES = re.compile(
    r"\A(?:div(?:erse|ers|erses)?|several|various|plusieurs|alle)?[ .]*"
    r"(?:facturen|fact|factures|rekeningen|nota'?s|invoices|rechnungen)\b[ .:]*(?:van|de|du|of|von)?\b\s*",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[\s,/-]+[0-9][0-9 ./-]*\Z")
_TITLES = frozenset(
    "heer mevrouw dhr mevr mw hr mr drs ir dr ing mme mlle monsieur madame fam familie stg eo ev".split()
)
SMALL = frozenset("de het den der van von ter te ten t du la le les des en et and the".split())
LONG_WORD = 4
_WITHIN_LETTERS = 8


def name_likeness(a: str, b: str) -> int:
    """How alike two names are, 0 to 100; 100 only when they are the same but for signs, legal form and the order of words.

    Knows names that were cut off, initials, married names and "X inzake Y". Symmetric; "" is like nothing.

    >>> name_likeness("Bakkerij 't Hoekje B.V.", "'T HOEKJE BAKKERIJ"), name_likeness("J. de Vries", "Jan de Vries")
    (100, 92)
    """
    return max((_likeness(x, y, (a, b)) for x in sides(a) for y in sides(b)), default=0)


def name_key(name: str) -> str:
    """The comparable name under which a debtor of exactly that name is found."""
    return comparable_name(name)


@lru_cache(maxsize=16384)  # many are called alike
def same_key(name: str) -> str:
    """Equal for names that are the same but for signs, legal form, titles and the order of words."""
    return " ".join(sorted(_words(comparable_name(name))))


def holders(name: str) -> tuple[str, ...]:
    """Who holds an account of that name: each of two together, and a person as well as his business.

    >>> holders("J. Bedacht e/o M. Verzonnen"), holders("Verzonnen BV inzake crediteuren")
    (('J. Bedacht', 'M. Verzonnen'), ('Verzonnen BV',))
    """
    first = _ON_BEHALF.split(name, maxsplit=1)[0].strip() or name
    return tuple(part.strip() for part in _TOGETHER.split(first) if part.strip()) or (name,)


def paid_for(text: str) -> str:
    """Whom a text may name as the one who is paid for: what stands behind "voor" or "namens", or all of it, without numbers at
    its end; "" when it holds other numbers. Where others are paid for besides, the one who is named.

    >>> paid_for("voor R. Bedacht"), paid_for("Gemeente Verzonnen 1951"), paid_for("20260118 en 119")
    ('R. Bedacht', 'Gemeente Verzonnen', '')
    >>> paid_for("div. facturen Verzonnen BV e.a.")
    'Verzonnen BV'
    """
    if not text:
        return ""
    if others := _AND_OTHERS.search(text):
        text = _ONES_INVOICES.sub("", text[: others.start()].strip())
    name = _BEHIND.sub("", _FOR.sub("", text.strip())).strip(" .,;:-")
    return "" if any(sign.isdigit() for sign in name) else name


def speaks_for(text: str) -> bool:
    """Whether a text says that somebody is paid for: then whose account it is does not tell for whom.

    >>> speaks_for("voor R. Bedacht"), speaks_for("div. facturen Verzonnen BV e.a."), speaks_for("factuur oktober")
    (True, True, False)
    """
    return bool(_FOR.match(text) or _AND_OTHERS.search(text))


def names_others(text: str) -> bool:
    """Whether a text says that others are paid for besides the one whom it names ("e.a.")."""
    return bool(_AND_OTHERS.search(text))


@lru_cache(maxsize=4096)  # one name is compared with a dozen
def sides(name: str) -> tuple[str, ...]:
    """A name, and whom it stands for when it is written on somebody's behalf."""
    if len(name.rstrip()) in _CUT_AT:
        name = _BEHALF_CUT.sub("", name)
    parts = [part.strip() for whole in _ON_BEHALF.split(name) for part in _TOGETHER.split(whole)]
    return tuple(part for part in parts if part) or (name,)


def _likeness(a: str, b: str, whole: tuple[str, str]) -> int:
    key_a, key_b = comparable_name(a), comparable_name(b)
    if not key_a or not key_b:
        return 0
    if key_a == key_b:
        return SAME
    words_a, words_b = _words(key_a), _words(key_b)
    if sorted(words_a) == sorted(words_b) or "".join(words_a) == "".join(words_b):
        return SAME
    if _cut(whole[0], a, key_a, key_b) or _cut(whole[1], b, key_b, key_a):
        return CUT
    if set(words_a).isdisjoint(words_b):  # most pairs; the other two rest on a word in common
        return _spelling(words_a, words_b)
    return max(_people(words_a, words_b), _spelling(words_a, words_b), _within(words_a, words_b))


def _words(key: str) -> list[str]:
    words = key.removeprefix("de heer ").split()
    if _TITLES.isdisjoint(words):
        return words
    return [w for w in words if w not in _TITLES] or words


def _cut(whole: str, side: str, key: str, other: str) -> bool:
    at_end = len(whole.rstrip()) in _CUT_AT and whole.rstrip().endswith(side)
    return at_end and len(other) > len(key) and other.startswith(key)


def _people(a: list[str], b: list[str]) -> int:
    """The same family name, and initials that do not contradict."""
    first_a, family_a = _person(a)
    first_b, family_b = _person(b)
    if not first_a or not first_b or not family_a or not family_b or first_a[0][0] != first_b[0][0]:
        return 0
    full = len(first_a[0]) > 1 and len(first_b[0]) > 1
    if full and first_a[0] != first_b[0]:
        return 0
    if family_a == family_b:
        return _INITIALS
    shorter, longer = sorted((family_a, family_b), key=len)
    married = len(shorter[-1]) >= LONG_WORD and (
        longer[: len(shorter)] == shorter or longer[-len(shorter) :] == shorter
    )
    return _MARRIED if married else 0


def _person(words: list[str]) -> tuple[list[str], list[str]]:
    """(first names or initials, family name); initials may also stand behind."""
    if len(words) > 1 and len(words[-1]) == 1:
        behind = next((n for n, w in enumerate(words) if len(w) == 1), len(words))
        return words[behind:], words[:behind]
    n = 1
    while n < len(words) - 1 and len(words[n]) == 1:
        n += 1
    return words[:n], words[n:]


def _spelling(a: list[str], b: list[str]) -> int:
    """Letters in common, whatever the order of the words; never quite the same."""
    text_a, text_b = " ".join(sorted(a)), " ".join(sorted(b))
    score = max(fuzz.ratio(text_a, text_b), fuzz.ratio("".join(a), "".join(b)))
    return min(int(score), CUT - 1)


def _within(a: list[str], b: list[str]) -> int:
    """All telling words of the shorter name stand in the longer one."""
    telling_a, telling_b = {w for w in a if w not in SMALL}, {w for w in b if w not in SMALL}
    shorter, longer = (telling_a, telling_b) if len(telling_a) <= len(telling_b) else (telling_b, telling_a)
    if not shorter or not shorter <= longer:
        return 0
    letters = sum(len(w) for w in shorter)
    if len(shorter) == 1 or letters < _WITHIN_LETTERS:
        return _LESS_SURE if letters >= LONG_WORD else 0
    return _WITHIN
