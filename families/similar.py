"""Families and people that may be the one somebody is about to register: "Is it one of these?"

Only of those the user may see. Nothing is refused: two children of one name are two children.
"""

from collections.abc import Iterable, Sequence

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
    return name in request.POST.getlist("looked_at")


def similar_families(name: str, user: User) -> list[Family]:
    keys = index.find(Kind.FAMILY, wanted_near(name), user.team_ids())
    if not keys:
        return []
    found = Family.objects.visible_to(user).filter(pk__in=keys).prefetch_related("people")
    return list(found.newest_first()[:MOST_SIMILAR])


def similar_people(details: PersonDetails, family: Family, user: User) -> list[Person]:
    """By name, or by a number. Not those whose date of birth or number says that it is somebody else."""
    return similar_to_each([(details, family.name)], user)[0]


def similar_to_each(new: Sequence[tuple[PersonDetails, str]], user: User) -> list[list[Person]]:
    """For each new person and the name of their family. Up to six queries for each, and one for all."""
    keys = [_keys_near(details, family, user.team_ids()) for details, family in new]
    wanted_keys = set().union(*keys)
    seen = Person.objects.visible_to(user).filter(pk__in=wanted_keys).select_related("family").order_by("-pk")
    people = list(seen) if wanted_keys else []
    return [
        [person for person in people if person.pk in found and not _is_somebody_else(person, details)][:MOST_SIMILAR]
        for found, (details, _) in zip(keys, new, strict=True)
    ]


def _keys_near(details: PersonDetails, family: str, teams: Iterable[int]) -> set[int]:
    keys = set(index.find(Kind.PERSON, wanted_near(details.name, also=family), teams))
    for number in filter(None, (details.nhs_number, details.upn)):
        keys.update(index.find(Kind.PERSON, wanted(number), teams))
    return keys


def _is_somebody_else(person: Person, details: PersonDetails) -> bool:
    pairs = (
        (person.date_of_birth, details.date_of_birth),
        (person.nhs_number, details.nhs_number),
        (person.upn, details.upn),
    )
    return any(known and typed and known != typed for known, typed in pairs)
