"""Money on lines that are still being published: whoever one of them names, by account, reference or invoice number, is perhaps
paid (decided 14)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from django.db import connection

from beluur.domain.reconciliation.incoming import Incoming
from beluur.domain.reconciliation.signals import Signals, signals
from beluur.store.among import rows_among
from beluur.store.load.ready import Ready
from beluur.store.models import DebtorKey, Intake, Invoice

COLUMNS = (
    "line_key booked_on amount_cents currency counterparty iban reference text reversal bank_reference end_to_end valued_on code "
    "returned pending batch batch_cents bank_text"
).split()
"""What a staged line is a list of, as JSON."""

_PLACE = {name: place for place, name in enumerate(COLUMNS)}
_AS_READ = (
    "amount_cents currency booked_on counterparty iban reference text end_to_end reversal returned".split()
)
_as_read = itemgetter(*map(_PLACE.__getitem__, _AS_READ))
_CENTS, _CURRENCY = _PLACE["amount_cents"], _PLACE["currency"]
_ACCOUNT, _REFERENCE, _NUMBER = "a", "r", "n"
_OPEN_REFERENCE = "NOT r.reference = '' AND NOT r.open_cents = 0"
Line = Sequence[Any]


def incoming_line(payment_id: int, line: Line) -> Incoming:
    """A staged line as the engine reads it."""

    cents, currency, booked, name, iban, reference, text, end_to_end, reversal, returned = _as_read(line)
    day, went_back = date.fromisoformat(booked), reversal or bool(returned)
    return Incoming(payment_id, cents, currency, day, name, iban, reference, text, end_to_end, went_back)


def said_of_lines(record: Mapping[str, Any]) -> list[Signals]:
    """What each line of a staged row says: kept when it was staged, for it takes time. One that was staged before that was kept
    is read again."""
    if "said" not in record:
        return [signals(incoming_line(0, line)) for line in record["lines"]]
    return [
        Signals(tuple(references), tuple(mended), tuple(keys), *names)
        for references, mended, keys, *names in record["said"]
    ]


PASSING = "value line_key currency cents".split()
"""What is kept of a line while it waits, of each of its names; and of what kind that is, and the account on which it came."""


def passing_rows(lines: Sequence[Line], said: Sequence[Signals]) -> dict[str, list[tuple[Any, ...]]]:
    """By kind, `PASSING` of each name by which these lines, as far as they came in, name a debtor."""
    accounts, references, numbers = list[tuple[Any, ...]](), list[tuple[Any, ...]](), list[tuple[Any, ...]]()
    for line, says in zip(lines, said, strict=True):
        if line[_CENTS] > 0:
            told = (line[0], line[_CURRENCY], line[_CENTS])
            if says.iban:
                accounts.append((says.iban[:160], *told))
            references += [(reference[:160], *told) for reference in says.references if reference]
            numbers += [(key[:160], *told) for key in says.number_keys if key]
    return {_ACCOUNT: accounts, _REFERENCE: references, _NUMBER: numbers}


_PUBLISHING = Ready(lambda mine: Intake.objects.filter(mine, state="publishing").values_list("id"))


def being_published(administration_id: int, debtor_ids: Collection[int]) -> dict[int, int]:
    """Debtor id -> cents on lines that name him and are not there yet, in his own currency; of a line in another one, what is
    open of the invoices that it names, or of all where it names none and came from his account. One query when nothing is being
    published; otherwise two, in which each debtor is looked up by what he is known by, however many lines there are."""
    intakes = [i for (i,) in _PUBLISHING.of_house(administration_id)]
    if not intakes or not debtor_ids:
        return {}
    cents: Counter[int] = Counter()
    named: dict[tuple[Any, ...], dict[int, int]] = defaultdict(dict)
    alone: dict[tuple[Any, ...], dict[int, int]] = defaultdict(dict)
    for *line, invoice_id, invoice_cents, by_account in _passing(
        administration_id, intakes[0], sorted(set(debtor_ids))
    ):
        if not invoice_id:
            cents[line[0]] += invoice_cents
        else:
            (alone if by_account else named)[tuple(line)][invoice_id] = invoice_cents
    abroad: dict[int, dict[int, int]] = defaultdict(dict)
    for key, invoices in (alone | named).items():
        abroad[key[0]] |= invoices
    cents.update({debtor_id: sum(invoices.values()) for debtor_id, invoices in abroad.items()})
    return dict(cents)


_KNOWN_BY = (
    (_ACCOUNT, "store_debtorkey", "value", "k.kind IN ('iban', 'payer') AND k.scope = ''"),
    (_REFERENCE, "store_invoice", "reference", "NOT k.reference = '' AND NOT k.open_cents = 0"),
    (_NUMBER, "store_invoice", "number_key", "NOT k.open_cents = 0"),
)
_OWES = "{0}.open_cents > 0 AND {0}.currency = d.currency"


def _passing(administration_id: int, intake_id: int, debtor_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """A debtor with a line that names him: our account, its currency, the line's key; then 0 and the cents of it, or when it is
    in another currency than his, an open invoice of his with what is open of it, and 1 when it names him by his account only.
    One publishes at a time. A line that names him in two ways is one row; one that has become a payment is none."""
    wanted = "json_each(%(ids)s) w" if connection.vendor == "sqlite" else "unnest(%(ids)s::bigint[]) w(value)"
    found = " UNION ".join(
        f"SELECT k.debtor_id, p.account_number, p.account_currency, p.line_key, {told} FROM {wanted}"  # noqa: S608 - written here
        " CROSS JOIN store_debtor d"
        f" CROSS JOIN {table} k CROSS JOIN store_passingline p {owes}"
        f" WHERE d.id = w.value AND k.administration_id = %(house)s AND k.debtor_id = w.value AND {also}"
        f" AND p.administration_id = %(house)s AND p.kind = '{kind}' AND p.value = k.{column}"
        f" AND p.intake_id = %(intake)s AND {paid}"
        for kind, table, column, also in _KNOWN_BY
        for told, owes, paid in _told(kind)
    )
    there = (
        "SELECT 1 FROM store_bankaccount b JOIN store_payment y ON y.administration_id = %(house)s"
        " AND y.account_id = b.id AND y.line_key = f.line_key WHERE b.administration_id = %(house)s"
        " AND b.number = f.account_number AND b.currency = f.account_currency"
    )
    ids: Any = json.dumps(debtor_ids) if connection.vendor == "sqlite" else list(debtor_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({found}) f WHERE NOT EXISTS ({there})",  # noqa: S608 - all of it is written here
            {"ids": ids, "house": administration_id, "intake": intake_id},
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _told(kind: str) -> tuple[tuple[str, str, str], ...]:
    """What a line of that kind tells in the debtor's own currency, and in another: columns, what else is read, which lines."""
    own = ("0 AS invoice, p.cents, 0 AS alone", "", "p.currency = d.currency")
    if kind != _ACCOUNT:
        abroad = "NOT p.currency = d.currency AND " + _OWES.format("k")
        return own, ("k.id AS invoice, k.open_cents AS cents, 0 AS alone", "", abroad)
    owed = "JOIN store_invoice i ON i.administration_id = p.administration_id AND i.debtor_id = d.id"
    abroad = "NOT p.currency = d.currency AND " + _OWES.format("i")
    return own, ("i.id AS invoice, i.open_cents AS cents, 1 AS alone", owed, abroad)


def named_in(administration_id: int, said: Collection[Signals]) -> set[int]:
    """The debtors whom payments that came in name: who have that account, or an open invoice of that reference or number."""
    return {
        debtor_id
        for model, column, also, values in (
            (DebtorKey, "value", "r.kind IN ('iban', 'payer') AND r.scope = ''", {s.iban for s in said}),
            (Invoice, "reference", _OPEN_REFERENCE, {r for s in said for r in s.references}),
            (Invoice, "number_key", "NOT r.open_cents = 0", {key for s in said for key in s.number_keys}),
        )
        for (debtor_id,) in rows_among(model, administration_id, column, values - {""}, ("debtor_id",), also)
    }
