"""On PostgreSQL what people type reaches neither the server's log nor ours: a broken rule, a cancelled statement."""

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from safeguarding import database_log
from safeguarding.logs import WithoutWords

pytestmark = pytest.mark.postgres
ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "lantern-orchard-37"
ROLE = f"unlogged_{os.getpid()}"


def script(name: str) -> str:
    text = re.sub(r"^--.*$", "", (ROOT / name).read_text(), flags=re.MULTILINE)
    return text.replace(':"runtime"', ROLE).replace(':"owner"', ROLE)


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def role(transactional_db: None) -> Iterator[None]:
    execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")
    execute(script("docs/runtime_role.sql"))
    yield
    execute(f"DROP OWNED BY {ROLE}")
    execute(f"DROP ROLE {ROLE}")


@pytest.fixture
def serving(role: None) -> Iterator[BaseDatabaseWrapper]:
    """A connection of the role's own, once the script was run."""
    execute(script("deploy/postgresql_logs.sql"))
    mine = connected()
    yield mine
    mine.close()


def connected() -> BaseDatabaseWrapper:
    mine = connection.copy()
    mine.settings_dict = {**connection.settings_dict, "USER": ROLE, "PASSWORD": PASSWORD}
    return mine


def server_log() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        log = Path(cursor.fetchone()[0]).parent / "log"
    if not log.is_file():
        pytest.skip("This server's log cannot be read from here")
    return log.read_text(errors="replace")


def not_null(word: str) -> str:
    return f"INSERT INTO families_family (name, organisation_id) VALUES ('{word}', 1)"


def no_number(word: str) -> str:
    return f"SELECT CAST('{word}' AS integer)"


def not_json(word: str) -> str:
    return f"SELECT CAST('{{{word}' AS jsonb)"


def too_slow(word: str) -> str:
    return f"SET statement_timeout = 50; SELECT pg_sleep(20), '{word}'"


def cancelled(word: str) -> str:
    return f"SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(20), '{word}'"


def closed(word: str) -> str:
    """A trigger of ours refuses it."""
    return f"INSERT INTO decisions_decision (state, why_now) VALUES ('recorded', '{word}')"


FAULTS = (not_null, no_number, not_json, too_slow, cancelled, closed)


def failed(mine: BaseDatabaseWrapper, sql: str) -> Error:
    with pytest.raises(Error) as found, mine.cursor() as cursor:
        cursor.execute(sql)
    return found.value


def test_a_statement_that_fails_leaves_no_word_in_either_log(serving: BaseDatabaseWrapper) -> None:
    for fault in FAULTS:
        error = failed(serving, fault(f"zq{fault.__name__}qz"))
        written = WithoutWords().format(_record(error))
        assert type(error).__name__ in written
        assert str(getattr(error.__cause__, "pgcode", "")) in written
        assert f"zq{fault.__name__}qz" not in written
    said = server_log()
    assert [fault.__name__ for fault in FAULTS if f"zq{fault.__name__}qz" in said] == []


def test_without_the_script_the_words_are_there(role: None) -> None:
    """So the server's log is really what is read, and it is the script that keeps them out."""
    mine = connected()
    try:
        for fault in FAULTS[:2]:
            failed(mine, fault(f"zq{fault.__name__}control"))
        assert len(database_log.open_settings(mine)) >= 4
    finally:
        mine.close()
    said = server_log()
    assert all(f"zq{fault.__name__}control" in said for fault in FAULTS[:2])


def test_the_check_names_what_is_open(serving: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database_log.open_settings(serving) == []
    execute(f"ALTER ROLE {ROLE} SET log_error_verbosity = 'default'")
    mine = connected()
    assert database_log.open_settings(mine) == ["log_error_verbosity"]
    mine.close()
    execute("SET log_statement = 'all'")
    messages = run_checks(tags=["database"], include_deployment_checks=True, databases=["default"])
    [found] = [message for message in messages if message.id == "safeguarding.E005"]
    execute("RESET log_statement")
    assert found.msg.startswith("What people type could reach the log of PostgreSQL: log_min_messages")
    assert "deploy/postgresql_logs.sql" in str(found.hint)


def _record(error: Any) -> logging.LogRecord:
    try:
        raise error
    except Error as again:
        caught = (type(again), again, again.__traceback__)
        return logging.LogRecord("safeguarding", logging.ERROR, __file__, 1, "Failed: %s", (again,), caught)
