"""Less of the file is mapped while bank lines are published, and as much as before afterwards."""

from __future__ import annotations

import pytest
from django.db import connection

from beluur.store.sparing import MAPPED, sparing_memory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def mapped() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA mmap_size")
        return int((cursor.fetchone() or (0,))[0])


@pytest.fixture
def before(data_folder) -> int:
    if connection.vendor != "sqlite":
        with sparing_memory():
            pytest.skip("nothing of it is mapped")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA mmap_size = 268435456")
    return mapped()


def test_less_is_mapped_and_afterwards_as_much_as_before(before: int) -> None:
    with sparing_memory():
        assert mapped() == min(before, MAPPED)
    assert mapped() == before


def test_as_much_as_before_when_it_fails(before: int) -> None:
    with pytest.raises(ZeroDivisionError), sparing_memory():
        1 / 0  # noqa: B018 - what fails
    assert mapped() == before


def test_never_more_than_before(before: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA mmap_size = 4096")
    with sparing_memory():
        assert mapped() <= 4096
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA mmap_size = {before}")
