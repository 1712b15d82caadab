"""Triggers on both engines that protect recorded decisions from every kind of write.

A decision starts as a draft, is recorded only when it passes the recording checks, and is closed from then on with all
its parts. `record` applies every rule; the triggers enforce those that must never be broken.
"""

from django.db import models

from audit.triggers import Trigger, append_only, refusing, unique_keys
from decisions.database.disposal import BECOMES_DISPOSED, disposal_checks, has_tombstone, of_disposed
from decisions.database.law_checks import TWO_PEOPLE
from decisions.database.recording_checks import POSTGRES, SQLITE, Dialect, empty_reason_sql, quoted, refusals, squashed
from decisions.models import (
    Addition,
    Advice,
    Complaint,
    ComplaintAcknowledgement,
    ComplaintAnswer,
    ConsentCovers,
    ConsentEvent,
    ContactOutcome,
    ContactPlan,
    Correction,
    Decision,
    DecisionFamily,
    DecisionItem,
    DecisionPerson,
    DecisionProvision,
    DecisionRecipient,
    GuidanceSeen,
    InformingEvent,
    ItemAbout,
    ItemNotDisclosedTo,
    ItemRecipient,
    LawNotice,
    NotSent,
    Receipt,
    Response,
    Sending,
    StatementPassedOn,
    StatementToRecipients,
    UrgentRecord,
    ViewsReadBack,
    WrongInformation,
)
from rules.codes import SHARED

DECISION = Decision._meta.db_table
PARTS: tuple[type[models.Model], ...] = (
    DecisionFamily, DecisionPerson, DecisionRecipient, DecisionItem, ItemAbout, ItemNotDisclosedTo, ItemRecipient,
    DecisionProvision, Advice, ConsentCovers, GuidanceSeen,
)  # fmt: skip
EVENTS: tuple[type[models.Model], ...] = (
    ConsentEvent, InformingEvent, NotSent, Receipt, Response, Addition, WrongInformation, Correction, Complaint,
    ComplaintAcknowledgement, ComplaintAnswer, ViewsReadBack, StatementToRecipients, StatementPassedOn, ContactPlan,
    ContactOutcome,
)  # fmt: skip


NOTHING_SENT = (
    f"EXISTS (SELECT 1 FROM {DECISION} d WHERE d.id = NEW.decision_id AND d.state = 'recorded' "
    f"AND d.outcome NOT IN ({quoted(list(SHARED))}))"
)


FOR_SOMEBODY_ELSE = (
    f"EXISTS (SELECT 1 FROM {StatementToRecipients._meta.db_table} s WHERE s.id = NEW.statement_id "
    "AND s.recipient_id IS NOT NULL AND s.recipient_id <> NEW.recipient_id)"
)
NOT_PLANNED = f"EXISTS (SELECT 1 FROM {ContactPlan._meta.db_table} p WHERE p.id = NEW.plan_id AND p.planned_on IS NULL)"
# What else is never so, by the model of the row.
NEVER: dict[type[models.Model], tuple[str, str]] = {
    StatementPassedOn: (FOR_SOMEBODY_ELSE, "a statement is passed on to whom it is for"),
    ContactOutcome: (NOT_PLANNED, "only a planned contact takes place or not"),
}


def _trigger(
    name: str, model: type[models.Model], moment: str, checks: dict[Dialect, list[tuple[str, str]]]
) -> Trigger:
    """One trigger that refuses when any condition holds; `checks` are (condition, message) pairs for each engine."""
    return refusing(name, model._meta.db_table, moment, sqlite=checks[SQLITE], postgres=checks[POSTGRES])


def _both(*checks: tuple[str, str]) -> dict[Dialect, list[tuple[str, str]]]:
    return {SQLITE: list(checks), POSTGRES: list(checks)}


def _closed(decision: str, dialect: Dialect) -> str:
    """True once `decision` is recorded, also when it is disposed of."""
    return _recorded(decision, dialect).replace("= 'recorded'", "<> 'draft'")


def _recorded(decision: str, dialect: Dialect) -> str:
    """True while `decision` is recorded. PostgreSQL locks the row, so that no part is added while it is recorded."""
    if dialect is SQLITE:
        return f"EXISTS (SELECT 1 FROM {DECISION} d WHERE d.id = {decision} AND d.state = 'recorded')"
    return f"(SELECT d.state FROM {DECISION} d WHERE d.id = {decision} FOR SHARE) = 'recorded'"


