"""The addresses of the pages: each page module gives its own list, all of it under the administration."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from beluur.web.pages import (
    accounts,
    agenda,
    approvals,
    by_hand,
    call,
    call_ended,
    call_open,
    call_papers,
    call_sheet,
    corrections,
    debtors,
    deliveries,
    disputes,
    dossier,
    expected,
    intake,
    mail_settings,
    mandates,
    morning,
    outbox,
    papers,
    payments,
    phone_help,
    practice,
    reminders,
    script_settings,
    settings,
    settle,
    standing,
    text_settings,
    to_do,
    today,
)
from beluur.web.pages.agenda import feed_urls
from beluur.web.pages.house import house_urls

PAGES = (
    today,
    to_do,
    agenda,
    expected,
    approvals,
    debtors,
    dossier,
    by_hand,
    standing,
    settle,
    disputes,
    deliveries,
    intake,
    call,
    call_ended,
    call_open,
    call_papers,
    call_sheet,
    corrections,
    outbox,
    settings,
    mandates,
    mail_settings,
    text_settings,
    script_settings,
    accounts,
    reminders,
    payments,
    papers,
    payments,
    phone_help,
    morning,
    practice,
)

urlpatterns: list[URLPattern | URLResolver] = [
    *house_urls,
    *feed_urls,
    path("a/<slug:administration>/", include([url for page in PAGES for url in page.urls])),
]
