"""Starting a draft: in one's own team, about a family one works with, once."""

from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Team, User
from audit.models import LedgerEntry
from decisions.models import Decision
from drafting import actions
from families.models import Family
from safeguarding.demo import stories
from tests.decisions.cases import Case, plain
from tests.drafting.households import household


def entries(case: Case) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(organisation=case.cast.organisation.pk).order_by("seq"))


def start(
    case: Case, *, team: Team | None = None, family: Family | None = None, by: User | None = None,
    submission_id: UUID | None = None,
) -> Decision:  # fmt: skip
    return actions.start(
        entry_route="DECIDING", team=team or case.cast.team, family=family or case.family,
        by=by or case.cast.practitioner, at=case.at, submission_id=submission_id,
    )  # fmt: skip


def test_a_draft_is_started(complete: Case) -> None:
    draft = start(complete, family=complete.family)
    assert (draft.state, draft.author, draft.started_at) == ("draft", complete.cast.practitioner, complete.at)
    assert [row.reference for row in draft.decision_families.all()] == [complete.family.reference]
    entry = entries(complete)[-1]
    assert (entry.event, entry.additional_data) == ("decision.started", {"entry_route": "DECIDING"})
    assert entry.object_repr == draft.reference


def test_the_same_page_sent_twice_starts_one_draft(complete: Case) -> None:
    submission_id = uuid4()
    first = start(complete, submission_id=submission_id)
    count = LedgerEntry.objects.count()
    assert start(complete, submission_id=submission_id) == first
    assert LedgerEntry.objects.count() == count


def test_the_same_page_sent_again_for_another_family_starts_another(complete: Case) -> None:
    submission_id = uuid4()
    other = household(stories.FEAR_PEOPLE, team=complete.cast.team, by=complete.cast.practitioner, at=complete.at)
    assert start(complete, submission_id=submission_id) != start(complete, submission_id=submission_id, family=other)


def test_the_page_of_a_decision_recorded_since_starts_another(complete: Case) -> None:
    actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    again = start(complete, submission_id=complete.decision.public_id)
    assert again.is_draft
    assert again.public_id != complete.decision.public_id


def test_somebody_else_s_number_is_not_used(complete: Case) -> None:
    theirs = start(complete, by=complete.cast.teammate, submission_id=complete.decision.public_id)
    assert theirs != complete.decision
    assert theirs.author == complete.cast.teammate


@pytest.mark.parametrize("team", ["other_team_row", "stranger"])
def test_a_draft_starts_in_ones_own_team(complete: Case, team: str) -> None:
    place = complete.cast.stranger.team if team == "stranger" else complete.cast.other_team_row
    count = LedgerEntry.objects.count()
    with pytest.raises(PermissionDenied):
        start(complete, team=place)
    assert LedgerEntry.objects.count() == count


def test_a_draft_does_not_start_in_a_closed_team(complete: Case) -> None:
    plain(Team).filter(pk=complete.cast.team.pk).update(closed=True)
    with pytest.raises(PermissionDenied):
        start(complete, team=Team.objects.get(pk=complete.cast.team.pk))


def test_a_draft_is_not_about_a_family_one_may_not_see(complete: Case) -> None:
    cast = complete.cast
    theirs = household(stories.FEAR_PEOPLE, team=cast.other_team_row, by=cast.other_team, at=complete.at)
    elsewhere = household(stories.FEAR_PEOPLE, team=cast.stranger.team, by=cast.stranger.practitioner, at=complete.at)
    for family in (theirs, elsewhere):
        with pytest.raises(PermissionDenied):
            start(complete, family=family)


@pytest.mark.parametrize("who", ["supervisor", "administrator", "officer"])
def test_only_practitioners_start_one(complete: Case, who: str) -> None:
    with pytest.raises(PermissionDenied):
        start(complete, by=getattr(complete.cast, who))


def follow(case: Case, by: User, team: Team) -> Decision:
    family = household(stories.FEAR_PEOPLE, team=team, by=by, at=case.at)
    return actions.start(
        entry_route="DECIDING", team=team, family=family, by=by, at=case.at, supersedes=case.decision
    )  # fmt: skip


def test_a_draft_follows_only_a_decision_one_may_see(complete: Case) -> None:
    cast, there = complete.cast, complete.cast.stranger
    with pytest.raises(PermissionDenied):
        follow(complete, cast.practitioner, cast.team)
    actions.record(decision=complete.decision, by=cast.practitioner, at=complete.at)
    for by, team in ((there.practitioner, there.team), (cast.other_team, cast.other_team_row)):
        with pytest.raises(PermissionDenied):
            follow(complete, by, team)
    assert follow(complete, cast.teammate, cast.team).supersedes == complete.decision
