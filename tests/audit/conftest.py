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
def tampering() -> Iterator[None]:
    """The database as its owner has it: no trigger stands in the way."""
    triggers.drop_all(connection)
    try:
        yield
    finally:
        triggers.make_all(connection)


def sql(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)


def tamper(statement: str, *parameters: Any) -> None:
    with tampering():
        sql(statement, *parameters)


def chain(organisation: int) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(organisation=organisation).order_by("seq"))


def put(entries: list[LedgerEntry]) -> None:
    """As they are, straight into the table, which the model's own manager refuses."""
    rows: models.QuerySet[LedgerEntry] = models.QuerySet(LedgerEntry)
    rows.bulk_create(entries)
