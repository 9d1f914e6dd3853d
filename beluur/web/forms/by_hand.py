"""The forms of what is entered by hand in a dossier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beluur.actions.invoice_facts import AGREED
from beluur.domain.ladder_days import NOTICE_LEVEL
from beluur.queries.dossier_rows import InvoiceRow
from beluur.web.forms.fields import CentsField, DayField, ShortForm
from beluur.words import money_text

KINDS = (
    ("business", _("Bedrijf")),
    ("sole_trader", _("Eenmanszaak")),
    ("consumer", _("Consument")),
    ("government", _("Overheid")),
)
COUNTRIES = (
    ("NL", _("Nederland")), ("BE", _("België")),
    ("DE", _("Duitsland")), ("FR", _("Frankrijk")), ("LU", _("Luxemburg")),
    ("GB", _("Verenigd Koninkrijk")), ("IE", _("Ierland")), ("PT", _("Portugal")), ("ES", _("Spanje")), ("IT", _("Italië")),
    ("AT", _("Oostenrijk")), ("DK", _("Denemarken")), ("PL", _("Polen")), ("CW", _("Curaçao")), ("AW", _("Aruba")),
    ("SX", _("Sint Maarten")), ("BQ", _("Caribisch Nederland")),
)  # fmt: skip
LANGUAGES = (
    ("nl", _("Nederlands")),
    ("nl-BE", _("Nederlands (België)")),
    ("fr", _("Frans")),
    ("en", _("Engels")),
)
STOPS = (
    ("insolvent", _("Insolvent: faillissement, surseance, schuldsanering")),
    ("handed_over", _("Overgedragen aan incasso, deurwaarder of advocaat")),
    ("vulnerable", _("Kwetsbare situatie: eerst kijkt een mens ernaar")),
)
EXEMPTIONS = (
    ("", _("Gewoon aanmanen")),
    ("direct_debit", _("Automatische incasso")),
    ("prepaid", _("Vooruitbetaald")),
    ("factored", _("Overgedragen aan een factormaatschappij")),
    ("retention", _("Inhouding tot oplevering (een deel)")),
    ("g_account", _("Deel voor de G-rekening")),
)
PLACES = {
    "contract": _("In een overeenkomst"),
    "terms": _("In de algemene voorwaarden"),
    "quote": _("In de offerte of opdrachtbevestiging"),
    "invoice": _("Alleen op de factuur"),
}
WAYS = (
    ("transfer", _("Overschrijving")),
    ("cash", _("Contant")),
    ("card", _("Kaart")),
    ("set_off", _("Verrekening")),
)
CHANNELS = (("mail", _("E-mail")), ("letter", _("Brief")), ("phone", _("Telefoon")), ("other", _("Anders")))


class DebtorForm(ShortForm):
    """Who owes."""

    SECTIONS = (
        (_("Wie"), ("name", "number", "kind", "kind_known", "country", "language", "formality")),
        (_("Bereiken"), ("phone", "email", "street", "postcode", "city")),
        (_("Nummers"), ("vat_number", "company_number")),
        (_("Goed om te weten voor een gesprek"), ("agreements_note", "delivery_note", "responsible")),
    )
    FULL = frozenset(("agreements_note", "delivery_note"))

    name = forms.CharField(label=_("Naam"), max_length=200)
    number = forms.CharField(label=_("Klantnummer"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Soort"), choices=KINDS)
    kind_known = forms.BooleanField(
        label=_("Dit is zeker"), required=False, help_text=_("Voor een consument gelden andere regels.")
    )
    country = forms.ChoiceField(label=_("Land"), choices=COUNTRIES)
    language = forms.ChoiceField(label=_("Taal"), choices=LANGUAGES)
    formality = forms.ChoiceField(label=_("Aanspreken met"), choices=(("u", _("u")), ("je", _("je"))))
    phone = forms.CharField(label=_("Telefoon (centrale)"), max_length=40, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    street = forms.CharField(label=_("Straat en nummer"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    city = forms.CharField(label=_("Plaats"), max_length=120, required=False)
    vat_number = forms.CharField(label=_("Btw-nummer"), max_length=24, required=False)
    company_number = forms.CharField(label=_("KvK- of ondernemingsnummer"), max_length=24, required=False)
    agreements_note = forms.CharField(
        label=_("Bijzondere afspraken"), max_length=2000, required=False, widget=forms.Textarea
    )
    delivery_note = forms.CharField(
        label=_("Hoe de levering verliep"), max_length=2000, required=False, widget=forms.Textarea
    )
    responsible = forms.CharField(
        label=_("Wie er bij u verantwoordelijk voor was"), max_length=120, required=False
    )


class NewDebtorForm(DebtorForm):
    """The same for who is not known yet: his language may be left to what his name and address tell."""

    language = forms.ChoiceField(
        label=_("Taal"),
        choices=(("", _("Naar rechtsvorm, postcode en land")), *LANGUAGES),
        required=False,
        help_text=_("Staat daarna in het dossier, waar u hem kunt wijzigen."),
    )


class ContactForm(ShortForm):
    """A person or desk."""

    name = forms.CharField(label=_("Voor- en achternaam"), max_length=160, required=False)
    role = forms.CharField(label=_("Functie"), max_length=120, required=False)
    phone = forms.CharField(label=_("Direct nummer"), max_length=40, required=False)
    mobile = forms.CharField(label=_("Mobiel"), max_length=40, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    language = forms.ChoiceField(
        label=_("Taal"), choices=(("", _("Als de debiteur")), *LANGUAGES), required=False
    )
    for_payments = forms.BooleanField(label=_("Gaat over de betalingen: deze bellen wij"), required=False)


class InvoiceForm(ShortForm):
    """An invoice or credit note."""

    SECTIONS = (
        (_("De factuur"), ("kind", "number", "issued", "due", "term_days", "term_agreed", "amount_cents", "open_cents",
                           "reference", "your_reference")),
        (_("Voor het gesprek"), ("description", "delivery_note", "responsible")),
        (_("Niet aanmanen"), ("exemption", "exempt_cents")),
    )  # fmt: skip
    FULL = frozenset(("description", "delivery_note"))

    kind = forms.ChoiceField(
        label=_("Soort"), choices=(("invoice", _("Factuur")), ("credit_note", _("Creditnota")))
    )
    number = forms.CharField(label=_("Nummer"), max_length=60)
    issued = DayField(label=_("Factuurdatum"), required=False)
    due = DayField(label=_("Vervaldatum"), required=False, help_text=_("Leeg: factuurdatum plus termijn."))
    term_days = forms.IntegerField(label=_("Termijn in dagen"), min_value=0, max_value=3650, required=False)
    term_agreed = forms.ChoiceField(
        label=_("Waar is die termijn afgesproken?"),
        choices=(("", _("Onbekend")), *((code, PLACES[code]) for code in AGREED)),
        required=False,
    )
    amount_cents = CentsField(label=_("Bedrag met btw"))
    open_cents = CentsField(label=_("Nog open"), required=False, help_text=_("Leeg: het hele bedrag."))
    reference = forms.CharField(label=_("Betalingskenmerk of mededeling"), max_length=40, required=False)
    your_reference = forms.CharField(label=_("Kenmerk van de klant"), max_length=80, required=False)
    description = forms.CharField(label=_("Wat is er geleverd?"), max_length=500, required=False)
    delivery_note = forms.CharField(
        label=_("Hoe de levering verliep"), max_length=2000, required=False, widget=forms.Textarea
    )
    responsible = forms.CharField(
        label=_("Wie er bij u verantwoordelijk voor was"), max_length=120, required=False
    )
    exemption = forms.ChoiceField(label=_("Waarom niet"), choices=EXEMPTIONS, required=False)
    exempt_cents = CentsField(
        label=_("Alleen dit deel"), required=False, help_text=_("Leeg: alles, waar dat kan.")
    )


class PaymentForm(ShortForm):
    """Money that came in."""

    ASKED = frozenset(("counted",))

    cents = CentsField(label=_("Bedrag"))
    day = DayField(label=_("Ontvangen op"))
    way = forms.ChoiceField(label=_("Hoe"), choices=WAYS)
    text = forms.CharField(label=_("Omschrijving"), max_length=300, required=False)
    invoice_ids = forms.MultipleChoiceField(
        label=_("Voor welke facturen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kiest u niets, dan gaat het naar de oudste eerst."),
    )
    counted = forms.ChoiceField(
        label=_("Is deze betaling al van het openstaande bedrag af?"),
        choices=(("", _("Kies")), ("no", _("Nee, trek hem er nu af")), ("yes", _("Ja, hij is al verwerkt"))),
        required=False,
    )

    def __init__(self, *args: Any, invoices: tuple[InvoiceRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["invoice_ids"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        rows = [row for row in invoices if row.open.cents > 0]
        chosen.choices = [(str(row.id), f"{row.number}, {money_text(row.open)}") for row in rows]


class ReminderForm(ShortForm):
    """A reminder that went out before or beside us."""

    level = forms.TypedChoiceField(
        label=_("Welke"),
        choices=((1, _("Eerste")), (2, _("Tweede")), (NOTICE_LEVEL, _("Aanmaning"))),
        coerce=int,
    )
    on = DayField(label=_("Verstuurd op"))
    channel = forms.ChoiceField(label=_("Hoe"), choices=CHANNELS)


class NoteForm(ShortForm):
    """A note."""

    FULL = frozenset(("text",))
    text = forms.CharField(label=_("Notitie"), widget=forms.Textarea(attrs={"rows": 6, "class": "textarea"}))


class HoldForm(ShortForm):
    """A pause."""

    FULL = frozenset(("reason",))
    until = DayField(
        label=_("Tot en met"),
        required=False,
        help_text=_("Leeg: tot u de aanmaanstop opheft. Anders gaat het daarna vanzelf verder."),
    )
    reason = forms.CharField(label=_("Waarom"), max_length=300)


class StopForm(ShortForm):
    """An end to all calling."""

    FULL = frozenset(("reason",))
    stop = forms.ChoiceField(label=_("Wat is er"), choices=STOPS)
    reason = forms.CharField(label=_("Hoe weet u dit"), max_length=300)


class ReasonForm(ShortForm):
    """Why."""

    FULL = frozenset(("reason",))
    reason = forms.CharField(label=_("Waarom"), max_length=300)


class GroupForm(ShortForm):
    """Who pays for several debtors."""

    FULL = frozenset(("name",))
    name = forms.CharField(
        label=_("Naam van de groep"),
        max_length=160,
        required=False,
        help_text=_("Debiteuren in dezelfde groep krijgen samen één gesprek. Leeg: in geen groep."),
    )


class DocumentForm(ShortForm):
    """A file."""

    file = forms.FileField(label=_("Bestand (PDF, PNG of JPEG)"))
    invoice = forms.ChoiceField(label=_("Kopie van factuur"), required=False)

    def __init__(self, *args: Any, invoices: tuple[InvoiceRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["invoice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Geen factuurkopie")), *((str(row.id), row.number) for row in invoices)]
