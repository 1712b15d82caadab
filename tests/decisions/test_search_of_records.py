"""A search finds urgent records, one's own drafts and what a review says, and only for those who see these."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Membership, User
from audit import ledger
from decisions.models import Decision, UrgentRecord
from decisions.searching import Results, search
from drafting.actions import record_urgent, start
from families.models import Family
from reviews.actions import record_review, reply
from search import index
from search.index import Kind
from search.wanted import wanted
from tests.cast import Cast
from tests.decisions import closed
from tests.families.household import entries, person, register
from tests.in_turn import in_turn
from tests.pages import PageClient
from tests.reminders.test_due import URGENT_FIELDS
from tests.search.test_folding import SPELLINGS

cast, now, decision = closed.cast, closed.now, closed.decision

SignIn = Callable[[User], PageClient]


@dataclass(frozen=True)
class Scene:
    family: Family
    urgent: UrgentRecord
    draft: Decision

    @property
    def of_urgent(self) -> tuple[str, ...]:
        return self.urgent.reference, "Zaynab", "Trelawney", "zaynab trelawney", "culvert"

    @property
    def of_draft(self) -> tuple[str, ...]:
        return self.draft.reference, "Persephone", "Quillfeather", "Percy", "persefone"[:4]


@pytest.fixture(scope="module")
def scene(cast: Cast, now: datetime) -> Scene:
    by = cast.practitioner
    who = {**URGENT_FIELDS, "who": "Zaynab Trelawney, 9", "information": "Found in the culvert", "shared_at": None}
    urgent = record_urgent(team=cast.team, answers=who, submission_id=uuid4(), by=by, at=now)
    family = register(by, cast.team, "Quillfeather", at=now)
    child = person(family, by, name="Persephone Quillfeather", known_as="Percy")
    draft = start(entry_route="DECIDING", team=cast.team, family=family, by=by, at=now)
    with ledger.recording(actor=by, at=now):
        draft.people.create(organisation_id=draft.organisation_id, person=child)
    return Scene(family, urgent, draft)


def records(found: Results) -> tuple[int, int, int]:
    return len(found.decisions.rows), len(found.urgent.rows), len(found.drafts.rows)


def test_an_urgent_record_is_found_by_its_team(cast: Cast, scene: Scene) -> None:
    """The author by each word; the others by each third of them a day."""
    for user in (cast.practitioner, cast.teammate, cast.supervisor):
        for words in scene.of_urgent if user == cast.practitioner else in_turn(scene.of_urgent, of=3):
            assert list(search(words, user).urgent.rows) == [scene.urgent], (user.email, words)


def test_a_draft_is_found_by_its_author_alone(cast: Cast, scene: Scene) -> None:
    for words in scene.of_draft:
        assert list(search(words, cast.practitioner).drafts.rows) == [scene.draft], words
    for user in (cast.teammate, cast.supervisor):
        for words in (scene.draft.reference, *in_turn(scene.of_draft[1:])):
            assert not search(words, user).drafts.rows, (user.email, words)


def test_nobody_else_finds_them_nor_anything_like_them(cast: Cast, scene: Scene) -> None:
    next_door = cast.stranger
    for user in (cast.other_team, cast.administrator, cast.officer, next_door.practitioner, next_door.supervisor):
        for words in in_turn((scene.urgent.reference, scene.draft.reference, "Zaynab", "Persefone", "culver", "Percy")):
            assert not search(words, user).any, (user.email, words)


def test_a_draft_has_no_names_of_a_family_that_left_the_team(cast: Cast, scene: Scene, now: datetime) -> None:
    family = scene.family
    with ledger.recording(actor=cast.practitioner, at=now):
        family.family_teams.get().delete()
    assert records(search("Persephone", cast.practitioner)) == (0, 0, 0)
    assert records(search(scene.draft.reference, cast.practitioner)) == (0, 0, 1)


def test_who_left_the_team_finds_their_urgent_record_and_no_draft(cast: Cast, scene: Scene, now: datetime) -> None:
    by = cast.practitioner
    with ledger.recording(actor=None, at=now):
        Membership.objects.get(user=by).delete()
        Membership(organisation=cast.organisation, user=by, team=cast.other_team_row, role="practitioner").save()
    by.forget_roles()
    assert records(search("culvert", by)) == (0, 1, 0)
    assert not search(scene.draft.reference, by).any


def test_the_page_shows_them_and_the_ledger_their_references(cast: Cast, scene: Scene, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    urgent = client.post(reverse("search"), {"words": "Trelawney"}).content.decode()
    assert reverse("decisions:urgent_detail", args=[scene.urgent.public_id]) in urgent
    assert "To be completed by" in urgent
    draft = client.post(reverse("search"), {"words": "Percy"}).content.decode()
    assert reverse("drafting:continue", args=[scene.draft.public_id]) in draft
    first, second = (entry.additional_data for entry in entries("records.results_shown"))
    assert (first["urgent"], second["drafts"]) == (scene.urgent.reference, scene.draft.reference)


def test_what_a_review_says_is_found_and_its_state_is_shown(
    decision: Decision, cast: Cast, scene: Scene, now: datetime, as_user: SignIn
) -> None:
    call_command("rebuild_search", stdout=StringIO())
    address = reverse("reviews:review", args=[decision.public_id])
    shown = {
        user: as_user(user).post(reverse("search"), {"words": decision.reference}).content.decode()
        for user in (cast.supervisor, cast.practitioner)
    }
    assert [address in page for page in shown.values()] == [True, False]
    assert all("To be reviewed" in page for page in shown.values())
    given: dict[str, Any] = {
        "decision": decision,
        "outcome": "RETURNED",
        "by": cast.supervisor,
        "at": now + timedelta(days=1),
    }
    review = record_review(comment="Was the marmoset there?", **given)
    reply(review=review, text="No, the pangolin", by=cast.practitioner, at=now + timedelta(days=2))
    for _ in range(2):
        for words in ("marmoset", "pangolin"):
            assert list(search(words, cast.teammate).decisions.rows) == [decision], words
            assert not search(words, cast.other_team).any
        call_command("rebuild_search", stdout=StringIO())
    assert list(search("culvert", cast.teammate).urgent.rows) == [scene.urgent]


def test_every_spelling_of_a_name_finds_the_person(cast: Cast, scene: Scene) -> None:
    """Each second kind a day: in the index by each spelling, and by a search by the last. O'Rourke by each."""
    by, teams = cast.practitioner, cast.practitioner.team_ids()
    for kind, (stored, *others) in in_turn(SPELLINGS.items()):
        added = person(scene.family, by, name=stored)
        for typed in others:
            assert added.pk in index.find(Kind.PERSON, wanted(typed), teams), (kind, typed)
        for typed in others if kind == "apostrophe" else others[-1:]:
            assert added in search(typed, by).people.rows, (kind, typed)


def test_the_newest_are_looked_for_first(cast: Cast, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """By number, and older ones only while too little is found. Every one is found in its turn, once."""
    monkeypatch.setattr(index, "STRIDE", 2)
    by = cast.practitioner
    added = [register(by, cast.team, f"Bartholomew {letter}").pk for letter in "abcdefghijkl"][::-1]
    asked = wanted("bartholomew")
    assert index.find(Kind.FAMILY, asked, [cast.team.pk]) == added
    monkeypatch.setattr(index, "ENOUGH", 3)
    newest = index.find(Kind.FAMILY, asked, [cast.team.pk])
    assert newest == added[: len(newest)]
    assert 3 <= len(newest) <= 4
    assert index.find(Kind.FAMILY, wanted("bartholomew a"), [cast.team.pk]) == added[-1:]


def test_many_teams_are_asked_about_a_few_at_a_time(
    cast: Cast, scene: Scene, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(index, "SCOPES_AT_ONCE", 2)
    teams = [cast.team.pk, *range(10_000, 10_004)]
    with django_assert_num_queries(1 + 3):
        assert index.find(Kind.FAMILY, wanted("quillfeather"), teams) == [scene.family.pk]
