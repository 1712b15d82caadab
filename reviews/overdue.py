"""Reviews that are late, found by the database: `due_dates.is_overdue` says the same of one decision."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from decisions.models import Decision
from reviews.due_dates import TARGET
from reviews.queries import with_open_round
from reviews.turns import has_a_day
from rules.working_days import working_days_between

ONE = timedelta(days=1)


def overdue_among(decisions: "QuerySet[Decision]", before: datetime) -> "QuerySet[Decision]":
    """Those of the decisions that wait for a review, have a day for it, and have waited since before this moment."""
    waiting: Any = with_open_round(decisions)
    late: QuerySet[Decision] = waiting.filter(has_a_day(), waiting_since__lt=before)
    return late


def late_before(today: date) -> datetime:
    """What has waited since before this moment is late today."""
    day = today
    while working_days_between(day, today) <= TARGET:
        day -= ONE
    return timezone.make_aware(datetime.combine(day + ONE, time()))
