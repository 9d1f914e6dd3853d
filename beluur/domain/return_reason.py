"""Why the bank took money back, in words: the external return reasons of ISO 20022 (ExternalReturnReason1Code) that banks use."""

from __future__ import annotations

from beluur.values.sentence import Sentence, say

KNOWN = frozenset(
    (
        "ac01 ac03 ac04 ac06 ac13 ag01 ag02 am04 am05 be04 be05 cnor dnor ff01 focr md01 md06 md07 ms02 ms03 "
        "rc01 rr01 rr02 rr03 rr04 sl01 tm01 dupl tech frad cust"
    ).split()
)


def return_reason(told: str) -> Sentence | None:
    """What the bank ``told``: a code, perhaps with words after it. None when it told nothing; the unknown stands as it is."""
    words = told.split()
    if not words:
        return None
    code = words[0].lower()
    if code in KNOWN:
        return Sentence(f"bank_return.{code}")
    return say("bank_return.unknown", reason=" ".join(words))
