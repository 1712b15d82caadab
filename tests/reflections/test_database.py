"""What the database itself refuses of a reflection, tried by SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit.ledger import recording
from decisions.models import Decision
from reflections.actions import show_to_supervisor
from reflections.models import Reflection, ReflectionReader
from tests.cast import Cast
from tests.decisions import closed
from tests.reflections.scenes import reflection

cast, decision = closed.cast, closed.decision


@contextmanager
def refused(message: str) -> Iterator[None]:
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        yield


def change(row: Reflection, column: str, value: int | str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE reflections_reflection SET {column} = %s WHERE id = %s", [value, row.pk])


def test_it_never_passes_to_somebody_else(cast: Cast, decision: Decision) -> None:
    row = reflection(cast.practitioner, decision)
    other = {"author_id": cast.supervisor.pk, "organisation_id": cast.stranger.organisation.pk, "id": row.pk + 1000}
    for column, value in other.items():
        with refused("stays its author"):
            change(row, column, value)


def test_it_gets_no_other_decision(cast: Cast, decision: Decision) -> None:
    apart, linked = reflection(cast.practitioner), reflection(cast.practitioner, decision)
    with refused("about one decision"):
        change(apart, "decision_id", decision.pk)
    with refused("about one decision"):
        change(linked, "decision_id", decision.pk + 1)
    change(linked, "decision_id", None)


def copied(row: Reflection, how: str = "INSERT", **changed: int | str) -> None:
    values: dict[str, Any] = {
        field.column: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    values |= {"public_id": "0" * 31 + "1", **changed}
    columns, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"{how} INTO reflections_reflection ({columns}) VALUES ({marks})", [*values.values()])


def test_author_and_decision_are_of_its_organisation(cast: Cast, decision: Decision) -> None:
    ours, theirs = reflection(cast.practitioner), reflection(cast.stranger.practitioner)
    with refused("one organisation"):
        copied(ours, author_id=cast.stranger.practitioner.pk)
    with refused("recorded decision"):
        copied(theirs, decision_id=decision.pk)
    with refused("recorded decision"):
        copied(ours, decision_id=decision.pk + 1000)
    copied(ours, decision_id=decision.pk)


def test_a_reader_is_a_colleague_and_reading_is_only_ended(cast: Cast) -> None:
    row, now = reflection(cast.practitioner), timezone.now()
    allowed = show_to_supervisor(reflection=row, reader=cast.supervisor, by=cast.practitioner, at=now)
    with connection.cursor() as cursor:

        def change_reader(column: str, value: int | datetime | None) -> None:
            cursor.execute(f"UPDATE reflections_reflectionreader SET {column} = %s WHERE id = %s", [value, allowed.pk])

        for column, value in (("reader_id", cast.teammate.pk), ("since", now), ("reflection_id", row.pk + 1)):
            with refused("only ever ended"):
                change_reader(column, value)
        change_reader("ended_at", now)
        with refused("only ever ended"):
            change_reader("ended_at", None)
    for reader in (cast.practitioner, cast.stranger.supervisor):
        with refused("a colleague of the author"), recording(actor=None, at=now):
            ReflectionReader(
                organisation=cast.organisation, reflection=row, reader=reader, reader_name="x", since=now
            ).save()


@pytest.mark.sqlite
def test_it_is_not_replaced_by_another_authors(cast: Cast) -> None:
    """PostgreSQL knows no INSERT OR REPLACE."""
    row = reflection(cast.practitioner)
    with refused("stays its author"):
        copied(row, how="INSERT OR REPLACE", public_id=row.public_id.hex, author_id=cast.supervisor.pk)


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [("what_happened", "", "has_words"), ("salt", "", "is_sealed"), ("digest", "", "is_sealed"),
     ("saved_at", "2001-01-01 00:00:00+00:00", "started_then_saved")],
)  # fmt: skip
def test_it_is_never_empty_or_unsealed(cast: Cast, column: str, value: str, constraint: str) -> None:
    row = reflection(cast.practitioner)
    with refused(constraint):
        change(row, column, value)
