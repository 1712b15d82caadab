from uuid import UUID, uuid4

from django.http import HttpRequest


def submission_id(request: HttpRequest) -> UUID:
    """A page's own name, made when it is opened and sent back with it: the same page sent twice is one thing done."""
    try:
        return UUID(request.POST.get("submission_id", ""))
    except ValueError:
        return uuid4()
