"""*Dossier*: what happened, and what is next?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from beluur.actions.keep_bytes import kept_bytes
from beluur.actions.plan_next_steps import plan_if_due
from beluur.domain.ageing import Bucket
from beluur.domain.ladder_days import NOTICE_LEVEL
from beluur.domain.steps import Step
from beluur.queries.behaviour import behaviour_of
from beluur.queries.came_in import perhaps_his
from beluur.queries.documents import kept_file
from beluur.queries.dossier import SHOWN, Moved, dossier
from beluur.queries.dossier_rows import Dossier
from beluur.queries.duplicates import duplicates
from beluur.queries.replies import open_replies
from beluur.queries.rungs import RungRow, rung_of
from beluur.queries.timeline import Happened, timeline
from beluur.values.money import Money
from beluur.values.sentence import Sentence
from beluur.web.access import Entry, entered
from beluur.web.came_words import perhaps_words
from beluur.web.forms.answer import address
from beluur.web.forms.by_hand import COUNTRIES, KINDS, PLACES, STOPS, WAYS
from beluur.web.frame import show, show_part
from beluur.web.ladder_words import ahead_of, standing_of
from beluur.web.register_links import registers
from beluur.web.step_words import EVENT_ICONS, STEPS


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of the timeline."""

    icon: str
    what: Sentence
    at: datetime
    who: str
    words: str
    url: str
    weighty: bool
    details: tuple[Sentence, ...]
    answer: str = ""  # where it is answered


@dataclass(frozen=True, slots=True)
class BucketView:
    """One column of the ageing."""

    name: str
    count: int
    total: Money


@require_GET
@entered
def dossier_page(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """The whole dossier; of who was merged, that of the one he went into."""
    plan_if_due(entry.administration.id, debtor, entry.now)
    whole = request.GET.get("alles") == "1"
    found = dossier(entry.administration.id, debtor, entry.now, whole=whole)
    if isinstance(found, Moved):
        return HttpResponseRedirect(address(entry, "dossier", debtor=found.into))
    word, icon = STEPS[found.step.step]
    return show(
        request,
        entry,
        "beluur/dossier.html",
        section="debtors",
        d=found,
        registers=registers(found.head.country, found.head.company_number, found.head.vat_number),
        invoices=found.invoices if whole else found.invoices[:SHOWN],
        documents=found.documents if whole else found.documents[:SHOWN],
        why_not=[reason for reason in found.why_not if reason not in found.step.because],
        perhaps=[perhaps_words(p) for p in perhaps_his(entry.administration.id, debtor)],
        behaviour=behaviour_of(entry.administration.id, debtor, found.today),
        step_word=word,
        step_icon=icon,
        buckets=[_bucket(bucket, found) for bucket in found.ageing],
        rung=_rung(entry, found),
        notice_level=NOTICE_LEVEL,
        replies=open_replies(entry.administration.id, found.head.id),
        duplicates=duplicates(entry.administration.id, debtor),
        kind_word=dict(KINDS)[found.head.kind],
        country_word=dict(COUNTRIES).get(found.head.country, found.head.country),
        standing=standing_of(found.stand),
        ahead=ahead_of(found.ahead),
        stop_word=dict(STOPS).get(found.head.stop, ""),
        places=PLACES,
        ways=dict(WAYS),
        **_events(request, entry, debtor),
    )


@require_GET
@entered
def timeline_page(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """Older events, to be put under those that are shown."""
    return show_part(
        request, entry, "beluur/dossier/timeline_page.html", debtor=debtor, **_events(request, entry, debtor)
    )


def _rung(entry: Entry, found: Dossier) -> RungRow | None:
    if found.step.step != Step.DECIDE:
        return None
    return rung_of(entry.administration.id, found.head.id, entry.role, entry.today)


def _events(request: HttpRequest, entry: Entry, debtor: int) -> dict[str, Any]:
    page = timeline(entry.administration.id, debtor, before=request.GET.get("before", ""))
    return {"events": [_event(event, entry) for event in page.events], "older": page.older}


def _event(event: Happened, entry: Entry) -> EventView:
    about_a_call = event.call_id is not None and not event.kind.startswith("mail")
    return EventView(
        icon=EVENT_ICONS.get(event.kind, "phone" if about_a_call else "circle-dot"),
        what=event.said,
        at=event.at,
        who=" · ".join(part for part in (event.who, event.of) if part),
        words=event.note,
        url=address(entry, "call", call=event.call_id) if about_a_call and event.call_id else "",
        weighty=event.kind in ("call_ended", "promise_judged", "ultimatum_missed", "call"),
        details=event.details,
        answer=address(entry, "mail-answer", reply=event.mail_in) if event.mail_in else "",
    )


def _bucket(bucket: Bucket, found: Dossier) -> BucketView:
    total = Money(bucket.cents, found.head.currency)
    if bucket.first is None:
        return BucketView(_("Niet vervallen"), bucket.count, total)
    if bucket.last is None:
        return BucketView(_("Meer dan %(days)s") % {"days": bucket.first - 1}, bucket.count, total)
    name = f"{bucket.first}–{bucket.last}"
    return BucketView(
        _("%(days)s dagen") % {"days": name} if bucket.first == 1 else name, bucket.count, total
    )


@require_GET
@entered
def document(request: HttpRequest, entry: Entry, document: int) -> HttpResponse:
    """A kept file, shown by the browser and never run by it."""
    file = kept_file(entry.administration.id, document)
    response = HttpResponse(kept_bytes(file.sha256), content_type=file.media_type)
    shown = request.GET.get("download") is None
    response["Content-Disposition"] = content_disposition_header(not shown, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response


urls = [
    path("debiteuren/<int:debtor>/", dossier_page, name="dossier"),
    path("debiteuren/<int:debtor>/tijdlijn", timeline_page, name="dossier-timeline"),
    path("documenten/<int:document>", document, name="document"),
]
