"""The question to a colleague how a delivery went: who may be asked, the mail, and what there is to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from beluur.mailroom.compose_answer import compose_delivery_question
from beluur.mailroom.facts import RecipientFacts
from beluur.mailroom.texts_file import MailKind, mail_language
from beluur.queries.entry import Member, members
from beluur.queries.mail_facts import Mailing, creditor_facts, papers_of, template_for
from beluur.store.models import Administration, Debtor, Invoice, Task


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Who is said to know: a colleague with an account (``user_id``), or a name. ``invoices`` are (id, number) to ask about."""

    debtor: str
    members: tuple[Member, ...]
    user_id: int | None
    name: str
    invoices: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A question that waits: what was asked, about which invoice (empty: in general), and what is known of it by now."""

    debtor_id: int
    debtor: str
    asked: str
    question: str
    invoice: str
    note: str


def to_ask(administration_id: int, debtor_id: int, invoice_id: int | None = None) -> ToAsk:
    """Raises Debtor.DoesNotExist."""
    debtor = Debtor.objects.filter(administration_id=administration_id).get(id=debtor_id)
    rows = Invoice.objects.filter(administration_id=administration_id, debtor_id=debtor_id, open_cents__gt=0)
    found = list(rows.order_by("due", "id").values_list("id", "number", "responsible"))
    named = next((who for i, _, who in found if i == invoice_id and who), debtor.responsible).strip()
    colleagues = members(administration_id)
    mine = next((m.id for m in colleagues if named and m.name.casefold() == named.casefold()), None)
    return ToAsk(debtor.name, colleagues, mine, named, tuple((i, number) for i, number, _ in found))


def to_answer(administration_id: int, task_id: int) -> ToAnswer:
    """Raises Task.DoesNotExist."""
    rows = Task.objects.filter(administration_id=administration_id, kind="delivery")
    task = rows.select_related("debtor", "invoice").get(id=task_id)
    about = task.invoice
    return ToAnswer(
        task.debtor_id,
        task.debtor.name,
        task.asked,
        task.what,
        about.number if about else "",
        about.delivery_note if about else task.debtor.delivery_note,
    )


def delivery_mailing(
    administration_id: int, debtor_id: int, *, invoice_id: int | None, name: str, to: str, language: str,
    caller: str, **said: Any,
) -> Mailing:  # fmt: skip
    """The mail to ``name`` at ``to``; ``said`` is question, answer_by and today. With it: the invoice, or all that is open."""
    debtor = (
        Debtor.objects.filter(administration_id=administration_id)
        .values_list("name", flat=True)
        .get(id=debtor_id)
    )
    country = Administration.objects.values_list("country", flat=True).get(id=administration_id)
    spoken = "nl-BE" if language == "nl" and country == "BE" else language
    colleague = RecipientFacts(debtor, name, to, mail_language(spoken), "je")
    papers = papers_of(administration_id, debtor_id, invoice_ids=[invoice_id] if invoice_id else None)
    creditor, _terms = creditor_facts(administration_id, caller)
    template = template_for(administration_id, MailKind.DELIVERY_QUESTION, colleague.language)
    mail = compose_delivery_question(creditor, colleague, papers.lines, template=template, **said)
    return Mailing(mail, colleague, papers.documents, tuple(line.number for line in papers.lines))
