"""A complaint about sharing: who made it, what about, and that it is answered."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from decisions.models import Complaint, ComplaintAnswer, Decision
from tests.cast import Cast
from tests.decisions import agreed
from tests.decisions import event_stories as stories
from tests.decisions.cases import recorded_twin
from tests.decisions.test_views_corrections import home
from tests.decisions.test_views_events import at, detail, send, url, words
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]
ANSWER = {"text": "We wrote to you.", "answered_by": "Head teacher"}
cast, now, decision = agreed.cast, agreed.now, agreed.decision


@pytest.fixture
def client(cast: Cast, as_user: SignIn) -> PageClient:
    return as_user(cast.practitioner)


def complain(client: PageClient, decision: Decision, when: datetime, **answers: str) -> Complaint:
    made = {"kind": "COMPLAINT", "made_by": "else", "made_by_other": "Her grandmother", "text": "Nobody asked us."}
    send(client, url("add_complaint", decision), {**made, **answers, **at("received_at", when)})
    return Complaint.objects.latest("pk")


def test_it_is_a_task_until_it_is_answered(client: PageClient, decision: Decision, now: datetime) -> None:
    complaint = complain(client, decision, now)
    text = detail(client, decision)
    assert "Objections and complaints to answer" in text
    assert "A complaint about this has not been answered" in text
    assert "Answer an objection or a complaint" in home(client)
    answers = {"outcome": "NOT_UPHELD", "text": "We wrote to you on the day.", "answered_by": "Head teacher"}
    send(client, url("answer_complaint", decision, complaint.public_id), {**answers, **at("answered_at", now)})
    text = detail(client, decision)
    assert "Objections and complaints to answer" not in text
    assert "We wrote to you on the day." in text
    assert "Not upheld" in text
    assert "Answer an objection or a complaint" not in home(client)


def test_somebody_on_the_decision_is_chosen_by_name(client: PageClient, decision: Decision, now: datetime) -> None:
    mother = decision.people.get(name=stories.MOTHER)
    complaint = complain(client, decision, now, made_by=str(mother.pk), made_by_other="")
    assert (complaint.person, complaint.made_by_other) == (mother, "")
    assert f"Complaint from {mother.name}" in detail(client, decision)


def test_after_thirty_days_it_is_overdue(client: PageClient, decision: Decision, now: datetime) -> None:
    old = recorded_twin(decision, at=now - timedelta(days=60))
    complain(client, old, now - timedelta(days=30))
    assert "Acknowledge it by" in detail(client, old)
    assert "Overdue" not in complaints_of(client, old)
    complain(client, old, now - timedelta(days=31))
    complain(client, old, now - timedelta(days=31))
    assert "Overdue" in complaints_of(client, old)


def test_an_objection_has_a_month_and_an_acknowledgement_does_not_stop_its_clock(
    client: PageClient, decision: Decision, now: datetime
) -> None:
    old = recorded_twin(decision, at=now - timedelta(days=60))
    objection = complain(client, old, now - timedelta(days=32), kind="OBJECTION")
    assert "Overdue" in complaints_of(client, old)
    path = url("acknowledge_complaint", old, objection.public_id)
    send(client, path, {"how": "By letter", **at("acknowledged_at", now)})
    assert "Overdue" in complaints_of(client, old)
    path = url("answer_complaint", old, objection.public_id)
    send(client, path, {**ANSWER, "outcome": "UPHELD", **at("answered_at", now)}, status=422)
    send(client, path, {**ANSWER, "outcome": "STOPPED", **at("answered_at", now)})
    assert complaints_of(client, old) == ""


def test_an_acknowledged_complaint_has_no_last_day_any_more(
    client: PageClient, decision: Decision, now: datetime
) -> None:
    old = recorded_twin(decision, at=now - timedelta(days=60))
    complaint = complain(client, old, now - timedelta(days=40))
    assert "Overdue" in complaints_of(client, old)
    path = url("acknowledge_complaint", old, complaint.public_id)
    early = send(client, path, {"how": "By letter", **at("acknowledged_at", now - timedelta(days=41))}, status=422)
    assert "The time that they were told must be after it was received" in words(early)
    send(client, path, {"how": "By letter", **at("acknowledged_at", now)})
    assert "Overdue" not in complaints_of(client, old)
    assert "It was acknowledged. Answer it without delay." in complaints_of(client, old)


def complaints_of(client: PageClient, decision: Decision) -> str:
    """The part of the decision's page about complaints to answer."""
    return detail(client, decision).partition("Objections and complaints to answer")[2].partition("Has it arrived?")[0]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"kind": ""}, "Choose what it is"),
        ({"made_by": ""}, "Choose who made it"),
        ({"made_by_other": " "}, "Enter who made it"),
        ({"text": ""}, "Enter what they say"),
    ],
)
def test_what_is_missing_is_told(
    client: PageClient, decision: Decision, now: datetime, answers: dict[str, str], message: str
) -> None:
    made = {"kind": "OBJECTION", "made_by": "else", "made_by_other": "Her grandmother", "text": "Nobody asked us."}
    made |= at("received_at", now)
    assert message in words(send(client, url("add_complaint", decision), {**made, **answers}, status=422))
    assert not Complaint.objects.exists()


def test_an_answer_comes_after_its_complaint(client: PageClient, decision: Decision, now: datetime) -> None:
    complaint = complain(client, decision, now)
    answers = {"outcome": "UPHELD", "text": "You were right.", "answered_by": "Head teacher"}
    path, early = url("answer_complaint", decision, complaint.public_id), now - timedelta(hours=1)
    page = send(client, path, {**answers, **at("answered_at", early)}, status=422)
    assert "The answer must be after it was received" in words(page)
    assert not ComplaintAnswer.objects.exists()


def test_it_is_of_one_person_and_never_changed(client: PageClient, decision: Decision, now: datetime) -> None:
    """By SQL, whatever a form lets through."""
    complain(client, decision, now)
    table = Complaint._meta.db_table
    for statement in (f"UPDATE {table} SET text = 'All is well'", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
