"""What the database role that serves the site could do to the triggers. See docs/runtime_role.sql."""

import logging
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.utils import OperationalError

logger = logging.getLogger(__name__)
# MEMBER, not USAGE: what a role can take with SET ROLE counts. session_user is what RESET ROLE goes back to.
POWERS = """
WITH guards AS (
    SELECT c.relname, c.relowner, p.proowner, n.nspowner FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)
)
SELECT
    (SELECT bool_or(rolsuper) FROM pg_roles WHERE rolname IN (current_user, session_user)),
    (SELECT bool_or(rolcreaterole) FROM pg_roles WHERE rolname IN (current_user, session_user)),
    (SELECT min(relname) FROM guards WHERE pg_has_role(session_user, relowner, 'MEMBER')
        OR pg_has_role(session_user, proowner, 'MEMBER') OR pg_has_role(session_user, nspowner, 'MEMBER'))
"""
# Before version 15 nobody but a superuser could be given this.
MAY_REPLICATE = "SELECT has_parameter_privilege(session_user, 'session_replication_role', 'SET')"
PARAMETER_PRIVILEGES = 150_000
ADVICE = "Serve the site with a role of its own that owns nothing: docs/runtime_role.sql."


def could_switch_off(connection: BaseDatabaseWrapper) -> str:
    """Why this connection's role could switch a trigger off, or an empty text. SQLite has no roles: always empty."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(POWERS)
        is_superuser, makes_roles, owned = cursor.fetchone()
        may_replicate = False
        if connection.pg_version >= PARAMETER_PRIVILEGES:  # type: ignore[attr-defined]  # PostgreSQL's own
            cursor.execute(MAY_REPLICATE)
            (may_replicate,) = cursor.fetchone()
    if is_superuser:
        return "it is a superuser"
    if owned:
        return f"it owns the table {owned}, its trigger or its schema, or can act as the owner"
    if makes_roles:
        return "it can make roles, and so join the owner"
    return "it can set session_replication_role" if may_replicate else ""


def refuse_unguarded(connection: BaseDatabaseWrapper) -> None:
    if why := could_switch_off(connection):
        raise ImproperlyConfigured(f"The site's database role could switch off what guards the record: {why}. {ADVICE}")


def guard_every_connection() -> None:
    """Refuse to serve with a role that could switch a trigger off: at start, and at each new connection.

    A database that does not answer at start is asked when it does: the site answers 503 until then.
    """
    connection_created.connect(_connected, dispatch_uid="audit.runtime_role")
    try:
        connections["default"].ensure_connection()
    except OperationalError:
        logger.warning("The database does not answer: its role is checked when it does.")
    else:
        connections["default"].close()


def _connected(connection: BaseDatabaseWrapper, **_: Any) -> None:
    try:
        refuse_unguarded(connection)
    except ImproperlyConfigured:
        connection.close()
        raise
