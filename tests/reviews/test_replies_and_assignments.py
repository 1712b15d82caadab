"""What an author answers, and who is asked to give the next review."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils import timezone

from accounts.actions import add_cover, add_membership, deactivate, end_membership
from accounts.models import User
from accounts.roles import Role
from audit.models import LedgerEntry
from audit.verification import verify
from decisions.models import Decision
from reviews.actions import AlreadyReviewed, AlreadyWritten, assign, reply
from reviews.models import Assignment, Reply, Review, ReviewOutcome
from reviews.queries import (
    assigned_among,
    awaiting_review_by,
    may_review,
    questions_for,
    reviews_of,
)
from reviews.queue_pages import own_or_nobodys
from tests.decisions.cases import Case, plain
from tests.reviews.people import HOUR, answer, give, supervisors

A, W, R, D = ReviewOutcome.AGREED, ReviewOutcome.AGREED_WITH_ADVICE, ReviewOutcome.RETURNED, ReviewOutcome.DISAGREED


def question(case: Case) -> Review:
    return give(case.decision, case.cast.supervisor, R, 1, case.at, "Who was with him?")


class TestReply:
    def test_stands_beside_the_review_and_opens_the_next_round(self, closed: Case) -> None:
        before = list(plain(Decision).filter(pk=closed.decision.pk).values())
        asked = question(closed)
        assert not awaiting_review_by(closed.cast.supervisor)
        made = answer(asked, closed.at + HOUR)
        assert (made.author, made.author_name, made.review) == (closed.cast.practitioner, "Asha Verrall", asked)
        assert list(awaiting_review_by(closed.cast.supervisor)) == [closed.decision]
        assert list(plain(Decision).filter(pk=closed.decision.pk).values()) == before
        give(closed.decision, closed.cast.supervisor, A, 2, closed.at + 2 * HOUR)
        assert [one.outcome for one in reviews_of(closed.decision)] == [R, A]

    def test_is_entered(self, closed: Case) -> None:
        answer(question(closed), closed.at + HOUR)
        chain = LedgerEntry.objects.filter(organisation=closed.cast.organisation.pk).order_by("-seq")
        assert (chain[0].event, chain[0].additional_data) == ("decision.replied", {"round": 1})
        assert (chain[1].event, chain[1].subject) == ("created", "reviews.reply")
        assert chain[1].object_repr.startswith(closed.decision.reference)
        assert verify().sound

    def test_the_same_again_is_the_one_that_stands(self, closed: Case) -> None:
        asked = question(closed)
        first = answer(asked, closed.at)
        count = LedgerEntry.objects.count()
        assert answer(asked, closed.at + HOUR) == first
        assert LedgerEntry.objects.count() == count

    def test_another_one_comes_too_late(self, closed: Case) -> None:
        asked = question(closed)
        answer(asked, closed.at)
        with pytest.raises(AlreadyWritten):
            answer(asked, closed.at, "On second thoughts, the head was.")
        assert Reply.objects.get().text == "The class teacher was."

    @pytest.mark.parametrize("outcome", [W, D])
    def test_to_advice_and_to_disagreement(self, closed: Case, outcome: str) -> None:
        answer(give(closed.decision, closed.cast.supervisor, outcome, 1, closed.at), closed.at, "Thank you.")
        assert Reply.objects.get().review.outcome == outcome

    def test_not_to_agreement(self, closed: Case) -> None:
        with pytest.raises(Http404):
            answer(give(closed.decision, closed.cast.supervisor, A, 1, closed.at), closed.at)

    @pytest.mark.parametrize("who", ["teammate", "other_team", "supervisor"])
    def test_nobody_else_replies(self, closed: Case, who: str) -> None:
        asked = question(closed)
        with pytest.raises((Http404, PermissionDenied)):
            reply(review=asked, text="I know.", by=getattr(closed.cast, who), at=closed.at)
        assert not Reply.objects.exists()

    @pytest.mark.parametrize("who", ["administrator", "officer"])
    def test_offices_may_not(self, closed: Case, who: str) -> None:
        with pytest.raises(PermissionDenied):
            reply(review=question(closed), text="I know.", by=getattr(closed.cast, who), at=closed.at)

    def test_next_door_knows_nothing_of_it(self, closed: Case) -> None:
        with pytest.raises(Http404):
            reply(review=question(closed), text="I know.", by=closed.cast.stranger.practitioner, at=closed.at)

    def test_somebody_who_left_does_not(self, closed: Case) -> None:
        asked = question(closed)
        deactivate(user=closed.cast.practitioner, by=closed.cast.administrator, at=closed.at)
        with pytest.raises(PermissionDenied):
            answer(asked, closed.at)

    def test_questions_wait_for_their_author_alone(self, closed: Case) -> None:
        asked = question(closed)
        cast = closed.cast
        assert list(questions_for(cast.practitioner)) == [asked]
        for user in (cast.teammate, cast.supervisor, cast.administrator, cast.stranger.practitioner):
            assert not questions_for(user)
        answer(asked, closed.at)
        assert not questions_for(cast.practitioner)


class TestRounds:
    def test_a_late_review_does_not_slip_into_the_next_round(self, closed: Case) -> None:
        """Their page showed round 1; by now it is round 2."""
        other, *_ = supervisors(closed.cast, 1)
        give(closed.decision, closed.cast.supervisor, D, 1, closed.at)
        with pytest.raises(AlreadyReviewed):
            give(closed.decision, other, A, 1, closed.at)
        give(closed.decision, other, A, 2, closed.at)

    def test_who_disagreed_gives_no_further_review(self, closed: Case) -> None:
        give(closed.decision, closed.cast.supervisor, D, 1, closed.at)
        with pytest.raises(PermissionDenied):
            give(closed.decision, closed.cast.supervisor, A, 2, closed.at)
        assert not awaiting_review_by(closed.cast.supervisor)

    @pytest.mark.parametrize("number", [0, -1, 2, 3, 99])
    def test_a_round_that_is_not_open(self, closed: Case, number: int) -> None:
        with pytest.raises(Http404):
            give(closed.decision, closed.cast.supervisor, A, number, closed.at)

    @pytest.mark.parametrize("outcome", [A, W, R])
    def test_none_after_the_last_or_while_a_question_waits(self, closed: Case, outcome: str) -> None:
        other, *_ = supervisors(closed.cast, 1)
        give(closed.decision, closed.cast.supervisor, outcome, 1, closed.at)
        with pytest.raises(Http404):
            give(closed.decision, other, A, 2, closed.at)

    def test_all_reviews_stand(self, closed: Case) -> None:
        second, third = supervisors(closed.cast, 2)
        give(closed.decision, closed.cast.supervisor, D, 1, closed.at, "I would have waited.")
        answer(give(closed.decision, second, R, 2, closed.at, "Why at once?"), closed.at)
        give(closed.decision, third, A, 3, closed.at)
        said = [(one.round, one.outcome, one.reviewer_name) for one in reviews_of(closed.decision)]
        assert said == [(1, D, "Dilan Marsh"), (2, R, "Nell Ashby"), (3, A, "Otto Brand")]

    def test_cover_reviews(self, closed: Case) -> None:
        """Somebody who supervises the other team, and covers this one today."""
        cast = closed.cast
        [helper] = supervisors(cast, 1, team=cast.other_team_row)
        today = timezone.localdate()
        assert not awaiting_review_by(helper)
        add_cover(
            team=cast.team, user=helper, starts_on=today, ends_on=today, why="out_of_hours", by=cast.administrator,
            at=closed.at,
        )  # fmt: skip
        helper = User.objects.get(pk=helper.pk)
        assert list(awaiting_review_by(helper)) == [closed.decision]
        assert Decision.objects.visible_to(helper).filter(pk=closed.decision.pk).exists()
        give(closed.decision, helper, A, 1, closed.at)

    def test_cover_that_is_over_does_not(self, closed: Case) -> None:
        cast = closed.cast
        [helper] = supervisors(cast, 1, team=cast.other_team_row)
        with pytest.raises(Http404):
            give(closed.decision, helper, A, 1, closed.at)


class TestAssignment:
    def asked_of(self, case: Case) -> User | None:
        row = Decision.objects.prefetch_related("reviews", "assignments").get(pk=case.decision.pk)
        return assigned_among([row], timezone.localdate()).get(row.pk)

    def hand(self, case: Case, to: User, by: User | None = None) -> Assignment:
        return assign(
            decision=case.decision, to=to, reason="I am away from Monday", by=by or case.cast.supervisor, at=case.at
        )

    def test_the_latest_counts(self, closed: Case) -> None:
        [other] = supervisors(closed.cast, 1)
        assert self.asked_of(closed) is None
        self.hand(closed, other)
        assert self.asked_of(closed) == other
        self.hand(closed, closed.cast.supervisor, by=other)
        assert self.asked_of(closed) == closed.cast.supervisor

    def test_it_is_entered(self, closed: Case) -> None:
        [other] = supervisors(closed.cast, 1)
        self.hand(closed, other)
        entry = LedgerEntry.objects.filter(organisation=closed.cast.organisation.pk).order_by("-seq")[0]
        assert (entry.event, entry.additional_data) == ("decision.assigned", {"reviewer": other.pk})

    def test_it_locks_nobody_out(self, closed: Case) -> None:
        [other] = supervisors(closed.cast, 1)
        self.hand(closed, other)
        give(closed.decision, closed.cast.supervisor, A, 1, closed.at)

    def test_mine_and_nobodys(self, closed: Case) -> None:
        [other] = supervisors(closed.cast, 1)
        today = timezone.localdate()
        assert own_or_nobodys(closed.cast.supervisor, today, 5) == [closed.decision.pk]
        self.hand(closed, other)
        assert own_or_nobodys(closed.cast.supervisor, today, 5) == []
        assert own_or_nobodys(other, today, 5) == [closed.decision.pk]

    def test_back_to_all_when_they_leave(self, closed: Case) -> None:
        [other] = supervisors(closed.cast, 1)
        self.hand(closed, other)
        deactivate(user=other, by=closed.cast.administrator, at=closed.at)
        assert self.asked_of(closed) is None
        assert own_or_nobodys(closed.cast.supervisor, timezone.localdate(), 5) == [closed.decision.pk]

    def test_back_to_all_when_they_no_longer_supervise(self, closed: Case) -> None:
        [other] = supervisors(closed.cast, 1)
        self.hand(closed, other)
        end_membership(membership=other.memberships.get(), by=closed.cast.administrator, at=closed.at)
        assert self.asked_of(closed) is None

    def test_back_to_all_while_they_are_away(self, closed: Case) -> None:
        cast = closed.cast
        [other] = supervisors(cast, 1)
        self.hand(closed, other)
        today = timezone.localdate()
        add_cover(
            team=cast.team, user=cast.supervisor, instead_of=other, starts_on=today, ends_on=today, why="away",
            by=cast.administrator, at=closed.at,
        )  # fmt: skip
        assert self.asked_of(closed) is None
        row = Decision.objects.prefetch_related("reviews", "assignments").get(pk=closed.decision.pk)
        assert assigned_among([row], today + timedelta(days=1)) == {row.pk: other}

    def test_back_to_all_when_they_have_disagreed(self, closed: Case) -> None:
        [other] = supervisors(closed.cast, 1)
        self.hand(closed, other)
        give(closed.decision, other, D, 1, closed.at)
        assert self.asked_of(closed) is None

    def test_who_disagreed_may_name_the_next(self, closed: Case) -> None:
        [other] = supervisors(closed.cast, 1)
        give(closed.decision, closed.cast.supervisor, D, 1, closed.at)
        self.hand(closed, other)
        with pytest.raises(ValidationError, match="from the list"):
            self.hand(closed, closed.cast.supervisor)

    @pytest.mark.parametrize("who", ["practitioner", "teammate", "other_team", "administrator"])
    def test_only_to_somebody_who_may_review(self, closed: Case, who: str) -> None:
        with pytest.raises(ValidationError) as refused:
            self.hand(closed, getattr(closed.cast, who))
        assert list(refused.value.message_dict) == ["to"]

    def test_not_next_door(self, closed: Case) -> None:
        with pytest.raises(ValidationError):
            self.hand(closed, closed.cast.stranger.supervisor)
        with pytest.raises(Http404):
            self.hand(closed, closed.cast.supervisor, by=closed.cast.stranger.supervisor)

    @pytest.mark.parametrize("outcome", [A, R])
    def test_only_while_it_waits(self, closed: Case, outcome: str) -> None:
        give(closed.decision, closed.cast.supervisor, outcome, 1, closed.at)
        with pytest.raises(ValidationError, match="not waiting"):
            self.hand(closed, closed.cast.supervisor)

    def test_the_author_chooses_no_reviewer(self, closed: Case) -> None:
        cast = closed.cast
        add_membership(
            user=cast.practitioner, team=cast.team, role=Role.SUPERVISOR, by=cast.administrator, at=closed.at
        )
        with pytest.raises(PermissionDenied):
            self.hand(closed, cast.supervisor, by=User.objects.get(pk=cast.practitioner.pk))

    @pytest.mark.parametrize("who", ["practitioner", "teammate", "administrator", "officer"])
    def test_only_supervisors_assign(self, closed: Case, who: str) -> None:
        with pytest.raises(PermissionDenied):
            self.hand(closed, closed.cast.supervisor, by=getattr(closed.cast, who))

    def test_those_offered_leave_out_the_author(self, closed: Case) -> None:
        cast = closed.cast
        add_membership(
            user=cast.practitioner, team=cast.team, role=Role.SUPERVISOR, by=cast.administrator, at=closed.at
        )
        assert may_review(closed.decision, timezone.localdate()) == [cast.supervisor]
