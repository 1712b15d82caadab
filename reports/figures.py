"""What each figure counts: one queryset for the number and for its list, so that the two are always the same."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from decisions.models import Decision, DecisionPerson, OpenMatter
from decisions.presenters.log import CONSENT_GROUPS
from reports.disagreements import ended_as
from reports.scope import ONE_WEEK, start_of
from reviews.models import Review, ReviewOutcome
from reviews.overdue import late_before, overdue_among
from reviews.queries import with_open_round
from rules.codes import REFUSALS, SHARED

Rows = QuerySet[Decision]
Narrowed = Callable[[Rows, str, date], Rows]


class Figure(StrEnum):
    """In the address of a list, some with a value: `figure=outcome&value=NOT_SHARED`."""

    ALL = "all"
    OUTCOME = "outcome"
    CONSENT = "consent"
    WEEK = "week"
    NOT_SENT = "not_sent"
    NOT_INFORMED = "not_informed"
    WAITING = "waiting"
    OVERDUE = "overdue"
    REVIEW = "review"
    AGAINST_REFUSAL = "against_refusal"
    AGAINST_REFUSAL_WAITING = "against_refusal_waiting"
    DISAGREED = "disagreed"


def people_who_said(states: frozenset[str]) -> Exists:
    return Exists(DecisionPerson.objects.filter(decision=OuterRef("pk"), consent_state__in=sorted(states)))


def with_consent(rows: Rows, key: str, _: date) -> Rows:
    states = next((group.states for group in CONSENT_GROUPS if group.key == key), None)
    return rows.none() if states is None else rows.filter(people_who_said(states))


def in_week(rows: Rows, first: str, _: date) -> Rows:
    """`first`: the day on which those seven days begin."""
    try:
        day = date.fromisoformat(first)
        start, end = (start_of(each) for each in (day, day + ONE_WEEK))
    except (ValueError, OverflowError):
        return rows.none()
    return rows.filter(decided_at__gte=start, decided_at__lt=end)


def not_sent(rows: Rows, _: str, __: date) -> Rows:
    own: Any = rows
    found: Rows = own.not_yet_sent().exclude(followed_by__state="recorded")
    return found


def not_informed(rows: Rows, _: str, today: date) -> Rows:
    own: Any = rows
    may_be = Exists(OpenMatter.objects.filter(decision=OuterRef("pk"), kind=OpenMatter.Kind.INFORMING))
    found: Rows = own.filter(may_be).with_informing_due(today).filter(informing_due_on__lt=today)
    return found


def reviewed_as(rows: Rows, outcome: str, _: date) -> Rows:
    """With a review of that outcome in any round."""
    return rows.filter(Exists(Review.objects.filter(decision=OuterRef("pk"), outcome=outcome)))


def against_refusal(rows: Rows, _: str = "", __: date | None = None) -> Rows:
    """Shared, although somebody refused, objected or took consent back."""
    return rows.filter(people_who_said(REFUSALS), outcome__in=sorted(SHARED))


def against_refusal_waiting(rows: Rows, _: str, __: date) -> Rows:
    """A reviewer who only asked a question has not reviewed it yet."""
    given = Review.objects.exclude(outcome=ReviewOutcome.RETURNED)
    return against_refusal(rows).filter(~Exists(given.filter(decision=OuterRef("pk"))))


FIGURES: Mapping[Figure, Narrowed] = {
    Figure.ALL: lambda rows, _, __: rows,
    Figure.OUTCOME: lambda rows, outcome, _: rows.filter(outcome=outcome),
    Figure.CONSENT: with_consent,
    Figure.WEEK: in_week,
    Figure.NOT_SENT: not_sent,
    Figure.NOT_INFORMED: not_informed,
    Figure.WAITING: lambda rows, _, __: with_open_round(rows),
    Figure.OVERDUE: lambda rows, _, today: overdue_among(rows, late_before(today)),
    Figure.REVIEW: reviewed_as,
    Figure.AGAINST_REFUSAL: against_refusal,
    Figure.AGAINST_REFUSAL_WAITING: against_refusal_waiting,
    Figure.DISAGREED: lambda rows, ending, _: ended_as(rows, ending),
}


def narrowed(rows: Rows, figure: str, value: str, today: date) -> Rows | None:
    """The decisions behind a figure; None where there is no such figure."""
    if figure not in FIGURES:
        return None
    return FIGURES[Figure(figure)](rows, value, today)
