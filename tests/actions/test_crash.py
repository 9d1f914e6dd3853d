"""Killed in the middle (kill -9): everything or nothing is saved, and no mail goes out twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from typing import Any

import pytest

from tests.actions.crash import MAILS
from tests.house.source import ROOT

pytestmark = pytest.mark.slow


def crash(*arguments: str) -> Any:
    """What the process with these arguments found, in a folder of its own."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="beluur-crash-", dir=memory) as folder:
        job, *rest = arguments
        done = subprocess.run(
            [sys.executable, "-m", "tests.actions.crash", job, folder, *rest],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_killed_while_saving_there_is_everything_or_nothing():
    *killed, whole = crash("save")
    assert len(killed) > 8
    for found in killed:
        assert found["code"] == -9
        nothing = {"call": "open", "rows": [0, 0, 0, 0], "ended": 0, "receipts": 0, "step": killed[0]["step"]}
        assert {k: found[k] for k in nothing} == nothing, found["statement"]
    assert whole["code"] == 0
    assert (whole["call"], whole["rows"], whole["ended"]) == ("ended", [1, 1, 1, 1], 1)
    assert (whole["receipts"], whole["step"]) == (1, "wait_promise")


def test_sixty_mails_and_a_worker_that_is_killed_again_and_again(smtp):
    found = crash("mail", str(smtp.port), "7")
    received = Counter(str(m["Message-ID"]).strip("<>") for m in smtp.messages)
    states = found["states"]
    assert found["kills"] >= 5
    assert len(states) == MAILS
    assert max(received.values()) == 1, "a mail went out twice"
    assert set(states.values()) <= {"sent", "uncertain"}
    assert {i for i, state in states.items() if state == "sent"} <= received.keys(), (
        "said to be sent, and was not"
    )
    assert received.keys() <= states.keys()
    assert Counter(states.values())["sent"] > MAILS // 2
