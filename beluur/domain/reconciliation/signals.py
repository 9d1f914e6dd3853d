"""What a payment says that can be looked up: references, invoice numbers, the account, the name. And what is no customer's
payment at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from beluur.domain.reconciliation.incoming import Incoming
from beluur.domain.reconciliation.names import name_key
from beluur.domain.reconciliation.rules import USUAL, Rules
from beluur.values.invoice_number import LONG, MOST_KEYS, keys_in, number_key
from beluur.values.numbers import BETALINGSKENMERK, OGM, RF, read_reference
from beluur.values.searchable import folded

_MANY_DIGITS = re.compile(r"[0-9](?:[ /.-]{0,3}[0-9]){8}")
_OGM_SIGNS = re.compile(r"(?<![0-9])([0-9]{3})[ ]?[/ .-][ ]?([0-9]{4})[ ]?[/ .-][ ]?([0-9]{5})(?![0-9])")
_DIGIT_RUNS = re.compile(r"(?<![0-9A-Za-z])[0-9]{9,16}(?![0-9A-Za-z])")
_IN_FOURS = re.compile(r"(?<![0-9])(?:[0-9]{4}[ .-]){3}[0-9]{4}(?![0-9])")
_RF = re.compile(r"\bRF[0-9]{2}(?: ?[0-9A-Z]){1,21}", re.IGNORECASE)
_RF_DIGITS = re.compile(r"\bRF([0-9]{2}(?: ?[0-9]){4,21})(?![0-9A-Z])", re.IGNORECASE)
_OGM_LENGTH = 12
_MOST_MENDED = 24
_SHORTEST_REFERENCE = 9
_MOST_REFERENCES = 12

_COLLECTIVE_NAME = re.compile(
    r"\b(?:mollie|adyen|stripe|buckaroo|multisafepay|worldline|ccv|sumup|zettle|klarna|paypal|ingenico|ogone|pay[ .]nl|payconiq"
    r"|bancontact|equens\w*|riverty|afterpay|in3|sisow|pensioenfonds|belastingdienst|fod financien|spf finances"
    r"|rijksdienst|uwv|sociale verzekeringsbank|rsz|onss)\b"
)
_PASSES_ON = re.compile(
    r"derdengeld|\b(?:derdenrekening|kwaliteitsrekening|rubriekrekening|payments?|third part(?:y|ies)|compte de tiers)\b"
)
_COLLECTIVE_TEXT = re.compile(
    r"\b(?:salaris|loon (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)|salaire|wages"
    r"|settlement|uitbetaling (?:pin|ideal|creditcard)|afrekening (?:pin|kaart)|teruggaaf|voorlopige aanslag|btw teruggave"
    r"|belastingteruggave|eigen rekening|spaarrekening|interne overboeking|own account|compte propre|rente spaar\w*|kasstorting"
    r"|afstorting|geldstorting)\b"
)
_EVERYTHING = re.compile(
    r"\b(?:alles|alle (?:openstaande )?(?:facturen|posten)|openstaand\w*|volledig saldo|saldo|totaal open\w*|solde|tout(?:es)?"
    r"(?: les factures)?|all (?:open )?invoices|outstanding)\b"
)

_INVOICE_WORD = re.compile(r"fact|rekening (?:nr|nummer)|\brekn|invoice|rechnung|nota\b")
_REFUND = re.compile(
    r"\b(?:te ?veel betaald|terug ?(?:te )?stort\w*|graag (?:\w+ )?(?:retour|terug)|trop (?:paye|verse)|rembours\w*|refund"
    r"|overpaid|return the difference|zu viel (?:be|ge)zahlt|erstatt\w*|zuruck)\b"
)
_AHEAD = re.compile(
    r"\b(?:aanbetaling\w*|vooruitbetaling|voorschot\w*|offerte\w*|pro ?forma|borg|waarborg\w*|acompte|devis|caution|deposit"
    r"|quotation)\b"
)
_PART = re.compile(
    r"\b(?:(?:eerste|tweede|derde|laatste|1e|2e|3e|een) (?:deel|termijn)|deelbetaling|in (?:delen|termijnen)|afkorting|acompte"
    r"|(?:first|second|last|1st|2nd|3rd) (?:part|instal\w*)|part(?:ial)? payment|paiement partiel|(?:premiere|deuxieme) tranche"
    r"|teilzahlung|(?:erste|zweite) rate)\b"
)
_ORDER = re.compile(r"\b(?:bestel\w*|order\w*|inkooporder\w*|commande|bon de commande|po)\b")

_LABEL = re.compile(
    r"\b(?:fa[ck]t?(?:uu?r)?(?:en|e|es)?|nota|invoice|inv|rek(?:ening)?|rechnung)[ .:]{0,3}(?:nummer|num|nr|no|n°)?[ .:#]{0,3}"
    r"([a-z]{0,4}[-/. ]?[0-9][0-9a-z./-]{0,18})",
    re.IGNORECASE,
)


class Signals(NamedTuple):
    """What the loader looks up, for a whole chunk at once: ``references`` compact and exact; ``mended``: structured references
    that this one may be, if one digit is wrong; ``number_keys`` for invoices and for customer numbers; ``iban`` compact;
    ``name_key`` for names that are the very same. ``field``: the structured reference that the bank itself passed on and
    checked, "" when its field holds something else; it stands among the references too."""

    references: tuple[str, ...]
    mended: tuple[str, ...]
    number_keys: tuple[str, ...]
    iban: str
    name_key: str
    field: str = ""


def signals(incoming: Incoming) -> Signals:
    """What ``incoming`` says, the most telling first. Never raises; the look-ups that it asks for are bounded."""
    scheme, in_field = read_reference(incoming.reference) if incoming.reference else (None, "")
    field = in_field if scheme is RF or (scheme and len(in_field) >= _SHORTEST_REFERENCE) else ""
    typed, wrong = _typed_references(incoming.text)
    if len(incoming.end_to_end) >= _SHORTEST_REFERENCE:
        typed += _typed_references(incoming.end_to_end)[0]
    if in_field and not field:
        wrong += _typed_references(incoming.reference)[1]
    references = dict.fromkeys([in_field, *typed] if in_field else typed)
    return Signals(
        tuple(references)[:_MOST_REFERENCES],
        tuple(m for text in wrong[:2] for m in mended_reference(text))[:_MOST_MENDED] if not field else (),
        _number_keys(incoming, in_field, typed, structured=bool(field)),
        incoming.iban.replace(" ", "").upper(),
        name_key(incoming.name),
        field,
    )


def _number_keys(incoming: Incoming, in_field: str, typed: list[str], *, structured: bool) -> tuple[str, ...]:
    """Also whole references, which an invoice number may look like, behind what the text says in so many words."""
    keys = dict.fromkeys(keys_in(incoming.text))
    if in_field:
        if not structured:
            keys.update(dict.fromkeys(keys_in(incoming.reference)))
        keys[number_key(in_field)] = None
    if incoming.end_to_end and incoming.end_to_end != "NOTPROVIDED":
        keys.update(dict.fromkeys(k for k in keys_in(incoming.end_to_end) if len(k) >= LONG))
    if typed:
        keys.update(dict.fromkeys(number_key(r) for r in typed))
    return tuple(keys)[: 2 * MOST_KEYS]


def _typed_references(text: str) -> tuple[list[str], list[str]]:
    """Structured references in free text, with or without their signs; and digits in the form of one, but wrong."""
    found: list[str] = []
    wrong: list[str] = []
    if _MANY_DIGITS.search(text):
        for match in _OGM_SIGNS.finditer(text):
            digits = "".join(match.groups())
            (found if OGM.valid(digits) else wrong).append(digits)
        for match in _DIGIT_RUNS.finditer(text):
            digits = match.group()
            if OGM.valid(digits) or BETALINGSKENMERK.valid(digits):
                found.append(digits)
            elif len(digits) == _OGM_LENGTH:
                wrong.append(digits)
        for match in _IN_FOURS.finditer(text):
            digits = re.sub(r"[^0-9]", "", match.group())
            (found if BETALINGSKENMERK.valid(digits) else wrong).append(digits)
    if "RF" in text or "rf" in text:
        found += [rf for m in _RF.finditer(text) for rf in _rf_in(m.group())]
        typed = ["RF" + m.group(1).replace(" ", "") for m in _RF_DIGITS.finditer(text)]
        wrong += [rf for rf in typed if not RF.valid(rf)]
    return list(dict.fromkeys(r for r in found if r)), list(dict.fromkeys(wrong))


def _rf_in(text: str) -> list[str]:
    """Each beginning that is a reference, the shortest first; words may follow it without a sign."""
    words = text.split(" ")
    return [r for n in range(1, len(words) + 1) if (r := RF.read("".join(words[:n])))]


def mended_reference(digits: str) -> tuple[str, ...]:
    """The references that wrong digits may have been, an OGM of twelve, a betalingskenmerk of sixteen or an RF of digits, if one
    of them was mistyped or two neighbours changed places; of the betalingskenmerk some sixteen, of the others mostly one or two.

    >>> mended_reference("010806917183"), mended_reference("010860817183")
    (('010806817183', '010806914183'), ('010860817083', '010860817184', '010806817183'))
    """
    if digits.startswith("RF"):
        return tuple(f"RF{other}" for other in _slips(digits[2:]) if RF.valid(f"RF{other}"))
    scheme = OGM if len(digits) == _OGM_LENGTH else BETALINGSKENMERK
    return tuple(other for other in _slips(digits) if scheme.valid(other))


def _slips(digits: str) -> Iterator[str]:
    """What somebody meant who typed these digits with one wrong, or with two neighbours changed."""
    for place, digit in enumerate(digits):
        for wanted in "0123456789":
            if wanted != digit:
                yield digits[:place] + wanted + digits[place + 1 :]
    for place, (one, next_) in enumerate(pairwise(digits)):
        if one != next_:
            yield digits[:place] + next_ + one + digits[place + 2 :]


def collective_payer(incoming: Incoming, rules: Rules = USUAL) -> bool:
    """Whether the payer is recognisably no customer: one's own account, a tax office, a company that passes on card payments."""
    if incoming.iban and incoming.iban.replace(" ", "").upper() in rules.own_ibans:
        return True
    return _is_collective(incoming.name)


