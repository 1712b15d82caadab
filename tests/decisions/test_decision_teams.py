"""Which teams a decision may concern, kept by triggers, beside the rule that says it in full (test_queries.py)."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from accounts.models import Membership, Team, User
from accounts.roles import Role
from decisions.models import Decision, DecisionFamily, DecisionTeam
from families.models import Family, FamilyTeam
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import copy, plain, refused, sql, twin_of
from tests.decisions.test_queries import long_visible_to

cast, now, decision = closed.cast, closed.now, closed.decision
KEPT = "kept by the database"
STEPS, LOOKS = 24, 6


@dataclass
class World:
    chance: random.Random
    original: Decision
    teams: list[Team]
    families: list[Family]
    people: list[User]

    def step(self) -> None:
        self.chance.choice((self.begin, self.begin, self.stop, self.record))()

    def begin(self) -> None:
        family, team = self.chance.choice(self.families), self.chance.choice(self.teams)
        if not FamilyTeam.objects.filter(family=family, team=team).exists():
            row = FamilyTeam(organisation_id=family.organisation_id, family=family, team=team)
            plain(FamilyTeam).bulk_create([row])

    def stop(self) -> None:
        if rows := list(FamilyTeam.objects.filter(family__in=self.families)):
            plain(FamilyTeam).filter(pk=self.chance.choice(rows).pk)._raw_delete("default")

    def record(self) -> None:
        draft = twin_of(self.original, later=timedelta(minutes=self.chance.randrange(-999, 0)))
        plain(DecisionFamily).filter(decision=draft)._raw_delete("default")
        for family in self.chance.sample(self.families, self.chance.randrange(4)):
            row = DecisionFamily(organisation_id=family.organisation_id, decision=draft, family=family, reference="F")
            plain(DecisionFamily).bulk_create([row])
        author, team = self.chance.choice(self.people), self.chance.choice(self.teams)
        recorded = {"state": "recorded", "recorded_at": self.original.recorded_at, "author": author, "team": team}
        plain(Decision).filter(pk=draft.pk).update(**recorded)


def _world(seed: int, original: Decision) -> World:
    organisation = original.organisation
    names = ("Lark", "Mallard", "Nightjar")
    teams = plain(Team).bulk_create([Team(organisation=organisation, name=name) for name in names])
    home = Family.objects.get(pk=original.decision_families.get().family_id)
    families = plain(Family).bulk_create([copy(home, reference=f"F-{number}") for number in range(4)])
    who: tuple[dict[int, Role], ...] = (
        {0: Role.PRACTITIONER}, {1: Role.PRACTITIONER}, {0: Role.PRACTITIONER, 1: Role.PRACTITIONER},
        {0: Role.SUPERVISOR, 2: Role.PRACTITIONER}, {2: Role.SUPERVISOR}, {},
    )  # fmt: skip
    author = User.objects.get(pk=original.author_id)
    people = plain(User).bulk_create([copy(author, email=f"p{number}@north.test") for number, _ in enumerate(who)])
    plain(Membership).bulk_create(
        Membership(organisation=organisation, user=person, team=teams[team], role=role)
        for person, places in zip(people, who, strict=True)
        for team, role in places.items()
    )
    return World(random.Random(seed), original, teams, families, people)  # noqa: S311 - a story, no secret


def _concerned() -> Iterator[tuple[int, int, bool]]:
    """The rule in plain words: its own team, and every team that works with one of its families."""
    for row in Decision.objects.recorded():
        families = row.decision_families.values("family")
        others = set(FamilyTeam.objects.filter(family__in=families).values_list("team", flat=True))
        yield (row.pk, row.team_id, True)
        yield from ((row.pk, team, False) for team in others - {row.team_id})


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_the_rows_and_what_everybody_sees_are_those_of_the_rule(seed: int, decision: Decision) -> None:
    world = _world(seed, decision)
    for _ in range(LOOKS):
        for _ in range(STEPS // LOOKS):
            world.step()
        kept = DecisionTeam.objects.values_list("decision", "team", "own")
        assert sorted(kept) == sorted(_concerned())
        for person in User.objects.filter(pk__in=[one.pk for one in world.people]):
            found = sorted(Decision.objects.visible_to(person).values_list("pk", flat=True))
            assert found == sorted(long_visible_to(person).values_list("pk", flat=True)), person.email


def test_a_row_that_is_not_so_is_refused(decision: Decision, cast: Cast) -> None:
    [own] = DecisionTeam.objects.filter(decision=decision)
    other = {"team_id": cast.other_team_row.pk}
    for wrong in (other, {**other, "own": False}, {**other, "decided_at": own.decided_at - timedelta(days=1)}):
        with refused(KEPT):
            plain(DecisionTeam).bulk_create([copy(own, **wrong)])
    draft = twin_of(decision)
    with refused(KEPT):
        plain(DecisionTeam).bulk_create([copy(own, decision_id=draft.pk)])


def test_a_row_that_is_so_is_neither_changed_nor_taken_away(decision: Decision, cast: Cast) -> None:
    [family] = decision.decision_families.all()
    shared = FamilyTeam(organisation=cast.organisation, family_id=family.family_id, team=cast.other_team_row)
    plain(FamilyTeam).bulk_create([shared])
    assert DecisionTeam.objects.filter(decision=decision).count() == 2
    for own in ("TRUE", "FALSE"):
        with refused(KEPT):
            sql(f"DELETE FROM {DecisionTeam._meta.db_table} WHERE own = {own}")
    for change in ("own = NOT own", "team_id = team_id", "decided_at = decided_at"):
        with refused(KEPT):
            sql(f"UPDATE {DecisionTeam._meta.db_table} SET {change}")


def test_a_team_is_taken_off_a_family_and_not_changed_into_another(decision: Decision, cast: Cast) -> None:
    [row] = FamilyTeam.objects.filter(family__decision_families__decision=decision)
    with refused("added or taken off"):
        plain(FamilyTeam).filter(pk=row.pk).update(team=cast.other_team_row)
