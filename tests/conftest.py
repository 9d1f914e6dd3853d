"""Fixtures for all rooms: sample files, guards on the database, a browser, a mail server."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.axe import violations
from tests.examples import QUICK
from tests.imap_server import ImapServer, imap_server
from tests.migrated import copy_migrated, migrated_file, migrated_on_postgres
from tests.product import beluur
from tests.rows import MOMENT, make_administration, make_user
from tests.sql import CountedQueries, count_queries, guard_queries
from tests.token_server import TokenServer, token_server

ROOT = Path(__file__).resolve().parent.parent
TIMED = frozenset(
    (
        "test_a_hundred_thousand_texts_in_two_seconds",
        "test_a_hundred_thousand_bookings",
        "test_a_line_of_blanks_takes_no_time",
        "test_reading_costs_no_more_than_a_few_times_the_parsing",
        "test_two_hundred_thousand_names",
        "test_the_hardest_payment_takes_no_longer_than_it_may",
        "test_a_hundred_thousand_payments_fit_in_seconds",
        "test_a_hundred_thousand_lines",
        "test_twenty_thousand_debtors_are_no_wait",
        "test_twenty_thousand_claims_are_no_wait",
        "test_100_000_payments_are_made_in_under_12_seconds",
    )
)
MAKING_TAKES = 180.0  # seconds for the demo, on a machine that does other things as well

hypothesis.settings.register_profile("beluur", deadline=None, derandomize=True)
hypothesis.settings.register_profile("quick", deadline=None, derandomize=True, max_examples=QUICK)
hypothesis.settings.load_profile("beluur")


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that takes a browser is a browser test; one that takes the sample files is a shared one."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "browser" in names:
            item.add_marker(pytest.mark.browser)
        if "shared" in names:
            item.add_marker(pytest.mark.shared)
        if item.name.split("[")[0] in TIMED and not os.environ.get("BELUUR_TIMED"):
            item.add_marker(
                pytest.mark.skip("measures time: set BELUUR_TIMED=1 on a machine that does nothing else")
            )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with sample files and law tables beside the checkout; the test is skipped without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no sample files beside the checkout")
    return folder


@pytest.fixture(name="guard_queries")
def guard_queries_fixture() -> Callable[[], AbstractContextManager[None]]:
    """``with guard_queries():`` refuses all that writes, and a tenant's table without its administration."""
    return guard_queries


@pytest.fixture(name="count_queries")
def count_queries_fixture() -> Callable[[], AbstractContextManager[CountedQueries]]:
    """``with count_queries() as counted:`` then ``len(counted)`` and ``counted.sql``."""
    return count_queries


@pytest.fixture
def data_folder(settings: Any, tmp_path: Path) -> Path:
    """An empty BELUUR_DATA of this test's own."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return settings.DATA


# -- tables -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite the file of a worker is there before Django looks; its folder is gone with the run (tests.settings)."""
    return _on_sqlite()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each worker starts from a copy of tables that were migrated once; Django sees that nothing is left to migrate."""
    from django.conf import settings

    test = settings.DATABASES["default"]["TEST"]
    if _on_sqlite():
        shutil.copyfile(migrated_file(), test["NAME"])
    else:
        test["TEMPLATE"] = migrated_on_postgres(os.environ["BELUUR_DATABASE_URL"])


def _on_sqlite() -> bool:
    from django.conf import settings

    return "sqlite3" in settings.DATABASES["default"]["ENGINE"]


# -- rows ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def moment() -> datetime:
    """Monday 23 November 2026, 09:35 in Amsterdam, in UTC."""
    return MOMENT


@pytest.fixture
def administration(db: None) -> Any:
    """An administration; more rows come from `tests.rows`."""
    return make_administration()


@pytest.fixture
def caller(administration: Any) -> Any:
    """The owner of `administration`."""
    return make_user(administration, name="Bo Beller", email="bo@example.org")


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with the demo administration of that Monday, made once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "demo"
    ready = folder / "ready"
    try:
        folder.mkdir()
    except FileExistsError:
        _wait_for(ready)
    else:
        _make_demo(folder)
        ready.touch()
    return folder


def _make_demo(folder: Path) -> None:
    copy_migrated(folder)
    made = beluur("demo", data=folder)
    assert made.returncode == 0, made.stderr


def _wait_for(ready: Path) -> None:
    until = time.monotonic() + MAKING_TAKES
    while not ready.exists():
        assert time.monotonic() < until, "the demo was not made"
        time.sleep(0.2)


# -- browser ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; its sandbox does not work for root or in a container."""
    chromium = Path("/usr/bin/chromium")
    if not chromium.exists():
        pytest.skip("no chromium")
    return {
        **browser_type_launch_args,
        "executable_path": str(chromium),
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desk in Amsterdam."""
    return {
        **browser_context_args,
        "locale": "nl-NL",
        "timezone_id": "Europe/Amsterdam",
        "viewport": {"width": 1440, "height": 900},
    }


@pytest.fixture
def sign_in(live_server: Any) -> Callable[..., None]:
    """``sign_in(page, user)``: the page has the user's session; go to ``live_server.url + ...`` next. Each has his own."""
    from django.test import Client

    def with_session(page: Any, user: Any) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])

    return with_session


@pytest.fixture
def axe() -> Callable[..., None]:
    """``axe(page)`` asserts that the page has no accessibility violation; ``axe(page, skip=("rule-id",))``."""

    def check(page: Any, skip: tuple[str, ...] = ()) -> None:
        found = violations(page, skip)
        assert not found, f"{page.url}\n" + "\n".join(found)

    return check


# -- mail -------------------------------------------------------------------------------------------------------------


@dataclass
class Mailbox:
    """A real SMTP server on a free port; what it received, parsed, oldest first. ``refuse_with`` answers DATA instead."""

    host: str = "127.0.0.1"
    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Any] = field(default_factory=list)
    refuse_with: str = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refuse_with:
            return self.refuse_with
        self.envelopes.append(envelope)
        self.messages.append(
            email.message_from_bytes(envelope.content, policy=email.policy.default)  # type: ignore[arg-type]
        )
        return "250 OK"


@pytest.fixture
def smtp() -> Iterator[Mailbox]:
    """An SMTP server without a password at ``smtp.host``:``smtp.port``."""
    from aiosmtpd.controller import Controller

    mailbox = Mailbox()
    with socket.socket() as free:
        free.bind((mailbox.host, 0))
        mailbox.port = free.getsockname()[1]
    controller = Controller(mailbox, hostname=mailbox.host, port=mailbox.port)
    controller.start()
    yield mailbox
    controller.stop()


@pytest.fixture
def imap() -> Iterator[ImapServer]:
    """A real IMAP server with one empty mailbox: ``imap.put(raw)`` delivers a mail."""
    with imap_server() as server:
        yield server


@pytest.fixture
def tokens(tmp_path: Path) -> Iterator[TokenServer]:
    """A provider at which one signs in for a mailbox."""
    with token_server(tmp_path) as server:
        yield server
