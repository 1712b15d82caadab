"""Recorded means closed: whatever is tried on the decision or on any of its parts, the database refuses it."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.utils import timezone

from audit import ledger
from audit.triggers import unique_keys
from decisions.database.triggers import EVENTS, PARTS
from decisions.models import (
    ConsentEvent,
    Decision,
    DecisionItem,
    DecisionPerson,
    InformingEvent,
    ItemAbout,
    NotSent,
    Sending,
)
from tests.decisions import events
from tests.decisions.cases import MOTHER, Case, columns, copy, plain, recorded_case, refused, sql, started, twin_of
from tests.in_turn import in_turn

Model = type[models.Model]
CLOSED = "a recorded decision is closed"
ALL: tuple[Model, ...] = (*PARTS, Sending, *EVENTS)
WHOLE: tuple[Model, ...] = (Decision, *ALL)
OF_A_DRAFT: tuple[Model, ...] = (*PARTS, Sending)
# What comes after recording is added; everything else came with it.
MAY_BE_ADDED: tuple[Model, ...] = (Sending, *EVENTS)
NEVER = f"{CLOSED}|is append-only|kept by the database"


@pytest.fixture(scope="module")
def _closed(_module_transaction: None) -> Case:
    """With a receipt, an answer and an account of somebody's own beside it."""
    case = recorded_case()
    by = {"written_at": case.at, "written_by": case.cast.practitioner, "written_by_name": "Asha Verrall"}
    whose = {"organisation": case.cast.organisation, "recipient": case.decision.recipients.get()}
    insert(NotSent(decision=case.decision, why="They have moved away.", **whose, **by))
    events.receipt(case)
    events.response(case)
    mother = case.decision.people.get(name=MOTHER)
    events.addition(case, kind="STATEMENT", person=mother)
    events.wrong(case, item=case.decision.items.first())
    events.correction(case)
    events.complaint(case, person=mother, made_by_other="")
    events.acknowledgement(case)
    events.complaint_answer(case)
    events.read_back(case)
    events.passed_on(case, of=events.statement(case, recipient=case.decision.recipients.get()))
    events.contact_outcome(case)
    return case


def other_value(field: Any) -> object:
    """Something of the column's kind that is not what stands there."""
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    values: list[tuple[type[Any], object]] = [
        (models.UUIDField, uuid.uuid4()), (models.BooleanField, True), (models.IntegerField, 31_000),
        (models.JSONField, {}), (models.DateTimeField, datetime(2020, 1, 1, tzinfo=timezone.get_current_timezone())),
        (models.DateField, date(2020, 1, 1)),
    ]  # fmt: skip
    return next((value for known, value in values if isinstance(kind, known)), "x")


def first(model: Model, decision: Decision) -> Any:
    row = rows_of(model, decision).order_by("pk").first()
    assert row is not None
    return row


def rows_of(model: Model, decision: Decision) -> "models.QuerySet[Any]":
    rows: models.QuerySet[Any] = plain(model)
    return rows.filter(pk=decision.pk) if model is Decision else rows.filter(decision_id=decision.pk)


def insert(row: models.Model, verb: str = "INSERT") -> None:
    """By SQL, with the key the row has, if it has one."""
    fields = [field for field in row._meta.concrete_fields if row.pk is not None or not field.primary_key]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    names = ", ".join(f'"{field.column}"' for field in fields)
    holders = ", ".join(["%s"] * len(fields))
    sql(f"{verb} INTO {row._meta.db_table} ({names}) VALUES ({holders})", *values)


@pytest.mark.parametrize("model", ALL)
def test_the_case_has_every_kind_of_part(closed: Case, model: Model) -> None:
    assert rows_of(model, closed.decision).exists()


