"""Accounts that no bank ever gave out: right in form and check digits, of banks that do not exist."""

from __future__ import annotations

BANKS = {
    "NL": ("TSTA", "TSTB", "TSTC", "TSTD", "TSTE"),
    "BE": ("990", "991", "992"),
    "DE": ("90000001", "90000002"),
    "FR": ("99901", "99902"),
}
_LETTERS = {chr(ord("A") + n): str(10 + n) for n in range(26)}
_SCATTER = (
    387_420_489  # 3 ** 18, no multiple of 2 or 5: every number gets another account, and neighbours lie apart
)


def make_iban(country: str, number: int) -> str:
    """The account of one ``number`` (below ten million), always the same, with the national check where one is added up."""
    banks = BANKS[country]
    bank = banks[number * 7 % 31 % len(banks)]
    if country == "NL":
        return _checked(country, f"{bank}{number * _SCATTER % 10**10:010}")
    if country == "BE":
        ten = f"{bank}{number * _SCATTER % 10**7:07}"
        return _checked(country, f"{ten}{int(ten) % 97 or 97:02}")
    if country == "DE":
        return _checked(country, f"{bank}{number * _SCATTER % 10**10:010}")
    account = number * _SCATTER % 10**11
    return _checked(country, f"{bank}00001{account:011}{97 - (89 * int(bank) + 15 + 3 * account) % 97:02}")


def bank_of(iban: str) -> str:
    """The bank that an account is with, as it stands in it."""
    return iban[4:8] if iban.startswith("NL") else iban[4:7] if iban.startswith("BE") else iban[4:9]


def _checked(country: str, account: str) -> str:
    """ISO 13616: the country and two digits, by which the whole leaves 1 when divided by 97."""
    digits = "".join(_LETTERS.get(sign, sign) for sign in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02}{account}"
