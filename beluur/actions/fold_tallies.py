"""Makes one row again of the many that PostgreSQL writes for each sum of `store.tally_sql`; elsewhere only empty ones go."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction

from beluur.store.models import Administration, DebtorTally

MANY = 2_000  # rows from which it is worth the while: a page adds them up in a millisecond
_KEY = ("currency", "step", "tier", "day")
_SUMS = ("debtors", "open_debtors", "asked_cents", "open_cents", "late_cents")


def fold_tallies(administration_id: int, *, at_least: int = MANY) -> int:
    """Folds when there are ``at_least`` rows; gives how many are left. What others add meanwhile stays as it is."""
    rows = DebtorTally.objects.filter(administration_id=administration_id)
    if rows.count() < at_least:
        return 0
    with transaction.atomic():
        sums: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0] * len(_SUMS))
        seen = []
        for i, *values in rows.select_for_update().values_list("id", *_KEY, *_SUMS):
            seen.append(i)
            key, amounts = tuple(values[: len(_KEY)]), values[len(_KEY) :]
            sums[key] = [a + b for a, b in zip(sums[key], amounts, strict=True)]
        rows.filter(id__in=seen).delete()
        left = [(key, amounts) for key, amounts in sums.items() if any(amounts)]
        DebtorTally.objects.bulk_create(
            DebtorTally(
                administration_id=administration_id,
                **dict(zip((*_KEY, *_SUMS), (*key, *amounts), strict=True)),
            )
            for key, amounts in left
        )
    return len(left)


def fold_all() -> int:
    """Of every administration, however few there are; the last rows of one that is gone go too. Gives how many are left."""
    houses = list(Administration.objects.values_list("id", flat=True))
    DebtorTally.objects.exclude(administration_id__in=houses).delete()
    return sum(fold_tallies(house, at_least=0) for house in houses)
