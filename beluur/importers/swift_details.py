"""What an :86: says, in the dialect it is written in: known by its form, not by the bank's name, for banks lend theirs."""

from __future__ import annotations

import re

from beluur.importers.payment_reference import find_reference
from beluur.importers.swift_abn import is_abn, read_abn
from beluur.importers.swift_booking import Booking
from beluur.importers.swift_lines import Details, is_account, join_lines, one_line
from beluur.importers.swift_numbered import is_numbered, read_numbered
from beluur.importers.swift_words import has_words, read_words

_KNAB = re.compile(r"(?:REK: (?P<account>[A-Z0-9 ]+?)/)?NAAM: (?P<name>.*)\Z")
_SHORTEST = 12  # an OGM; shorter ones are no reference without their name
_LEADING = re.compile(r"([0-9]{9,10}) (.*)\Z")


def read_details(texts: list[str], booking: Booking, account: str) -> Details:
    """Who, what for and which references, from the :86: ``texts`` of ``booking`` on ``account``."""
    found = _in_dialect(texts[0] if len(texts) == 1 else "\n".join(texts), booking, account)
    name, number, said = _beside(booking)
    reference = found.reference or find_reference(found.text)
    if not reference and len(booking.reference) >= _SHORTEST:
        reference = find_reference(booking.reference)
    return Details(
        found.counterparty or name,
        found.account or number,
        reference,
        found.text,
        "" if found.end_to_end.replace(" ", "") == "NOTPROVIDED" else found.end_to_end,
        found.returned,
        found.bank_text or said,
    )


def _in_dialect(text: str, booking: Booking, account: str) -> Details:
    first = text.partition("\n")[0]
    if is_numbered(text):
        return read_numbered(text)
    if first.startswith("/") and has_words(text):
        return read_words(text, narrow_first=account[4:8] == "INGB")
    lines = text.split("\n")
    if booking.reference and first.startswith(booking.reference) and is_account(booking.reference):
        return _read_sns(lines, booking)
    if is_abn(text):
        return read_abn(lines)
    return _read_plain(lines, account)


def _beside(booking: Booking) -> tuple[str, str, str]:
    """Name and account of the other party, as Rabobank writes them at :61:, or what another bank says of the booking there."""
    number = booking.reference if is_account(booking.reference) else ""
    if booking.name:
        return booking.name, number, ""
    if is_account(booking.extra):
        return "", booking.extra, ""
    if "/" in booking.extra:  # ING's /TRCD/
        return "", "", ""
    return (booking.extra, number, "") if number and booking.extra else ("", "", booking.extra)


def _read_sns(lines: list[str], booking: Booking) -> Details:
    """SNS, ASN and RegioBank: the first line is account and name, the second is blank, the text follows."""
    name = one_line(lines[0][len(booking.reference) :])
    rest = join_lines(lines[1:] or [""]).lstrip()
    if rest.startswith("/") and has_words(rest):
        details = read_words(rest, narrow_first=False)
        return details._replace(account=booking.reference, counterparty=details.counterparty or name)
    return Details(counterparty=name, account=booking.reference, text=one_line(rest))


def _read_plain(lines: list[str], account: str) -> Details:
    """Free text: Knab's REK and NAAM at its end, the account at its start where the own one is of before the IBAN."""
    if len(lines) > 1 and (match := _KNAB.search(lines[-1])):
        return _knab(match, join_lines([*lines[:-1], lines[-1][: match.start()]]))
    text = one_line(join_lines(lines))
    if match := _KNAB.match(text):
        return _knab(match, "")
    if account.isdigit() and (match := _LEADING.match(text)):
        return Details(account=match[1], text=match[2])
    return Details(text=text)


def _knab(match: re.Match[str], text: str) -> Details:
    account = (match["account"] or "").replace(" ", "")
    return Details(counterparty=one_line(match["name"]), account=account, text=one_line(text))
