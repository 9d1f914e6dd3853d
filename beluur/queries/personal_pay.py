"""The invoices on a debtor's page, what there is to pay now, and how."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import date

from beluur.mailroom.epc import Reference, epc_payload, grouped_iban, iban_problem, qr_png
from beluur.mailroom.facts import CreditorFacts, InvoiceLine
from beluur.mailroom.payment import common_reference
from beluur.mailroom.payment_link import payment_link
from beluur.mailroom.voice import Voice, sums
from beluur.queries.agreement_now import AgreementNow
from beluur.store.models import Administration, Dispute, Invoice, PersonalLink
from beluur.values.money import Money

_COLUMNS = "id number issued due amount_cents open_cents currency reference copy_id".split()


@dataclass(frozen=True, slots=True)
class PageInvoice:
    """One invoice as it is now; ``copy_id`` is the document to open, None when there is none."""

    id: int
    line: InvoiceLine
    name: str
    issued: str
    due: str
    open: str
    copy_id: int | None

    @property
    def is_open(self) -> bool:
        """Whether something is to be paid on it."""
        return self.line.open.cents > 0


@dataclass(frozen=True, slots=True)
class Copyable:
    """A line of the way to pay: what it is, as it is read, and as a bank's app takes it (empty: nothing to copy)."""

    label: str
    shown: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class HowToPay:
    """``lines`` with their copy buttons; ``square`` is the EPC QR as a data URI; ``why_not`` says why there is nothing of it."""

    amount: Money | None = None
    label: str = ""
    lines: tuple[Copyable, ...] = ()
    square: str = ""
    page: str = ""
    why_not: str = ""
    reference: str = ""


def page_invoices(link: PersonalLink, voice: Voice) -> tuple[PageInvoice, ...]:
    """Those of the mail, as they stand now, the oldest first."""
    rows = Invoice.objects.filter(
        administration_id=link.administration_id, debtor_id=link.debtor_id, id__in=link.invoices
    )
    found = []
    for row in rows.order_by("due", "id").values(*_COLUMNS):
        still = Money(row["open_cents"], row["currency"])
        line = InvoiceLine(
            row["number"],
            row["issued"],
            row["due"],
            Money(row["amount_cents"], row["currency"]),
            still,
            row["reference"],
        )
        issued = voice.word("issued", date=voice.short_day(row["issued"])) if row["issued"] else ""
        due = voice.word("due_text", date=voice.short_day(row["due"])) if row["due"] else ""
        name = voice.invoice_name(line)
        found.append(
            PageInvoice(
                row["id"], line, name[:1].upper() + name[1:], issued, due, voice.money(still), row["copy_id"]
            )
        )
    return tuple(found)


def how_to_pay(
    link: PersonalLink,
    now: AgreementNow | None,
    invoices: tuple[PageInvoice, ...],
    creditor: CreditorFacts,
    voice: Voice,
) -> HowToPay:
    """The next agreed part, or what is open and not disputed; never more than is open."""
    lines = tuple(i.line for i in invoices)
    still = sums(line.open for line in lines)
    if not still or all(one.cents <= 0 for one in still):
        return HowToPay(why_not=voice.page("nothing_open"))
    if now and now.shown.way == "direct_debit":
        return HowToPay(why_not=voice.page("direct_debit"))
    amount, label = _amount(link, now, still, voice)
    if iban_problem(creditor.iban) is not None:
        return HowToPay(amount, label, why_not=voice.page("ask_account"))
    reference = common_reference(lines)
    template = Administration.objects.values_list("payment_link", flat=True).get(id=link.administration_id)
    return HowToPay(
        amount,
        label,
        _lines(creditor, reference, amount, voice),
        _square(creditor, reference, amount),
        payment_link(template, amount, reference.text, creditor.iban) if amount else "",
        reference=reference.text,
    )


def _amount(
    link: PersonalLink, now: AgreementNow | None, still: tuple[Money, ...], voice: Voice
) -> tuple[Money | None, str]:
    """None when what is open is not one amount."""
    if len(still) > 1:
        return None, ""
    (all_open,) = still
    if now and now.to_pay:
        on, cents = now.to_pay[0]
        part = Money(min(cents, all_open.cents), all_open.currency)
        return part, _part_label(on, voice)
    disputed = Dispute.objects.filter(
        administration_id=link.administration_id, invoice_id__in=link.invoices, state="open"
    )
    left = all_open.cents - sum(disputed.values_list("cents", flat=True))
    return Money(left, all_open.currency) if left > 0 else None, ""


def _part_label(on: date, voice: Voice) -> str:
    return f"{voice.word('pay_amount')}, {voice.long_day(on)}"


def _lines(
    creditor: CreditorFacts, reference: Reference, amount: Money | None, voice: Voice
) -> tuple[Copyable, ...]:
    kind = "reference_structured" if reference.structured else "reference_free"
    lines = [
        Copyable(voice.word("iban"), grouped_iban(creditor.iban), "".join(creditor.iban.split()).upper()),
        Copyable(voice.word("holder"), creditor.name),
        Copyable(voice.word(kind), reference.text, reference.text),
    ]
    if amount:
        lines.append(Copyable(voice.word("pay_amount"), voice.money(amount), _plain(amount, voice)))
    return tuple(line for line in lines if line.shown)


def _plain(amount: Money, voice: Voice) -> str:
    """As a bank's app takes it: ``1500,00``, without a currency or thousands."""
    whole, rest = divmod(amount.cents, 100)
    return f"{whole}{'.' if voice.language == 'en' else ','}{rest:02d}"


def _square(creditor: CreditorFacts, reference: Reference, amount: Money | None) -> str:
    payload = epc_payload(creditor.name, creditor.iban, amount, reference, creditor.bic) if amount else None
    data = qr_png(payload) if payload else None
    return f"data:image/png;base64,{b64encode(data).decode()}" if data else ""
