"""The front door: the first page, the first account, signing in and out, and one's own account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, get_user_model, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from beluur import clock
from beluur.actions.change_member import change_own_account
from beluur.actions.demo import start_demo
from beluur.actions.start_administration import start_administration
from beluur.queries.entry import LISTED, administrations_of, anyone_yet
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence, say
from beluur.web.forms.answer import safe_next
from beluur.web.forms.who import BeginForm, ProfileForm, SignInForm
from beluur.web.frame import tell
from beluur.web.language import screen_language
from beluur.web.sign_in_guard import forgive, minutes_to_wait, note_failure

BACKEND = "django.contrib.auth.backends.ModelBackend"


def home(request: HttpRequest) -> HttpResponse:
    """Who is signed in goes to his administration; who is not sees what there is to choose."""
    if request.user.is_authenticated:
        text = " ".join(request.GET.get("q", "").split())[:100]
        mine = administrations_of(request.user.pk, text)
        if len(mine) == 1 and not text:
            return HttpResponseRedirect(reverse("today", kwargs={"administration": mine[0].slug}))
        if mine or text:
            listed = {"mine": mine[:LISTED], "more": len(mine) > LISTED, "text": text}
            return render(request, "beluur/administrations.html", listed)
    return render(request, "beluur/welcome.html", {"started": anyone_yet(), "demo": demo_offered(request)})


def demo_offered(request: HttpRequest) -> bool:
    """Whether the demo is open here: as set, else in development and on this computer only."""
    setting = getattr(settings, "BELUUR_DEMO", None)
    if setting is not None:
        return bool(setting)
    return settings.DEBUG or request.get_host().rsplit(":", 1)[0] in (
        "localhost",
        "127.0.0.1",
        "[::1]",
        "testserver",
    )


@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """Makes the demo when needed and lets the visitor in as its owner, or as the colleague who may grant less and has to ask."""
    if not demo_offered(request):
        raise Http404
    made = start_demo(clock.now())
    _let_in(request, made.colleague_id if request.POST.get("as") == "colleague" else made.user_id)
    return HttpResponseRedirect(reverse("today", kwargs={"administration": made.slug}))


def begin(request: HttpRequest) -> HttpResponse:
    """The first account with its administration, then straight to the files."""
    now = clock.now()
    if anyone_yet():
        return HttpResponseRedirect(reverse("login"))
    form = BeginForm(request.POST or None, today=now.date())
    if request.method == "POST" and form.is_valid():
        try:
            made = start_administration(now=now, screen=screen_language(), **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            _let_in(request, made.user_id)
            return HttpResponseRedirect(reverse("intake", kwargs={"administration": made.slug}))
    return _form(request, "beluur/begin.html", form)


def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail and password; who guesses waits."""
    form = SignInForm(request.POST or None, today=clock.now().date())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        refusal = _try(request, said["email"], said["password"])
        if refusal is None:
            return HttpResponseRedirect(safe_next(request, reverse("home")))
        form.refuse(Refused(refusal))
    return _form(request, "beluur/login.html", form, next=safe_next(request, ""), demo=demo_offered(request))


def _try(request: HttpRequest, email: str, password: str) -> Sentence | None:
    computer = str(request.META.get("REMOTE_ADDR", ""))
    if wait := minutes_to_wait(email, computer):
        return say("house.sign_in_wait", minutes=wait)
    user = authenticate(request, username=email.strip().lower(), password=password)
    if user is None:
        note_failure(email, computer)
        return say("house.sign_in_wrong")
    forgive(email, computer)
    login(request, user, backend=BACKEND)
    return None


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Good-bye."""
    logout(request)
    return HttpResponseRedirect(reverse("login"))


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """One's own name, language and password."""
    user: Any = request.user
    initial = {"name": user.name, "language": user.language}
    form = ProfileForm(request.POST or None, today=clock.now().date(), initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            change_own_account(user_id=user.pk, **{**said, "password": said["password"] or None})
        except Refused as refused:
            form.refuse(refused)
        else:
            user.refresh_from_db()
            update_session_auth_hash(request, user)
            tell(request, say("done.saved"))
            return HttpResponseRedirect(reverse("home"))
    mine = administrations_of(user.pk)
    return _form(request, "beluur/profile.html", form, mine=mine[:LISTED], more=len(mine) > LISTED)


def _let_in(request: HttpRequest, user_id: int) -> None:
    login(request, get_user_model().objects.get(pk=user_id), backend=BACKEND)


def _form(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


house_urls = [
    path("", home, name="home"),
    path("begin", begin, name="begin"),
    path("demo", demo, name="demo"),
    path("aanmelden", sign_in, name="login"),
    path("afmelden", sign_out, name="logout"),
    path("mijn-gegevens", profile, name="profile"),
]
