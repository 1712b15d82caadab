"""The day whose law counts."""

from datetime import UTC, date, datetime

from decisions.rules.facts import Facts


def day_of(facts: Facts) -> date | None:
    """Late entries are judged by the law of the day of the decision, not of the recording."""
    return facts.decided_at.date() if facts.decided_at else None


def aware(moment: datetime) -> datetime:
    """A moment without a zone is taken as universal time, so that a hand-written file is judged, not refused."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
