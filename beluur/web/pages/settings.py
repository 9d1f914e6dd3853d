"""The settings of an administration: its own data, how it works, who works here and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from beluur.actions.change_member import add_member, change_member, remove_member
from beluur.actions.change_settings import MOST_NUMBER, CreditorData, change_policy, change_settings
from beluur.actions.set_call_blocks import Block, set_call_blocks
from beluur.domain.plan import MOST_PARTS
from beluur.domain.policy import Policy
from beluur.queries.entry import Member, members
from beluur.queries.to_change import house_to_change, policy_overrides
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.values.typed import typed_number, typed_time
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, done, form_page
from beluur.web.forms.fields import CentsField, ShortForm, WholeField
from beluur.web.forms.who import HouseForm, MemberForm, RoleForm
from beluur.web.frame import in_words, show, tell
from beluur.web.language import typed_amount
from beluur.web.policy_words import CHOICES, GROUPS

BLOCKS_A_DAY = 3
_MOST = {"max_instalments": MOST_PARTS}
ROLE_WORDS = {
    "caller": gettext_lazy("Beller"),
    "lead": gettext_lazy("Leiding"),
    "owner": gettext_lazy("Eigenaar"),
}


def _settings_page(
    request: HttpRequest, entry: Entry, form: ShortForm, do: Any, *, name: str, title: str, **context: Any
) -> HttpResponse:
    to = address(entry, name)
    return form_page(
        request,
        entry,
        form,
        do,
        to=to,
        title=title,
        back=address(entry, "today"),
        section="settings",
        template="beluur/settings_form.html",
        here=name,
        **context,
    )


@entered(at_least="owner")
def own_data(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The creditor's own data."""
    form = HouseForm(
        request.POST or None, today=entry.today, initial=house_to_change(entry.administration.id)
    )

    def do(said: Mapping[str, Any]) -> None:
        change_settings(entry.doer(request), data=CreditorData(**said))

    return _settings_page(request, entry, form, do, name="settings", title=_("Administratie"))


def _policy_form(entry: Entry, data: Any) -> ShortForm:
    """A field for each number of the method that the user may change."""
    usual = {f.name: f.default for f in fields(Policy)}
    made: dict[str, Any] = {}
    for _title, names in GROUPS:
        for name, label in names.items():
            help_text = _("Gewoonlijk %(n)s.") % {"n": _shown(name, usual[name])}
            if isinstance(usual[name], bool):
                made[name] = forms.BooleanField(label=label, required=False)
            elif name in CHOICES:
                choices = [(int(number), said) for number, said in CHOICES[name]]
                made[name] = forms.TypedChoiceField(label=label, coerce=int, choices=choices)
            elif name.endswith("_cents"):
                made[name] = CentsField(label=label, help_text=help_text, most=MOST_NUMBER)
            else:
                made[name] = WholeField(label=label, help_text=help_text, most=_MOST.get(name, 3650))
    overrides = policy_overrides(entry.administration.id)
    initial = {name: overrides.get(name, usual[name]) for name in made}
    made["SECTIONS"] = tuple((title, tuple(names)) for title, names in GROUPS)
    form: ShortForm = type("PolicyForm", (ShortForm,), made)(data, today=entry.today, initial=initial)
    return form


def _shown(name: str, number: Any) -> str:
    return typed_amount(number) if name.endswith("_cents") else str(number)


@entered(at_least="owner")
def policy(request: HttpRequest, entry: Entry) -> HttpResponse:
    """How soon, how often, how long: the numbers of the method."""
    form = _policy_form(entry, request.POST or None)

    def do(said: Mapping[str, Any]) -> None:
        change_policy(entry.doer(request), numbers=said)

    hint = "beluur/parts/ladder_hint.html"
    return _settings_page(request, entry, form, do, name="settings-policy", title=_("Werkwijze"), before=hint)


