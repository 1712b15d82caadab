"""Whoever is named on a record is who they were then: a name changed later is told beside it, and never swapped in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from accounts.actions import change_person, change_recipient
from accounts.models import Recipient, User
from decisions.models import Addition, ConsentEvent, Decision, InformingEvent, LawNotice, Receipt, Response, Sending
from decisions.presenters.names import names_since
from families.actions import add_team_to_family, correct_person, remove_team_from_family
from families.details import PersonDetails
from families.models import Disclosure, Person
from reviews.actions import assign
from reviews.models import Assignment
from tests.cast import Cast
from tests.decisions import events, law_said
from tests.decisions.cases import CHILD, MOTHER, Case, copy, plain, refused
from tests.decisions.test_triggers_closed import insert
from tests.in_turn import in_turn
from tests.pages import PageClient, parsed
from tests.reviews.people import answer, give, supervisors

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
LATER = timedelta(hours=1)
NOTES = re.compile(r"Names stay on this record as they were when it was made\.( .*? is now called .*?\.)+(?= )")


@dataclass(frozen=True)
class Scene:
    case: Case
    reader: User

    @property
    def decision(self) -> Decision:
        return self.case.again()


@pytest.fixture(scope="module")
def _scene(_closed: Case) -> Scene:
    """Recorded, added to by a colleague, reviewed, answered, and waiting for another supervisor."""
    cast, at = _closed.cast, _closed.at
    for add in (events.receipt, events.response, events.addition, events.said):
        add(_closed, by=cast.teammate, at=at)
    [reader] = supervisors(cast, 1)
    answer(give(_closed.decision, cast.supervisor, "RETURNED", 1, at, "Who saw it?"), at)
    return Scene(_closed, reader)


@pytest.fixture
def scene(_scene: Scene, db: None) -> Scene:
    return _scene


def rename(user: User, to: str, cast: Cast) -> None:
    change_person(user=user, full_name=to, job_title="Renamed", by=cast.administrator, at=timezone.now())


def rename_people(case: Case) -> None:
    for row in Person.objects.filter(name__in=[CHILD, MOTHER]):
        kept = {name: getattr(row, name) for name in PersonDetails.__dataclass_fields__}
        details = PersonDetails(**{**kept, "name": f"New {row.pk}"})
        by = case.cast.practitioner
        correct_person(person=row, details=details, version=1, why="Misspelt", by=by, at=case.at)


def rename_recipients(case: Case) -> None:
    for row in Recipient.objects.filter(organisation=case.cast.organisation):
        change_recipient(
            recipient=row, name="New Service", kind=row.kind, route_kind=row.route_kind, route="01632 960 999",
            checked_on=row.checked_on, by=case.cast.administrator, at=case.at,
        )  # fmt: skip


def rename_everybody(case: Case) -> None:
    cast = case.cast
    for user, name in ((cast.practitioner, "Anna New"), (cast.teammate, "Bert New"), (cast.supervisor, "Cleo New")):
        rename(user, name, cast)
    rename_people(case)
    rename_recipients(case)


def pages(scene: Scene) -> dict[str, str]:
    """Pages that show the recorded decision, in words, without the notes about names: its own, and some each day."""
    here = [scene.decision.public_id]
    urls = {
        "detail": reverse("decisions:detail", args=here),
        "print": reverse("decisions:print", args=here),
        "summary": reverse("decisions:summary", args=here),
        "law": reverse("decisions:law", args=here),
        "log": reverse("decisions:log"),
        "review": reverse("reviews:review", args=here),
        "queue": reverse("reviews:queue"),
        "disclosure": reverse("families:disclosure", args=[scene.case.disclosure.public_id]),
    }
    client = PageClient()
    client.force_login(scene.reader)
    names = {"detail", *in_turn(urls, of=3)}
    return {name: words(client.get(urls[name]).content.decode()) for name in names}


def words(html: str) -> str:
    [main] = parsed(html).all("main")
    text = NOTES.sub("", " ".join(main.text.split()) + " ")
    text = re.sub(r" \(now called [^)]*\)", "", text)
    text = re.sub(r"Filter .*? Clear filters", "", text)  # those who may have decided, as they are called now
    return " ".join(re.sub(r"Printed by .*? Record of", "", text).split())


def test_no_page_of_a_record_swaps_a_name(scene: Scene) -> None:
    before = pages(scene)
    rename_everybody(scene.case)
    after = pages(scene)
    for name in before:
        assert after[name] == before[name], name
    assert all(name in before["detail"] for name in ("Asha Verrall", "Bram Oduya", "Dilan Marsh", CHILD, MOTHER))


def test_what_they_are_called_now_is_told_beside_it(scene: Scene) -> None:
    rename_everybody(scene.case)
    told = names_since(scene.decision, scene.reader)
    assert {line.split(" is now called ")[0] for line in told} == {
        "Asha Verrall", "Bram Oduya", "Dilan Marsh", CHILD, MOTHER, scene.decision.recipients.get().name,
    }  # fmt: skip
    assert sum("in the family's record, corrected on" in line for line in told) == 2
    assert "Asha Verrall is now called Anna New." in told


@pytest.mark.parametrize("page", ["detail", "print"])
def test_the_page_tells_it(scene: Scene, as_user: SignIn, page: str) -> None:
    url = reverse(f"decisions:{page}", args=[scene.decision.public_id])
    assert "is now called" not in as_user(scene.reader).get(url).content.decode()
    rename_everybody(scene.case)
    assert "Bram Oduya is now called Bert New." in as_user(scene.reader).get(url).content.decode()


def test_nothing_is_told_where_names_are_the_same(scene: Scene) -> None:
    assert names_since(scene.decision, scene.reader) == []


def test_a_familys_name_is_told_to_those_who_may_see_the_family(scene: Scene) -> None:
    case, cast = scene.case, scene.case.cast
    rename_people(case)
    add_team_to_family(family=case.family, team=cast.other_team_row, by=cast.practitioner, at=case.at)
    remove_team_from_family(family=case.family, team=cast.team, by=cast.practitioner, at=case.at)
    assert names_since(scene.decision, scene.reader) == []
    assert len(names_since(scene.decision, cast.other_team)) == 2


def test_every_row_keeps_who_wrote_it(scene: Scene) -> None:
    case = scene.case
    law_said.retired(case.cast.officer)
    before = {model: names(model) for model in WRITTEN}
    rename_everybody(case)
    rename(case.cast.officer, "Zoe New", case.cast)
    assert {model: names(model) for model in WRITTEN} == before
    assert all(before.values())


WRITTEN: tuple[Any, ...] = (
    Sending, ConsentEvent, InformingEvent, Receipt, Response, Addition, LawNotice, Disclosure,
)  # fmt: skip


def names(model: Any) -> list[str]:
    return sorted(plain(model).values_list("written_by_name", flat=True))


def test_an_assignment_keeps_both_names(scene: Scene) -> None:
    case = scene.case
    assign(decision=case.decision, to=scene.reader, reason="On leave", by=case.cast.supervisor, at=case.at)
    row = Assignment.objects.get()
    assert (row.reviewer_name, row.assigned_by_name) == (scene.reader.full_name, "Dilan Marsh")


@pytest.mark.parametrize("add", [events.receipt, events.response, events.addition, events.said, events.sending])
def test_the_database_refuses_a_row_without_a_name(closed: Case, add: Any) -> None:
    row = add(closed)
    with refused("who wrote it is kept by name"):
        insert(copy(row, written_by_name=" "))


def test_an_assignment_without_names_is_refused(closed: Case) -> None:
    cast = closed.cast
    row = Assignment(
        organisation=cast.organisation, decision=closed.decision, reviewer=cast.supervisor, reviewer_name="",
        assigned_by=cast.supervisor, assigned_by_name="", at=closed.at,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="assignment_keeps_names"):
        plain(Assignment).bulk_create([row])


class TestTwoOfOneName:
    """A colleague who is now called as the author is, and a record made by each."""

    @pytest.fixture
    def twin(self, scene: Scene) -> User:
        """The supervisor who reviews it next has the author's name and job from now on."""
        rename(scene.reader, "Asha Verrall", scene.case.cast)
        return User.objects.get(pk=scene.reader.pk)

    def test_what_is_written_from_now_on_keeps_the_difference(self, scene: Scene, twin: User) -> None:
        case = scene.case
        review = give(case.decision, twin, "AGREED", 2, case.at)
        assert review.reviewer_name == "Asha Verrall (Renamed)"
        author = User.objects.get(pk=case.cast.practitioner.pk)
        assert events.addition(case, by=author).written_by_name == f"Asha Verrall ({author.job_title})"

    def test_it_stays_when_the_job_changes(self, scene: Scene, twin: User, as_user: SignIn) -> None:
        case = scene.case
        give(case.decision, twin, "AGREED", 2, case.at)
        change_person(
            user=twin, full_name="Asha Verrall", job_title="Head", by=case.cast.administrator, at=timezone.now()
        )
        page = as_user(twin).get(reverse("decisions:detail", args=[case.decision.public_id])).content.decode()
        assert "Asha Verrall (Renamed)" in page
        assert "Asha Verrall (Head)" not in page

    def test_what_was_written_before_is_told_apart_beside_it(self, scene: Scene, twin: User) -> None:
        job = scene.case.cast.practitioner.job_title
        line = f"Asha Verrall is now listed as Asha Verrall ({job}): a colleague has the same name."
        assert line in names_since(scene.decision, twin)

    def test_nothing_is_told_of_a_name_with_its_difference(self, scene: Scene, twin: User) -> None:
        case = scene.case
        give(case.decision, twin, "AGREED", 2, case.at)
        told = names_since(Decision.objects.with_related("reviews").get(pk=case.decision.pk), twin)
        assert not [line for line in told if line.startswith("Asha Verrall (")]

    def test_the_queue_tells_who_is_asked(self, scene: Scene, twin: User, as_user: SignIn) -> None:
        case = scene.case
        assign(decision=case.decision, to=twin, reason="", by=case.cast.supervisor, at=case.at)
        text = as_user(case.cast.supervisor).get(reverse("reviews:queue")).content.decode()
        assert "Asha Verrall (Renamed)" in text


def test_the_log_offers_an_author_under_both_names(scene: Scene, as_user: SignIn) -> None:
    case = scene.case
    rename(case.cast.practitioner, "Anna New", case.cast)
    client = as_user(scene.reader)
    page = parsed(client.get(reverse("decisions:log")).content.decode())
    assert "Asha Verrall, now Anna New" in [option.text for option in page.all("option")]
    chosen = {"author": str(case.cast.practitioner.public_id)}
    assert case.decision.reference in client.get(reverse("decisions:log"), chosen).content.decode()
