"""One request by its address, for whoever answers requests in its organisation."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, QueryDict

from accounts.access import SignedInRequest
from rights.models import RightsRequest


def found_or_404(request: SignedInRequest, public_id: UUID) -> RightsRequest:
    """With its person and its events."""
    rows = RightsRequest.objects.visible_to(request.user).select_related(
        "person__family", "asked_by_person", "written_by"
    )
    found: RightsRequest | None = rows.prefetch_related("events__written_by").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def posted(request: SignedInRequest) -> QueryDict | None:
    """The POST data, even if empty, so that the form is bound and says what is missing."""
    return request.POST if request.method == "POST" else None


def refuse(form: BaseForm, error: ValidationError) -> None:
    """The action's errors beside the fields they are about, or beside the first."""
    first = next(iter(form.fields))
    by_field = error.error_dict if hasattr(error, "error_dict") else {first: [error]}
    for name, errors in by_field.items():
        for each in errors:
            form.add_error(name if name in form.fields else first, each)
