"""The addresses of the pages: each page module gives its own list, all of it under the administration."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from beluur.web.pages import intake, today

PAGES = (today, intake)

urlpatterns: list[URLPattern | URLResolver] = [
    path("a/<slug:administration>/", include([url for page in PAGES for url in page.urls])),
]
