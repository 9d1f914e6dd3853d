"""The moments of a conversation at which the playbook has a line, and which facts each line may use.

Before it is sure who is on the line, nothing may tell what the call is about (D2): those moments know no amount, no invoice
and no day, so that no text, also not one that a user writes, can say them.
"""

from __future__ import annotations

from collections.abc import Mapping

_NOBODY_YET = frozenset({"greeting", "caller", "creditor", "contact", "own_number"})
_TALK = frozenset({"what", "contact", "amount", "numbers", "count", "made_on", "due"})
_RECAP = frozenset(
    {"amount", "day", "hour", "way", "numbers", "number", "owner", "who", "what", "email", "contact"}
)

BEFORE_IDENTITY = (
    "who.known",
    "who.desk",
    "who.incoming",
    "who.incoming_person",
    "gatekeeper.known",
    "gatekeeper.desk",
    "wrong_person.known",
    "wrong_person.desk",
    "voicemail.known",
    "voicemail.desk",
    "voicemail.no_number",
    "no_answer.wait",
    "busy.wait",
    "number_invalid.wait",
)
AFTER_IDENTITY = (
    "opening.what",
    "opening.plain",
    "opening.broken",
    "opening.broken_part",
    "opening.callback",
    "opening.incoming",
    "opening.incoming_plain",
    "received.what",
    "received.plain",
    "when.one",
    "when.more",
    "when.problem",
    "agree.promise",
    "agree.promise_rest",
    "agree.callback",
    "agree.dispute",
    "agree.paid",
    "agree.forward",
    "agree.refusal",
    "agree.nothing",
)
RECAP = (
    "recap.intro",
    "recap.promise_pays",
    "recap.promise_received",
    "recap.covers",
    "recap.callback",
    "recap.callback_who",
    "recap.dispute",
    "recap.paid",
    "recap.paid_unknown",
    "recap.forward",
    "recap.refusal",
    "recap.nothing",
    "recap.own",
    "recap.mail",
    "recap.check",
    "closing.agreed",
    "closing.incoming",
)
WORDS = (
    "greeting.morning",
    "greeting.afternoon",
    "greeting.evening",
    "way.transfer",
    "way.link",
    "way.card",
    "way.cash",
    "way.direct_debit",
    "way.other",
)

MAY_SAY: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(BEFORE_IDENTITY, _NOBODY_YET),
    **dict.fromkeys(AFTER_IDENTITY, _TALK | {"number"}),
    **dict.fromkeys(RECAP, _RECAP),
    **dict.fromkeys(WORDS, frozenset()),
}
