"""How each recipient uses it stands beside what somebody is told, as the decision keeps it."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from accounts.models import Recipient, User
from decisions.models import DecisionRecipient
from decisions.presenters.informing import recipients_use
from drafting import actions as drafting_actions
from tests.decisions.cases import MOTHER, Case, plain
from tests.decisions.test_views_events import words
from tests.pages import PageClient, parsed

pytestmark = pytest.mark.sqlite
ASKED = "Tell them how it will be used"
USE = "They look at it with you and decide what help to offer."


@pytest.mark.parametrize(("use", "said"), [(USE, True), ("", False)])
def test_it_is_beside_the_questions(
    complete: Case, as_user: Callable[[User], PageClient], use: str, *, said: bool
) -> None:
    book = plain(Recipient).filter(organisation=complete.cast.organisation)
    book.update(how_used=use)
    decision = drafting_actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    book.update(how_used="Something else since.")
    path = reverse("decisions:add_informing", args=[decision.public_id, decision.people.get(name=MOTHER).pk])
    text = words(parsed(as_user(complete.cast.practitioner).get(path).content.decode()))
    assert ((ASKED in text), (USE in text)) == (said, said)


def test_nothing_is_used_where_nothing_is_shared(complete: Case) -> None:
    plain(DecisionRecipient).filter(decision=complete.decision).update(how_used=USE)
    decision = complete.again()
    assert [use for _, use in recipients_use(decision)] == [USE]
    decision.outcome = "NOT_SHARED"
    assert recipients_use(decision) == ()
