"""How to pay: the panel with account, reference and amount, and the square for the bank's app."""

from __future__ import annotations

from dataclasses import dataclass

from beluur.mailroom.blocks import Block, Panel
from beluur.mailroom.clean import one_line
from beluur.mailroom.epc import Reference, epc_payload, grouped_iban, iban_problem, qr_png, reference_of
from beluur.mailroom.facts import CreditorFacts, InvoiceLine
from beluur.mailroom.voice import Voice
from beluur.values.money import Money
from beluur.values.sentence import Sentence

_MOST_NUMBERS = 6
QR_CID = "betaalcode@beluur"


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A picture that the HTML shows by ``cid:``."""

    cid: str
    data: bytes
    media_type: str = "image/png"


@dataclass(frozen=True, slots=True)
class PaymentPart:
    """The panel, its picture, and what is wrong with the account."""

    blocks: tuple[Block, ...] = ()
    images: tuple[InlineImage, ...] = ()
    problems: tuple[Sentence, ...] = ()


def common_reference(invoices: tuple[InvoiceLine, ...], override: str = "") -> Reference:
    """One reference for all: the given one, the one that the invoices share, or their numbers."""
    asked = [i for i in invoices if i.open.cents > 0] or list(invoices)
    shared = {i.reference for i in asked}
    if override or (len(shared) == 1 and shared != {""}):
        return reference_of(override or shared.pop())
    return reference_of(_numbers(list(dict.fromkeys(i.number for i in asked))))


def _numbers(numbers: list[str]) -> str:
    """``F1, F2``; with too many to type, the first and how many more: ``F1 +11``."""
    if len(numbers) > _MOST_NUMBERS:
        return f"{numbers[0]} +{len(numbers) - 1}"
    return ", ".join(numbers)


def payment_part(
    creditor: CreditorFacts,
    invoices: tuple[InvoiceLine, ...],
    amount: Money | None,
    voice: Voice,
    override: str = "",
    label: str = "",
) -> PaymentPart:
    """The panel for ``amount`` (None: no amount and no square), which ``label`` names. Nothing when there is nothing to pay.

    A wrong account number is left out of the mail and reported: money sent there does not come back by itself.
    """
    if amount is not None and amount.cents <= 0:
        return PaymentPart()
    wrong = iban_problem(creditor.iban)
    reference = common_reference(invoices, override)
    image = None if wrong or amount is None else _square(creditor, amount, reference)
    panel = Panel(
        title=voice.word("payment"),
        pairs=_pairs(creditor, reference, voice, with_account=wrong is None),
        large=voice.money(amount) if amount else "",
        large_label=label or voice.word("pay_amount"),
        picture=image.cid if image else "",
        picture_alt=voice.word("qr_alt") if image else "",
        caption=voice.word("qr_caption") if image else "",
    )
    return PaymentPart((panel,), (image,) if image else (), (wrong,) if wrong else ())


def _pairs(
    creditor: CreditorFacts, reference: Reference, voice: Voice, *, with_account: bool
) -> tuple[tuple[str, str], ...]:
    kind = "reference_structured" if reference.structured or _is_kenmerk(reference.text) else "reference_free"
    account = ((voice.word("iban"), grouped_iban(creditor.iban)), (voice.word("bic"), one_line(creditor.bic)))
    pairs = (
        *(account if with_account else ()),
        (voice.word("holder"), one_line(creditor.name)),
        (voice.word(kind), reference.text),
    )
    return tuple((label, value) for label, value in pairs if value)


def _is_kenmerk(text: str) -> bool:
    digits = text.replace(" ", "")
    return digits.isascii() and digits.isdigit() and len(digits) == 16


def _square(creditor: CreditorFacts, amount: Money, reference: Reference) -> InlineImage | None:
    payload = epc_payload(creditor.name, creditor.iban, amount, reference, creditor.bic)
    data = qr_png(payload) if payload else None
    return InlineImage(QR_CID, data) if data else None
