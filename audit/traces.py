"""What a database file keeps of rows that are gone. docs/adr/0030-disposal.md says what PostgreSQL and backups need."""

from django.db import connection

OVERWRITE = "PRAGMA secure_delete = ON"
# The full-text table keeps words of rows that are gone until it is put in order.
WIPE = ("INSERT INTO search_words (search_words) VALUES ('optimize')", "VACUUM")


def overwrite() -> None:
    """On SQLite, what is deleted from now on is overwritten with noughts."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(OVERWRITE)


def wipe() -> None:
    """Write SQLite's file anew, without what earlier changes left in it. PostgreSQL's server does that."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        for statement in WIPE:
            cursor.execute(statement)
