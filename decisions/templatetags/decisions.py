"""Template tags that other apps' pages use to show decisions, so that lower apps need not import this one."""

from typing import Any

from django import template
from django.utils import timezone

from accounts.models import User
from decisions.models import Decision, UrgentRecord
from decisions.presenters import urgent as urgent_words
from decisions.presenters.log import lines
from families.models import Family

register = template.Library()
MOST_URGENT = 50


@register.filter
def recorded_after(decision: Decision) -> str:
    """How long after the decision it was recorded, or an empty string."""
    return urgent_words.recorded_after(decision)


@register.inclusion_tag("decisions/_urgent_answers.html")
def urgent_record(urgent: UrgentRecord) -> dict[str, Any]:
    """The urgent record as it was made."""
    return {"urgent": urgent, "rows": urgent_words.urgent_record(urgent), "written": urgent_words.written(urgent)}


@register.inclusion_tag("decisions/_urgent_to_complete.html")
def urgent_to_complete(user: User) -> dict[str, Any]:
    """Urgent records to be completed, the longest overdue first, without their text."""
    waiting = UrgentRecord.objects.visible_to(user).to_be_completed().order_by("complete_by", "pk")
    shown = list(waiting[: MOST_URGENT + 1])
    return {
        "waiting": shown[:MOST_URGENT],
        "more": len(shown) > MOST_URGENT,
        "most": MOST_URGENT,
        "today": timezone.localdate(),
    }


@register.inclusion_tag("decisions/_of_family.html")
def decisions_of(family: Family, user: User) -> dict[str, Any]:
    """Recorded decisions about a family that this user may see, newest first."""
    visible = Decision.objects.recorded().visible_to(user).filter(decision_families__family=family)
    return {"lines": lines(visible.order_by("-decided_at", "-pk")[:50])}
