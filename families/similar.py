"""Families and people that may be the one somebody is about to register: "Is it one of these?"

Only of those the user may see. Nothing is refused: two children of one name are two children.
"""

from django.http import HttpRequest

from accounts.models import User
from families.details import PersonDetails
from families.models import Family, Person
from search import index
from search.index import Kind
from search.wanted import wanted, wanted_near

MOST_SIMILAR = 10


def is_looked_at(request: HttpRequest, name: str) -> bool:
    """Whether the page before this one showed what is similar to this name."""
    return request.POST.get("looked_at") == name


def similar_families(name: str, user: User) -> list[Family]:
    keys = index.find(Kind.FAMILY, wanted_near(name), user.team_ids())
    if not keys:
        return []
    found = Family.objects.visible_to(user).filter(pk__in=keys).prefetch_related("people")
    return list(found.newest_first()[:MOST_SIMILAR])


def similar_people(details: PersonDetails, family: Family, user: User) -> list[Person]:
    """By name, or by a number. Not those whose date of birth or number says that it is somebody else."""
    teams = user.team_ids()
    keys = set(index.find(Kind.PERSON, wanted_near(details.name, also=family.name), teams))
    for number in filter(None, (details.nhs_number, details.upn)):
        keys.update(index.find(Kind.PERSON, wanted(number), teams))
    if not keys:
        return []
    found = Person.objects.visible_to(user).filter(pk__in=keys).select_related("family").order_by("-pk")
    return [person for person in found if not _is_somebody_else(person, details)][:MOST_SIMILAR]


def _is_somebody_else(person: Person, details: PersonDetails) -> bool:
    pairs = (
        (person.date_of_birth, details.date_of_birth),
        (person.nhs_number, details.nhs_number),
        (person.upn, details.upn),
    )
    return any(known and typed and known != typed for known, typed in pairs)
