"""Rounds out of turn, replies and second looks that are not the author's: refused by SQL too, on both engines."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.http import Http404

from audit import ledger
from audit.triggers import unique_keys
from reviews.actions import add_second_look, assign
from reviews.models import Assignment, Reply, Review, ReviewOutcome, SecondLook
from tests.decisions.cases import Case, columns, copy, plain, refused, sql, twin_of
from tests.decisions.test_triggers_closed import insert, other_value
from tests.reviews.people import answer, give, supervisors
from tests.reviews.test_triggers import review

BLANKS = ["", "  ", "\u00a0", "...", "\u200b"]


def reply_row(case: Case, to: Review, **changed: Any) -> Reply:
    row = Reply(
        organisation=case.cast.organisation, review=to, author=case.cast.practitioner, author_name="Asha Verrall",
        text="The class teacher was.", written_at=case.at,
    )  # fmt: skip
    for name, value in changed.items():
        setattr(row, name, value)
    return row


def look_row(case: Case, **changed: Any) -> SecondLook:
    row = SecondLook(
        organisation=case.cast.organisation, decision=case.decision, author=case.cast.practitioner,
        author_name="Asha Verrall", text="I would ring sooner.", written_at=case.at,
    )  # fmt: skip
    for name, value in changed.items():
        setattr(row, name, value)
    return row


def assignment_row(case: Case, **changed: Any) -> Assignment:
    row = Assignment(
        organisation=case.cast.organisation, decision=case.decision, reviewer=case.cast.supervisor,
        assigned_by=case.cast.supervisor, at=case.at,
    )  # fmt: skip
    for name, value in changed.items():
        setattr(row, name, value)
    return row


def next_one(case: Case, number: int, **changed: Any) -> Review:
    return review(case, round=number, **changed)


class TestRounds:
    @pytest.mark.parametrize("number", [0, 2, 7])
    def test_the_first_is_round_one(self, closed: Case, number: int) -> None:
        with refused("review rounds are numbered in order"):
            insert(next_one(closed, number))

    @pytest.mark.parametrize("number", [3, 4])
    def test_none_is_left_out(self, closed: Case, number: int) -> None:
        other, *_ = supervisors(closed.cast, 1)
        give(closed.decision, closed.cast.supervisor, ReviewOutcome.DISAGREED, 1, closed.at)
        with refused("review rounds are numbered in order"):
            insert(next_one(closed, number, reviewer=other))

    def test_one_a_round(self, closed: Case) -> None:
        other, *_ = supervisors(closed.cast, 1)
        give(closed.decision, closed.cast.supervisor, ReviewOutcome.DISAGREED, 1, closed.at)
        with refused("UNIQUE|review_once_a_round|is append-only"):
            insert(next_one(closed, 1, reviewer=other))

    @pytest.mark.parametrize("outcome", [ReviewOutcome.AGREED, ReviewOutcome.AGREED_WITH_ADVICE])
    def test_none_after_agreement(self, closed: Case, outcome: str) -> None:
        other, *_ = supervisors(closed.cast, 1)
        give(closed.decision, closed.cast.supervisor, outcome, 1, closed.at)
        with refused("the review of this decision is complete"):
            insert(next_one(closed, 2, reviewer=other))

    def test_none_after_a_second_disagreement(self, closed: Case) -> None:
        second, third = supervisors(closed.cast, 2)
        give(closed.decision, closed.cast.supervisor, ReviewOutcome.DISAGREED, 1, closed.at)
        give(closed.decision, second, ReviewOutcome.DISAGREED, 2, closed.at)
        with refused("the review of this decision is complete"):
            insert(next_one(closed, 3, reviewer=third))

    def test_none_while_a_question_waits(self, closed: Case) -> None:
        asked = give(closed.decision, closed.cast.supervisor, ReviewOutcome.RETURNED, 1, closed.at)
        with refused("a request for clarification has no reply yet"):
            insert(next_one(closed, 2))
        answer(asked, closed.at)
        insert(next_one(closed, 2))
        assert Review.objects.filter(decision=closed.decision).count() == 2

    def test_not_the_same_person_after_their_disagreement(self, closed: Case) -> None:
        other, *_ = supervisors(closed.cast, 1)
        give(closed.decision, closed.cast.supervisor, ReviewOutcome.DISAGREED, 1, closed.at)
        with refused("after a disagreement another supervisor reviews"):
            insert(next_one(closed, 2))
        insert(next_one(closed, 2, reviewer=other))

    def test_not_who_asked_before_the_disagreement(self, closed: Case) -> None:
        """They have had their say, and somebody else's disagreement asks for eyes that have not."""
        second, third = supervisors(closed.cast, 2)
        answer(give(closed.decision, closed.cast.supervisor, ReviewOutcome.RETURNED, 1, closed.at), closed.at)
        give(closed.decision, second, ReviewOutcome.DISAGREED, 2, closed.at)
        with refused("after a disagreement another supervisor reviews"):
            insert(next_one(closed, 3))
        insert(next_one(closed, 3, reviewer=third))

    def test_the_same_person_may_go_on_after_their_question(self, closed: Case) -> None:
        answer(give(closed.decision, closed.cast.supervisor, ReviewOutcome.RETURNED, 1, closed.at), closed.at)
        insert(next_one(closed, 2))

    @pytest.mark.parametrize("comment", BLANKS)
    def test_later_rounds_say_why_too(self, closed: Case, comment: str) -> None:
        other, *_ = supervisors(closed.cast, 1)
        give(closed.decision, closed.cast.supervisor, ReviewOutcome.DISAGREED, 1, closed.at)
        with refused("a review needs a reason|review_has_a_reason"):
            insert(next_one(closed, 2, reviewer=other, outcome=ReviewOutcome.RETURNED, comment=comment))

    def test_nobody_reviews_their_own_in_a_later_round(self, closed: Case) -> None:
        give(closed.decision, closed.cast.supervisor, ReviewOutcome.DISAGREED, 1, closed.at)
        with refused("nobody reviews a decision of their own"):
            insert(next_one(closed, 2, reviewer=closed.cast.practitioner))


