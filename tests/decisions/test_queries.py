"""The short conditions of decisions/queries.py against the long ones that say what they mean, for the whole cast."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Membership, ReviewCover, User
from accounts.roles import Permission, Role
from decisions.models import Decision, DecisionFamily, InformingEvent
from decisions.queries import is_draft_of, is_supervised_by, may_add_to, may_see, may_supersede
from drafting import actions
from families.actions import register_family
from families.models import Family, FamilyTeam
from tests.cast import Cast
from tests.decisions import closed, event_stories
from tests.decisions.cases import plain, recorded_twin, twin_of
from tests.drafting.test_outcomes import passed_to_manager
from tests.in_turn import in_turn

cast, now, family, decision = closed.cast, closed.now, closed.family, closed.decision
DAY = timedelta(days=1)


@dataclass
class Scene:
    cast: Cast
    now: datetime
    shared: Decision

    def family(self, decision: Decision) -> Family:
        return Family.objects.get(pk=decision.decision_families.order_by("pk")[0].family_id)


@pytest.fixture(scope="module")
def _scene(cast: Cast, now: datetime, decision: Decision, family: Family) -> Scene:
    """Recorded by the author and twice by others, about one family and two, passed up, taken up again, replaced."""
    second = register_family(name="Second", teams=[cast.team], by=cast.practitioner, at=now)
    _about_two(decision, second, now)
    for days in (0, 30):
        recorded_twin(decision, at=now - days * DAY)
    recorded_twin(decision, at=now, supersedes=recorded_twin(decision, at=now - 10 * DAY))
    passed, early = passed_to_manager(cast, now), timezone.localdate(now) - 2 * DAY
    decided, _ = (recorded_twin(passed, at=now - 3 * DAY, look_again_on=early) for _ in range(2))
    actions.supersede(decision=recorded_twin(passed, at=now), by=cast.supervisor, at=now)
    recorded_twin(decision, at=now, by=cast.supervisor, supersedes=decided)
    event_stories.recorded(cast.stranger, event_stories.agreed(now), now)
    actions.start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
    return Scene(cast, now, decision)


def _about_two(decision: Decision, second: Family, at: datetime) -> None:
    twin = twin_of(decision)
    both = DecisionFamily(organisation=twin.organisation, decision=twin, family=second, reference=second.reference)
    plain(DecisionFamily).bulk_create([both])
    plain(Decision).filter(pk=twin.pk).update(state="recorded", recorded_at=at)


@pytest.fixture
def scene(_scene: Scene, db: None) -> Scene:
    return _scene


def _nothing(_: Scene) -> None: ...


def _left(user: User) -> None:
    plain(Membership).filter(user=user)._raw_delete("default")


def _placed(scene: Scene, user: User, team: Any, role: Role) -> None:
    row = Membership(organisation=scene.cast.organisation, user=user, team=team, role=role)
    plain(Membership).bulk_create([row])


def _author_has_moved(scene: Scene) -> None:
    _left(scene.cast.practitioner)
    _placed(scene, scene.cast.practitioner, scene.cast.other_team_row, Role.PRACTITIONER)


def _author_has_no_role(scene: Scene) -> None:
    _left(scene.cast.practitioner)


def _author_supervises(scene: Scene) -> None:
    _author_has_no_role(scene)
    _placed(scene, scene.cast.practitioner, scene.cast.team, Role.SUPERVISOR)


def _supervisor_has_moved(scene: Scene) -> None:
    _left(scene.cast.supervisor)
    _placed(scene, scene.cast.supervisor, scene.cast.other_team_row, Role.SUPERVISOR)


def _supervisor_works_elsewhere(scene: Scene) -> None:
    """Sees what was passed to them by its family, and not by its team."""
    _left(scene.cast.supervisor)
    _placed(scene, scene.cast.supervisor, scene.cast.other_team_row, Role.PRACTITIONER)
    _other_team_knows_every_family(scene)


def _supervisor_decides_too(scene: Scene) -> None:
    _placed(scene, scene.cast.supervisor, scene.cast.team, Role.PRACTITIONER)


def _supervisor_is_gone(scene: Scene) -> None:
    plain(User).filter(pk=scene.cast.supervisor.pk).update(is_active=False)


def _reviews_are_covered(scene: Scene) -> None:
    other, today = scene.cast.other_team, timezone.localdate()
    _placed(scene, other, scene.cast.other_team_row, Role.SUPERVISOR)
    cover = ReviewCover(
        organisation=scene.cast.organisation, team=scene.cast.team, user=other, why="away", starts_on=today,
        ends_on=today, made_by=scene.cast.administrator,
    )  # fmt: skip
    plain(ReviewCover).bulk_create([cover])


def _known(scene: Scene, *families: int) -> None:
    common = {"organisation": scene.cast.organisation, "team": scene.cast.other_team_row}
    plain(FamilyTeam).bulk_create(FamilyTeam(family_id=family, **common) for family in families)


def _other_team_knows_one_family(scene: Scene) -> None:
    """All that most are about, and one of the two that one is about."""
    _known(scene, scene.family(scene.shared).pk)


def _other_team_knows_every_family(scene: Scene) -> None:
    own = Family.objects.filter(organisation=scene.cast.organisation)
    _known(scene, *own.values_list("pk", flat=True))


CIRCUMSTANCES: tuple[Callable[[Scene], None], ...] = (
    _nothing, _author_has_moved, _author_has_no_role, _author_supervises, _supervisor_has_moved,
    _supervisor_works_elsewhere, _supervisor_decides_too, _supervisor_is_gone, _reviews_are_covered,
    _other_team_knows_one_family, _other_team_knows_every_family,
)  # fmt: skip


def _everybody(scene: Scene, stand: Callable[[Scene], None]) -> list[User]:
    """The whole cast once things stand so; next door too, where nothing changes."""
    stand(scene)
    people = (*scene.cast.everybody, *(scene.cast.stranger.everybody if stand is _nothing else ()))
    return list(User.objects.filter(pk__in=[one.pk for one in people]).order_by("pk"))


Rows = QuerySet[Decision]


def long_visible_to(user: User) -> Rows:
    if not user.has(Permission.SEE_DECISIONS):
        return Decision.objects.none()
    teams = user.team_ids(Role.PRACTITIONER)
    worked_with = FamilyTeam.objects.filter(organisation=user.organisation_id, team__in=teams).values("family")
    families = DecisionFamily.objects.filter(decision=OuterRef("pk"))
    known, unknown = families.filter(family__in=worked_with), families.exclude(family__in=worked_with)
    recorded = Q(state="recorded")
    rows: Rows = Decision.objects.filter(organisation=user.organisation_id).filter(
        Q(author=user) | recorded & Q(team__in=user.team_ids()) | recorded & Exists(known) & ~Exists(unknown)
    )
    return rows


def long_added_to_by(user: User) -> Rows:
    if not user.has(Permission.RECORD_DECISIONS):
        return Decision.objects.none()
    mine = Q(author=user, team__in=user.team_ids()) | Q(team__in=user.team_ids(Role.PRACTITIONER))
    return long_visible_to(user).filter(mine, state="recorded")


def long_supersedable_by(user: User) -> Rows:
    undecided = ~Q(followed_by__state="recorded")
    passed = long_visible_to(user).filter(undecided, state="recorded", outcome="PASSED_UP", passed_to=user)
    passed = passed.filter(team__in=user.team_ids())
    own = long_added_to_by(user)
    there = Membership.objects.filter(user=OuterRef("passed_to"), team=OuterRef("team"))
    gone = Q(look_again_on__lt=timezone.localdate()) | Q(passed_to__is_active=False) | ~Exists(there)
    back = own.filter(undecided, gone, outcome="PASSED_UP")
    ids = [rows.order_by().values("pk") for rows in (passed, own.exclude(outcome="PASSED_UP"), back)]
    found: Rows = Decision.objects.filter(Q(pk__in=ids[0]) | Q(pk__in=ids[1]) | Q(pk__in=ids[2]))
    return found


def long_supervised_by(user: User) -> Rows:
    if not user.has(Permission.REVIEW_DECISIONS):
        return Decision.objects.none()
    return long_visible_to(user).filter(state="recorded", team__in=user.team_ids(Role.SUPERVISOR))


def long_passed_to(user: User) -> Rows:
    mine = long_supersedable_by(user).filter(outcome="PASSED_UP", passed_to=user)
    return mine.exclude(followed_by__state="recorded")


def long_informing_due(user: User) -> Rows:
    later = InformingEvent.objects.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
    due = InformingEvent.objects.filter(
        decision=OuterRef("pk"), informing_review_on__lte=_later(), informing_closing=""
    )
    first = Subquery(due.filter(~Exists(later)).order_by("informing_review_on").values("informing_review_on")[:1])
    there = Membership.objects.filter(user=OuterRef("author"), team=OuterRef("team"))
    left = Q(team__in=user.team_ids(Role.PRACTITIONER)) & (~Exists(there) | Q(author__is_active=False))
    mine = Q(author=user, team__in=user.team_ids()) | Q(team__in=user.team_ids(Role.SUPERVISOR)) | left
    rows = long_visible_to(user).filter(mine, state="recorded")
    return rows.annotate(informing_due_on=first).exclude(informing_due_on=None)


def _later() -> Any:
    return timezone.localdate() + 90 * DAY


def _short_informing_due(user: User) -> Rows:
    found: Rows = Decision.objects.informing_due(user, _later())
    return found


PAIRS: dict[str, tuple[Callable[[User], Rows], Callable[[User], Rows]]] = {
    "visible_to": (Decision.objects.visible_to, long_visible_to),
    "each_visible_to": (Decision.objects.each_visible_to, long_visible_to),
    "added_to_by": (Decision.objects.added_to_by, long_added_to_by),
    "supersedable_by": (Decision.objects.supersedable_by, long_supersedable_by),
    "supervised_by": (Decision.objects.supervised_by, long_supervised_by),
    "passed_to": (Decision.objects.passed_to, long_passed_to),
    "informing_due": (_short_informing_due, long_informing_due),
}


def _keys(rows: Rows) -> list[int]:
    return sorted(row.pk for row in rows)


def test_the_scene_tells_the_conditions_apart(scene: Scene) -> None:
    """Or the comparisons would prove nothing."""
    asked = (scene.cast.practitioner, scene.cast.supervisor)
    counts = {(name, user): len(_keys(short(user))) for name, (short, _) in PAIRS.items() for user in asked}
    assert {name for name in PAIRS if any(counts[name, user] for user in asked)} == set(PAIRS)
    of_author = {
        name: counts[name, scene.cast.practitioner]
        for name in PAIRS
        if name not in {"supervised_by", "each_visible_to"}
    }
    assert len(set(of_author.values())) == len(of_author), counts


ONE: dict[str, Callable[[Decision, User], bool]] = {
    "visible_to": may_see,
    "added_to_by": may_add_to,
    "supersedable_by": may_supersede,
    "supervised_by": is_supervised_by,
}


def compared(people: list[User], decisions: list[Decision]) -> None:
    """Whether each of these finds the same by both, and is told the same of one of these decisions."""
    keys = {row.pk for row in decisions}
    for user, (name, (short, long)) in product(people, PAIRS.items()):
        found = _keys(long(user))
        assert _keys(short(user)) == found, (user.email, name)
        if may := ONE.get(name):
            assert {row.pk for row in decisions if may(row, user)} == keys & {*found}, (user.email, name)


def _decisions() -> list[Decision]:
    return list(Decision.objects.select_related("passed_to").order_by("pk"))


def test_a_short_condition_finds_the_same_rows(scene: Scene) -> None:
    """As things stand: for everybody next door, and every second person here a day."""
    theirs = {one.pk for one in scene.cast.stranger.everybody}
    people = _everybody(scene, _nothing)
    asked = [one for one in people if one.pk in theirs] + in_turn(one for one in people if one.pk not in theirs)
    compared(asked, in_turn(_decisions(), of=3))


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("stand", CIRCUMSTANCES[1:], ids=lambda one: one.__name__.strip("_"))
def test_once_somebody_moves_it_still_does(scene: Scene, stand: Callable[[Scene], None]) -> None:
    """And says the same of each decision. Every second person a day."""
    compared(in_turn(_everybody(scene, stand)), _decisions())


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("stand", CIRCUMSTANCES, ids=lambda one: one.__name__.strip("_"))
def test_of_one_decision_it_is_said_whose_draft_it_is(scene: Scene, stand: Callable[[Scene], None]) -> None:
    """What is locked before every save is asked this, and not the query."""
    people, decisions = _everybody(scene, stand), _decisions()
    found = {user: _keys(Decision.objects.drafts_of(user)) for user in people}
    assert {user: sorted(row.pk for row in decisions if is_draft_of(row, user)) for user in people} == found
    assert len({tuple(keys) for keys in found.values()}) > 1, found
