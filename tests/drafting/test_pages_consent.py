"""What a yes opens, who looked at whether somebody can decide, and the three questions of an adult at risk."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from decisions import actions
from decisions.facts.decision import facts_of
from decisions.models import ConsentCovers, ConsentEvent, Decision, DecisionPerson
from decisions.presenters.record import sections
from drafting import actions as drafting_actions
from drafting.draft import Draft
from drafting.pages.base import Page
from drafting.pages.consent import ConsentPage
from families.actions import correct_person
from families.details import PersonDetails
from families.models import Person
from rules.facts import PersonFacts
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions.cases import plain
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_rows import errors_of, post, row_named, rows_of
from ui import reveals

# What a page asks and keeps is decided in Python. The scenarios and the tests of actions save on every engine.
pytestmark = pytest.mark.sqlite

CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)
YES_ASKS = {"agreed_to", "covers", "limits", "until"}
PART_ASKS = {f"part_{name}" for name in YES_ASKS}


cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01


@pytest.fixture
def walk(s01: Scene) -> Walk:
    return s01.at("consent")


def aged(walk: Walk, name: str, age: int) -> Draft:
    """The same draft, with this person so old."""
    row = Person.objects.get(name=name)
    known = {column: getattr(row, column) for column in PersonDetails.__dataclass_fields__}
    so_old = {"age": age, "age_on": timezone.localdate() - timedelta(days=30), "date_of_birth": None}
    details = PersonDetails(**{**known, **so_old})
    corrected = correct_person(
        person=row, details=details, version=row.version, why="Told today", by=walk.user, at=timezone.now()
    )
    plain(DecisionPerson).filter(name=name).update(**so_old, person_version=corrected.version)
    return walk.draft


def answered(draft: Draft, name: str, **said: Any) -> Page:
    """The page as it stands, with these answers for one person and the shortest ones for the others."""
    blank = ConsentPage(draft)
    answers: dict[str, Any] = {}
    for row in rows_of(blank, "consent"):
        mine = said if row.legend == name else {"spoken": "no", "not_said": "NOT_SOUGHT_DELAY", "could_hear": "no"}
        answers |= {f"{row.prefix}-{key}": value for key, value in mine.items()}
    for row in rows_of(blank, "choices"):
        answers[row["choice"].html_name] = "no"
    answers["outweighs-why_outweighs"] = "The injury and his own account outweigh it."
    return ConsentPage(draft, post(blank, **answers))


def open_questions(page: Page, name: str) -> set[str]:
    form = row_named(page, name)
    return {field for field in form.fields if field not in reveals.concealed_names(form)}


def saved(walk: Walk, page: Page) -> Draft:
    assert page.is_valid(), errors_of(page)
    return drafting_actions.save_page(
        page=page, version=walk.draft.version("consent"), by=walk.user, at=timezone.now(), judge=False
    )


def person(draft: Draft, name: str) -> DecisionPerson:
    return next(one for one in draft.people if one.name == name)


def fact(draft: Draft, name: str) -> PersonFacts:
    return next(one for one in facts_of(draft.decision).people if one.ref == str(person(draft, name).pk))


def shown(decision: Decision, name: str) -> list[str]:
    said = next(section for section in sections(decision) if section.key == "consent")
    return [line for row in said.rows if row.key == name for line in row.lines]


class TestYes:
    @pytest.mark.parametrize(("said", "opened"), [
        ("GIVEN", YES_ASKS), ("GIVEN_PARTIAL", PART_ASKS), ("AGREED_NOT_BASIS", set()), ("REFUSED", set()),
        ("OBJECTED", set()), ("WITHDRAWN", set()), ("NO_RESPONSE", set()),
    ])  # fmt: skip
    def test_only_a_yes_opens_its_questions(self, walk: Walk, said: str, opened: set[str]) -> None:
        page = answered(walk.draft, MOTHER, spoken="yes", said=said, part_limits="Attendance only")
        assert open_questions(page, MOTHER) & (YES_ASKS | PART_ASKS) == opened

    def test_the_page_asks_nothing_of_it_at_first(self, walk: Walk) -> None:
        assert not open_questions(ConsentPage(walk.draft), MOTHER) & (YES_ASKS | PART_ASKS)

    def test_a_simple_yes_needs_nothing_more(self, walk: Walk) -> None:
        """What most yeses are to, and whom they cover, is filled in."""
        draft = saved(walk, answered(walk.draft, MOTHER, spoken="yes", said="GIVEN", views="Yes."))
        mother = fact(draft, MOTHER)
        assert (mother.consent_state, mother.agreed_to) == ("GIVEN", ("SHARING",))
        assert set(mother.covers) == {str(person(draft, MOTHER).pk), str(person(draft, CHILD).pk)}
        assert (mother.limits, mother.until) == ("", None)

    @pytest.mark.parametrize(("age", "spoken_for"), [(8, True), (11, True), (12, False), (15, False), (17, False)])
    def test_a_parent_is_taken_to_speak_for_a_child_who_cannot_decide(
        self, walk: Walk, age: int, *, spoken_for: bool
    ) -> None:
        draft = aged(walk, CHILD, age)
        covers = row_named(ConsentPage(draft), MOTHER)["covers"].initial
        assert (str(person(draft, CHILD).pk) in covers) == spoken_for
        assert str(person(draft, MOTHER).pk) in covers

    def test_an_older_child_found_unable_is_spoken_for_too(self, walk: Walk) -> None:
        draft = aged(walk, CHILD, 14)
        plain(DecisionPerson).filter(name=CHILD).update(competence="NOT_COMPETENT")
        draft = walk.draft
        assert str(person(draft, CHILD).pk) in row_named(ConsentPage(draft), MOTHER)["covers"].initial

    def test_whoever_has_no_parental_responsibility_speaks_for_themselves(self, walk: Walk) -> None:
        draft = walk.draft
        assert row_named(ConsentPage(draft), PARTNER)["covers"].initial == [str(person(draft, PARTNER).pk)]

    def test_nobody_who_can_decide_can_be_ticked_by_somebody_else(self, walk: Walk) -> None:
        page = ConsentPage(walk.draft)
        for name in (MOTHER, PARTNER):
            assert [option.label for option in row_named(page, name)["covers"].options] == [CHILD, name]

    def test_the_kinds_of_yes_are_kept_apart(self, walk: Walk) -> None:
        page = answered(walk.draft, MOTHER, spoken="yes", said="GIVEN", agreed_to=["CONFIDENCE", "SERVICE"])
        draft = saved(walk, page)
        assert fact(draft, MOTHER).agreed_to == ("CONFIDENCE", "SERVICE")
        mother = person(draft, MOTHER)
        assert (mother.agreed_to_sharing, mother.agreed_to_confidence, mother.agreed_to_service) == (False, True, True)

    @pytest.mark.parametrize(("said", "prefix"), [("GIVEN", ""), ("GIVEN_PARTIAL", "part_")])
    def test_a_yes_is_to_something_and_for_somebody(self, walk: Walk, said: str, prefix: str) -> None:
        empty: dict[str, Any] = {f"{prefix}agreed_to": [], f"{prefix}covers": []}
        page = answered(walk.draft, MOTHER, spoken="yes", said=said, part_limits="Attendance only", **empty)
        assert not page.is_valid()
        errors = row_named(page, MOTHER).errors
        assert errors[f"{prefix}agreed_to"] == ["Tick what they consented to"]
        assert errors[f"{prefix}covers"] == ["Tick whose information their consent covers"]

    @pytest.mark.parametrize("text", ["", "  ", "see notes", "n/a"])
    def test_a_yes_to_part_says_to_which(self, walk: Walk, text: str) -> None:
        page = answered(walk.draft, MOTHER, spoken="yes", said="GIVEN_PARTIAL", views="Yes.", part_limits=text)
        assert not page.is_valid()
        assert row_named(page, MOTHER).errors["part_limits"] == ["Enter what they consented to, and what they did not"]
        assert row_named(page, MOTHER)["views"].value() == "Yes."

    def test_a_yes_to_part_is_kept(self, walk: Walk, now: datetime) -> None:
        last = timezone.localdate(now) + timedelta(days=30)
        page = answered(
            walk.draft, MOTHER, spoken="yes", said="GIVEN_PARTIAL", views="Only that.",
            part_limits="Attendance, not the clinic", **ending("part_until", last),
        )  # fmt: skip
        draft = saved(walk, page)
        mother = fact(draft, MOTHER)
        assert (mother.limits, mother.until) == ("Attendance, not the clinic", last)
        row = row_named(ConsentPage(draft), MOTHER)
        assert (row["part_limits"].value(), row["limits"].value()) == ("Attendance, not the clinic",) * 2

    def test_what_was_answered_stands_when_the_page_is_opened_again(self, walk: Walk) -> None:
        draft = walk.draft
        own = [str(person(draft, MOTHER).pk)]
        page = answered(
            draft, MOTHER, spoken="yes", said="GIVEN", agreed_to=["SERVICE"], covers=own, limits="Two visits"
        )
        draft = saved(walk, page)
        row = row_named(ConsentPage(draft), MOTHER)
        assert (row["agreed_to"].value(), row["covers"].value(), row["limits"].value()) == (
            ["SERVICE"],
            own,
            "Two visits",
        )
        assert ConsentPage.accepts_saved_answers(draft)

    @pytest.mark.parametrize(("days", "accepted"), [(-1, False), (0, True), (40, True)])
    def test_a_yes_does_not_end_before_it_was_said(self, walk: Walk, days: int, *, accepted: bool) -> None:
        last = timezone.localdate() + timedelta(days=days)
        page = answered(walk.draft, MOTHER, spoken="yes", said="GIVEN", **ending("until", last))
        assert page.is_valid() == accepted
        if not accepted:
            message = "Enter a day that is not before they gave consent"
            assert row_named(page, MOTHER).errors["until"] == [message]

    def test_a_no_after_a_yes_leaves_nothing_of_it(self, walk: Walk) -> None:
        draft = saved(walk, answered(walk.draft, MOTHER, spoken="yes", said="GIVEN", limits="Two visits"))
        assert ConsentCovers.objects.filter(decision=draft.decision).count() == 2
        draft = saved(walk, answered(draft, MOTHER, spoken="yes", said="REFUSED", views="No."))
        mother = fact(draft, MOTHER)
        assert (mother.agreed_to, mother.covers, mother.limits, mother.until) == ((), (), "", None)
        assert not ConsentCovers.objects.filter(decision=draft.decision).exists()

    def test_words_under_an_answer_not_chosen_are_not_dropped(self, walk: Walk) -> None:
        page = answered(walk.draft, MOTHER, spoken="yes", said="REFUSED", limits="Only the school")
        assert not page.is_valid()
        assert "said" in row_named(page, MOTHER).errors

    def test_two_parents_stay_two_answers(self, walk: Walk) -> None:
        plain(DecisionPerson).filter(name=PARTNER).update(parental_responsibility="yes", source_of_harm=False)
        blank = ConsentPage(walk.draft)
        mother, other = row_named(blank, MOTHER), row_named(blank, PARTNER)
        page = answered(walk.draft, MOTHER, spoken="yes", said="GIVEN")
        assert page.data is not None
        data = page.data.copy()
        data[other["spoken"].html_name], data[other["said"].html_name] = "yes", "REFUSED"
        del data[other["not_said"].html_name]
        draft = saved(walk, ConsentPage(walk.draft, data))
        assert mother.prefix != other.prefix
        assert [fact(draft, name).consent_state for name in (MOTHER, PARTNER)] == ["GIVEN", "REFUSED"]


def ending(name: str, day: date) -> dict[str, str]:
    """What the three boxes of a day send; `answered` puts the row's prefix before them."""
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


