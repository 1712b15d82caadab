"""“Is it one of these families?”, where a decision is begun about a family that is not here yet."""

from django.utils import timezone

from accounts.access import SignedInRequest
from decisions.models import Decision
from decisions.views.submission import submission_id
from drafting.forms.start import FamilyForm
from families.actions import show_similar_families
from families.models import Family
from families.similar import is_looked_at, similar_families


def families_like(request: SignedInRequest, form: FamilyForm) -> list[Family]:
    """Families that the new one may be, once for each name that is typed. What is shown is entered first."""
    name = form.cleaned_data["family_name"]
    if form.chosen or is_looked_at(request, name):
        return []
    similar = similar_families(name, request.user)
    if similar and Decision.objects.drafts_of(request.user).filter(public_id=submission_id(request)).exists():
        return []  # submitted twice: the family is the one that the first has registered
    if similar:
        show_similar_families(families=similar, by=request.user, at=timezone.now())
    return similar
