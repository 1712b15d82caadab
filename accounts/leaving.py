"""After quick leave, this browser's history leads to nothing that says what the site is for.

Back, Forward and a tab opened again ask the server for pages of before, so a cookie tells it that somebody left. Until
somebody signs in there, those pages answer with the goodbye page, and the sign-in page names no service (ADR 0008).
"""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts import left_sessions
from audit.middleware import client_address

# As long as a session can last: a tab opened again on the same evening still says nothing.
SECONDS = settings.SESSION_COOKIE_AGE
CAME_BACK = "came_back_after_leaving"
# What answers for itself: each is neutral for a browser that has left. A one-time link is opened on purpose.
NEUTRAL = (
    "account_login", "mfa_authenticate", "goodbye", "quick_leave", "choose_password", "health",
    "sign_on", "sign_on_back",
)  # fmt: skip


def leave(request: HttpRequest) -> HttpResponse:
    """End the session, clear what the browser keeps of our pages, and lead to the goodbye page."""
    logout(request)
    return _goodbye(request)


def clear_site_data(answer: HttpResponseBase) -> None:
    """Let the browser forget the pages it keeps for Back. Not cookies: those of others on the same domain would go."""
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'


class _Goodbye(HttpResponseRedirect):
    """Leads to the goodbye page."""

    status_code = HTTPStatus.SEE_OTHER


class _GoodbyeFirst(_Goodbye):
    """Once the server has sent it, the database is told."""

    def close(self) -> None:
        left_sessions.settle()
        super().close()


def _goodbye(request: HttpRequest, kind: type[_Goodbye] = _Goodbye) -> HttpResponse:
    """Asks the database nothing."""
    answer = kind(reverse("goodbye"))
    clear_site_data(answer)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return answer  # another site can sign somebody out, and do no more
    answer.set_cookie(
        settings.LEFT_COOKIE_NAME,
        "1",
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


class QuickLeaveMiddleware:
    """Whoever presses “Quick leave” leaves at once, whatever is broken. Must come before the session.

    The session is noted as left in a file, and the answer asks the database nothing. What is to be done there is done
    when the answer has gone, or later, when the database is back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if left_sessions.is_noted(key):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        if request.method == "POST" and request.path_info == reverse("quick_leave"):
            return self.leave(request, key)
        response = self.get_response(request)
        if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR and any(left_sessions.waiting()):
            left_sessions.settle()
        return response

    def leave(self, request: HttpRequest, key: str) -> HttpResponseBase:
        is_noted = left_sessions.write(key, at=timezone.now(), address=client_address(request))
        if not is_noted:  # a disk that fails, or nobody's session: then the view ends what there is to end
            response = self.get_response(request)
            if response.status_code == HTTPStatus.SEE_OTHER:
                return response
        answer = _goodbye(request, _GoodbyeFirst if is_noted else _Goodbye)
        answer.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
        return answer


def has_left(request: HttpRequest) -> bool:
    """Whether somebody left quickly in this browser and nobody has signed in since."""
    return bool(request.COOKIES.get(settings.LEFT_COOKIE_NAME)) and not request.user.is_authenticated


def remember_return(request: HttpRequest) -> None:
    """At sign-in: the first page offers what was typed before leaving."""
    if request.COOKIES.get(settings.LEFT_COOKIE_NAME):
        request.session[CAME_BACK] = True


def has_come_back(request: HttpRequest) -> bool:
    """Whether they signed in after leaving quickly. True once."""
    return bool(request.session.pop(CAME_BACK, False))


class LeftMiddleware:
    """Must come after authentication, and before what may sign somebody out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.COOKIES.get(settings.LEFT_COOKIE_NAME):
            return response
        if request.user.is_authenticated:
            response.delete_cookie(settings.LEFT_COOKIE_NAME, samesite="Lax")
            return response
        return self.neutral(request, response)

    def neutral(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The response itself, unless it is a page, or leads to one, that says what this is."""
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        sign_in, match = reverse("account_login"), request.resolver_match
        if request.path == reverse("home") or (request.path == sign_in and request.method == "GET" and request.GET):
            return redirect(sign_in)  # without the address of the page asked for
        return response if match and match.url_name in NEUTRAL else redirect("goodbye")
