"""What a debtor is shown of an agreement on his own page, and its version: an answer says which version it answers (J9).

Only what was agreed counts, not what became of it: a payment that came in gives no new version, a correction does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class ShownAgreement:
    """``parts`` are (day, cents); ``callback`` is a moment in UTC; ``disputes`` are (invoice number, cents, why), why as he said
    it or a code of the catalogue; ``claim`` is (day or None, cents); ``deadline`` is (last day, cents, consequence)."""

    spoken_on: date
    currency: str
    parts: tuple[tuple[date, int], ...] = ()
    said: str = "pays_on"
    way: str = ""
    reserved: bool = False
    callback: datetime | None = None
    disputes: tuple[tuple[str, int, str], ...] = ()
    claim: tuple[date | None, int] | None = None
    deadline: tuple[date, int, str] | None = None

    def __bool__(self) -> bool:
        """Whether anything stands."""
        return bool(self.parts or self.callback or self.disputes or self.claim or self.deadline)

    @property
    def last_day(self) -> date | None:
        """The last day on which something of it is due."""
        days = [day for day, _ in self.parts]
        days += [self.callback.date()] if self.callback else []
        days += [self.deadline[0]] if self.deadline else []
        return max(days, default=None)

    @property
    def version(self) -> str:
        """Sixteen hexadecimal digits, the same for the same agreement."""
        text = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        """A JSON-able dict; `from_json` gives back an equal one."""
        return {
            "spoken_on": self.spoken_on.isoformat(),
            "currency": self.currency,
            "parts": [[day.isoformat(), cents] for day, cents in self.parts],
            "said": self.said,
            "way": self.way,
            "reserved": self.reserved,
            "callback": self.callback.isoformat() if self.callback else None,
            "disputes": [list(one) for one in self.disputes],
            "claim": [self.claim[0].isoformat() if self.claim[0] else None, self.claim[1]]
            if self.claim
            else None,
            "deadline": [self.deadline[0].isoformat(), *self.deadline[1:]] if self.deadline else None,
        }

    @staticmethod
    def from_json(kept: Mapping[str, Any]) -> ShownAgreement:
        """What `to_json` wrote."""
        claim, deadline, callback = kept["claim"], kept["deadline"], kept["callback"]
        return ShownAgreement(
            spoken_on=date.fromisoformat(kept["spoken_on"]),
            currency=kept["currency"],
            parts=tuple((date.fromisoformat(day), cents) for day, cents in kept["parts"]),
            said=kept["said"],
            way=kept["way"],
            reserved=kept["reserved"],
            callback=datetime.fromisoformat(callback) if callback else None,
            disputes=tuple((number, cents, why) for number, cents, why in kept["disputes"]),
            claim=(date.fromisoformat(claim[0]) if claim[0] else None, claim[1]) if claim else None,
            deadline=(date.fromisoformat(deadline[0]), deadline[1], deadline[2]) if deadline else None,
        )