class TestReplies:
    @pytest.fixture
    def asked(self, closed: Case) -> Review:
        return give(closed.decision, closed.cast.supervisor, ReviewOutcome.RETURNED, 1, closed.at)

    @pytest.mark.parametrize("who", ["supervisor", "teammate", "administrator"])
    def test_only_the_author_replies(self, closed: Case, asked: Review, who: str) -> None:
        with refused("only the author replies"):
            insert(reply_row(closed, asked, author=getattr(closed.cast, who)))

    def test_within_one_organisation(self, closed: Case, asked: Review) -> None:
        with refused("a reply belongs to one organisation"):
            insert(reply_row(closed, asked, organisation=closed.cast.stranger.organisation))

    @pytest.mark.parametrize("text", BLANKS)
    def test_it_says_something(self, closed: Case, asked: Review, text: str) -> None:
        with refused("a reply needs text"):
            insert(reply_row(closed, asked, text=text))

    def test_agreement_asks_for_none(self, closed: Case) -> None:
        agreed = give(closed.decision, closed.cast.supervisor, ReviewOutcome.AGREED, 1, closed.at)
        with refused("a review that agrees takes no reply"):
            insert(reply_row(closed, agreed))

    def test_one_to_each(self, closed: Case, asked: Review) -> None:
        insert(reply_row(closed, asked))
        with refused("UNIQUE|unique|is append-only"):
            insert(reply_row(closed, asked))

    @pytest.mark.parametrize("outcome", [ReviewOutcome.AGREED_WITH_ADVICE, ReviewOutcome.DISAGREED])
    def test_to_advice_and_disagreement_too(self, closed: Case, outcome: str) -> None:
        insert(reply_row(closed, give(closed.decision, closed.cast.supervisor, outcome, 1, closed.at)))


