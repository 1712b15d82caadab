from typing import Any

from django.utils import timezone

from accounts.access import SignedInRequest
from decisions import actions
from decisions.models import Decision
from decisions.presenters.comparison import differences
from decisions.presenters.masked import without_contacts
from decisions.queries import may_see, may_supersede


def related(request: SignedInRequest, decision: Decision) -> dict[str, Any]:
    """The superseded decision, the differences, and the decisions that supersede this one, where the user may see them.

    The page shows text of the superseded decision, so opening it writes an audit entry for that decision too.
    """
    previous = _previous(request, decision)
    later = [row for row in decision.followed_by.all() if not row.is_draft and may_see(row, request.user)]
    return {
        "previous": previous,
        "differences": differences(previous, decision) if previous else [],
        "followed_by": sorted(later, key=lambda row: (row.recorded_at, row.pk)),
        "may_supersede": may_supersede(decision, request.user),
    }


def _previous(request: SignedInRequest, decision: Decision) -> Decision | None:
    if not decision.supersedes_id:
        return None
    visible = Decision.objects.recorded().each_visible_to(request.user).with_parts()
    found: Decision | None = visible.filter(pk=decision.supersedes_id).first()
    if found:
        actions.open_decision(decision=found, by=request.user, at=timezone.now())
    if found and request.user.is_inspector:
        without_contacts(found)
    return found
