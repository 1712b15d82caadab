"""A letter that was made stands among the contact with its person, on the decision, on paper and for the family."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from decisions.models import Decision
from decisions.presenters.contact import contact_by_person
from decisions.presenters.family_contact import contact_in_family
from tests.decisions.cases import MOTHER, PARTNER, Case
from tests.letters.test_letters import made
from tests.pages import PageClient

pytestmark = pytest.mark.sqlite
TITLE = "Letter made"


def lines(case: Case) -> dict[str, list[tuple[str, str]]]:
    return {
        person.name: [(event.title, event.text) for event in person.events if event.title == TITLE]
        for person in contact_by_person(case.again())
    }


def test_it_is_a_line_of_its_person_alone(closed: Case) -> None:
    assert not any(lines(closed).values())
    row = made(closed)
    found = lines(closed)
    assert found[MOTHER] == [(TITLE, f"Handed over in person (by {row.written_by_name})")]
    assert found[PARTNER] == []


@pytest.mark.parametrize("page", ["detail", "print"])
def test_it_is_on_the_page_and_on_paper(closed: Case, as_user: Callable[[User], PageClient], page: str) -> None:
    path = reverse(f"decisions:{page}", args=[closed.decision.public_id])
    client = as_user(closed.cast.practitioner)
    assert TITLE not in client.get(path).content.decode()
    made(closed)
    answer = client.get(path).content.decode()
    assert TITLE in answer[answer.index('id="contact"') :].partition("</section>")[0]


def test_the_family_has_it_and_without_one_the_table_is_not_read(closed: Case) -> None:
    read = []
    for _ in range(2):
        rows = list(Decision.objects.filter(pk=closed.decision.pk))
        with CaptureQueriesContext(connection) as seen:
            shown = contact_in_family(rows, closed.family.people.all())
        letters = [query for query in seen if "letters_lettermade" in query["sql"] and "EXISTS" not in query["sql"]]
        titles = [line.title for person in shown for line in person.lines]
        read.append((len(letters), titles.count(TITLE)))
        made(closed)
    assert read == [(0, 0), (1, 1)]
