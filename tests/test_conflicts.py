"""Who knows a family finds nothing of it, whatever their role. Of addresses: tests/test_access_states.py."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessNotice, AutosavedText, User
from decisions.models import Decision
from decisions.presenters.urgent import already_recorded
from families import actions
from families.models import ConflictEnded, DeclaredConflict, Family
from reflections.models import Reflection
from reminders.due import tasks
from reminders.due_now import due_now
from reviews.queries import awaiting_review_by, awaiting_review_in, may_review
from safeguarding.unsubmitted_text import unsubmitted_text
from tests.access_states import STATES, fresh, has_inspected, words_about, words_shown
from tests.decisions.cases import plain, recorded_twin, refused, twin_of
from tests.test_access_matrix import Scene, signed_in, whole_scene
from tests.test_access_states import of_no_record

ROLES = ("practitioner", "supervisor", "officer", "administrator")


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    return whole_scene()


def close(scene: Scene, user: User, family: Family | None = None, by: User | None = None) -> DeclaredConflict | None:
    return actions.declare_conflict(
        reference=(family or scene.family).reference, user=user, how="related", by=by or user, at=timezone.now()
    )


@pytest.fixture
def closed(scene: Scene) -> Iterator[Scene]:
    """To one of each role."""
    with transaction.atomic():
        for role in ROLES:
            close(scene, getattr(scene.cast, role))
        yield scene
        transaction.set_rollback(True)


def test_it_looks_like_what_does_not_exist(closed: Scene) -> None:
    client = signed_in(fresh(closed.cast.practitioner))
    body = client.get(reverse("families:detail", args=[closed.family.public_id])).content
    other = client.get(reverse("families:detail", args=["00000000-0000-4000-8000-000000000000"])).content
    assert abs(len(body) - len(other)) < 20
    assert closed.family.reference.encode() not in body


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("role", ROLES)
def test_no_list_has_a_word_of_it(closed: Scene, role: str) -> None:
    has_inspected(closed)
    assert words_shown(closed, fresh(getattr(closed.cast, role)), of_no_record()) == []


def test_nothing_is_sent_about_it_by_its_reference(closed: Scene) -> None:
    client = signed_in(fresh(closed.cast.officer))
    decision = closed.recorded
    for path, data in (
        (reverse("rights:name", args=[closed.asked.public_id]), {"reference": decision.reference, "why": "An order"}),
        (reverse("retention:add_hold"), {"reference": decision.reference.lower()}),
        (reverse("retention:dispose") + f"?record={decision.public_id}", {}),
        (reverse("administration:ledger_export"), {}),
    ):
        assert client.post(path, data).status_code == 404, path


def test_somebody_else_reviews_and_is_told(closed: Scene) -> None:
    assert closed.cast.supervisor not in may_review(closed.recorded, timezone.localdate())
    assert AccessNotice.objects.filter(change="conflict", about=closed.cast.practitioner).exists()
    told = AccessNotice.objects.filter(change="conflict", about=closed.cast.supervisor)
    assert told.exists()
    assert not told.filter(reader=closed.cast.supervisor).exists()


@pytest.mark.parametrize("role", ROLES)
def test_no_reminder_counts_it(scene: Scene, role: str) -> None:
    """Of a day on which everything is overdue: the email has numbers alone, and they are of other records."""
    day, user = timezone.localdate() + timedelta(days=100), fresh(getattr(scene.cast, role))
    before = {due.key for due in due_now(user, day)}
    words = words_about(scene)
    about_it = [task for task in tasks(user, day) if task.reference in words]
    with STATES["conflicted"](scene) as people:
        who = people[role].user
        assert [task.reference for task in tasks(who, day) if task.reference in words] == []
        assert not awaiting_review_by(who).filter(pk__in=who.closed_decisions).exists()
        after = {due.key for due in due_now(who, day)}
    assert after <= before
    if role != "administrator":
        assert about_it
        assert len(before - after) >= len(about_it)


def test_no_number_of_a_team_counts_it(scene: Scene) -> None:
    team = scene.cast.team.pk
    before = awaiting_review_in([team], scene.cast.administrator)[team]
    with STATES["conflicted"](scene) as people:
        assert awaiting_review_in([team], people["administrator"].user)[team] < before


def test_what_they_typed_and_thought_about_it_is_not_offered(scene: Scene) -> None:
    me, other = scene.cast.practitioner, reverse("drafting:start")
    typed = {"organisation": me.organisation, "user": me, "form_data": {"name": "A"}}
    for path in (other, reverse("families:correct", args=[scene.family.public_id])):
        autosaved: Any = AutosavedText(path=path, saved_at=timezone.now(), **typed)
        autosaved.save()
    kept: Any = unsubmitted_text(me)
    assert str(scene.family.public_id) in kept.address
    assert set(Reflection.objects.visible_to(me)) == {scene.reflection, scene.shown}
    with STATES["conflicted"](scene) as people:
        who = people["practitioner"].user
        found: Any = unsubmitted_text(who)
        assert str(scene.family.public_id) not in found.address
        assert set(Reflection.objects.visible_to(who)) == {scene.shown}


def test_a_draft_does_not_name_what_is_closed_as_recorded_already(scene: Scene) -> None:
    """Such as of an urgent record that two decisions complete, of which one is about the family."""
    first = recorded_twin(scene.recorded, at=timezone.now(), urgent=scene.first)
    draft = twin_of(scene.declined)
    plain(Decision).filter(pk=draft.pk).update(urgent=scene.first)
    draft = Decision.objects.get(pk=draft.pk)
    assert already_recorded(draft, scene.cast.practitioner) == first.reference
    with STATES["conflicted"](scene) as people:
        assert already_recorded(draft, people["practitioner"].user) == ""


def test_other_people_and_other_families_are_as_before(closed: Scene) -> None:
    teammate = signed_in(fresh(closed.cast.teammate))
    path = reverse("families:detail", args=[closed.family.public_id])
    assert teammate.get(path).status_code == 200
    assert teammate.get(reverse("home")).status_code == 200


class TestDeclaring:
    @pytest.fixture
    def undone(self, scene: Scene) -> Iterator[Scene]:
        with transaction.atomic():
            yield scene
            transaction.set_rollback(True)

    def test_everybody_for_themselves_on_a_page(self, undone: Scene) -> None:
        for role in ("practitioner", "administrator"):
            user = getattr(undone.cast, role)
            client = signed_in(user)
            answers = {"reference": undone.family.reference.lower(), "who": str(user.public_id), "how": "knows"}
            assert client.post(reverse("families:conflict"), answers).status_code == 302
            assert fresh(user).closed_families == {undone.family.pk}

    def test_it_does_not_tell_whether_there_is_one(self, undone: Scene) -> None:
        client = Client()
        client.force_login(undone.cast.practitioner)
        said = [
            client.post(reverse("families:conflict"), {"reference": reference, "how": "knows"}, follow=True)
            for reference in ("F-000000", undone.cast.stranger.organisation.name[:10])
        ]
        assert all("If a family has this reference" in page.content.decode() for page in said)
        assert not DeclaredConflict.objects.filter(user=undone.cast.practitioner).exists()

    def test_for_others_only_supervisors_and_administrators(self, undone: Scene) -> None:
        cast = undone.cast
        for by in (cast.supervisor, cast.administrator, cast.officer):
            assert close(undone, cast.teammate, by=by)
        assert DeclaredConflict.objects.filter(user=cast.teammate).count() == 1, "it stands already"
        for by in (cast.practitioner, cast.stranger.supervisor):
            with pytest.raises(PermissionDenied):
                close(undone, cast.teammate, by=by)
        page = signed_in(cast.practitioner).get(reverse("families:conflict")).content.decode()
        assert cast.teammate.full_name not in page

    def test_what_is_missing_is_said(self, undone: Scene) -> None:
        answer = signed_in(undone.cast.supervisor).post(reverse("families:conflict"), {})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert all(words in page for words in ("Enter the reference", "Choose who knows", "Choose how they know"))

    def test_somebody_else_ends_it(self, undone: Scene) -> None:
        cast = undone.cast
        conflict: Any = close(undone, cast.supervisor)
        with pytest.raises(Http404):
            actions.end_conflict(conflict=conflict, why="It is over", by=fresh(cast.supervisor), at=timezone.now())
        path = reverse("families:conflict_end", args=[conflict.public_id])
        assert signed_in(fresh(cast.supervisor)).get(path).status_code == 404
        client = signed_in(cast.officer)
        assert (
            cast.supervisor.full_name
            in client.get(reverse("families:who_looked", args=[undone.family.public_id])).content.decode()
        )
        assert client.post(path, {"why": "n/a"}).status_code == 422
        assert client.post(path, {"why": "Another family of that name"}).status_code == 302
        assert fresh(cast.supervisor).closed_families == frozenset()
        assert (
            signed_in(fresh(cast.supervisor))
            .get(reverse("families:detail", args=[undone.family.public_id]))
            .status_code
            == 200
        )


class TestDatabase:
    def test_what_it_refuses(self, closed: Scene) -> None:
        cast = closed.cast
        known = {"organisation": cast.organisation, "family": closed.family, "how": "knows", **written(cast.officer)}
        with refused("marked so first"):
            plain(DeclaredConflict).bulk_create([DeclaredConflict(**known, user=cast.teammate)])
        with refused("belongs to one organisation"):
            plain(DeclaredConflict).bulk_create([DeclaredConflict(**known, user=cast.stranger.officer)])
        with refused("the mark stays"):
            plain(User).filter(pk=cast.supervisor.pk).update(has_conflicts=False)
        own = DeclaredConflict.objects.get(user=cast.supervisor)
        ended = ConflictEnded(organisation=cast.organisation, conflict=own, why="Over", **written(cast.supervisor))
        with refused("nobody opens the records of a family to themselves"):
            plain(ConflictEnded).bulk_create([ended])
        for rows_of in (plain(DeclaredConflict).filter(pk=own.pk),):
            with refused("append-only"):
                rows_of.update(how="other")


def written(by: User) -> dict[str, Any]:
    return {"written_at": timezone.now(), "written_by": by, "written_by_name": by.full_name}
