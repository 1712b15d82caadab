"""A scenario filled in once for a module, and each of its tests begins at the page it is about.

A module takes the scenes that it needs, and the cast and the moment that belong to them (tests/shared.py):

    cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01

    def test_nobody_ticked_is_refused(s01: Scene) -> None:
        walk = s01.at("people")
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from accounts.models import Organisation, User
from decisions.database.triggers import PARTS
from decisions.models import Decision, DraftPage, Sending
from safeguarding.demo.filling import record_story
from tests.built_once import Statements, built_once, written_again
from tests.cast import Cast, Company, make_cast
from tests.drafting import scenario_cases as cases
from tests.drafting.scenario_cases import Case, Story, route, set_scene
from tests.drafting.scenario_walk import Walk

# In this order what is pointed at comes first.
KEPT_WITH_IT: tuple[type[models.Model], ...] = (*PARTS, Sending, DraftPage)
Rows = dict[type[models.Model], list[models.Model]]


@dataclass(slots=True)
class Before:
    """A draft's rows at one moment. No scene changes them, and so all of them have the same ones."""

    rows: Rows
    # What wrote them again, once it has: composing it takes ten times as long.
    statements: Statements = field(default_factory=list)

    def __deepcopy__(self, _: dict[int, Any]) -> "Before":
        return self


@dataclass
class Scene:
    """A draft on its check page, its rows before each page was filled in, and whose it is."""

    user: User
    decision: Decision
    organisation: Organisation
    before: dict[str, Before] = field(default_factory=dict)

    def at(self, key: str) -> Walk:
        """Signed in, with every page before `key` filled in already."""
        _plain(Organisation).filter(pk=self.organisation.pk).update(**_values(self.organisation))
        if key != "check":
            before = self.before[key]
            written_again(before.statements, lambda: _put_back(self.decision, before.rows))
        user = User.objects.get(pk=self.user.pk)
        return Walk(user, Decision.objects.get(pk=self.decision.pk), signed_in=True)


def begun_by(case: Case, company: Company, at: datetime) -> Walk:
    """The scenario's first page answered, not signed in."""
    family = set_scene(case, company, at)
    walk = Walk(company.practitioner)
    walk.begin(case.entry_route, family, company.team)
    return walk


def filled(case: Case, story: Story, company: Company, at: datetime) -> Scene:
    walk = begun_by(case, company, at)
    organisation = Organisation.objects.get(pk=company.organisation.pk)
    scene = Scene(company.practitioner, walk.decision, organisation)
    for key in route(story):
        scene.before[key] = Before(_rows(walk.decision))
        walk.skip(story, key)
    return scene


def filled_to(key: str, case: Case, story: Story, company: Company, at: datetime) -> Scene:
    """The same for a module that begins at this page alone: nothing is judged on the way there."""
    walk = begun_by(case, company, at)
    organisation = Organisation.objects.get(pk=company.organisation.pk)
    keys = (*route(story), "check")
    walk.skip(story, *keys[: keys.index(key)])
    return Scene(company.practitioner, walk.decision, organisation, {key: Before(_rows(walk.decision))})


def recorded(case: Case, story: Story, company: Company, at: datetime) -> Decision:
    """The same answers as those of `filled`, recorded."""
    walk = begun_by(case, company, at)
    record_story(decision=walk.decision, story=story, by=walk.user, at=at)
    return walk.recorded


@dataclass(frozen=True)
class Begun:
    cast: Cast
    now: datetime
    s01: Scene


@built_once
def _begun() -> Begun:
    cast, now = make_cast(), timezone.now()
    return Begun(cast, now, filled(cases.S01, cases.s01(now), cast, now))


@pytest.fixture(scope="module")
def begun(_module_transaction: None) -> Begun:
    return _begun()


@pytest.fixture(scope="module")
def cast(begun: Begun) -> Cast:
    return begun.cast


@pytest.fixture(scope="module")
def now(begun: Begun) -> datetime:
    return begun.now


@pytest.fixture(scope="module")
def s01(begun: Begun) -> Scene:
    return begun.s01


@pytest.fixture(scope="module")
def s02(cast: Cast, now: datetime) -> Scene:
    """Next door, where nobody stands in the address book and the wider duty does not bind."""
    return filled(cases.S02, cases.s02(now), cast.stranger, now)


@pytest.fixture(scope="module")
def s03(cast: Cast, now: datetime) -> Scene:
    return filled(cases.S03, cases.s03(now), cast, now)


def _plain(model: type[models.Model]) -> "models.QuerySet[Any]":
    """A queryset that refuses nothing by itself."""
    return models.QuerySet(model)


def _rows(decision: Decision) -> Rows:
    rows: Rows = {Decision: [_plain(Decision).get(pk=decision.pk)]}
    return rows | {model: list(_plain(model).filter(decision=decision).order_by("pk")) for model in KEPT_WITH_IT}


def _put_back(decision: Decision, rows: Rows) -> None:
    """Past the actions and past the ledger; every row keeps its key, which the pages' names are made of."""
    for model in reversed(KEPT_WITH_IT):
        there = _plain(model).filter(decision=decision)
        there._raw_delete(there.db)
    _plain(Decision).filter(pk=decision.pk).update(**_values(rows[Decision][0]))
    for model in KEPT_WITH_IT:
        _plain(model).bulk_create(rows[model])


def _values(row: models.Model) -> dict[str, Any]:
    fields: Iterable[models.Field[Any, Any]] = row._meta.concrete_fields
    return {one.attname: getattr(row, one.attname) for one in fields if not one.primary_key}
