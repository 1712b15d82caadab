"""Decisions waiting for review, for whom, and since when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from accounts.closed import without_closed
from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from accounts.queries import reviewers_of
from accounts.roles import Permission, Role
from decisions.models import Decision, FiledUnder, OpenMatter
from decisions.queries import is_supervised_by
from decisions.restricted_queries import unrestricted
from reviews.models import Assignment, Review, ReviewOutcome
from reviews.review_state import already_reviewed_by
from reviews.turns import at_risk_still, has_a_day
from rules.working_days import next_working_day
from ui.newer_older import MOST_COUNTED

REVIEWS = ("reviews__reply",)
TO_REVIEW = f"open:{OpenMatter.Kind.REVIEW}"


def _last(field: str) -> Subquery:
    return Subquery(Review.objects.filter(decision=OuterRef("pk")).order_by("-round").values(field)[:1])


def _open(decisions: "QuerySet[Decision]") -> "QuerySet[Decision]":
    """Decisions with an open round, annotated with `waiting_since`; review_state.py does the same for one decision."""
    disagreed = Review.objects.filter(outcome=ReviewOutcome.DISAGREED)
    later = disagreed.filter(decision=OuterRef("decision"), round__gt=OuterRef("round"))
    twice = disagreed.filter(Exists(later), decision=OuterRef("pk"))
    rows = decisions.annotate(
        last_outcome=_last("outcome"), last_given=_last("given_at"), replied=_last("reply__written_at")
    )
    rows = rows.filter(
        Q(last_outcome__isnull=True)
        | Q(last_outcome=ReviewOutcome.RETURNED, replied__isnull=False)
        | Q(last_outcome=ReviewOutcome.DISAGREED) & ~Exists(twice)
    )
    since = Case(
        When(last_outcome__isnull=True, then=F("recorded_at")),
        When(last_outcome=ReviewOutcome.RETURNED, then=F("replied")),
        default=F("last_given"),
    )
    return rows.annotate(waiting_since=since)


def with_open_round(decisions: "QuerySet[Decision]") -> "QuerySet[Decision]":
    """Those of any decisions that wait for a review. Only where one may be open is more asked of a decision."""
    may_be = Exists(OpenMatter.objects.filter(decision=OuterRef("pk"), kind=OpenMatter.Kind.REVIEW))
    return _open(decisions.filter(may_be))


def in_turn(waiting: "QuerySet[Decision]") -> "QuerySet[Decision]":
    """In the order in which they should be read: a child who may come to harm, then what has a day, then the rest."""
    # Wide, because a place stands for it that no integer of 32 bits could be: accounts/compiled_queries.py.
    first = Case(When(at_risk_still(), then=0), When(has_a_day(), then=1), default=2, output_field=BigIntegerField())
    return waiting.annotate(turn=first).order_by("turn", "waiting_since", "pk")


def reviewable_by(user: User) -> "QuerySet[Decision]":
    """Decisions this user may review while a round is open (docs/adr/0016-rounds-of-review.md)."""
    before = Review.objects.filter(
        decision=OuterRef("decision"), outcome=ReviewOutcome.DISAGREED, round__gte=OuterRef("round")
    )
    own = Review.objects.filter(decision=OuterRef("pk"), reviewer_id=user.pk)
    supervised: QuerySet[Decision] = Decision.objects.supervised_by(user).exclude(author_id=user.pk)
    return supervised.exclude(Exists(own.filter(Exists(before))))


def is_reviewable_by(user: User, decision: Decision, reviews: Sequence[Review]) -> bool:
    """`reviewable_by` of one decision that is read already with its reviews. Costs no query."""
    supervised = is_supervised_by(decision, user) and decision.author_id != user.pk
    return supervised and user.pk not in already_reviewed_by(reviews)


def awaiting_review_by(user: User) -> "QuerySet[Decision]":
    """Decisions this person may review now, longest waiting first."""
    waiting: Any = reviewable_by(user)
    return _open(waiting.with_open(OpenMatter.Kind.REVIEW, user.team_ids(Role.SUPERVISOR))).order_by(
        "waiting_since", "pk"
    )


_AWAITING = CompiledQuery(Decision, lambda user: awaiting_review_by(user).order_by()[: MOST_COUNTED + 1])


def count_awaiting_review_by(user: User) -> int:
    """How many, and no further than one more than MOST_COUNTED."""
    return _AWAITING.count(user)


def awaiting_review_in(teams: Iterable[int], user: User) -> dict[int, int]:
    """How many decisions wait for review, by team. Numbers only: for those who may see no case text."""
    wanted = list(teams)
    recorded = Decision.objects.recorded().filter(team_id__in=wanted).open_to(user)
    rows = _open(unrestricted(recorded.with_open(OpenMatter.Kind.REVIEW, wanted)))
    counts = dict.fromkeys(teams, 0)
    for team in rows.values_list("team_id", flat=True):
        counts[team] += 1
    return counts


def questions_for(user: User) -> "QuerySet[Review]":
    """Questions about a person's own decisions that they have not answered, oldest first."""
    if not user.has(Permission.RECORD_DECISIONS):
        return Review.objects.none()
    asked = OpenMatter.objects.filter(kind=OpenMatter.Kind.QUESTION, team_id__in=user.team_ids()).values("decision")
    rows: QuerySet[Review] = Review.objects.filter(
        decision_id__in=asked, organisation_id=user.organisation_id, decision__author_id=user.pk,
        decision__team_id__in=user.team_ids(), outcome=ReviewOutcome.RETURNED, reply__isnull=True,
    )  # fmt: skip
    rows = without_closed(rows, "decision", user.closed_decisions)
    return rows.select_related("decision").order_by("given_at", "pk")


