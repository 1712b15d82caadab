"""How a disagreement of a reviewer ended, asked of the database: `pack.how_it_ended` says it of one decision."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from decisions.models import Decision
from reviews.models import Review, ReviewOutcome


class Ended(StrEnum):
    NOT_YET = "not_yet"
    FOUND_RIGHT = "found_right"
    REPLACED = "replaced"
    NOT_REPLACED = "not_replaced"


ENDED_WORDS: Mapping[Ended, str] = {
    Ended.NOT_YET: "Not ended: another supervisor is to review it",
    Ended.FOUND_RIGHT: "Another supervisor found the decision right",
    Ended.REPLACED: "Two supervisors disagreed, and a new decision took its place",
    Ended.NOT_REPLACED: "Two supervisors disagreed, and no new decision has taken its place yet",
}


def with_ending(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Those that a reviewer disagreed with, annotated with `ended`."""
    reviews = Review.objects.filter(decision=OuterRef("pk"))
    disagreed = reviews.filter(outcome=ReviewOutcome.DISAGREED)
    earlier = Review.objects.filter(
        decision=OuterRef("decision"), outcome=ReviewOutcome.DISAGREED, round__lt=OuterRef("round")
    )
    followed = Decision.objects.recorded().filter(supersedes=OuterRef("pk")).order_by()
    rows = decisions.filter(Exists(disagreed)).annotate(
        last_outcome=Subquery(reviews.order_by("-round").values("outcome")[:1])
    )
    twice = Q(Exists(disagreed.filter(Exists(earlier))))
    is_open = Q(last_outcome=ReviewOutcome.RETURNED) | Q(last_outcome=ReviewOutcome.DISAGREED) & ~twice
    ended = Case(
        When(is_open, then=Value(Ended.NOT_YET.value)),
        When(~Q(last_outcome=ReviewOutcome.DISAGREED), then=Value(Ended.FOUND_RIGHT.value)),
        When(Exists(followed), then=Value(Ended.REPLACED.value)),
        default=Value(Ended.NOT_REPLACED.value),
    )
    return rows.annotate(ended=ended)


def ended_as(decisions: QuerySet[Decision], ending: str) -> QuerySet[Decision]:
    rows: Any = with_ending(decisions)
    found: QuerySet[Decision] = rows.filter(ended=ending)
    return found
