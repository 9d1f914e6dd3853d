"""By what a payment is known: what points at the invoices, what points at the payer, how the amount fits."""

from __future__ import annotations

from enum import IntEnum


class Which(IntEnum):
    """What points at the invoices, the strongest first."""

    REFERENCE = 1  # the structured reference, passed on by the bank
    NUMBER = 2  # an invoice number of five signs or more, or a reference typed as text, exactly
    FAIR = 3  # an invoice number of four signs, exactly
    MENDED = 4  # an OGM with one digit put right
    SHORT = 5  # a number of so few signs that it may be anything, or that looks like a year
    NEAR = 6  # a number one sign off, or only its end, among the payer's own
    ALL = 7  # all that is open
    AMOUNT = 8  # the amount alone, and one invoice has it
    SUBSET = 9  # several invoices that add up to it
    OLDEST = 10  # nothing: the oldest first


class Who(IntEnum):
    """What points at the debtor as the payer, the strongest first."""

    ACCOUNT = 1  # his alone, confirmed before
    NAME = 2  # the very same name, which nobody else has
    GROUP = 3  # somebody of his payer group
    SHARED = 4  # an account or name that others have too
    CUSTOMER = 5  # his customer number stands in the text
    NAMED = 6  # somebody else's account, whoever's, but the text holds his whole name
    ALIKE = 7  # a name like his
    HINTED = 8  # the text holds a name like his, which others may have too
    NOBODY = 9  # nothing tells who it is
    NAMESAKE = 10  # the name is another debtor's, the account nobody's
    OTHER = 11  # the account, or the customer number, is another debtor's


class Fit(IntEnum):
    """How the amount fits what can still be paid of the invoices."""

    EXACT = 1
    CREDITED = 2  # less credit notes
    COMPLETED = 3  # with other invoices of the same debtor, in one way only
    DISCOUNT = 4
    FEE = 5
    PART = 6  # less, on one invoice
    SPREAD = 7  # less, on several: which is paid how far is a guess
    OVER = 8  # more; the rest is left
    SLIP = 9  # a digit mistyped
    CLOSED = 10  # nothing is open of it
