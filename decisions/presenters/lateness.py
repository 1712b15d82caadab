"""How late something was, in words beside its time: recorded, sent or told long after it was decided or recorded."""

from datetime import datetime, timedelta

from decisions.models import Decision
from ui.moments import between

SOON = timedelta(minutes=5)
# A sending within the hour is the same piece of work as the decision.
AN_HOUR = timedelta(hours=1)


def after_decision(decision: Decision, at: datetime | None, *, within: timedelta = SOON) -> str:
    """Such as "11 hours 5 minutes after the decision"; nothing where it was soon."""
    decided = decision.decided_at
    if decided is None or at is None or at - decided < within:
        return ""
    return f"{between(decided, at)} the decision"


def sent_late(decision: Decision, at: datetime) -> str:
    """Not of a group, which shares when it meets."""
    return "" if decision.standing_until else _sentence("Sent", after_decision(decision, at, within=AN_HOUR))


def recorded_late(decision: Decision) -> str:
    return _sentence("Recorded", after_decision(decision, decision.recorded_at))


def informed_late(decision: Decision, at: datetime | None) -> str:
    recorded = decision.recorded_at
    if recorded is None or at is None or at - recorded < SOON:
        return ""
    return f"Told {between(recorded, at)} this was recorded"


def _sentence(what: str, late: str) -> str:
    return f"{what} {late}" if late else ""
