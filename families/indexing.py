"""What families and people are found by in a search, kept whenever one of their rows is saved, by whatever action."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from families.models import Family, FamilyTeam, Person
from search import index
from search.folding import words_of_name
from search.index import Kind
from search.near import near_keys_of


def listen() -> None:
    post_save.connect(_family_saved, sender=Family)
    post_save.connect(_person_saved, sender=Person)
    post_save.connect(_team_added, sender=FamilyTeam)
    post_delete.connect(_team_removed, sender=FamilyTeam)


def index_family(family: Family) -> None:
    """The family and its people, whose words hold the family's name too."""
    teams = _teams(family.pk)
    _put_family(family, teams)
    for person in Person.objects.filter(family=family.pk):
        _put_person(person, family, teams)


def _put_family(family: Family, teams: list[int]) -> None:
    name = words_of_name(family.name)
    words = name | near_keys_of(name) | words_of_name(family.reference)
    index.put(Kind.FAMILY, family.pk, organisation=family.organisation_id, teams=teams, words=words)


def _put_person(person: Person, family: Family, teams: list[int]) -> None:
    own = words_of_name(person.name).union(*(words_of_name(name) for name in person.known_as.split(",")))
    numbers = {number.casefold() for number in (person.nhs_number, person.upn) if number}
    words = own | near_keys_of(own) | words_of_name(family.name) | numbers
    index.put(Kind.PERSON, person.pk, organisation=person.organisation_id, teams=teams, words=words)


def _teams(family: int) -> list[int]:
    return list(FamilyTeam.objects.filter(family=family).order_by("team_id").values_list("team_id", flat=True))


def _family_saved(instance: Family, *, created: bool, **_: Any) -> None:
    if created:
        _put_family(instance, [])
    else:
        index_family(instance)


def _person_saved(instance: Person, update_fields: frozenset[str] | None = None, **_: Any) -> None:
    if not update_fields or update_fields & {"name", "known_as", "nhs_number", "upn"}:
        _put_person(instance, instance.family, _teams(instance.family_id))


def _team_added(instance: FamilyTeam, **_: Any) -> None:
    """The decisions about a family are found by its new team too; what it may see of them is asked when it searches."""
    index_family(instance.family)
    decisions = instance.family.decision_families.filter(decision__state="recorded").values_list("decision", flat=True)
    index.add_team(Kind.DECISION, decisions.order_by(), organisation=instance.organisation_id, team=instance.team_id)


def _team_removed(instance: FamilyTeam, **_: Any) -> None:
    index_family(instance.family)
