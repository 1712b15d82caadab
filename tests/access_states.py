"""The scene of the access matrix in each state that narrows or widens it, and who is then somebody else.

`conflicted`: one of each role has declared a conflict with the family. `restricted`: it is restricted to another of its
team, and none of them is named, not even the author of its records. `let_in`: an inspection runs, and two of another
team have opened the family in an emergency, one just now and one more than an hour ago.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from decisions.actions import restrict
from decisions.models import Decision
from emergencies.actions import open_in_emergency
from emergencies.finding import Meant
from emergencies.models import OPEN_FOR, EmergencyOpening
from families.actions import declare_conflict
from rights.models import RightsRequest
from tests.shared import undone
from tests.test_access_matrix import Row, Scene, signed_in

# What was searched for stands in the search field, and in what is said where nothing is found.
TYPED = 2
ROLES = ("practitioner", "supervisor", "administrator", "officer")


@dataclass(frozen=True)
class Somebody:
    """In one state: who asks, and where an address is their own."""

    user: User
    scene: Scene


def fresh(user: User) -> User:
    """What is closed to somebody is read once a request."""
    return User.objects.get(pk=user.pk)


@contextmanager
def conflicted(scene: Scene) -> Iterator[dict[str, Somebody]]:
    with undone():
        for role in ROLES:
            user = getattr(scene.cast, role)
            declare_conflict(reference=scene.family.reference, user=user, how="related", by=user, at=timezone.now())
        yield {role: Somebody(fresh(getattr(scene.cast, role)), scene) for role in ROLES}


@contextmanager
def restricted(scene: Scene) -> Iterator[dict[str, Somebody]]:
    with undone():
        restrict(
            reference=scene.family.reference, people=[scene.cast.teammate], why="Their aunt",
            by=fresh(scene.cast.supervisor), at=timezone.now(),
        )  # fmt: skip
        yield {role: Somebody(fresh(getattr(scene.cast, role)), scene) for role in ROLES}


@contextmanager
def let_in(scene: Scene) -> Iterator[dict[str, Somebody]]:
    with undone():
        ends = timezone.now() - OPEN_FOR
        yield {
            "inspector": Somebody(User.objects.get(pk=scene.inspection.user_id), scene),
            "emergency": visitor(scene, "Orla Penn", ends + timedelta(minutes=2)),
            "after": visitor(scene, "Sten Brook", ends - timedelta(minutes=1)),
        }


def visitor(scene: Scene, name: str, at: datetime) -> Somebody:
    """Of the other team, who opened the family at that moment. What an opening's address names is then theirs."""
    company = scene.cast
    people: QuerySet[User] = QuerySet(User)
    user = people.bulk_create([
        User(organisation=company.organisation, email=f"{name.partition(' ')[0].lower()}@north.test", full_name=name,
             job_title="Duty worker", password=company.practitioner.password)
    ])[0]  # fmt: skip
    place = Membership(
        organisation=company.organisation, user=user, team=company.other_team_row, role=Role.PRACTITIONER
    )
    places: QuerySet[Membership] = QuerySet(Membership)
    places.bulk_create([place])
    opened = open_in_emergency(
        meant=Meant(scene.family.reference), why="found", reason="He was found at the coach station",
        submission_id=uuid4(), by=fresh(user), at=at,
    )  # fmt: skip
    assert opened is not None
    return Somebody(fresh(user), as_opened(scene, opened))


def as_opened(scene: Scene, opened: EmergencyOpening) -> Scene:
    theirs = copy(scene)
    theirs.paths, theirs.opening = dict[Row, str](), opened
    theirs.elsewhere, theirs.elsewhere_told = scene.recorded, scene.told
    return theirs


STATES: Mapping[str, Callable[[Scene], AbstractContextManager[dict[str, Somebody]]]] = {
    "conflicted": conflicted, "restricted": restricted, "let_in": let_in,
}  # fmt: skip


def words_about(scene: Scene) -> set[str]:
    """By which the family or a record of it could be known: references, and whole names."""
    family = scene.family
    decisions = Decision.objects.filter(decision_families__family=family)
    requests = RightsRequest.objects.filter(person__family=family)
    found = {row.reference for rows in (decisions, requests, family.disclosures.all()) for row in rows}
    found |= {family.reference, scene.incident.reference, *family.people.values_list("name", flat=True)}
    assert len(found) > 12
    return found


def words_shown(scene: Scene, who: User, rows: Iterable[Row]) -> list[str]:
    """Words about the family on pages that are about no record of it, as this person sees them."""
    client, words, shown = signed_in(who), words_about(scene), []
    for row in rows:
        page = client.get(scene.path(row), {"words": scene.person.name} if row.name == "search" else {})
        if page.status_code == 200 and not page.streaming and "text" in page.headers["Content-Type"]:
            text = page.content.decode()
            shown += [f"{row} for {who.full_name}: {word}" for word in words if word in text and row.name != "search"]
            shown += ["search finds it"] if row.name == "search" and text.count(scene.person.name) > TYPED else []
    return shown


def has_inspected(scene: Scene) -> None:
    """The inspector has opened a decision about the family, so the page of the inspection has it."""
    client = signed_in(User.objects.get(pk=scene.inspection.user_id))
    assert client.get(reverse("decisions:detail", args=[scene.recorded.public_id])).status_code == 200