def _replaces_closed(model: type[models.Model]) -> list[tuple[str, str]]:
    """SQLite's INSERT OR REPLACE deletes a row without firing a DELETE trigger, so it is checked beforehand."""
    table = model._meta.db_table
    closed = "r.state <> 'draft'" if model is Decision else _closed("r.decision_id", SQLITE)
    checks = []
    for columns in unique_keys(model):
        same = " AND ".join(f"r.{column} IS NEW.{column}" for column in columns)
        condition = f"EXISTS (SELECT 1 FROM {table} r WHERE {same} AND {closed})"
        checks.append((condition, "a recorded decision is closed: it cannot be replaced"))
    return checks


def _no_truncate(model: type[models.Model]) -> Trigger:
    """TRUNCATE fires no row trigger, so PostgreSQL gets a statement trigger. SQLite has no TRUNCATE."""
    table = model._meta.db_table
    name = f"{table}_no_truncate"
    return Trigger(
        name=name,
        table=table,
        sqlite_sql="",
        postgres_sql=(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'recorded decisions are closed: their tables cannot be truncated' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$;\n"
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        ),
    )


def _decision_triggers() -> list[Trigger]:
    not_changed = (
        f"OLD.state <> 'draft' AND NOT ({BECOMES_DISPOSED})", "a recorded decision is closed: it cannot be changed"
    )  # fmt: skip
    not_deleted = ("OLD.state <> 'draft'", "a recorded decision is closed: it cannot be deleted")
    no_draft_disposed = ("OLD.state = 'draft' AND NEW.state = 'disposed'", "a draft is deleted, not disposed of")
    starts_as_draft = ("NEW.state <> 'draft'", "a decision starts as a draft")
    keeps_its_ids = (
        "NEW.id <> OLD.id OR NEW.organisation_id <> OLD.organisation_id",
        "a decision keeps its number and its organisation",
    )
    foreign = _other_organisations(Decision)
    replaces = _replaces_closed(Decision)
    always = [not_changed, no_draft_disposed, keeps_its_ids, *disposal_checks(), *foreign]
    becomes = {dialect: [*always, *refusals(dialect)] for dialect in (SQLITE, POSTGRES)}
    becomes[SQLITE] += [
        (condition.replace(" AND r.state", " AND r.id <> OLD.id AND r.state"), message)
        for condition, message in replaces
    ]
    return [
        _trigger(
            "decision_starts",
            Decision,
            "INSERT",
            {SQLITE: [starts_as_draft, *foreign, *replaces], POSTGRES: [starts_as_draft, *foreign]},
        ),
        _trigger("decision_closed", Decision, "UPDATE", becomes),
        _trigger("decision_kept", Decision, "DELETE", _both(not_deleted)),
        _no_truncate(Decision),
    ]


def _parents(model: type[models.Model]) -> list[str]:
    """Conditions that are true when a part refers to a part of another decision."""
    parts: list[type[models.Model]] = [*PARTS, Sending, WrongInformation, Complaint]
    parts += [ConsentEvent, StatementToRecipients, ContactPlan]
    owners = {part._meta.label: part._meta.db_table for part in parts}
    keys = [
        (field.column, owners[field.remote_field.model._meta.label])
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.model._meta.label in owners
    ]
    return [
        f"NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table} p "
        f"WHERE p.id = NEW.{column} AND p.decision_id = NEW.decision_id)"
        for column, table in keys
    ]


UNNAMED = ("TRIM(NEW.written_by_name) = ''", "who wrote it is kept by name")


OF_ANOTHER = (
    "NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table} o WHERE o.id = NEW.{column} "
    "AND o.organisation_id = NEW.organisation_id)"
)


def _other_organisations(model: type[models.Model]) -> list[tuple[str, str]]:
    """Conditions that are true when a row refers to another organisation. The ledger takes its chain from it."""
    keys = [
        (field.column, field.remote_field.model._meta)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.name != "organisation"
    ]
    return [
        (OF_ANOTHER.format(column=column, table=other.db_table), "a row belongs to one organisation")
        for column, other in keys
    ]


