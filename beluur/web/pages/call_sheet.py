"""The briefing on one A4, to take along (C12): what the call screen knows, in the caller's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import translation
from django.views.decorators.http import require_GET

from beluur.domain.briefing import how_to_get, with_own_questions
from beluur.domain.conversation import Stage, line_for
from beluur.domain.goal import Goal
from beluur.domain.reason_actions import reason_name
from beluur.mailroom.briefing_sheet import BriefingSheet, SheetContact, SheetInvoice, briefing_pdf
from beluur.queries.call_history import Earlier
from beluur.queries.call_screen import CallScreen, briefing_screen
from beluur.queries.reasons_given import Given, reasons_given
from beluur.values.sentence import Sentence, say
from beluur.web.access import Entry, entered
from beluur.web.templatetags.call import as_dialled

_SAID = ("call", "note")


@require_GET
@entered
def sheet_page(_request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """The briefing as PDF."""
    screen = briefing_screen(entry.administration.id, debtor, entry.now, caller=entry.user.pk)
    given = reasons_given(entry.administration.id, debtor, screen.case.time_zone)
    sheet = sheet_of(screen, given, caller=entry.user.name, language=translation.get_language() or "nl")
    answer = HttpResponse(briefing_pdf(sheet), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="belblad-{debtor}.pdf"'
    return answer


def sheet_of(screen: CallScreen, given: Mapping[str, Given], *, caller: str, language: str) -> BriefingSheet:
    """What is printed. ``given`` are the reasons of before, the most often given first."""
    speaking = screen.speaking(caller, language)
    contact, earlier = screen.contact, screen.history.earlier
    stages = (Stage.WHO, Stage.OPENING, *((Stage.WHEN,) if screen.asked.cents > 0 else ()))
    most = next((reason_name(code) for code in given), None)
    return BriefingSheet(
        language=language,
        printed_on=screen.today,
        creditor=screen.creditor.name,
        caller=caller,
        debtor=screen.debtor.name,
        address=screen.debtor.address,
        who=", ".join(part for part in (contact.name, contact.role) if part) if contact else "",
        numbers=tuple((n.readable, n.whose) for n in screen.numbers),
        because=screen.debtor.because,
        opening=tuple(line_for(stage, speaking, on_paper=True).text for stage in stages),
        invoices=tuple(_invoices(screen)),
        goal=tuple(_goal(screen.goal)),
        contacts=tuple(
            SheetContact(c.name, c.role, as_dialled(c.phone or c.mobile, screen.case.country), c.email)
            for c in screen.contacts
        ),
        promises=tuple(_dated(e) for e in earlier if e.kind == "promise"),
        calls=tuple(_dated(e) for e in earlier if e.kind in _SAID),
        reminders=tuple(_dated(e) for e in earlier if e.kind == "reminder"),
        behaviour=(screen.history.behaviour.sentence,),
        days_late=tuple(p.days_late for p in screen.history.behaviour.paid),
        reasons=tuple(_reason(g) for g in given.values()),
        delivery=tuple(_delivery(screen)),
        special=(*(t for t in (screen.debtor.agreements,) if t), *(t.sentence for t in screen.terms[:1])),
        missing=tuple(say("letter.missing_how", what=m.sentence, how=how_to_get(m)) for m in screen.missing),
        questions=with_own_questions(screen.questions, screen.missing, most),
    )


def _goal(goal: Goal) -> Iterator[Sentence]:
    """The goal and, after it, how far one goes when it is not reached."""
    yield from goal.because
    if goal.fallback and goal.fallback.instalments > 1:
        yield say("goal.if_not_parts", most=goal.fallback.instalments, on=goal.fallback.limit_date)
    elif goal.fallback:
        yield say("goal.if_not_once", on=goal.fallback.limit_date)


def _invoices(screen: CallScreen) -> Iterator[SheetInvoice]:
    for i in screen.invoices:
        late = i.days_late if i.due else None
        yield SheetInvoice(i.number, i.issued, i.due, late, i.amount, i.open, i.what)


def _dated(earlier: Earlier) -> Sentence:
    if earlier.words.strip():
        return say("letter.on_day_words", on=earlier.on, what=earlier.said, words=earlier.words.strip())
    return say("letter.on_day", on=earlier.on, what=earlier.said)


def _reason(given: Given) -> Sentence:
    reason = reason_name(given.code)
    if given.times > 1:
        return say("letter.reason_often", reason=reason, times=given.times, last=given.last_on)
    return say("letter.reason", reason=reason, last=given.last_on)


def _delivery(screen: CallScreen) -> Iterator[Sentence]:
    """What is known of all, then of each invoice that is asked for; what nobody noted is among what is missing."""
    if screen.debtor.delivery or screen.debtor.responsible:
        yield say("letter.delivered_all", how=_how(screen.debtor.delivery, screen.debtor.responsible))
    for i in screen.invoices:
        if i.delivery or i.responsible:
            yield say("letter.delivered", number=i.number, how=_how(i.delivery, i.responsible))


def _how(delivery: str, responsible: str) -> str | Sentence:
    how: str | Sentence = delivery.strip().rstrip(".") or say("letter.not_known")
    return say("letter.delivered_by", how=how, who=responsible) if responsible else how


urls = [path("bel/<int:debtor>/belblad.pdf", sheet_page, name="call-sheet")]
