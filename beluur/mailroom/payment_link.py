"""The link to an administration's own payment page, with the amount and the reference in their places.

``https://betaal.example/?bedrag={amount}&kenmerk={reference}`` becomes ``https://betaal.example/?bedrag=500.00&kenmerk=2026-0398``.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

GAPS = ("amount", "reference", "iban")
_GAP = re.compile(r"\{(\w*)\}")


def payment_link(template: str, amount: Money, reference: str, iban: str) -> str:
    """The address; empty without a template, or when it is not one that may be shown."""
    if not template or payment_link_problem(template) is not None or amount.cents <= 0:
        return ""
    euros, cents = divmod(amount.cents, 100)
    filled = {"amount": f"{euros}.{cents:02d}", "reference": reference, "iban": "".join(iban.split())}
    return _GAP.sub(lambda gap: quote(filled[gap.group(1)], safe=""), template)


def payment_link_problem(template: str) -> Sentence | None:
    """Why ``template`` cannot be a payment link; None when it can."""
    for name in _GAP.findall(template):
        if name not in GAPS:
            names = " ".join(f"{{{gap}}}" for gap in GAPS)
            return say("link.pay_gap", names=names, name=f"{{{name}}}")
    try:
        parts = urlsplit(_GAP.sub("x", template))
    except ValueError:
        return say("link.pay_https")
    wrong = parts.scheme != "https" or not parts.hostname or "@" in parts.netloc
    if wrong or any(c.isspace() or not c.isprintable() or c in "{}<>\"'\\" for c in _GAP.sub("x", template)):
        return say("link.pay_https")
    return None if not _GAP.search(urlsplit(template).netloc) else say("link.pay_https")
