"""An old draft whose row of the law has left the tables meanwhile: sent back to its page, never a fault."""

from datetime import datetime

import pytest

from decisions.models import Decision, DecisionProvision
from drafting.provision_copies import by_value
from rules.law_files import load
from tests.decisions.cases import plain
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk

GONE = "ART6_GONE"


begun, now, s01 = scenario_scenes.begun, scenario_scenes.now, scenario_scenes.s01


@pytest.fixture
def walk(s01: Scene) -> Walk:
    """On the check page of a draft whose first basis is no longer in the tables."""
    walk = s01.at("check")
    changed = plain(DecisionProvision).filter(decision=walk.decision, layer="L1").update(code=GONE)
    assert changed
    return walk


def test_the_check_page_leads_to_where_another_is_chosen(walk: Walk) -> None:
    walk.get(walk.check_path)
    assert "Finish the page “Lawful basis”" in walk.text
    assert walk.path("legal_basis") in walk.html


def test_it_is_not_recorded(walk: Walk) -> None:
    walk.get(walk.path("people"))
    walk.send(walk.record_path, {}, status=422)
    assert Decision.objects.get(pk=walk.decision.pk).state == "draft"


def test_its_page_opens_and_another_can_be_chosen(walk: Walk, now: datetime) -> None:
    kept = plain(DecisionProvision).get(decision=walk.decision, code=GONE).details
    walk.get(walk.path("legal_basis"))
    assert plain(DecisionProvision).get(decision=walk.decision, code=GONE).details == kept
    walk.fill("legal_basis", cases.s01(now)["legal_basis"])
    assert not plain(DecisionProvision).filter(decision=walk.decision, code=GONE).exists()


def test_nothing_is_copied_of_what_is_not_there(now: datetime) -> None:
    assert by_value(load(), GONE, now.date(), "la") == {}
