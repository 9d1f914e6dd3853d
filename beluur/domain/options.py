"""Each rule that can bring a next step. A rule looks at the facts and answers with options, each with the day it is for.

Days follow from facts alone, never from the day one looks: what was due while nobody looked is still due (J4). A rule that
compares with today notes the day on which that changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from beluur.domain.case import CallbackFact, Case, InstalmentFact, PromiseFact, Verdict, Way
from beluur.domain.ladder import Rung, RungKind
from beluur.domain.ladder_days import day_of, escalations, noticed_on, reminders
from beluur.domain.local_time import local_day
from beluur.domain.parts import Why, off_schedule, promises_off_schedule
from beluur.domain.policy import Policy
from beluur.domain.retry import retry_at
from beluur.domain.second_broken import is_decided
from beluur.domain.standing_ultimatum import consequence_on
from beluur.domain.steps import Step, Tier
from beluur.domain.unreachable import Rung as Try
from beluur.domain.unreachable import Unreached, rule_of, unreached
from beluur.domain.view import DAY, Option, View, fresh, look
from beluur.law.days import add_working_days, next_working_day

_STANDING = (Verdict.OPEN, Verdict.UNKNOWN)


def options(view: View) -> Iterator[Option]:
    """All steps that could be next for this debtor."""
    case = view.case
    if case.promises:
        yield from _promises(view)
    if case.claims:
        yield from _claims(view)
    if case.perhaps_paid_cents and not view.worth_a_call:
        yield from _perhaps_paid(view)
    if case.disputes:
        yield from _disputes(view)
    callback = next_callback(view)
    if callback is not None and view.worth_an_appointment:
        yield _reachable(view, _callback(view, callback))
        yield from _ultimatum(view)
        return
    if given := tuple(_ultimatum(view)):
        yield from given  # no call and no friendly mail: they would take back what was said
        return
    broken = _broken(view)
    if broken is None and view.worth_a_call:
        yield from escalations(view)
        if noticed_on(view) is not None:
            return
    call = broken or _call(view)
    if call is not None:
        yield (call := _reachable(view, call))
    if call is None or call.on > view.today:
        yield from reminders(view)


def next_callback(view: View) -> CallbackFact | None:
    """The first agreed call-back that was not made yet."""
    return min((c for c in view.case.callbacks if not c.done), key=lambda c: (c.at, c.id), default=None)


def _callback(view: View, callback: CallbackFact) -> Option:
    on = local_day(callback.at, view.case.time_zone)
    return Option(Step.CALL_BACK, on, callback.at, Tier.CALL_BACK, callback)


def standing(promise: PromiseFact) -> InstalmentFact | None:
    """The first instalment that is still to come or not yet judged, of a promise that is on schedule."""
    if off_schedule(promise):
        return None
    return next((i for i in promise.instalments if i.verdict in _STANDING), None)


def _promises(view: View) -> Iterator[Option]:
    for promise in view.case.promises:
        instalment = standing(promise)
        if instalment is None:
            continue
        view.until(instalment.control + DAY)
        if instalment.control < view.today:
            yield Option(Step.CHECK_PAYMENT, instalment.control + DAY, about=promise)
        else:
            yield Option(Step.WAIT_PROMISE, instalment.control, about=promise)


def _claims(view: View) -> Iterator[Option]:
    claimed = {p.until for p in view.split.parts if p.why is Why.CLAIMED}
    for claim in view.case.claims:
        if claim.check_on in claimed:
            yield Option(Step.CHECK_PAYMENT, claim.check_on, about=claim)


def _perhaps_paid(view: View) -> Iterator[Option]:
    held = view.split.of(Why.PERHAPS_PAID)
    if held:
        yield Option(Step.CHECK_PAYMENT, (held[0].invoice.due or date.min) + DAY)


def _ultimatum(view: View) -> Iterator[Option]:
    """D12: what was announced is decided when its day has passed without the money, not before the books say so."""
    ultimatum = view.case.ultimatum
    if ultimatum is None or not view.worth_a_call:
        return
    view.until(ultimatum.check_on + DAY)
    if not ultimatum.missed and ultimatum.check_on < view.today:
        yield Option(Step.CHECK_PAYMENT, ultimatum.check_on + DAY, about=ultimatum)
    else:
        yield Option(Step.DECIDE, consequence_on(ultimatum, view.case.country), about=ultimatum)


def _disputes(view: View) -> Iterator[Option]:
    open_ids = {p.invoice.id: p.invoice for p in view.split.parts if p.why is Why.DISPUTED}
    for dispute in view.case.disputes:
        if dispute.invoice_id not in open_ids:
            continue
        on = (
            dispute.answer_by
            or dispute.raised_on
            or open_ids[dispute.invoice_id].due
            or open_ids[dispute.invoice_id].issued
        )
        if on is None:
            view.until(view.today + DAY)
        yield Option(Step.ANSWER_DISPUTE, on or view.today, about=dispute)


def broken_promise(view: View) -> tuple[PromiseFact, InstalmentFact] | None:
    """The first promise that was not kept, or in part, and not spoken about since, with the instalment that failed."""
    for promise, instalment in promises_off_schedule(view.case):
        if not _spoken_since(view, promise, instalment.control):
            return promise, instalment
    return None


def _broken(view: View) -> Option | None:
    """A broken promise is called about on the working day after its control date (F1, F3)."""
    broken = broken_promise(view) if view.worth_a_call else None
    if broken is None:
        return None
    promise, instalment = broken
    on = next_working_day(instalment.control + DAY, view.case.country)
    on, at = _after_miss(view, on, same_day=True)
    return Option(Step.CALL_BROKEN, on, at, Tier.BROKEN, promise)


def _spoken_since(view: View, promise: PromiseFact, control: date) -> bool:
    if view.pace.spoken_on is not None and view.pace.spoken_on > control:
        return True
    zone = view.case.time_zone
    return any(p is not promise and local_day(p.made_at, zone) > control for p in view.case.promises)


def _call(view: View) -> Option | None:
    since, rung = view.since, view.ladder.rung(RungKind.CALL)
    if not view.worth_a_call or rung is None or since is None:
        return None
    day = day_of(view, rung, since)
    again = _again(view, since)
    if day is None or again is None:
        return None
    ready = next_working_day(day, view.case.country)
    tier, week_ends = _week_rule(view, rung)
    on = max(filter(None, (ready, view.pace.week_full_until, view.pace.rest_until, again)))
    on, at = _after_miss(view, next_working_day(on, view.case.country), same_day=False)
    step = Step.CALL_AGAIN if _tried_since(view, since) else Step.CALL_FIRST
    return Option(step, on, at, tier, week_ends=week_ends, ready=ready)


def _again(view: View, since: date) -> date | None:
    """The day from which the calls that were made allow another; None when the ladder has no second conversation, or that waits
    for something."""
    pace = view.pace
    days = [since] if pace.tried_on is None else [since, pace.tried_on + DAY]
    if pace.spoken_on is not None and pace.spoken_on > since:
        rung = view.ladder.rung(RungKind.CALL_AGAIN)
        day = None if rung is None else day_of(view, rung, since)
        if rung is None or day is None:
            return None
        days.append(day)
        if rung.rest_days and pace.last_on is not None:
            days.append(pace.last_on + rung.rest_days * DAY)
    return max(days)


def _week_rule(view: View, call: Rung) -> tuple[Tier, date | None]:
    """B1: while some invoice is in its week and was not spoken about, that rule comes before the amount. A ladder that does not
    call within the week has no such rule."""
    if call.after_days > view.policy.call_within_days or view.ladder.needed(call):
        return Tier.AMOUNT, None
    starts_after, lasts = call.after_days * DAY, view.policy.call_within_days * DAY
    dues = [i.due for i in fresh(view) if i.due]
    not_over = [due for due in dues if due + lasts >= view.today]
    for due in not_over:
        view.until(due + starts_after)
        view.until(due + lasts)
        view.until(due + lasts + DAY)
    running = [due for due in not_over if due + starts_after <= view.today]
    if running:
        return Tier.WEEK, min(running) + lasts
    return Tier.AMOUNT, min(dues) + lasts if dues else None


def _tried_since(view: View, due: date) -> bool:
    return view.pace.last_on is not None and view.pace.last_on > due


def _after_miss(view: View, on: date, *, same_day: bool) -> tuple[date, datetime | None]:
    """``on`` moved behind the moment at which a next try makes sense, and behind our letter; and that moment if it is then."""
    if view.pace.last is None:
        return on, None
    if view.pace.wrote_on is not None:
        rest = view.policy.other_channel_working_days
        on = max(on, add_working_days(view.pace.wrote_on, rest, view.case.country))
    at = retry_at(view.case, view.policy, same_day=same_day)
    if at is None:
        return on, None
    then = local_day(at, view.case.time_zone)
    return (on, None) if then < on else (then, at)


def _reachable(view: View, call: Option) -> Option:
    """The call itself, or what comes instead of it when it cannot be made or makes no sense any more."""
    step = _instead(view, call.step)
    if step is None:
        return call
    on = call.on
    letter = view.ladder.rung(RungKind.OTHER_CHANNEL)
    if step is Step.OTHER_CHANNEL and letter is not None and view.pace.tried_on is not None:
        on = next_working_day(view.pace.tried_on + letter.rest_days * DAY, view.case.country)
    return Option(step, on, about=call.about, week_ends=call.week_ends, instead_of=call.step)


def _instead(view: View, step: Step) -> Step | None:
    if not view.case.has_phone:
        return Step.FIX_CONTACT
    if step is Step.CALL_BACK:
        return None
    if view.pace.refusals >= view.policy.refusals_before_decision and step is not Step.CALL_BROKEN:
        return Step.DECIDE
    if step is Step.CALL_BROKEN and is_decided(view):
        return Step.DECIDE
    if view.pace.misses < view.policy.tries_before_other_channel:
        return None
    found = next_way(view)
    if found is not None and found.rung not in (Try.WRITE, Try.ESCALATE):
        return None
    wrote = view.pace.wrote_on is not None or view.ladder.rung(RungKind.OTHER_CHANNEL) is None
    return Step.DECIDE if wrote else Step.OTHER_CHANNEL


def next_way(view: View) -> Unreached | None:
    """B9: what is done about who does not answer, once it was tried as often as the house wants; None before that, and when
    nobody knows which numbers there are."""
    if not view.case.ways or view.pace.misses < view.policy.tries_before_other_channel:
        return None
    writes = view.ladder.rung(RungKind.OTHER_CHANNEL) is not None
    return unreached(view.case, view.policy, view.case.ways, rule_of(view.policy, writes=writes))


def way_to_try(case: Case, policy: Policy, today: date) -> Way | None:
    """The number to dial of who did not answer often enough (B9); None when the usual one will do."""
    found = next_way(look(case, policy, today))
    return found.way if found is not None else None
