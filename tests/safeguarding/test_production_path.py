"""deploy/postgresql.sql and what the README says to run after it, with two roles, on PostgreSQL."""

import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.conftest import THOROUGH
from tests.production_site import Site, said

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.skipif(not THOROUGH, reason="every table is made by its migrations: ./run check, or THOROUGH=1"),
]


@pytest.fixture
def site(db: None, tmp_path: Path) -> Iterator[Site]:
    given = connection.settings_dict
    server = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/postgres"
    made = Site(f"production_{os.getpid()}", tmp_path, server)
    made.make()
    yield made
    made.drop()


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """The demonstration's decisions, on SQLite."""
    path = tmp_path / "small.sqlite3"
    for command in (["migrate", "--verbosity", "0"], ["seed_demo"]):
        said(
            [sys.executable, "manage.py", *command],
            {
                "PATH": os.environ["PATH"],
                "DATABASE_URL": f"sqlite:///{path}",
                "DATA_FOLDER": str(tmp_path),
                "DEMO": "1",
            },
        )
    return path


def rows_of(site: Site, small_site: Path) -> list[str]:
    """Tables that do not have as many rows as before."""
    with closing(sqlite3.connect(small_site)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        copied = [name for name in tables if not name.startswith(("search_", "sqlite_", "django_session"))]
        before = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in copied}
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in before)
    after = dict(line.split("|") for line in site.psql(site.url("owner"), "-At", "-c", counts).splitlines())
    # The entry that says it was moved.
    before["audit_ledgerentry"] += 1
    return [name for name, count in before.items() if int(after[name]) != count]


def test_a_site_is_set_up_upgraded_and_backed_up_without_a_grant_by_hand(site: Site, small_site: Path) -> None:
    """It begins on SQLite, as small sites do, and is moved."""
    site.manage("owner", "migrate", "--verbosity", "0")
    site.grant()
    site.manage("runtime", "check", "--deploy", "--database", "default", "--fail-level", "ERROR")
    moved = site.manage("owner", "move_to_postgresql", "--from", str(small_site))
    assert re.search(r"moved [\d,]{5,} rows; verified \d+ entries in 3 chains", moved)
    assert rows_of(site, small_site) == []
    link = site.manage(
        *("runtime", "create_organisation", "--name", "Alder Family Trust", "--kind", "NON", "--sector", "charity"),
        *("--administrator-name", "Sam Reed", "--administrator-email", "sam@alder.test"),
    )
    assert "works once" in link
    # What a later version adds is granted by the defaults.
    site.psql(site.url("owner"), "-c", "CREATE TABLE later_version (id bigserial PRIMARY KEY, words text)")
    site.psql(site.url("runtime"), "-c", "INSERT INTO later_version (words) VALUES ('one')")
    drill = site.manage("owner", "backup_drill")
    assert drill.startswith("restored the backup of ")
    assert "in 4 chains" in drill
    assert site.manage("runtime", "verify_ledger").startswith("verified ")
