"""What comes since, by SQL: added to a recorded decision of its own, and never touched again."""

from typing import Any

import pytest
from django.db import connection, models

from decisions.models import Addition, Decision, Receipt, Response
from tests.decisions import events
from tests.decisions.cases import Case, begun_elsewhere, copy, plain, refused, sql, twin_of
from tests.decisions.test_triggers_closed import insert

KINDS: list[tuple[type[models.Model], Any]] = [
    (Receipt, events.receipt), (Response, events.response), (Addition, events.addition),
]  # fmt: skip
EACH = pytest.mark.parametrize(("model", "add"), KINDS, ids=[model.__name__ for model, _ in KINDS])
TEXT = {Receipt: "received_by", Response: "text", Addition: "text"}
OPEN = "events begin when a decision is recorded"


@EACH
def test_no_statement_changes_it_or_takes_it_away(closed: Case, model: Any, add: Any) -> None:
    row = add(closed)
    table, column = model._meta.db_table, TEXT[model]
    for statement in (
        f"UPDATE {table} SET {column} = 'Something else'",
        f"UPDATE {table} SET {column} = {column}",
        f"DELETE FROM {table}",
    ):
        with refused("append-only"):
            sql(f"{statement} WHERE id = %s", row.pk)
    assert plain(model).get(pk=row.pk) == row


@EACH
def test_a_draft_has_none(closed: Case, model: Any, add: Any) -> None:
    row, draft = add(closed), twin_of(closed.decision)
    parts = {"sending_id": draft.sendings.get().pk, "recipient_id": draft.recipients.get().pk}
    own = {name: key for name, key in parts.items() if hasattr(row, name)}
    with refused(OPEN):
        insert(copy(row, decision_id=draft.pk, **own))


@EACH
def test_it_is_of_the_decisions_own_organisation(closed: Case, model: Any, add: Any) -> None:
    row = add(closed)
    with refused("a row belongs to one organisation"):
        insert(copy(row, organisation_id=closed.cast.stranger.organisation.pk))


@pytest.mark.parametrize(("add", "column", "parts"), [
    (events.receipt, "sending_id", "sendings"),
    (events.response, "recipient_id", "recipients"),
    (events.addition, "person_id", "people"),
])  # fmt: skip
def test_it_hangs_on_a_part_of_its_own_decision(closed: Case, add: Any, column: str, parts: str) -> None:
    twin = twin_of(closed.decision)
    plain(Decision).filter(pk=twin.pk).update(state="recorded", recorded_at=closed.at)
    theirs = getattr(twin, parts).first()
    with refused("a part must belong to the same decision"):
        insert(copy(add(closed), **{column: theirs.pk}))


def test_another_organisations_sending_is_no_sending_here(closed: Case) -> None:
    theirs = begun_elsewhere(closed.cast, closed.at).sendings.get()
    with refused("same decision|one organisation"):
        insert(copy(events.receipt(closed), sending_id=theirs.pk))


@pytest.mark.parametrize(("add", "column", "value"), [
    (events.response, "kind", "LOST"), (events.addition, "kind", "EDIT"), (events.addition, "text", ""),
])  # fmt: skip
def test_it_says_something_known(closed: Case, add: Any, column: str, value: str) -> None:
    name = "response_kind_known|addition_kind_known|addition_says_something"
    with refused(name if connection.vendor == "postgresql" else f"CHECK constraint failed|{name}"):
        insert(copy(add(closed), **{column: value}))
