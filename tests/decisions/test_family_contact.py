"""Contact with each person of a family on the family's page: of decisions that the reader may see, and no words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from decisions.models import Decision
from decisions.presenters.family_contact import MOST_LINES, FamilyContact, contact_in_family
from tests.decisions import events
from tests.decisions.cases import MOTHER, PARTNER, Case, recorded_twin
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]


def contact(case: Case, *decisions: Decision) -> dict[str, FamilyContact]:
    rows = list(Decision.objects.filter(pk__in=[row.pk for row in decisions or (case.decision,)]))
    return {person.name: person for person in contact_in_family(rows, case.family.people.all())}


def test_one_list_for_each_person_over_all_decisions(closed: Case) -> None:
    twin = recorded_twin(closed.decision, at=closed.at + timedelta(days=2))
    alone, both = (contact(closed, *rows)[MOTHER].lines for rows in ([twin], [closed.decision, twin]))
    assert len(both) == 2 * len(alone)
    assert {line.reference for line in both} == {closed.decision.reference, twin.reference}
    assert [line.when for line in both] == sorted(line.when for line in both)


def test_what_is_planned_stands_last_and_for_nobody_else(closed: Case) -> None:
    events.contact_plan(closed, planned_on=(closed.at + timedelta(days=9)).date())
    found = contact(closed)
    assert found[MOTHER].lines[-1].title == "Contact planned"
    assert "Contact planned" not in {line.title for line in found[PARTNER].lines}


def test_a_long_list_keeps_its_newest_and_says_so(closed: Case) -> None:
    for number in range(MOST_LINES):
        events.said(closed, consent_at=closed.at + timedelta(hours=number + 1), views=f"No {number}")
    (mother,) = [person for name, person in contact(closed).items() if name == MOTHER]
    assert mother.more
    assert len(mother.lines) == MOST_LINES
    assert mother.lines[-1].when == closed.at + timedelta(hours=MOST_LINES)


def test_more_decisions_cost_no_more_queries(closed: Case) -> None:
    twins = [recorded_twin(closed.decision, at=closed.at + timedelta(days=day)) for day in (1, 2, 3)]
    counts = []
    for rows in (twins[:1], twins):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            contact_in_family(list(rows), [])
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.sqlite
class TestPage:
    @pytest.fixture(autouse=True)
    def words(self, closed: Case) -> None:
        events.said(closed, views="zq-views", consent_how="zq-how")
        events.read_back(closed, outcome="CORRECTED", corrected_to="zq-corrected", read_back_by="zq-by")
        events.passed_on(closed, of=events.statement(closed, text="zq-statement"), how="zq-passed")
        mother = closed.decision.people.get(name=MOTHER)
        events.complaint(closed, person=mother, made_by_other="", text="zq-complaint")
        events.contact_outcome(closed, of=events.contact_plan(closed, kept_working="zq-kept"), text="zq-came")

    def page(self, closed: Case, reader: User, as_user: SignIn) -> Any:
        return as_user(reader).get(reverse("families:detail", args=[closed.family.public_id])).content.decode()

    def test_it_shows_what_and_when_and_no_words(self, closed: Case, as_user: SignIn) -> None:
        for reader in (closed.cast.practitioner, closed.cast.supervisor):
            page = self.page(closed, reader, as_user)
            assert "Contact about these decisions" in page
            assert "Contact planned" in page
            assert "Statement for" in page
            assert "zq-" not in page

    def test_who_sees_no_decision_sees_no_contact(self, closed: Case, as_user: SignIn) -> None:
        answer = as_user(closed.cast.other_team).get(reverse("families:detail", args=[closed.family.public_id]))
        assert answer.status_code == 404
