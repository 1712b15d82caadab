"""A concern about somebody who works here is for named people before a word of it is written."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from decisions.models import Decision, Restriction
from drafting import actions
from drafting.pages.outcome import OutcomeForm
from families.actions import register_family
from retention.due import due_records
from tests.cast import Cast, make_cast
from tests.retention.scene import confirmed
from tests.test_access_matrix import signed_in

pytestmark = pytest.mark.sqlite


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def start(cast: Cast, *people: User, concerned: User | None = None, by: User | None = None) -> Decision:
    return actions.start_staff_concern(
        team=cast.team, name="Sports hall", people=people or [cast.supervisor], concerned=concerned,
        submission_id=None, by=fresh(by or cast.practitioner), at=timezone.now(),
    )  # fmt: skip


def test_only_its_author_and_whom_they_chose_find_it(cast: Cast) -> None:
    draft = start(cast, cast.supervisor)
    family = draft.decision_families.get().family
    for user, finds in ((cast.practitioner, True), (cast.supervisor, True), (cast.teammate, False)):
        assert (family.pk not in fresh(user).closed_families) is finds
        assert (draft.pk not in fresh(user).closed_decisions) is finds
        page = signed_in(fresh(user)).get(reverse("families:detail", args=[family.public_id]))
        assert (page.status_code == 200) is finds


def test_whom_it_is_about_finds_nothing_whatever_their_role(cast: Cast) -> None:
    for concerned in (cast.supervisor, cast.officer):
        draft = start(cast, cast.teammate, concerned=concerned)
        assert draft.pk in fresh(concerned).conflict_decisions
        assert draft.pk in fresh(concerned).decisions_closed_on_duty
    client = signed_in(fresh(cast.officer))
    row = Restriction.objects.latest("pk")
    assert str(row.public_id) not in client.get(reverse("decisions:restricted")).content.decode()


def test_whom_it_is_about_is_not_named(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        start(cast, cast.teammate, concerned=cast.teammate)
    assert not Decision.objects.filter(about_staff=True).exists(), "nothing of it is left for others to find"


def test_only_who_starts_decisions(cast: Cast) -> None:
    for by in (cast.supervisor, cast.officer, cast.stranger.practitioner):
        with pytest.raises(PermissionDenied):
            start(cast, by=by)


def test_on_its_page(cast: Cast) -> None:
    client, path = signed_in(cast.practitioner), reverse("drafting:staff_concern")
    page = client.post(path, {}).content.decode()
    assert all(words in page for words in ("Enter what you call this concern", "Choose who else may read it"))
    people = [str(cast.supervisor.public_id)]
    chosen = {"name": "Sports hall", "people": people, "team": str(cast.team.public_id)}
    about = client.post(path, {**chosen, "concerned": people[0]})
    assert about.status_code == 422
    assert "cannot be named to read it" in about.content.decode()
    draft_page = client.post(path, chosen, follow=True).content.decode()
    assert "LADO" in draft_page
    draft = Decision.objects.get(about_staff=True)
    for decision, asked in ((draft, True), (Decision(organisation=cast.organisation), False)):
        form = OutcomeForm(instance=decision, deciders=[], late=lambda _: "")
        assert ("lado_not_informed" in form.fields) is asked


def test_a_draft_that_is_deleted_takes_its_names_with_it(cast: Cast) -> None:
    draft = start(cast)
    actions.discard(decision=draft, by=fresh(cast.practitioner), at=timezone.now())
    assert not Decision.objects.filter(about_staff=True).exists()


def test_it_is_kept_as_long_as_somebody_works(cast: Cast) -> None:
    """Counted for the longest: as if whoever it is about were 18."""
    draft = start(cast)
    actions.discard(decision=draft, by=fresh(cast.practitioner), at=timezone.now())
    other = register_family(name="Ashdown", teams=[cast.team], by=fresh(cast.practitioner), at=timezone.now())
    confirmed(cast.officer, "family")
    today = timezone.localdate()
    for years, due in ((34, []), (36, [other.name]), (51, ["Ashdown", "Sports hall"])):
        found = due_records(fresh(cast.officer), today + timedelta(days=366 * years))
        assert sorted(row.row.name for row in found) == due
