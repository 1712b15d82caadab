"""Tamper with a copy of closed records, table by table, and see that each is found by comparing them with the log."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from auditlog.models import AbstractLogEntry
from django.db import models
from django.db.models import ForeignKey, Min, QuerySet

from audit.closed_rows import closed_models, entered_fields, row_values
from audit.drill_copy import index, real, sql, taken_back, temporary
from audit.models import AuditedModel, LedgerEntry
from audit.record_verification import Walk

ENTRIES = LedgerEntry._meta.db_table
ACCESS = AbstractLogEntry.Action.ACCESS
# Of each table; of the parts of records, those of so many records.
ROWS = 50
FAR = 1_000_000_000
TEXTS = (models.CharField, models.TextField)
Audited = type[AuditedModel]


@dataclass(frozen=True, slots=True)
class RecordForger:
    """What a forger with the database in hand does to one table of the copy."""

    organisation: int
    model: Audited
    first: int

    @property
    def table(self) -> str:
        return f'"{self.model._meta.db_table}"'

    def alter(self) -> None:
        """A column that is filled: a text begins with another letter, a number is greater."""
        values = row_values(self.model, self.first, self.organisation) or {}
        fields = [field for field in entered_fields(self.model) if field.name in values]
        field = next((field for field in fields if _is_text(field)), fields[-1])
        column = f'"{field.column}"'
        letter = f"CASE substr({column}, 1, 1) WHEN 'x' THEN 'y' ELSE 'x' END || substr({column}, 2)"
        other = letter if _is_text(field) else f"{column} + 1"
        sql(f"UPDATE {self.table} SET {column} = {other} WHERE id = {int(self.first)}")  # noqa: S608 - our names

    def delete(self) -> None:
        sql(f"DELETE FROM {self.table} WHERE id = {int(self.first)}")  # noqa: S608

    def add(self) -> None:
        columns = [field.column for field in self.model._meta.concrete_fields if not field.primary_key]
        names = ", ".join(f'"{column}"' for column in columns)
        sql(f"INSERT INTO {self.table} (id, {names}) SELECT id + {FAR}, {names} FROM {self.table} "  # noqa: S608
            f"WHERE id = {int(self.first)}")  # fmt: skip

    def delete_all(self) -> None:
        sql(f"DELETE FROM {self.table}")  # noqa: S608

    def is_found(self) -> bool:
        return Walk(self.organisation, self.model).run() is not None


def _is_text(field: "models.Field[object, object]") -> bool:
    return isinstance(field, TEXTS)


Act = Callable[[RecordForger], None]
KINDS: tuple[tuple[str, str, Act], ...] = (
    ("record_altered", "a record is changed", RecordForger.alter),
    ("record_deleted", "a record is deleted", RecordForger.delete),
    ("record_added", "a record is put in", RecordForger.add),
    ("all_records_deleted", "all records of a kind are deleted", RecordForger.delete_all),
)


@dataclass(frozen=True, slots=True)
class Tables:
    """In how many tables a kind of tampering was tried, and in how many it was found."""

    tried: int
    found: int


def drill_records(organisation: int) -> tuple[str, dict[str, Tables]]:
    """A false alarm, if there is one, and how it went with each kind by code; nothing where there are no records."""
    with _copied(organisation) as forgers:
        alarm = next((str(found) for forger in forgers if (found := Walk(organisation, forger.model).run())), "")
        return alarm, {code: _tried(act, forgers) for code, _, act in KINDS if forgers}


def _tried(act: Act, forgers: Sequence[RecordForger]) -> Tables:
    """In all tables at once: SQLite reads its whole schema again each time something is taken back."""
    with taken_back():
        for forger in forgers:
            act(forger)
        found = sum(forger.is_found() for forger in forgers)
    return Tables(len(forgers), found)


@contextmanager
def _copied(organisation: int) -> Iterator[list[RecordForger]]:
    """Inside, the tables of closed records have a few of them, and the ledger the entries about these."""
    models = sorted(closed_models(), key=lambda model: bool(_parents(model)))
    try:
        for model in models:
            _copy(model, organisation)
        _copy_entries(models, organisation)
        firsts = [(model, QuerySet(model).aggregate(first=Min("pk"))["first"]) for model in models]
        yield [RecordForger(organisation, model, first) for model, first in firsts if first is not None]
    finally:
        for table in (*(model._meta.db_table for model in models), ENTRIES):
            sql(f'DROP TABLE IF EXISTS {temporary()}."{table}"')


def _parents(model: Audited) -> list["ForeignKey[Any, Any]"]:
    """The keys by which a part names what it is recorded with."""
    if model.ledger_hides_values is AuditedModel.ledger_hides_values:
        return []
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    return [key for key in keys if key.related_model is not model and _hides(key.related_model)]


def _hides(model: Any) -> bool:
    return issubclass(model, AuditedModel) and model.ledger_hides_values is not AuditedModel.ledger_hides_values


def _copy(model: Audited, organisation: int) -> None:
    """A few rows, none of a draft: of the parts of a record, those of the records that were copied."""
    table, parents = model._meta.db_table, _parents(model)
    which = f"organisation_id = {int(organisation)}"
    for key in parents:
        copy = f'{temporary()}."{key.related_model._meta.db_table}"'  # type: ignore[union-attr]
        which += f' AND ("{key.column}" IS NULL OR "{key.column}" IN (SELECT id FROM {copy}))'  # noqa: S608
    if _hides(model) and not parents:
        about = f"subject = '{model._meta.label_lower}' AND object_pk = CAST(r.id AS TEXT) AND action = {int(ACCESS)}"
        which += f" AND EXISTS (SELECT 1 FROM {real()}.\"{ENTRIES}\" WHERE {about} AND changes <> '{{}}')"  # noqa: S608
    few = "" if parents else f" ORDER BY id LIMIT {ROWS}"
    sql(f'CREATE TEMPORARY TABLE "{table}" AS SELECT * FROM {real()}."{table}" r WHERE {which}{few}')  # noqa: S608


def _copy_entries(models: Sequence[Audited], organisation: int) -> None:
    entries = f'SELECT * FROM {real()}."{ENTRIES}" WHERE organisation = {int(organisation)} AND'  # noqa: S608
    sql(f'CREATE TEMPORARY TABLE "{ENTRIES}" AS {entries} subject IS NULL')
    for model in models:
        keys = f'SELECT CAST(id AS TEXT) FROM {temporary()}."{model._meta.db_table}"'  # noqa: S608
        about = f"subject = '{model._meta.label_lower}' AND object_pk IN ({keys})"
        sql(f'INSERT INTO {temporary()}."{ENTRIES}" {entries} {about}')
    sql(f'CREATE INDEX {index(ENTRIES)} ON "{ENTRIES}" (organisation, subject, object_pk)')
