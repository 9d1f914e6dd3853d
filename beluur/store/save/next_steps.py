"""The stored answer of `domain.next_step`, for many debtors at once."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import connection

from beluur.domain.next_step import NextStep
from beluur.store.models import Debtor
from beluur.store.save.many import update_many
from beluur.values.sentence import Sentence

COLUMNS = (
    "step step_on step_at step_tier step_cents step_invoices step_because step_blocks step_valid_until step_stale "
    "open_cents overdue_cents oldest_due"
).split()


def save_next_steps(administration_id: int, steps: Mapping[int, NextStep]) -> None:
    """Writes the steps; the debtors are no longer stale."""
    adapt = connection.ops
    update_many(
        Debtor,
        administration_id,
        COLUMNS,
        (
            (
                step.step,
                adapt.adapt_datefield_value(step.on) if step.on else None,
                adapt.adapt_datetimefield_value(step.at) if step.at else None,
                step.tier,
                step.base_cents,
                step.invoices,
                _json(step.because),
                _json(tuple(block.sentence for block in step.blocks)),
                adapt.adapt_datefield_value(step.valid_until) if step.valid_until else None,
                False,
                step.open_cents,
                step.overdue_cents,
                adapt.adapt_datefield_value(step.oldest_due) if step.oldest_due else None,
                debtor_id,
            )
            for debtor_id, step in steps.items()
        ),
    )


def _json(sentences: tuple[Sentence, ...]) -> str:
    return json.dumps([sentence.to_json() for sentence in sentences], ensure_ascii=False)
