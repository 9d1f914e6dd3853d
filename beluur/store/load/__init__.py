"""Rows to the frozen facts that decisions read."""

from beluur.store.load.bank import also_his, bank_reach, perhaps_paid
from beluur.store.load.cases import load_case, load_cases
from beluur.store.load.ladders import own_ladders
from beluur.store.load.mandates import load_mandate
from beluur.store.load.policies import load_policy, policy_from
from beluur.store.load.ultimatums import ULTIMATUM, ULTIMATUM_STANDS, ultimatum_of

__all__ = [
    "ULTIMATUM",
    "ULTIMATUM_STANDS",
    "also_his",
    "bank_reach",
    "load_case",
    "load_cases",
    "load_mandate",
    "load_policy",
    "own_ladders",
    "perhaps_paid",
    "policy_from",
    "ultimatum_of",
]
