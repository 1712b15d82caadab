"""When a review is due. The targets are set only here."""

from datetime import date, datetime

from django.utils import timezone

from decisions.models import Decision
from rules.codes import NOT_SHARED, WITHOUT_AGREEMENT, Level, Trigger
from rules.working_days import working_days_between

# Working days, for sharing without agreement, declining a request, and not sharing about a child at significant harm.
TARGET = 5


def has_target(decision: Decision) -> bool:
    """Costs no query when people and recipients were prefetched."""
    if decision.is_shared:
        return any(person.consent_state in WITHOUT_AGREEMENT for person in decision.people.all())
    if decision.outcome in NOT_SHARED and decision.level == Level.S47:
        return True
    was_requested = decision.trigger == Trigger.REQ or any(
        recipient.is_asker for recipient in decision.recipients.all()
    )
    return was_requested and decision.outcome in NOT_SHARED


def waited(since: datetime, today: date) -> int:
    """Working days since then."""
    return working_days_between(timezone.localdate(since), today)


def is_overdue(decision: Decision, since: datetime, today: date) -> bool:
    return has_target(decision) and waited(since, today) > TARGET
