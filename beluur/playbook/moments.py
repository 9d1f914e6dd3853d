"""The moments of a conversation at which the playbook has a line, and which facts each line may use.

Before it is sure who is on the line, nothing may tell what the call is about (D2): those moments know no amount, no invoice
and no day, so that no text, also not one that a user writes, can say them. Where the demand stops (J11) it is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from beluur.playbook.reason_codes import FROM_ANYBODY, HUSHED, ReasonCode, moment_of, parts_of
from beluur.playbook.vague_codes import MAY_ASK, vague_moment

_NOBODY_YET = frozenset({"greeting", "caller", "creditor", "contact", "own_number"})
_TALK = frozenset({"what", "contact", "amount", "numbers", "count", "made_on", "due"})
_RECAP = frozenset("amount day hour way numbers number owner who what email contact consequence".split())
_NEGOTIATE = frozenset({"amount", "day", "parts", "rest", "limit", "consequence", "contact"})
_OURS = frozenset({"what", "who", "day", "hour", "email", "contact"})
_STOPPED = frozenset({"caller", "creditor", "contact"})

BEFORE_IDENTITY = (
    "who.known",
    "who.desk",
    "who.incoming",
    "who.incoming_person",
    "gatekeeper.known",
    "gatekeeper.desk",
    "gatekeeper.about",
    "gatekeeper.about_person",
    "wrong_person.known",
    "wrong_person.desk",
    "voicemail.known",
    "voicemail.desk",
    "voicemail.no_number",
    "no_answer.wait",
    "busy.wait",
    "number_invalid.wait",
    "cut_off.wait",
    "cut_off.again",
)
AFTER_IDENTITY = (
    "opening.what",
    "opening.plain",
    "opening.broken",
    "opening.broken_part",
    "opening.callback",
    "opening.incoming",
    "opening.incoming_plain",
    "opening.stopped",
    "received.what",
    "received.plain",
    "when.one",
    "when.more",
    "when.nothing",
    "when.problem",
    "listen.first",
    "listen.go_on",
    "listen.play_back",
    "listen.ask_on",
    "listen.upset",
    "agree.promise",
    "agree.promise_rest",
    "agree.callback",
    "agree.dispute",
    "agree.paid",
    "agree.forward",
    "agree.refusal",
    "agree.nothing",
)
NEGOTIATE = (
    "negotiate.first",
    "negotiate.both",
    "negotiate.counter_date",
    "negotiate.counter_parts",
    "negotiate.counter_share",
    "negotiate.insist",
    "negotiate.ultimatum",
    "negotiate.reserve",
    "negotiate.accept",
    "negotiate.refuse_mandate",
)
OURS = (
    "ours.mailed",
    "ours.mail_seen",
    "ours.no_copy",
    "ours.no_copy_ask",
    "ours.ask_back",
    "ours.promise",
    "ours.promise_who",
)
STOPPED = ("stop.kindly", "stop.closing")
RECAP = (
    "recap.intro",
    "recap.promise_pays",
    "recap.promise_received",
    "recap.covers",
    "recap.callback",
    "recap.callback_who",
    "recap.dispute",
    "recap.dispute_us",
    "recap.paid",
    "recap.paid_unknown",
    "recap.forward",
    "recap.refusal",
    "recap.ultimatum",
    "recap.nothing",
    "recap.own",
    "recap.mail",
    "recap.mail_later",
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


def _reasons() -> Iterator[tuple[str, frozenset[str]]]:
    """A line for somebody who gave the reason before knows on which day (``before``)."""
    for code in ReasonCode:
        may = _NOBODY_YET if code in FROM_ANYBODY else _STOPPED if code in HUSHED else _TALK
        for part in parts_of(code):
            yield moment_of(code, part), may | ({"before"} if part == "again" else frozenset())


REASON_LINES: Mapping[str, frozenset[str]] = dict(_reasons())

MAY_SAY: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(BEFORE_IDENTITY, _NOBODY_YET),
    **dict.fromkeys(AFTER_IDENTITY, _TALK | {"number"}),
    **dict.fromkeys(NEGOTIATE, _NEGOTIATE),
    **dict.fromkeys(OURS, _OURS),
    **dict.fromkeys(STOPPED, _STOPPED),
    **dict.fromkeys(RECAP, _RECAP),
    **{vague_moment(code): facts for code, facts in MAY_ASK.items()},
    **dict.fromkeys(WORDS, frozenset()),
    **REASON_LINES,
}

MUST_SAY: Mapping[str, frozenset[str]] = {
    "recap.promise_pays": frozenset({"amount", "day"}),
    "recap.promise_received": frozenset({"amount", "day"}),
    "recap.callback": frozenset({"day", "hour"}),
    "recap.callback_who": frozenset({"day", "hour", "who"}),
    "recap.dispute": frozenset({"amount", "number", "owner", "day"}),
    "recap.dispute_us": frozenset({"amount", "number", "day"}),
    "recap.own": frozenset({"what", "day", "hour"}),
    "recap.ultimatum": frozenset({"amount", "day", "consequence"}),
    "ours.promise": frozenset({"day", "hour"}),
    "ours.promise_who": frozenset({"who", "day", "hour"}),
    "negotiate.ultimatum": frozenset({"amount", "day", "consequence"}),
    "vague.ambiguous_weekday": frozenset({"one", "other"}),
    "vague.day_mismatch": frozenset({"one", "other"}),
    "vague.today_or_later": frozenset({"one", "other"}),
}
"""What a line is not concrete without (D9, D12, D13)."""

WITHOUT_MONEY: Mapping[str, str] = {
    **dict.fromkeys(BEFORE_IDENTITY, "early"),
    **dict.fromkeys(STOPPED, "stopped"),
    **{moment_of(code, part): "early" for code in sorted(FROM_ANYBODY) for part in parts_of(code)},
    **{moment_of(code, part): "stopped" for code in sorted(HUSHED) for part in parts_of(code)},
}
"""The moments whose lines say nothing about money, and why: it is too early, or the demand has stopped."""
