"""Finding families, people, decisions and urgent records by words. Nothing is found that the searcher may not see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef

from accounts.models import User
from decisions.models import Decision, DecisionFamily, DecisionPerson, UrgentRecord
from decisions.presenters.authors import AUTHOR, AUTHOR_NOW
from families.models import Family, Person
from search import index
from search.folding import words_of_name
from search.index import Kind
from search.wanted import Wanted, matches, wanted, wanted_near

MOST_SHOWN = 20
# Nobody has as many: drafts are recorded or deleted.
MOST_DRAFTS = 200
DECISION = ("public_id", "reference", *AUTHOR, "organisation", "state", "decided_at", "outcome", "standing_until")


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
    urgent: Found = field(default_factory=Found)
    drafts: Found = field(default_factory=Found)
    # Nobody is called that: these are nearly called so.
    similar: bool = False

    @property
    def any(self) -> bool:
        found = (self.people, self.families, self.decisions, self.urgent, self.drafts)
        return any(kind.rows for kind in found)


def search(words: str, user: User) -> Results:
    teams, asked = user.team_ids(), wanted(words)
    of_records = teams | _teams_left(user, teams)
    people, families = _named(asked, user, teams)
    found = Results(
        people, families, _decisions(asked, user, of_records), _urgent(asked, user, of_records), _drafts(asked, user)
    )
    if found.any:
        return found
    people, families = _named(wanted_near(words), user, teams)
    return Results(people, families, similar=bool(people.rows or families.rows))


def _teams_left(user: User, teams: Iterable[int]) -> set[int]:
    """What one wrote in a team one has left may still be read, so that team's words are searched too."""
    decisions = Decision.objects.filter(organisation_id=user.organisation_id, author=user.pk, state="recorded")
    urgent = UrgentRecord.objects.filter(organisation_id=user.organisation_id, author=user.pk)
    left = (rows.exclude(team__in=teams).order_by().values_list("team", flat=True) for rows in (decisions, urgent))
    first, second = left
    return set(first.union(second))


def _named(asked: Wanted, user: User, teams: Iterable[int]) -> tuple[Found, Found]:
    people, families = (index.find(kind, asked, teams) for kind in (Kind.PERSON, Kind.FAMILY))
    return _people(people, user), _families(families, user)


def _people(keys: Sequence[int], user: User) -> Found:
    """As of each kind: where the index has nothing, no question about who may see it is composed."""
    if not keys:
        return Found()
    return _first(Person.objects.visible_to(user).filter(pk__in=keys).select_related("family").order_by("-pk"))


def _families(keys: Sequence[int], user: User) -> Found:
    if not keys:
        return Found()
    shown = Family.objects.visible_to(user).filter(pk__in=keys).annotate(people_count=Count("people"))
    return _first(shown.prefetch_related("family_teams__team").order_by("-pk"))


def _decisions(asked: Wanted, user: User, teams: Iterable[int]) -> Found:
    keys = index.find(Kind.DECISION, asked, teams)
    if not keys:
        return Found()
    visible = Decision.objects.recorded().visible_to(user).filter(pk__in=keys).with_sendings()
    return _first(visible.only(*DECISION).annotate(**AUTHOR_NOW).order_by("-decided_at", "-pk"))


def _urgent(asked: Wanted, user: User, teams: Iterable[int]) -> Found:
    keys = index.find(Kind.URGENT, asked, teams)
    if not keys:
        return Found()
    visible = UrgentRecord.objects.visible_to(user).filter(pk__in=keys)
    completing = Decision.objects.recorded().filter(urgent=OuterRef("pk"))
    return _first(visible.annotate(**AUTHOR_NOW, completed=Exists(completing)).order_by("-shared_at", "-pk"))


def _drafts(asked: Wanted, user: User) -> Found:
    """One's own, by reference and by the names on the families' records. Their words are in no index."""
    drafts = list(Decision.objects.drafts_of(user).order_by("-pk")[:MOST_DRAFTS]) if asked else []
    names = _names_on(drafts, user) if drafts else {}
    return _first([draft for draft in drafts if matches(names[draft.pk], asked)])


def _names_on(drafts: Iterable[Decision], user: User) -> dict[int, set[str]]:
    """Words of the reference, and of people and families of whom this person may still see the record."""
    words = {draft.pk: words_of_name(draft.reference) for draft in drafts}
    people = DecisionPerson.objects.filter(decision__in=words, person__in=Person.objects.visible_to(user))
    families = DecisionFamily.objects.filter(decision__in=words, family__in=Family.objects.visible_to(user))
    for key, *names in people.values_list("decision", "person__name", "person__known_as"):
        words[key].update(*map(words_of_name, names))
    for key, *names in families.values_list("decision", "family__name", "family__reference"):
        words[key].update(*map(words_of_name, names))
    return words


def _first(rows: Any) -> Found:
    found = list(rows[: MOST_SHOWN + 1])
    return Found(found[:MOST_SHOWN], more=len(found) > MOST_SHOWN)


def last_decided(families: Iterable[int], user: User) -> dict[int, Any]:
    """When the last decision about each of these families was made, of those this person may see."""
    visible = Decision.objects.recorded().visible_to(user).values("pk")
    rows = DecisionFamily.objects.filter(family__in=set(families), decision__in=visible)
    return dict(rows.order_by().values_list("family").annotate(last=Max("decision__decided_at")))
