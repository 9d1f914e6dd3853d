"""How alike two names are, as a bank and a bookkeeper write them; and the names of many debtors, to be searched."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from beluur.domain.reconciliation.incoming import Payer
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
_SMALL = frozenset("de het den der van von ter te ten t du la le les des en et and the".split())
_LONG_WORD = 4
_WITHIN_LETTERS = 8


def name_likeness(a: str, b: str) -> int:
    """How alike two names are, 0 to 100; 100 only when they are the same but for signs, legal form and the order of words.

    Knows names that were cut off, initials, married names and "X inzake Y". Symmetric; "" is like nothing.

    >>> name_likeness("Bakkerij 't Hoekje B.V.", "'T HOEKJE BAKKERIJ"), name_likeness("J. de Vries", "Jan de Vries")
    (100, 92)
    """
    return max((_likeness(x, y, (a, b)) for x in _sides(a) for y in _sides(b)), default=0)


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
def _sides(name: str) -> tuple[str, ...]:
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
    married = len(shorter[-1]) >= _LONG_WORD and (
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
    telling_a, telling_b = {w for w in a if w not in _SMALL}, {w for w in b if w not in _SMALL}
    shorter, longer = sorted((telling_a, telling_b), key=lambda s: (len(s), sorted(s)))
    if not shorter or not shorter <= longer:
        return 0
    letters = sum(len(w) for w in shorter)
    if len(shorter) == 1 or letters < _WITHIN_LETTERS:
        return _LESS_SURE if letters >= _LONG_WORD else 0
    return _WITHIN


class NameIndex:
    """The names of all debtors, for a payment that nothing else finds. Blocks by the rarest words; built on first use.

    Two hundred thousand names take about a second to build and well under a millisecond to search.
    """

    _MOST_NAMES = 120  # compared in one search, roughly
    _MOST_COMPARED = 12  # and of these, thoroughly
    _MOST_WORDS = 3
    _MOST_SPELLINGS = 200
    _MOST_KEPT = 4096
    _MOST_COMMON = 256

    def __init__(self, payers: Iterable[Payer]) -> None:
        self._payers = payers
        self._names: list[tuple[int, str, str]] = []
        self._where: dict[str, list[int]] = {}
        self._spellings: list[str] = []
        self._common: dict[str, set[int]] = {}
        self._pairs: dict[tuple[str, str], list[int]] = {}
        self._found: dict[str, tuple[tuple[int, int], ...]] = {}  # each is asked for up to four times
        self._built = False

    def find(self, name: str, floor: int = 0, most: int = 8) -> tuple[tuple[int, int], ...]:
        """(likeness, debtor id), at least ``floor``, the most alike first, at most ``most``."""
        found = self._found.get(name)
        if found is None:
            if len(self._found) >= self._MOST_KEPT:
                self._found.clear()
            found = self._found[name] = self._search(name)
        return tuple(f for f in found if f[0] >= floor)[:most]

    def _search(self, name: str) -> tuple[tuple[int, int], ...]:
        if not self._built:
            self._build()
        best: dict[int, int] = {}
        for debtor_id, text in self._most_alike(name):
            likeness = name_likeness(name, text)
            if likeness > best.get(debtor_id, 0):
                best[debtor_id] = likeness
        return tuple(sorted(((s, d) for d, s in best.items()), key=lambda f: (-f[0], f[1])))

    def _build(self) -> None:
        self._names = sorted((p.debtor_id, p.name, comparable_name(p.name)) for p in self._payers)
        where = self._where
        for place, (_, _, key) in enumerate(self._names):
            for word in key.split():
                if word in where:
                    where[word].append(place)
                else:
                    where[word] = [place]
        self._spellings = sorted(where)
        self._built = True

    def _most_alike(self, name: str) -> Iterator[tuple[int, str]]:
        found = self._blocked(name)
        keys = [key for _, _, key in found]
        wanted = comparable_name(name)
        for _, _, place in process.extract(
            wanted, keys, scorer=fuzz.token_set_ratio, limit=self._MOST_COMPARED
        ):
            yield found[place][:2]

    def _blocked(self, name: str) -> list[tuple[int, str, str]]:
        """The names that share the rarest words; where even the rarest is common, those first that share another with it."""
        places: dict[int, None] = {}
        words = self._rarest(name)
        if name.count(" ") >= self._MOST_WORDS and _SMALL.issuperset(w for w in words if len(w) > 2):
            return []  # a sentence in which only "van" and "de" are of anybody's name
        if words and len(self._where[words[0]]) > self._MOST_NAMES:
            for word in words[1:]:
                if len(places) < 2 * self._MOST_NAMES:
                    places.update(dict.fromkeys(self._both(words[0], word)))
        for word in words[: self._MOST_WORDS]:
            if len(places) < self._MOST_NAMES:
                places.update(dict.fromkeys(self._where[word][: self._MOST_NAMES]))
        return [self._names[place] for place in list(places)[: 2 * self._MOST_NAMES]]

    def _both(self, rarest: str, word: str) -> list[int]:
        """The first places of both words, kept as well: two thousand are called De Linde."""
        found = self._pairs.get((rarest, word))
        if found is None:
            if len(self._pairs) >= self._MOST_KEPT:
                self._pairs.clear()
            both = filter(self._all_of(word).__contains__, self._where[rarest])  # in their order
            found = self._pairs[rarest, word] = list(islice(both, 2 * self._MOST_NAMES))
        return found

    def _all_of(self, word: str) -> set[int]:
        """The places of a common word, kept: one in ten thousand names is asked for again and again."""
        found = self._common.get(word)
        if found is None:
            if len(self._common) >= self._MOST_COMMON:
                self._common.clear()
            found = self._common[word] = set(self._where[word])
        return found

    def _rarest(self, name: str) -> list[str]:
        """The words of the name as they are known here, the rarest first; a word that is not known by its nearest spellings."""
        words = {w for side in _sides(name) for w in comparable_name(side).split()}
        known: set[str] = set()
        for word in sorted(words):
            known.update([word] if word in self._where else self._near(word))
        return sorted(known, key=lambda w: (len(self._where[w]), w))[:6]

    def _near(self, word: str) -> Iterator[str]:
        if len(word) < _LONG_WORD:
            return
        head = word[:3]
        at = bisect_left(self._spellings, head)
        for other in self._spellings[at : at + self._MOST_SPELLINGS]:
            if not other.startswith(head):
                return
            if Levenshtein.distance(word, other, score_cutoff=2) <= (
                2 if len(word) > 7 else 1
            ) or other.startswith(word):
                yield other
