"""What the engine proposes for payments that wait, read from their rows: names, numbers and what is open now. Four queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Sum

from beluur.domain.payment_state import WAITING
from beluur.domain.reconciliation.part_back import part_back
from beluur.queries.payments_rows import PaidLine, Proposal
from beluur.store.load.standing import Standing, standing
from beluur.store.models import Allocation, Debtor, Invoice, Payment
from beluur.values.money import Money
from beluur.values.sentence import Sentence

KEPT = -1  # the place of what the engine does not propose: what is left stays with the one debtor
_INVOICE = (
    "id number debtor_id debtor__name open_cents amount_cents stated_open_cents currency as_of due".split()
)

_ORIGINAL = "id booked_on amount_cents left_cents debtor_id debtor__name counterparty went".split()


class Priced(NamedTuple):
    """An invoice as a payment meets it."""

    id: int
    number: str
    debtor_id: int
    debtor: str
    open_cents: int
    amount_cents: int
    stated_open_cents: int
    currency: str
    as_of: date | None
    due: date | None

    def asks(self, booked_on: date) -> bool:
        """Whether nobody knows if its open amount holds a payment of that day."""
        return self.as_of is None or self.as_of == booked_on

    def lowers(self, booked_on: date) -> bool:
        """Whether a payment of that day comes off the open amount; otherwise it is in it already (ADR 0002)."""
        return self.as_of is None or booked_on >= self.as_of

    def room(self, booked_on: date) -> int:
        """How many cents of such a payment it can take, with its own sign."""
        return self.open_cents if self.lowers(booked_on) else self.amount_cents - self.stated_open_cents

    def line(self, cents: int, booked_on: date) -> PaidLine:
        """So much of the payment on it."""
        paid, still = Money(cents, self.currency), Money(self.open_cents, self.currency)
        return PaidLine(
            self.id, self.number, self.debtor_id, self.debtor, paid, still, self.lowers(booked_on)
        )


class Read:
    """All that the proposals of some payments name."""

    def __init__(
        self,
        invoices: dict[int, Priced],
        debtors: dict[int, str],
        originals: dict[int, dict[str, Any]],
        assigned: dict[int, list[tuple[int, int]]],
        standing: dict[int, list[Standing]],
    ) -> None:
        self._invoices, self._debtors = invoices, debtors
        self._originals, self._assigned = originals, assigned
        self._standing = standing

    def proposals(self, row: dict[str, Any]) -> tuple[Proposal, ...]:
        """What can be chosen for a payment, the best first; what no longer fits is left out."""
        if row["state"] not in WAITING:
            return ()
        proposal = row["proposal"] or {}
        found: list[Proposal] = []
        if row["amount_cents"] > 0:
            for place, choice in enumerate(proposal.get("choices", ())):
                found += self._choice(row, place, choice)
        else:
            for place, taken in enumerate(proposal.get("returns", ())):
                found += self._return(row, place, taken)
        if not found and row["state"] == "rest" and row["perhaps_id"] and row["left_cents"] > 0:
            left = Money(row["left_cents"], row["currency"])
            found.append(Proposal(KEPT, "kept", row["perhaps_id"], row["perhaps__name"], (), left))
        return tuple(found)

    def because(self, row: dict[str, Any]) -> tuple[Sentence, ...]:
        """What is known of a payment for which there is no choice."""
        return _sentences((row["proposal"] or {}).get("by", ()))

    def assigned(self, payment_id: int) -> tuple[PaidLine, ...]:
        """What of it is on invoices."""
        return tuple(
            invoice.line(cents, date.max)
            for invoice_id, cents in self._assigned.get(payment_id, ())
            if (invoice := self._invoices.get(invoice_id))
        )

    def _choice(self, row: dict[str, Any], place: int, choice: dict[str, Any]) -> Iterator[Proposal]:
        name = self._debtors.get(choice["debtor"])
        parts = [(self._invoices.get(invoice_id), cents) for invoice_id, _, cents in choice["parts"]]
        day = row["booked_on"]
        if name is None or not all(i is not None and _fits(cents, i.room(day)) for i, cents in parts):
            return
        known = [(i, cents) for i, cents in parts if i is not None]
        because = _sentences(choice["by"])
        waits_for_books = any(
            self._invoices[i].open_cents for i in choice.get("holds", ()) if i in self._invoices
        )
        yield Proposal(
            place,
            "invoices" if parts else "kept",
            choice["debtor"],
            name,
            tuple(i.line(cents, day) for i, cents in known),
            Money(choice["left_cents"], row["currency"]),
            because,
            asks=any(i.asks(day) for i, _ in known),
            # on his name it would count as his money for ever, and the next invoice would not be asked for
            fits=not any(sentence.code == "explain.unseen" for sentence in because) and not waits_for_books,
            foreign=waits_for_books,
        )

    def _return(self, row: dict[str, Any], place: int, told: dict[str, Any]) -> Iterator[Proposal]:
        original = self._originals.get(told["payment"])
        if original is None or original["amount_cents"] + (original["went"] or 0) <= 0:
            return
        parts = self._standing.get(original["id"], [])
        cents, day, currency = -row["amount_cents"], original["booked_on"], row["currency"]
        taken = part_back([part.net for part in parts], original["left_cents"], cents).of_parts
        remains = original["amount_cents"] + (original["went"] or 0)
        yield Proposal(
            place,
            "return",
            original["debtor_id"],
            original["debtor__name"] or original["counterparty"],
            tuple(
                self._invoices[part.invoice_id].line(net, day)
                for part, net in zip(parts, taken, strict=True)
                if net and part.invoice_id in self._invoices
            ),
            Money(remains - cents, currency),
            _sentences(told["by"]),
            fits=cents <= remains,
            day=day,
        )


def read_proposals(administration_id: int, rows: Sequence[dict[str, Any]]) -> Read:
    """``rows`` are payments with id, state, proposal and perhaps_id."""
    here = {"administration_id": administration_id}
    choices = [c for row in rows for c in (row["proposal"] or {}).get("choices", ())]
    returns = {r["payment"] for row in rows for r in (row["proposal"] or {}).get("returns", ())}
    originals = Payment.objects.filter(**here, id__in=returns).annotate(
        went=Sum("taken_back_by__amount_cents")
    )
    found = {row["id"]: row for row in originals.values(*_ORIGINAL)}
    assigned = _assigned(administration_id, [row["id"] for row in rows])
    still = standing(administration_id, found) if found else {}
    ids = {invoice_id for c in choices for invoice_id, _, _ in c["parts"]}
    ids |= {invoice_id for c in choices for invoice_id in c.get("holds", ())}
    ids |= {invoice_id for parts in assigned.values() for invoice_id, _ in parts}
    ids |= {part.invoice_id for parts in still.values() for part in parts}
    invoices = priced(Invoice.objects.filter(**here, id__in=ids).values_list(*_INVOICE))
    debtors = Debtor.objects.filter(
        **here, id__in={c["debtor"] for c in choices if c["debtor"]}, merged_into=None
    )
    names = dict(debtors.values_list("id", "name"))
    return Read({i.id: i for i in invoices}, names, found, assigned, still)


def priced(rows: Iterable[Sequence[Any]]) -> list[Priced]:
    """Rows of `_INVOICE` columns as they are used here."""
    return [Priced._make(row) for row in rows]


def open_invoices_of(administration_id: int, debtor_ids: Iterable[int], currency: str) -> list[Priced]:
    """What is not closed of these debtors in that currency, the oldest due first."""
    here = Invoice.objects.filter(
        administration_id=administration_id, debtor_id__in=list(debtor_ids), currency=currency
    ).exclude(open_cents=0)
    return priced(here.order_by("due", "id").values_list(*_INVOICE))


def _assigned(administration_id: int, payment_ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """(invoice id, cents) of each payment, without what was taken off again."""
    sums = (
        Allocation.objects.filter(administration_id=administration_id, payment_id__in=payment_ids)
        .order_by("payment_id", "invoice_id")
        .values_list("payment_id", "invoice_id")
        .annotate(net=Sum("cents"))
    )
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for payment_id, invoice_id, net in sums:
        if net:
            found[payment_id].append((invoice_id, net))
    return found


def _fits(cents: int, room: int) -> bool:
    return cents * room > 0 and abs(cents) <= abs(room)


def _sentences(data: Iterable[dict[str, Any]]) -> tuple[Sentence, ...]:
    return tuple(Sentence.from_json(one) for one in data)
