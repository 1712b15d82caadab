"""What is offered first: what each condition of that is for."""

from dataclasses import replace
from typing import Any

import pytest

from rules.facts import Facts
from rules.law_files import load
from rules.suggestions import PersonSuggestion, Suggestion, all_agreed, duty_code, suggest, suggest_for_person
from tests.rules.cases import at, with_item, with_organisation, with_person
from tests.rules.law_cases import in_police_work
from tests.rules.scenarios import early_help, s01, s03, s18_second


def charity(**changes: object) -> Facts:
    facts = with_organisation(s01(), kind="NON", sector="charity")
    return replace(facts, **changes)  # type: ignore[arg-type]  # each case names fields of Facts


def for_person(facts: Facts, ref: str, suggestion: Suggestion | None = None) -> PersonSuggestion:
    return suggest_for_person(facts, next(person for person in facts.people if person.ref == ref), suggestion)


def test_a_law_without_usual_sets_offers_none() -> None:
    assert suggest(s01(), replace(load(), combinations=())) == Suggestion()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("The FGM duty", "FGMA03_5B"),
        ("Female Genital Mutilation Act 2003", "FGMA03_5B"),
        ("CARE14_45", "CARE14_45"),
        ("Another law", "Another law"),
    ],
)
def test_a_duty_is_known_by_its_name_in_words(words: str, code: str) -> None:
    assert duty_code(Facts(duty=words)) == code


def test_where_nobody_is_named_nobody_agreed() -> None:
    assert not all_agreed(replace(early_help(), people=()))
    assert all_agreed(early_help())


def test_the_row_on_crimes_is_offered_only_beside_a_crime() -> None:
    worry_of_a_crime = replace(s18_second(), level="crime")
    assert suggest(worry_of_a_crime).l2 == ("ART9_G",)
    told = with_item(worry_of_a_crime, "I1", sensitivities=("health", "offences"))
    assert suggest(told).l2 == ("ART9_G", "ART10")


def test_the_police_need_a_condition_only_for_what_is_sensitive() -> None:
    facts = in_police_work()
    assert suggest(facts).schedule8
    assert suggest(with_item(facts, "I1", sensitivities=("offences",))).schedule8 == ()


def test_a_draft_without_its_day_is_offered_the_law_of_now() -> None:
    assert suggest(charity(decided_at=None)).l1 == ("ART6_EA",)


def test_before_the_listed_interests_a_public_task_was_what_it_is() -> None:
    assert suggest(replace(s01(), decided_at=at("2026-02-04"))).l1 == ("ART6_E",)


def test_the_set_handed_in_is_what_a_persons_is_made_of() -> None:
    health = Suggestion(l2=("ART9_H",), schedule1=("S1_P2",), why="care")
    assert for_person(s01(), "P1", health) == PersonSuggestion(
        person_ref="P1", l2=("ART9_H",), schedule1=("S1_P2",), why="care"
    )


def test_a_person_of_whom_nothing_sensitive_is_given_is_offered_nothing() -> None:
    assert for_person(s01(), "P2") == PersonSuggestion(person_ref="P2")


def test_the_police_are_offered_a_condition_only_for_whom_something_sensitive_is_given() -> None:
    facts = in_police_work()
    assert for_person(facts, "P2").schedule8
    crime = with_item(facts, "I1", sensitivities=("offences",))
    suggestion = replace(suggest(facts), schedule8=("S8_P1",))
    assert for_person(crime, "P2", suggestion).schedule8 == ()


def test_a_condition_goes_with_a_row_that_needs_one() -> None:
    explicit = Suggestion(l2=("ART9_A",), schedule1=("S1_P18",))
    facts = with_item(s03(), "I1", sensitivities=("health",))
    assert for_person(facts, "P1", explicit).schedule1 == ()


def test_who_agreed_is_not_carried_by_paragraph_10() -> None:
    """At a charity the crime of somebody who agrees is given with consent, and not without it under paragraph 10."""
    facts = with_person(with_organisation(s03(), kind="NON", sector="charity"), "P3", consent_state="AGREED_NOT_BASIS")
    offered = for_person(facts, "P3")
    assert (offered.l2, offered.schedule1) == (("ART9_A", "ART10"), ("S1_P29",))


def reason(kind: str, **mother: Any) -> str:
    """Why the mother of S01, of whom something sensitive is given, is not asked."""
    facts = with_organisation(with_item(s01(), "I3", sensitivities=("health",)), kind=kind)
    return for_person(with_person(facts, "P2", **mother), "P2").p18_reason


@pytest.mark.parametrize(
    ("kind", "mother", "why"),
    [
        ("PUB", {"role": "child", "age": 5, "consent_state": "REFUSED"}, "CANNOT_GIVE"),
        ("PUB", {"consent_state": "LACKS_CAPACITY"}, "CANNOT_GIVE"),
        ("PUB", {"consent_state": "NOT_SOUGHT_UNSAFE"}, "WOULD_PREJUDICE_PROTECTION"),
        ("PUB", {"consent_state": "NOT_SOUGHT_DELAY", "alleged_source_of_harm": True}, "WOULD_PREJUDICE_PROTECTION"),
        ("PUB", {"consent_state": "NOT_SOUGHT_NO_CHOICE"}, ""),
        ("PUB", {"consent_state": "REFUSED", "alleged_source_of_harm": True}, ""),
        ("PUB", {"consent_state": "NO_RESPONSE"}, ""),
        ("PUB", {"consent_state": "NO_RESPONSE", "alleged_source_of_harm": True}, "NOT_REASONABLE_TO_OBTAIN"),
        ("NON", {"consent_state": "NO_RESPONSE"}, "NOT_REASONABLE_TO_OBTAIN"),
        ("NON", {"consent_state": "REFUSED"}, ""),
    ],
)
def test_a_reason_is_offered_only_where_it_is_true(kind: str, mother: dict[str, Any], why: str) -> None:
    assert reason(kind, **mother) == why


def test_before_there_is_a_level_the_first_use_is_offered() -> None:
    assert suggest(replace(s01(), level="")).recipient_functions == ("CA89_47",)


def test_before_there_is_a_recipient_a_use_is_offered() -> None:
    assert suggest(replace(s01(), recipients=())).recipient_functions == ("CA89_47",)


def test_what_is_in_no_table_is_for_every_level_and_recipient() -> None:
    offered = suggest(s01(), replace(load(), all_provisions=()))
    assert offered.l3 == ("EA02_157",)
    assert offered.recipient_functions == ("CA89_47", "CA89_17", "CARE14_42")


def test_what_has_no_usual_level_is_for_every_level() -> None:
    law = load()
    rows = tuple(replace(row, usual_levels=()) if row.code == "CA89_17" else row for row in law.all_provisions)
    assert suggest(s01(), replace(law, all_provisions=rows)).recipient_functions == ("CA89_47", "CA89_17")
