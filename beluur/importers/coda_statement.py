"""One statement of a CODA file: its records taken together, as a statement and its payments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from beluur.importers.coda_communication import name_in_information, read_communication
from beluur.importers.coda_details import MAIN, Payment, apart, groups, payments
from beluur.importers.coda_records import Balance, Line, Movement, read_account, read_balance, read_movement
from beluur.importers.problem_list import ProblemList
from beluur.importers.records import StatementRecord, TransactionRecord
from beluur.importers.swift_lines import one_line

_NOT_PROVIDED = "NOTPROVIDED"


@dataclass(slots=True)
class Found:
    """Record 1, the movements after it, and record 8. ``details_only``: in a file apart, of the totals in another one."""

    first: Line
    details_only: bool
    movements: list[Movement] = field(default_factory=list)
    last: Line | None = None
    texts: list[str] = field(default_factory=list)

    def add(self, line: Line) -> bool:
        """Takes record 2x, 3x or 8; False when it does not belong to what stands before it."""
        kind, text = line.kind, line.text
        self.texts.append(text)
        if kind == "8":
            self.last = line
        elif kind == "21":
            self.movements.append(read_movement(line))
        elif not self.movements or text[2:6] != self.movements[-1].sequence:
            return False
        else:
            return _add(kind, text, self.movements[-1])
        return True

    def raw(self) -> str:
        """All of it, to see when it stands in a file twice."""
        return "\n".join([self.first.text, *self.texts])


def _add(kind: str, text: str, movement: Movement) -> bool:
    """Adds to a movement what 22, 23 and 31 to 33 say; an information record has a detail number of its own."""
    if kind in ("22", "23") and text[6:10] != movement.detail:
        return False
    if kind == "22":
        movement.communication += text[10:63]
        reference = one_line(text[63:98])
        movement.end_to_end = "" if reference == _NOT_PROVIDED else reference
    elif kind == "23":
        movement.communication += text[82:125]
        movement.account, movement.name = read_account(text[10:44]), one_line(text[47:82])
    elif kind == "31":
        movement.information.append(text[40:113])
    elif not movement.information:
        return False
    else:
        movement.information[-1] += text[10:115] if kind == "32" else text[10:100]
    return True


def read_statement(found: Found, problems: ProblemList) -> StatementRecord | None:
    """The statement; None when it does not say of which account it is."""
    text = found.first.text
    opening = _opening(found)
    if not opening.account or len(opening.currency) != 3:
        problems.skip("coda.account", found.first.number)
        return None
    closing = _closing(found, opening, problems)
    if opening.cents is None and not found.details_only:
        problems.warn("coda.balance", found.first.number)
    day = closing.day if closing else opening.day
    count = int(text[125:128]) if text[125:128].isascii() and text[125:128].isdigit() else 0
    if found.details_only:
        return StatementRecord(opening.account, opening.currency, "notice", holder=one_line(text[64:90]))
    return StatementRecord(
        account=opening.account,
        currency=opening.currency,
        number=f"{day.year}/{count:03}" if count and day else "",
        sequence=count if count and day else None,
        year=day.year if count and day else None,
        opens=opening.day,
        reaches=closing.day if closing else None,
        opening_cents=opening.cents,
        closing_cents=closing.cents if closing else None,
        holder=one_line(text[64:90]),
    )


def _opening(found: Found) -> Balance:
    return read_balance(found.first.text, 5, found.first.text[1])


def _closing(found: Found, opening: Balance, problems: ProblemList) -> Balance | None:
    if found.last is None:
        problems.warn("coda.no-closing", found.first.number, account=opening.account)
        return None
    closing = read_balance(found.last.text, 4, found.first.text[1])
    if (closing.account, closing.currency) != (opening.account, opening.currency):
        problems.warn("coda.other-account", found.last.number, account=opening.account, other=closing.account)
    if closing.cents is None and not found.details_only:
        problems.warn("coda.balance", found.last.number)
    return closing if closing.currency == opening.currency else None


def read_payments(
    found: Found, statement: StatementRecord, place: int, problems: ProblemList
) -> list[TransactionRecord]:
    """The payments of a statement; one that cannot be read is left out."""
    records = []
    for group in groups(found.movements):
        several = _payments(group, problems, details_only=found.details_only)
        for payment in several:
            record = _record(
                payment,
                statement,
                place,
                problems,
                batch=payment.movement is not payment.total and len(several) > 1,
            )
            if record:
                records.append(record)
    return records


def _payments(group: list[Movement], problems: ProblemList, *, details_only: bool) -> list[Payment]:
    total = group[0]
    if total.detail != MAIN:
        if details_only:
            return apart(group)
        problems.skip("coda.order", total.line)
        return []
    several = payments(group)
    if several is None:
        problems.warn("coda.details", total.line, sequence=total.sequence)
        return [Payment(total, total)]
    return several


def _record(
    payment: Payment, statement: StatementRecord, place: int, problems: ProblemList, *, batch: bool
) -> TransactionRecord | None:
    movement, total = payment
    booked = movement.booked or total.booked
    if not _is_readable(movement, booked, problems):
        return None
    assert booked is not None
    said = read_communication(movement)
    return TransactionRecord(
        booked=booked,
        amount_cents=movement.cents or 0,
        currency=statement.currency,
        counterparty=movement.name or name_in_information(movement),
        counterparty_iban=movement.account,
        reference=said.reference,
        text=said.text,
        reversal=said.reversal,
        account=statement.account,
        statement=place,
        bank_reference=movement.bank_reference,
        end_to_end=movement.end_to_end,
        valued=movement.valued or total.valued,
        code=movement.code,
        returned=said.returned,
        batch=total.sequence if batch else "",
        batch_cents=(total.cents or 0) if batch else 0,
        bank_text=said.bank_text,
        line=movement.line,
    )


def _is_readable(movement: Movement, booked: date | None, problems: ProblemList) -> bool:
    amount = movement.amount
    digits = amount.isascii() and amount.isdigit()
    if digits and amount[-1] != "0":
        problems.skip("coda.decimals", movement.line, value=f"{int(amount[:12])},{amount[12:]}")
    elif movement.cents is None or booked is None:
        problems.skip("coda.booking", movement.line)
    elif movement.cents == 0:
        problems.skip("coda.zero", movement.line)
    else:
        return True
    return False
