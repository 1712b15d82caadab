"""Offers a reflection on a decision's own page, so that no app below has to import this one."""

from typing import Any

from django import template

from accounts.models import User
from decisions.models import Decision
from reflections.models import Reflection
from reflections.presenters import lines
from reflections.queries import is_without_agreement

register = template.Library()


@register.inclusion_tag("reflections/_offer.html")
def reflection_offer(decision: Decision, user: User) -> dict[str, Any]:
    """For its author alone: a link, and their own reflections on it. For everybody else nothing, without a query."""
    if decision.author_id != user.pk:
        return {}
    own = Reflection.objects.visible_to(user).filter(decision=decision).only("public_id", "started_at")
    return {"decision": decision, "without_agreement": is_without_agreement(decision), "lines": lines(list(own))}
