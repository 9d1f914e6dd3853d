"""What stands now of what one call agreed: after corrections, and after later calls that took its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from beluur.domain.local_time import local_day
from beluur.domain.shown_agreement import ShownAgreement
from beluur.store.models import Call, Callback, Dispute, Instalment, PaidClaim, Promise, Ultimatum

_ENDED_WELL = ("kept", "late")
_MOST_CORRECTIONS = 50  # a chain is as long as people made it; a circle would be a fault of ours


@dataclass(frozen=True, slots=True)
class AgreementNow:
    """``shown`` is what stands; ``promise_id`` the promise in it, ``to_pay`` its parts that have not come in, (day, cents)."""

    shown: ShownAgreement
    promise_id: int | None = None
    to_pay: tuple[tuple[date, int], ...] = ()
    ended: bool = False  # every part of the promise came in


def agreement_now(administration_id: int, call_id: int, time_zone: str, currency: str) -> AgreementNow:
    """Raises Call.DoesNotExist when it is not of this administration. ``time_zone`` is the debtor's."""
    calls = _calls(administration_id, call_id)
    spoken_on = local_day(calls[call_id], time_zone)
    mine = {"administration_id": administration_id, "call_id__in": list(calls)}
    promise = _promise(administration_id, mine)
    parts = _parts(administration_id, promise["id"]) if promise else []
    shown = ShownAgreement(
        spoken_on=spoken_on,
        currency=promise["currency"] if promise else currency,
        parts=tuple((due, cents) for due, cents, _ in parts),
        said=promise["said"] if promise else "pays_on",
        way=promise["way"] if promise else "",
        reserved=bool(promise and promise["reserved"]),
        callback=_callback(mine),
        disputes=_disputes(mine),
        claim=_claim(mine),
        deadline=_deadline(mine),
    )
    to_pay = tuple((due, cents) for due, cents, verdict in parts if verdict not in _ENDED_WELL)
    return AgreementNow(shown, promise["id"] if promise else None, to_pay, ended=bool(parts) and not to_pay)


def _calls(administration_id: int, call_id: int) -> dict[int, datetime]:
    """The call and those that correct it, each with when it was opened."""
    rows = Call.objects.filter(administration_id=administration_id)
    found: dict[int, datetime] = {}
    at: int | None = call_id
    while at is not None and at not in found and len(found) < _MOST_CORRECTIONS:
        found[at], at = rows.values_list("opened_at", "corrected_by_id").get(id=at)[:2]
    return found


def _promise(administration_id: int, mine: dict[str, Any]) -> dict[str, Any] | None:
    """The last promise of these calls, or what took its place; None when none stands."""
    columns = "id currency said way reserved active ended_because replaced_by_id".split()
    row = Promise.objects.filter(**mine).order_by("-id").values(*columns).first()
    everyone = Promise.objects.filter(administration_id=administration_id)
    for _ in range(_MOST_CORRECTIONS):
        if row is None or row["replaced_by_id"] is None:
            break
        row = everyone.filter(id=row["replaced_by_id"]).values(*columns).first()
    stands = row is not None and (row["active"] or row["ended_because"] in _ENDED_WELL)
    return dict(row) if row is not None and stands else None


def _parts(administration_id: int, promise_id: int) -> list[tuple[date, int, str]]:
    rows = Instalment.objects.filter(administration_id=administration_id, promise_id=promise_id)
    return list(rows.order_by("due", "number").values_list("due", "cents", "verdict"))


def _callback(mine: dict[str, Any]) -> datetime | None:
    rows = Callback.objects.filter(**mine).exclude(state="corrected")
    return rows.order_by("-id").values_list("at", flat=True).first()


def _disputes(mine: dict[str, Any]) -> tuple[tuple[str, int, str], ...]:
    rows = Dispute.objects.filter(**mine).exclude(state="corrected").order_by("id")
    found = rows.values_list("invoice__number", "cents", "code", "what")
    return tuple((number, cents, what.strip() or f"dispute.{code}") for number, cents, code, what in found)


def _claim(mine: dict[str, Any]) -> tuple[date | None, int] | None:
    rows = PaidClaim.objects.filter(**mine).exclude(state="corrected")
    return rows.order_by("-id").values_list("paid_on", "cents").first()


def _deadline(mine: dict[str, Any]) -> tuple[date, int, str] | None:
    rows = Ultimatum.objects.filter(**mine).exclude(state="withdrawn")
    return rows.order_by("-id").values_list("until", "cents", "consequence").first()
