"""The parts of speech in which dates and amounts are said: one character each, so that a grammar rule is a regular expression.

>>> rule("BEGIN OF* MONTH YEARNUM?").match(text_of(("BEGIN", "MONTH"))) is not None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable

NAMES = (
    # days
    "WEEKDAY MONTH REL NOW DATE DAYMONTH PLUSWEEKS BEGIN MID END MONTHEND LAST NEXT THIS COMING PREV AGO "
    "FEAST DAY WEEK WORKDAY MONTHS QUARTERS YEARS FORTNIGHT EIGHT WEEKEND QUARTERNO "
    # numbers: 1-31; 1900-2199; other whole; with decimals; not clear; a rank (15e); "a", "een", "un"
    "DAYNUM YEARNUM WHOLE DECIMAL ODD ORD ORDWORD ONE SOME "
    # amounts
    "CURRENCY FOREIGN CENTS PERCENT FRACTION REST ALL MINUS "
    # what binds
    "IN WITHIN BY ON THE OF FROM NOTBEFORE AFTER AROUND BETWEEN UNTIL AND OR COMMA THEREAFTER "
    # plans
    "EVERY MONTHLY WEEKLY TIMES EQUAL DURING LONG "
    # hours
    "CLOCK HOURWORD HOUR AT HALF HALFPAST HALFAFTER QUARTER QUARTERPAST QUARTERTO QUARTERAFTER QUARTERLESS NOON AM PM DAYPART "
    # the rest of what is said
    "WAY REFERENCE REFNO NOT CORRECTION HAVE PAID PAY WILL RECEIVED VAGUEDAY VAGUE FILL UNKNOWN"
).split()
CHARACTER = {
    name: chr(0xE000 + number) for number, name in enumerate(NAMES)
}  # a private area: no sign of regular expressions
_NAME = re.compile(r"[A-Z]{2,}")
_SETS = {
    "NUM": "[{DAYNUM}{YEARNUM}{WHOLE}]",
    "COUNT": "[{DAYNUM}{ONE}]",
    "LINK": "[{THE}{ON}{OF}{IN}]",
    "NTH": "[{ORD}{ORDWORD}{DAYNUM}]",
    "RANK": "[{ORD}{ORDWORD}]",
    "PART": "[{BEGIN}{MID}{END}{HALF}]",
    "PERIOD": "[{WEEK}{MONTHS}{QUARTERS}{YEARS}]",
    "UNIT": "[{DAY}{WEEK}{WORKDAY}{MONTHS}{YEARS}]",
    "WHICH": "[{THIS}{NEXT}{COMING}]",
    "NOTADAY": (
        "[{CURRENCY}{FOREIGN}{PERCENT}{MONTH}{DAY}{WEEK}{WORKDAY}{MONTHS}{YEARS}{TIMES}{HOUR}{REFERENCE}{CENTS}{MONTHLY}"
        "{EQUAL}]"
    ),
}


def rule(text: str) -> re.Pattern[str]:
    """A rule over symbols; a name stands for one symbol, a few names for any of a set; blanks do not count."""
    return re.compile(re.sub(r"\s+", "", _NAME.sub(lambda name: f"(?:{_class(name.group())})", text)))


def text_of(names: Iterable[str]) -> str:
    """The text that a rule is matched with."""
    return "".join(CHARACTER[name] for name in names)


def _class(name: str) -> str:
    return _SETS[name].format(**CHARACTER) if name in _SETS else CHARACTER[name]
