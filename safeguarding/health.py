"""The address a load balancer asks: open to all, and empty of everything."""

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import allow_anybody
from safeguarding.migrated import pending


@allow_anybody
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """200 when the database responds and has every migration of this code, else 503. Never any case data."""
    try:
        is_ready = not pending()
    except Error:
        return _plain("database away", 503)
    return _plain("ok", 200) if is_ready else _plain("migrations pending", 503)


def _plain(line: str, status: int) -> HttpResponse:
    return HttpResponse(f"{line}\n", content_type="text/plain", status=status)
