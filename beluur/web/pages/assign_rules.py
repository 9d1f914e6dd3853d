"""*Toewijzen*: whose a new debtor becomes, and what that would do to those who are nobody's now (A1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST

from beluur.actions.assign_by_rule import assign_those_of_nobody, check_rules, save_assign_rules
from beluur.queries.assign_rules import assign_rules, would_get
from beluur.queries.entry import members
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import SAVED, address
from beluur.web.forms.assign_rules import placed, rules_form, rules_from
from beluur.web.frame import show, tell


@entered(at_least="lead")
def assign_rules_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The rules; POST shows what those that are typed would do, or saves them."""
    here = entry.administration.id
    kept = assign_rules(here)
    rows = sum(name.startswith("user_") for name in request.POST)
    form = rules_form(kept, members(here), request.POST or None, today=entry.today, rows=rows)
    rules, tried = kept, False
    if request.method == "POST" and form.is_valid():
        rules = rules_from(form.cleaned_data)
        try:
            if request.POST.get("do") == "save":
                save_assign_rules(entry.doer(request), rules)
                tell(request, SAVED)
                return HttpResponseRedirect(address(entry, "settings-assign"))
            check_rules(rules)
            tried = True
        except Refused as refused:
            form.refuse(placed(refused, form.cleaned_data))
            rules = kept
    return show(
        request,
        entry,
        "beluur/settings_assign.html",
        section="settings",
        here="settings-assign",
        status=422 if form.errors else 200,
        form=form,
        tried=tried,
        would=would_get(here, rules),
        kept=kept,
    )


@require_POST
@entered(at_least="lead")
def assign_rules_apply(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The rules that hold, for those who are nobody's now."""
    count = assign_those_of_nobody(entry.doer(request))
    tell(request, say("assign_rule.applied", n=count))
    return HttpResponseRedirect(address(entry, "settings-assign"))


urls = [
    path("instellingen/toewijzen", assign_rules_page, name="settings-assign"),
    path("instellingen/toewijzen/nu", assign_rules_apply, name="settings-assign-apply"),
]
