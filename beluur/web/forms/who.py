"""The forms of the people who work here, and of the house."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beluur.actions.change_settings import CreditorData, check_creditor
from beluur.actions.debtor_facts import check_email
from beluur.actions.start_administration import check_iban, check_password
from beluur.queries.entry import Member
from beluur.web.forms.by_hand import COUNTRIES
from beluur.web.forms.fields import DayField, ShortForm

ROLES = (
    ("caller", _("Beller: belt en legt vast")),
    ("lead", _("Leiding: ook samenvoegen en inlezen terugdraaien")),
    ("owner", _("Eigenaar: ook instellingen en collega’s")),
)
_FOR_ANOTHER = _(
    "Dan geldt het recht voor wie voor een ander int. Elke opdrachtgever krijgt een eigen administratie."
)
SCREENS = (("nl", "Nederlands"), ("fr", "Français"), ("en", "English"))


def _secret(label: Any, *, new: bool, required: bool = True, help_text: Any = "") -> forms.CharField:
    autocomplete = "new-password" if new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "class": "input"})
    return forms.CharField(
        label=label, widget=widget, max_length=200, strip=False, required=required, help_text=help_text
    )


class SignInForm(ShortForm):
    """Who are you."""

    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "class": "input"}),
    )
    password = _secret(_("Wachtwoord"), new=False)


class BeginForm(ShortForm):
    """The first account with its administration."""

    SECTIONS = (
        (_("Wie de facturen stuurt"), ("name", "country", "iban")),
        (_("Wie er belt"), ("person", "email", "password")),
    )
    CHECKS = {
        "iban": check_iban,
        "email": partial(check_email, field="email"),
        "password": check_password,
    }
    name = forms.CharField(label=_("Naam van uw bedrijf"), max_length=160)
    country = forms.ChoiceField(label=_("Land"), choices=COUNTRIES[:2])
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=42,
        required=False,
        help_text=_("Hierop wordt betaald; staat in elke bevestiging."),
    )
    person = forms.CharField(
        label=_("Uw voor- en achternaam"),
        max_length=120,
        help_text=_("Zo stelt u zich voor aan de telefoon."),
    )
    email = forms.CharField(
        label=_("Uw e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "input"}),
    )
    password = _secret(
        _("Wachtwoord"), new=True, help_text=_("Ten minste tien tekens; een korte zin is goed te onthouden.")
    )


class AdministrationForm(ShortForm):
    """One more administration."""

    CHECKS = {"iban": check_iban}
    name = forms.CharField(label=_("Naam van uw bedrijf"), max_length=160)
    acts_for = forms.CharField(
        label=_("Int u voor een ander? Voor wie"), max_length=160, required=False, help_text=_FOR_ANOTHER
    )
    country = forms.ChoiceField(label=_("Land: het recht waaronder u werkt"), choices=COUNTRIES[:2])
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=42,
        required=False,
        help_text=_("Hierop wordt betaald; staat in elke bevestiging."),
    )


class MemberForm(ShortForm):
    """A new colleague."""

    person = forms.CharField(label=_("Voor- en achternaam"), max_length=120)
    email = forms.CharField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Rol"), choices=ROLES)
    password = _secret(
        _("Eerste wachtwoord"),
        new=True,
        required=False,
        help_text=_(
            "Geef het zelf door; de collega kan het wijzigen. Nodig voor wie nog geen account heeft."
        ),
    )


class RoleForm(ShortForm):
    """Another role."""

    role = forms.ChoiceField(label=_("Rol"), choices=ROLES)


class ProfileForm(ShortForm):
    """One's own account."""

    name = forms.CharField(label=_("Voor- en achternaam"), max_length=120)
    language = forms.ChoiceField(label=_("Taal van het scherm"), choices=SCREENS)
    password = _secret(_("Nieuw wachtwoord"), new=True, required=False, help_text=_("Leeg: het oude blijft."))


class AbsenceForm(ShortForm):
    """From when to when somebody is away, and who stands in. ``others`` are the colleagues; whose it is is asked only when it may
    be somebody else's (``whose``)."""

    SECTIONS = (("", ("user", "first", "last", "deputy")),)
    user = forms.ChoiceField(label=_("Wie is er niet"))
    first = DayField(label=_("Van"))
    last = DayField(label=_("Tot en met"))
    deputy = forms.ChoiceField(label=_("Wie neemt waar"))

    def __init__(
        self, *args: Any, others: Sequence[Member], whose: Sequence[Member] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not whose:
            del self.fields["user"]
        for name, people in (("user", whose), ("deputy", others)):
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = [(str(m.id), m.name) for m in people if m.active]


class AssignForm(ShortForm):
    """Whose debtor."""

    user = forms.ChoiceField(label=_("Collega"), required=False)

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Niemand in het bijzonder")), *((str(m.id), m.name) for m in members)]


class HouseForm(ShortForm):
    """The creditor's own data."""

    SECTIONS = (
        (_("Onder brieven en mails"), ("name", "address", "phone", "email", "vat_number", "company_number")),
        (_("Betalen op"), ("iban", "bic")),
        (_("Recht en taal"), ("country", "language", "acts_for")),
    )
    FULL = frozenset(("address",))
    name = forms.CharField(label=_("Naam"), max_length=160)
    address = forms.CharField(
        label=_("Adres"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "textarea"}),
    )
    phone = forms.CharField(label=_("Telefoon"), max_length=40, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    vat_number = forms.CharField(label=_("Btw-nummer"), max_length=24, required=False)
    company_number = forms.CharField(label=_("KvK- of ondernemingsnummer"), max_length=24, required=False)
    iban = forms.CharField(label=_("IBAN"), max_length=42, required=False)
    bic = forms.CharField(label=_("BIC"), max_length=11, required=False)
    country = forms.ChoiceField(label=_("Land: het recht waaronder u werkt"), choices=COUNTRIES[:2])
    language = forms.ChoiceField(
        label=_("Taal van uw mails, tenzij de debiteur een andere heeft"),
        choices=(
            ("nl", _("Nederlands")),
            ("nl-BE", _("Nederlands (België)")),
            ("fr", _("Frans")),
            ("en", _("Engels")),
        ),
    )
    acts_for = forms.CharField(
        label=_("Int u voor een ander? Voor wie"), max_length=160, required=False, help_text=_FOR_ANOTHER
    )

    def check_the_rest(self) -> None:
        """As the action checks it."""
        check_creditor(CreditorData(**{"name": "", **self.cleaned_data}))
