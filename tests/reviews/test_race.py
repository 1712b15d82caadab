"""Two reviewers at once, over and over: one review stands each time, and the other is told.

Four times in ./run test and ten in ./run check; REVIEW_RACES=100 asks for a hundred. By the page half as often.
"""

import os
from collections import Counter
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from audit.verification import verify
from decisions.models import Decision
from reviews.actions import AlreadyReviewed, AlreadyWritten, record_review, reply
from reviews.models import Reply, Review
from tests.decisions.cases import Case, recorded_case, recorded_twin
from tests.decisions.concurrency import at_once, bound_waits
from tests.pages import PageClient
from tests.reviews.people import give, supervisors

pytestmark = pytest.mark.django_db(transaction=True)
RACES = int(os.environ.get("REVIEW_RACES", "10" if os.environ.get("THOROUGH") == "1" else "4"))


@pytest.fixture
def case(transactional_db: None) -> Case:
    bound_waits()
    return recorded_case()


def recorded(case: Case) -> Decision:
    return recorded_twin(case.decision, at=case.at)


def test_of_two_actions_one_wins(case: Case) -> None:
    """By the action, where nothing but the database stands between the two."""
    one, two = case.cast.supervisor, supervisors(case.cast, 1)[0]
    told: Counter[str] = Counter()
    for _ in range(RACES):
        decision = recorded(case)

        def agree(decision: Decision = decision) -> None:
            record_review(decision=decision, outcome="AGREED", comment="", by=one, at=case.at)

        def disagree(decision: Decision = decision) -> None:
            record_review(decision=decision, outcome="DISAGREED", comment="Why not wait?", by=two, at=case.at)

        failures = at_once(agree, disagree)
        assert [type(failure) for failure in failures] == [AlreadyReviewed]
        told[Review.objects.get(decision=decision).outcome] += 1
    assert sum(told.values()) == RACES
    assert verify().sound


def test_of_two_browsers_one_is_told_and_keeps_the_text(case: Case) -> None:
    """By the page: one is led on, the other gets 409 with their words still in the box."""
    one, two = case.cast.supervisor, supervisors(case.cast, 1)[0]
    for _ in range(RACES // 2):
        decision, answers = recorded(case), list[tuple[int, bool]]()
        path = reverse("reviews:review", args=[decision.public_id])

        def send(user: User, path: str = path, answers: list[tuple[int, bool]] = answers) -> None:
            words = f"Said {uuid4()}"
            client = PageClient()
            client.force_login(user)
            answer = client.post(path, {"outcome": "AGREED_WITH_ADVICE", "comment": words, "number": "1"})
            answers.append((answer.status_code, words in answer.content.decode()))

        assert at_once(lambda: send(one), lambda: send(two)) == []
        assert sorted(answers) == [(302, False), (409, True)]
        assert Review.objects.filter(decision=decision).count() == 1
    assert verify().sound


def test_replies_and_second_rounds_are_raced_for_too(case: Case) -> None:
    """Of two replies one stands; after a disagreement two others look at once, and one review stands."""
    replied, decision = recorded(case), recorded(case)
    asked = give(replied, case.cast.supervisor, "RETURNED", 1, case.at)

    def say(text: str) -> None:
        reply(review=asked, text=text, by=case.cast.practitioner, at=case.at)

    failures = at_once(lambda: say("The teacher."), lambda: say("The head."))
    assert [type(failure) for failure in failures] == [AlreadyWritten]
    assert Reply.objects.count() == 1
    two, three = supervisors(case.cast, 2)
    give(decision, case.cast.supervisor, "DISAGREED", 1, case.at)
    failures = at_once(
        lambda: give(decision, two, "AGREED", 2, case.at), lambda: give(decision, three, "DISAGREED", 2, case.at)
    )
    assert [type(failure) for failure in failures] == [AlreadyReviewed]
    assert [one.round for one in Review.objects.filter(decision=decision)] == [1, 2]
