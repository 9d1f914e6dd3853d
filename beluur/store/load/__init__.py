"""Rows to the frozen facts that decisions read."""

from beluur.store.load.cases import load_case, load_cases
from beluur.store.load.policies import load_policy, policy_from

__all__ = ["load_case", "load_cases", "load_policy", "policy_from"]
