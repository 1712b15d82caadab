"""One incident by its address, for whoever may see it."""

from uuid import UUID

from django.http import Http404

from accounts.access import SignedInRequest
from incidents.models import Incident


def found_or_404(request: SignedInRequest, public_id: UUID) -> Incident:
    """With its rows, its decision and its events."""
    rows = Incident.objects.visible_to(request.user).select_related(
        "organisation", "decision__team", "urgent", "written_by"
    )
    related = ("further__decision", "items__item", "recipients__recipient", "events__written_by")
    found: Incident | None = rows.prefetch_related(*related).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
