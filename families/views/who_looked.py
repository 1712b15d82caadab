from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.models import User
from accounts.namesakes import colleague_names
from accounts.roles import Permission
from accounts.who_looked import who_looked
from audit.parts import read_parts
from audit.statements import rows_where
from families import actions
from families.models import DeclaredConflict, Family
from families.queries import may_see_who_looked_at_family


def _closed_to(family: Family, user: User) -> list[tuple[str, DeclaredConflict]]:
    """Who knows the family or is related to it, by name. Not to be read by themselves."""
    rows = list(DeclaredConflict.objects.standing().filter(family=family).select_related("user"))
    names = colleague_names(row.user for row in rows)
    return [(names[row.user_id], row) for row in rows if row.user_id != user.pk]


@require_safe
@allow(Permission.SEE_WHO_LOOKED)
def page(request: SignedInRequest, family_id: UUID) -> HttpResponse:
    """Who has looked at a family, its people and what they said. Whoever looks at this is the first in the list."""
    found = rows_where(Family, "public_id", [family_id])
    read_parts(found, ("family_teams", "people", "disclosures"))
    if not found or not may_see_who_looked_at_family(found[0], request.user):
        raise Http404
    family = found[0]
    actions.show_who_looked(family=family, by=request.user, at=timezone.now())
    about = {
        "families.family": [family.pk],
        "families.person": [row.pk for row in family.people.all()],
        "families.disclosure": [row.pk for row in family.disclosures.all()],
    }
    sees = request.user.has(Permission.SEE_FAMILIES)
    back = reverse("families:detail", args=[family.public_id]) if sees else reverse("home")
    context = {
        "looked": who_looked(family.organisation_id, about, family.reference, request.GET),
        "closed_to": _closed_to(family, request.user),
        "record": f"family {family.reference}",
        "back": (back, f"Family {family.reference}" if sees else "Home"),
    }
    return render(request, "who_looked.html", context)
