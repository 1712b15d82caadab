"""Records opened in an emergency that nobody has checked: for whoever checks them, and for officers once overdue."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from emergencies.due import check_by
from emergencies.models import EmergencyOpening
from emergencies.queries import may_check
from reminders.task import MOST, Task


def openings_to_check(user: User, today: date) -> Iterator[Task]:
    """Asks nothing for those who were never told of one."""
    if not user.has_emergencies:
        return
    rows = EmergencyOpening.objects.visible_to(user).to_check().exclude(written_by=user.pk)
    rows = rows.select_related("family").prefetch_related("family__family_teams").order_by("pk")[:MOST]
    officer = user.organisation_role == Role.DATA_PROTECTION_OFFICER
    for row in rows:
        due = check_by(row)
        is_late, address = due < today, reverse("emergencies:detail", args=[row.public_id])
        if may_check(row, user, timezone.now()):
            what = "Check a record opened in an emergency"
        elif officer and is_late:
            what = "Ask who checks a record opened in an emergency"
        else:
            continue
        yield Task(what, row.family.reference, address, due, overdue=is_late)
