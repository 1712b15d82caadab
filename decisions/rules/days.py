"""The day whose law counts."""

from datetime import date

from decisions.rules.facts import Facts


def day_of(facts: Facts) -> date | None:
    """Late entries are judged by the law of the day of the decision, not of the recording."""
    return facts.decided_at.date() if facts.decided_at else None
