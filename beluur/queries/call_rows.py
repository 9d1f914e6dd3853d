"""The parts of the call screen: who calls, who owes, whom to ask for, which numbers, which invoices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from beluur.values.money import Money
from beluur.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class CreditorRow:
    """For whom is called; ``own_number`` is what a voicemail is told."""

    name: str
    own_number: str
    language: str
    time_zone: str
    has_terms: bool
    can_mail: bool  # in practice it is told so, as with real customers
    has_pages: bool = False  # mails lead to a page of the debtor's own


@dataclass(frozen=True, slots=True)
class CallRow:
    """The call that is open, or was. ``draft`` is what was typed; ``mine``: the reader opened it."""

    id: int
    state: str
    incoming: bool
    opened_at: datetime
    lease_until: datetime
    caller_id: int | None
    caller: str
    number: str
    draft: Mapping[str, Any]
    draft_version: int
    note: str
    overruled: str
    goal: Mapping[str, Any]
    outcome: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class DebtorRow:
    """Who owes. The next step as stored says why now."""

    id: int
    name: str
    kind: str
    kind_known: bool
    country: str
    language: str
    address: str
    email: str
    agreements: str
    delivery: str
    responsible: str
    step: str
    because: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person or desk at the debtor, with numbers as written."""

    id: int
    name: str
    role: str
    phone: str
    mobile: str
    email: str
    for_payments: bool
    phone_invalid: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A number to dial: E.164, as it is read, whose it is (empty: the switchboard)."""

    e164: str
    readable: str
    whose: str = ""
    mobile: bool = False
    extension: str = ""
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One open invoice (C1, C2, C3, C10). ``why`` says why (part of) it is not asked for; ``asked`` is what is."""

    id: int
    number: str
    issued: date | None
    due: date | None
    days_late: int
    amount: Money
    open: Money
    asked: Money
    what: str
    delivery: str
    responsible: str
    copy_id: int | None
    why: tuple[Sentence, ...] = ()
    opened_at: datetime | None = None  # he opened its copy on his page
