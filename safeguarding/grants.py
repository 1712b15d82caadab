"""What the database role that serves the site may not do and must: docs/runtime_role.sql grants it."""

from django.db.backends.base.base import BaseDatabaseWrapper

# These are only ever added to; docs/runtime_role.sql takes the rest away again.
APPEND_ONLY = frozenset({"audit_ledgerentry", "audit_treetile", "audit_checkpoint"})
READ_ONLY = frozenset({"django_migrations"})
TABLES = """
SELECT c.relname, p.privilege FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) AS p (privilege)
WHERE c.relkind = 'r' AND n.nspname = current_schema()
  AND NOT has_table_privilege(current_user, c.oid, p.privilege)
ORDER BY c.relname, p.privilege
"""
SEQUENCES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND n.nspname = current_schema() AND NOT has_sequence_privilege(current_user, c.oid, 'USAGE')
  AND c.relname NOT LIKE 'django_migrations%'
ORDER BY c.relname
"""


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Each as `PRIVILEGE on table`. The owner of the tables lacks none; SQLite has no roles: always empty."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        lacking = [f"{privilege} on {table}" for table, privilege in cursor.fetchall() if _is_needed(table, privilege)]
        cursor.execute(SEQUENCES)
        return lacking + [f"USAGE on {name}" for (name,) in cursor.fetchall()]


def _is_needed(table: str, privilege: str) -> bool:
    if table in READ_ONLY:
        return privilege == "SELECT"
    return privilege in {"SELECT", "INSERT"} or table not in APPEND_ONLY