@pytest.mark.parametrize("model", WHOLE)
def test_no_column_can_be_changed(closed: Case, model: Model) -> None:
    """Each third of them a day: the trigger names none."""
    row = first(model, closed.decision)
    for field in in_turn(columns(model), of=3):
        with refused(NEVER):
            rows_of(model, closed.decision).update(**{field.attname: other_value(field)})
        with refused(NEVER):
            sql(f'UPDATE {model._meta.db_table} SET "{field.column}" = "{field.column}" WHERE id = %s', row.pk)


@pytest.mark.parametrize("model", WHOLE)
def test_no_row_can_be_saved_again_or_removed(closed: Case, model: Model) -> None:
    row = first(model, closed.decision)
    with ledger.recording(actor=closed.cast.practitioner, at=closed.at):
        with refused(NEVER):
            row.save()
        with refused(NEVER):
            row.delete()
    with refused(NEVER):
        rows_of(model, closed.decision)._raw_delete("default")
    with refused(NEVER):
        sql(f"DELETE FROM {model._meta.db_table} WHERE id = %s", row.pk)


@pytest.mark.parametrize("model", PARTS)
def test_no_part_can_be_added(closed: Case, model: Model) -> None:
    row = first(model, closed.decision)
    with refused(CLOSED):
        insert(copy(row))
    with refused(CLOSED), ledger.recording(actor=closed.cast.practitioner, at=closed.at):
        copy(row).save()


@pytest.mark.parametrize("model", MAY_BE_ADDED)
def test_what_comes_after_is_added_and_stays(closed: Case, model: Model) -> None:
    row = copy(first(model, closed.decision))
    with ledger.recording(actor=closed.cast.practitioner, at=closed.at):
        row.save()
        with refused(NEVER):
            row.save()
    with refused(NEVER):
        sql(f"DELETE FROM {model._meta.db_table} WHERE id = %s", row.pk)


@pytest.mark.parametrize("model", WHOLE)
def test_a_conflict_cannot_update_it(closed: Case, model: Model) -> None:
    row = first(model, closed.decision)
    with refused(f"{NEVER}|starts as a draft"):
        sql(
            f"INSERT INTO {model._meta.db_table} SELECT * FROM {model._meta.db_table} WHERE id = %s "
            "ON CONFLICT (id) DO UPDATE SET organisation_id = 1",
            row.pk,
        )


@pytest.mark.postgres
@pytest.mark.parametrize("model", WHOLE)
def test_no_table_can_be_emptied(closed: Case, model: Model) -> None:
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with refused("cannot be truncated|is append-only"):
        sql(f"TRUNCATE {model._meta.db_table} CASCADE")


def every_key() -> Iterator[Any]:
    for model in WHOLE:
        for key in sorted(set(unique_keys(model))):
            yield pytest.param(model, key, id=f"{model._meta.model_name}-{'-'.join(key)}")


@pytest.fixture(scope="module")
def draft(_closed: Case) -> Decision:
    """Another draft of the same author, with a row of every kind that may be in a draft."""
    return twin_of(_closed.decision)


@pytest.fixture(scope="module")
def third(_closed: Case) -> Decision:
    """A blank draft."""
    return started(_closed.cast, _closed.at)


@pytest.mark.sqlite
@pytest.mark.in_turn(2)
@pytest.mark.parametrize(("model", "key"), list(every_key()))
def test_no_insert_can_replace_it(closed: Case, draft: Decision, model: Model, key: tuple[str, ...]) -> None:
    """OR REPLACE removes the row in its way without a word to any DELETE trigger."""
    kept = first(model, closed.decision)
    fresh = copy(kept, state="draft", recorded_at=None, reference="D-OTHER") if model is Decision else copy(kept)
    for field in columns(model) if model is not Decision else ():
        if field.name == "decision":
            fresh.decision_id = draft.pk
    for column in key:
        field = next(field for field in model._meta.concrete_fields if field.column == column)
        setattr(fresh, field.attname, getattr(kept, field.attname))
    with refused(f"{NEVER}|same decision|events begin"):
        insert(fresh, "INSERT OR REPLACE")


