"""Many recorded decisions of one organisation, each with entries as its own recording would make them.

One is recorded through the actions. A copy of it is saved and entered by the site's own code, with a mark in its keys;
the others are that copy as text, by COPY, with another number in the place of the mark. Their entries are hashed in
several processes and linked here.
"""

import io
import os
import uuid
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import Any

from django.db import connection, models

from audit import leaves, triggers
from audit.closed_rows import closed_models, entered_values
from audit.models import WITHHELD, LedgerEntry
from audit.serialising import moment, serialise
from benchmarks.copied_entries import CHAINED, COLUMNS, FIRST, MARK, Chain, Entries, copies
from benchmarks.scale_fill import fill_kept
from benchmarks.scale_sql import execute, indexes_dropped
from tests.cast import enter_people, make_cast
from tests.decisions.event_stories import agreed, recorded

# Further apart than any keys of the one that is copied, whose last three digits stay.
STEP = 1_000
AT_ONCE = 200
WAITING = 2
Made = list[tuple[str, str, str]]


def fill(decisions: int) -> int:
    """The organisation, whose decisions are there, each with its parts, events and entries."""
    at = datetime.now(UTC)
    cast = make_cast()
    enter_people(cast)
    rows = list(_with_parts(recorded(cast, agreed(at), at)))
    here: int = cast.organisation.pk
    triggers.drop_all(connection)
    last = LedgerEntry.objects.filter(organisation=here).order_by("-seq")[0]
    chain = Chain(here, last.seq, last.entry_hash, moment(at))
    kinds = list(dict.fromkeys(type(row) for row in rows))
    marked = list(_marked(rows))
    for model in kinds:
        models.QuerySet(model).bulk_create([row for row in marked if type(row) is model])
    entries = Entries.of([_row(entry) for row in marked for entry in _entries(row, at)])
    execute("SET session_replication_role = replica")  # keys of others are right, because those of the copied one are
    indexes = indexes_dropped((*kinds, LedgerEntry))
    numbers = range(FIRST, FIRST + decisions - 2)  # two are there
    for model in kinds:
        _copy_rows(model, numbers)
    for made in _made(entries, [int(MARK), *numbers]):
        _copy_in(LedgerEntry._meta.db_table, (*COLUMNS, *CHAINED), "".join(chain.lines(made)))
    for index in indexes:
        execute(index)
    fill_kept()
    execute("SET session_replication_role = DEFAULT")
    triggers.make_all(connection)
    execute("VACUUM ANALYZE")
    return here


def _with_parts(decision: Any) -> Iterator[Any]:
    yield models.QuerySet(type(decision)).get(pk=decision.pk)
    for model in closed_models():
        if any(field.name == "decision" for field in model._meta.concrete_fields):
            yield from models.QuerySet(model).filter(decision=decision).order_by("pk")


def _marked(rows: list[Any]) -> Iterator[Any]:
    """The copy of which the others are copies."""
    kinds = {type(row) for row in rows}
    for place, row in enumerate(rows):
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        for field in row._meta.concrete_fields:
            ours = field.primary_key or (field.is_relation and field.related_model in kinds)
            if ours and values[field.attname] is not None:
                if values[field.attname] >= STEP:
                    raise ValueError(f"The keys of {row._meta.label} are too large to be copied.")
                values[field.attname] += int(MARK) * STEP
        if "public_id" in values:
            values["public_id"] = uuid.UUID(f"{str(uuid.uuid4())[:24]}0{MARK}{place:03d}")
        if values.get("reference") == rows[0].reference:
            values["reference"] = f"D-{MARK}"
        yield type(row)(**values)


def _entries(row: Any, at: datetime) -> Iterator[Any]:
    """That it was made, as a draft, and its values once it was recorded."""
    values = serialise(entered_values(row))
    made = {"event": "created", "action": 0, "changes": dict.fromkeys(values, WITHHELD)}
    for written in (made, {"event": "decision.part_recorded", "action": 3, "changes": values}):
        entry = LedgerEntry(timestamp=at, recorded_at=at, actor_id=1, actor_email="one@north.test", cid="0" * 32)
        entry.take(row, {})
        entry.additional_data = {}
        for name, value in written.items():
            setattr(entry, name, value)
        yield entry


def _row(entry: Any) -> leaves.Row:
    return {column: getattr(entry, column) for column in COLUMNS}


def _copy_rows(model: type[models.Model], numbers: range) -> None:
    table, text = model._meta.db_table, io.StringIO()
    with connection.cursor() as cursor:
        raw: Any = cursor.cursor
        raw.copy_expert(f"COPY (SELECT * FROM {table} WHERE id >= {MARK}000 ORDER BY id) TO STDOUT", text)  # noqa: S608 - ours
    columns = [column.name for column in connection.introspection.get_table_description(connection.cursor(), table)]
    for start in range(0, len(numbers), STEP):
        lines = "".join(text.getvalue().replace(MARK, str(number)) for number in numbers[start : start + STEP])
        _copy_in(table, columns, lines)


def _copy_in(table: str, columns: "list[str] | tuple[str, ...]", lines: str) -> None:
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        raw: Any = cursor.cursor
        raw.copy_expert(f"COPY {table} ({named}) FROM STDIN", io.StringIO(lines))


def _made(entries: Entries, numbers: list[int]) -> Iterator[Made]:
    """The entries of every copy, in order; a few pages are made ahead."""
    processes = os.cpu_count() or 1
    waiting = deque[Future[Made]]()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for start in range(0, len(numbers), AT_ONCE):
            waiting.append(pool.submit(copies, entries, numbers[start : start + AT_ONCE]))
            if len(waiting) > WAITING * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
