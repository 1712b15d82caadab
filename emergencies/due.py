"""The deadline for a colleague's check that a record had to be opened: two working days."""

from datetime import date

from django.utils import timezone

from emergencies.models import EmergencyOpening
from rules.working_days import add_working_days

WORKING_DAYS = 2


def check_by(opening: EmergencyOpening) -> date:
    return add_working_days(timezone.localdate(opening.written_at), WORKING_DAYS)


def status(opening: EmergencyOpening, today: date) -> tuple[str, str]:
    """What is said of it on a list, with the colour of the tag. Of a row read with `review`."""
    review = getattr(opening, "review", None)
    if review is not None:
        return ("Justified", "green") if review.justified else ("Not justified", "red")
    return ("Overdue", "red") if check_by(opening) < today else ("To be checked", "yellow")
