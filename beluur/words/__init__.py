"""The catalogue of sentences, and how money and dates are written in each language.

In: Sentence, language
Out: text
May use: values
"""

from beluur.words.catalogue_file import LANGUAGES, catalogue
from beluur.words.render import render
from beluur.words.writing import date_text, datetime_text, exact_text, long_date_text, money_text, time_text

__all__ = [
    "LANGUAGES",
    "catalogue",
    "date_text",
    "datetime_text",
    "exact_text",
    "long_date_text",
    "money_text",
    "render",
    "time_text",
]
