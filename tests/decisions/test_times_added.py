"""Times that are added after recording: what is odd is said once, what cannot be so is refused at its field."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from decisions.models import ConsentEvent, Decision, InformingEvent, Sending
from tests.cast import Cast
from tests.decisions import agreed
from tests.decisions import event_stories as stories
from tests.decisions.test_views_events import at, url, words
from tests.pages import PageClient, parsed

cast, now, decision = agreed.cast, agreed.now, agreed.decision
HOUR = timedelta(hours=1)
ASKED = "Before you go on"


@pytest.fixture
def client(cast: Cast, as_user: Callable[[User], PageClient]) -> PageClient:
    return as_user(cast.practitioner)


def post(client: PageClient, path: str, answers: Mapping[str, str], status: int) -> tuple[str, str]:
    """What the page says, and what it sends back as shown."""
    answer = client.post(path, {"submission_id": str(uuid4()), **answers})
    assert answer.status_code == status, answer.content.decode()[:3000]
    if status == 302:
        return "", ""
    page = parsed(answer.content.decode())
    [*seen] = [one.attrs["value"] for one in page.all("input") if one.attrs.get("name") == "seen"]
    return words(page), seen[0] if seen else ""


def sending(decision: Decision, when: datetime) -> dict[str, str]:
    housing = decision.recipients.get(name=stories.HOUSING)
    return {"recipient": str(housing.pk), **at("sent_at", when), "how": "By phone"}


def informed(state: str, when: datetime) -> dict[str, str]:
    return {"informed": "yes", "informed_state": state, **at("informed_at", when), "informed_how": "In person",
            "informed_safely": "yes"}  # fmt: skip


class TestSending:
    def test_before_the_decision_is_asked_about_once(
        self, client: PageClient, decision: Decision, now: datetime
    ) -> None:
        path, answers = url("add_sending", decision), sending(decision, now - 4 * HOUR)
        text, seen = post(client, path, answers, 422)
        assert ASKED in text
        assert "before the time you decided: check both times" in text
        assert stories.HOUSING in text
        assert Sending.objects.filter(decision=decision).count() == 1
        post(client, path, {**answers, "seen": seen}, 302)
        assert Sending.objects.filter(decision=decision).count() == 2

    def test_another_time_is_asked_about_again(self, client: PageClient, decision: Decision, now: datetime) -> None:
        text, _ = post(client, url("add_sending", decision), {**sending(decision, now - 4 * HOUR), "seen": "X@"}, 422)
        assert ASKED in text

    def test_after_it_nothing_is_asked(self, client: PageClient, decision: Decision, now: datetime) -> None:
        post(client, url("add_sending", decision), sending(decision, now), 302)


class TestInforming:
    def path(self, decision: Decision) -> str:
        return url("add_informing", decision, decision.people.get(name=stories.MOTHER).pk)

    @pytest.mark.parametrize(
        ("state", "hours", "words"),
        [
            ("TOLD_AFTER", 4, "You chose “Informed afterwards”"),
            ("TOLD_BEFORE", 0, "You chose “Informed before sharing”"),
        ],
    )
    def test_what_cannot_be_so_is_refused(
        self, client: PageClient, decision: Decision, now: datetime, state: str, hours: int, words: str
    ) -> None:
        answers = informed(state, now - hours * HOUR)
        for seen in ({}, {"seen": "INFORMED_AFTER_EARLY@"}):
            text, _ = post(client, self.path(decision), {**answers, **seen}, 422)
            assert words in text
        assert not InformingEvent.objects.filter(decision=decision, informing_state=state, written_at__gt=now).exists()

    @pytest.mark.parametrize(("state", "hours"), [("TOLD_AFTER", 0), ("TOLD_BEFORE", 1), ("PARTLY_TOLD", 4)])
    def test_what_can_be_is_taken(
        self, client: PageClient, decision: Decision, now: datetime, state: str, hours: int
    ) -> None:
        post(client, self.path(decision), {**informed(state, now - hours * HOUR), "informed_note": "All of it."}, 302)


class TestConsent:
    def answers(self, when: datetime) -> dict[str, str]:
        return {"consent_state": "REFUSED", "consent_how": "In writing", "views": "No.", **at("consent_at", when)}

    def test_a_refusal_before_the_decision(self, client: PageClient, decision: Decision, now: datetime) -> None:
        path = url("add_consent_event", decision, decision.people.get(name=stories.MOTHER).pk)
        count = ConsentEvent.objects.filter(decision=decision).count()
        text, seen = post(client, path, self.answers(now - 4 * HOUR), 422)
        assert "had refused before the decision" in text
        assert ConsentEvent.objects.filter(decision=decision).count() == count
        post(client, path, {**self.answers(now - 4 * HOUR), "seen": seen}, 302)

    def test_a_refusal_after_it(self, client: PageClient, decision: Decision, now: datetime) -> None:
        path = url("add_consent_event", decision, decision.people.get(name=stories.MOTHER).pk)
        post(client, path, self.answers(now), 302)
