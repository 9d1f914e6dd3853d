"""Reads what a mail says from `texts/*.toml`, in the reader's language, country and form of address.

Debtor-facing words stand here and not in the catalogue of sentences: they vary by country (nl, nl-BE) and by u or je, and
the user may take a template over and make it his own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("nl", "nl-BE", "fr", "en")
_COUNTRY = re.compile(r"\[\[((?:[^\[\]|]|\[[^\[\]]*\])*)\|((?:[^\[\]|]|\[[^\[\]]*\])*)\]\]")
_FORMALITY = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")


class MailKind(StrEnum):
    """Each mail that has a template."""

    CONFIRM_PROMISE = "confirm_promise"
    CONFIRM_PLAN = "confirm_plan"
    CONFIRM_CALLBACK = "confirm_callback"
    CONFIRM_DISPUTE = "confirm_dispute"
    CONFIRM_ALREADY_PAID = "confirm_already_paid"
    CONFIRM_PASSES_ON = "confirm_passes_on"
    CONFIRM_REFUSED = "confirm_refused"
    CONFIRM_NOTHING_AGREED = "confirm_nothing_agreed"
    REMINDER_1 = "reminder_1"
    REMINDER_2 = "reminder_2"
    ASK_CONFIRM = "ask_confirm"  # once, when he has not answered
    INSTALMENT_NOTE = "instalment_note"  # before an instalment
    BEFORE_NOTICE = "before_notice"
    LETTER_1 = "letter_1"  # on paper: nobody answers it by mail
    LETTER_2 = "letter_2"
    LETTER_LAST = "letter_last"
    NOTICE_NL_CONSUMER = "notice_nl_consumer"  # the formal notice, by mail and on paper
    NOTICE_NL_BUSINESS = "notice_nl_business"
    NOTICE_BE_CONSUMER = "notice_be_consumer"
    NOTICE_BE_BUSINESS = "notice_be_business"
    TRIED_TO_REACH = "tried_to_reach"
    STATEMENT = "statement"
    INVOICE_COPY = "invoice_copy"
    DISPUTE_ANSWER = "dispute_answer"
    REPLY = "reply"  # to a mail that came in
    DELIVERY_QUESTION = "delivery_question"  # to a colleague


@dataclass(frozen=True, slots=True)
class Template:
    """A subject (one line) and a body (paragraphs with {names}), as shipped or as the user wrote it."""

    subject: str
    body: str


def mail_language(language: str) -> str:
    """One of `LANGUAGES`: ``nl_BE`` and ``NL-be`` are nl-BE, ``fr-BE`` is fr, an unknown language is Dutch."""
    code = language.replace("_", "-").lower()
    if code == "nl-be":
        return "nl-BE"
    return code[:2] if code[:2] in LANGUAGES else "nl"


def default_template(kind: MailKind, language: str = "nl", formality: str = "u") -> Template:
    """The shipped template of ``kind``, ready to be edited."""
    found = _texts(mail_language(language), formality)[kind.value]
    return Template(found["subject"], found["body"].strip())


def labels(language: str, formality: str = "u") -> Mapping[str, str]:
    """The words of tables and panels; ``{date}`` and the like are filled in by whoever uses them."""
    return _texts(mail_language(language), formality)["labels"]


def page_words(language: str, formality: str = "u") -> Mapping[str, str]:
    """The words of the reader's own page, with the same gaps."""
    words: Mapping[str, Any] = _read("page_texts", mail_language(language), formality)
    return words


def first_sentences(language: str, formality: str = "u") -> Mapping[str, Mapping[str, str]]:
    """How an answer to a mail may begin: ``kinds`` by what the mail is, ``reasons`` by the reason that it gives."""
    return _read("answer_texts", mail_language(language), formality)


def _texts(language: str, formality: str) -> Mapping[str, Mapping[str, str]]:
    return _read("texts", language, formality)


@cache
def _read(folder: str, language: str, formality: str) -> Mapping[str, Any]:
    source = files("beluur.mailroom").joinpath(folder, f"{language[:2]}.toml").read_text("utf-8")
    country = 2 if language == "nl-BE" else 1
    form = 2 if formality == "je" else 1
    chosen = _COUNTRY.sub(lambda m: m.group(country), source)
    return tomllib.loads(_with_form(chosen, form))


def _with_form(source: str, form: int) -> str:
    return _FORMALITY.sub(lambda m: m.group(form), source)
