"""A review: a supervisor's, on somebody else's recorded decision, once, and for good."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import Membership, User
from accounts.roles import Role
from audit import chain
from audit.models import LedgerEntry
from audit.verification import verify
from decisions.models import Decision
from reviews.actions import AlreadyReviewed, record_review
from reviews.models import Review, ReviewOutcome
from tests.decisions.cases import Case, plain, twin_of


def give(case: Case, *, by: User | None = None, outcome: str = ReviewOutcome.AGREED, comment: str = "") -> Review:
    return record_review(
        decision=case.decision, outcome=outcome, comment=comment, by=by or case.cast.supervisor,
        at=case.at + timedelta(days=1),
    )  # fmt: skip


def test_a_review_stands_beside_the_decision(closed: Case) -> None:
    before = list(plain(Decision).filter(pk=closed.decision.pk).values())
    review = give(closed, outcome=ReviewOutcome.DISAGREED, comment="The police should have been told first.")
    assert (review.reviewer, review.reviewer_name) == (closed.cast.supervisor, "Dilan Marsh")
    assert (review.decision, review.given_at) == (closed.decision, closed.at + timedelta(days=1))
    assert list(plain(Decision).filter(pk=closed.decision.pk).values()) == before


def test_a_review_is_entered(closed: Case) -> None:
    give(closed, outcome=ReviewOutcome.RETURNED, comment="Who was with him until he was collected?")
    chain = LedgerEntry.objects.filter(organisation=closed.cast.organisation.pk)
    reviewed, created = chain.order_by("-seq")[:2]
    assert (reviewed.event, reviewed.additional_data) == ("decision.reviewed", {"outcome": "RETURNED", "round": 1})
    assert (created.event, created.subject) == ("created", "reviews.review")
    assert created.changes["comment"][1].startswith("Who was with him")
    assert created.actor_id == closed.cast.supervisor.pk
    assert created.object_repr.startswith(closed.decision.reference)
    assert verify().sound


def test_a_second_review_comes_too_late(closed: Case) -> None:
    first = give(closed)
    count = LedgerEntry.objects.count()
    for again in (closed.cast.supervisor, another_supervisor(closed)):
        with pytest.raises(AlreadyReviewed):
            give(closed, by=again, outcome=ReviewOutcome.DISAGREED, comment="On second thoughts")
    assert list(Review.objects.filter(decision=closed.decision)) == [first]
    assert LedgerEntry.objects.count() == count


def test_the_same_again_is_the_one_that_stands(closed: Case) -> None:
    first = give(closed, outcome=ReviewOutcome.DISAGREED, comment="Why not wait?")
    count = LedgerEntry.objects.count()
    assert give(closed, outcome=ReviewOutcome.DISAGREED, comment="Why not wait?") == first
    assert LedgerEntry.objects.count() == count
    for by, outcome, comment in (
        (closed.cast.supervisor, ReviewOutcome.DISAGREED, "Why not?"),
        (closed.cast.supervisor, ReviewOutcome.RETURNED, "Why not wait?"),
        (another_supervisor(closed), ReviewOutcome.DISAGREED, "Why not wait?"),
    ):
        with pytest.raises(AlreadyReviewed):
            give(closed, by=by, outcome=outcome, comment=comment)


def another_supervisor(case: Case) -> User:
    """Who decides in the other team, placed with this one for once."""
    cast = case.cast
    plain(Membership).bulk_create(
        [Membership(organisation=cast.organisation, user=cast.other_team, team=cast.team, role=Role.SUPERVISOR)]
    )
    return User.objects.get(pk=cast.other_team.pk)


def test_nobody_reviews_their_own(closed: Case) -> None:
    cast = closed.cast
    plain(Membership).bulk_create(
        [Membership(organisation=cast.organisation, user=cast.practitioner, team=cast.team, role=Role.SUPERVISOR)]
    )
    with pytest.raises(PermissionDenied):
        give(closed, by=User.objects.get(pk=cast.practitioner.pk))
    assert not Review.objects.exists()


def test_a_draft_is_not_reviewed(closed: Case) -> None:
    draft = twin_of(closed.decision)
    with pytest.raises(Http404):
        record_review(decision=draft, outcome="AGREED", comment="", by=closed.cast.supervisor, at=closed.at)


@pytest.mark.parametrize("who", ["practitioner", "teammate", "other_team", "administrator", "officer"])
def test_only_supervisors_give_reviews(closed: Case, who: str) -> None:
    with pytest.raises(PermissionDenied):
        give(closed, by=getattr(closed.cast, who))


def test_another_organisation_knows_nothing_of_it(closed: Case) -> None:
    with pytest.raises(Http404):
        give(closed, by=closed.cast.stranger.supervisor)


def test_a_supervisor_of_another_team_knows_nothing_of_it(closed: Case) -> None:
    cast = closed.cast
    plain(Membership).filter(user=cast.supervisor).update(team=cast.other_team_row)
    with pytest.raises(Http404):
        give(closed, by=User.objects.get(pk=cast.supervisor.pk))


def test_a_practitioner_s_place_in_the_team_is_not_enough(closed: Case) -> None:
    """Supervisor of one team, practitioner of another: only the first team's decisions are theirs to review."""
    cast = closed.cast
    plain(Membership).filter(user=cast.supervisor).update(team=cast.other_team_row)
    plain(Membership).bulk_create(
        [Membership(organisation=cast.organisation, user=cast.supervisor, team=cast.team, role=Role.PRACTITIONER)]
    )
    with pytest.raises(Http404):
        give(closed, by=User.objects.get(pk=cast.supervisor.pk))


def test_without_the_ledger_there_is_no_review(closed: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_entries: object) -> None:
        raise OSError("no room for the ledger")

    with monkeypatch.context() as patch:
        patch.setattr(chain, "link", full)
        with pytest.raises(OSError, match="no room"):
            give(closed)
    assert not Review.objects.exists()
    assert verify().sound
