"""Where users return to after signing in: always a page that answers GET."""

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
NOT_SAVED = "You were signed out, so what you sent was not saved. Sign in, check the page and send it again."
SAVED = "You were signed out. What you typed has been saved. Sign in, check it and send it again."


def autosave_post(request: HttpRequest) -> autosave.PageKey | None:
    """Autosave a POST that came without a session, or with an old CSRF token, for the user who typed it."""
    key = autosave.read_token(request.POST.get(autosave.FIELD, ""))
    return key if key and autosave.save_text(key, request.POST, at=timezone.now()) else None


def to_sign_in(request: HttpRequest, view: Callable[..., Any]) -> HttpResponseBase:
    """Redirect to the sign-in page and from there back, with a message that a form must be sent again.

    The form is autosaved first if it has the token of its page. Scripts get 401 instead of a redirect.
    """
    key = autosave_post(request) if request.method not in READING else None
    if getattr(view, "answers_json", False):
        return JsonResponse({"signed_out": True, "saved": key is not None}, status=401)
    if request.method in READING:
        return redirect_to_login(request.get_full_path())
    if key:
        messages.warning(request, SAVED)
        return redirect_to_login(key.path)
    messages.warning(request, NOT_SAVED)
    return redirect_to_login(_page_it_was_sent_from(request))


def opens(view: Callable[..., Any] | None) -> bool:
    """Whether a view answers GET, read from the closure of Django's require_http_methods."""
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
    """Sign-in by default. Django's own middleware would redirect back to views that only accept POST."""

    def handle_no_permission(  # type: ignore[override]  # the stub knows of redirects alone; a script is told 401
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        return to_sign_in(request, view_func)


class AcceptedMiddleware:
    """Discard autosaved text when a form is accepted. Must come inside the ledger's middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_done = request.method == "POST" and autosave.is_accepted(request, response)
        if is_done and isinstance(request.user, User):
            key = autosave.read_token(request.POST.get(autosave.FIELD, ""))
            if key and key.user == request.user.pk:
                autosave.discard(request.user, key.path)
        return response