class TestAssignments:
    def test_nobody_is_asked_to_review_their_own(self, closed: Case) -> None:
        with refused("nobody reviews a decision of their own"):
            insert(assignment_row(closed, reviewer=closed.cast.practitioner))

    @pytest.mark.parametrize("name", ["organisation", "reviewer", "assigned_by"])
    def test_within_one_organisation(self, closed: Case, name: str) -> None:
        there = closed.cast.stranger
        theirs = {"organisation": there.organisation, "reviewer": there.supervisor, "assigned_by": there.supervisor}
        with refused("an assignment belongs to one organisation"):
            insert(assignment_row(closed, **{name: theirs[name]}))

    def test_of_recorded_decisions_only(self, closed: Case) -> None:
        with refused("only a recorded decision can be reviewed"):
            insert(assignment_row(closed, decision=twin_of(closed.decision)))


class TestSecondLooks:
    @pytest.mark.parametrize("who", ["supervisor", "teammate"])
    def test_only_the_authors(self, closed: Case, who: str) -> None:
        with refused("only the author takes a second look"):
            insert(look_row(closed, author=getattr(closed.cast, who)))

    @pytest.mark.parametrize("text", BLANKS)
    def test_it_says_something(self, closed: Case, text: str) -> None:
        with refused("a second look needs text"):
            insert(look_row(closed, text=text))

    def test_of_recorded_decisions_only(self, closed: Case) -> None:
        with refused("only a recorded decision can have a second look"):
            insert(look_row(closed, decision=twin_of(closed.decision)))

    def test_within_one_organisation(self, closed: Case) -> None:
        with refused("a second look belongs to one organisation"):
            insert(look_row(closed, organisation=closed.cast.stranger.organisation))

    def test_one(self, closed: Case) -> None:
        insert(look_row(closed))
        with refused("UNIQUE|unique|is append-only"):
            insert(look_row(closed))


ADDED: tuple[type[models.Model], ...] = (Reply, Assignment, SecondLook)


@pytest.fixture
def added(closed: Case) -> dict[type[models.Model], Any]:
    """One of each, through the actions."""
    cast = closed.cast
    plain_look = plain(SecondLook).bulk_create([look_row(closed)])[0]
    asked = assign(decision=closed.decision, to=cast.supervisor, reason="", by=cast.supervisor, at=closed.at)
    question = give(closed.decision, cast.supervisor, ReviewOutcome.RETURNED, 1, closed.at)
    return {Reply: answer(question, closed.at), Assignment: asked, SecondLook: plain_look}


@pytest.mark.parametrize("model", ADDED, ids=lambda model: model.__name__)
class TestNothingIsChanged:
    def test_no_column(self, added: dict[type[models.Model], Any], model: type[models.Model]) -> None:
        table = model._meta.db_table
        for field in columns(model):
            with refused(f"{table} is append-only"):
                plain(model).filter(pk=added[model].pk).update(**{field.attname: other_value(field)})

    def test_no_row(self, closed: Case, added: dict[type[models.Model], Any], model: type[models.Model]) -> None:
        table = model._meta.db_table
        with refused(f"{table} is append-only"):
            sql(f"DELETE FROM {table}")
        with ledger.recording(actor=closed.cast.practitioner, at=closed.at), refused(f"{table} is append-only"):
            added[model].delete()

    @pytest.mark.sqlite
    def test_nothing_is_replaced(self, added: dict[type[models.Model], Any], model: type[models.Model]) -> None:
        row = added[model]
        for key in sorted(set(unique_keys(model))):
            fresh = copy(row)
            for column in key:
                setattr(fresh, column, getattr(row, column))
            with refused("is append-only"):
                insert(fresh, "INSERT OR REPLACE")


def test_a_second_look_where_somebody_can_review_is_refused_by_the_action(closed: Case) -> None:
    """By SQL it would pass: who may review changes with the day, and the database keeps no calendar."""
    with pytest.raises(Http404):
        add_second_look(
            decision=closed.decision, text="I would ring sooner.", by=closed.cast.practitioner,
            at=closed.at + timedelta(days=9),
        )  # fmt: skip
