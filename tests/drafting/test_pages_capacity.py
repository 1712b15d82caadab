"""Who looked at whether somebody can decide, what is best for them where they cannot, and who is an adult at risk."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from decisions.models import Decision, DecisionPerson
from drafting.pages.consent import ConsentPage
from safeguarding.demo import stories
from tests.decisions.cases import plain
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_consent import aged, answered, ending, fact, open_questions, person, saved, shown
from tests.drafting.test_pages_rows import row_named, rows_of

# What a page asks and keeps is decided in Python. The scenarios and the tests of actions save on every engine.
pytestmark = pytest.mark.sqlite

CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)
LOOKED = {"competence", "competence_note", "competence_by", "competence_on"}
AT_RISK = {"needs_support", "may_be_harmed", "cannot_protect"}
CAPACITY = {"competence_note", "competence_by", "competence_on", "best_interests"}


cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01


@pytest.fixture
def walk(s01: Scene) -> Walk:
    return s01.at("consent")


def labels(walk: Walk, name: str = CHILD) -> list[str]:
    return [option.value for option in row_named(ConsentPage(walk.draft), name)["competence"].options]


class TestYoungPerson:
    def test_nothing_is_asked_while_nobody_looked(self, walk: Walk) -> None:
        row = row_named(ConsentPage(walk.draft), CHILD)
        assert row["looked_at"].value() == "no"
        assert not open_questions(ConsentPage(walk.draft), CHILD) & LOOKED

    def test_not_looked_at_is_an_answer(self, walk: Walk) -> None:
        draft = saved(walk, answered(walk.draft, CHILD, spoken="cannot", cannot="NOT_COMPETENT"))
        child = fact(draft, CHILD)
        assert (child.competence, child.competence_by, child.competence_on) == ("NOT_ASSESSED", "", None)
        assert row_named(ConsentPage(draft), CHILD)["looked_at"].value() == "no"

    def test_who_looked_and_when_are_filled_in(self, walk: Walk) -> None:
        said = {"spoken": "yes", "said": "REFUSED", "views": "No.", "looked_at": "yes", "competence": "COMPETENT"}
        page = answered(walk.draft, CHILD, **said, competence_note="He explains both sides himself.")
        assert open_questions(page, CHILD) >= LOOKED
        draft = saved(walk, page)
        child = fact(draft, CHILD)
        assert (child.competence, child.competence_by) == ("COMPETENT", walk.user.full_name)
        assert child.competence_on == timezone.localdate(draft.decision.decided_at)

    def test_somebody_else_may_have_looked(self, walk: Walk, now: datetime) -> None:
        day = timezone.localdate(now) - timedelta(days=3)
        said = {"spoken": "yes", "said": "REFUSED", "views": "No.", "looked_at": "yes", "competence": "PARTIAL"}
        looked = {"competence_by": "Nurse Adeyemi", **ending("competence_on", day)}
        draft = saved(walk, answered(walk.draft, CHILD, **said, **looked))
        child = fact(draft, CHILD)
        assert (child.competence_by, child.competence_on) == ("Nurse Adeyemi", day)
        row = row_named(ConsentPage(draft), CHILD)
        assert (row["competence_by"].value(), row["competence_on"].value()) == ("Nurse Adeyemi", day)

    def test_a_result_says_which(self, walk: Walk) -> None:
        page = answered(walk.draft, CHILD, spoken="yes", said="REFUSED", views="No.", looked_at="yes")
        assert not page.is_valid()
        assert row_named(page, CHILD).errors["competence"] == ["Choose what the assessment found"]

    def test_nobody_looked_tomorrow(self, walk: Walk, now: datetime) -> None:
        day = timezone.localdate(now) + timedelta(days=1)
        said = {"spoken": "cannot", "cannot": "NOT_COMPETENT", "looked_at": "yes", "competence": "NOT_COMPETENT"}
        page = answered(walk.draft, CHILD, **said, **ending("competence_on", day))
        assert not page.is_valid()
        assert row_named(page, CHILD).errors["competence_on"] == ["The date must be today or in the past"]

    @pytest.mark.parametrize(("age", "offered"), [
        (8, ["COMPETENT", "PARTIAL", "NOT_COMPETENT"]), (15, ["COMPETENT", "PARTIAL", "NOT_COMPETENT"]),
        (16, ["CAPABLE", "LACKS_CAPACITY"]), (17, ["CAPABLE", "LACKS_CAPACITY"]),
    ])  # fmt: skip
    def test_from_sixteen_the_test_is_an_adults(self, walk: Walk, age: int, offered: list[str]) -> None:
        aged(walk, CHILD, age)
        assert labels(walk) == offered

    @pytest.mark.parametrize(
        ("age", "offered"),
        [(15, ["NOT_COMPETENT", "LACKS_CAPACITY"]), (16, ["LACKS_CAPACITY"]), (17, ["LACKS_CAPACITY"])],
    )
    def test_from_sixteen_who_cannot_decide_lacks_capacity(self, walk: Walk, age: int, offered: list[str]) -> None:
        """Somebody of 17 who is unconscious is not asked whether they are Gillick competent."""
        aged(walk, CHILD, age)
        row = row_named(ConsentPage(walk.draft), CHILD)
        assert [code for code, _ in row.fields["cannot"].choices] == offered

    def test_an_unknown_age_leaves_both_tests(self, walk: Walk) -> None:
        plain(DecisionPerson).filter(name=CHILD).update(age=None, age_on=None, date_of_birth=None)
        assert len(labels(walk)) == 5

    def test_an_older_answer_can_still_be_chosen(self, walk: Walk) -> None:
        aged(walk, CHILD, 16)
        plain(DecisionPerson).filter(name=CHILD).update(competence="PARTIAL")
        assert labels(walk) == ["PARTIAL", "CAPABLE", "LACKS_CAPACITY"]

    def test_what_to_think_about_is_one_press_away(self, walk: Walk) -> None:
        walk = Walk(walk.user, walk.decision, signed_in=True)
        walk.open("consent")
        assert walk.html.count("What to consider when a young person decides") == 1
        assert "Are they free from pressure?" in walk.text
        assert "The Fraser guidelines are only about contraception and sexual health" in walk.text

    def test_a_young_parent_is_a_young_person(self, walk: Walk) -> None:
        aged(walk, MOTHER, 15)
        row = row_named(ConsentPage(walk.draft), MOTHER)
        assert "looked_at" in row.fields
        assert row.to_think_about

    def test_a_baby_not_yet_born_is_not_looked_at(self, walk: Walk) -> None:
        plain(DecisionPerson).filter(name=CHILD).update(role="unborn", age=None, age_on=None)
        row = row_named(ConsentPage(walk.draft), CHILD)
        assert not set(row.fields) & {"looked_at", *CAPACITY}
        assert not row.to_think_about


class TestCapacity:
    NOTE = "She could not keep the question in mind."
    BEST = "Her sister was asked; she would want the baby safe."

    def test_an_adult_is_asked_only_where_it_is_in_doubt(self, walk: Walk) -> None:
        page = answered(walk.draft, MOTHER, spoken="yes", said="OBJECTED", views="No.")
        assert not open_questions(page, MOTHER) & (CAPACITY | {"looked_at"})

    def test_who_looked_when_and_what_is_best(self, walk: Walk) -> None:
        page = answered(
            walk.draft, MOTHER, spoken="cannot", competence_note=self.NOTE, best_interests=self.BEST,
        )  # fmt: skip
        assert open_questions(page, MOTHER) >= CAPACITY
        mother = fact(saved(walk, page), MOTHER)
        assert mother.consent_state == "LACKS_CAPACITY"
        assert (mother.competence_note, mother.best_interests) == (self.NOTE, self.BEST)
        assert (mother.competence_by, mother.competence_on is not None) == (walk.user.full_name, True)

    @pytest.mark.parametrize("age", [16, 17])
    def test_it_is_asked_of_a_young_person_from_sixteen(self, walk: Walk, age: int) -> None:
        draft = aged(walk, CHILD, age)
        page = answered(
            draft, CHILD, spoken="cannot", cannot="LACKS_CAPACITY", best_interests=self.BEST, looked_at="yes",
            competence="LACKS_CAPACITY", competence_note=self.NOTE,
        )  # fmt: skip
        assert open_questions(page, CHILD) >= CAPACITY
        child = fact(saved(walk, page), CHILD)
        assert (child.consent_state, child.best_interests) == ("LACKS_CAPACITY", self.BEST)

    def test_too_young_is_not_lacking_capacity(self, walk: Walk) -> None:
        page = answered(walk.draft, CHILD, spoken="cannot", cannot="NOT_COMPETENT")
        assert "best_interests" not in open_questions(page, CHILD)

    def test_an_answer_after_all_leaves_nothing_of_it(self, walk: Walk) -> None:
        note = {"competence_note": self.NOTE, "best_interests": self.BEST}
        draft = saved(walk, answered(walk.draft, MOTHER, spoken="cannot", **note))
        mother = fact(saved(walk, answered(draft, MOTHER, spoken="yes", said="OBJECTED", views="No.")), MOTHER)
        assert (mother.competence_note, mother.best_interests, mother.competence_by) == ("", "", "")


class TestAdultAtRisk:
    @pytest.fixture
    def walk(self, walk: Walk) -> Walk:
        plain(Decision).filter(pk=walk.decision.pk).update(level="adult_at_risk")
        return walk

    def test_each_adult_is_asked_about(self, walk: Walk) -> None:
        page = ConsentPage(walk.draft)
        asked = {name: AT_RISK & set(row_named(page, name).fields) for name in (CHILD, MOTHER, PARTNER)}
        assert asked == {CHILD: set(), MOTHER: AT_RISK, PARTNER: AT_RISK}

    @pytest.mark.parametrize("level", ["", "none_or_early", "s17", "s17_high", "s47", "crime"])
    def test_nobody_is_at_any_other_level(self, walk: Walk, level: str) -> None:
        plain(Decision).filter(pk=walk.decision.pk).update(level=level)
        page = ConsentPage(walk.draft)
        assert not any(AT_RISK & set(row.fields) for row in rows_of(page, "consent"))

    def test_what_is_said_is_kept(self, walk: Walk) -> None:
        tests = {"needs_support": "yes", "may_be_harmed": "no", "cannot_protect": "unknown"}
        draft = saved(walk, answered(walk.draft, MOTHER, spoken="yes", said="OBJECTED", views="No.", **tests))
        risk = fact(draft, MOTHER).at_risk
        assert (risk.needs, risk.harm, risk.unable) == ("yes", "no", "unknown")

    def test_it_may_be_left_open(self, walk: Walk) -> None:
        draft = saved(walk, answered(walk.draft, MOTHER, spoken="yes", said="OBJECTED", views="No."))
        assert fact(draft, MOTHER).at_risk.needs == ""

    def test_another_level_takes_it_away(self, walk: Walk) -> None:
        draft = saved(walk, answered(walk.draft, MOTHER, spoken="yes", said="OBJECTED", needs_support="yes"))
        assert person(draft, MOTHER).needs_support == "yes"
        plain(Decision).filter(pk=walk.decision.pk).update(level="s47")
        draft = saved(walk, answered(walk.draft, MOTHER, spoken="yes", said="OBJECTED"))
        assert person(draft, MOTHER).needs_support == ""

    def test_the_record_says_it(self, walk: Walk) -> None:
        tests = {"needs_support": "yes", "may_be_harmed": "no", "cannot_protect": "unknown"}
        draft = saved(walk, answered(walk.draft, MOTHER, spoken="yes", said="OBJECTED", views="No.", **tests))
        assert shown(draft.decision, MOTHER)[-3:] == [
            "Has care and support needs: Yes", "Experiencing or at risk of abuse or neglect: No",
            "Unable to protect themselves because of those needs: Not known",
        ]  # fmt: skip


def test_the_record_says_who_looked_and_when(walk: Walk) -> None:
    said: dict[str, Any] = {"spoken": "yes", "said": "REFUSED", "views": "No.", "looked_at": "yes"}
    looked = {"competence": "COMPETENT", "competence_by": "Nurse Adeyemi", **ending("competence_on", date(2026, 3, 2))}
    draft = saved(walk, answered(walk.draft, CHILD, **said, **looked, competence_note="He explains both sides."))
    lines = shown(draft.decision, CHILD)
    assert "Competence or capacity: Gillick competent for this decision" in lines
    assert "Evidence for this: He explains both sides." in lines
    assert "Assessed by: Nurse Adeyemi, 2 March 2026" in lines
