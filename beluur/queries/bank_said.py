"""The morning after: what came in with an intake's statements, and which agreements were kept and which were not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from beluur.domain.local_time import local_day
from beluur.domain.payment_state import WAITING, PaymentState
from beluur.queries.went_back import WentBack, went_back_with
from beluur.store.models import Administration, Instalment, Intake, Payment
from beluur.values.money import Money
from beluur.values.sentence import Sentence

SHOWN = 40  # agreements with their debtors on the page; the counts are of all
_ORDER = ("broken", "partly", "late", "kept")
_RECOGNISED = (PaymentState.EXPLAINED, PaymentState.REST)
_INSTALMENT = (
    "id cents due promise__currency promise__made_at promise__words promise__debtor_id promise__debtor__name "
    "promise__debtor__time_zone"
).split()


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One agreement that was judged; ``words`` are what the debtor said on ``said_on``, ``because`` what it rests on."""

    debtor_id: int
    name: str
    verdict: str
    amount: Money
    due: date
    said_on: date
    words: str
    because: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class BankSaid:
    """What an intake's statements came to. ``came`` and ``payments`` are what came in; of those ``recognised``; ``waiting`` for a
    person, ``earlier`` taken to be in the open items already; ``counts`` of agreements by verdict, ``verdicts`` with their
    debtors, broken first; ``returns``: what went back; ``foreign``: what came in other currencies."""

    intake_id: int
    came: Money
    payments: int
    recognised: int
    waiting: int
    counts: Mapping[str, int]
    verdicts: tuple[VerdictRow, ...]
    returns: tuple[WentBack, ...] = ()
    earlier: int = 0
    foreign: tuple[Money, ...] = ()

    @property
    def sums(self) -> tuple[Money, ...]:
        """What came in, per currency, our own first."""
        return (self.came, *self.foreign) if self.came.cents or not self.foreign else self.foreign

    @property
    def open_verdicts(self) -> tuple[VerdictRow, ...]:
        """Those that ask for something."""
        return tuple(v for v in self.verdicts if v.verdict in ("broken", "partly"))

    @property
    def done_verdicts(self) -> tuple[VerdictRow, ...]:
        """Those that are paid, in time or later."""
        return tuple(v for v in self.verdicts if v.verdict not in ("broken", "partly"))


def bank_said(administration_id: int, intake_id: int) -> BankSaid | None:
    """Five queries; None when the intake is not taken over (any more), or held no statement."""
    intakes = Intake.objects.filter(administration_id=administration_id, id=intake_id, state="published")
    summary = intakes.values_list("summary", flat=True).first()
    if not summary or not summary.get("statements"):
        return None
    currency = Administration.objects.values_list("currency", flat=True).get(id=administration_id)
    told = sorted(summary.get("verdicts", ()), key=lambda v: _ORDER.index(v["verdict"]))
    here = Payment.objects.filter(administration_id=administration_id, statement__intake_id=intake_id)
    booked = here.exclude(state__in=(PaymentState.PENDING, PaymentState.UNDONE))
    came = Q(amount_cents__gt=0)
    rows = list(
        booked.order_by("currency")
        .values("currency")
        .annotate(
            cents=Sum("amount_cents", filter=came),
            payments=Count("id", filter=came),
            recognised=Count("id", filter=came & Q(state__in=_RECOGNISED)),
            waiting=Count("id", filter=Q(state__in=WAITING)),
            earlier=Count("id", filter=came & Q(state=PaymentState.EARLIER)),
        )
    )
    found: Counter[str] = Counter()
    for row in rows:
        found.update({name: row[name] for name in ("payments", "recognised", "waiting", "earlier")})
    sums = {row["currency"]: Money(row["cents"], row["currency"]) for row in rows if row["cents"]}
    return BankSaid(
        intake_id,
        sums.pop(currency, Money(0, currency)),
        found["payments"],
        found["recognised"],
        found["waiting"],
        Counter(v["verdict"] for v in told),
        _verdicts(administration_id, told[:SHOWN]),
        went_back_with(administration_id, intake_id),
        found["earlier"],
        tuple(sums.values()),
    )


def _verdicts(administration_id: int, told: Sequence[dict[str, Any]]) -> tuple[VerdictRow, ...]:
    ids = [v["instalment"] for v in told]
    instalments = Instalment.objects.filter(administration_id=administration_id, id__in=ids)
    rows = {row[0]: row[1:] for row in instalments.values_list(*_INSTALMENT)}
    found = []
    for verdict in told:
        if verdict["instalment"] not in rows:
            continue
        cents, due, currency, made_at, words, debtor_id, name, zone = rows[verdict["instalment"]]
        because = tuple(Sentence.from_json(s) for s in verdict["because"])
        row = VerdictRow(
            debtor_id,
            name,
            verdict["verdict"],
            Money(cents, currency),
            due,
            local_day(made_at, zone),
            words,
            because,
        )
        found.append(row)
    return tuple(found)
