"""Cases that hypothesis makes up: any mixture of facts around one day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from hypothesis import strategies as st

from beluur.domain.case import (
    AttemptFact,
    CallbackFact,
    Case,
    DebtorKind,
    DisputeFact,
    Exemption,
    HoldFact,
    InstalmentFact,
    InvoiceFact,
    Outcome,
    PaidClaimFact,
    PromiseFact,
    ReminderFact,
    Result,
    Stop,
    UltimatumFact,
    Verdict,
    Way,
)
from tests.domain.builders import TODAY, days

cents = st.integers(1, 500_000)
ids = st.integers(1, 4)
past = st.integers(0, 40).map(lambda n: TODAY - days(n))
around = st.integers(-40, 40).map(lambda n: TODAY + days(n))
soon = st.integers(0, 40).map(lambda n: TODAY + days(n))


def moment(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


WAYS = (Way("+31201234567"), Way("+31612345678"), Way("+31207654321", 4, "boekhouding"))
past_moments = st.builds(moment, past, st.integers(6, 18), st.sampled_from([0, 35]))
moments = st.builds(moment, around, st.integers(6, 18), st.sampled_from([0, 35]))


@st.composite
def invoices(draw: st.DrawFn, number: int) -> InvoiceFact:
    amount = draw(cents)
    open_cents = draw(st.sampled_from([amount, amount // 2, 0, -amount]))
    return InvoiceFact(
        number,
        f"F{number}",
        TODAY - days(60),
        draw(st.none() | around),
        amount,
        open_cents,
        exemption=draw(st.sampled_from(Exemption)),
        exempt_cents=draw(st.sampled_from([0, amount // 3])),
        known_to=draw(st.none() | past),
    )


@st.composite
def promises(draw: st.DrawFn) -> PromiseFact:
    first = draw(around)
    parts = tuple(
        InstalmentFact(
            first + days(7 * n), draw(cents), first + days(7 * n + 2), draw(st.sampled_from(Verdict))
        )
        for n in range(draw(st.integers(1, 3)))
    )
    covers = draw(st.lists(st.tuples(ids, cents), max_size=3))
    return PromiseFact(
        draw(ids), draw(past_moments), parts, tuple(covers), words=draw(st.sampled_from(["", "x"]))
    )


attempts = st.lists(
    st.builds(
        AttemptFact,
        past_moments,
        st.sampled_from(Outcome),
        incoming=st.booleans(),
        number=st.sampled_from(("", *(way.number for way in WAYS))),
        result=st.sampled_from(Result),
    ),
    max_size=7,
).map(lambda found: tuple(sorted(found, key=lambda a: a.at)))


@st.composite
def ultimatums(draw: st.DrawFn) -> UltimatumFact:
    check_on = draw(around)
    made_on = min(check_on, draw(past)) - days(1)
    covers = draw(st.lists(st.tuples(ids, cents, cents), max_size=2))
    consequence = draw(st.sampled_from(["notice", "specialist"]))
    missed = check_on < TODAY and draw(st.booleans())
    return UltimatumFact(
        draw(ids), check_on - days(1), draw(cents), consequence, check_on, made_on, tuple(covers), missed
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    count = draw(st.integers(0, 4))
    return Case(
        1,
        "Voorbeeld bv",
        draw(st.sampled_from(DebtorKind)),
        draw(st.sampled_from(["NL", "BE", "PT"])),
        "nl",
        draw(st.sampled_from(["Europe/Amsterdam", "Europe/Lisbon", "America/Curacao"])),
        agency=draw(st.booleans()),
        invoices=tuple(draw(invoices(n + 1)) for n in range(count)),
        promises=tuple(draw(st.lists(promises(), max_size=2))),
        callbacks=tuple(draw(st.lists(st.builds(CallbackFact, ids, moments, st.booleans()), max_size=2))),
        disputes=tuple(
            draw(
                st.lists(
                    st.builds(DisputeFact, ids, ids, cents, st.just("quality"), st.none() | around),
                    max_size=2,
                )
            )
        ),
        claims=tuple(
            draw(st.lists(st.builds(PaidClaimFact, ids, st.none() | past, cents, around), max_size=2))
        ),
        ultimatum=draw(st.none() | st.none() | ultimatums()),
        attempts=draw(attempts),
        reminders=tuple(draw(st.lists(st.builds(ReminderFact, st.integers(0, 2), past), max_size=3))),
        hold=draw(st.none() | st.builds(HoldFact, st.none() | around, st.just("vakantie"))),
        stop=draw(st.none() | st.sampled_from(Stop)) if draw(st.integers(0, 5)) == 0 else None,
        perhaps_paid_cents=draw(st.sampled_from([0, 0, 5_000, 100_000])),
        has_phone=draw(st.booleans()),
        ways=tuple(draw(st.lists(st.sampled_from(WAYS), unique=True))),
        has_email=draw(st.booleans()),
    )