@pytest.mark.sqlite
@pytest.mark.in_turn(2)
@pytest.mark.parametrize(("model", "key"), [item for item in every_key() if item.values[0] not in EVENTS])
def test_no_update_can_replace_it(closed: Case, draft: Decision, model: Model, key: tuple[str, ...]) -> None:
    kept = first(model, closed.decision)
    mine = first(model, draft)
    changes = ", ".join(f'"{column}" = (SELECT "{column}" FROM {model._meta.db_table} WHERE id = %s)' for column in key)
    with refused(f"{NEVER}|same decision|stays with its decision|keeps its number"):
        sql(f"UPDATE OR REPLACE {model._meta.db_table} SET {changes} WHERE id = %s", *[kept.pk for _ in key], mine.pk)


@pytest.mark.parametrize("model", OF_A_DRAFT)
def test_no_part_of_a_draft_can_be_moved_to_it(closed: Case, draft: Decision, model: Model) -> None:
    with refused(CLOSED):
        rows_of(model, draft).update(decision_id=closed.decision.pk)


@pytest.mark.parametrize("model", OF_A_DRAFT)
def test_a_part_stays_with_its_draft(closed: Case, draft: Decision, third: Decision, model: Model) -> None:
    """Moved to another draft it would leave behind what hangs on it, and that would still be open after recording."""
    with refused("a part stays with its decision"):
        rows_of(model, draft).update(decision_id=third.pk)
    with refused("a part stays with its decision"):
        rows_of(model, draft).filter(pk=rows_of(model, draft).values("pk")[:1]).update(id=987654)


def hanging() -> Iterator[Any]:
    for model in ALL:
        for field in columns(model):
            if field.related_model in OF_A_DRAFT:
                yield pytest.param(model, field, id=f"{model._meta.model_name}.{field.attname}")


@pytest.mark.parametrize(("model", "field"), list(hanging()))
def test_nothing_hangs_on_it_by_way_of_a_draft(closed: Case, draft: Decision, model: Model, field: Any) -> None:
    """An item of the recorded decision with an `about` that says it is the draft's."""
    row = rows_of(model, closed.decision).exclude(**{field.attname: None})[0]
    with refused("same decision|events begin when"):
        insert(copy(row, decision_id=draft.pk))
    if model in EVENTS:
        return
    mine = rows_of(model, draft).exclude(**{field.attname: None})[0]
    with refused("same decision"):
        plain(model).filter(pk=mine.pk).update(**{field.attname: getattr(row, field.attname)})


@pytest.mark.parametrize("model", EVENTS)
def test_events_begin_when_a_decision_is_recorded(closed: Case, draft: Decision, model: Model) -> None:
    row = copy(first(model, closed.decision), decision_id=draft.pk)
    if hasattr(row, "person_id"):
        row.person_id = draft.people.get(name=MOTHER).pk
    with refused("events begin when a decision is recorded"):
        insert(row)


def test_a_decision_starts_as_a_draft(closed: Case) -> None:
    with refused("a decision starts as a draft"):
        insert(copy(closed.again(), reference="D-OTHER"))


def test_a_recorded_decision_never_becomes_a_draft_again(closed: Case) -> None:
    with refused(CLOSED):
        plain(Decision).filter(pk=closed.decision.pk).update(state="draft", recorded_at=None)


def test_drafts_stay_open(closed: Case, draft: Decision) -> None:
    """The refusals are about recorded decisions only."""
    for model in (DecisionItem, DecisionPerson):
        row = first(model, draft)
        with ledger.recording(actor=closed.cast.practitioner, at=closed.at):
            row.save()
    rows_of(ItemAbout, draft)._raw_delete("default")
    rows_of(Decision, draft).update(why_now="Another reason", started_at=closed.at - timedelta(days=1))
    assert not rows_of(ItemAbout, draft).exists()
    assert rows_of(ConsentEvent, closed.decision).count() == rows_of(InformingEvent, closed.decision).count() == 3
