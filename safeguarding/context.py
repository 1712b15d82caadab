from django.conf import settings
from django.http import HttpRequest


def site(_request: HttpRequest) -> dict[str, object]:
    return {"demo": settings.DEMO, "service_name": "Safeguarding decisions"}
