"""What one page asked for stands on the next that needs it, in the author's own words; nobody is asked in vain."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from drafting import actions
from drafting.draft import Draft
from drafting.pages.consent import ConsentPage
from drafting.pages.legal_basis import LegalBasisPage
from drafting.pages.reasons_not_to_share import ReasonsNotToSharePage
from rules.facts import PersonFacts
from rules.people import is_baby
from safeguarding.demo import stories
from tests.cast import Cast
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_cases import begin_at
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_rows import errors_of, post, row_named

# What a form takes, keeps and says is decided in Python; what it writes on each engine is asked of the actions.
pytestmark = pytest.mark.sqlite

CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)
BABY = stories.FEAR_PEOPLE[0].name

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01


@pytest.fixture(scope="module")
def declined(cast: Cast, now: datetime) -> Walk:
    """S02 next door, as far as the reasons for not sharing."""
    return begin_at("legal_basis", cases.S02, cases.s02(now), cast.stranger, now)


class TestReasonsAskedOnce:
    def test_why_without_consent_is_what_was_written_of_them(self, s01: Scene) -> None:
        draft = s01.at("legal_basis").draft
        page = LegalBasisPage(draft)
        written = {one.person.name: one for one in draft.people}
        assert row_named(page, CHILD)["p18_text"].value() == written[CHILD].competence_note != ""
        assert row_named(page, PARTNER)["p18_text"].value() == written[PARTNER].not_asked_text != ""

    def test_nothing_is_suggested_for_whom_no_reason_is(self, s01: Scene) -> None:
        assert not row_named(LegalBasisPage(s01.at("legal_basis").draft), MOTHER)["p18_text"].value()

    def test_what_is_withheld_and_why_is_why_no_more(self, s01: Scene) -> None:
        page = LegalBasisPage(s01.at("legal_basis").draft)
        stands = "Not shared: His file on special educational needs. It has nothing to do with the injury."
        assert page.main["why_no_more"].value() == stands

    def test_with_nothing_withheld_it_is_asked_for(self, s01: Scene) -> None:
        draft = s01.at("legal_basis").draft
        for item in draft.items:
            for row in item.grid.all():
                row.given, row.why_withheld = True, ""
        page = LegalBasisPage(draft, post(LegalBasisPage(draft)))
        assert not LegalBasisPage(draft).main["why_no_more"].value()
        assert "Answer the question: Why is this no more than is needed?" in errors_of(page)

    def test_reasons_for_not_sharing_were_given_with_the_decision(self, declined: Walk) -> None:
        draft = declined.draft
        assert ReasonsNotToSharePage(draft).main["no_basis_reason"].value() == draft.decision.why_now != ""

    def test_what_is_written_here_is_kept(self, declined: Walk) -> None:
        walk = declined
        typed = {"no_basis": "none", "risk_if_shared": "She stops coming.", "risk_if_not": "Slower."}
        data = post(ReasonsNotToSharePage(walk.draft), **{f"reasons-{name}": text for name, text in typed.items()})
        data["reasons-no_basis_reason"] = "Housing can ask her."
        draft = saved(walk.draft, ReasonsNotToSharePage(walk.draft, data), walk.user)
        assert ReasonsNotToSharePage(draft).main["no_basis_reason"].value() == "Housing can ask her."


def saved(draft: Draft, page: Any, by: Any) -> Draft:
    assert page.is_valid(), errors_of(page)
    return actions.save_page(page=page, version=draft.version(page.key), by=by, at=timezone.now(), judge=False)


class TestNobodyIsAskedInVain:
    def test_a_baby_is_not_assessed_and_hears_of_nothing(self, cast: Cast, now: datetime) -> None:
        walk = begin_at("consent", cases.S03, cases.s03(now), cast, now)
        row = row_named(ConsentPage(walk.draft), BABY)
        assert not {"looked_at", "competence", "competence_note", "could_hear"} & set(row.fields)
        assert (row["spoken"].value(), row["cannot"].value()) == ("cannot", "NOT_COMPETENT")
        assert row.to_think_about == ()

    @pytest.mark.parametrize(
        ("person", "baby"),
        [
            (PersonFacts(role="unborn"), True),
            (PersonFacts(role="child", age=0), True),
            (PersonFacts(role="child", age=1.9), True),
            (PersonFacts(role="child", age=2), False),
            (PersonFacts(role="child"), False),
            (PersonFacts(role="mother"), False),
        ],
    )
    def test_who_is_too_young_to_be_asked_anything(self, person: PersonFacts, *, baby: bool) -> None:
        assert is_baby(person) is baby

    def test_a_child_who_talks_is_asked_for_their_views(self, s01: Scene) -> None:
        row = row_named(ConsentPage(s01.at("consent").draft), CHILD)
        assert not row["spoken"].value()
        assert {"looked_at", "could_hear"} <= set(row.fields)

    def test_the_finding_is_not_asked_for_twice(self, cast: Cast, now: datetime) -> None:
        """Assessed, and not able to decide: what the assessment found has been said."""
        story = cases.s01(now)
        del story["consent"]["consent"][CHILD]["competence"]
        walk = begin_at("information", cases.S01, story, cast, now)
        assert {one.person.name: one.competence for one in walk.draft.people}[CHILD] == "NOT_COMPETENT"