class TestRecord:
    def test_it_says_what_the_yes_was(self, walk: Walk) -> None:
        page = answered(
            walk.draft, MOTHER, spoken="yes", said="GIVEN_PARTIAL", views="Only that.",
            part_agreed_to=["SHARING", "SERVICE"], part_limits="Attendance only",
            **ending("part_until", date(2031, 3, 27)),
        )  # fmt: skip
        lines = shown(saved(walk, page).decision, MOTHER)
        assert lines[:6] == [
            "Consent given for part of it",
            "Agreed to: To this being shared, which will stop if they withdraw consent",
            "Agreed to: To the help itself, such as early help",
            f"Covers the information of: {MOTHER}, {CHILD}",
            "What the consent covers, and what it does not: Attendance only",
            "Consent ends on: 27 March 2031",
        ]

    def test_nothing_is_said_where_nothing_was(self, walk: Walk) -> None:
        lines = shown(
            saved(walk, answered(walk.draft, MOTHER, spoken="yes", said="REFUSED", views="No.")).decision, MOTHER
        )
        about_consent = ("Agreed to", "Covers", "What the consent covers", "Consent ends on")
        assert not [line for line in lines if line.startswith(about_consent)]


def recorded_with(s01: Scene, story: cases.Story) -> Decision:
    walk = s01.at("check")
    walk.skip(story, "consent")
    return walk.record_directly()


