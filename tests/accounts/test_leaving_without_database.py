"""Quick leave while the database is away: the person leaves, the session is dead, and the ledger has it afterwards."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlencode

import psycopg2
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import RequestFactory

from accounts import left_sessions
from accounts.leaving import QuickLeaveMiddleware
from audit.models import LedgerEntry
from tests.cast import make_cast
from tests.pages import PageClient

pytestmark = pytest.mark.django_db(transaction=True)
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture(autouse=True)
def _no_notes() -> Iterator[None]:
    yield
    shutil.rmtree(settings.LEFT_SESSIONS, ignore_errors=True)


@contextmanager
def database_away() -> Iterator[None]:
    """SQLite's file cannot be opened; PostgreSQL ends every connection to the database, and takes no other."""
    connection.ensure_connection()
    with _sqlite_away() if connection.vendor == "sqlite" else _postgres_away():
        yield
    connection.close()


@contextmanager
def _sqlite_away() -> Iterator[None]:
    connection.close()
    file, away = Path(connection.settings_dict["NAME"]), Path(f"{connection.settings_dict['NAME']}.away")
    file.rename(away)
    file.mkdir()
    yield
    connection.close()
    file.rmdir()
    away.rename(file)


@contextmanager
def _postgres_away() -> Iterator[None]:
    name = connection.settings_dict["NAME"]
    given = {**connection.get_connection_params(), "dbname": "postgres"}
    server = psycopg2.connect(
        **{key: given[key] for key in ("host", "port", "user", "password", "dbname") if key in given}
    )
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        yield
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    server.close()


def browser(key: str = "") -> PageClient:
    """Shows an error page as a browser gets it. `key` is the session of another one, as its old tab sends it."""
    client = PageClient(raise_request_exception=False)
    if key:
        client.cookies[COOKIE] = key
    return client


def leaves(key: str) -> list[dict[str, Any]]:
    rows = LedgerEntry.objects.filter(event="account.quick_leave").order_by("seq")
    return [row.additional_data for row in rows]


def test_it_leaves_and_the_rest_follows() -> None:
    cast = make_cast()
    client = browser()
    client.force_login(cast.practitioner)
    key = str(client.session.session_key)
    with database_away():
        with pytest.raises(OperationalError):
            Session.objects.exists()
        connection.close()
        answer = client.post("/leave/")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/goodbye/")
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert (answer.cookies[COOKIE].value, answer.cookies[COOKIE]["max-age"]) == ("", 0)
        assert answer.cookies[settings.LEFT_COOKIE_NAME].value == "1"
        goodbye = client.get("/goodbye/")
        assert (goodbye.status_code, "Goodbye" in goodbye.content.decode()) == (200, True)
        [note] = left_sessions.waiting()
        assert (note.stat().st_mode & 0o777, key in note.name) == (0o600, False)
        assert settings.LEFT_SESSIONS.stat().st_mode & 0o777 == 0o700
    assert leaves(key) == []
    assert Session.objects.filter(session_key=key).exists()
    assert browser(key).get("/password/").status_code == 302  # the tab's old cookie, in any worker
    [left] = leaves(key)
    assert left["left_at"]
    assert not Session.objects.filter(session_key=key).exists()
    assert list(left_sessions.waiting()) == []
    assert LedgerEntry.objects.filter(actor=cast.practitioner, event="account.quick_leave").count() == 1


def test_once_only_however_many_workers_see_the_note() -> None:
    cast = make_cast()
    client = browser()
    client.force_login(cast.practitioner)
    key = str(client.session.session_key)
    with database_away():
        client.post("/leave/")
    [note] = left_sessions.waiting()
    copy = note.read_text()
    left_sessions.settle()
    note.write_text(copy)  # as a worker that died before it took the note away
    left_sessions.settle()
    assert (len(leaves(key)), list(left_sessions.waiting())) == (1, [])


def test_with_a_session_of_nobody_and_with_none() -> None:
    with database_away():
        for cookies in ({}, {COOKIE: "x" * 32}, {COOKIE: "../../etc/passwd"}, {COOKIE: "\u00e9" * 9}):
            client = browser()
            client.cookies.load(cookies)
            answer = client.post("/leave/")
            assert (answer.status_code, answer.headers["Location"]) == (303, "/goodbye/"), urlencode(cookies)
    assert [json.loads(path.read_text())["session"] for path in left_sessions.waiting()] == ["x" * 32]
    left_sessions.settle()
    assert (leaves(""), list(left_sessions.waiting())) == ([], [])


def test_where_nothing_can_be_noted_it_leaves_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    closed = tmp_path / "file"
    closed.write_text("no folder")
    monkeypatch.setattr(settings, "LEFT_SESSIONS", closed)
    client = browser()
    client.cookies[COOKIE] = "x" * 32
    with database_away():
        assert client.post("/leave/").status_code == 303


def test_a_database_that_is_there_leaves_no_note() -> None:
    cast = make_cast()
    client = browser()
    client.force_login(cast.practitioner)
    assert client.post("/leave/").status_code == 303
    assert not any(settings.LEFT_SESSIONS.iterdir())
    assert len(leaves("")) == 1


def test_the_answer_does_not_wait_for_a_database_that_hangs() -> None:
    """Nothing is asked of it until the answer has gone."""
    cast = make_cast()
    client = browser()
    client.force_login(cast.practitioner)
    request = RequestFactory().post("/leave/")
    request.COOKIES[COOKIE] = str(client.session.session_key)

    def never(*_: object) -> NoReturn:
        raise AssertionError("the database was asked")

    with connection.execute_wrapper(never):
        answer = QuickLeaveMiddleware(never)(request)
    assert (answer.status_code, leaves("")) == (303, [])
    answer.close()
    assert len(leaves("")) == 1
