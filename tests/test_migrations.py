"""The migrations make what the models say: tests have their tables from the models, a site from the migrations."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from audit import triggers
from tests.engines import ROOT

# Most of it is Django's own work, nine seconds long: on SQLite with THOROUGH=1, on PostgreSQL always.
pytestmark = [] if os.environ.get("THOROUGH") == "1" else [pytest.mark.postgres]
# SQLite has no names for foreign keys: Django numbers them in the order of the columns.
MADE_UP = re.compile(r"fk_\d+|__unnamed")
NAME = f"migrated_{os.getpid()}"


@pytest.fixture
def address(db: None, tmp_path: Path) -> Iterator[str]:
    """Of an empty database on the engine under test."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / NAME}"
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {NAME}")
    yield urlunsplit(urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{NAME}"))
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


# Django's own join table: its migration is older than BigAutoField, and nothing of ours is in it.
OF_DJANGO = {"auth_group_permissions"}


def schema(database: BaseDatabaseWrapper) -> dict[str, object]:
    found: dict[str, object] = {}
    with database.cursor() as cursor:
        for table in database.introspection.table_names(cursor):
            if table in OF_DJANGO:
                continue
            columns = database.introspection.get_table_description(cursor, table)
            found[table] = {
                "columns": sorted(
                    (one.name, str(one.type_code), one.display_size, one.null_ok, one.collation) for one in columns
                ),
                "constraints": sorted(
                    ("" if MADE_UP.match(name) else name, repr({**rule, "columns": sorted(rule["columns"], key=str)}))
                    for name, rule in database.introspection.get_constraints(cursor, table).items()
                ),
                "checks": checks(database, table),
            }
    return found


def checks(database: BaseDatabaseWrapper, table: str) -> list[str]:
    """The conditions themselves: introspection gives no more than their names."""
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [table])
            return sorted(part.strip(" ()") for (sql,) in cursor.fetchall() for part in sql.split(","))
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass"
            " UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename = %s",
            [f'"{table}"', table],
        )
        return sorted(sql for (sql,) in cursor.fetchall())


def test_migrations_and_models_make_the_same_tables(address: str) -> None:
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "safeguarding.settings"}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True, timeout=120
    )
    migrated = connection.copy()
    migrated.settings_dict["NAME"] = address.removeprefix("sqlite:///") if connection.vendor == "sqlite" else NAME
    try:
        assert schema(migrated) == schema(connection)
        assert triggers.missing(migrated) == []
    finally:
        migrated.close()