def reviews_of(decision: Decision) -> list[Review]:
    """In order, with their replies."""
    return list(Review.objects.filter(decision=decision).select_related("reply").order_by("round"))


def may_review(decision: Decision, day: date, reviews: Sequence[Review] = ()) -> list[User]:
    """Who is available that day to do the next review."""
    reviewed = {decision.author_id, *already_reviewed_by(reviews)}
    found = reviewers_of([decision.team_id], day)[decision.team_id]
    return [user for user in found if user.pk not in reviewed and decision.pk not in user.closed_decisions]


@dataclass(frozen=True)
class Alone:
    """A decision nobody but its author could review. From `due` on the author may look at it a second time."""

    decision: Decision
    due: date
    today: date

    @property
    def is_due(self) -> bool:
        return self.today >= self.due


def second_look_due(recorded_at: datetime) -> date:
    return next_working_day(timezone.localdate(recorded_at))


def _without_review(user: User, recorded_before: datetime) -> "QuerySet[Decision]":
    filed = FiledUnder.objects.filter(own=True, author_id=user.pk, team_id__in=user.team_ids(), under=TO_REVIEW)
    own: Any = Decision.objects.recorded().filter(organisation_id=user.organisation_id, pk__in=filed.values("decision"))
    own = own.open_to(user)
    rows: QuerySet[Decision] = own.filter(
        recorded_at__lt=recorded_before, reviews__isnull=True, second_look__isnull=True
    )
    return rows.only("public_id", "reference", "team_id", "recorded_at", "started_at").order_by("recorded_at", "pk")


_WITHOUT_REVIEW = CompiledQuery(Decision, _without_review)


def alone_decisions_of(user: User, today: date, *, only_due: bool = False) -> list[Alone]:
    """A person's own decisions without a review or second look, where nobody else may review. Oldest first.

    The second look at what was recorded today is never due today.
    """
    if not (user.has(Permission.RECORD_DECISIONS) and user.has(Permission.SEE_DECISIONS)):
        return []
    before = today if only_due else today + timedelta(days=1)
    rows = _WITHOUT_REVIEW.rows(user, timezone.make_aware(datetime.combine(before, time())))
    found = [Alone(row, second_look_due(row.recorded_at or row.started_at), today) for row in rows]
    waiting = [alone for alone in found if alone.is_due or not only_due]
    others = reviewers_of({alone.decision.team_id for alone in waiting}, today)
    return [alone for alone in waiting if not _reviewers(alone.decision, others, user)]


def _reviewers(decision: Decision, of_teams: Mapping[int, Sequence[User]], author: User) -> list[User]:
    """Whoever may review it but its author: not those to whom it is closed."""
    found = of_teams[decision.team_id]
    return [user for user in found if user.pk != author.pk and decision.pk not in user.closed_decisions]


def assigned_among(decisions: Iterable[Decision], day: date) -> dict[int, User]:
    """The assigned reviewer of each decision. With reviews and assignments prefetched: three queries in all.

    A decision whose last assignee has left, is away or has already reviewed it is left out: it is the whole team's.
    """
    rows = list(decisions)
    reviewers = reviewers_of({row.team_id for row in rows}, day)
    assigned: dict[int, User] = {}
    for row in rows:
        named: list[Assignment] = list(row.assignments.all())
        reviewed = {row.author_id, *already_reviewed_by(list(row.reviews.all()))}
        for reviewer in reviewers[row.team_id]:
            is_open = reviewer.pk not in reviewed and row.pk not in reviewer.closed_decisions
            if named and reviewer.pk == named[-1].reviewer_id and is_open:
                assigned[row.pk] = reviewer
    return assigned


# The most urgent of what is shown above the queue.
MOST_OVERDUE = 20


def _informing_overdue(user: User, today: date) -> "QuerySet[Decision]":
    due: Any = Decision.objects.informing_due(user, today)
    rows: QuerySet[Decision] = due.filter(team_id__in=user.team_ids(Role.SUPERVISOR), informing_due_on__lt=today)
    return rows.only("public_id", "reference").order_by("informing_due_on", "pk")[:MOST_OVERDUE]


_INFORMING_OVERDUE = CompiledQuery(Decision, _informing_overdue)


def informing_overdue_in(user: User, today: date) -> list[Decision]:
    """Decisions of the teams this user supervises with somebody not informed although the day is over.

    Also those that are reviewed already. The longest overdue first, with `informing_due_on`.
    """
    return _INFORMING_OVERDUE.rows(user, today)
