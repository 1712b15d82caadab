"""Session timeout: after a while without activity, and after a working day in any case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone

from accounts import autosave, guesses, leaving

SIGNED_IN, SEEN = "signed_in_at", "seen_at"
TOO_LONG = "You were signed out because you had not used this service for a while. Sign in to continue."
# How many times per idle period the time of the last activity is stored, so that not every request writes a row.
STEPS = 60


def listen() -> None:
    user_logged_in.connect(_begin, dispatch_uid="session_times_begin")


def _begin(*, request: HttpRequest, **_: Any) -> None:
    now = timezone.now()
    request.session[SIGNED_IN] = request.session[SEEN] = now.timestamp()
    autosave.delete_expired(now)
    guesses.forget_old(now)
    leaving.remember_return(request)


def seconds_left(session: SessionBase, now: datetime) -> int:
    """Seconds until the session ends if there is no more activity; 0 when it has ended."""
    at = now.timestamp()
    idle = session.get(SEEN, at) + settings.IDLE_SECONDS - at
    whole = session.get(SIGNED_IN, at) + settings.SESSION_COOKIE_AGE - at
    return max(0, int(min(idle, whole)))


def polls_session(view: Callable[..., Any]) -> Callable[..., Any]:
    """For a view that scripts poll: a GET request to it does not count as activity."""
    view.polls_session = True  # type: ignore[attr-defined]  # read by the middleware
    return view


class IdleMiddleware:
    """Sign out idle users. Must come after authentication. An autosave request counts as activity."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.mark(request, timezone.now())
        return self.get_response(request)

    def mark(self, request: HttpRequest, now: datetime) -> None:
        session = request.session
        if SEEN in session and seconds_left(session, now) == 0:
            logout(request)
            messages.info(request, TOO_LONG)
        elif now.timestamp() - session.get(SEEN, 0) > settings.IDLE_SECONDS / STEPS and not _is_poll(request):
            session[SEEN] = now.timestamp()
            session.setdefault(SIGNED_IN, now.timestamp())


def _is_poll(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return request.method != "POST" and getattr(view, "polls_session", False)
