"""Signed out when nothing was done for a while, and after a working day in any case."""

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

from accounts import autosave

SIGNED_IN, SEEN = "signed_in_at", "seen_at"
TOO_LONG = "You were signed out because nothing was done here for a while. Sign in to go on where you were."
# Written down no more often than this, so that reading a page is not always writing a row.
STEPS = 60


def listen() -> None:
    user_logged_in.connect(_begin, dispatch_uid="session_times_begin")


def _begin(*, request: HttpRequest, **_: Any) -> None:
    now = timezone.now()
    request.session[SIGNED_IN] = request.session[SEEN] = now.timestamp()
    autosave.forget_old(now)


def seconds_left(session: SessionBase, now: datetime) -> int:
    """How long this session lasts if nothing more is done; none left when it is over."""
    at = now.timestamp()
    idle = session.get(SEEN, at) + settings.IDLE_SECONDS - at
    whole = session.get(SIGNED_IN, at) + settings.SESSION_COOKIE_AGE - at
    return max(0, int(min(idle, whole)))


def only_looks(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that asks about the session: reading it is no sign that somebody is there."""
    view.only_looks = True  # type: ignore[attr-defined]  # read by the middleware
    return view


class IdleMiddleware:
    """Stands after authentication. What an open page sends by itself, because somebody types, is a sign of life."""

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
        elif now.timestamp() - session.get(SEEN, 0) > settings.IDLE_SECONDS / STEPS and not _looks(request):
            session[SEEN] = now.timestamp()
            session.setdefault(SIGNED_IN, now.timestamp())


def _looks(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return request.method != "POST" and getattr(view, "only_looks", False)
