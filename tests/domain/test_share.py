"""Shares: their interval, when they are told, and whether two differ."""

from __future__ import annotations

import pytest

from beluur.domain.share import Share, differ


@pytest.mark.parametrize(
    ("hits", "n", "percent", "low", "high"),
    [
        pytest.param(10, 20, 50, 29, 71, id="half of twenty may be thirty to seventy"),
        pytest.param(0, 20, 0, 0, 17, id="none of twenty may be one in six"),
        pytest.param(20, 20, 100, 83, 100, id="all of twenty may be five in six"),
        pytest.param(
            81, 263, 31, 25, 37, id="Wilson's interval as in Newcombe's first example (0.2553 to 0.3662)"
        ),
        pytest.param(1, 3, 33, 6, 80, id="one of three says nothing"),
        pytest.param(0, 0, 0, 0, 100, id="of nothing it may be anything"),
    ],
)
def test_the_interval(hits, n, percent, low, high):
    share = Share(hits, n)
    assert (share.percent, share.low, share.high) == (percent, low, high)


@pytest.mark.parametrize(
    ("n", "enough", "needed"), [(0, False, 20), (19, False, 1), (20, True, 0), (400, True, 0)], ids=str
)
def test_it_is_told_from_twenty_on(n, enough, needed):
    assert (Share(0, n).enough, Share(0, n).needed) == (enough, needed)


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        pytest.param((56, 70), (48, 80), True, id="Newcombe's example: 0.0524 to 0.3339 leaves out nought"),
        pytest.param((48, 80), (56, 70), True, id="and the other way round"),
        pytest.param((12, 20), (10, 20), False, id="two more of twenty is chance"),
        pytest.param((30, 60), (30, 60), False, id="the same"),
        pytest.param((9, 9), (0, 40), None, id="nine are too few to say"),
    ],
)
def test_whether_two_differ(first, second, says):
    assert differ(Share(*first), Share(*second)) is says
