"""What a page's own script asks for while somebody types: keep this, forget it, am I still signed in."""

from django.http import HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import autosave
from accounts.access import SignedInRequest, allow_signed_in, answers_scripts
from accounts.idle import only_looks, seconds_left
from ui.moments import clock


@require_POST
@allow_signed_in
@answers_scripts
def autosave_page(request: SignedInRequest) -> HttpResponseBase:
    """Takes any form with the token of its page. Somebody else's page is refused, whoever is signed in by now."""
    place = _own_place(request)
    if place is None:
        return JsonResponse({"other": True}, status=403)
    now = timezone.now()
    if not autosave.save(place, request.POST, at=now):
        return JsonResponse({"too_much": True}, status=413)
    return JsonResponse({"saved_at": clock(timezone.localtime(now))})


@require_POST
@allow_signed_in
def discard_autosave(request: SignedInRequest) -> HttpResponseBase:
    """Throws away what was kept of one page, and opens it as if nothing had been typed."""
    place = _own_place(request)
    if place is None:
        return redirect("home")
    autosave.forget(request.user, place.path)
    return redirect(place.path)


@only_looks
@require_http_methods(["GET", "HEAD", "POST"])
@allow_signed_in
@answers_scripts
def extend_session(request: SignedInRequest) -> HttpResponseBase:
    """How many seconds are left; asking with POST is the sign that somebody is there.

    The token of forms changes at sign-in. A page opened before gets the new one, if the same person is back.
    """
    answer: dict[str, object] = {"left": seconds_left(request.session, timezone.now())}
    place = autosave.place_of(request.headers.get("Autosave-Token", ""))
    if place and place.user == request.user.pk:
        answer["token"] = get_token(request)
    return JsonResponse(answer)


def _own_place(request: SignedInRequest) -> autosave.Place | None:
    place = autosave.place_of(request.POST.get(autosave.FIELD, ""))
    return place if place and place.user == request.user.pk else None
