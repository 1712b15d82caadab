"""Error pages: what happened, and what the user can do now. handler400 to handler500 in urls.py refer to these."""

import logging
import sys
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from accounts import autosave
from accounts.signing_in import autosave_post

log = logging.getLogger(__name__)
DATABASE_AWAY = (OperationalError, InterfaceError)
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field

# For when even the template cannot be read. It has no style sheet, so that nothing else can fail.
LAST_RESORT = (
    '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Sorry, there is a problem</title></head>'
    "<body><h1>Sorry, there is a problem</h1><p>Try again in a few minutes. "
    "If a child is in danger now, call 999.</p></body></html>"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _away(request) if _was_away(exception) else _alone("errors/400.html", 400)


def _was_away(error: BaseException | None) -> bool:
    """Django says of a session that cannot be saved that it was deleted. What was raised first says why."""
    while error and not isinstance(error, DATABASE_AWAY):
        error = error.__context__
    return error is not None


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django's signature
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django's signature
    """The same page for what does not exist and for what the user may not know about."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the exception is handled: that the database is away says nothing of what was asked."""
    if isinstance(sys.exc_info()[1], DATABASE_AWAY):
        return _away(request)
    return _alone("errors/500.html", 500)


def _away(request: HttpRequest) -> HttpResponse:
    """Stopped, full or too busy. What was sent is in the page, to be sent again as it stands, and to be copied.

    The token is the one that came with it, never a new one: what another site sent is refused again.
    """
    status = HTTPStatus.SERVICE_UNAVAILABLE
    if _answers_json(request):
        return JsonResponse({"try_again": True}, status=status)
    try:
        posted = request.POST
    except (UnreadablePostError, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        posted = QueryDict()
    if request.FILES or TOKEN not in posted:  # it could not be sent again from here
        posted = QueryDict()
    typed = [(name, text) for name, texts in autosave.form_data(posted).items() for text in texts]
    answer = _alone("errors/503.html", status, {"typed": typed, "token": posted.get(TOKEN, ""), "words": _words(typed)})
    answer.headers["Retry-After"] = "30"
    return answer


def too_large(request: HttpRequest, status: int) -> HttpResponse:
    """A request of a size or form that is not read. A script gets that in its own form."""
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        if _answers_json(request):
            return JsonResponse({"too_much": True}, status=status)
        return _alone("errors/413.html", status)
    return _alone("errors/400.html", status)


def csrf_failure(request: HttpRequest, **_: object) -> HttpResponse:
    """The CSRF token changes at sign-in, so a page from before is refused. What was typed on it is saved."""
    if _answers_json(request):
        return JsonResponse({"old_token": True}, status=403)
    key = autosave_post(request)
    return render(request, "errors/csrf.html", {"autosaved_path": key.path if key else ""}, status=403)


def _answers_json(request: HttpRequest) -> bool:
    try:
        return bool(getattr(resolve(request.path_info).func, "answers_json", False))
    except Resolver404:
        return False


def _words(typed: list[tuple[str, str]]) -> list[str]:
    """What somebody wrote themselves, and not keys or codes that the page had."""
    return [text for _, text in typed if len(text.split()) > 1]


def _alone(template: str, status: int, context: dict[str, Any] | None = None) -> HttpResponse:
    """A page that needs neither the session nor the database: any of them may be what failed."""
    try:
        page: str = render_to_string(template, context)
    except Exception:  # noqa: BLE001  a page about an error must never become one
        log.warning("%s could not be rendered", template)
        page = LAST_RESORT
    return HttpResponse(page, status=status)
