"""What the ledger's tests share."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, models

from audit import ledger, triggers
from audit.models import LedgerEntry

AT = dt.datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=dt.UTC)
TABLE = LedgerEntry._meta.db_table
# How the names of tables begin: the ledger's own, and all.
LEDGER, EVERY = "audit_", ""

Write = Callable[..., None]


@pytest.fixture
def write(db: None) -> Write:
    """Puts that many events into a chain, each in a block of its own."""

    def write(count: int = 1, *, organisation: int = 7, event: str = "decision.opened") -> None:
        for number in range(count):
            with ledger.recording(actor=None, at=AT):
                ledger.append(
                    event,
                    organisation=organisation,
                    details={"entry_route": "request", "number": number},
                    changes={"reason": ["before", "=after"]},
                )

    return write


@contextmanager
def tampering(tables: str = LEDGER) -> Iterator[None]:
    """The database as its owner has it: no trigger stands in the way of what is done to these tables.

    By how their names begin: to drop every trigger and make it again takes ten times as long, and SQLite compiles
    every statement again.
    """
    away = [one for one in triggers.ours(connection) if one.table.startswith(tables) and not one.stays]
    triggers.drop(connection, away)
    try:
        yield
    finally:
        triggers.make(connection, away)


def sql(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)


def tamper(statement: str, *parameters: Any, tables: str = LEDGER) -> None:
    with tampering(tables):
        sql(statement, *parameters)


def chain(organisation: int) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(organisation=organisation).order_by("seq"))


def put(entries: list[LedgerEntry]) -> None:
    """As they are, straight into the table, which the model's own manager refuses."""
    rows: models.QuerySet[LedgerEntry] = models.QuerySet(LedgerEntry)
    rows.bulk_create(entries)
