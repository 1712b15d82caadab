"""The six are closed the moment they are written: whatever is tried on them, the database refuses it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, models

from audit import ledger
from audit.triggers import unique_keys
from decisions.models import Decision, UrgentRecord
from drafting import actions
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import columns, copy, plain, refused, sql, started, twin_of
from tests.drafting.test_actions_urgent import URGENT_FIELDS

TABLE = UrgentRecord._meta.db_table
NEVER = "is append-only"
WHOLE = "an urgent record must be complete"
SAYS_NOTHING = ["", "see notes", "See Notes.", "n/a", "...", "\u2014", "urgent", "tbc"]


cast, now, decision = closed.cast, closed.now, closed.decision


@pytest.fixture(scope="module")
def urgent(cast: Cast, now: datetime) -> UrgentRecord:
    given = {**URGENT_FIELDS, "shared_at": now - timedelta(hours=1)}
    return actions.record_urgent(team=cast.team, answers=given, submission_id=uuid4(), by=cast.practitioner, at=now)


def insert(row: UrgentRecord, verb: str = "INSERT") -> None:
    """By SQL, with the key the row has, if it has one."""
    fields = [field for field in row._meta.concrete_fields if row.pk is not None or not field.primary_key]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    names = ", ".join(f'"{field.column}"' for field in fields)
    sql(f"{verb} INTO {TABLE} ({names}) VALUES ({', '.join(['%s'] * len(fields))})", *values)


def another(urgent: UrgentRecord, **changed: Any) -> UrgentRecord:
    made: UrgentRecord = copy(urgent, **{"reference": "U-OTHER1", **changed})
    return made


def test_another_one_is_no_trouble(urgent: UrgentRecord) -> None:
    """So that what is refused below is refused for what it says."""
    insert(another(urgent))
    assert plain(UrgentRecord).count() == 2


@pytest.mark.parametrize("field", columns(UrgentRecord), ids=lambda field: field.attname)
def test_no_column_can_be_changed(urgent: UrgentRecord, field: Any) -> None:
    with refused(NEVER):
        sql(f'UPDATE {TABLE} SET "{field.column}" = "{field.column}" WHERE id = %s', urgent.pk)
    with refused(NEVER):
        plain(UrgentRecord).update(**{field.attname: getattr(urgent, field.attname)})


def test_it_cannot_be_saved_again_or_removed(cast: Cast, urgent: UrgentRecord, now: datetime) -> None:
    with ledger.recording(actor=cast.practitioner, at=now):
        urgent.information = "Something milder"
        with refused(NEVER):
            urgent.save()
        with refused(NEVER):
            urgent.delete()
    with refused(NEVER):
        sql(f"DELETE FROM {TABLE} WHERE id = %s", urgent.pk)
    with refused(NEVER):
        plain(UrgentRecord)._raw_delete("default")


def test_a_conflict_cannot_update_it(urgent: UrgentRecord) -> None:
    with refused(NEVER):
        sql(
            f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE id = %s "
            "ON CONFLICT (id) DO UPDATE SET information = 'Something milder'",
            urgent.pk,
        )


@pytest.mark.postgres
def test_it_cannot_be_emptied_away(urgent: UrgentRecord) -> None:
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with refused("is append-only|cannot be truncated"):
        sql(f"TRUNCATE {TABLE} CASCADE")
    assert plain(UrgentRecord).get() == urgent


@pytest.mark.sqlite
@pytest.mark.parametrize("key", sorted(set(unique_keys(UrgentRecord))), ids="-".join)
def test_no_insert_can_replace_it(urgent: UrgentRecord, key: tuple[str, ...]) -> None:
    fresh = another(urgent, information="Something milder")
    for column in key:
        field: models.Field[Any, Any] = next(one for one in urgent._meta.concrete_fields if one.column == column)
        setattr(fresh, field.attname, getattr(urgent, field.attname))
    with refused(NEVER):
        insert(fresh, "INSERT OR REPLACE")
    assert plain(UrgentRecord).get().information == urgent.information


@pytest.mark.parametrize("name", ["information", "why"])
@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_what_was_told_and_why_say_something(urgent: UrgentRecord, name: str, text: str) -> None:
    with refused(WHOLE):
        insert(another(urgent, **{name: text}))


@pytest.mark.parametrize("name", ["who", "recipient", "how"])
@pytest.mark.parametrize("text", ["", "   ", "...", "\u2014"])
def test_who_to_whom_and_how_are_not_blank(urgent: UrgentRecord, name: str, text: str) -> None:
    with refused(WHOLE):
        insert(another(urgent, **{name: text}))


@pytest.mark.parametrize("name", ["who", "recipient"])
def test_that_somebody_is_not_known_is_an_answer(urgent: UrgentRecord, name: str) -> None:
    insert(another(urgent, **{name: "Not known"}))


def test_nothing_is_written_before_it_was_told(urgent: UrgentRecord) -> None:
    with refused("urgent_shared_then_recorded"):
        insert(another(urgent, shared_at=urgent.recorded_at + timedelta(seconds=1)))


@pytest.mark.parametrize("name", ["team_id", "author_id"])
def test_nothing_of_it_is_of_another_organisation(cast: Cast, urgent: UrgentRecord, name: str) -> None:
    theirs = {"team_id": cast.stranger.team.pk, "author_id": cast.stranger.practitioner.pk}
    with refused("a row belongs to one organisation"):
        insert(another(urgent, **{name: theirs[name]}))


def named(decision: Decision, urgent: UrgentRecord) -> None:
    plain(Decision).filter(pk=decision.pk).update(urgent_id=urgent.pk)


def test_one_decision_says_the_rest(decision: Decision, urgent: UrgentRecord, now: datetime) -> None:
    first, second = twin_of(decision), twin_of(decision)
    for draft in (first, second):
        named(draft, urgent)
    recorded = {"state": "recorded", "recorded_at": now}
    plain(Decision).filter(pk=first.pk).update(**recorded)
    with refused("completed already"):
        plain(Decision).filter(pk=second.pk).update(**recorded)


def test_no_decision_names_the_six_of_another_organisation(cast: Cast, now: datetime) -> None:
    given, theirs = {**URGENT_FIELDS, "shared_at": now}, cast.stranger
    urgent = actions.record_urgent(
        team=theirs.team,
        answers=given,
        submission_id=uuid4(),
        by=theirs.practitioner,
        at=now + timedelta(seconds=1),
    )
    with refused("one organisation"):
        named(started(cast, now), urgent)
