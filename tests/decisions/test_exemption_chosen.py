"""Which law lets somebody not be told: chosen in words, kept as a known code, shown with the name of the law."""

import pytest
from django.utils.html import escape

from decisions.facts.decision import facts_of
from decisions.forms.additions import AddInformingForm
from decisions.models import DecisionPerson, InformingEvent
from decisions.models.answers import NOT_INFORMED_UNDER
from drafting import actions as drafting_actions
from rules.codes import Informing
from rules.exemptions import ExemptionCode, exemptions, from_informing
from tests.decisions.cases import PARTNER, Case, plain, refused, shown

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

ACCESS_ONLY = [each.code for each in exemptions() if not each.informing]
LATER = {"informed": "no", "not_informed_state": "DEFERRED", "informing_reason": "PREJUDICE_CRIME",
    "informing_review_on_day": "1", "informing_review_on_month": "3", "informing_review_on_year": "2026"}  # fmt: skip


def form(case: Case, **typed: str) -> AddInformingForm:
    [partner] = case.decision.people.filter(name=PARTNER)
    return AddInformingForm({**LATER, **typed}, person=partner)


def test_each_is_offered_in_words_with_its_law_and_never_as_a_code(complete: Case) -> None:
    choices = {each.data["value"]: each.data["label"] for each in form(complete)["informing_exemption"].subwidgets}
    assert list(choices) == ["", *(each.code for each in from_informing())]
    for each in from_informing():
        assert choices[each.code] == f"{ExemptionCode.label_of(each.code)} ({each.citation})"


def test_it_may_be_left_out_and_is_marked_so(complete: Case) -> None:
    asked = form(complete)
    assert "informing_exemption" not in asked.errors
    assert asked["informing_exemption"].label.endswith("(optional)")


@pytest.mark.parametrize("code", [*ACCESS_ONLY, "HARM"])
def test_a_law_that_lets_nobody_go_untold_is_not_taken(complete: Case, code: str) -> None:
    assert "informing_exemption" in form(complete, informing_exemption=code).errors


@pytest.mark.parametrize("code", [*ACCESS_ONLY, "HARM", "crime"])
def test_nor_by_the_database(complete: Case, code: str) -> None:
    with refused("decision_person_exemption_known"):
        plain(DecisionPerson).filter(decision=complete.decision).update(informing_exemption=code)


@pytest.mark.parametrize("state", sorted(set(Informing) - {Informing.NOT_TELLING}))
def test_what_goes_on_has_no_end_in_the_database(complete: Case, state: Informing) -> None:
    people = plain(DecisionPerson).filter(decision=complete.decision)
    with refused("decision_person_ends_where_not_informed"):
        people.update(informing_state=state.value, informing_closing="HANDED_OVER")


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("code", NOT_INFORMED_UNDER)
def test_what_was_chosen_is_on_the_record_and_among_the_facts(complete: Case, code: ExemptionCode) -> None:
    plain(DecisionPerson).filter(decision=complete.decision, name=PARTNER).update(informing_exemption=code)
    drafting_actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    decision = complete.again()
    kept = InformingEvent.objects.get(decision=decision, person__name=PARTNER)
    assert kept.informing_exemption == code
    assert [person.informing.exemption for person in facts_of(decision).people].count(code) == 1
    assert code.label in shown(decision)
    assert escape(code) not in shown(decision)
