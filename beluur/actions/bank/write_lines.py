"""Lines of a statement with what becomes of them, made into rows before anything is locked, and written."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from beluur.actions.bank.book import Entry, Ready, book_ready, make_ready
from beluur.actions.bank.line_rows import COLUMNS
from beluur.actions.bank.outcome import Outcome
from beluur.actions.bank.take_back import take_back
from beluur.actions.once import Doer
from beluur.store.among import rows_among
from beluur.store.models import Allocation, Debtor, Invoice, Payment
from beluur.store.save import db_moment, insert_many, lock_heads, update_many

_PAYMENT = (
    "id administration_id debtor_id at left_cents state account_id statement_id takes_back_id proposal perhaps_id way"
).split()
Explained = tuple[list[Any], Outcome]
"""A line (`COLUMNS`) and its outcome."""


class Place(NamedTuple):
    """Where the lines stand: ids of our account and of the statement."""

    account_id: int
    statement_id: int


class ReadyLines(NamedTuple):
    """Rows for the database, with the outcomes that they tell and what these book, by payment."""

    rows: list[tuple[Any, ...]]
    outcomes: list[Outcome]
    booked: dict[int, Ready]


def ready_lines(
    doer: Doer, place: Place, part: Sequence[Explained], numbers: Mapping[int, str]
) -> ReadyLines:
    """``numbers`` of the invoices, by id."""
    at = db_moment(doer.at)
    rows = [
        (
            o.payment.id,
            doer.administration_id,
            o.debtor_id,
            at,
            o.left_cents,
            o.state.value,
            place.account_id,
            place.statement_id,
            o.takes_back,
            json.dumps(dict(o.proposal)) if o.proposal else "{}",
            o.perhaps,
            "transfer",
            *line,  # its days as ISO text, which both databases take
        )
        for line, o in sorted(part, key=lambda pair: str(pair[0][0]))  # all lock in one order
    ]
    found = [o for _, o in part]
    entries = make_ready(doer, [entry_of(o) for o in found if o.parts], numbers)
    return ReadyLines(rows, found, {ready.entry.payment_id: ready for ready in entries})


def write_lines(doer: Doer, ready: ReadyLines) -> None:
    """In the running transaction; those that are there already stay as they are. Raises `Raced`."""
    here = doer.administration_id
    heads = lock_heads(here, concerned(doer, ready.outcomes))
    inserted = insert_many(Payment, (*_PAYMENT, *COLUMNS), ready.rows, ignore_doubles=True)
    mine = ready.outcomes
    if inserted != len(ready.rows):  # somebody else brought some of them in meanwhile
        there = {i for (i,) in rows_among(Payment, here, "id", (o.payment.id for o in mine), ("id",))}
        mine = [o for o in mine if o.payment.id in there]
    for booked, back in _in_turn(mine):
        book_ready(doer, [ready.booked[o.payment.id] for o in booked], heads)
        if take_back(doer, back):
            heads = lock_heads(here, concerned(doer, mine))
    perhaps = sorted({i for o in mine for i in o.perhaps_theirs})
    update_many(Debtor, here, ("step_stale",), [(True, debtor_id) for debtor_id in perhaps])


def _in_turn(mine: Sequence[Outcome]) -> Iterator[tuple[list[Outcome], dict[int, int]]]:
    """What is booked together, and what is taken back after it (`take_back`): first what takes back a payment that is there
    already, last all that stays. Between them what comes and goes back, each invoice once in a turn: two that paid the same one
    were never on it together."""
    back = {o.payment.id: o.takes_back for o in mine if o.takes_back}
    here_now = {o.payment.id for o in mine}
    if before := {i: original for i, original in back.items() if original not in here_now}:
        yield [], before
    goes = {original: i for i, original in back.items() if i not in before}
    turns, paid = defaultdict[int, list[Outcome]](list), Counter[int]()
    for outcome in mine:
        if outcome.payment.id in goes:
            turn = max((paid[part.invoice_id] for part in outcome.parts), default=0)
            paid.update({part.invoice_id: turn + 1 - paid[part.invoice_id] for part in outcome.parts})
            turns[turn].append(outcome)
    for _, some in sorted(turns.items()):
        yield [o for o in some if o.parts], {goes[o.payment.id]: o.payment.id for o in some}
    yield [o for o in mine if o.parts and o.payment.id not in goes], {}


def concerned(doer: Doer, found: Sequence[Outcome]) -> set[int]:
    """The debtors whom these outcomes touch; to be locked before anything is written."""
    told = {part.debtor_id for o in found for part in o.parts}
    told |= {i for o in found for i in (o.debtor_id, *o.perhaps_theirs) if i}
    if back := [o.takes_back for o in found if o.takes_back]:
        here = doer.administration_id
        originals = rows_among(Payment, here, "id", back, ("debtor_id", "perhaps_id"))
        told |= {i for row in originals for i in row if i}
        invoices = {i for (i,) in rows_among(Allocation, here, "payment_id", back, ("invoice_id",))}
        told |= {i for (i,) in rows_among(Invoice, here, "id", invoices, ("debtor_id",))}
    return told


def entry_of(outcome: Outcome) -> Entry:
    """What is booked of a certain outcome."""
    p = outcome.payment
    return Entry(p.id, p.booked, p.cents, p.currency, outcome.parts, outcome.by, p.iban, p.text[:300])
