"""Which number a child's information goes with: asked only where the law on the single identifier has begun."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Organisation
from decisions.models import Decision, DecisionPerson
from decisions.presenters.summary import summary
from drafting import actions as drafting_actions
from drafting.draft import Draft
from drafting.pages.people import PeoplePage
from drafting.pages.person_identifier import COLUMNS, ENTER_WHY, IDENTIFIER_FIELDS
from families.actions import correct_person
from families.details import PersonDetails
from families.identifiers import NHS_MESSAGE, UPN_MESSAGE
from families.models import Person
from rules.assess import assess
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions import law_said
from tests.decisions.cases import plain, refused
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_request import shown
from tests.drafting.test_pages_rows import errors_of, post, row_named

# What a page asks and keeps is decided in Python. The scenarios and the tests of actions save on every engine.
pytestmark = pytest.mark.sqlite

CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)
NUMBER, CORRECTED = "9434765919", "4010232137"
SHUT = "Only the hospital has it, and asking them would take until Monday."

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01


@pytest.fixture
def in_force(cast: Cast, now: datetime) -> None:
    """The start is confirmed, for an organisation that the law binds."""
    law_said.commenced(cast.officer, code="CA04_16LC", on_day=date(2026, 4, 29), at=now)


@pytest.fixture
def walk(s01: Scene) -> Walk:
    return numbered(s01.at("consent"), NUMBER)


def numbered(walk: Walk, number: str) -> Walk:
    """The same draft, with this number in the family's record, which its author has seen."""
    corrected = corrected_to(walk, number)
    plain(DecisionPerson).filter(name=CHILD).update(person_version=corrected.version)
    return walk


def corrected_to(walk: Walk, number: str) -> Person:
    row = Person.objects.get(name=CHILD)
    known: dict[str, Any] = {name: getattr(row, name) for name in PersonDetails.__dataclass_fields__}
    details = PersonDetails(**{**known, "nhs_number": number})
    return correct_person(
        person=row, details=details, version=row.version, why="From his red book", by=walk.user, at=timezone.now()
    )


def filled(walk: Walk, **answers: str) -> PeoplePage:
    prefix = row_named(PeoplePage(walk.draft), CHILD).prefix
    typed = {f"{prefix}-{name}": answer for name, answer in answers.items()}
    return PeoplePage(walk.draft, post(PeoplePage(walk.draft), **typed))


def saved(walk: Walk, **answers: str) -> Draft:
    page = filled(walk, **answers)
    assert page.is_valid(), errors_of(page)
    return drafting_actions.save_page(
        page=page, version=walk.draft.version("people"), by=walk.user, at=timezone.now(), judge=False
    )


def kept(walk: Walk) -> tuple[str, ...]:
    row = DecisionPerson.objects.get(decision=walk.decision, name=CHILD)
    return tuple(getattr(row, name) for name in COLUMNS)


def asked(walk: Walk, name: str = CHILD) -> set[str]:
    return set(row_named(PeoplePage(walk.draft), name).fields) & set(IDENTIFIER_FIELDS)


class TestNotAsked:
    def test_as_it_ships(self, walk: Walk) -> None:
        assert not asked(walk)

    @pytest.mark.usefixtures("in_force")
    def test_of_an_organisation_it_does_not_bind(self, walk: Walk, cast: Cast) -> None:
        plain(Organisation).filter(pk=cast.organisation.pk).update(in_scope_16la=False)
        assert not asked(walk)

    @pytest.mark.usefixtures("in_force")
    def test_of_a_decision_before_it_began(self, walk: Walk) -> None:
        plain(Decision).filter(pk=walk.decision.pk).update(decided_at=walk.decision.started_at.replace(year=2025))
        assert not asked(walk)

    @pytest.mark.usefixtures("in_force")
    @pytest.mark.parametrize("name", [MOTHER, PARTNER])
    def test_of_a_grown_up(self, walk: Walk, name: str) -> None:
        assert not asked(walk, name)


