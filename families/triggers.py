"""Triggers that keep the history of families: no wording is replaced or deleted unless its earlier wording is kept.

An action writes the earlier wording first, with who and why (families/actions/wording.py). The triggers compare it with
the row that is about to change, so that SQL cannot change one without the other either.
"""

from typing import Any

from django.db import models

from audit.triggers import Trigger, append_only, no_truncate, refusing, same_key
from families.conflict_triggers import conflict_triggers
from families.models import Disclosure, EarlierWording, Family, KnownRisk, Person, SafeContact
from families.wording import KEPT, RISK, SUBJECTS

HISTORY = EarlierWording._meta.db_table
MISSING = "the earlier wording is not kept"
GONE = "what is written about a family is not deleted"
# What a row is about and who first wrote it.
FIXED = ("id", "public_id", "organisation_id", "family_id", "person_id", "reference", "written_at", "written_by_id",
         "written_by_name", "system_number")  # fmt: skip


OF_PERSON = f"(SELECT p.family_id FROM {Person._meta.db_table} p WHERE p.id = OLD.person_id)"
FAMILY_OF: dict[type[models.Model], str] = {Family: "OLD.id", SafeContact: OF_PERSON, KnownRisk: OF_PERSON}


def _disposed(model: type[models.Model]) -> str:
    """SQL: the family of the row has a tombstone, which is a row of the app `retention`, above."""
    family = FAMILY_OF.get(model, "OLD.family_id")
    return f"EXISTS (SELECT 1 FROM retention_tombstone t WHERE t.kind = 'family' AND t.row = {family})"


def _differs(column: str, *, sqlite: bool) -> str:
    return f"NEW.{column} {'IS NOT' if sqlite else 'IS DISTINCT FROM'} OLD.{column}"


def _answer(key: str, *, sqlite: bool) -> str:
    return f"json_extract(w.before, '$.{key}')" if sqlite else f"(w.before ->> '{key}')"


def _is_old(field: models.Field[object, object], *, sqlite: bool) -> str:
    """SQL: the kept text is that of the old row. As `Field.value_to_string` writes it."""
    old, answer = f"OLD.{field.column}", _answer(field.name, sqlite=sqlite)
    same = "IS" if sqlite else "IS NOT DISTINCT FROM"
    if isinstance(field, models.DateTimeField):
        written = f"substr({old}, 1, 19)" if sqlite else f"to_char({old} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
        return f"replace(substr({answer}, 1, 19), 'T', ' ') {same} {written}"
    if isinstance(field, models.BooleanField):
        return f"{answer} {same} (CASE WHEN {old} THEN 'True' ELSE 'False' END)"
    return f"{answer} {same} CAST({old} AS TEXT)" if sqlite else f"{answer} {same} {old}::text"


def _checks(model: type[models.Model], *, sqlite: bool) -> list[tuple[str, str]]:
    """(condition, message): what refuses a change of a row with a history."""
    fields: list[Any] = [model._meta.get_field(name) for name in KEPT[model]]
    here = (
        f"FROM {HISTORY} w WHERE w.subject = '{SUBJECTS[model]}' AND w.subject_id = OLD.id AND w.version = OLD.version"
    )
    columns = {field.column for field in model._meta.concrete_fields}
    moved = [_differs(column, sqlite=sqlite) for column in FIXED if column in columns]
    changed = [_differs(field.column, sqlite=sqlite) for field in fields]
    return [
        (" OR ".join(moved), "what a row is about stays as it is"),
        ("NEW.version NOT IN (OLD.version, OLD.version + 1)", "versions are counted one by one"),
        (f"({' OR '.join(changed)}) AND NEW.version = OLD.version", "a changed wording is a new version"),
        *(
            (f"{differs} AND NOT EXISTS (SELECT 1 {here} AND {_is_old(field, sqlite=sqlite)})", MISSING)
            for field, differs in zip(fields, changed, strict=True)
        ),
    ]


