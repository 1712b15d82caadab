"""An urgent record that is completed: the decision that says the rest, and what is there no more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.urls import reverse

from accounts.models import User
from decisions.models import Decision, UrgentRecord
from decisions.presenters.chronology import chronology
from safeguarding.demo import stories
from tests import shared
from tests.cast import Cast
from tests.drafting.households import household
from tests.drafting.test_actions_urgent import URGENT_FIELDS, completed
from tests.drafting.test_views_urgent import links, urgent_record
from tests.pages import Page, PageClient
from ui.moments import moment

# What a form takes, keeps and says is decided in Python; what it writes on each engine is asked of the actions.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]

cast, now = shared.cast, shared.now


@dataclass(frozen=True)
class Completed:
    urgent: UrgentRecord
    decision: Decision


@pytest.fixture(scope="module")
def done(cast: Cast, now: datetime) -> Completed:
    urgent = urgent_record(cast, now, hours=11 + 5 / 60)
    family = household(stories.BRUISE_PEOPLE, team=cast.team, by=cast.practitioner, at=now)
    return Completed(urgent, completed(cast, family, urgent, now))


def test_its_page_names_the_decision(done: Completed, cast: Cast, as_user: SignIn) -> None:
    answer = as_user(cast.practitioner).get(reverse("decisions:urgent_detail", args=[done.urgent.public_id]))
    page = Page(answer.content.decode())
    assert f"in decision {done.decision.reference}" in page.root.text
    assert reverse("decisions:detail", args=[done.decision.public_id]) in links(page)
    assert "Complete your urgent record" not in page.root.text
    assert "is due" not in page.root.text


def test_it_is_gone_from_the_log(done: Completed, cast: Cast, as_user: SignIn) -> None:
    html = as_user(cast.practitioner).get(reverse("decisions:log")).content.decode()
    assert done.decision.reference in html
    assert "Urgent record" not in html


def test_it_cannot_be_completed_again(done: Completed, cast: Cast, as_user: SignIn) -> None:
    path = reverse("drafting:urgent_complete", args=[done.urgent.public_id])
    assert as_user(cast.practitioner).get(path).status_code == 404


def test_the_decision_shows_the_six_as_first_written(done: Completed, cast: Cast, as_user: SignIn) -> None:
    urgent, decision = done.urgent, done.decision
    html = as_user(cast.supervisor).get(reverse("decisions:detail", args=[decision.public_id])).content.decode()
    text = Page(html).root.text
    assert f"Urgent record {urgent.reference} Recorded {moment(urgent.recorded_at)}, 11 hours 5 minutes after" in text
    assert "The urgent record was made 11 hours 5 minutes after the decision." in text
    for words in URGENT_FIELDS.values():
        assert words in text
    assert f"Urgent record {urgent.reference} made" in text
    titles = [event.title for event in chronology(Decision.objects.with_parts().get(pk=decision.pk))]
    assert titles.count("Sent to Police, 999") == 1
    assert "Shared with Police, 999" not in titles  # the sending says so
