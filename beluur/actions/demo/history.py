"""What half of the demo's customers paid before, each in his own way: without it nobody's payment behaviour is known."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta

from beluur.actions.demo.cast import SEED, SOLD
from beluur.actions.demo.stage import Stage, Troupe
from beluur.store.models import Invoice

_FIRST_NUMBER = 1000
_TERM = timedelta(days=30)
_EVERY = 21  # days between two of his invoices
_YOUNGEST = 36  # days since the last of these was due
_HABITS = (  # days late in the middle, how far it varies, and how much later he pays of late
    (-3, 2, 0),
    (5, 4, 0),
    (12, 5, 0),
    (2, 1, 0),
    (8, 3, 11),
    (21, 8, 0),
    (16, 4, -10),
)


def paid_before(troupe: Troupe, stages: Sequence[Stage]) -> None:
    """Closed invoices of the year before, of every second of these debtors."""
    chance = random.Random(SEED + 1)  # noqa: S311 - a story, and the rest of it stays as it is
    made = [
        invoice
        for n, stage in enumerate(stages[::2])
        for invoice in _history(troupe, stage, _HABITS[n % len(_HABITS)], chance)
    ]
    made.sort(key=lambda invoice: (invoice.issued, invoice.debtor_id))
    for number, invoice in enumerate(made, start=_FIRST_NUMBER):
        invoice.number = f"{invoice.issued:%Y}-{number}"
    Invoice.objects.bulk_create(made)


def _history(
    troupe: Troupe, stage: Stage, habit: tuple[int, int, int], chance: random.Random
) -> Iterator[Invoice]:
    middle, spread, lately = habit
    for back in range(chance.randint(5, 11)):
        due = troupe.story.today - timedelta(days=_YOUNGEST + back * _EVERY + chance.randint(0, 6))
        late = middle + chance.randint(-spread, spread) + (lately if back < 3 else 0)
        cents = int(70_000 * chance.lognormvariate(0, 0.8)) // 5 * 5 + 2_500
        yield Invoice(
            administration_id=troupe.administration_id,
            debtor=stage.debtor,
            issued=due - _TERM,
            due=due,
            amount_cents=cents,
            stated_open_cents=0,
            open_cents=0,
            as_of=due,
            closed_on=due + timedelta(days=late),
            closed_because="paid",
            description=chance.choice(SOLD).format(w=chance.randint(2, 40)),
            term_days=_TERM.days,
        )
