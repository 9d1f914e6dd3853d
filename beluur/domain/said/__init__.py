"""What a debtor says he pays, in words, read into dated amounts: `read_said`. Concrete or nothing (D13); nothing is guessed."""

from beluur.domain.said.reading import Reading, SaidPart, read_said
from beluur.domain.said.telling import understood

__all__ = ["Reading", "SaidPart", "read_said", "understood"]
