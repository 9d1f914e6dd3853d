"""How payers write: their words in four languages, and what they do to a number."""

from __future__ import annotations

from random import Random

from bench.payment_debtors import Debtor
from bench.payment_invoices import Invoice

# The language "vl" is Dutch as it is written in Flanders.
INVOICE = {
    "nl": "factuur|Factuur|factuurnr|factuurnummer|Fact.|fact.nr.|nota|rekening|betaling factuur|uw factuur|Factuurnr.:",
    "vl": "factuur|fakt.|faktuur|fact|uw fact.|betaling factuur|fact nr|faktuurnr.",
    "fr": "facture|Facture|fact.|paiement facture|facture n°|votre facture|fact n°|Paiement de la facture",
    "en": "invoice|Invoice|inv.|inv no|payment invoice|your invoice|Invoice number",
    "de": "Rechnung|Rg.|Rechnungsnr.|Re-Nr.|RNr|Zahlung Rechnung|Rechnung Nr.",
}
BARE = {
    "nl": "factuur|betaling|bedankt|zoals afgesproken|overboeking|betaling factuur|rekening betaald|uw nota|fact",
    "vl": "factuur|betaling|faktuur|overschrijving|zoals besproken|bedankt|betaling fakt|rekening",
    "fr": "facture|paiement|virement|merci|comme convenu|votre facture|reglement|règlement facture",
    "en": "invoice|payment|thanks|as agreed|transfer|payment of invoice",
    "de": "Rechnung|Zahlung|Überweisung|danke|wie besprochen|Rechnung bezahlt",
}
CUSTOMER = {
    "nl": "klantnr|klantnummer|Klant|deb.nr.|relatienummer|debiteurnr",
    "vl": "klantnr|klantnummer|klant|ons klantnr.",
    "fr": "client|n° client|numéro client|réf client",
    "en": "customer|customer no|account no|cust.",
    "de": "Kunde|Kundennr.|KdNr",
}
ORDER = {
    "nl": "order|ordernummer|bestelling|inkooporder|uw order",
    "vl": "bestelling|bestelbon|order|bestelnr",
    "fr": "commande|bon de commande|cde",
    "en": "order|PO|purchase order",
    "de": "Auftrag|Bestellung|Best.Nr.",
}
AND = {
    "nl": "en|en|+|&|,|/",
    "vl": "en|+|,|en ook|/",
    "fr": "et|+|,|/",
    "en": "and|&|+|,",
    "de": "und|+|,|u.",
}
UP_TO = {
    "nl": "t/m|tot en met|-|tm",
    "vl": "t.e.m.|tot|-|tem",
    "fr": "à|au|-|jusqu'à",
    "en": "to|-|up to",
    "de": "bis|-",
}
EVERYTHING = {
    "nl": "alle openstaande facturen|openstaand saldo|saldo|volledig saldo voldaan|alles|achterstand|facturen",
    "vl": "openstaand saldo|alle facturen|saldo rekening|alles betaald|facturen|vereffening",
    "fr": "solde|toutes les factures|solde du compte|factures|apurement",
    "en": "outstanding balance|all invoices|balance|statement|invoices",
    "de": "Saldo|alle Rechnungen|offene Posten|Gesamtbetrag",
}
PART = {
    "nl": "deelbetaling|1e termijn|aanbetaling|eerste deel|termijn|in delen",
    "vl": "deelbetaling|afkorting|1e schijf|eerste deel|gedeeltelijk",
    "fr": "acompte|1ère tranche|paiement partiel|partie 1",
    "en": "part payment|1st instalment|first part|partial",
    "de": "Teilzahlung|1. Rate|Anzahlung",
}
DISCOUNT = {
    "nl": "min {}% korting|-{}% betalingskorting|onder aftrek {}%",
    "vl": "min {}% korting|-{}% contant|korting {}%",
    "fr": "escompte {}%|moins {}%|-{}%",
    "en": "less {}% discount|-{}%",
    "de": "abzgl. {}% Skonto|-{}% Skonto",
}
CREDIT = {
    "nl": "min creditnota|verrekend met credit|onder aftrek creditfactuur|-/- cn",
    "vl": "min creditnota|- CN|verrekening kredietnota|min cred.",
    "fr": "moins note de crédit|- NC|déduction avoir",
    "en": "less credit note|minus CN|credit deducted",
    "de": "abzgl. Gutschrift|minus GS",
}
REFUND = {
    "nl": "te veel betaald, graag retour|graag verschil terugstorten|dubbel? dan graag terug",
    "vl": "teveel betaald gelieve terug te storten|gelieve het verschil terug te storten",
    "fr": "trop payé, merci de rembourser|merci de rembourser la différence",
    "en": "overpaid, please refund|please return the difference",
    "de": "zu viel bezahlt, bitte erstatten|Differenz bitte zurück",
}
LONG = {
    "nl": "Betaling van uw openstaande {} met nummer|Hierbij voldoen wij uw {} nr.|Voldoening van de door u verstuurde {}",
    "vl": "Betaling van uw nog openstaande {} nr|Wij betalen hierbij uw {} met nr.|Vereffening van uw {} met nummer",
    "fr": "Règlement de votre {} portant le numéro|Nous réglons par la présente votre {}|Paiement concernant la {} n°",
    "en": "Payment in full of your outstanding {}|Herewith we settle your {} number|Full settlement of {} no.",
    "de": "Wir bezahlen hiermit Ihre {} mit Nummer|Ausgleich Ihrer offenen {} mit der Nr.",
}
MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}


