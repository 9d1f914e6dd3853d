"""Who is on the other side of a CAMT payment."""

from __future__ import annotations

from typing import NamedTuple


class Party(NamedTuple):
    """The other side: name, account's number, and in whose name he paid when that is somebody else."""

    name: str = ""
    account: str = ""
    ultimate: str = ""


_PAYER = ("Dbtr", "DbtrAcct", "UltmtDbtr")
_PAYEE = ("Cdtr", "CdtrAcct", "UltmtCdtr")


def other_party(leaves: dict[str, str], account: str, holder: str, *, inward: bool, reversal: bool) -> Party:
    """Of money in the payer, of money out the payee; ``account`` and ``holder`` are our own and never the other side.

    A group pays for its subsidiary with the subsidiary as the ultimate debtor: the one who paid stays the other side, for the
    account is his; the name of the other goes along.
    """
    near_roles, far_roles = (_PAYER, _PAYEE) if inward else (_PAYEE, _PAYER)
    near = _party(leaves, near_roles)
    if reversal:
        return _of_reversal(near, _party(leaves, far_roles), account, holder)
    if near.account == account:
        far = _party(leaves, far_roles)
        return far if far.account not in ("", account) else near
    return near


def _party(leaves: dict[str, str], roles: tuple[str, str, str]) -> Party:
    name, ultimate = leaves.get(roles[0], ""), leaves.get(roles[2], "")
    return Party(name or ultimate, leaves.get(roles[1], ""), ultimate if name and ultimate != name else "")


def _of_reversal(near: Party, far: Party, account: str, holder: str) -> Party:
    """Some banks turn the roles round with the money, others keep those of the payment that is taken back. Our own account or
    name tells; when both could be the other side, the roles were kept."""
    possible = [
        party for party in (far, near) if (party.name or party.account) and not _is_us(party, account, holder)
    ]
    return possible[0] if possible else Party()


def _is_us(party: Party, account: str, holder: str) -> bool:
    if party.account:
        return party.account == account
    return bool(holder) and party.name.casefold() == holder.casefold()
