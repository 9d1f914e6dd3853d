"""Lines of a table that hold only words: the name of a debtor above his invoices, his address, and what each page repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from beluur.importers.cells import Cell, texts
from beluur.importers.debtors import NOBODY, group_debtor, is_labelled
from beluur.importers.layout import Layout
from beluur.importers.records import DebtorRecord

_DIGITS = re.compile(r"\d+")
_OF_THE_PAGE = re.compile(
    r"(?:pagina|page|blad|seite)\W*\d+(?:\s*(?:van|of|de|sur|von|/)\s*\d+)?\W*\Z"
    r"|(?:afgedrukt|afdrukdatum|printdatum|print date|printed|imprim[ée] le|[ée]dit[ée] le|gedruckt am|generated)\b.*\d",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r".*\b[1-9]\d{3}\s?(?-i:[A-Z]{2})\b|(?:t\.?a\.?v|att|www)\b\.?\W"
    r"|(?:tel|telefoon|t[ée]l[ée]phone|phone|gsm|mob\w*|fax|e-?mail|btw|kvk|tva|vat|iban|postbus|po box)\b\.?\W.*[\d@]"
    r"|[+\d(][\d\s()./-]{7,}\Z|\S+@\S+\Z|(?:rue|avenue|chauss[ée]e|boulevard|place)\s.*\d"
    r"|.*(?:straat|laan|weg|plein|kade|dreef|singel|gracht|lei|stra(?:ss|ß)e)\s+\d+\s*\w?\Z",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"\D+\s\d+\s?[a-zA-Z]?(?:\s?(?:bus|bte)\s?\w+)?\Z")
_PLACE = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,5}\s+[^\W\d]")


class GroupLines:
    """Walks down such lines; `debtor` is whose invoices follow."""

    def __init__(self, layout: Layout) -> None:
        above = [texts(row) for row in layout.table.rows[: layout.header_row]]
        titles = [[text for text in row if text] for row in above if any(row)]
        self.debtor = NOBODY
        self._block: list[DebtorRecord] = []
        if titles and is_labelled(titles[-1][0]):
            self.debtor = group_debtor(titles.pop())
        self._titles = {title for row in titles if any(map(str.isalpha, title := _as_title(row)))}

    def read(self, cells: Sequence[Cell]) -> None:
        """One line of words: ``cells`` without those of amounts."""
        words = [text for text in texts(cells) if text]
        if not words or _OF_THE_PAGE.match(words[0]) or _as_title(words) in self._titles:
            return
        if self._block and self._is_address(words[0]):
            if len(self._block) > 1 and _HOUSE.match(self._block[-1].name):
                self._block.pop()
            said, above = group_debtor(["-", *cells]), self._block[-1]
            self._block[-1] = replace(above, phone=above.phone or said.phone, email=above.email or said.email)
        else:
            self._block.append(group_debtor(cells))
        self.debtor = self._block[-1]

    def name(self, debtor: DebtorRecord) -> None:
        """A line with a sum and, in the columns for it, whose it is; one without a name changes nothing."""
        self.debtor = debtor if debtor.name else self.debtor
        self.end()

    def end(self) -> None:
        """What comes next is another line than of words."""
        self._block = []

    def _is_address(self, text: str) -> bool:
        street = _HOUSE.match(self._block[-1].name)
        return bool(_ADDRESS.match(text) or (street and _PLACE.match(text)))


def _as_title(words: Sequence[str]) -> str:
    """The line without its numbers: page 2 is as page 1."""
    return _DIGITS.sub("", " ".join(words)).casefold()
