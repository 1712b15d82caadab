"""The pages for a person's own voice: words read back to them, and a statement for the recipients."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import User
from decisions.models import Decision, StatementPassedOn, StatementToRecipients, ViewsReadBack
from tests.cast import Cast
from tests.decisions import agreed
from tests.decisions import event_stories as stories
from tests.decisions.cases import copy, refused
from tests.decisions.test_triggers_closed import insert
from tests.decisions.test_views_events import at, detail, send, url, words
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]
cast, now, decision = agreed.cast, agreed.now, agreed.decision


@pytest.fixture
def client(cast: Cast, as_user: SignIn) -> PageClient:
    return as_user(cast.practitioner)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"outcome": ""}, "Choose what they said"),
        ({"outcome": "CORRECTED", "corrected_to": " "}, "Enter how it should be, in their own words"),
        ({"outcome": "CONFIRMED", "read_back_by": ""}, "Enter who read it back to them"),
    ],
)
def test_what_is_missing_is_told(
    client: PageClient, decision: Decision, now: datetime, answers: dict[str, str], message: str
) -> None:
    path = url("add_read_back", decision, decision.consent_events.get(person__name=stories.MOTHER).public_id)
    page = send(client, path, {"read_back_by": "Me", **at("read_back_at", now), **answers}, status=422)
    assert message in words(page)
    assert not ViewsReadBack.objects.exists()


class TestStatement:
    def test_it_is_due_for_every_recipient_until_each_has_it(
        self, client: PageClient, decision: Decision, now: datetime
    ) -> None:
        mother = decision.people.get(name=stories.MOTHER)
        path = url("add_statement", decision, mother.pk)
        send(client, path, {"text": "I want to be there.", **at("made_at", now)})
        statement = StatementToRecipients.objects.get()
        assert statement.recipient is None
        recipients = list(decision.recipients.all())
        assert len(recipients) > 1
        for recipient in recipients:
            assert "Statements to pass on" in detail(client, decision)
            path = url("add_statement_passed_on", decision, statement.public_id, recipient.pk)
            send(client, path, {"was_passed_on": "yes", "how": "In the letter", **at("passed_on_at", now)})
        text = detail(client, decision)
        assert "Statements to pass on" not in text
        assert "I want to be there." in text

    def test_why_not_is_a_reason(self, client: PageClient, decision: Decision, now: datetime) -> None:
        mother = decision.people.get(name=stories.MOTHER)
        send(client, url("add_statement", decision, mother.pk), {"text": "Be gentle.", **at("made_at", now)})
        statement = StatementToRecipients.objects.get()
        path = url("add_statement_passed_on", decision, statement.public_id, decision.recipients.all()[0].pk)
        page = send(client, path, {"was_passed_on": "no", "why_not": "n/a"}, status=422)
        assert "Enter why it will not be passed on, in your own words" in words(page)
        send(client, path, {"was_passed_on": "no", "why_not": "She asked me not to after all."})
        assert "not passed on: She asked me not to after all." in detail(client, decision)

    def test_one_recipients_statement_is_passed_to_nobody_else(
        self, client: PageClient, decision: Decision, now: datetime
    ) -> None:
        mother, (first, second) = decision.people.get(name=stories.MOTHER), decision.recipients.all()[:2]
        made = {"text": "Only for them.", "recipient": str(first.pk), **at("made_at", now)}
        send(client, url("add_statement", decision, mother.pk), made)
        statement = StatementToRecipients.objects.get()
        path = url("add_statement_passed_on", decision, statement.public_id, second.pk)
        assert client.get(path).status_code == 404
        send(client, path.replace(f"/{second.pk}/", f"/{first.pk}/"), {
            "was_passed_on": "yes", "how": "By phone", **at("passed_on_at", now),
        })  # fmt: skip
        row = StatementPassedOn.objects.get()
        with refused("a statement is passed on to whom it is for"):
            insert(copy(row, recipient_id=second.pk))
