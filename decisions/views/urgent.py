from uuid import UUID

from django.db.models import Count
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.models import Decision, UrgentRecord
from decisions.presenters.names import users_since


@require_safe
@allow(Permission.READ_DECISIONS)
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """The urgent record as it was made. Opening it writes an audit entry."""
    # How often something went wrong with it: of an app above, so that its page asks only where there is something.
    rows = UrgentRecord.objects.visible_to(request.user).annotate(went_wrong=Count("incidents"))
    urgent = get_object_or_404(rows, public_id=public_id)
    actions.open_urgent(urgent=urgent, by=request.user, at=timezone.now())
    completing = Decision.objects.recorded().filter(urgent=urgent).first()
    seen = Decision.objects.recorded().each_visible_to(request.user).filter(urgent=urgent).exists()
    context = {
        "urgent": urgent,
        "names_since": list(users_since([(urgent.author_id, urgent.author_name)])),
        "completing": completing,
        "may_open": seen,
        "overdue": completing is None and urgent.complete_by < timezone.localdate(),
        "may_complete": UrgentRecord.objects.may_be_completed_by(request.user).filter(pk=urgent.pk).exists(),
    }
    return render(request, "decisions/urgent_detail.html", context)
