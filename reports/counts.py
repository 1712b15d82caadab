"""The numbers of a report, by one statement however many decisions there are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.db.models.functions import Cast, TruncDate

from accounts.closed import without_closed
from accounts.compiled_figures import CompiledFigures
from decisions.models import DecisionPerson
from decisions.presenters.log import CONSENT_GROUPS
from reports.disagreements import with_ending
from reports.figures import FIGURES, Figure
from reports.scope import ONE_WEEK, Scope, decided_between, disposed_between, known_between, start_of
from reviews.models import Review
from reviews.overdue import late_before, overdue_among
from rules.incidents.clock import NOTIFIED
from rules.working_days import working_days_between

# Numbers without a value of their own, whose querysets need no more than the day.
SINGLE = (
    Figure.NOT_SENT, Figure.NOT_INFORMED, Figure.WAITING, Figure.AGAINST_REFUSAL, Figure.AGAINST_REFUSAL_WAITING,
)  # fmt: skip
REVIEW_DAYS, DISPOSED = "review_days", "disposed"
INCIDENTS, OPEN_INCIDENTS, INCIDENTS_NOTIFIED = "incidents", "open_incidents", "incidents_notified"
INCIDENT_COUNTS = (INCIDENTS, OPEN_INCIDENTS, INCIDENTS_NOTIFIED)
Table = QuerySet[Any, tuple[Any, ...]]
# By what is counted: number by the values it is counted by.
Found = Mapping[str, Mapping[tuple[str, str], int]]


@dataclass(frozen=True)
class IncidentCounts:
    """Incidents of the teams in a report, by the day they became known here and not by the day of the decision."""

    all: int = 0
    open: int = 0
    notified: int = 0


NO_INCIDENTS = IncidentCounts()


@dataclass(frozen=True)
class Counts:
    outcomes: Mapping[str, int]
    consents: Mapping[str, int]
    weeks: Mapping[date, int]
    reviews: Mapping[str, int]
    # Of what a reviewer disagreed with, by how that ended.
    endings: Mapping[str, int]
    single: Mapping[Figure, int]
    # Within how many working days half of the first reviews were given; None where there is none.
    review_days: int | None
    # Of these days and teams, and in none of the other numbers.
    disposed: int = 0
    incidents: IncidentCounts = NO_INCIDENTS

    @property
    def all(self) -> int:
        return sum(self.outcomes.values())


def counts(scope: Scope, today: date) -> Counts:
    number_of_weeks = ((scope.last - scope.first).days + 1) // ONE_WEEK.days
    weeks = [scope.first + ONE_WEEK * number for number in range(number_of_weeks)]
    found = _found(scope, today, weeks)
    by_week = _summed(found[Figure.OUTCOME], 1)
    return Counts(
        outcomes=_summed(found[Figure.OUTCOME], 0),
        consents=_summed(found[Figure.CONSENT], 0),
        weeks={first: by_week.get(str(number), 0) for number, first in enumerate(weeks)},
        reviews=_summed(found[Figure.REVIEW], 0),
        endings=_summed(found[Figure.DISAGREED], 0),
        single={figure: sum(found[figure].values()) for figure in (*SINGLE, Figure.OVERDUE)},
        review_days=middle(_days_to_review(found[REVIEW_DAYS])),
        disposed=sum(found[DISPOSED].values()),
        incidents=IncidentCounts(*(sum(found[each].values()) for each in INCIDENT_COUNTS)),
    )


def _found(scope: Scope, today: date, weeks: list[date]) -> Found:
    ends = [start_of(first + ONE_WEEK) for first in weeks]
    found: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    whose, days = (scope.organisation_id, scope.team_ids), (*scope.moments, today, late_before(today), *ends)
    for figure, first, second, number in _rows(scope, *whose, *days):
        found[figure][first, second] = number
    return found


def _rows(scope: Scope, *values: Any) -> Iterable[tuple[Any, ...]]:
    """Composed once for most people. For whom something is closed it is composed without that, each time."""
    if scope.closed or scope.closed_on_duty:
        return _figures(*values, closed=scope.closed, closed_on_duty=scope.closed_on_duty)
    return _FIGURES.rows(*values)


def _figures(
    organisation: int, teams: list[int], start: datetime, end: datetime, today: date, late: datetime, *ends: datetime,
    closed: frozenset[int] = frozenset(), closed_on_duty: frozenset[int] = frozenset(),
) -> Table:  # fmt: skip
    """Each line: what is counted, the values it is counted by, and the number.

    One statement, because to ask for each number took longer than to count it (ADR 0023).
    """
    rows = without_closed(decided_between(organisation, teams, start, end).order_by(), "pk", closed)
    week = Case(*(When(decided_at__lt=before, then=_text(str(number))) for number, before in enumerate(ends)))
    group = Case(*(When(consent_state__in=sorted(of.states), then=_text(of.key)) for of in CONSENT_GROUPS))
    reviews = Review.objects.filter(decision__in=rows).order_by()
    many = Count("decision", distinct=True)
    incidents = known_between(organisation, teams, start, end, closed_on_duty)
    return _lines(Figure.OUTCOME, rows, F("outcome"), week).union(
        _lines(Figure.CONSENT, DecisionPerson.objects.filter(decision__in=rows).order_by(), group, counted=many),
        _lines(Figure.REVIEW, reviews, F("outcome"), counted=many),
        _lines(REVIEW_DAYS, reviews.filter(round=1), _day("decision__recorded_at"), _day("given_at")),
        _lines(Figure.DISAGREED, with_ending(rows), F("ended")),
        _lines(DISPOSED, disposed_between(organisation, teams, start, end).order_by()),
        _lines(INCIDENTS, incidents),
        _lines(OPEN_INCIDENTS, incidents.open()),
        _lines(INCIDENTS_NOTIFIED, incidents.filter(events__kind=NOTIFIED), counted=Count("pk", distinct=True)),
        _lines(Figure.OVERDUE, overdue_among(rows, late)),
        *(_lines(figure, FIGURES[figure](rows, "", today)) for figure in SINGLE),
        all=True,
    )


_FIGURES = CompiledFigures(_figures)


def _lines(figure: str, rows: Any, first: Any = None, second: Any = None, counted: Any = None) -> Table:
    by = {"counted_as": _text(figure), "first_value": first or _text(""), "second_value": second or _text("")}
    lines: Table = rows.values(**by).annotate(number=counted or Count("pk"))
    return lines.values_list(*by, "number")


def _text(words: str) -> Value:
    return Value(words, output_field=CharField())


def _day(column: str) -> Cast:
    """As a date is written, 2026-03-31, so that it can stand with other text."""
    return Cast(TruncDate(column), CharField())


def _summed(found: Mapping[tuple[str, str], int], place: int) -> dict[str, int]:
    """Sum the numbers over one of the two values that they are counted by."""
    summed: Counter[str] = Counter()
    for values, number in found.items():
        summed[values[place]] += number
    return dict(summed)


def _days_to_review(found: Mapping[tuple[str, str], int]) -> Counter[int]:
    """How many first reviews were given after how many working days. Two days on a row, so that rows are few."""
    days: Counter[int] = Counter()
    for (recorded, given), number in found.items():
        days[working_days_between(date.fromisoformat(recorded), date.fromisoformat(given))] += number
    return days


def middle(days: Mapping[int, int]) -> int | None:
    """The fewest days within which at least half of them were done."""
    done, all_of_them = 0, sum(days.values())
    for day in sorted(days):
        done += days[day]
        if 2 * done >= all_of_them:
            return day
    return None
