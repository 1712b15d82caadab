"""What may still be to be done, kept by triggers: whatever is added, the rows are those that the conditions find."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from decisions.database.open_matters import MATTERS
from decisions.models import (
    Complaint,
    ComplaintAnswer,
    ContactOutcome,
    ContactPlan,
    Correction,
    Decision,
    InformingEvent,
    NotSent,
    OpenMatter,
    Receipt,
    Response,
    Sending,
    StatementPassedOn,
    StatementToRecipients,
    WrongInformation,
)
from reviews.models import Reply, Review
from reviews.triggers import MATTERS as OF_REVIEWS
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import copy, plain, recorded_twin, refused, sql, twin_of

cast, now, decision = closed.cast, closed.now, closed.decision
KEPT = "kept by the database"
STEPS = 100
Row = Callable[[random.Random, Decision, datetime], dict[str, Any]]


def _one(chance: random.Random, rows: Any) -> Any:
    return chance.choice(list(rows.all()))


def _informing(chance: random.Random, of: Decision, _at: datetime) -> dict[str, Any]:
    review_on = chance.choice([None, date(2026, 12, 24)])
    return {"person": _one(chance, of.people), "informing_state": "ATTEMPTED", "informing_review_on": review_on,
            "informing_text": "Nobody was at home."}  # fmt: skip


# What may come after a decision, and the columns of such a row. What a trigger refuses is left out.
LATER: dict[type[models.Model], Row] = {
    Sending: lambda chance, of, at: {"recipient": _one(chance, of.recipients), "sent_at": at, "how": "By post",
                                     "received_by": chance.choice(["", "The office"])},
    NotSent: lambda chance, of, _: {"recipient": _one(chance, of.recipients), "why": "They have closed for good."},
    Receipt: lambda chance, of, at: {"sending": _one(chance, of.sendings), "received_at": at, "received_by": "Ada"},
    Response: lambda chance, of, at: {"recipient": _one(chance, of.recipients), "at": at, "text": "We rang.",
                                      "kind": chance.choice(["CHASED", "ACTING", "ENDED"])},
    InformingEvent: _informing,
    WrongInformation: lambda _, __, at: {"found_at": at, "what_is_wrong": "The street."},
    StatementToRecipients: lambda chance, of, at: {"person": _one(chance, of.people), "text": "Not so.", "made_at": at},
    Complaint: lambda _, __, at: {"made_by_other": "Her aunt", "received_at": at, "text": "Nobody asked."},
    ComplaintAnswer: lambda chance, of, at: {"complaint": _one(chance, of.complaints), "outcome": "NOT_UPHELD",
                                             "answered_at": at, "answered_by": "Ada", "text": "We looked."},
    Correction: lambda chance, of, at: {"wrong": _one(chance, of.wrong_information), "how": "By phone",
                                        "recipient": _one(chance, of.recipients), "notified_at": at,
                                        "notified_to": "Ada"},
    StatementPassedOn: lambda chance, of, at: {"statement": _one(chance, of.statements_to_recipients), "how": "By post",
                                               "recipient": _one(chance, of.recipients), "passed_on_at": at},
    ContactPlan: lambda chance, of, at: {"person": _one(chance, of.people), "planned_on": at.date(),
                                         "planned_how": "By phone", "planned_by": "Ada"},
    ContactOutcome: lambda chance, of, at: {"plan": _one(chance, of.contact_plans), "had": "HAD", "contact_at": at},
}  # fmt: skip


def _add(chance: random.Random, of: Decision, at: datetime) -> type[models.Model] | None:
    """One row of a random kind, past the actions; None where there is nothing for it to be about."""
    model = chance.choice(list(LATER))
    try:
        columns = LATER[model](chance, of, at)
    except IndexError:
        return None
    by = {"written_at": at, "written_by_id": of.author_id, "written_by_name": "Asha Verrall"}
    return _written(model(organisation_id=of.organisation_id, decision=of, **by, **columns))


def _written(row: models.Model) -> type[models.Model] | None:
    try:
        with transaction.atomic():
            plain(type(row)).bulk_create([row])
    except DatabaseError:
        return None
    return type(row)


def _review(chance: random.Random, of: Decision, cast: Cast, at: datetime) -> type[models.Model] | None:
    reviews = list(of.reviews.all())
    if reviews and chance.random() < 0.5:
        return _written(Reply(organisation_id=of.organisation_id, review=reviews[-1], author_id=of.author_id,
                              author_name="Asha", text="She was.", written_at=at))  # fmt: skip
    outcome = chance.choice(["RETURNED", "RETURNED", "AGREED", "DISAGREED"])
    reviewer = chance.choice([cast.supervisor, cast.teammate, cast.officer])
    return _written(Review(organisation_id=of.organisation_id, decision=of, round=len(reviews) + 1, reviewer=reviewer,
                           reviewer_name="Dilan", outcome=outcome, comment="Why now?", given_at=at))  # fmt: skip


def _found() -> set[tuple[int, str]]:
    """Asked of every decision, as no page does."""
    found = set()
    for matter in (*MATTERS, *OF_REVIEWS):
        with connection.cursor() as cursor:
            where = f"d.state = 'recorded' AND ({matter.condition})"
            cursor.execute(f"SELECT d.id FROM {Decision._meta.db_table} d WHERE {where}")
            found |= {(key, str(matter.kind)) for (key,) in cursor.fetchall()}
    return found


def _rows() -> set[tuple[int, str]]:
    return set(OpenMatter.objects.values_list("decision", "kind"))


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_added_the_rows_are_those_that_the_conditions_find(
    seed: int, decision: Decision, cast: Cast, now: datetime
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a story, no secret
    several = [decision, *(recorded_twin(decision, at=now - timedelta(days=days)) for days in (1, 2))]
    added, kinds = set(), set()
    for step in range(STEPS):
        of, at = chance.choice(several), now + timedelta(minutes=step)
        added.add(_review(chance, of, cast, at) if step % 4 == 0 else _add(chance, of, at))
        kinds |= {kind for _, kind in _rows()}
        assert _rows() == _found(), step
    assert {*LATER, Review, Reply} <= added, "Some kind of row was never written."
    assert kinds >= {"unanswered", "informing", "follow_up", "review", "question"}


def test_it_is_open_until_everybody_was_sent_it(decision: Decision, now: datetime) -> None:
    twin = twin_of(decision)
    plain(Sending).filter(decision=twin)._raw_delete("default")
    plain(Decision).filter(pk=twin.pk).update(state="recorded", recorded_at=now)
    assert (twin.pk, "not_sent") in _rows()
    for recipient in twin.recipients.all():
        row = {"organisation_id": twin.organisation_id, "decision": twin, "recipient": recipient, "why": "They moved."}
        by = {"written_at": now, "written_by_id": twin.author_id, "written_by_name": "Asha"}
        plain(NotSent).bulk_create([NotSent(**row, **by)])
    assert (twin.pk, "not_sent") not in _rows()


CLOSES: dict[type[models.Model], type[models.Model]] = {
    WrongInformation: Correction, StatementToRecipients: StatementPassedOn, Complaint: ComplaintAnswer,
    ContactPlan: ContactOutcome,
}  # fmt: skip


@pytest.mark.parametrize("opening", CLOSES, ids=lambda model: model.__name__)
def test_a_mistake_a_statement_a_complaint_and_a_plan_are_open_until_they_are_dealt_with(
    opening: type[models.Model], decision: Decision, cast: Cast, now: datetime
) -> None:
    def write(model: type[models.Model], number: int, **columns: Any) -> None:
        at, chance = now + timedelta(minutes=number), random.Random(number)  # noqa: S311 - a story, no secret
        by = {"written_at": at, "written_by_id": of.author_id, "written_by_name": "Asha"}
        row = LATER[model](chance, of, at) | columns
        plain(model).bulk_create([model(organisation_id=of.organisation_id, decision=of, **by, **row)])

    of = recorded_twin(decision, at=now)
    assert (of.pk, "follow_up") not in _rows()
    write(opening, 1)
    assert (of.pk, "follow_up") in _rows()
    for number, recipient in enumerate(of.recipients.all(), start=2):
        several = CLOSES[opening] in (Correction, StatementPassedOn)
        if several or number == 2:
            write(CLOSES[opening], number, **({"recipient": recipient} if several else {}))
    assert (of.pk, "follow_up") not in _rows()
    assert not Decision.objects.filter(pk=of.pk).follow_up_open(cast.practitioner, now.date() + timedelta(days=1))


def test_a_review_date_is_open_until_another_decision_takes_its_place(decision: Decision, now: datetime) -> None:
    dated = recorded_twin(decision, at=now, look_again_on=now.date())
    assert (dated.pk, "dated") in _rows()
    recorded_twin(decision, at=now, supersedes=dated)
    assert (dated.pk, "dated") not in _rows()


def test_what_is_to_be_done_is_not_deleted_or_changed(decision: Decision) -> None:
    assert OpenMatter.objects.filter(decision=decision, kind="review").exists()
    table = OpenMatter._meta.db_table
    with refused(KEPT):
        sql(f"DELETE FROM {table} WHERE kind = 'review'")
    with refused(KEPT):
        sql(f"UPDATE {table} SET kind = 'dated'")


def test_a_row_too_many_shows_nobody_anything(decision: Decision, cast: Cast) -> None:
    row = OpenMatter.objects.filter(decision=decision)[0]
    plain(OpenMatter).bulk_create([copy(row, kind=kind) for kind in ("dated", "not_sent", "follow_up", "question")
                                   if (decision.pk, kind) not in _rows()])  # fmt: skip
    assert not Decision.objects.not_yet_sent_of(cast.practitioner)
    assert not Decision.objects.passed_to(cast.practitioner)