@entered(at_least="owner")
def colleagues(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Who works here; a new colleague is added here too."""
    form = MemberForm(request.POST or None, today=entry.today)

    def do(said: Mapping[str, Any]) -> None:
        add_member(entry.doer(request), **{**said, "password": said["password"] or None})

    return _settings_page(
        request,
        entry,
        form,
        do,
        name="settings-members",
        title=_("Collega’s"),
        button=_("Voeg toe"),
        before="beluur/parts/members.html",
        members=members(entry.administration.id),
        roles=ROLE_WORDS,
    )


@entered(at_least="owner")
def colleague(request: HttpRequest, entry: Entry, user: int) -> HttpResponse:
    """Another role."""
    member = _member(entry, user)
    form = RoleForm(request.POST or None, today=entry.today, initial={"role": member.role})

    def do(said: Mapping[str, Any]) -> None:
        change_member(entry.doer(request), user_id=user, role=said["role"])

    to = address(entry, "settings-members")
    return form_page(request, entry, form, do, to=to, title=member.name, back=to, section="settings")


@require_POST
@entered(at_least="owner")
def colleague_leaves(request: HttpRequest, entry: Entry, user: int) -> HttpResponse:
    """He no longer works here."""
    member = _member(entry, user)
    to = address(entry, "settings-members")
    return done(request, lambda: remove_member(entry.doer(request), user_id=member.id), to=to)


def _member(entry: Entry, user: int) -> Member:
    found = next((m for m in members(entry.administration.id) if m.id == user), None)
    if found is None:
        raise Http404
    return found


@entered
def call_blocks(request: HttpRequest, entry: Entry) -> HttpResponse:
    """When one calls: one's own week; an owner may set that of a colleague."""
    asked = typed_number(request.POST.get("user") or request.GET.get("user") or "")
    user = asked if asked is not None and entry.may("owner") else entry.user.pk
    member = _member(entry, user)
    problem, wrong = None, ""
    if request.method == "POST":
        try:
            set_call_blocks(entry.doer(request), user_id=user, blocks=_typed_blocks(request))
        except Refused as refused:
            problem, wrong = in_words(refused.sentence), refused.field
        else:
            tell(request, say("done.saved"))
            return HttpResponseRedirect(f"{address(entry, 'settings-blocks')}?user={user}")
    return show(
        request,
        entry,
        "beluur/settings_blocks.html",
        section="settings",
        status=422 if problem else 200,
        here="settings-blocks",
        member=member,
        members=members(entry.administration.id) if entry.may("owner") else (),
        days=_week(request, member, {wrong: problem}),
        problem=problem,
    )


def _typed_blocks(request: HttpRequest) -> list[Block]:
    """The filled rows; a row with one hour only is refused."""
    found: list[Block] = []
    for day in range(7):
        for n in range(BLOCKS_A_DAY):
            typed = [request.POST.get(f"{name}_{day}_{n}", "").strip() for name in ("starts", "ends")]
            if any(typed):
                starts, ends = (typed_time(text) for text in typed)
                if starts is None or ends is None:
                    raise Refused(say("house.block_half"), f"day_{day}")
                found.append((day, starts, ends))
    return found


def _week(request: HttpRequest, member: Member, problems: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """Seven days with their rows, as typed or as they stand, and what is wrong with one."""
    week = []
    for day, name in enumerate(_day_names()):
        kept = [b for b in member.blocks if b.weekday == day]
        rows = []
        for n in range(BLOCKS_A_DAY):
            block = kept[n] if n < len(kept) else None
            starts, ends = (f"{block.starts:%H:%M}", f"{block.ends:%H:%M}") if block else ("", "")
            if request.method == "POST":
                starts, ends = (request.POST.get(f"{which}_{day}_{n}", "") for which in ("starts", "ends"))
            rows.append({"n": n, "starts": starts, "ends": ends})
        week.append({"day": day, "name": name, "rows": rows, "problem": problems.get(f"day_{day}")})
    return week


def _day_names() -> tuple[str, ...]:
    return (
        _("maandag"), _("dinsdag"), _("woensdag"), _("donderdag"), _("vrijdag"), _("zaterdag"), _("zondag"),
    )  # fmt: skip


urls = [
    path("instellingen/", own_data, name="settings"),
    path("instellingen/werkwijze", policy, name="settings-policy"),
    path("instellingen/collega", colleagues, name="settings-members"),
    path("instellingen/collega/<int:user>", colleague, name="settings-member"),
    path("instellingen/collega/<int:user>/weg", colleague_leaves, name="settings-member-remove"),
    path("instellingen/belblokken", call_blocks, name="settings-blocks"),
]
