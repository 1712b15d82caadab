"""A decision with everything that can belong to one, and text that can be found again in each of its columns."""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from audit import traces
from retention import actions
from retention.belongings import WAYS, Record
from retention.models import RetentionRule
from tests.decisions.cases import plain

AT = timezone.now
REASON = "Our schedule of June, agreed by the board"
ANSWERS = {
    "counted_from": "LAST", "years": 35, "source": "Our retention schedule", "confidence": "confirmed",
    "reason": "The board agreed",
}  # fmt: skip


def confirmed(by: User, kind: str = "decision", **changed: Any) -> RetentionRule:
    return actions.confirm_rule(kind=kind, answers={**ANSWERS, **changed}, by=by, at=timezone.now())


def much_later() -> datetime:
    """When everything of today has been kept long enough."""
    return timezone.now() + timedelta(days=366 * 60)


def second_officer(first: User) -> User:
    made = User(
        organisation=first.organisation, email="second@north.test", full_name="Greta Holm",
        organisation_role=Role.DATA_PROTECTION_OFFICER.value,
    )  # fmt: skip
    found: User = plain(User).bulk_create([made])[0]
    return found


def free_text(model: type[models.Model]) -> list[Any]:
    """Columns in which somebody's words can stand: no closed list, no hash, no reference."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        field for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not field.choices and (getattr(field, "max_length", None) or 99) > 64
    ]  # fmt: skip


def plant(record: Record) -> list[str]:
    """Past every trigger: words of their own in each such column of each row; all of them."""
    planted: list[str] = []
    for each in (record, *record.with_it()):
        for model, keys in {type(each.row): [each.row.pk], **dict(each.rows())}.items():
            for field in free_text(model):
                word = f"zq{len(planted)}{model._meta.model_name}{field.name}".replace("_", "")[:60]
                value: Any = {"said": word} if isinstance(field, models.JSONField) else word
                # What a constraint of the table lets nobody say is nowhere to be found.
                with suppress(IntegrityError), transaction.atomic():
                    plain(model).filter(pk__in=keys).update(**{field.name: value})
                    planted.append(word)
    return planted


def dump(*, but: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Every row of every table as text, as a dump of the database has it."""
    found = {}
    for table in connection.introspection.table_names():
        if table not in but:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def file_of_the_database(path: Path) -> bytes:
    """The bytes of SQLite's file, once what runs after each disposal has run on it. Free pages are in it too."""
    path.write_bytes(connection.connection.serialize())
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for statement in traces.WIPE:
            file.execute(statement)
    return path.read_bytes()


def models_named() -> set[type[models.Model]]:
    return {model for ways in WAYS.values() for model, _ in ways}
