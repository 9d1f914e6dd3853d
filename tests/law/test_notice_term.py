"""The fourteen days of a letter to a consumer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.law.notice_term import notice_term
from tests.law.test_days import needs_shared
from tests.law.test_interest import _shared


@pytest.mark.parametrize(
    ("country", "by_post", "sent", "first", "last", "safe_last"),
    [
        pytest.param(
            "NL", True, (2026, 11, 5), (2026, 11, 8), (2026, 11, 21), (2026, 11, 23),
            id="posted on Thursday: received on Saturday; the end moves to Monday",
        ),
        pytest.param(
            "NL", True, (2026, 11, 7), (2026, 11, 12), (2026, 11, 25), (2026, 11, 25),
            id="posted on Saturday: Sunday and Monday do not count",
        ),
        pytest.param(
            "NL", False, (2026, 12, 24), (2026, 12, 25), (2027, 1, 7), (2027, 1, 7),
            id="mailed: received on the day itself",
        ),
        pytest.param(
            "NL", False, (2026, 3, 20), (2026, 3, 21), (2026, 4, 3), (2026, 4, 7),
            id="Good Friday and Easter Monday extend a term",
        ),
        pytest.param(
            "NL", False, (2026, 5, 1), (2026, 5, 2), (2026, 5, 15), (2026, 5, 18),
            id="and so does a day equated with a holiday",
        ),
        pytest.param(
            "BE", False, (2026, 11, 13), (2026, 11, 14), (2026, 11, 27), (2026, 11, 27),
            id="BE mailed: from the day after",
        ),
        pytest.param(
            "BE", True, (2026, 11, 9), (2026, 11, 13), (2026, 11, 26), (2026, 11, 26),
            id="BE posted: from the third working day, a holiday is none",
        ),
    ],
)  # fmt: skip
def test_term(country, by_post, sent, first, last, safe_last):
    found = notice_term(country, by_post=by_post, sent=date(*sent))
    assert (found.first, found.last, found.safe_last) == (date(*first), date(*last), date(*safe_last))


@given(st.sampled_from(["NL", "BE"]), st.booleans(), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_a_term_is_never_shorter_than_fourteen_days(country, by_post, sent):
    found = notice_term(country, by_post=by_post, sent=sent)
    assert sent < found.first
    assert found.last - found.first == timedelta(days=13)
    assert found.safe_last >= found.last


@needs_shared
def test_all_shared_deadlines():
    for row in _shared("deadline_vectors.csv"):
        found = notice_term(
            row["rule"][:2], by_post=row["channel"] == "post", sent=date.fromisoformat(row["sent"])
        )
        received = found.received.isoformat() if found.received else ""
        assert received == row["received_presumed"], row
        assert found.first.isoformat() == row["term_first_day"], row
        assert found.last.isoformat() == row["term_last_day"], row
        assert found.safe_last.isoformat() == row["last_day_if_extended_to_working_day"], row
