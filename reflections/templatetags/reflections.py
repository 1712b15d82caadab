"""Offers a reflection on a decision's own page, so that no app below has to import this one."""

from typing import Any

from django import template
from django.db.models import QuerySet

from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from decisions.models import Decision
from reflections.models import Reflection
from reflections.presenters import lines
from reflections.queries import is_without_agreement

register = template.Library()


def _own(user: User, decision: int) -> "QuerySet[Reflection]":
    visible: QuerySet[Reflection] = Reflection.objects.visible_to(user)
    return visible.filter(decision_id=decision).only("public_id", "started_at")


_OWN = CompiledQuery(Reflection, _own)


@register.inclusion_tag("reflections/_offer.html")
def reflection_offer(decision: Decision, user: User) -> dict[str, Any]:
    """For its author alone: a link, and their own reflections on it. For everybody else nothing, without a query."""
    if decision.author_id != user.pk:
        return {}
    own = _OWN.rows(user, decision.pk)
    return {"decision": decision, "without_agreement": is_without_agreement(decision), "lines": lines(own)}
