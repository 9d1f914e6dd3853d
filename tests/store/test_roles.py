"""The roles of a mandate are the roles of a membership."""

from beluur.domain.mandate import Role
from beluur.store.models import Membership


def test_the_domain_and_the_store_name_the_same_roles():
    assert {r.value for r in Role} == set(Membership.Role.values)
