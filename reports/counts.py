"""The numbers of a report, by a fixed number of queries however many decisions there are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from decisions.models import DecisionPerson
from decisions.presenters.log import CONSENT_GROUPS
from reports.figures import FIGURES, Figure, Rows
from reports.scope import ONE_WEEK, Scope
from reviews.models import Review
from rules.working_days import working_days_between

# Numbers without a value of their own, each counted by one query.
SINGLE = (
    Figure.NOT_SENT, Figure.NOT_INFORMED, Figure.WAITING, Figure.OVERDUE, Figure.REVIEWED, Figure.AGAINST_REFUSAL,
    Figure.AGAINST_REFUSAL_WAITING,
)  # fmt: skip


@dataclass(frozen=True)
class Counts:
    outcomes: Mapping[str, int]
    consents: Mapping[str, int]
    weeks: Mapping[date, int]
    reviews: Mapping[str, int]
    single: Mapping[Figure, int]
    # Within how many working days half of the first reviews were given; None where there is none.
    review_days: int | None

    @property
    def all(self) -> int:
        return sum(self.outcomes.values())


def counts(scope: Scope, today: date) -> Counts:
    rows = scope.decisions().order_by()
    outcomes = dict(rows.values_list("outcome").annotate(number=Count("pk")))
    return Counts(
        outcomes=outcomes,
        consents=_by_consent(rows),
        weeks=_by_week(rows, scope),
        reviews=_by_review(rows),
        single={figure: FIGURES[figure](rows, "", today).count() for figure in SINGLE},
        review_days=middle(_days_to_review(rows)),
    )


def _by_consent(rows: Rows) -> dict[str, int]:
    """By group, the decisions with somebody in it. A decision can be in more than one."""
    people = DecisionPerson.objects.filter(decision__in=rows)
    states = {
        group.key: Count("decision", distinct=True, filter=Q(consent_state__in=sorted(group.states)))
        for group in CONSENT_GROUPS
    }
    return people.order_by().aggregate(**states)


def _by_week(rows: Rows, scope: Scope) -> dict[date, int]:
    """By the first of each seven days, also where there was nothing."""
    weeks = {scope.first + ONE_WEEK * number: 0 for number in range(((scope.last - scope.first).days + 1) // 7)}
    days = rows.values_list(TruncDate("decided_at")).annotate(number=Count("pk"))
    for day, number in days:
        weeks[day - timedelta(days=(day - scope.first).days % 7)] += number
    return weeks


def _by_review(rows: Rows) -> dict[str, int]:
    """By outcome, the decisions with such a review in any round."""
    reviews = Review.objects.filter(decision__in=rows).order_by()
    return dict(reviews.values_list("outcome").annotate(number=Count("decision", distinct=True)))


def _days_to_review(rows: Rows) -> Counter[int]:
    """How many first reviews were given after how many working days. Two days on a row, so that rows are few."""
    first = Review.objects.filter(decision__in=rows, round=1).order_by()
    pairs = first.values_list(TruncDate("decision__recorded_at"), TruncDate("given_at")).annotate(number=Count("pk"))
    found: Counter[int] = Counter()
    for recorded, given, number in pairs:
        found[working_days_between(recorded, given)] += number
    return found


def middle(days: Mapping[int, int]) -> int | None:
    """The fewest days within which at least half of them were done."""
    done, all_of_them = 0, sum(days.values())
    for day in sorted(days):
        done += days[day]
        if 2 * done >= all_of_them:
            return day
    return None
