"""Who opens the post and who could hear of it: asked once in the family's record, and said before anybody is told."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions.models import Decision, DecisionPerson
from decisions.presenters.record import sections
from drafting.actions import prepared
from drafting.pages.consent import ConsentPage
from families.actions import correct_person
from families.details import PersonDetails
from families.models import Person
from safeguarding.demo import stories
from tests.decisions.cases import plain
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_rows import row_named

pytestmark = pytest.mark.sqlite  # what is said follows from the answers, not from what keeps them

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01
CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)
POST, HEARS = f"{PARTNER} opens the post.", f"{PARTNER} could hear of it through the children."


def known(walk: Walk, **answers: str) -> Walk:
    row = Person.objects.get(name=PARTNER)
    before: dict[str, Any] = {name: getattr(row, name) for name in PersonDetails.__dataclass_fields__}
    details = PersonDetails(**{**before, **answers})
    correct_person(person=row, details=details, version=row.version, why="Asked", by=walk.user, at=timezone.now())
    return walk


def shown(walk: Walk, page: str) -> str:
    return walk.client.get(walk.path(page)).content.decode()


@pytest.mark.parametrize(
    ("answers", "said", "unsaid"),
    [
        ({"opens_post": "yes"}, POST, HEARS),
        ({"hears_through": "the children"}, HEARS, POST),
        ({"opens_post": "no"}, "", "opens the post"),
        ({"opens_post": "unknown"}, "", "opens the post"),
    ],
)
def test_it_is_said_on_the_page_of_their_views(s01: Scene, answers: dict[str, str], said: str, unsaid: str) -> None:
    text = shown(known(s01.at("consent"), **answers), "consent")
    assert said in text
    assert unsaid not in text


def test_and_on_the_page_for_the_talk_but_never_on_their_copy(s01: Scene) -> None:
    walk = known(s01.at("sending"), opens_post="yes", hears_through="the children")
    mother = DecisionPerson.objects.get(decision=walk.decision, name=MOTHER)
    talk, copy = (
        walk.client.get(reverse(f"drafting:{name}", args=[walk.decision.public_id, mother.pk])).content.decode()
        for name in ("talk", "talk_copy")
    )
    assert POST in talk
    assert HEARS in talk
    assert PARTNER not in copy
    assert "the children." not in copy


def test_who_speaks_to_the_suspected_source_is_said_there_too(s01: Scene) -> None:
    walk = s01.at("sending")
    plain(Decision).filter(pk=walk.decision.pk).update(source_talk="Sgt Pryce, on Friday")
    assert "source of harm: Sgt Pryce, on Friday." in shown(walk, "sending")


def test_whether_they_could_hear_of_it_is_not_asked_twice(s01: Scene) -> None:
    walk = known(s01.at("consent"), hears_through="the children")
    page = ConsentPage(walk.draft)
    assert row_named(page, PARTNER)["could_hear"].value() == "yes"
    assert not row_named(page, MOTHER)["could_hear"].value()


def test_the_record_keeps_what_was_known_then(s01: Scene) -> None:
    walk = known(s01.at("check"), opens_post="yes", hears_through="the children")
    decision = prepared(walk.draft).decision
    people = next(section for section in sections(decision) if section.key == "people")
    lines = [line for row in people.rows for line in row.lines]
    assert "Opens the post at home: Yes" in lines
    assert "Could hear of it through: the children" in lines
