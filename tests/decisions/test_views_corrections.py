"""Information that turned out to be wrong: each recipient who got it is to be told, and nobody else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from decisions.models import Correction, Decision, DecisionItem, DecisionRecipient, WrongInformation
from decisions.presenters.corrections import corrections_due
from tests.cast import Cast
from tests.decisions import agreed
from tests.decisions import event_stories as stories
from tests.decisions.cases import copy, plain
from tests.decisions.test_views_events import at, detail, send, url, words
from tests.pages import PageClient, parsed

SignIn = Callable[[User], PageClient]
cast, now, decision = agreed.cast, agreed.now, agreed.decision
TASK = "Tell recipients that information was wrong"


@pytest.fixture
def client(cast: Cast, as_user: SignIn) -> PageClient:
    return as_user(cast.practitioner)


@pytest.fixture
def item(decision: Decision) -> DecisionItem:
    return next(each for each in decision.items.all() if any(cell.given for cell in each.grid.all()))


def found_wrong(client: PageClient, decision: Decision, now: datetime, item: str = "else") -> WrongInformation:
    answers = {"item_wrong": item, "what_is_wrong": "It was her cousin.", **at("found_at", now)}
    send(client, url("add_wrong_information", decision), answers)
    return WrongInformation.objects.latest("pk")


def notify(client: PageClient, wrong: WrongInformation, recipient: DecisionRecipient, now: datetime) -> None:
    answers = {"was_notified": "yes", "notified_to": "Duty desk", "how": "By phone", **at("notified_at", now)}
    send(client, url("add_correction", wrong.decision, wrong.public_id, recipient.pk), answers)


def home(client: PageClient) -> str:
    return words(parsed(client.get("/").content.decode()))


def test_it_is_a_task_until_they_are_told(
    client: PageClient, decision: Decision, item: DecisionItem, now: datetime
) -> None:
    assert TASK not in home(client)
    wrong, school = found_wrong(client, decision, now, str(item.pk)), decision.recipients.get(name=stories.SCHOOL)
    text = detail(client, decision)
    assert "Tell them that it was wrong" in text
    assert "got information that turned out to be wrong: tell them" in text
    assert TASK in home(client)
    notify(client, wrong, school, now)
    text = detail(client, decision)
    assert "Tell them that it was wrong" not in text
    assert "Duty desk" in text
    assert TASK not in home(client)


def test_whoever_did_not_get_it_is_not_to_be_notified(
    client: PageClient, decision: Decision, item: DecisionItem, now: datetime
) -> None:
    office = decision.recipients.get(name=stories.HOUSING)
    found_wrong(client, decision, now, str(item.pk))
    found_wrong(client, decision, now)
    whole = Decision.objects.with_parts().get(pk=decision.pk)
    titles = [due.title for due in corrections_due(whole)]
    assert [title.partition(",")[0] for title in titles] == [stories.SCHOOL, stories.SCHOOL]
    assert len(set(titles)) == len(titles), "the same thing found twice is told apart"
    page = detail(client, decision)
    assert all(title in page for title in titles)
    wrong = WrongInformation.objects.latest("pk")
    assert client.get(url("add_correction", decision, wrong.public_id, office.pk)).status_code == 404


def test_why_they_are_not_told_closes_it(client: PageClient, decision: Decision, now: datetime) -> None:
    wrong, school = found_wrong(client, decision, now), decision.recipients.get(name=stories.SCHOOL)
    path = url("add_correction", decision, wrong.public_id, school.pk)
    for nothing in ("", "n/a", "see notes"):
        page = send(client, path, {"was_notified": "no", "why_not_notified": nothing}, status=422)
        assert "Enter why they will not be told" in words(page)
    send(client, path, {"was_notified": "no", "why_not_notified": "They never opened it, and have destroyed it."})
    assert corrections_due(Decision.objects.with_parts().get(pk=decision.pk)) == []


def test_an_empty_correction_is_told_in_words(client: PageClient, decision: Decision, now: datetime) -> None:
    """And by no constraint of the database: the page client fails a page that names one."""
    wrong, school = found_wrong(client, decision, now), decision.recipients.get(name=stories.SCHOOL)
    page = send(client, url("add_correction", decision, wrong.public_id, school.pk), {}, status=422)
    assert "There is a problem Choose whether you have told them Decision" in words(page)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, "Choose what turned out to be wrong"),
        ({"item_wrong": "else", "what_is_wrong": "  "}, "Enter what is wrong about it"),
        ({"item_wrong": "0", "what_is_wrong": "Another day."}, "Select an answer from the list"),
    ],
)
def test_what_is_missing_is_told(
    client: PageClient, decision: Decision, now: datetime, answers: dict[str, str], message: str
) -> None:
    page = send(client, url("add_wrong_information", decision), {**at("found_at", now), **answers}, status=422)
    assert message in words(page)
    assert not WrongInformation.objects.exists()


def test_a_correction_says_who_or_why_not(decision: Decision, client: PageClient, now: datetime) -> None:
    """By SQL, whatever a form lets through."""
    wrong, school = found_wrong(client, decision, now), decision.recipients.get(name=stories.SCHOOL)
    whole = Correction(
        organisation=decision.organisation, decision=decision, wrong=wrong, recipient=school, written_at=now,
        written_by=decision.author, written_by_name="Asha Verrall", notified_at=now, notified_to="Duty desk",
    )  # fmt: skip
    for changes in ({"notified_to": ""}, {"notified_at": None}, {"why_not_notified": "Not needed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            plain(Correction).bulk_create([copy(whole, **changes)])


def test_it_is_never_changed(decision: Decision, client: PageClient, now: datetime) -> None:
    found_wrong(client, decision, now)
    table = WrongInformation._meta.db_table
    for statement in (f"UPDATE {table} SET what_is_wrong = 'Nothing'", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
