"""A number for each request, so that its log lines belong together; how many there were, and how long they took.

The name of a view stands for its address: an address has references in it, and a log has none.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from safeguarding.logs import request_number
from safeguarding.metrics import observe

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
NO_VIEW = "none"
log = logging.getLogger("safeguarding.requests")


class RequestsMiddleware:
    """The first of all: what the others refuse is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number = number_of(request)
        # It stays until the thread's next request: Django logs what it refused after all middleware is done.
        request_number.set(number)
        start = time.monotonic()
        response = self.get_response(request)
        seconds = time.monotonic() - start
        view = request.resolver_match.view_name if request.resolver_match else NO_VIEW
        observe(view, request.method or "", response.status_code, seconds)
        log.info("%s %s %s %d ms", request.method, view, response.status_code, seconds * 1000)
        response.headers[HEADER] = number
        return response


def number_of(request: HttpRequest) -> str:
    """What our own proxy calls it, else a new one: nobody else may write into our log."""
    given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXIES else ""
    return given if GIVEN.fullmatch(given) else secrets.token_hex(8)