def _risk_missing(*, sqlite: bool) -> str:
    answer = f"json_extract(w.before, '$.{RISK}' || OLD.kind)" if sqlite else f"(w.before ->> ('{RISK}' || OLD.kind))"
    return (
        f"NOT EXISTS (SELECT 1 FROM {HISTORY} w JOIN {Person._meta.db_table} p "
        "ON p.id = w.subject_id AND p.version = w.version "
        f"WHERE w.subject = 'person' AND w.subject_id = OLD.person_id AND {answer} = OLD.note)"
    )


def _both(*checks: tuple[str, str]) -> dict[str, list[tuple[str, str]]]:
    return {"sqlite": list(checks), "postgres": list(checks)}


def _row_triggers(model: type[models.Model]) -> list[Trigger]:
    table = model._meta.db_table
    checks = {"sqlite": _checks(model, sqlite=True), "postgres": _checks(model, sqlite=False)}
    return [
        refusing(f"{table}_worded", table, "UPDATE", **checks),
        refusing(f"{table}_kept", table, "DELETE", **_both((f"NOT {_disposed(model)}", GONE))),
        _not_replaced(model),
        no_truncate(table),
    ]


def _not_replaced(model: type[models.Model]) -> Trigger:
    """SQLite's INSERT OR REPLACE deletes a row without firing a DELETE trigger."""
    table = model._meta.db_table
    return refusing(
        f"{table}_not_replaced", table, "INSERT", sqlite=[(f"EXISTS ({same_key(model)})", GONE)], postgres=[]
    )


def _risk_triggers() -> list[Trigger]:
    table = KnownRisk._meta.db_table
    missing = {"sqlite": [(_risk_missing(sqlite=True), MISSING)], "postgres": [(_risk_missing(sqlite=False), MISSING)]}
    gone = {
        engine: [(f"NOT {_disposed(KnownRisk)} AND {condition}", text) for condition, text in checks]
        for engine, checks in missing.items()
    }
    moved = ("NEW.id <> OLD.id OR NEW.person_id <> OLD.person_id OR NEW.kind <> OLD.kind", MISSING)
    changed = {engine: [moved, *checks] for engine, checks in missing.items()}
    return [
        refusing(f"{table}_worded", table, "UPDATE", **changed),
        refusing(f"{table}_kept", table, "DELETE", **gone),
        _not_replaced(KnownRisk),
        no_truncate(table),
    ]


def _is_about(subject: str, rows: str) -> str:
    return (
        f"NEW.subject = '{subject}' AND NOT EXISTS (SELECT 1 FROM {rows} AND r.id = NEW.subject_id "
        "AND r.version >= NEW.version AND r.organisation_id = NEW.organisation_id)"
    )


NOT_OURS = (
    "NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.changed_by_id "
    "AND u.organisation_id = NEW.organisation_id)"
)


def _history_triggers() -> list[Trigger]:
    """An earlier wording is about a row of its own family, and never changes."""
    message = "an earlier wording belongs to its own family"
    checks = [
        _is_about("family", f"{Family._meta.db_table} r WHERE r.id = NEW.family_id"),
        _is_about("person", f"{Person._meta.db_table} r WHERE r.family_id = NEW.family_id"),
        _is_about("disclosure", f"{Disclosure._meta.db_table} r WHERE r.family_id = NEW.family_id"),
        _is_about(
            "contact",
            f"{SafeContact._meta.db_table} r JOIN {Person._meta.db_table} p ON p.id = r.person_id "
            "WHERE p.family_id = NEW.family_id",
        ),
        NOT_OURS,
    ]
    return [
        refusing(f"{HISTORY}_own", HISTORY, "INSERT", **_both(*((check, message) for check in checks))),
        *append_only(EarlierWording, may_go=_disposed(EarlierWording)),
    ]


def all_triggers() -> list[Trigger]:
    rows = [trigger for model in KEPT for trigger in _row_triggers(model)]
    return [*rows, *_risk_triggers(), *_history_triggers(), *conflict_triggers()]
