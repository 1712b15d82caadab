from typing import Any

from django.utils import timezone

from accounts.access import SignedInRequest
from decisions import actions
from decisions.models import Decision
from decisions.presenters.comparison import differences
from decisions.queries import may_supersede


def related(request: SignedInRequest, decision: Decision) -> dict[str, Any]:
    """The superseded decision, the differences, and the decisions that supersede this one, where the user may see them.

    The page shows text of the superseded decision, so opening it writes an audit entry for that decision too.
    """
    visible = Decision.objects.recorded().visible_to(request.user)
    previous = visible.with_parts().filter(pk=decision.supersedes_id).first() if decision.supersedes_id else None
    if previous:
        actions.open_decision(decision=previous, by=request.user, at=timezone.now())
    return {
        "previous": previous,
        "differences": differences(previous, decision) if previous else [],
        "followed_by": visible.filter(supersedes=decision).order_by("recorded_at", "pk"),
        "may_supersede": may_supersede(decision, request.user),
    }
