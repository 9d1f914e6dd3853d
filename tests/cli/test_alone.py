"""Which worker is alone: it may take for lost what stands half-way."""

from __future__ import annotations

import subprocess
import sys

from beluur.cli.alone import at_work
from tests.house.source import ROOT

HOLDS = """
import sys, pathlib
from beluur.cli.alone import at_work
with at_work(pathlib.Path(sys.argv[1])) as alone:
    print(alone, flush=True)
    sys.stdin.read()
"""


def test_the_second_is_not_alone_and_stays_when_the_first_goes(tmp_path):
    with at_work(tmp_path) as first:
        assert first
        second = at_work(tmp_path)
        assert not second.__enter__()
    with at_work(tmp_path) as third:
        assert not third
    second.__exit__(None, None, None)
    with at_work(tmp_path) as fourth:
        assert fourth


def test_who_is_killed_lets_go(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, tmp_path],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "True\n"
        with at_work(tmp_path) as alone:
            assert not alone
        worker.kill()
    with at_work(tmp_path) as alone:
        assert alone
