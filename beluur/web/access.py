"""The door of every page of an administration: who may enter, in which role, on which clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, overload
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from beluur import clock
from beluur.actions.once import Doer
from beluur.queries.entry import AdministrationRow, enter

RANKS = {"caller": 0, "lead": 1, "owner": 2}
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Entry:
    """Who came in: the administration, his role (owner, lead, caller), the user, and the moment of the request in UTC."""

    administration: AdministrationRow
    role: str
    user: Any
    now: datetime

    @property
    def today(self) -> date:
        """The day at the administration."""
        return self.now.astimezone(ZoneInfo(self.administration.time_zone)).date()

    def may(self, role: str) -> bool:
        """Whether he is at least a ``role``."""
        return RANKS[self.role] >= RANKS[role]

    @property
    def own_list(self) -> int | None:
        """Whose calls he is led through: his own and nobody's, by his id; everyone's, None, for who leads (A1)."""
        return None if self.may("lead") else self.user.pk

    def doer(self, request: HttpRequest) -> Doer:
        """Who does what this form asks, with the form's idempotency key."""
        return Doer(
            self.administration.id,
            self.now,
            user_id=self.user.pk,
            name=self.user.name,
            key=request.POST.get("key", "")[:64],
        )


@overload
def entered(view: View) -> View: ...
@overload
def entered(*, at_least: str) -> Callable[[View], View]: ...
def entered(view: View | None = None, *, at_least: str = "caller") -> View | Callable[[View], View]:
    """A page of one administration: ``view(request, entry, **rest of the address)``.

    Not signed in: to the sign-in page. No member, or no such thing in this administration: 404. Too low a role: 403."""
    if view is None:
        return lambda inner: _door(inner, at_least)
    return _door(view, at_least)


def _door(view: View, at_least: str) -> View:
    @wraps(view)
    def door(request: HttpRequest, administration: str, **address: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        found = enter(request.user.pk, administration)
        if found is None:
            raise Http404
        entry = Entry(*found, user=request.user, now=clock.now())
        if not entry.may(at_least):
            raise PermissionDenied
        try:
            with timezone.override(entry.administration.time_zone):
                return view(request, entry, **address)
        except ObjectDoesNotExist as absent:
            raise Http404 from absent

    return door


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Back here after signing in; htmx is told to load the whole page, for a form in a fragment helps nobody."""
    from django.urls import reverse

    here = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "/")
    target = f"{reverse('login')}?{urlencode({'next': here})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)
