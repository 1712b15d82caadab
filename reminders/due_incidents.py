"""Incidents that are not closed, for the data protection officer, with the hours that the law leaves."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from accounts.roles import Permission
from audit.statements import rows_where
from incidents.models import Incident, IncidentEvent
from reminders.task import MOST, Task
from rules.incidents.clock import Happened, clock


def open_incidents(user: User, today: date) -> Iterator[Task]:
    """Due at once, because the law counts hours and not days."""
    rows = _OPEN.rows(user)
    events: dict[int, list[Happened]] = {row.pk: [] for row in rows}
    for event in rows_where(IncidentEvent, "incident", events):
        events[event.incident_id].append(event.happened)
    for row in rows:
        address, now = reverse("incidents:detail", args=[row.public_id]), timezone.now()
        found = clock(row.noticed_at, events[row.pk], user.organisation.kind)
        left, due = found.left(now), timezone.localdate(found.due)
        if not left:
            yield Task("Finish and close an incident", row.reference, address, None)
        elif found.is_late(now):
            what = "Report an incident to the Information Commissioner"
            yield Task(what, row.reference, address, min(due, today), overdue=True, tag=(left, "red"))
        else:
            what = "Decide whether to report an incident"
            yield Task(what, row.reference, address, None, tag=(left, "yellow"))


def _not_closed(user: User) -> QuerySet[Incident]:
    rows: QuerySet[Incident] = Incident.objects.visible_to(user).open()
    rows = rows if user.has(Permission.FOLLOW_INCIDENTS) else rows.none()
    return rows.only("public_id", "reference", "noticed_at").order_by("noticed_at", "pk")[:MOST]


_OPEN = CompiledQuery(Incident, _not_closed)
