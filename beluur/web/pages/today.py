"""*Vandaag*: whom do I call now?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from beluur.actions.plan_next_steps import AT_ONCE, plan_next_steps
from beluur.domain.conversation import Speaking, Stage, line_for
from beluur.domain.steps import Step
from beluur.law.days import holiday_name
from beluur.queries.absences import Desk, desk_of
from beluur.queries.call_people import who_calls
from beluur.queries.entry import Member, members
from beluur.queries.open_calls import own_open_calls
from beluur.queries.today import today
from beluur.queries.today_rows import CallRow, Filter, NotCalledRow, SlotGroup, Today
from beluur.queries.went_back import went_back_lately
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say
from beluur.values.typed import typed_cents, typed_number
from beluur.web.access import Entry, entered
from beluur.web.bank_news import news
from beluur.web.day_line import day_line
from beluur.web.frame import in_words, show
from beluur.web.pages.debtors import sheet_response
from beluur.web.sheet import workbook
from beluur.words import date_text

ICONS = {
    Step.STOPPED: "lock",
    Step.HOLD: "circle-pause",
    Step.WAIT_PROMISE: "hand-coins",
    Step.ANSWER_DISPUTE: "message-square-warning",
    Step.CHECK_PAYMENT: "landmark",
    Step.FIX_CONTACT: "phone-off",
    Step.REMIND_FIRST: "mail",
    Step.REMIND_SECOND: "mail",
    Step.REMIND_LAST: "mail",
}


@dataclass(frozen=True, slots=True)
class Because:
    """One line of the sheet behind a figure."""

    text: Sentence
    amount: Money | None = None
    source: Sentence | None = None


@require_GET
@entered
def today_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The next call large, the rest of the round, and who is not called."""
    plan_next_steps(entry.administration.id, entry.now, limit=AT_ONCE)
    wanted = _filter(request, entry)
    view = today(entry.administration.id, entry.now, wanted)
    here = entry.administration.slug
    desk = desk_of(entry.administration.id, entry.user.pk, view.day)
    colleagues = members(entry.administration.id)
    return show(
        request,
        entry,
        "beluur/today.html",
        section="today",
        desk=desk if desk.day == entry.today else None,
        view=view,
        day_line=day_line(view),
        next_call=_large(view.first, view, entry, desk) if view.first else None,
        groups=[_group(group, view, here, desk) for group in view.groups],
        not_called=[_not_called(row, here) for row in view.not_called],
        wanted=wanted,
        minimum=request.GET.get("min", ""),
        members=colleagues,
        another_day=view.day != entry.today,
        own_block=_own_block(entry, colleagues),
        said=news(request, entry),
        open_calls=own_open_calls(entry.administration.id, entry.user.pk, entry.now),
    )


