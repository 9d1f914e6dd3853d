"""A sentence not yet said: a code and its parameters. `beluur.words` renders it in a language.

Parameters are plain values (str, int, bool), Money, date, datetime or time, a Sentence, or a tuple of these; they travel as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from beluur.values.money import Money


@dataclass(frozen=True, slots=True)
class Sentence:
    """``code`` names the sentence in the catalogue; ``params`` fills its gaps."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted((k, repr(v)) for k, v in self.params.items()))))

    def to_json(self) -> dict[str, Any]:
        """A JSON-able dict; `from_json` gives back an equal sentence."""
        return {"code": self.code, "params": {k: _out(v) for k, v in self.params.items()}}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Sentence:
        """The sentence that `to_json` wrote."""
        return Sentence(data["code"], {k: _in(v) for k, v in data.get("params", {}).items()})


def say(code: str, **params: Any) -> Sentence:
    """``say("invoice.late", days=3)``: short for ``Sentence``."""
    return Sentence(code, params)


def _out(value: Any) -> Any:
    match value:
        case str() | int() | bool() | None:  # most are
            return value
        case Sentence():
            return {"sentence": value.to_json()}
        case Money():
            return {"money": [value.cents, value.currency]}
        case datetime():
            return {"datetime": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat(timespec="minutes")}
        case tuple() | list():
            return [_out(v) for v in value]
    raise TypeError(f"a sentence cannot carry {type(value).__name__}")


def _in(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_in(v) for v in value)
    if isinstance(value, Mapping):
        match next(iter(value.items())):
            case ("sentence", data):
                return Sentence.from_json(data)
            case ("money", [cents, currency]):
                return Money(cents, currency)
            case ("datetime", text):
                return datetime.fromisoformat(text)
            case ("date", text):
                return date.fromisoformat(text)
            case ("time", text):
                return time.fromisoformat(text)
    return value
