"""What a recipient agreed they may do with it, and when it comes back: on the form, later, and wherever it is read."""

from datetime import datetime
from typing import Any

import pytest

from accounts.models import User
from decisions.forms.sending import CONDITIONS
from decisions.models import Decision, DecisionRecipient
from decisions.presenters.summary import summary
from drafting.pages.sending import SendingPage
from tests.cast import Cast
from tests.decisions import event_stories as stories
from tests.decisions.test_views_events import SignIn, at, send, url, words
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.test_pages_rows import errors_of, post
from tests.pages import Page, PageClient, parsed
from ui import rendering

USE, RETURN = "Show it to the panel of 3 July alone.", "Shredded after the panel."
AGREED = {"conditions_agreed": USE, "return_agreed": RETURN}


cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01


@pytest.fixture(scope="module")
def decision(cast: Cast, now: datetime) -> Decision:
    story: dict[str, Any] = stories.agreed(now)
    [sending] = story["sending"]["sending"]
    return stories.recorded(cast, {**story, "sending": {**story["sending"], "sending": [{**sending, **AGREED}]}}, now)


@pytest.fixture
def client(cast: Cast, as_user: SignIn) -> PageClient:
    return as_user(cast.practitioner)


def opened(client: PageClient, where: str, decision: Decision) -> Page:
    return parsed(client.get(url(where, decision)).content.decode())


def later(client: PageClient, decision: Decision, to: DecisionRecipient, now: datetime, **typed: str) -> None:
    answers = {"recipient": str(to.pk), "how": "By post", **at("sent_at", now), **typed}
    send(client, url("add_sending", decision), answers)


class TestRead:
    @pytest.mark.parametrize("where", ["detail", "print", "summary"])
    def test_beside_the_recipient_who_agreed(self, client: PageClient, decision: Decision, where: str) -> None:
        text = words(opened(client, where, decision))
        before, _, after = text.partition(f"Sent to {stories.SCHOOL}")
        assert USE in after
        assert RETURN in after
        assert USE not in before

    def test_in_the_summary_under_that_recipient(self, decision: Decision, cast: Cast) -> None:
        text = summary(decision_read(decision, cast.practitioner)).text
        assert f"What they agreed they may do with it: {USE}" in text
        assert f"When they return or destroy it: {RETURN}" in text


class TestLater:
    def test_another_sending_has_conditions_of_its_own(
        self, client: PageClient, decision: Decision, now: datetime
    ) -> None:
        housing = decision.recipients.get(name=stories.HOUSING)
        later(client, decision, housing, now, conditions_agreed="Not for the landlord.")
        made = decision.sendings.get(recipient=housing)
        assert (made.conditions_agreed, made.return_agreed) == ("Not for the landlord.", "")
        assert "Not for the landlord." in words(opened(client, "detail", decision))

    def test_none_need_be_agreed(self, client: PageClient, decision: Decision, now: datetime) -> None:
        before = words(opened(client, "detail", decision)).count("What they agreed they may do with it")
        later(client, decision, decision.recipients.get(name=stories.HOUSING), now)
        assert words(opened(client, "detail", decision)).count("What they agreed they may do with it") == before


class TestAsked:
    def test_of_whoever_opens_it_and_each_row_says_which_it_is(self, s01: Scene) -> None:
        row = SendingPage(s01.at("sending").draft).groups[0].rows[0]
        before, folded = str(rendering.fields_of(row)).split('<details class="govuk-details">')
        assert [name for name in CONDITIONS if f'name="sending-0-{name}"' in before] == []
        assert [name for name in CONDITIONS if f'name="sending-0-{name}"' not in folded] == []
        assert 'who received it, conditions agreed<span class="govuk-visually-hidden">: Sending 1</span>' in folded

    def test_too_long_an_answer_is_seen_and_kept(self, s01: Scene) -> None:
        walk = s01.at("sending")
        long = "word " * 201
        page = SendingPage(walk.draft, post(SendingPage(walk.draft), sending__0__conditions_agreed=long))
        assert any("1,000 characters" in error for error in errors_of(page))
        html = str(rendering.fields_of(page.groups[0].rows[0]))
        assert '<details class="govuk-details" open>' in html
        assert "word word" in html


def decision_read(decision: Decision, by: User) -> Decision:
    found: Decision = Decision.objects.visible_to(by).with_parts().get(pk=decision.pk)
    return found
