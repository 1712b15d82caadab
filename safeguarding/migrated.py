"""Whether the database has the migrations that came with this code."""

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Name = tuple[str, str]


@cache
def needed() -> frozenset[Name]:
    """They cannot change while a process runs."""
    loader = MigrationLoader(None)
    return frozenset(loader.disk_migrations or {})


def pending() -> list[Name]:
    """Those that were not applied, in order of their names. Raises django.db.Error when the database is away."""
    return sorted(needed() - set(MigrationRecorder(connection).applied_migrations()))