class TestFirstEvent:
    """What was a yes on the page is the first of what they have said."""

    def test_it_carries_what_the_yes_was(self, s01: Scene, cast: Cast, now: datetime) -> None:
        story = cases.s01(now)
        last = timezone.localdate(now) + timedelta(days=60)
        story["consent"]["consent"][MOTHER] |= {
            "said": "GIVEN_PARTIAL", "part_agreed_to": ["SHARING", "CONFIDENCE"], "part_covers": [MOTHER],
            "part_limits": "The bruise only", "part_until": last,
        }  # fmt: skip
        decision = recorded_with(s01, story)
        event = ConsentEvent.objects.get(decision=decision, person__name=MOTHER)
        assert (event.agreed_to_sharing, event.agreed_to_confidence, event.agreed_to_service) == (True, True, False)
        assert (event.consent_limits, event.consent_until) == ("The bruise only", last)
        again = drafting_actions.supersede(decision=decision, by=cast.practitioner, at=now)
        mother = again.people.get(name=MOTHER)
        assert (mother.consent_limits, mother.consent_until) == ("The bruise only", last)
        assert (mother.agreed_to_sharing, mother.agreed_to_confidence, mother.agreed_to_service) == (True, True, False)
        assert [row.person.name for row in mother.covers.all()] == [MOTHER]

    def test_whoever_has_taken_it_back_covers_nobody(self, s01: Scene, cast: Cast, now: datetime) -> None:
        story = cases.s01(now)
        story["consent"]["consent"][MOTHER] |= {"said": "GIVEN_PARTIAL", "part_limits": "The bruise only"}
        decision = recorded_with(s01, story)
        mother = decision.people.get(name=MOTHER)
        answers = {"consent_state": "WITHDRAWN", "consent_at": now, "consent_how": "By phone", "views": "Stop."}
        actions.add_consent(
            decision=decision, person=mother, answers=answers, submission_id=uuid4(), by=cast.practitioner, at=now
        )
        again = drafting_actions.supersede(decision=decision, by=cast.practitioner, at=now)
        assert not ConsentCovers.objects.filter(decision=again).exists()
