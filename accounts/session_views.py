"""Where somebody is signed in, and the way to end it from elsewhere."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.access import SignedInRequest, allow_signed_in
from accounts.open_sessions import open_sessions
from accounts.step_up import needs_step_up

ENDED = "{count} ended. Anyone using that browser is signed out at their next page."


@allow_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up
def your_sessions(request: SignedInRequest) -> HttpResponse:
    """POST ends one, by its handle, or all others."""
    now, this = timezone.now(), _key(request)
    if request.method != "POST":
        sessions = open_sessions(request.user, this=this, at=now)
        return render(request, "account/your_sessions.html", {"sessions": sessions})
    handle = request.POST.get("end", "")[:64]
    ended = actions.end_own_sessions(by=request.user, this=this, handle=handle, at=now)
    if ended:
        messages.success(request, ENDED.format(count="One session has" if ended == 1 else f"{ended} sessions have"))
    else:
        messages.info(request, "It had ended already.")
    return redirect("your_sessions")


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""