def say(draw: Random, words: dict[str, str], debtor: Debtor) -> str:
    """One of the ways in which this debtor's neighbours say it."""
    return draw.choice(words[tongue(debtor)].split("|"))


def tongue(debtor: Debtor) -> str:
    """His language; Dutch in Belgium is ``vl``."""
    return "vl" if (debtor.language, debtor.country) == ("nl", "BE") else debtor.language


def month_of(invoice: Invoice, debtor: Debtor) -> str:
    """The month that it is of, by its name."""
    return MONTHS[debtor.language].split()[invoice.issued.month - 1]


def spaced(number: str, draw: Random) -> str:
    """Blanks where the number had signs, around them, or in its middle."""
    bare = number.replace("-", " ").replace("/", " ").replace(".", " ")
    if bare == number:
        cut = max(1, len(number) - draw.choice((3, 4)))
        return f"{number[:cut]} {number[cut:]}"
    return draw.choice((bare, number.replace("-", " - ").replace("/", " / "), bare))


def unsigned(number: str) -> str:
    """Without its signs, in the case that was not asked for."""
    return number.replace("-", "").replace("/", "").replace(".", "").lower()


def suffix(invoice: Invoice, draw: Random) -> str:
    """The end that people give over the telephone: without the year and mostly without zeros."""
    serial = str(invoice.serial)
    if serial == invoice.number:
        return serial[-3:] if len(serial) > 3 else serial
    return draw.choice((serial, serial, f"{invoice.serial:04}"))


def wrong_digit(digits: str, draw: Random, last: int = 4) -> str:
    """One of the ``last`` digits is another."""
    places = [n for n, sign in enumerate(digits) if sign.isdigit()][-last:]
    place = draw.choice(places)
    other = draw.choice([d for d in "0123456789" if d != digits[place]])
    return f"{digits[:place]}{other}{digits[place + 1 :]}"


def swapped(digits: str, draw: Random, last: int = 5) -> str:
    """Two neighbours among the ``last`` signs have changed places; "" when all are equal."""
    begin = max(0, len(digits) - last)
    pairs = range(begin, len(digits) - 1)
    places = [n for n in pairs if digits[n : n + 2].isdigit() and digits[n] != digits[n + 1]]
    if not places:
        return ""
    n = draw.choice(places)
    return f"{digits[:n]}{digits[n + 1]}{digits[n]}{digits[n + 2 :]}"


def written_reference(reference: str, draw: Random) -> str:
    """A reference as somebody types it into the free text: without signs, in groups, or with other signs."""
    if reference.startswith("RF"):
        return draw.choice((reference, " ".join(reference[n : n + 4] for n in range(0, len(reference), 4))))
    if len(reference) == 12:
        a, b, c = reference[:3], reference[3:7], reference[7:]
        slashed = f"{a}/{b}/{c}"
        return draw.choice(
            (reference, slashed, f"***{slashed}***", f"+++{slashed}+++", f"{a} {b} {c}", f"{a}.{b}.{c}")
        )
    fours = [reference[n : n + 4] for n in range(0, len(reference), 4)]
    return draw.choice((reference, " ".join(fours), ".".join(fours), "-".join(fours)))
