"""The language of the screen: of who is signed in his own, of a visitor what his browser asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from beluur import words
from beluur.words.writing import amount_text

Answer = Callable[[HttpRequest], HttpResponse]


def language_of_screen(answer: Answer) -> Answer:
    """Middleware, after the one that knows the user; errors are told in the same language as pages."""

    def answer_in_it(request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        known = user.is_authenticated
        language = user.language if known else translation.get_language_from_request(request)
        with translation.override(language):
            response = answer(request)
        if not known:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", language)
        return response

    return answer_in_it


def screen_language() -> str:
    """``nl``, ``fr`` or ``en``."""
    return translation.get_language() or "nl"


def typed_amount(cents: int) -> str:
    """Cents as they stand in a field, in the notation of the screen; ``typed_cents`` reads it back."""
    return amount_text(cents, screen_language())


def typed_day(day: date) -> str:
    """A day as it stands in a field, in the words of the screen; ``typed_date`` reads it back."""
    return words.date_text(day, screen_language())
