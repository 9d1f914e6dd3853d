"""How money, days and hours are written: € 1.234,50 and ma 23 nov 2026 in Dutch, and as is usual in French and English."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction

from beluur.values.money import Money, half_up

_DAYS = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "fr": ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
}
_LONG_DAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
_MONTHS = {
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc".split(),
}
_LONG_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}
NBSP = "\u00a0"


def short(language: str) -> str:
    """``nl-BE`` is written as ``nl``; an unknown language as Dutch."""
    code = language[:2].lower()
    return code if code in _DAYS else "nl"


def amount_text(cents: int, language: str = "nl") -> str:
    """``123450`` -> ``1.234,50`` (nl), ``1,234.50`` (en), ``1 234,50`` (fr), without a currency."""
    whole, rest = divmod(abs(cents), 100)
    thousands, comma = {"nl": (".", ","), "en": (",", "."), "fr": ("\u202f", ",")}[short(language)]
    text = f"{whole:,}".replace(",", thousands) + f"{comma}{rest:02d}"
    return f"-{text}" if cents < 0 else text


def money_text(money: Money, language: str = "nl") -> str:
    """``€ 1.234,50`` with a non-breaking space; ``1 234,50 €`` in French; an unusual currency by its code."""
    return _with_symbol(amount_text(money.cents, language), money.currency, language)


def exact_text(cents: Fraction, language: str = "nl") -> str:
    """Cents of a euro that are not rounded: with four decimals when they are not whole, ``€ 3,2363``."""
    if cents.denominator == 1:
        return money_text(Money(cents.numerator), language)
    whole, rest = divmod(half_up(cents * 100), 10_000)
    return _with_symbol(f"{amount_text(whole * 100, language)[:-2]}{rest:04d}", "EUR", language)


def _with_symbol(text: str, currency: str, language: str) -> str:
    symbol = _SYMBOLS.get(currency, currency)
    match short(language):
        case "fr":
            return f"{text}{NBSP}{symbol}"
        case "en" if len(symbol) == 1:
            return f"-{symbol}{text[1:]}" if text.startswith("-") else f"{symbol}{text}"
    return f"{symbol}{NBSP}{text}"


def date_text(day: date, language: str = "nl") -> str:
    """``ma 23 nov 2026``."""
    code = short(language)
    return f"{_DAYS[code][day.weekday()]} {_number(day, code)} {_MONTHS[code][day.month - 1]} {day.year}"


def long_date_text(day: date, language: str = "nl") -> str:
    """``maandag 23 november 2026``: to be read aloud, or in a letter."""
    code = short(language)
    return f"{_LONG_DAYS[code][day.weekday()]} {_number(day, code)} {_LONG_MONTHS[code][day.month - 1]} {day.year}"


def _number(day: date, code: str) -> str:
    return "1er" if code == "fr" and day.day == 1 else str(day.day)


def time_text(moment: time | datetime) -> str:
    """``14:30``, as the moment stands: convert to the reader's zone first."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def datetime_text(moment: datetime, language: str = "nl") -> str:
    """``ma 23 nov 2026, 14:30``, as the moment stands: convert to the reader's zone first."""
    return f"{date_text(moment.date(), language)}, {time_text(moment)}"
