"""What is set about the pages of debtors (J9), and the page of one mail: whether it was opened, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from beluur.store.models import Administration, Invoice, PersonalLink, WrittenAnswer


@dataclass(frozen=True, slots=True)
class PageSettings:
    """``public_address`` is empty when debtors cannot reach us: mails then go without a link."""

    public_address: str
    payment_link: str


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One answer; ``kind`` is `domain.personal_link.Answered`'s."""

    kind: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PageState:
    """The page of one mail; ``opened`` are (invoice number, moment). ``open``: it can be opened now."""

    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    opened_at: datetime | None
    seen_at: datetime | None
    opened: tuple[tuple[str, datetime], ...]
    answers: tuple[WrittenRow, ...]
    is_open: bool


def page_settings(administration_id: int) -> PageSettings:
    """What is set."""
    columns = ("public_address", "payment_link")
    return PageSettings(*Administration.objects.values_list(*columns).get(id=administration_id))


def page_of_mail(administration_id: int, message_id: int, now: datetime) -> PageState | None:
    """None for a mail without a page."""
    links = PersonalLink.objects.filter(administration_id=administration_id, message_id=message_id)
    link = links.first()
    if link is None:
        return None
    answers = WrittenAnswer.objects.filter(administration_id=administration_id, link_id=link.id)
    return PageState(
        link.made_at,
        link.expires_at,
        link.revoked_at,
        link.opened_at,
        link.seen_at,
        _opened(administration_id, link.opened_invoices),
        tuple(WrittenRow(*row) for row in answers.order_by("id").values_list("kind", "words", "at")),
        is_open=link.revoked_at is None and now < link.expires_at,
    )


def _opened(administration_id: int, kept: dict[str, str]) -> tuple[tuple[str, datetime], ...]:
    rows = Invoice.objects.filter(administration_id=administration_id, id__in=[int(i) for i in kept])
    return tuple(
        (number, datetime.fromisoformat(kept[str(i)]))
        for i, number in rows.order_by("id").values_list("id", "number")
    )