@require_GET
@entered
def today_xlsx(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The whole round as it is filtered, as a sheet."""
    view = today(
        entry.administration.id, entry.now, replace(_filter(request, entry), shown=100_000, shown_not=0)
    )
    heads = [_("Debiteur"), _("Te vragen"), _("Facturen"), _("Dagen te laat"), _("Wanneer"), _("Contactpersoon"),
             _("Telefoon"), _("Waarom"), _("Beller")]  # fmt: skip
    rows = (
        (
            call.name,
            call.amount,
            call.invoices,
            call.days_late,
            f"{timezone.localtime(call.start):%d-%m-%Y %H:%M}" if call.start else "",
            call.contact,
            call.phone,
            ". ".join(in_words(s) for s in call.why[:3]),
            call.assigned,
        )
        for group in view.groups
        for call in group.calls
    )
    return sheet_response(workbook(_("Vandaag"), heads, rows), f"bellen-{view.day}.xlsx")


def _own_block(entry: Entry, colleagues: tuple[Member, ...]) -> Sentence | None:
    """The caller's own call block (A3): how long it still lasts, or when the next one begins; None when he has none."""
    here = timezone.localtime(entry.now)
    own = next((m.blocks for m in colleagues if m.id == entry.user.pk), ())
    coming = []
    for block in own:
        day = here.date() + timedelta(days=(block.weekday - here.weekday()) % 7)
        while (day == here.date() and here.time() >= block.ends) or holiday_name(
            day, entry.administration.country
        ):
            day += timedelta(days=7)
        coming.append((day, block.starts, block.ends))
    if not coming:
        return None
    day, starts, ends = min(coming)
    if day == here.date() and starts <= here.time():
        left = (ends.hour * 60 + ends.minute) - (here.hour * 60 + here.minute)
        return say("today.block_now", minutes=left)
    return say("today.block_on", on=day, at=starts)


def _filter(request: HttpRequest, entry: Entry) -> Filter:
    """As asked; whoever leads nobody begins with his own calls and nobody's (A1)."""
    who = request.GET.get("who", str(entry.own_list or ""))
    return Filter(
        text=request.GET.get("q", "")[:100],
        minimum_cents=typed_cents(request.GET.get("min", "")) or 0,
        assigned=typed_number(who),
    )


def _urls(debtor_id: int, here: str) -> dict[str, str]:
    address = {"administration": here, "debtor": debtor_id}
    return {"dossier": reverse("dossier", kwargs=address), "call": reverse("call-open", kwargs=address)}


def _large(call: CallRow, view: Today, entry: Entry, desk: Desk) -> dict[str, Any]:
    urls = _urls(call.id, entry.administration.slug)
    because = [Because(s) for s in (*call.why, *call.rank)]
    because += [Because(s) for s in _together(call)]
    # he will say that he paid, and he did
    went_back = [back.said for back in went_back_lately(entry.administration.id, call.id, entry.today)[:1]]
    return {
        "id": call.id,
        "name": call.name,
        "state": _state(call, view.now),
        "contact": call.contact,
        "person": call.person,
        "role": call.role,
        "amount": call.amount,
        "invoices": call.invoices,
        "days_late": call.days_late,
        "why": (*call.why[:2], *_together(call), *went_back),
        "now": view.why_now,
        "at_once": _at_once(call, view),
        "phone": call.phone,
        "tel": call.tel,
        "url": urls["call"],
        "dossier_url": urls["dossier"],
        "because": because,
        **_whose(call, desk),
        "line": _opening_line(call, view, entry),
    }


def _at_once(call: CallRow, view: Today) -> bool:
    """Whether this is the hour: in a slot, or the one that was agreed."""
    if call.step == Step.CALL_BACK and call.at and call.at <= view.now:
        return True
    return any(slot.start <= view.now < slot.end for slot in view.slots)


def _opening_line(call: CallRow, view: Today, entry: Entry) -> str:
    """The first words, so that nobody has to think of them with the receiver in his hand; nothing about money."""
    speaking = Speaking(
        caller=entry.user.name,
        creditor=who_calls(entry.administration.name, entry.administration.acts_for, call.language),
        language=call.language,
        hints=translation.get_language() or "nl",
        at=timezone.localtime(view.now).time(),
        contact=call.contact or (call.name if call.person else ""),
        person=call.person,
    )
    return line_for(Stage.WHO, speaking).text


def _group(group: SlotGroup, view: Today, here: str, desk: Desk) -> dict[str, Any]:
    calls = [c for c in group.calls if c is not view.first]
    return {
        "name": _slot_name(group),
        "count": len(calls),
        "total": replace(group, calls=tuple(calls)).total,
        "calls": [_row(c, view.now, here, desk) for c in calls],
    }


def _slot_name(group: SlotGroup) -> str:
    if group.slot is None:
        return _("Daarna")
    start, end = (timezone.localtime(at) for at in (group.slot.start, group.slot.end))
    if group.now:
        return _("Nu, tot %(end)s") % {"end": f"{end:%H:%M}"}
    return f"{start:%H:%M} – {end:%H:%M}"


def _row(call: CallRow, now: datetime, here: str, desk: Desk) -> dict[str, Any]:
    urls = _urls(call.id, here)
    return {
        "id": call.id,
        "name": call.name,
        "url": urls["dossier"],
        "call_url": urls["call"],
        "why": call.why,
        "state": _state(call, now),
        "contact": call.contact,
        "invoices": call.invoices,
        "days_late": call.days_late,
        "amount": call.amount,
        "together": _together(call),
        **_whose(call, desk),
    }


def _together(call: CallRow) -> tuple[Sentence, ...]:
    """That the call is for others too (B6)."""
    return (say("today.together", names=", ".join(call.group)),) if call.group else ()


def _whose(call: CallRow, desk: Desk) -> dict[str, str]:
    """For whom it is made, or whose it is when that is a colleague who is there."""
    for_whom = desk.for_whom(call.assigned_id)
    of_another = not for_whom and call.assigned_id not in (None, desk.user_id)
    return {"for_whom": for_whom, "whose": call.assigned if of_another else ""}


def _state(call: CallRow, now: datetime) -> dict[str, str] | None:
    if call.talks_with:
        return {"icon": "phone", "word": _("in gesprek met %(who)s") % {"who": call.talks_with}, "tone": ""}
    if call.at and call.step == Step.CALL_BACK:
        return {"icon": "phone-incoming", "word": _hour(call.at, now), "tone": "attention"}
    if call.step == Step.CALL_BROKEN:
        return {"icon": "circle-alert", "word": _("Niet nagekomen"), "tone": "strong"}
    return None


def _hour(at: datetime, now: datetime) -> str:
    """The hour that was agreed, with its day when that is not today."""
    here = timezone.localtime(at)
    if here.date() == timezone.localtime(now).date():
        return f"{here:%H:%M}"
    day = date_text(here.date(), translation.get_language() or "nl").rpartition(" ")[0]
    return f"{day} {here:%H:%M}"


def _not_called(row: NotCalledRow, here: str) -> dict[str, Any]:
    urls = _urls(row.id, here)
    return {
        "id": row.id,
        "name": row.name,
        "url": urls["dossier"],
        "amount": row.amount,
        "why": row.why[:2],
        "icon": ICONS.get(Step(row.step), "circle-pause"),
        "fill_url": f"{urls['dossier']}#c" if row.step == Step.FIX_CONTACT and not row.hard else "",
        "override_url": "" if row.hard else urls["call"],
        "write_url": reverse("tried-send", kwargs={"administration": here, "debtor": row.id})
        if row.step == Step.OTHER_CHANNEL and not row.hard
        else "",
    }


urls = [
    path("", today_page, name="today"),
    path("vandaag.xlsx", today_xlsx, name="today-xlsx"),
]
