"""What a database file keeps of rows that are gone. docs/adr/0030-disposal.md says what PostgreSQL and backups need."""

from django.db import connection


def overwrite() -> None:
    """On SQLite, what is deleted from now on is overwritten with noughts."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def wipe() -> None:
    """Write SQLite's file anew, without what earlier changes left in it. PostgreSQL's server does that."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_words (search_words) VALUES ('optimize')")
        cursor.execute("VACUUM")
