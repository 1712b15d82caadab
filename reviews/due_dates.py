"""How soon a review is due: the one place to change it."""

from datetime import date, datetime

from django.utils import timezone

from decisions.models import Decision
from rules.codes import NOT_SHARED, WITHOUT_AGREEMENT, Trigger
from rules.working_days import working_days_between

# Working days, for what was shared without agreement and for refusing what somebody asked for.
TARGET = 5


def has_target(decision: Decision) -> bool:
    """Costs no query where people and recipients were read with it."""
    if decision.is_shared:
        return any(person.consent_state in WITHOUT_AGREEMENT for person in decision.people.all())
    asked = decision.trigger == Trigger.REQ or any(one.is_asker for one in decision.recipients.all())
    return asked and decision.outcome in NOT_SHARED


def waited(since: datetime, today: date) -> int:
    """Working days since then."""
    return working_days_between(timezone.localdate(since), today)


def is_overdue(decision: Decision, since: datetime, today: date) -> bool:
    return has_target(decision) and waited(since, today) > TARGET
