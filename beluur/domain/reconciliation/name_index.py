"""The names of many debtors, to be searched."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from beluur.domain.reconciliation.incoming import Payer
from beluur.domain.reconciliation.names import LONG_WORD, SMALL, name_likeness, sides
from beluur.values.names import comparable_name


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
        self._names: list[tuple[int, str]] = []
        self._keys: list[str] = []  # in the same places
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
        self._names = sorted((p.debtor_id, p.name) for p in self._payers)
        self._keys = [comparable_name(name) for _, name in self._names]
        where = self._where
        for place, key in enumerate(self._keys):
            for word in key.split():
                if word in where:
                    where[word].append(place)
                else:
                    where[word] = [place]
        self._spellings = sorted(where)
        self._built = True

    def _most_alike(self, name: str) -> Iterator[tuple[int, str]]:
        places = self._blocked(name)
        keys = list(map(self._keys.__getitem__, places))
        wanted = comparable_name(name)
        for _, _, n in process.extract(wanted, keys, scorer=fuzz.token_set_ratio, limit=self._MOST_COMPARED):
            yield self._names[places[n]]

    def _blocked(self, name: str) -> list[int]:
        """The places of names that share the rarest words; where even the rarest is common, first those that share another."""
        places: dict[int, None] = {}
        words = self._rarest(name)
        if name.count(" ") >= self._MOST_WORDS and SMALL.issuperset(w for w in words if len(w) > 2):
            return []  # a sentence in which only "van" and "de" are of anybody's name
        if words and len(self._where[words[0]]) > self._MOST_NAMES:
            for word in words[1:]:
                if len(places) < 2 * self._MOST_NAMES:
                    places.update(dict.fromkeys(self._both(words[0], word)))
        for word in words[: self._MOST_WORDS]:
            if len(places) < self._MOST_NAMES:
                places.update(dict.fromkeys(self._where[word][: self._MOST_NAMES]))
        return list(places)[: 2 * self._MOST_NAMES]

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
        words = {w for side in sides(name) for w in comparable_name(side).split()}
        known: set[str] = set()
        for word in sorted(words):
            known.update([word] if word in self._where else self._near(word))
        return sorted(known, key=lambda w: (len(self._where[w]), w))[:6]

    def _near(self, word: str) -> Iterator[str]:
        if len(word) < LONG_WORD:
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
