from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import allow_anybody


@allow_anybody
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """200 when the database responds, 503 when it does not. Never any case data."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("database away\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
