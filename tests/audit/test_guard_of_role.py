"""Production on PostgreSQL is not served with a role that could switch a trigger off: each kind of role, connected."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from audit import runtime_role

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "runtime_role.sql"
PASSWORD = "lantern-orchard-37"
# Roles belong to the whole server, which other test processes use at the same time.
ROLE, OTHER = f"guarded_{os.getpid()}", f"owning_{os.getpid()}"


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def serving() -> BaseDatabaseWrapper:
    """A connection of the role's own, as the site has."""
    mine = connection.copy()
    mine.settings_dict = {**connection.settings_dict, "USER": ROLE, "PASSWORD": PASSWORD}
    return mine


@pytest.fixture
def role(transactional_db: None) -> Iterator[None]:
    for name in (ROLE, OTHER):
        execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
    execute(re.sub(r"^--.*$", "", SCRIPT.read_text(), flags=re.MULTILINE).replace(':"runtime"', ROLE))
    yield
    for name in (ROLE, OTHER):
        execute(f"REASSIGN OWNED BY {name} TO CURRENT_USER")
        execute(f"DROP OWNED BY {name}")
        execute(f"DROP ROLE {name}")


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("SELECT 1", ""),
        ("ALTER ROLE {role} SUPERUSER", "it is a superuser"),
        ("ALTER ROLE {role} CREATEROLE", "it can make roles"),
        ("ALTER TABLE audit_ledgerentry OWNER TO {role}", "it owns the table audit_ledgerentry"),
        ('ALTER FUNCTION "audit_ledgerentry_append_only" OWNER TO {role}', "it owns the table audit_ledgerentry"),
        (
            "ALTER TABLE decisions_sending OWNER TO {other}; GRANT {other} TO {role}; ALTER ROLE {role} NOINHERIT",
            "or can act as the owner",
        ),
        ("GRANT SET ON PARAMETER session_replication_role TO {role}", "it can set session_replication_role"),
    ],
)
def test_says_what_a_role_could_do(role: None, given: str, why: str) -> None:
    execute(given.format(role=ROLE, other=OTHER))
    mine = serving()
    try:
        found = runtime_role.could_switch_off(mine)
    finally:
        mine.close()
        execute(f"ALTER ROLE {ROLE} NOSUPERUSER")
    assert bool(found) == bool(why)
    assert why in found


@pytest.mark.postgres
def test_the_owner_of_the_tables_does_not_serve(role: None) -> None:
    """At start, and at each connection that is made later."""
    connection.close()
    try:
        with pytest.raises(ImproperlyConfigured, match=r"owns the table|superuser"):
            runtime_role.guard_every_connection()
        with pytest.raises(ImproperlyConfigured, match="Serve the site with a role of its own"):
            connection.ensure_connection()
        mine = serving()
        mine.ensure_connection()
        mine.close()
    finally:
        connection_created.disconnect(dispatch_uid="audit.runtime_role")


@pytest.mark.django_db
@pytest.mark.sqlite
def test_sqlite_has_no_roles() -> None:
    assert runtime_role.could_switch_off(connection) == ""
