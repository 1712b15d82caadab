"""Finding families, people and recorded decisions by words. Nothing is found that the searcher may not see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max

from accounts.models import User
from decisions.models import Decision, DecisionFamily
from decisions.presenters.authors import AUTHOR, AUTHOR_NOW
from families.models import Family, Person
from search import index
from search.index import Kind
from search.wanted import Wanted, wanted, wanted_near

MOST_SHOWN = 20


@dataclass(frozen=True)
class Found:
    """The newest rows of one kind, and whether there are more. How many more is not counted."""

    rows: Sequence[Any] = ()
    more: bool = False


@dataclass(frozen=True)
class Results:
    people: Found = field(default_factory=Found)
    families: Found = field(default_factory=Found)
    decisions: Found = field(default_factory=Found)
    # Nobody is called that: these are nearly called so.
    similar: bool = False

    @property
    def any(self) -> bool:
        return bool(self.people.rows or self.families.rows or self.decisions.rows)


def search(words: str, user: User) -> Results:
    teams = user.team_ids()
    asked = wanted(words)
    people, families = _named(asked, user, teams)
    decisions = _decisions(asked, user, teams)
    if people.rows or families.rows or decisions.rows:
        return Results(people, families, decisions)
    people, families = _named(wanted_near(words), user, teams)
    return Results(people, families, similar=bool(people.rows or families.rows))


def _named(asked: Wanted, user: User, teams: Iterable[int]) -> tuple[Found, Found]:
    people = Person.objects.visible_to(user).filter(pk__in=index.find(Kind.PERSON, asked, teams))
    families = Family.objects.visible_to(user).filter(pk__in=index.find(Kind.FAMILY, asked, teams))
    shown = families.annotate(people_count=Count("people")).prefetch_related("family_teams__team")
    return _first(people.select_related("family").order_by("-pk")), _first(shown.order_by("-pk"))


def _decisions(asked: Wanted, user: User, teams: frozenset[int]) -> Found:
    """Those that one wrote in a team one has left may still be read, so that team's words are searched too."""
    own = Decision.objects.filter(organisation_id=user.organisation_id, author=user.pk, state="recorded")
    left = own.exclude(team__in=teams).order_by().values_list("team", flat=True).distinct()
    keys = index.find(Kind.DECISION, asked, teams | set(left))
    visible = Decision.objects.recorded().visible_to(user).filter(pk__in=keys).with_sendings()
    shown = visible.only("public_id", "reference", *AUTHOR, "decided_at", "outcome", "standing_until")
    return _first(shown.annotate(**AUTHOR_NOW).order_by("-decided_at", "-pk"))


def _first(rows: Any) -> Found:
    found = list(rows[: MOST_SHOWN + 1])
    return Found(found[:MOST_SHOWN], more=len(found) > MOST_SHOWN)


def last_decided(families: Iterable[int], user: User) -> dict[int, Any]:
    """When the last decision about each of these families was made, of those this person may see."""
    visible = Decision.objects.recorded().visible_to(user).values("pk")
    rows = DecisionFamily.objects.filter(family__in=set(families), decision__in=visible)
    return dict(rows.order_by().values_list("family").annotate(last=Max("decision__decided_at")))
