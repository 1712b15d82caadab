"""Requests that are larger than anything our pages send are refused before anything else is done for them."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError

from safeguarding import errors

# More digits than any length we could take; Python itself takes long over thousands of them.
DIGITS = 12


class RequestSizeMiddleware:
    """Comes before the session, so that a refused request costs no query. The next request is served as ever."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        status = _refusal_by_length(request) or _refusal_by_fields(request)
        return errors.too_large(request, status) if status else self.get_response(request)


def _refusal_by_length(request: HttpRequest) -> HTTPStatus | None:
    """By what the headers say. Django reads no body whose length is not told: words would be lost in silence."""
    if "Transfer-Encoding" in request.headers:
        return HTTPStatus.LENGTH_REQUIRED
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        return HTTPStatus.BAD_REQUEST
    too_large = len(length) > DIGITS or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_large else None


def _refusal_by_fields(request: HttpRequest) -> HTTPStatus | None:
    """By how many fields there are, in the body and in the address."""
    try:
        _ = request.GET, request.POST
    except (TooManyFieldsSent, TooManyFilesSent, RequestDataTooBig):
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    except UnreadablePostError:
        return None  # the client has gone; its form is empty now, and is refused as one without a token
    return None
