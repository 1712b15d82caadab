"""What other apps' pages show of decisions: asked for by name, so that no app below has to know of them."""

from typing import Any

from django import template

from accounts.models import User
from decisions.models import Decision
from decisions.presenters.log import lines
from families.models import Family

register = template.Library()


@register.inclusion_tag("decisions/_of_family.html")
def decisions_of(family: Family, user: User) -> dict[str, Any]:
    """Recorded decisions about a family that this person may see, newest first."""
    visible = Decision.objects.recorded().visible_to(user).filter(decision_families__family=family)
    return {"lines": lines(visible.order_by("-decided_at", "-pk")[:50])}
