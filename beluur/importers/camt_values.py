"""Amounts and days as CAMT writes them: `xs:decimal` and `xs:date`, to whole cents and calendar days, never by way of a float.

A cent is a hundredth of the unit, whatever the currency: 2700 yen are 270,000 cents, and a third decimal of a dinar cannot be
said, so it is a problem instead of a rounding.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

CURRENCIES = frozenset(  # ISO 4217, and those withdrawn since these files exist
    """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BYR BZD CAD CDF CHE
    CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD
    HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD
    MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
    RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH
    UGX USD USN UYI UYU UYW UZS VED VEF VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMK ZMW ZWG ZWL""".split()
)
_WHOLE = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()
)  # no decimals
_DECIMAL = re.compile(r"(\d*)(?:\.(\d*))?\Z", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z", re.ASCII)
_LONGEST = 13  # digits before the point, without the noughts in front that some banks fill up with
_YEARS = range(1980, 2101)

AMOUNT, CURRENCY, DECIMALS, ZERO = "camt.amount", "camt.currency", "camt.decimals", "camt.zero"


def cents_of(text: str, currency: str) -> int | str:
    """The amount in cents, more than none, or the code of what is wrong with it.

    >>> cents_of("0000012.5", "EUR"), cents_of("12.345", "EUR"), cents_of("-1", "EUR"), cents_of("2700", "JPY")
    (1250, 'camt.decimals', 'camt.amount', 270000)
    """
    if currency not in CURRENCIES:
        return CURRENCY
    whole, _, decimals = text.partition(".")
    if (
        len(decimals) == 2
        and currency not in _WHOLE
        and text.isascii()
        and whole.isdigit()
        and decimals.isdigit()
    ):
        return (int(whole + decimals) or ZERO) if len(whole) <= _LONGEST else _cents_otherwise(text, currency)
    return _cents_otherwise(text, currency)


def _cents_otherwise(text: str, currency: str) -> int | str:
    match = _DECIMAL.match(text)
    if not match or not (match[1] or match[2]):
        return AMOUNT
    whole, decimals = match[1], (match[2] or "").rstrip("0")
    if len(decimals) > (0 if currency in _WHOLE else 2):
        return DECIMALS
    if len(whole.lstrip("0")) > _LONGEST:
        return AMOUNT
    cents = int(whole.lstrip("0") or "0") * 100 + int((decimals + "00")[:2])
    return cents or ZERO


@lru_cache(maxsize=4096)
def day_of(text: str) -> date | None:
    """The day of a date or a moment, as the bank writes it there; None for what is no day.

    >>> day_of("2026-11-23T23:30:00Z"), day_of("2026-02-30")
    (datetime.date(2026, 11, 23), None)
    """
    match = _DAY.match(text[:10])
    if not match or text[10:11] not in ("", "T", "Z", "+", "-", " ") or int(match[1]) not in _YEARS:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
