"""The endpoints of static/autosave.js: autosave a form, discard what was autosaved, extend the session."""

from django.http import HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import autosave
from accounts.access import SignedInRequest, allow_signed_in, answers_json
from accounts.idle import polls_session, seconds_left
from ui.moments import clock


@require_POST
@allow_signed_in
@answers_json
def autosave_page(request: SignedInRequest) -> HttpResponseBase:
    """Save any form with the token of its page. A token of another user is refused."""
    key = _own_page_key(request)
    if key is None:
        return JsonResponse({"other": True}, status=403)
    now = timezone.now()
    if not autosave.save_text(key, request.POST, at=now):
        return JsonResponse({"too_much": True}, status=413)
    return JsonResponse({"saved_at": clock(timezone.localtime(now))})


@require_POST
@allow_signed_in
def discard_autosave(request: SignedInRequest) -> HttpResponseBase:
    """Delete the autosaved text of one page and open the page again."""
    key = _own_page_key(request)
    if key is None:
        return redirect("home")
    autosave.discard(request.user, key.path)
    return redirect(key.path)


@polls_session
@require_http_methods(["GET", "HEAD", "POST"])
@allow_signed_in
@answers_json
def extend_session(request: SignedInRequest) -> HttpResponseBase:
    """Return the seconds left of the session. POST extends it; GET only asks.

    The CSRF token changes at sign-in. A page opened before gets the new one if the same user has signed in again.
    """
    answer: dict[str, object] = {"left": seconds_left(request.session, timezone.now())}
    key = autosave.read_token(request.headers.get("Autosave-Token", ""))
    if key and key.user == request.user.pk:
        answer["token"] = get_token(request)
    return JsonResponse(answer)


def _own_page_key(request: SignedInRequest) -> autosave.PageKey | None:
    key = autosave.read_token(request.POST.get(autosave.FIELD, ""))
    return key if key and key.user == request.user.pk else None
