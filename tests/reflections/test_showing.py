"""An author may show a reflection to one supervisor of their team, sees each reading, and can end it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.actions import change_person
from accounts.models import Membership, User
from audit.models import LedgerEntry
from decisions.models import Decision
from reflections import actions
from reflections.models import Reflection, ReflectionReader
from reflections.queries import supervisors_of
from tests.cast import Cast
from tests.decisions import closed
from tests.pages import PageClient, in_one_line
from tests.reflections.scenes import reflection, words

pytestmark = pytest.mark.sqlite
cast, decision = closed.cast, closed.decision
SignIn = Callable[[User], PageClient]
SECRET = "zq55555qz"


@pytest.fixture
def row(cast: Cast, decision: Decision) -> Reflection:
    return reflection(cast.practitioner, decision, went_well=SECRET)


def shown(row: Reflection, cast: Cast) -> ReflectionReader:
    return actions.show_to_supervisor(reflection=row, reader=cast.supervisor, by=cast.practitioner, at=timezone.now())


def read_path(row: Reflection) -> str:
    return reverse("reflections:read", args=[row.public_id])


def test_shown_read_and_ended(cast: Cast, row: Reflection, decision: Decision, as_user: SignIn) -> None:
    author, supervisor = as_user(cast.practitioner), as_user(cast.supervisor)
    assert supervisor.get(read_path(row)).status_code == 404
    to = {"reader": str(cast.supervisor.public_id)}
    answer = author.post(reverse("reflections:show", args=[row.public_id]), to, follow=True)
    assert f"{cast.supervisor.full_name} can read your reflection now." in answer.content.decode()
    page = supervisor.get(read_path(row)).content.decode()
    assert SECRET in page
    assert decision.reference not in page
    assert read_path(row) in supervisor.get(reverse("reflections:list")).content.decode()
    detail = author.get(reverse("reflections:detail", args=[row.public_id])).content.decode()
    assert f"{cast.supervisor.full_name} read it on" in detail
    allowed = row.readers.get()
    author.post(reverse("reflections:end_showing", args=[row.public_id, allowed.public_id]))
    assert supervisor.get(read_path(row)).status_code == 404
    assert read_path(row) not in supervisor.get(reverse("reflections:list")).content.decode()


def test_reading_is_all_that_it_allows(cast: Cast, row: Reflection, as_user: SignIn) -> None:
    shown(row, cast)
    supervisor = as_user(cast.supervisor)
    for name in ("detail", "change", "delete", "download", "show"):
        assert supervisor.get(reverse(f"reflections:{name}", args=[row.public_id])).status_code == 404
    for act in (
        lambda: actions.change_reflection(
            reflection=row, words=words(), version=1, by=cast.supervisor, at=timezone.now()
        ),
        lambda: actions.delete_reflection(reflection=row, by=cast.supervisor, at=timezone.now()),
        lambda: actions.show_to_supervisor(
            reflection=row, reader=cast.supervisor, by=cast.supervisor, at=timezone.now()
        ),
        lambda: actions.stop_showing(allowed=row.readers.get(), by=cast.supervisor, at=timezone.now()),
    ):
        with pytest.raises(Http404):
            act()


def test_nobody_else_reads_it_by_that(cast: Cast, row: Reflection, as_user: SignIn) -> None:
    shown(row, cast)
    for user in (cast.teammate, cast.other_team, cast.administrator, cast.officer, *cast.stranger.everybody):
        assert as_user(user).get(read_path(row)).status_code == 404
        with pytest.raises(Http404):
            actions.read_shown_reflection(reflection=row, by=user, at=timezone.now())
    assert as_user(cast.practitioner).get(read_path(row)).status_code == 404


def test_another_reflection_of_the_same_author_stays_private(cast: Cast, row: Reflection, as_user: SignIn) -> None:
    shown(row, cast)
    assert as_user(cast.supervisor).get(read_path(reflection(cast.practitioner))).status_code == 404


def test_only_a_supervisor_of_ones_own_team_can_be_chosen(cast: Cast, row: Reflection) -> None:
    assert supervisors_of(cast.practitioner) == [cast.supervisor]
    assert supervisors_of(cast.other_team) == []
    for other in (cast.teammate, cast.administrator, cast.officer, cast.practitioner, cast.stranger.supervisor):
        with pytest.raises(ValidationError, match="Choose someone from the list"):
            actions.show_to_supervisor(reflection=row, reader=other, by=cast.practitioner, at=timezone.now())


@pytest.mark.parametrize("who", ["practitioner", "supervisor"])
def test_it_ends_when_either_leaves_the_team(cast: Cast, row: Reflection, as_user: SignIn, who: str) -> None:
    shown(row, cast)
    assert as_user(cast.supervisor).get(read_path(row)).status_code == 200
    leaver = getattr(cast, who)
    models.QuerySet(Membership).filter(user=leaver, team=cast.team).update(team=cast.other_team_row)
    assert as_user(User.objects.get(pk=cast.supervisor.pk)).get(read_path(row)).status_code == 404


def test_shown_twice_is_shown_once_and_may_begin_again(cast: Cast, row: Reflection) -> None:
    first = shown(row, cast)
    assert shown(row, cast) == first
    for _ in range(2):
        actions.stop_showing(allowed=first, by=cast.practitioner, at=timezone.now())
    assert shown(row, cast) != first
    assert row.readers.filter(ended_at__isnull=True).count() == 1


def test_each_step_is_an_entry_without_a_word(cast: Cast, row: Reflection) -> None:
    allowed = shown(row, cast)
    actions.read_shown_reflection(reflection=row, by=cast.supervisor, at=timezone.now())
    actions.stop_showing(allowed=allowed, by=cast.practitioner, at=timezone.now())
    found = LedgerEntry.objects.filter(object_repr__startswith=f"Reflection {row.pk}").order_by("seq")
    assert [entry.event for entry in found] == ["created", "created", "reflection.read", "changed"]
    assert not [entry for entry in found if SECRET in f"{entry.changes} {entry.additional_data}"]


def test_deleted_with_whoever_could_read_it(cast: Cast, row: Reflection, as_user: SignIn) -> None:
    shown(row, cast)
    actions.delete_reflection(reflection=row, by=cast.practitioner, at=timezone.now())
    assert not ReflectionReader.objects.filter(reader=cast.supervisor).exists()
    assert as_user(cast.supervisor).get(read_path(row)).status_code == 404


def test_a_reader_who_is_called_otherwise_now(cast: Cast, row: Reflection, as_user: SignIn) -> None:
    """Beside the name of then, where it says who can read it and who did."""
    allowed, then = shown(row, cast), cast.supervisor.full_name
    assert as_user(cast.supervisor).get(read_path(row)).status_code == 200
    change_person(user=cast.supervisor, full_name="Dora New", job_title="", by=cast.administrator, at=timezone.now())
    page = as_user(cast.practitioner).get(reverse("reflections:detail", args=[row.public_id])).content.decode()
    both = f"{then} (now called Dora New)"
    assert f"{both}, since" in page
    assert f"{both} read it on" in page
    path = reverse("reflections:end_showing", args=[row.public_id, allowed.public_id])
    ended = as_user(cast.practitioner).post(path, follow=True)
    assert "Dora New can no longer read your reflection" in ended.content.decode()


def test_where_there_is_nobody_to_show_it_to_the_page_says_so(cast: Cast, as_user: SignIn) -> None:
    alone = reflection(cast.other_team)
    page = in_one_line(as_user(cast.other_team).get(reverse("reflections:show", args=[alone.public_id])))
    assert "Your team has no supervisor to show it to" in page
    shown(own := reflection(cast.practitioner), cast)
    page = as_user(cast.practitioner).get(reverse("reflections:show", args=[own.public_id])).content.decode()
    assert "Every supervisor of your team can read it already" in page
