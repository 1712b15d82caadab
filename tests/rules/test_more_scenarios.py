"""What each of the other acceptance scenarios expects of the rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from rules.assess import assess
from rules.facts import Facts
from rules.law_files import load
from rules.suggestions import suggest, suggest_for_person
from tests.rules import more_scenarios as more
from tests.rules.cases import (
    at,
    basis,
    blocking,
    codes_of,
    with_basis,
    with_informing,
    with_item,
    with_person,
    without_provisions,
)

WHOLE: dict[str, tuple[Callable[[], Facts], set[str]]] = {
    "S04": (more.s04, {"WISH_ALONE"}),
    "S05": (more.s05, set()),
    "S06": (more.s06, set()),
    "S07": (more.s07, set()),
    "S08": (more.s08, set()),
    "S09": (more.s09, set()),
    "S10": (more.s10, set()),
    "S11": (more.s11, {"PARENTS_DISAGREE"}),
    "S12": (more.s12, set()),
    "S19": (more.s19, set()),
}


@pytest.mark.parametrize(("make", "warned"), WHOLE.values(), ids=WHOLE.keys())
def test_a_whole_record_is_not_blocked(make: Callable[[], Facts], warned: set[str]) -> None:
    found = assess(make())
    assert found.blocking == ()
    assert {finding.code for finding in found.warnings} == warned


def carried_by_18(facts: Facts, ref: str, reason: str) -> Facts:
    facts = with_basis(facts, *basis("S1_P18", person=ref, answer="said in my own words"))
    return with_person(facts, ref, p18_reason=reason, p18_text="said in my own words")


def test_s04_a_young_person_who_can_decide_is_not_unable_to() -> None:
    assert blocking(carried_by_18(more.s04(), "P1", "CANNOT_GIVE")) == {"P18_CAPABLE"}


@pytest.mark.parametrize("reason", ["NOT_REASONABLE_TO_OBTAIN", "WOULD_PREJUDICE_PROTECTION"])
def test_s04_another_reason_after_her_refusal_is_flagged(reason: str) -> None:
    facts = carried_by_18(more.s04(), "P1", reason)
    assert blocking(facts) == set()
    assert "P18_AFTER_REFUSAL" in codes_of(facts)


def test_s04_each_thing_held_back_has_a_why() -> None:
    assert blocking(with_item(more.s04(), "I2", withheld_from={})) == {"WITHHELD_WHY"}


def test_s05_a_day_late_needs_a_reason() -> None:
    late = replace(more.s05(), recorded_at=at("2026-07-19", "22:06"))
    assert blocking(late) == {"LATE_REASON"}
    assert blocking(replace(late, late_reason="On the street until half past one, phone dead.")) == set()


def test_s05_the_law_of_the_night_itself_is_used() -> None:
    before = replace(more.s05(), decided_at=at("2026-02-04", "22:05"), recorded_at=at("2026-02-05", "09:10"))
    listed = with_basis(without_provisions(before, "ART6_D"), *basis("ART6_EA", "RLI_CRIME"))
    assert "PROVISION_NOT_IN_FORCE" in blocking(listed)


@pytest.mark.parametrize(("name", "code"), [("court", "ORDER_COURT"), ("scope", "ORDER_SCOPE")])
def test_s06_an_order_has_a_court_and_a_scope(name: str, code: str) -> None:
    facts = more.s06()
    bare = replace(facts, order=replace(facts.order, **{name: "n/a"}))  # type: ignore[arg-type]  # text
    assert blocking(bare) == {code}


def test_s06_papers_of_the_family_court_need_permission() -> None:
    assert blocking(with_item(more.s06(), "I1", proceedings_permission="")) == {"PROCEEDINGS"}


def test_s06_the_informant_is_not_asked_about_what_is_not_given() -> None:
    assert not [finding for finding in assess(more.s06()).findings if finding.person == "P3"]
    named = with_item(more.s06(), "I2", given_to=("R1",))
    assert {finding.code for finding in assess(named).findings} == {
        "CONSENT_UNKNOWN",
        "SOURCE_GIVEN",
        "NOTHING_HELD",
        "NOT_INFORMED_YET",
    }


def test_s07_vital_interests_are_not_for_someone_who_can_answer() -> None:
    assert "VITAL_CAPABLE" in blocking(with_basis(more.s07(), *basis("ART9_C", person="P2", answer="she is ill")))
    unwell = with_person(
        more.s07(), "P2", competence="LACKS_CAPACITY", consent_state="LACKS_CAPACITY", competence_note="Dr Amin, today"
    )
    assert "VITAL_CAPABLE" not in codes_of(with_basis(unwell, *basis("ART9_C", person="P2", answer="she is ill")))


def test_s08_the_whole_file_is_justified() -> None:
    assert blocking(replace(more.s08(), whole_file_reason="policy")) == {"WHOLE_FILE_REASON"}


def test_s09_the_duty_to_share_is_not_yet_there_to_choose() -> None:
    facts = replace(more.s09(), organisation=replace(more.s09().organisation, in_scope_16la=True))
    facts = with_basis(facts, *basis("CA04_16LA"))
    assert "PROVISION_NOT_IN_FORCE" in blocking(facts)
    confirmed = replace(facts, commencements={"CA04_16LA": at("2026-09-30").date()})
    assert "PROVISION_NOT_IN_FORCE" in blocking(confirmed), "decided before the day it began"
    later = replace(confirmed, decided_at=at("2026-10-01"), recorded_at=at("2026-10-01"))
    later = with_informing(later, "P3", review_on=date(2026, 10, 8))
    assert blocking(later) == {"RECIPIENT_OUT_OF_SCOPE"}, "it binds both ends"
    both = replace(later, recipients=tuple(replace(recipient, in_scope_16la=True) for recipient in later.recipients))
    assert blocking(both) == set()
    assert "SHARE_DUTY_TRIGGER" in codes_of(both)


def test_s09_section_47_alone_is_the_councils_power_not_the_nurses() -> None:
    assert codes_of(without_provisions(more.s09(), "CA04_11")) == {"POWER_MISSING"}


def test_s10_nothing_new_goes_out_on_a_consent_that_was_withdrawn() -> None:
    facts = more.s10()
    planned = replace(
        more.s11(), organisation=facts.organisation, people=facts.people, basis=basis("ART6_A", "NON_STAT")
    )
    found = [finding for finding in assess(planned).blocking if finding.code == "CONSENT_BASIS"]
    assert [finding.person for finding in found] == ["P2"]


def test_s11_two_parents_two_answers() -> None:
    agreed = with_basis(without_provisions(more.s11(), "CONF_PI"), *basis("CONF_CONSENT"))
    assert [finding.person for finding in assess(agreed).blocking] == ["P3"]
    papers = with_item(more.s11(), "I3", given_to=("R1",), withheld_from={})
    assert "PROCEEDINGS" in blocking(papers)


def test_s12_the_duty_is_offered_and_says_why_nobody_was_asked() -> None:
    assert suggest(more.s12()).code == "FGM"
    asked_otherwise = without_provisions(replace(more.s12(), trigger="PRO", duty=""), "FGMA03_5B")
    assert "NOT_ASKED_TEXT" in blocking(asked_otherwise)
    assert "DUTY_PROVISION_MISSING" in codes_of(without_provisions(more.s12(), "FGMA03_5B"))


def test_s12_another_law_may_be_named_in_words() -> None:
    assert blocking(replace(more.s12(), duty="OTHER")) == set()
    assert blocking(replace(more.s12(), duty=" ")) == {"DUTY_NOT_NAMED"}


def test_s19_an_unborn_child_has_no_age_and_is_not_asked() -> None:
    facts = more.s19()
    assert facts.people[0].age is None
    offered = [suggest_for_person(facts, person) for person in facts.people]
    assert [one.p18_reason for one in offered] == ["CANNOT_GIVE", "", "WOULD_PREJUDICE_PROTECTION"]
    assert offered[2].l2 == ("ART9_G", "ART10")


def test_s19_not_telling_ends_when_it_is_handed_over() -> None:
    facts = more.s19()
    assert blocking(facts) == set()
    unnamed = with_person(facts, "P3", informing=replace(facts.people[2].informing, by_whom=""))
    assert blocking(unnamed) == {"INFORMING_HANDED_TO"}


@pytest.mark.parametrize(
    ("code", "sector", "kind"),
    [
        ("CA89_47", "nhs", "function_of_recipient"),
        ("CA89_47", "maintained_school", "function_of_recipient"),
        ("CA89_47", "la", "power"),
        ("CA89_47", "", "power"),
        ("EA02_175", "maintained_school", "arrangements"),
        ("CDA98_115", "charity", "power"),
    ],
)
def test_a_row_is_of_another_kind_where_it_is_the_recipients(code: str, sector: str, kind: str) -> None:
    row = load().any_provision(code)
    assert row is not None
    assert row.kind_for(sector) == kind


def test_another_organisations_duty_is_doubted() -> None:
    assert "PROVISION_NOT_YOURS" in codes_of(with_basis(more.s07(), *basis("EA02_175")))
