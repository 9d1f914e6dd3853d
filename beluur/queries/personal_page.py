"""The debtor's own page (J9): who asks, what was agreed, his invoices, and how he pays, in his own language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from beluur.domain.local_time import local
from beluur.domain.personal_link import Answered
from beluur.domain.shown_agreement import ShownAgreement
from beluur.mailroom.blocks import Block
from beluur.mailroom.facts import CreditorFacts
from beluur.mailroom.texts_file import labels, page_words
from beluur.mailroom.voice import Voice
from beluur.queries.agreement_now import AgreementNow, agreement_now
from beluur.queries.agreement_pieces import agreement_lines, agreement_pieces
from beluur.queries.mail_facts import creditor_facts
from beluur.queries.personal_link import FoundLink
from beluur.queries.personal_pay import HowToPay, PageInvoice, how_to_pay, page_invoices
from beluur.store.models import PersonalLink, WrittenAnswer
from beluur.words import datetime_text

Shown = tuple[tuple[str, Block], ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What he answered already, each as a sentence; empty when he did not."""

    agreed: str = ""
    disagreed: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class PersonalPage:
    """All that is on it, in words. ``t`` and ``l`` are the words of pages and mails without gaps. ``state`` is agreement,
    changed, gone (what was confirmed no longer stands) or invoices; ``version`` is that of ``now``; ``was`` is what the mail
    said."""

    link: FoundLink
    voice: Voice
    t: Mapping[str, str]
    l: Mapping[str, str]  # noqa: E741 - as short as `t`, in templates
    state: str
    title: str
    spoke: str
    now: Shown
    was: Shown
    version: str
    given: Given
    invoices: tuple[PageInvoice, ...]
    pay: HowToPay
    creditor: CreditorFacts
    has_days: bool
    expires: str


def personal_page(link: FoundLink) -> PersonalPage:
    """Raises PersonalLink.DoesNotExist when it is gone since it was found."""
    rows = PersonalLink.objects.filter(administration_id=link.administration_id)
    row = rows.select_related("debtor", "call__caller", "message__by").get(id=link.id)
    voice, zone = link.voice, link.time_zone
    caller = row.call.caller if row.call and row.call.caller else row.message.by
    creditor, _ = creditor_facts(link.administration_id, caller.name if caller else "")
    was = ShownAgreement.from_json(row.agreement) if row.agreement else None
    now = _now(row, zone) if was is not None else None
    state = _state(was, now)
    invoices = page_invoices(row, voice)
    name = "title_agreement" if was is not None else "title_invoices"
    return PersonalPage(
        link=link,
        voice=voice,
        t=page_words(voice.language, voice.formality),
        l=labels(voice.language, voice.formality),
        state=state,
        title=voice.page(name, creditor=link.creditor),
        spoke=_spoke(was, creditor, voice),
        now=_pieces(agreement_pieces(now.shown, voice, zone)) if now else (),
        was=_pieces(agreement_lines(was, voice, zone)) if was and state in ("changed", "gone") else (),
        version=now.shown.version if now else "",
        given=_given(link, voice, now.shown.version if now else ""),
        invoices=invoices,
        pay=how_to_pay(row, now, invoices, creditor, voice),
        creditor=creditor,
        has_days=bool(now and (now.to_pay or now.shown.callback)),
        expires=voice.page("expires", date=voice.long_day(local(row.expires_at, zone).date())),
    )


def _now(row: PersonalLink, zone: str) -> AgreementNow | None:
    if row.call_id is None:
        return None
    return agreement_now(row.administration_id, row.call_id, zone, row.debtor.currency)


def _state(was: ShownAgreement | None, now: AgreementNow | None) -> str:
    if was is None or now is None:
        return "invoices"
    if was and not now.shown:
        return "gone"
    return "agreement" if now.shown.version == was.version else "changed"


def _spoke(was: ShownAgreement | None, creditor: CreditorFacts, voice: Voice) -> str:
    if was is None:
        return ""
    return voice.word("spoke_you", date=voice.long_day(was.spoken_on), caller=creditor.caller) + "."


def _pieces(blocks: tuple[Block, ...]) -> Shown:
    """Each with its name, for the template."""
    return tuple((type(block).__name__.lower(), block) for block in blocks)


def _given(link: FoundLink, voice: Voice, version: str) -> Given:
    rows = WrittenAnswer.objects.filter(administration_id=link.administration_id, link_id=link.id)
    last: dict[str, datetime] = {}
    order: list[str] = []
    for kind, to, at in rows.order_by("id").values_list("kind", "version", "at"):
        if kind == Answered.QUESTION or to == version:
            last[kind] = at
            order.append(kind)

    def said(name: str, kind: Answered) -> str:
        at = last.get(kind.value)
        return voice.page(name, moment=datetime_text(local(at, link.time_zone), voice.language)) if at else ""

    about = [kind for kind in order if kind != Answered.QUESTION]
    final = about[-1] if about else ""
    return Given(
        said("agreed_at", Answered.AGREE) if final == Answered.AGREE else "",
        said("disagreed_at", Answered.DISAGREE) if final == Answered.DISAGREE else "",
        said("asked_at", Answered.QUESTION),
    )
