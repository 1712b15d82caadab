"""Two tabs send the same page at once, over and over: one is saved, the other is told and keeps its words.

Ten times on PostgreSQL where it is THOROUGH and else five, twice on SQLite, which lets one write at a time;
TAB_RACES=100 asks for a hundred.
"""

import os
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from audit.verification import verify
from decisions.models import Decision
from drafting.draft import load
from safeguarding.demo.filling import filled_page
from tests.decisions.cases import Case, complete_case
from tests.decisions.concurrency import at_once, bound_waits
from tests.in_turn import THOROUGH
from tests.pages import PageClient

pytestmark = pytest.mark.django_db(transaction=True)
ON_POSTGRESQL = 10 if THOROUGH else 5
RACES = int(os.environ.get("TAB_RACES", ON_POSTGRESQL if connection.vendor == "postgresql" else 2))


@pytest.fixture
def case(transactional_db: None) -> Case:
    bound_waits()
    return complete_case()


def test_of_two_tabs_one_is_saved(case: Case) -> None:
    path = reverse("drafting:page", args=[case.decision.public_id, "outcome"])
    for _ in range(RACES):
        draft = load(case.decision, case.cast.practitioner)
        page = filled_page(draft, "outcome", {})
        page["version"], page["page"] = str(draft.version("outcome")), "outcome"
        answers: list[tuple[int, str, bool]] = []

        def send(data: object = page, answers: list[tuple[int, str, bool]] = answers) -> None:
            words = f"So that he is safe, said {uuid4()}"
            mine = data.copy()  # type: ignore[attr-defined]  # a QueryDict
            mine["outcome-why_now"], mine["opened"] = words, str(uuid4())
            client = PageClient()
            client.force_login(case.cast.practitioner)
            answer = client.post(path, mine.urlencode(), content_type="application/x-www-form-urlencoded")
            answers.append((answer.status_code, words, words in answer.content.decode()))

        assert at_once(send, send) == []
        assert sorted(status for status, _, _ in answers) == [302, 409]
        for status, words, shown in answers:
            assert shown is (status == 409)
            stands = Decision.objects.get(pk=case.decision.pk).why_now == words
            assert stands is (status == 302)
    assert verify().sound
