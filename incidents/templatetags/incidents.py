"""Template tags that show incidents on the decision's pages, so that no app below has to import this one."""

from collections.abc import Iterable
from typing import Any

from django import template

from accounts.models import User
from accounts.roles import Permission
from decisions.incident_links import incidents_without
from decisions.models import Decision, UrgentRecord
from decisions.searching import MOST_SHOWN, Results
from incidents.models import Incident
from incidents.queries import may_report, may_report_urgent

register = template.Library()
# A word as short is in too many of them.
SHORTEST, MOST_WORDS = 3, 8


@register.inclusion_tag("incidents/_of_decision.html")
def incidents_of(decision: Decision, user: User) -> dict[str, Any]:
    """A line for each, for whoever sees the decision. Of a decision read with its incidents."""
    if not user.has(Permission.REPORT_INCIDENTS):
        return {"incidents": []}
    found = [*decision.incidents.all(), *(row.incident for row in decision.further_incidents.all())]
    return {"incidents": _without_closed(found, user)}


@register.inclusion_tag("incidents/_of_decision.html")
def incidents_of_urgent(urgent: Any, user: User) -> dict[str, Any]:
    """Of an urgent record read with how many incidents it has: `went_wrong`. Asks nothing where there is none."""
    asks = urgent.went_wrong and user.has(Permission.REPORT_INCIDENTS)
    found = Incident.objects.filter(urgent=urgent.pk).order_by("pk") if asks else []
    return {"incidents": _without_closed(found, user)}


def _without_closed(found: Iterable[Incident], user: User) -> list[Incident]:
    """One may be about another record too, which is closed to them. Of most people nothing is asked."""
    rows = list(found)
    if not (rows and user.decisions_closed_on_duty):
        return rows
    theirs = incidents_without(Incident.objects.filter(pk__in=[row.pk for row in rows]), user.decisions_closed_on_duty)
    keys = set(theirs.values_list("pk", flat=True))
    return [row for row in rows if row.pk in keys]


@register.inclusion_tag("incidents/_report_link.html")
def urgent_went_wrong(urgent: UrgentRecord, user: User) -> dict[str, Any]:
    return {"urgent": urgent, "may_report": may_report_urgent(urgent, user)}


@register.inclusion_tag("incidents/_report_link.html")
def went_wrong(decision: Decision, user: User) -> dict[str, Any]:
    return {"decision": decision, "may_report": may_report(decision, user)}


@register.simple_tag
def incidents_found(typed: str, user: User, found: Results) -> list[Incident]:
    """The newest with these words, and those about what a search found. Shown by reference, kind and day alone."""
    words = [word for word in typed.split() if len(word) >= SHORTEST][:MOST_WORDS]
    decisions, urgent = ([row.pk for row in rows.rows] for rows in (found.decisions, found.urgent))
    rows = Incident.objects.visible_to(user).found_by(words, decisions, urgent)
    return list(rows.order_by("-noticed_at", "-pk")[:MOST_SHOWN])
