"""By what a payment is known: what points at the invoices, what points at the payer, how the amount fits."""

from __future__ import annotations

from enum import Enum


class Which(Enum):
    """What points at the invoices, the strongest first."""

    REFERENCE = "reference"  # the structured reference, passed on by the bank
    NUMBER = "number"  # an invoice number, or a reference typed as text, exactly
    MENDED = "mended"  # an OGM with one digit put right
    SHORT = "short"  # a number of so few signs that it may be anything
    NEAR = "near"  # a number one sign off, or only its end, among the payer's own
    ALL = "all"  # all that is open
    AMOUNT = "amount"  # the amount alone, and one invoice has it
    SUBSET = "subset"  # several invoices that add up to it
    OLDEST = "oldest"  # nothing: the oldest first


class Who(Enum):
    """What points at the debtor as the payer, the strongest first."""

    ACCOUNT = "account"  # his alone, confirmed before
    NAME = "name"  # the very same name, which nobody else has
    GROUP = "group"  # somebody of his payer group
    SHARED = "shared"  # an account or name that others have too
    CUSTOMER = "customer"  # his customer number stands in the text
    ALIKE = "alike"  # a name like his
    NOBODY = "nobody"  # nothing tells who it is
    OTHER = "other"  # account or name are another debtor's


class Fit(Enum):
    """How the amount fits what can still be paid of the invoices."""

    EXACT = "exact"
    CREDITED = "credited"  # less credit notes
    COMPLETED = "completed"  # with other invoices of the same debtor, in one way only
    DISCOUNT = "discount"
    FEE = "fee"
    PART = "part"  # less, on one invoice
    SPREAD = "spread"  # less, on several: which is paid how far is a guess
    OVER = "over"  # more; the rest is left
    SLIP = "slip"  # a digit mistyped
    CLOSED = "closed"  # nothing is open of it
