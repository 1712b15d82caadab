"""Finding the one person a request is about, for somebody who sees no case text: by what only they would know."""

from datetime import date

from django.db.models import Q, QuerySet

from decisions.models import Decision
from families.models import Person


def matching(organisation: int, name: str, born: date | None, reference: str) -> list[Person]:
    """At most two: who is called exactly so and has this date of birth, or is of this family or decision."""
    known = Q()
    if born:
        known &= Q(date_of_birth=born)
    if reference:
        wanted = reference.strip().upper()
        on_decision = Q(on_decisions__decision__reference=wanted, on_decisions__decision__state="recorded")
        known &= Q(family__reference=wanted) | on_decision
    if not known:
        return []
    rows = Person.objects.filter(known, organisation_id=organisation, name__iexact=" ".join(name.split()))
    return list(rows.distinct()[:2])


def recorded_under(organisation: int, reference: str) -> QuerySet[Decision]:
    """The recorded decision of this reference, or those about the family of it."""
    wanted = reference.strip().upper()
    rows: QuerySet[Decision] = Decision.objects.recorded().filter(organisation_id=organisation)
    return (
        rows.filter(Q(reference=wanted) | Q(decision_families__family__reference=wanted))
        .distinct()
        .order_by("decided_at", "pk")
    )
