from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from accounts.who_looked import who_looked
from decisions import actions
from decisions.models import Decision
from decisions.queries import may_see_who_looked_at
from decisions.views.found import found_or_404
from families.queries import may_see_who_looked_at_family


@require_safe
@allow(Permission.SEE_WHO_LOOKED)
def page(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Who has looked at a recorded decision. Whoever looks at this is the first in the list."""
    user = request.user
    parts = ("decision_families__family__family_teams",)
    decision = found_or_404(user, public_id, may_see_who_looked_at, parts=parts)
    actions.show_who_looked(decision=decision, by=user, at=timezone.now())
    about = {"decisions.decision": [decision.pk]}
    if decision.urgent_id:
        about["decisions.urgentrecord"] = [decision.urgent_id]
    families = [row.family for row in decision.decision_families.all()]
    context = {
        "looked": who_looked(decision.organisation_id, about, decision.reference, request.GET),
        "record": f"decision {decision.reference}",
        "back": _back(request, decision),
        "families": [family for family in families if may_see_who_looked_at_family(family, user)],
    }
    return render(request, "who_looked.html", context)


def _back(request: SignedInRequest, decision: Decision) -> tuple[str, str]:
    """A data protection officer opens no decision."""
    if request.user.has(Permission.SEE_DECISIONS):
        return reverse("decisions:detail", args=[decision.public_id]), f"Decision {decision.reference}"
    return reverse("home"), "Home"
