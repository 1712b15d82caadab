"""From SQLite to PostgreSQL: every row as it is, in one transaction, and only if the audit log verifies after."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, DataError, connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.sql import InsertQuery

from accounts.models import Organisation
from audit import ledger, triggers
from audit.verification import Report, verify
from safeguarding import migrated

MOVED = "site.moved"
SOURCE = "moved_from"
BATCH = 500
# People sign in again; words to search by are written again in the other engine's language.
LEFT_BEHIND = {"sessions", "search"}


class NotMoved(ValueError):
    """Nothing was moved; the message is one line that says why."""


def move(path: Path) -> tuple[int, Report]:
    """How many rows were moved, and what verifying found. The connection is of the role that owns the tables."""
    _refuse_unfit()
    source = _opened(path)
    try:
        with transaction.atomic():
            triggers.drop_all(connection)
            tables = _tables()
            _empty(tables)
            count = sum(_copy(model) for model in tables if model._meta.app_label not in LEFT_BEHIND)
            # What was deferred is looked at now, so that the triggers can be made again.
            connection.check_constraints()
            _continue_numbers(tables)
            triggers.make_all(connection)
            report = verify()
            if not report.sound:
                raise NotMoved(f"The audit log does not verify after it: {report.broken or 'a trigger is missing'}.")
            with ledger.recording(actor=None, at=None):
                ledger.append(MOVED, organisation=ledger.SITE, details={"rows": count, "entries": report.entries})
    except DataError:
        raise NotMoved("PostgreSQL does not take a value that SQLite had: nothing was moved.") from None
    finally:
        source.close()
        del connections.databases[SOURCE]
    return count, report


def _refuse_unfit() -> None:
    if connection.vendor != "postgresql":
        raise NotMoved("DATABASE_URL is of SQLite. Set it to the PostgreSQL database to move to.")
    if migrated.pending():
        raise NotMoved("The PostgreSQL database is not migrated. Run `manage.py migrate` first.")
    if Organisation.objects.exists():
        raise NotMoved("The PostgreSQL database has an organisation already. Move into a new, empty one.")


def _opened(path: Path) -> Any:
    if not path.is_file():
        raise NotMoved(f"There is no file {path}.")
    name = str(path.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    given = {"ENGINE": "django.db.backends.sqlite3", "NAME": f"file:{name}?mode=ro", "OPTIONS": {"uri": True}}
    connections.databases[SOURCE] = connections.configure_settings({"default": given})["default"]
    source = connections[SOURCE]
    try:
        applied = set(MigrationRecorder(source).applied_migrations())
    except DatabaseError:
        applied = set()
    if applied != migrated.needed():
        source.close()
        del connections.databases[SOURCE]
        raise NotMoved(f"{path} is no database of this version. Run `manage.py migrate` on it first.")
    return source


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _empty(tables: list[type[models.Model]]) -> None:
    """What `migrate` itself put there: content types and permissions, with other numbers than in the source."""
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names}")


def _copy(model: type[models.Model]) -> int:
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    rows = model._base_manager.using(SOURCE).order_by("pk").iterator(chunk_size=BATCH)
    count = 0
    for batch in _batches(rows):
        query = InsertQuery(model)
        query.insert_values(fields, batch, raw=True)
        query.get_compiler(connection=connection).execute_sql()
        count += len(batch)
    return count


def _batches(rows: Iterator[models.Model]) -> Iterator[list[models.Model]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _continue_numbers(tables: list[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
