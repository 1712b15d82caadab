"""What keeps words that people typed out of PostgreSQL's own log: deploy/postgresql_logs.sql sets it for a role."""

from django.db.backends.base.base import BaseDatabaseWrapper

# `log` shows what the server does, and no error; `panic` shows the statement of nothing that a session survives.
WANTED = {
    "log_min_messages": ("log", "fatal", "panic"),
    "log_min_error_statement": ("panic",),
    "log_error_verbosity": ("terse",),
    "log_statement": ("none",),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_parameter_max_length": ("0",),
    "log_parameter_max_length_on_error": ("0",),
}
ASKED = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"


def open_settings(connection: BaseDatabaseWrapper) -> list[str]:
    """The settings of this connection with which typed words could reach the server's log. SQLite has no log."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [list(WANTED)])
        found = dict(cursor.fetchall())
    return [name for name, wanted in WANTED.items() if name in found and found[name] not in wanted]
