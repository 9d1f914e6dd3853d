"""Under which name and addresses this machine is known in the office network. It stands in the room that may talk to the
network; nothing is sent."""

from __future__ import annotations

import socket
from contextlib import closing, suppress
from dataclasses import dataclass
from ipaddress import ip_address

_NOWHERE = ("192.0.2.1", 9)  # reserved for documentation: naming it only makes the system choose its way out


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """``name`` without a domain; ``addresses`` IPv4 in the office network, the way out first."""

    name: str
    addresses: tuple[str, ...]


def own_addresses() -> OwnAddresses:
    """As the machine knows itself now; no addresses when it is on no network."""
    name = socket.gethostname().split(".")[0]
    found = [*_way_out(), *_named(name)]
    return OwnAddresses(name, tuple(dict.fromkeys(a for a in found if _in_office(a))))


def _way_out() -> list[str]:
    with suppress(OSError), closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        probe.connect(_NOWHERE)
        return [str(probe.getsockname()[0])]
    return []


def _named(name: str) -> list[str]:
    with suppress(OSError):
        return [str(found[4][0]) for found in socket.getaddrinfo(name, None, socket.AF_INET)]
    return []


def _in_office(address: str) -> bool:
    parsed = ip_address(address)
    return not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified)
