"""What a plan, taken over from an offer of ours or from what was heard, puts into the rows of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beluur.domain.bargain import ProposedBy
from beluur.domain.conversation import Answer, toggled
from beluur.domain.plan import MOST_PARTS
from beluur.web.forms.call_draft import Draft
from beluur.web.language import typed_amount, typed_day

Changes = dict[str, str]


def in_rows(draft: Draft, parts: Sequence[tuple[date | None, int | None]], *, by: str) -> Changes:
    """The rows of ``parts`` (day, cents), with the promise picked; ``by`` is who proposed it (debtor, us). Rows of before that
    are too many are emptied; the yes was said to what stood there before."""
    parts = parts[:MOST_PARTS]
    changes: Changes = {"parts": str(max(len(parts), 1)), "proposed_by": by, "checked": "", "yes": ""}
    for n, (due, cents) in enumerate(parts, start=1):
        changes[f"a{n}"] = typed_amount(cents) if cents else ""
        changes[f"d{n}"] = typed_day(due) if due else ""
    for n in range(len(parts) + 1, draft.parts + 1):
        changes |= {f"a{n}": "", f"d{n}": ""}
    if Answer.PROMISE not in draft.answers:
        changes["answers"] = ",".join(toggled(draft.answers, Answer.PROMISE))
    changes["proposed"] = _rows(draft, changes)
    return changes


def who_proposed(draft: Draft) -> str:
    """debtor, or us as long as the rows are as our offer filled them: who changes them writes what he says instead."""
    ours = draft.text("proposed_by") == ProposedBy.US and draft.text("proposed") in ("", _rows(draft, {}))
    return (ProposedBy.US if ours else ProposedBy.DEBTOR).value


def _rows(draft: Draft, changes: Changes) -> str:
    """The amounts and days as they stand in the fields."""
    parts = int(changes.get("parts", draft.parts))
    names = [f"{of}{n}" for n in range(1, parts + 1) for of in "ad"]
    return "; ".join(changes.get(name, draft.text(name)) for name in names)