@pytest.mark.usefixtures("in_force")
class TestAsked:
    def test_it_stands_closed_until_it_has_an_answer(self, walk: Walk) -> None:
        row = row_named(PeoplePage(walk.draft), CHILD)
        assert asked(walk) == set(IDENTIFIER_FIELDS)
        assert not row.details_open
        saved(walk, identifier_kind="nhs")
        assert row_named(PeoplePage(walk.draft), CHILD).details_open

    def test_none_of_it_has_to_be_answered(self, walk: Walk) -> None:
        saved(walk)
        assert kept(walk) == ("", "", "")

    def test_the_number_is_the_one_in_the_family_s_record(self, walk: Walk) -> None:
        draft = saved(walk, identifier_kind="nhs")
        assert kept(walk) == ("nhs", NUMBER, "")
        assert PeoplePage.accepts_saved_answers(draft)
        assert "NHS number, 943 476 5919" in shown(draft, "people")[CHILD]

    @pytest.mark.parametrize(("kind", "typed", "number"), [
        ("upn", {"upn": "a123 4567 89012"}, "A123456789012"), ("other", {"other_number": "Mosaic 88"}, "Mosaic 88"),
        ("nhs", {"nhs_number": "401 023 2137"}, CORRECTED),
    ])  # fmt: skip
    def test_each_kind_keeps_its_number(self, walk: Walk, kind: str, typed: dict[str, str], number: str) -> None:
        saved(walk, identifier_kind=kind, **typed)
        assert kept(walk) == (kind, number, "")

    @pytest.mark.parametrize(("kind", "name", "typed", "message"), [
        ("nhs", "nhs_number", "943 476 5918", NHS_MESSAGE), ("upn", "upn", "B123456789012", UPN_MESSAGE),
        ("nhs", "nhs_number", "", "Enter the NHS number"), ("none", "why_no_identifier", "not known", ENTER_WHY),
        ("none", "why_no_identifier", "", ENTER_WHY),
        ("other", "other_number", "", "Enter the number, and whose it is"),
    ])  # fmt: skip
    def test_a_slip_is_refused_beside_its_field(
        self, walk: Walk, kind: str, name: str, typed: str, message: str
    ) -> None:
        page = filled(walk, identifier_kind=kind, **{name: typed})
        assert not page.is_valid()
        row = row_named(page, CHILD)
        assert row.errors[name] == [message]
        assert row.details_open or row[name].errors
        assert row[name].value() == typed
        assert kept(walk) == ("", "", "")

    def test_of_whoever_is_no_part_of_it_nothing_is_checked(self, walk: Walk) -> None:
        page = filled(walk, identifier_kind="nhs", nhs_number="12")
        row = row_named(page, CHILD)
        assert page.data is not None
        del page.data[f"{row.prefix}-on"]
        assert not {"nhs_number"} & set(row_named(PeoplePage(walk.draft, page.data), CHILD).errors)

    def test_a_later_correction_leaves_it_as_it_was(self, walk: Walk) -> None:
        saved(walk, identifier_kind="nhs")
        corrected_to(walk, CORRECTED)
        assert kept(walk) == ("nhs", NUMBER, "")
        prepared = drafting_actions.prepared(walk.draft).decision
        assert next(one.identifier for one in prepared.people.all() if one.name == CHILD) == NUMBER


@pytest.mark.usefixtures("in_force")
class TestFound:
    """Read by the rule, and never in what goes to another system."""

    def found(self, draft: Draft) -> set[str]:
        return {one.code for one in assess(draft.facts, draft.law).on_page("people")}

    @pytest.fixture
    def whole(self, s01: Scene) -> Walk:
        return numbered(s01.at("check"), NUMBER)

    def test_it_is_found_until_there_is_one_or_why_not(self, whole: Walk) -> None:
        assert "IDENTIFIER_MISSING" in self.found(whole.draft)
        assert "IDENTIFIER_MISSING" not in self.found(saved(whole, identifier_kind="nhs"))
        assert "IDENTIFIER_MISSING" not in self.found(saved(whole, identifier_kind="none", why_no_identifier=SHUT))
        assert kept(whole) == ("none", "", SHUT)

    @pytest.mark.parametrize("answers", [
        {"identifier_kind": "nhs"}, {"identifier_kind": "none", "why_no_identifier": SHUT},
    ], ids=["number", "why none"])  # fmt: skip
    def test_it_is_recorded_and_left_out_of_the_summary(self, whole: Walk, answers: dict[str, str]) -> None:
        saved(whole, **answers)
        drafting_actions.record(decision=whole.decision, by=whole.user, at=timezone.now())
        decision = Decision.objects.with_parts().get(pk=whole.decision.pk)
        text = summary(decision).text
        assert not any(one in text for one in (NUMBER, "943 476 5919", SHUT, "Child's number"))
        with refused("recorded"):
            plain(DecisionPerson).filter(decision=decision, name=CHILD).update(identifier_kind="upn", identifier="A")

    def test_what_is_asked_no_more_is_not_recorded(self, whole: Walk, cast: Cast) -> None:
        saved(whole, identifier_kind="nhs")
        plain(Organisation).filter(pk=cast.organisation.pk).update(in_scope_16la=False)
        made = drafting_actions.prepared(whole.draft)
        assert {one.identifier for one in made.decision.people.all()} == {""}
        assert made.dropped >= {"identifier_kind", "identifier"}


@pytest.mark.parametrize(("columns", "constraint"), [
    ({"identifier_kind": "nhs"}, "identifier_of_its_kind"), ({"identifier": NUMBER}, "identifier_of_its_kind"),
    ({"identifier_kind": "none", "identifier": NUMBER}, "identifier_of_its_kind"),
    ({"identifier_kind": "nino", "identifier": ""}, "identifier_known"),
    ({"why_no_identifier": SHUT}, "why_no_identifier"),
    ({"identifier_kind": "upn", "identifier": "A", "why_no_identifier": SHUT}, "why_no_identifier"),
])  # fmt: skip
def test_the_database_keeps_number_kind_and_reason_together(
    walk: Walk, columns: dict[str, str], constraint: str
) -> None:
    with refused(constraint):
        plain(DecisionPerson).filter(decision=walk.decision, name=CHILD).update(**columns)
