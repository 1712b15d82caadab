"""The endpoint that autosaves the pages of the guided form every few seconds."""

from uuid import UUID

from django.http import Http404, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import autosave
from accounts.access import SignedInRequest, allow, answers_json
from accounts.roles import Permission
from drafting import actions
from drafting.draft import load_own
from drafting.steps import KEYS, step_on_path
from drafting.views.pages import step_sent, version_sent
from ui.moments import clock


@require_POST
@allow(Permission.RECORD_DECISIONS)
@answers_json
def autosave_page(request: SignedInRequest, public_id: UUID, key: str) -> HttpResponseBase:
    """Save the page's form as it is, valid or not. 409 when another tab saved it since it was opened."""
    if key not in KEYS:
        raise Http404
    draft = load_own(public_id, request.user)
    step = step_sent(key, request.POST, otherwise=step_on_path(draft, key))
    form = step.page(draft, request.POST)
    now = timezone.now()
    try:
        row = actions.autosave(page=form, version=version_sent(request.POST), by=request.user, at=now)
    except actions.Stale:
        return JsonResponse({"stale": True}, status=409)
    autosave.discard(request.user, reverse("drafting:page", args=[public_id, key]))
    return JsonResponse({"version": row.version, "saved_at": clock(timezone.localtime(now))})