def _part_triggers(model: type[models.Model], *, may_be_added: bool = False) -> list[Trigger]:
    """With `may_be_added`, rows may be added after recording; no row may be changed or deleted then."""
    table = model._meta.db_table
    message = "a recorded decision is closed: its parts cannot be changed"
    foreign = [(condition, "a part must belong to the same decision") for condition in _parents(model)]
    foreign += _other_organisations(model)
    stays = ("NEW.decision_id <> OLD.decision_id OR NEW.id <> OLD.id", "a part stays with its decision")
    insert: dict[Dialect, list[tuple[str, str]]] = {SQLITE: [*foreign, *_replaces_closed(model)], POSTGRES: [*foreign]}
    update: dict[Dialect, list[tuple[str, str]]] = {SQLITE: [stays, *foreign], POSTGRES: [stays, *foreign]}
    delete: dict[Dialect, list[tuple[str, str]]] = {SQLITE: [], POSTGRES: []}
    for dialect in (SQLITE, POSTGRES):
        old, new = (_closed(f"{row}.decision_id", dialect) for row in ("OLD", "NEW"))
        if may_be_added:
            insert[dialect] += [(NOTHING_SENT, "nothing is sent by a decision not to share"), UNNAMED]
        else:
            insert[dialect].insert(0, (new, message))
        update[dialect][:0] = [(old, message), (new, message)]
        delete[dialect].append((_recorded("OLD.decision_id", dialect), message))
    update[SQLITE] += [
        (condition.replace("WHERE ", "WHERE r.id <> OLD.id AND ", 1), text)
        for condition, text in _replaces_closed(model)
    ]
    return [
        _trigger(f"{table}_added", model, "INSERT", insert),
        _trigger(f"{table}_changed", model, "UPDATE", update),
        _trigger(f"{table}_taken", model, "DELETE", delete),
        _no_truncate(model),
    ]


def _event_triggers(model: type[models.Model]) -> list[Trigger]:
    """Events of a recorded decision: rows are added and never changed."""
    early = {
        SQLITE: [(f"NOT {_recorded('NEW.decision_id', SQLITE)}", "events begin when a decision is recorded")],
        POSTGRES: [
            (
                f"{_recorded('NEW.decision_id', POSTGRES)} IS NOT TRUE",
                "events begin when a decision is recorded",
            )
        ],
    }
    for dialect in (SQLITE, POSTGRES):
        early[dialect] += [(condition, "a part must belong to the same decision") for condition in _parents(model)]
        early[dialect] += [*_other_organisations(model), UNNAMED]
        if model in NEVER:
            early[dialect].append(NEVER[model])
        if model is NotSent:
            early[dialect].append((empty_reason_sql("NEW.why", dialect), "why it is not sent must be a reason"))
            early[dialect].append((NOTHING_SENT, "nothing is sent by a decision not to share"))
    return [
        _trigger(f"{model._meta.db_table}_early", model, "INSERT", early),
        *append_only(model, may_go=of_disposed()),
    ]


def _urgent_triggers() -> list[Trigger]:
    """An urgent record must be complete, with a real reason for not waiting, and never changes."""
    checks = {
        dialect: [
            *(
                (empty_reason_sql(f"NEW.{name}", dialect), "an urgent record must be complete")
                for name in ("information", "why")
            ),
            *(
                (f"{squashed(f'NEW.{name}', dialect)} = ''", "an urgent record must be complete")
                for name in ("who", "recipient", "how")
            ),
            *_other_organisations(UrgentRecord),
        ]
        for dialect in (SQLITE, POSTGRES)
    }
    return [
        _trigger("urgent_record_whole", UrgentRecord, "INSERT", checks),
        *append_only(UrgentRecord, may_go=has_tombstone("urgent", "OLD.id")),
    ]


def _law_triggers() -> list[Trigger]:
    """A law notice never changes, its author belongs to its organisation, and two people say that a law commenced."""
    checks = _both(*_other_organisations(LawNotice), UNNAMED, *TWO_PEOPLE)
    return [_trigger("law_notice_ours", LawNotice, "INSERT", checks), *append_only(LawNotice)]


def all_triggers() -> list[Trigger]:
    triggers = [*_decision_triggers(), *_urgent_triggers(), *_law_triggers()]
    for part in PARTS:
        triggers += _part_triggers(part)
    triggers += _part_triggers(Sending, may_be_added=True)
    for event in EVENTS:
        triggers += _event_triggers(event)
    return triggers
