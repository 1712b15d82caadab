from uuid import UUID, uuid4

from django.http import HttpRequest


def submission_id(request: HttpRequest) -> UUID:
    """An id made when a page is opened and submitted with it, so that submitting it twice adds one row."""
    try:
        return UUID(request.POST.get("submission_id", ""))
    except ValueError:
        return uuid4()
