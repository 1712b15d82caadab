from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.models import Decision
from drafting.actions.hand_over import hand_over as hand_over_draft
from drafting.actions.hand_over import may_take
from drafting.forms.hand_over import HandOverForm


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REVIEW_DECISIONS)
def hand_over(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Hand a draft over to another practitioner. Shows no text of the draft."""
    drafts = Decision.objects.draft_lines_for(request.user).select_related("author")
    draft: Decision = get_object_or_404(drafts, public_id=public_id)
    offered = list(may_take(draft, request.user))
    posted = request.POST if request.method == "POST" else None
    form = HandOverForm(posted, offered=offered)
    if form.is_valid():
        try:
            hand_over_draft(decision=draft, to=form.chosen, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error("to", error.messages[0])
        else:
            messages.success(request, f"Draft {draft.reference} is handed over.")
            return redirect("decisions:log")
    context = {"draft": draft, "form": form, "offered": offered}
    return render(request, "drafting/hand_over.html", context, status=200 if posted is None else 422)
