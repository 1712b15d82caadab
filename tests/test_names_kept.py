"""On no page is a name that a record keeps all that is said of somebody who is called something else now.

Every address of the site that shows such a name, so that a page made later is walked too.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import change_person
from accounts.models import User
from decisions.models import Decision
from families.actions import correct_disclosure, correct_person
from families.details import DisclosureDetails, PersonDetails
from families.models import Person
from reviews.actions import reply
from tests.pages import PageClient, parsed
from tests.test_access_matrix import PEOPLE, Row, Scene, rows, signed_in, whole_scene

# Names are compared in Python: every engine gives the same rows.
pytestmark = [pytest.mark.sqlite, pytest.mark.sweep]
# Texts that leave the site are of the day they were decided: who gets them never knew another name. What is chosen to
# be left out of evidence is listed as it stands there.
LEAVES = {"decisions:summary", "decisions:decline_letter", "shared:made", "administration:evidence_leave_out"}
LETTERS = "letters:"
USERS = {"practitioner": "Anna New", "supervisor": "Dora New", "officer": "Olga New", "administrator": "Amy New"}


@pytest.fixture(scope="module")
def renamed(_module_transaction: None) -> tuple[Scene, dict[str, str]]:
    """One of everything, each row added to by those who are then renamed; and their names then and now."""
    scene = whole_scene()
    cast, at = scene.cast, timezone.now()
    correct_all(scene, "Misheard", at)
    reply(review=scene.question, text="The teacher was.", by=cast.practitioner, at=at)
    names = {getattr(cast, key).full_name: name for key, name in USERS.items()}
    for key, name in USERS.items():
        change_person(user=getattr(cast, key), full_name=name, job_title="", by=cast.administrator, at=at)
    for person in Person.objects.filter(family=scene.family):
        names[person.name] = f"Renamed {person.pk}"
        rename(person, names[person.name], by=cast.teammate, at=at)
    return scene, names


def correct_all(scene: Scene, why: str, at: datetime) -> None:
    told, by = scene.told, scene.cast.practitioner
    details = DisclosureDetails(**{**_details(told, DisclosureDetails), "facts": "Two bruises"})
    correct_disclosure(disclosure=told, details=details, version=1, why=why, by=by, at=at)


def _details(row: models.Model, of: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in of.__dataclass_fields__}


def rename(person: Person, name: str, *, by: User, at: datetime) -> None:
    details = PersonDetails(**{**_details(person, PersonDetails), "name": name})
    correct_person(person=person, details=details, version=person.version, why="Misspelt", by=by, at=at)


def readers(scene: Scene, row: Row) -> Iterator[User]:
    """The first of the organisation who gets the page, by the table of who gets what; of a list the supervisor too."""
    let_in = [key for key, answer in zip(PEOPLE, row.get, strict=True) if answer == "." and key in USERS]
    for key in let_in:
        if key == let_in[0] or (key == "supervisor" and row.object == "-"):
            yield getattr(scene.cast, key)


def unexplained(scene: Scene, row: Row, names: dict[str, str], clients: dict[int, Client]) -> list[str]:
    found = []
    for user in readers(scene, row):
        answer = clients[user.pk].get(scene.path(row))
        if "text/html" not in answer.headers["Content-Type"]:
            continue
        html = answer.content.decode()
        if not any(then.split()[-1] in html for then in names):
            continue
        text = " ".join(" ".join(main.text for main in parsed(html).all("main")).split())
        found += [f"{row} for {user}: {then}" for then, now in names.items() if then in text and now not in text]
    return found


def test_every_page_tells_what_they_are_called_now(renamed: tuple[Scene, dict[str, str]]) -> None:
    scene, names = renamed
    walked = [row for row in rows() if "." in row.get and row.name not in LEAVES and not row.name.startswith(LETTERS)]
    assert len(walked) > 50
    clients = {user.pk: signed_in(user) for user in User.objects.filter(full_name__in=USERS.values())}
    assert [line for row in walked for line in unexplained(scene, row, names, clients)] == []


@pytest.mark.parametrize(
    ("name", "thing", "then"),
    [
        ("decisions:urgent_detail", "first", "practitioner"),
        ("decisions:log", "-", "practitioner"),
        ("reviews:review", "recorded", "practitioner"),
        ("reviews:queue", "-", "practitioner"),
        ("families:disclosure", "told", "practitioner"),
        ("families:disclosure_history", "told", "practitioner"),
        ("administration:law", "-", "officer"),
    ],
)
def test_these_show_one(renamed: tuple[Scene, dict[str, str]], name: str, thing: str, then: str) -> None:
    """So that the walk above has something to find."""
    scene, names = renamed
    [row] = [row for row in rows() if (row.name, row.object) == (name, thing)]
    user = next(readers(scene, row))
    client = PageClient()
    client.force_login(User.objects.get(pk=user.pk))
    text = client.get(scene.path(row)).content.decode()
    assert USERS[then] in text
    assert next(then_ for then_, now in names.items() if now == USERS[then]) in text


def test_a_second_look_and_a_reply(renamed: tuple[Scene, dict[str, str]]) -> None:
    """Both of the author, who is called otherwise in each."""
    scene, _ = renamed
    decision = Decision.objects.get(pk=scene.question.decision_id)
    client = PageClient()
    client.force_login(User.objects.get(pk=scene.cast.teammate.pk))
    text = client.get(reverse("decisions:detail", args=[decision.public_id])).content.decode()
    assert "is now called Anna New" in text
    assert "is now called Dora New" in text
