"""What the names between braces in a mail's text stand for, in the user's words; and how mails and languages are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {
    "confirm_promise": _("Bevestiging: toezegging"),
    "confirm_plan": _("Bevestiging: betalingsregeling"),
    "confirm_callback": _("Bevestiging: wij bellen terug"),
    "confirm_dispute": _("Bevestiging: betwisting"),
    "confirm_already_paid": _("Bevestiging: al betaald"),
    "confirm_passes_on": _("Bevestiging: geeft het door"),
    "confirm_refused": _("Bevestiging: weigert"),
    "confirm_nothing_agreed": _("Bevestiging: niets afgesproken"),
    "reminder_1": _("Eerste herinnering"),
    "reminder_2": _("Tweede herinnering"),
    "tried_to_reach": _("Wij probeerden u te bereiken"),
    "statement": _("Rekeningoverzicht"),
    "invoice_copy": _("Factuurkopie"),
}
LANGUAGES = {"nl": _("Nederlands"), "nl-BE": _("Nederlands (België)"), "fr": _("Frans"), "en": _("Engels")}
PIECES = {
    "agreement": _("de afspraak als tabel"),
    "attachments": _("wat er is bijgevoegd"),
    "correction": _("wat eerder was bevestigd, als dit een verbetering is"),
    "discussed": _("wat er is besproken"),
    "disputes": _("wat de klant betwist"),
    "invoices_table": _("de facturen als tabel"),
    "own_promises": _("wat u zelf toezegde"),
    "payment": _("rekeningnummer, kenmerk en QR-code"),
    "signature": _("uw naam en gegevens"),
}
INLINE = {
    "agreed_total": _("het afgesproken bedrag, samen"),
    "amount": _("het bedrag dat nu te betalen is"),
    "bic": _("uw BIC"),
    "callback": _("wanneer u terugbelt"),
    "caller": _("wie er belde"),
    "consequence": _("wat er anders volgt"),
    "contact": _("de contactpersoon"),
    "conversation": _("wie wanneer met wie sprak"),
    "creditor": _("uw bedrijf"),
    "date": _("de afgesproken dag"),
    "days_late": _("hoeveel dagen te laat"),
    "deadline": _("de uiterste dag"),
    "debtor": _("de klant"),
    "disputed_numbers": _("de betwiste facturen"),
    "email": _("uw e-mailadres"),
    "follow_up": _("wanneer u weer kijkt of belt"),
    "greeting": _("de aanhef"),
    "iban": _("uw IBAN"),
    "instalment_count": _("hoeveel termijnen"),
    "invoice_numbers": _("de factuurnummers"),
    "passed_to": _("aan wie het wordt doorgegeven"),
    "pay_by": _("de dag waarop betaald moet zijn"),
    "phone": _("uw telefoonnummer"),
    "reference": _("het betalingskenmerk"),
    "spoken_on": _("de dag van het gesprek"),
    "spoken_short": _("die dag, kort"),
    "today": _("vandaag"),
    "today_short": _("vandaag, kort"),
    "total": _("wat er open staat, samen"),
    "tried_on": _("de dagen waarop u belde"),
    "undisputed": _("het deel dat niet wordt betwist"),
}
