"""Triggers that enforce rules in the database itself. See docs/adr/0004-ledger-format.md.

On SQLite, a migration that rebuilds a table fails on its triggers or silently drops them, so all are dropped before
migrating and made again afterwards.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger by name. An engine whose SQL is empty has none.

    On PostgreSQL the SQL also makes the trigger's function, by CREATE OR REPLACE and under the trigger's own name. One
    that `stays` is there while others are dropped, because nothing can be written without it; its SQL replaces it.
    """

    name: str
    table: str
    postgres_sql: str
    sqlite_sql: str
    stays: bool = False

    def sql(self, connection: BaseDatabaseWrapper) -> str:
        return self.postgres_sql if connection.vendor == "postgresql" else self.sqlite_sql


_registered: dict[str, Trigger] = {}


def register(*triggers: Trigger) -> None:
    for trigger in triggers:
        if _registered.setdefault(trigger.name, trigger) != trigger:
            raise ValueError(f"Two triggers are called {trigger.name}: give one another name.")


def tables() -> frozenset[str]:
    """The tables that triggers guard."""
    return frozenset(trigger.table for trigger in _registered.values())


def closed_tables() -> frozenset[str]:
    """Those whose rows the triggers keep: they may not be emptied either."""
    return frozenset(table for table in tables() if f"{table}_no_truncate" in _registered)


def ours(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """The triggers of this engine whose table exists (before the first migration there are none)."""
    tables = set(connection.introspection.table_names())
    return [item for item in _registered.values() if item.table in tables and item.sql(connection)]


def drop_all(connection: BaseDatabaseWrapper) -> None:
    """All or none, and in one transaction: hundreds of them, each by itself on the disk, took SQLite 20 seconds."""
    drop(connection, [trigger for trigger in ours(connection) if not trigger.stays])


def drop(connection: BaseDatabaseWrapper, which: Iterable[Trigger]) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for trigger in which:
            if connection.vendor == "postgresql":
                cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}" ON "{trigger.table}"')
                cursor.execute(f'DROP FUNCTION IF EXISTS "{trigger.name}"()')
            else:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"')


def make_all(connection: BaseDatabaseWrapper) -> None:
    with transaction.atomic(using=connection.alias):
        drop_all(connection)
        make(connection, ours(connection))


def make(connection: BaseDatabaseWrapper, which: Iterable[Trigger]) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for trigger in which:
            cursor.execute(trigger.sql(connection))


PRESENT = {
    "postgresql": (
        "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
    ),
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should exist but are missing or disabled."""
    with connection.cursor() as cursor:
        cursor.execute(PRESENT[connection.vendor])
        present = {(name, table) for name, table in cursor.fetchall()}
    return sorted(item.name for item in ours(connection) if (item.name, item.table) not in present)


NEVER: Mapping[str, str] = {"sqlite": "FALSE", "postgresql": "FALSE"}


def append_only(
    model: type[models.Model], *, may_go: str = "FALSE", may_change: Mapping[str, str] = NEVER
) -> list[Trigger]:
    """Triggers that let rows be inserted, and never changed or deleted.

    Except by disposal: `may_go` is true of a row of a record that is disposed of, `may_change`, by engine, of a change
    that does nothing else. SQLite's INSERT OR REPLACE deletes the old row without firing a DELETE trigger, so it needs
    a guard on every unique key.
    """
    table = model._meta.db_table
    passes = (
        f"IF TG_OP = 'DELETE' THEN IF {may_go} THEN RETURN OLD; END IF; "
        f"ELSIF {may_change['postgresql']} THEN RETURN NEW; END IF; "
    )
    return [
        _postgres(f"{table}_append_only", table, "BEFORE UPDATE OR DELETE", "ROW", passes),
        no_truncate(table),
        _sqlite(f"{table}_no_update", table, "BEFORE UPDATE", f"WHEN NOT COALESCE({may_change['sqlite']}, FALSE)"),
        _sqlite(f"{table}_no_delete", table, "BEFORE DELETE", f"WHEN NOT COALESCE({may_go}, FALSE)"),
        _sqlite(f"{table}_no_replace", table, "BEFORE INSERT", f"WHEN EXISTS ({same_key(model)})"),
    ]


def no_truncate(table: str) -> Trigger:
    """TRUNCATE fires no row trigger, so PostgreSQL gets a statement trigger. SQLite has no TRUNCATE."""
    return _postgres(f"{table}_no_truncate", table, "BEFORE TRUNCATE", "STATEMENT")


def refusing(
    name: str, table: str, moment: str, *, sqlite: list[tuple[str, str]], postgres: list[tuple[str, str]]
) -> Trigger:
    """A trigger that refuses a row when any condition holds: (condition, message) pairs for each engine, or none."""
    aborts = "\n".join(f"SELECT RAISE(ABORT, '{message}') WHERE {condition};" for condition, message in sqlite)
    raises = "\n".join(
        f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        for condition, message in postgres
    )
    row = "OLD" if moment.startswith("DELETE") else "NEW"
    before = f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW"
    return Trigger(
        name=name,
        table=table,
        sqlite_sql=f"{before} BEGIN\n{aborts}\nEND" if sqlite else "",
        postgres_sql=(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n{raises}\n"
            f"RETURN {row}; END $$;\n{before} EXECUTE FUNCTION {name}()"
            if postgres
            else ""
        ),
    )


def after(name: str, table: str, moment: str, acts: list[str], *, when: str = "TRUE", first: str = "") -> Trigger:
    """A trigger that writes other rows once a row has changed; `first` is done before, on PostgreSQL alone."""
    statements = "\n".join(acts)
    head = f"CREATE TRIGGER {name} AFTER {moment} ON {table} FOR EACH ROW WHEN ({when})"
    return Trigger(
        name=name,
        table=table,
        sqlite_sql=f"{head} BEGIN\n{statements}\nEND",
        postgres_sql=(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n{first}\n{statements}\n"
            f"RETURN NULL; END $$;\n{head} EXECUTE FUNCTION {name}()"
        ),
    )


def _postgres(name: str, table: str, when: str, each: str, passes: str = "") -> Trigger:
    function = (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {passes}'
        f"RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation'; END $$; "
    )
    return Trigger(
        name,
        table,
        function + f'CREATE TRIGGER "{name}" {when} ON "{table}" FOR EACH {each} EXECUTE FUNCTION "{name}"();',
        "",
    )


def _sqlite(name: str, table: str, when: str, condition: str) -> Trigger:
    body = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return Trigger(name, table, "", f'CREATE TRIGGER "{name}" {when} ON "{table}" {condition} {body}')


def same_key(model: type[models.Model]) -> str:
    matches = (
        " AND ".join(f'"{column}" = NEW."{column}"' for column in key) for key in sorted(set(unique_keys(model)))
    )
    return f'SELECT 1 FROM "{model._meta.db_table}" WHERE ' + " OR ".join(f"({match})" for match in matches)  # noqa: S608 - names of our own columns


def unique_keys(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    """The columns of every key by which INSERT OR REPLACE can replace a row."""
    meta = model._meta
    columns = {field.name: field.column for field in meta.concrete_fields}
    for field in meta.concrete_fields:
        if field.unique:
            yield (field.column,)
    names = [tuple(together) for together in meta.unique_together]
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            if constraint.condition is not None or constraint.expressions:
                raise ValueError(f"{constraint.name} is a partial key: write its SQLite guard by hand.")
            names.append(tuple(constraint.fields))
    for fields in names:
        yield tuple(columns[name] for name in fields)
