"""A dossier handed to an agency, a bailiff or a lawyer: a form that says to whom and why, and then the PDF (A4)."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beluur.actions.hand_over_dossier import hand_over_dossier
from beluur.mailroom.dossier_paper import dossier_pdf
from beluur.queries.hand_over import hand_over_paper
from beluur.queries.to_change import debtor_name
from beluur.values.problem import Refused
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address
from beluur.web.forms.by_hand import LANGUAGES
from beluur.web.forms.fields import ShortForm
from beluur.web.frame import show


class HandOverForm(ShortForm):
    """To whom, why, and in which language."""

    to = forms.CharField(label=gettext_lazy("Aan wie"), max_length=160)
    why = forms.CharField(
        label=gettext_lazy("Waarom"),
        max_length=160,
        help_text=gettext_lazy("Komt met de naam op de tijdlijn."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Taal van het dossier"), choices=[c for c in LANGUAGES if c[0] != "nl-BE"]
    )


@entered(at_least="lead")
def hand_over(request: HttpRequest, entry: Entry, debtor: int) -> HttpResponse:
    """POST puts it on record and gives the PDF as it stands then; the same form again gives it without another record."""
    name = debtor_name(entry.administration.id, debtor)
    initial = {"language": (translation.get_language() or "nl")[:2]}
    form = HandOverForm(request.POST or None, today=entry.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            hand_over_dossier(entry.doer(request), debtor_id=debtor, **form.cleaned_data)
            return _pdf(entry, debtor, form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
    return show(
        request,
        entry,
        "beluur/form.html",
        section="debtors",
        status=422 if form.is_bound else 200,
        form=form,
        title=f"{name}: {_('dossier overhandigen')}",
        lead=_(
            "U krijgt een PDF van het dossier zoals het nu is: gegevens, facturen, afspraken, betwistingen en de tijdlijn"
            " met haar bewijs. Van wie kwetsbaar is, blijft weg wat daarover gaat."
        ),
        button=_("Haal de PDF op"),
        back=address(entry, "dossier", debtor=debtor),
    )


def _pdf(entry: Entry, debtor: int, said: dict[str, str]) -> HttpResponse:
    paper = hand_over_paper(
        entry.administration.id,
        debtor,
        entry.now,
        language=said["language"],
        to=said["to"].strip(),
        by=entry.user.name,
    )
    if paper is None:
        raise Http404
    answer = HttpResponse(dossier_pdf(paper), content_type="application/pdf")
    answer["Content-Disposition"] = (
        content_disposition_header(True, f"dossier-{debtor}-{entry.today}.pdf") or "attachment"  # noqa: FBT003
    )
    return answer


urls = [path("debiteuren/<int:debtor>/overhandigen", hand_over, name="hand-over")]
