"""Who is at work, and what they do: read, write a decision page by page, review."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urlencode

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import authenticator_app
from accounts.models import Membership, Team, User
from accounts.roles import Role
from benchmarks.load_client import LiveClient, Over, Taken
from decisions.models import Decision
from families.models import Family
from tests.cast import PASSWORD, Cast, _insert, enter_people, make_cast
from tests.drafting.scenario_cases import S02, s02, set_scene
from tests.drafting.scenario_walk import FORM, Walk
from tests.pages import parsed

# One person in so many reviews; a family for so many practitioners.
REVIEWERS, SHARED_BY = 10, 5
REVIEW = re.compile(r"/reviews/[0-9a-f-]{36}/")


@dataclass(frozen=True)
class Crowd:
    """Practitioners and supervisors of one team, and its families."""

    cast: Cast
    people: list[User]
    families: list[Family]

    @property
    def size(self) -> int:
        return len(self.people)

    @classmethod
    def of(cls, size: int) -> "Crowd":
        # As the site has them: the tests keep theirs in a way that is quicker to verify.
        cast, password = make_cast(), PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-the-crowd")
        people = _insert(
            *(
                User(
                    organisation=cast.organisation, email=f"person{number}@north.test", full_name=f"Rowan Vale{number}",
                    job_title="Social worker", password=password,
                )
                for number in range(size)
            )
        )  # fmt: skip
        _insert(*(_placed(person, cast.team, number) for number, person in enumerate(people)))
        enter_people(cast)
        families = [set_scene(S02, cast, timezone.now()) for _ in range(max(1, size // SHARED_BY))]
        return cls(cast, people, families)

    def work(self, number: int, port: int, think: float, taken: Taken, is_over: Callable[[], bool]) -> None:
        person = self.people[number]
        client = LiveClient(port, f"127.1.0.{number + 1}", think, taken, is_over)
        try:
            walk = _set_up(_walk(person, client).sign_in())
            while not is_over():
                if number % REVIEWERS == 0:
                    _review(walk)
                else:
                    _decide(person, client, self.families[number % len(self.families)], self.cast.team)
                    _read(walk)
        except Over:
            pass
        except (AssertionError, OSError, HTTPException) as error:
            taken.failed(person.email, error)
        finally:
            connection.close()


def _placed(person: User, team: Team, number: int) -> Membership:
    role = Role.SUPERVISOR if number % REVIEWERS == 0 else Role.PRACTITIONER
    return Membership(organisation=person.organisation, user=person, team=team, role=role)


def _walk(person: User, client: LiveClient) -> Walk:
    walk = Walk(person)
    walk.__dict__["client"] = client
    return walk


def _set_up(walk: Walk) -> Walk:
    """The app on their phone, before anything else opens."""
    secret = re.sub(r"\s", "", walk.get(reverse("add_app")).classed("app-code")[0].text)
    code = authenticator_app.code_of(secret, authenticator_app.step_of(timezone.now()))
    walk.send(reverse("add_app"), {"digits": code}, status=200)
    return walk


def _read(walk: Walk) -> None:
    for path in (reverse("home"), reverse("decisions:log"), reverse("families:list")):
        walk.get(path)
    for decision in Decision.objects.recorded().visible_to(walk.user).order_by("-pk")[:3]:
        walk.get(reverse("decisions:detail", args=[decision.public_id]))


def _decide(person: User, client: LiveClient, family: Family, team: Team) -> None:
    walk = _walk(person, client)
    walk.get(reverse("home"))
    walk.start("ASKED", family, team)
    walk.follow(s02(timezone.now()))
    walk.record()
    walk.get(walk.detail_path)


def _review(walk: Walk) -> None:
    """The longest waiting, if a colleague has not taken it meanwhile."""
    walk.get(reverse("home"))
    queue = walk.get(reverse("reviews:queue"))
    addresses = [one.attrs.get("href", "") for one in queue.all("a")]
    waiting = [address for address in addresses if REVIEW.fullmatch(address)]
    if not waiting:
        time.sleep(1)
        return
    path = waiting[walk.user.pk % len(waiting)]
    walk.answer = walk.client.get(path)
    if walk.answer.status_code == HTTPStatus.FOUND:
        return  # to the review of a colleague who was quicker
    walk.page = parsed(walk.answer.content.decode())
    fields = {name: values[0] for name, values in walk.shown().items()}
    # A colleague may have been quicker: that is no error.
    answer = {**fields, "csrfmiddlewaretoken": walk.hidden("csrfmiddlewaretoken"), "outcome": "AGREED"}
    walk.client.post(path, urlencode(answer), content_type=FORM)
