"""Error pages: what happened, and what the user can do now. handler400 to handler500 in urls.py refer to these."""

import logging
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from accounts.signing_in import autosave_post

log = logging.getLogger(__name__)

# For when even the template cannot be read. It has no style sheet, so that nothing else can fail.
LAST_RESORT = (
    '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Sorry, there is a problem</title></head>'
    "<body><h1>Sorry, there is a problem</h1><p>Try again in a few minutes. "
    "If a child is in danger now, call 999.</p></body></html>"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django's signature
    return _alone("errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django's signature
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django's signature
    """The same page for what does not exist and for what the user may not know about."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    return _alone("errors/500.html", 500)


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


def _alone(template: str, status: int) -> HttpResponse:
    """A page that needs neither the request, the session nor the database: any of them may be what failed."""
    try:
        page: str = render_to_string(template)
    except Exception:  # noqa: BLE001  a page about an error must never become one
        log.warning("%s could not be rendered", template)
        page = LAST_RESORT
    return HttpResponse(page, status=status)
