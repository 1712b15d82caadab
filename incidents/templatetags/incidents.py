"""Template tags that show incidents on the decision's pages, so that no app below has to import this one."""

from typing import Any

from django import template

from accounts.models import User
from accounts.roles import Permission
from decisions.models import Decision
from incidents.queries import may_report

register = template.Library()


@register.inclusion_tag("incidents/_of_decision.html")
def incidents_of(decision: Decision, user: User) -> dict[str, Any]:
    """A line for each, for whoever sees the decision. Of a decision read with its incidents."""
    return {"incidents": decision.incidents.all() if user.has(Permission.REPORT_INCIDENTS) else []}


@register.inclusion_tag("incidents/_report_link.html")
def went_wrong(decision: Decision, user: User) -> dict[str, Any]:
    return {"decision": decision, "may_report": may_report(decision, user)}
