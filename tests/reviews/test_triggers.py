"""What the database refuses about reviews, whoever asks it."""

from typing import Any

import pytest

from audit import ledger
from audit.triggers import unique_keys
from decisions.models import Decision
from reviews.actions import record_review
from reviews.models import Review, ReviewOutcome
from tests.decisions.cases import Case, columns, copy, plain, refused, sql, twin_of
from tests.decisions.test_triggers_closed import insert, other_value

NEVER = "reviews_review is append-only"


def review(case: Case, **changed: Any) -> Review:
    row = Review(
        organisation=case.cast.organisation, decision=case.decision, reviewer=case.cast.supervisor,
        reviewer_name="Dilan Marsh", outcome=ReviewOutcome.AGREED, given_at=case.at,
    )  # fmt: skip
    for name, value in changed.items():
        setattr(row, name, value)
    return row


@pytest.fixture
def given(closed: Case) -> Review:
    return record_review(
        decision=closed.decision, outcome="RETURNED", comment="Who collected him?", by=closed.cast.supervisor,
        at=closed.at,
    )  # fmt: skip


def test_nobody_reviews_their_own_by_sql(closed: Case) -> None:
    with refused("nobody reviews a decision of their own"):
        insert(review(closed, reviewer=closed.cast.practitioner))
    with refused("nobody reviews"), ledger.recording(actor=closed.cast.practitioner, at=closed.at):
        review(closed, reviewer=closed.cast.practitioner).save()


def test_a_draft_is_not_reviewed_by_sql(closed: Case) -> None:
    with refused("only a recorded decision can be reviewed"):
        insert(review(closed, decision=twin_of(closed.decision)))


@pytest.mark.parametrize("field", columns(Review), ids=lambda field: field.attname)
def test_no_column_is_ever_changed(given: Review, field: Any) -> None:
    with refused(NEVER):
        plain(Review).filter(pk=given.pk).update(**{field.attname: other_value(field)})
    with refused(NEVER):
        sql(f'UPDATE reviews_review SET "{field.column}" = "{field.column}"')


def test_no_review_is_taken_back(closed: Case, given: Review) -> None:
    with ledger.recording(actor=closed.cast.supervisor, at=closed.at):
        with refused(NEVER):
            given.delete()
        with refused(NEVER):
            given.save()
    with refused(NEVER):
        sql("DELETE FROM reviews_review")
    with refused(f"{NEVER}|recorded decision is closed"):
        plain(Decision).filter(pk=closed.decision.pk)._raw_delete("default")


@pytest.mark.sqlite
@pytest.mark.parametrize("key", sorted(set(unique_keys(Review))))
def test_no_review_is_replaced(given: Review, key: tuple[str, ...]) -> None:
    fresh = copy(given, outcome=ReviewOutcome.AGREED, comment="")
    for column in key:
        setattr(fresh, column, getattr(given, column))
    with refused(NEVER):
        insert(fresh, "INSERT OR REPLACE")


@pytest.mark.postgres
def test_the_table_is_not_emptied(given: Review) -> None:
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with refused("is append-only"):
        sql("TRUNCATE reviews_review CASCADE")


@pytest.mark.parametrize("comment", ["", "  ", "\u00a0", "...", "\u200b"])
@pytest.mark.parametrize("outcome", [ReviewOutcome.AGREED_WITH_ADVICE, ReviewOutcome.RETURNED, ReviewOutcome.DISAGREED])
def test_anything_but_agreement_says_why(closed: Case, outcome: str, comment: str) -> None:
    with refused("a review needs a reason|review_has_a_reason"):
        insert(review(closed, outcome=outcome, comment=comment))


def test_there_is_one_review(closed: Case, given: Review) -> None:
    with refused("a request for clarification has no reply yet|is append-only"):
        insert(review(closed))


@pytest.mark.parametrize("name", ["organisation", "reviewer"])
def test_a_review_belongs_to_one_organisation(closed: Case, name: str) -> None:
    there = closed.cast.stranger
    with refused("a review belongs to one organisation"):
        insert(review(closed, **{name: {"organisation": there.organisation, "reviewer": there.supervisor}[name]}))


def test_a_review_is_one_of_four(closed: Case) -> None:
    with refused("review_outcome_known"):
        insert(review(closed, outcome="PERHAPS", comment="Well."))