@lru_cache(maxsize=4096)  # asked of one payment up to four times
def _is_collective(name: str) -> bool:
    return bool(_COLLECTIVE_NAME.search(folded(name)))


def collective_text(incoming: Incoming) -> bool:
    """Whether the text speaks of pay, tax, a transfer of one's own or a settlement of card payments."""
    return bool(_COLLECTIVE_TEXT.search(folded(incoming.text)))


def no_customer(incoming: Incoming, rules: Rules = USUAL) -> bool:
    """Whether it is plain that no customer pays an invoice with it: by the payer, or by a text that speaks of no invoice."""
    if collective_payer(incoming, rules):
        return True
    return collective_text(incoming) and not _INVOICE_WORD.search(folded(incoming.text))


def means_everything(incoming: Incoming) -> bool:
    """Whether the payer says that he pays all that is open."""
    return bool(_EVERYTHING.search(folded(incoming.text)))


def means_ahead(incoming: Incoming) -> bool:
    """Whether the payer speaks of what comes before an invoice: a quotation, a deposit."""
    return bool(_AHEAD.search(folded(incoming.text)))


def means_part(incoming: Incoming) -> bool:
    """Whether the payer says that it is not all of it."""
    return bool(_PART.search(folded(incoming.text)))


def means_refund(incoming: Incoming) -> bool:
    """Whether the payer says that he paid too much, and wants it back."""
    return bool(_REFUND.search(folded(incoming.text)))


def means_an_order(incoming: Incoming) -> bool:
    """Whether the payer speaks of an order: mostly his own number of what was invoiced since, sometimes of what is not yet."""
    return bool(_ORDER.search(folded(incoming.text)))


@lru_cache(maxsize=4096)
def passes_on(name: str) -> bool:
    """Whether a payer of that name pays with the money of others: their account, and not theirs, says who pays."""
    return bool(_PASSES_ON.search(folded(name)))


def labelled(text: str) -> frozenset[str]:
    """The keys of numbers that the payer himself calls an invoice's."""
    return frozenset(number_key(m.group(1)) for m in _LABEL.finditer(text))
