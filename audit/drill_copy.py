"""A copy of one chain beside the real one: temporary tables under the same names, which this connection sees first."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Model

from audit.models import Checkpoint, LedgerEntry, TreeTile

COPIED: tuple[tuple[type[Model], str], ...] = ((LedgerEntry, "seq"), (Checkpoint, "size"), (TreeTile, "index"))


@contextmanager
def copied(organisation: int, upto: int) -> Iterator[None]:
    """Inside, the tables of the ledger are a copy of this chain up to an entry, without constraints and triggers.

    The real rows cannot be reached by the tables' names, and nobody else sees the copy.
    """
    try:
        for model, place in COPIED:
            _copy(model._meta.db_table, place, organisation, upto)
        yield
    finally:
        for model, _ in COPIED:
            sql(f'DROP TABLE IF EXISTS {temporary()}."{model._meta.db_table}"')


def _copy(table: str, place: str, organisation: int, upto: int) -> None:
    where = f' AND "{place}" <= {int(upto)}' if place != "index" else ""
    rows = f'SELECT * FROM {real()}."{table}" WHERE organisation = {int(organisation)}{where}'  # noqa: S608 - our names
    sql(f'CREATE TEMPORARY TABLE "{table}" AS {rows}')
    sql(f'CREATE INDEX {index(table)} ON "{table}" (organisation, "{place}")')


def index(table: str) -> str:
    """SQLite looks for the table where the name of its index says; PostgreSQL beside the table."""
    return f'"copy_{table}"' if connection.vendor == "postgresql" else f'temp."copy_{table}"'


def temporary() -> str:
    return "pg_temp" if connection.vendor == "postgresql" else "temp"


def real() -> str:
    if connection.vendor != "postgresql":
        return "main"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return f'"{cursor.fetchone()[0]}"'


def sql(statement: str, *values: str | bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done to the copy inside is undone. A writer of the real tables does not wait for it.

    On SQLite Django's own transactions take the lock for writing when they begin; this one never needs it.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        return
    sql("BEGIN")
    try:
        yield
    finally:
        sql("ROLLBACK")
