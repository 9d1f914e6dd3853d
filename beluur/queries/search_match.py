"""Which debtors a few typed letters or digits mean: trigrams on the search document, a prefix of the name under three signs."""

from __future__ import annotations

import re
from itertools import product

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from beluur.store.models import Debtor
from beluur.values.searchable import folded

SHORTEST = 3  # a trigram
MANY = 2_000  # to put them all in order takes longer than to type on
_DIALLED = re.compile(r"[\d\s+()./-]+\Z")


def matching(text: str, *, by: str = "id", house: int | None = None) -> Q:
    """The condition on Debtor for ``text``; every word is to be found. Empty text matches everyone. ``by`` is the column in which
    SQLite compares who was found. With ``house``, an administration, SQLite looks up in its names who begins with one or two
    letters, when few do."""
    text = text.strip()[:100]
    if not text:
        return Q()
    words = _words(text)
    long = [word for word in words if len(word[0]) >= SHORTEST]
    if not long:
        few = _few_beginning(text, house) if house is not None else None
        return Q(name__istartswith=text) if few is None else Q(id__in=few)
    wanted = _long(long, by)
    for word, _ in words:
        if len(word) < SHORTEST:
            wanted &= Q(search_text__contains=word)
    return wanted


def by_beginning(text: str) -> bool:
    """Whether ``text`` is too short for more than who begins with it."""
    return all(len(word) < SHORTEST for word, _ in _words(text.strip()[:100]))


def _words(text: str) -> list[tuple[str, str]]:
    """Each word as typed, and as digits."""
    if digits := dialled_digits(text):
        return [(folded(text), digits)]
    return [(word, word) for word in folded(text).split()]


def dialled_digits(text: str) -> str:
    """The digits of what may be a phone number in any notation; "" when it is none, or too short.

    >>> dialled_digits("+31 (0)20-123 45 00"), dialled_digits("0031 20 123"), dialled_digits("F 12")
    ('31201234500', '3120123', '')
    """
    if not _DIALLED.match(text):
        return ""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    digits = digits.removeprefix("00")
    return digits if len(digits) >= SHORTEST else ""


def found_often(text: str, more_than: int) -> bool:
    """Whether SQLite finds ``text`` in more than so many debtors, of all administrations. Elsewhere never."""
    words = folded(text.strip()[:100]).split()
    short = any(len(word) < SHORTEST for word in words)  # these it does not count
    if connection.vendor != "sqlite" or not words or short or dialled_digits(text):
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM (SELECT rowid FROM debtor_search WHERE search_text MATCH %s LIMIT %s)",
            [" AND ".join(map(_phrase, words)), more_than + 1],
        )
        return int(cursor.fetchone()[0]) > more_than


def _few_beginning(text: str, house: int) -> list[int] | None:
    """Who begins with ``text``; None when more than `MANY` do, or the order of names is not that of their signs: to find the
    first of many one walks along the amounts, which for few or none is a walk past everyone."""
    if connection.vendor != "sqlite":
        return None
    begins = text[:2]
    written = {"".join(signs) for signs in product(*({s.lower(), s.upper()} for s in begins))}
    named = Q()
    for one in sorted(written | {begins}):
        named |= Q(name__gte=one, name__lt=one + "\U0010ffff")
    here = Debtor.objects.filter(named, administration_id=house, merged_into=None)
    ids = list(here.order_by().filter(name__istartswith=text).values_list("id", flat=True)[: MANY + 1])
    return ids if len(ids) <= MANY else None


def _long(words: list[tuple[str, str]], by: str) -> Q:
    """Each word, as typed or as digits."""
    if connection.vendor == "postgresql":
        wanted = Q()
        for word, digits in words:
            wanted &= Q(search_text__contains=word) | Q(search_text__contains=digits)
        return wanted
    phrases = " AND ".join(f"({_phrase(word)} OR {_phrase(digits)})" for word, digits in words)
    return Q(**{f"{by}__in": RawSQL("SELECT rowid FROM debtor_search WHERE search_text MATCH %s", [phrases])})


def _phrase(word: str) -> str:
    quoted = word.replace('"', '""')
    return f'"{quoted}"'
