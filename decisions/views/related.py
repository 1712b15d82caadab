from typing import Any

from django.utils import timezone

from accounts.access import SignedInRequest
from decisions import actions
from decisions.models import Decision
from decisions.presenters.comparison import differences


def linked(request: SignedInRequest, decision: Decision) -> dict[str, Any]:
    """The decision this one takes up, what is different, and those that took it up: each only where it may be seen.

    The words of the earlier one are shown beside the new, so reading them is an entry of its own.
    """
    visible = Decision.objects.recorded().visible_to(request.user)
    previous = visible.with_parts().filter(pk=decision.supersedes_id).first() if decision.supersedes_id else None
    if previous:
        actions.open_decision(decision=previous, by=request.user, at=timezone.now())
    return {
        "previous": previous,
        "differences": differences(previous, decision) if previous else [],
        "followed_by": visible.filter(supersedes=decision).order_by("recorded_at", "pk"),
        "may_supersede": Decision.objects.supersedable_by(request.user).filter(pk=decision.pk).exists(),
    }
