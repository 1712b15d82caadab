"""Where somebody comes back to after signing in: always to a page that can be opened."""

import inspect
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import autosave
from accounts.models import User

READING = frozenset({"GET", "HEAD"})
LEADS_ON = frozenset({302, 303})
NOT_KEPT = (
    "You had been signed out, so what you sent was not kept. Sign in, check what the page says now, and send it again."
)
KEPT = "You had been signed out. What you typed is kept. Sign in, look at it, and send it again."


def put_aside(request: HttpRequest) -> autosave.Place | None:
    """Keeps what was sent without a session, or with a token from before it, for the person who typed it."""
    place = autosave.place_of(request.POST.get(autosave.FIELD, ""))
    return place if place and autosave.save(place, request.POST, at=timezone.now()) else None


def to_sign_in(request: HttpRequest, view: Callable[..., Any]) -> HttpResponseBase:
    """To the sign-in page, and from there back. Whatever was sent has to be sent again, and that is said.

    What was typed is put aside first, where the page it was typed on says whose it is. A page's own script is told
    plainly, with no page to follow.
    """
    place = put_aside(request) if request.method not in READING else None
    if getattr(view, "answers_scripts", False):
        return JsonResponse({"signed_out": True, "kept": place is not None}, status=401)
    if request.method in READING:
        return redirect_to_login(request.get_full_path())
    if place:
        messages.warning(request, KEPT)
        return redirect_to_login(place.path)
    messages.warning(request, NOT_KEPT)
    return redirect_to_login(_page_it_was_sent_from(request))


def opens(view: Callable[..., Any] | None) -> bool:
    """Whether a view answers when its address is opened. Django's decorators keep the methods they let through."""
    while view is not None:
        methods = inspect.getclosurevars(view).nonlocals.get("request_method_list") if inspect.isfunction(view) else ()
        if methods and not READING & set(methods):
            return False
        view = getattr(view, "__wrapped__", None)
    return True


def _page_it_was_sent_from(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    sent_from = urlsplit(referer).path if own else ""
    return next((path for path in (request.path, sent_from) if path and _is_a_page(path)), "/")


def _is_a_page(path: str) -> bool:
    try:
        return opens(resolve(path).func)
    except Resolver404:
        return False


class SignInMiddleware(LoginRequiredMiddleware):
    """Signing in is the default; Django's own would lead back to addresses that only take a form."""

    def handle_no_permission(  # type: ignore[override]  # the stub knows of redirects alone; a script is told 401
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        return to_sign_in(request, view_func)


class AcceptedMiddleware:
    """Stands inside the ledger's block. A form that leads on was accepted: nothing of it is unsent any more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in LEADS_ON and isinstance(request.user, User):
            place = autosave.place_of(request.POST.get(autosave.FIELD, ""))
            if place and place.user == request.user.pk:
                autosave.forget(request.user, place.path)
        return response
