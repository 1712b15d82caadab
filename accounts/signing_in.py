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
from django.utils.http import url_has_allowed_host_and_scheme

READING = frozenset({"GET", "HEAD"})
NOT_KEPT = (
    "You had been signed out, so what you sent was not kept. Sign in, check what the page says now, and send it again."
)


def to_sign_in(request: HttpRequest, view: Callable[..., Any]) -> HttpResponseBase:
    """To the sign-in page, and from there back. Whatever was sent has to be sent again, and that is said.

    A page's own script is told plainly instead.
    """
    if getattr(view, "answers_scripts", False):
        return JsonResponse({"signed_out": True}, status=401)
    if request.method in READING:
        return redirect_to_login(request.get_full_path())
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

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:
        return to_sign_in(request, view_func)
