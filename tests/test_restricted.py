"""A restricted record is there for the people it names alone. Of addresses: tests/test_access_states.py."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessNotice, Membership, User
from administration.evidence_actions import needs_second
from administration.evidence_wanted import Counts, Wanted
from decisions import actions
from decisions.models import Decision, NamedReader, Restriction
from decisions.queries import may_see
from emergencies.finding import Meant, family_meant
from families.actions import add_team_to_family, declare_conflict
from families.importing.matching import _in_reach
from reports.queries import exportable_by
from reviews.queries import awaiting_review_in
from tests.access_states import fresh, has_inspected, words_shown
from tests.administration.evidence_scenes import asked_for
from tests.decisions.cases import plain, refused
from tests.test_access_matrix import Scene, signed_in, whole_scene
from tests.test_access_states import of_no_record
from tests.test_conflicts import written

# Somebody of the team, its supervisor and an administrator, none of them named.
OTHERS = ("teammate", "supervisor", "administrator")


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    return whole_scene()


@pytest.fixture
def undone(scene: Scene) -> Iterator[Scene]:
    with transaction.atomic():
        yield scene
        transaction.set_rollback(True)


def restrict(scene: Scene, *people: User, reference: str = "", by: User | None = None) -> Restriction:
    return actions.restrict(
        reference=reference or scene.family.reference, people=people or [scene.cast.practitioner], why="Their aunt",
        by=fresh(by or scene.cast.supervisor), at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def restricted(undone: Scene) -> Scene:
    """The family, to its practitioner alone."""
    restrict(undone)
    return undone


class TestNobodyElse:
    def test_it_looks_like_what_does_not_exist(self, restricted: Scene) -> None:
        client = signed_in(fresh(restricted.cast.teammate))
        for name, row in (("families:detail", restricted.family), ("decisions:detail", restricted.recorded)):
            body = client.get(reverse(name, args=[row.public_id])).content
            other = client.get(reverse(name, args=["00000000-0000-4000-8000-000000000000"])).content
            assert abs(len(body) - len(other)) < 20
            assert row.reference.encode() not in body

    @pytest.mark.parametrize("name", OTHERS)
    def test_no_list_and_no_search_has_a_word_of_it(self, undone: Scene, name: str) -> None:
        has_inspected(undone)
        restrict(undone)
        assert words_shown(undone, fresh(getattr(undone.cast, name)), of_no_record()) == []

    def test_its_reference_finds_no_more_than_one_that_does_not_exist(self, restricted: Scene) -> None:
        client = signed_in(fresh(restricted.cast.teammate))
        found = [
            client.get(reverse("search"), {"words": words}) for words in (restricted.recorded.reference, "D-000000")
        ]
        assert [page.status_code for page in found] == [200, 200]

    def test_a_decision_alone(self, undone: Scene) -> None:
        restrict(undone, undone.cast.practitioner, undone.cast.supervisor, reference=undone.recorded.reference)
        teammate = fresh(undone.cast.teammate)
        client = signed_in(teammate)
        assert client.get(reverse("decisions:detail", args=[undone.recorded.public_id])).status_code == 404
        assert client.get(reverse("families:detail", args=[undone.family.public_id])).status_code == 200
        assert not may_see(undone.recorded, teammate)
        assert may_see(undone.recorded, fresh(undone.cast.supervisor))

    def test_of_others_nothing_is_asked_where_nothing_is_restricted(self, undone: Scene) -> None:
        marked = User.objects.filter(has_restricted=True)
        assert set(marked.values_list("organisation", flat=True)) == {undone.cast.organisation.pk}
        assert marked.count() == User.objects.filter(organisation=undone.cast.organisation).count()

    def test_no_file_and_no_import_knows_it(self, restricted: Scene) -> None:
        supervisor, practitioner = fresh(restricted.cast.supervisor), fresh(restricted.cast.practitioner)
        listed = {row.pk for rows_of in exportable_by(supervisor) for row in rows_of}
        assert restricted.recorded.pk not in listed
        for user, known in ((supervisor, False), (practitioner, True)):
            people = _in_reach(restricted.cast.team, user)
            assert people.filter(family=restricted.family).exists() is known

    def test_no_emergency_opens_it(self, restricted: Scene) -> None:
        assert family_meant(Meant(restricted.family.reference), fresh(restricted.cast.other_team)) is None


class TestNamed:
    def test_they_read_it_and_are_told(self, restricted: Scene) -> None:
        practitioner = fresh(restricted.cast.practitioner)
        client = signed_in(practitioner)
        assert client.get(reverse("families:detail", args=[restricted.family.public_id])).status_code == 200
        assert AccessNotice.objects.filter(reader=practitioner, change="restricted").exists()
        assert not AccessNotice.objects.filter(reader=restricted.cast.teammate, change="restricted").exists()

    def test_a_declared_conflict_beats_being_named(self, restricted: Scene) -> None:
        me = restricted.cast.practitioner
        declare_conflict(reference=restricted.family.reference, user=me, how="knows", by=me, at=timezone.now())
        assert restricted.family.pk in fresh(me).closed_families

    def test_whom_it_is_about_never_reads_it(self, undone: Scene) -> None:
        cast = undone.cast
        row = actions.restrict(
            reference=undone.recorded.reference, people=[cast.practitioner], why="About a colleague", about_staff=True,
            concerned=cast.teammate, by=fresh(cast.supervisor), at=timezone.now(),
        )  # fmt: skip
        with pytest.raises(ValidationError):
            actions.name_reader(
                restriction=row, person=cast.teammate, keeper=False, by=fresh(cast.officer), at=timezone.now()
            )
        actions.lift_restriction(restriction=row, why="Unfounded", by=fresh(cast.officer), at=timezone.now())
        assert undone.recorded.pk in fresh(cast.teammate).closed_decisions
        assert undone.recorded.pk not in fresh(cast.supervisor).closed_decisions

    def test_a_lead_of_another_team_is_named_once_it_works_with_the_family(self, undone: Scene) -> None:
        cast = undone.cast
        here = {"organisation": cast.organisation}
        people = [User(**here, email=f"{name}@north.test", full_name=f"{name} Dale") for name in ("quin", "rosa")]
        lead, colleague = plain(User).bulk_create(people)
        plain(Membership).bulk_create(
            Membership(**here, team=cast.other_team_row, user=user, role="practitioner") for user in people
        )
        with pytest.raises(ValidationError):
            restrict(undone, cast.practitioner, lead)
        add_team_to_family(family=undone.family, team=cast.other_team_row, by=cast.practitioner, at=timezone.now())
        for reference in (undone.recorded.reference, undone.family.reference):
            restrict(undone, cast.practitioner, lead, reference=reference)
            for user, status in ((lead, 200), (colleague, 404), (cast.teammate, 404)):
                page = signed_in(fresh(user)).get(reverse("decisions:detail", args=[undone.recorded.public_id]))
                assert page.status_code == status, (reference, user.full_name)
        assert signed_in(fresh(lead)).get(reverse("families:detail", args=[undone.family.public_id])).status_code == 200
        assert not AccessNotice.objects.filter(change="restricted", reader=colleague).exists()

    def test_only_those_whose_role_goes_so_far(self, undone: Scene) -> None:
        for person in (undone.cast.other_team, undone.cast.administrator, undone.cast.stranger.practitioner):
            with pytest.raises(ValidationError):
                restrict(undone, person)

    def test_what_supersedes_it_is_restricted_too(self, undone: Scene) -> None:
        me = undone.cast.practitioner
        restrict(undone, me, reference=undone.recorded.reference)
        draft = _superseding(undone, fresh(me))
        assert {reader.user_id for reader in NamedReader.objects.filter(restriction__decision=draft)} == {me.pk}


def _superseding(scene: Scene, by: User) -> Decision:
    from drafting.actions import supersede  # noqa: PLC0415

    return supersede(decision=scene.recorded, by=by, at=timezone.now())


class TestLookingAfter:
    def test_who_may_restrict(self, undone: Scene) -> None:
        cast = undone.cast
        for by in (cast.practitioner, cast.teammate, cast.administrator, cast.stranger.supervisor):
            with transaction.atomic(), pytest.raises(Http404):
                restrict(undone, by=by)
        assert restrict(undone, by=cast.officer)

    def test_keepers_and_officers_change_who_reads_it(self, undone: Scene) -> None:
        cast = undone.cast
        row = restrict(undone, cast.practitioner, cast.supervisor)
        for by in (cast.practitioner, cast.teammate, cast.administrator):
            with pytest.raises(Http404):
                actions.name_reader(
                    restriction=row, person=cast.teammate, keeper=False, by=fresh(by), at=timezone.now()
                )
        actions.name_reader(
            restriction=row, person=cast.teammate, keeper=False, by=fresh(cast.supervisor), at=timezone.now()
        )
        assert undone.family.pk not in fresh(cast.teammate).closed_families
        reader = row.readers.get(user=cast.supervisor)
        actions.remove_reader(reader=reader, why="She has left", by=fresh(cast.officer), at=timezone.now())
        assert undone.family.pk in fresh(cast.supervisor).closed_families
        told = set(AccessNotice.objects.filter(change="unnamed").values_list("reader", flat=True))
        assert told == {cast.practitioner.pk, cast.teammate.pk, cast.supervisor.pk}

    def test_the_last_one_stays(self, restricted: Scene) -> None:
        with pytest.raises(ValidationError):
            actions.remove_reader(
                reader=NamedReader.objects.get(restriction__family=restricted.family),
                why="Left",
                by=fresh(restricted.cast.officer),
                at=timezone.now(),
            )

    def test_opened_again(self, restricted: Scene) -> None:
        row = restricted.family.restrictions.get()
        actions.lift_restriction(
            restriction=row, why="It is over", by=fresh(restricted.cast.officer), at=timezone.now()
        )
        assert fresh(restricted.cast.teammate).closed_families == frozenset()


class TestDatabase:
    def test_what_it_refuses(self, undone: Scene) -> None:
        cast = undone.cast
        row = actions.restrict(
            reference=undone.recorded.reference, people=[cast.practitioner], why="About a colleague", about_staff=True,
            concerned=cast.teammate, by=fresh(cast.supervisor), at=timezone.now(),
        )  # fmt: skip
        reader = {"organisation": cast.organisation, "restriction": row, **written(cast.officer)}
        with refused("not named to read it"):
            plain(NamedReader).bulk_create([NamedReader(**reader, user=cast.teammate)])
        with refused("belongs to one organisation"):
            plain(NamedReader).bulk_create([NamedReader(**reader, user=cast.stranger.officer)])
        for rows_of in (plain(Restriction).filter(pk=row.pk), plain(NamedReader).filter(restriction=row)):
            with refused("append-only"):
                rows_of.update(written_by_name="Somebody")
        plain(User).filter(pk=cast.teammate.pk).update(has_restricted=False)
        assert fresh(cast.teammate).has_restricted, "the mark stays"


class TestOfficer:
    def test_knows_that_it_exists_and_reads_it_by_a_request(self, restricted: Scene) -> None:
        officer = fresh(restricted.cast.officer)
        client = signed_in(officer)
        assert restricted.family.reference in client.get(reverse("decisions:restricted")).content.decode()
        decision = restricted.recorded.public_id
        assert client.get(reverse("rights:read", args=[restricted.ordered.public_id, decision])).status_code == 200
        assert client.get(reverse("decisions:who_looked", args=[decision])).status_code == 200
        home = client.get(reverse("home")).content.decode()
        assert "Name somebody who can review a restricted record" in home
        assert restricted.family.reference in home

    def test_takes_no_evidence_of_it_and_none_of_the_whole_log_alone(self, restricted: Scene) -> None:
        officer = fresh(restricted.cast.officer)
        for what, record in (("decision", restricted.recorded.reference), ("family", restricted.family.reference)):
            with pytest.raises(ValidationError, match="request that names it"):
                asked_for(restricted.cast, what, record)
        wanted = Wanted(officer.organisation_id, "log")
        assert needs_second(wanted, Counts(1, 1, 1, 1, 1), officer)

    def test_whoever_looks_after_the_log_makes_its_file_which_has_no_word_of_it(self, restricted: Scene) -> None:
        path = reverse("administration:ledger_export")
        for user in (restricted.cast.administrator, restricted.cast.officer):
            answer = signed_in(fresh(user)).post(path, {"format": "csv"})
            assert isinstance(answer, StreamingHttpResponse)
            text = b"".join(answer).decode()
            assert not [word for word in (restricted.family.name, restricted.recorded.why_now) if word in text]
        page = signed_in(fresh(restricted.cast.administrator)).get(reverse("administration:ledger")).content.decode()
        assert path in page
        assert restricted.family.reference not in page

    def test_no_number_counts_it(self, restricted: Scene) -> None:
        team = restricted.cast.team.pk
        before = awaiting_review_in([team], restricted.cast.administrator)[team]
        actions.lift_restriction(
            restriction=restricted.family.restrictions.get(), why="It is over", by=fresh(restricted.cast.officer),
            at=timezone.now(),
        )  # fmt: skip
        assert awaiting_review_in([team], restricted.cast.administrator)[team] > before


class TestPages:
    def test_from_restricting_to_opening_again(self, undone: Scene) -> None:
        cast, family = undone.cast, undone.family
        client = signed_in(fresh(cast.supervisor))
        address = f"{reverse('decisions:restrict')}?record={family.reference}"
        page = client.post(address, {}).content.decode()
        assert all(words in page for words in ("Choose who may read it", "Enter why it is restricted"))
        named = [str(cast.practitioner.public_id), str(cast.supervisor.public_id)]
        both = client.post(address, {"why": "Her aunt works here", "people": named, "concerned": named[0]})
        assert "cannot be named to read it" in both.content.decode()
        made = client.post(address, {"why": "Her aunt works here", "people": named}, follow=True).content.decode()
        assert "Nobody named can review it" not in made
        row = family.restrictions.get()
        path = reverse("decisions:restricted_record", args=[row.public_id])
        assert "Choose who else may read it" in client.post(path, {}).content.decode()
        client.post(path, {"person": str(cast.teammate.public_id)})
        reader = row.readers.get(user=cast.teammate)
        remove = reverse("decisions:restricted_remove", args=[row.public_id, reader.public_id])
        assert "Enter why they may no longer" in client.post(remove, {}).content.decode()
        client.post(remove, {"why": "He has moved to another team"})
        assert family.pk in fresh(cast.teammate).closed_families
        lift = reverse("decisions:restricted_lift", args=[row.public_id])
        assert "in your own words" in client.post(lift, {"why": "n/a"}).content.decode()
        client.post(lift, {"why": "The aunt has left"})
        assert not family.restrictions.filter(lifted=None).exists()

    def test_a_reference_that_is_not_theirs_is_as_one_that_is_none(self, restricted: Scene) -> None:
        client = signed_in(fresh(restricted.cast.supervisor))
        for reference in (restricted.family.reference, restricted.recorded.reference, "F-000000"):
            page = client.get(reverse("decisions:restrict"), {"record": reference})
            assert page.status_code == 422
            assert "no record that you may restrict has it" in page.content.decode()
