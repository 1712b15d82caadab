"""Who can decide, and which law is an organisation's: what each condition of that is for."""

from dataclasses import replace
from datetime import date

import pytest

from rules.codes import WITHOUT_CONSENT_PROVISIONS
from rules.facts import BasisFacts, PersonFacts
from rules.law import Provision
from rules.law_files import load
from rules.people import carried_by, is_asked, is_capable, provisions_for, too_young
from tests.rules.cases import basis, codes_of, with_request
from tests.rules.scenarios import s01, s02


def public_task() -> Provision:
    row = load().any_provision("ART6_E")
    assert row is not None
    return row


def test_a_baby_not_born_decides_nothing_whatever_age_was_typed() -> None:
    assert not is_capable(PersonFacts(role="unborn", age=30))


def test_a_young_person_recorded_as_not_able_is_too_young_at_fourteen() -> None:
    assert too_young(PersonFacts(role="child", age=14, consent_state="NOT_COMPETENT"))
    assert not too_young(PersonFacts(role="child", age=14, consent_state="REFUSED"))
    assert not too_young(PersonFacts(role="mother", consent_state="LACKS_CAPACITY"))


@pytest.mark.parametrize(("entry_route", "trigger"), [("ASKED", "PRO"), ("NOW", "REQ")])
def test_somebody_asked_whether_it_is_said_at_the_door_or_later(entry_route: str, trigger: str) -> None:
    asked = replace(with_request(s02(), by_role=""), entry_route=entry_route, trigger=trigger)
    assert is_asked(asked)
    assert "REQUEST_WHO" in codes_of(asked)


def test_nobody_asked() -> None:
    assert not is_asked(s01())


def test_a_row_used_no_longer_ends_the_day_before_and_never_later_than_it_did() -> None:
    until = replace(public_task(), effective_to=date(2026, 12, 31))
    assert until.until(date(2026, 6, 1)).effective_to == date(2026, 5, 31)
    assert until.until(date(2027, 6, 1)).effective_to == date(2026, 12, 31)
    assert until.until(date(2027, 1, 1)).effective_to == date(2026, 12, 31)


def test_an_organisations_own_row_never_stands_in_for_one_of_the_law() -> None:
    ours = replace(public_task(), short_name="Ours", effective_from=date(2026, 3, 1))
    kept = load().for_us({}, [ours, replace(ours, code="OUR_OWN")])
    names = {row.code: row.short_name for row in kept.all_provisions}
    assert (names["ART6_E"], names["OUR_OWN"]) == (public_task().short_name, "Ours")


def carried(*rows: BasisFacts, about_nobody: bool = False) -> list[str]:
    """Who in S01 is carried without consent on these rows: his health, her words, the partner's crime."""
    items = tuple(replace(item, about=()) for item in s01().items) if about_nobody else s01().items
    facts = replace(s01(), basis=rows, items=items)
    return [one.ref for one in carried_by(facts, WITHOUT_CONSENT_PROVISIONS)]


def test_a_condition_for_the_whole_decision_carries_those_of_whom_something_sensitive_is_given() -> None:
    assert carried(*basis("S1_P18")) == ["P1", "P3"]
    assert carried(*basis("S1_P6")) == []


def test_a_condition_of_her_own_carries_her_whatever_is_given() -> None:
    assert carried(*basis("S1_P18", person="P2")) == ["P2"]
    assert carried(*basis("S1_P18"), *basis("ART9_G", person="P2")) == ["P1", "P3"]


def test_where_nothing_names_anybody_everybody_is_carried() -> None:
    assert carried(*basis("S1_P18"), about_nobody=True) == ["P1", "P2", "P3"]


def test_a_row_of_their_own_leaves_the_decisions_condition_to_them() -> None:
    child = s01().people[0]
    facts = replace(s01(), basis=(*basis("S1_P6"), *basis("ART9_G", person="P1")))
    assert {row.code for row in provisions_for(facts, child)} == {"S1_P6", "ART9_G"}
