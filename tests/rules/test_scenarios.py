"""The acceptance scenarios: what nothing blocks, what is shown to the supervisor, and what must be refused."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rules.assess import assess
from rules.facts import Facts
from tests.rules.cases import basis, blocking, codes_of, with_informing, with_person, without_provisions
from tests.rules.scenarios import early_help, s01, s02, s03, s18_first, s18_second

WHOLE = {
    "S01": (s01, set[str]()),
    "S02": (s02, {"CONSENT_UNKNOWN_NOT_SHARED"}),
    "S03": (s03, set[str]()),
    "S18 first": (s18_first, set[str]()),
    "S18 second": (s18_second, set[str]()),
    "early help": (early_help, set[str]()),
}


@pytest.mark.parametrize(("make", "warned"), WHOLE.values(), ids=WHOLE.keys())
def test_a_whole_record_is_not_blocked(make: Callable[[], Facts], warned: set[str]) -> None:
    found = assess(make())
    assert found.blocking == ()
    assert found.may_be_recorded
    assert {finding.code for finding in found.warnings} == warned


def test_s01_cannot_do_without_reasons() -> None:
    empty = replace(s01(), why_now="", why_outweighs="", why_no_more="", risk_if_not="")
    assert blocking(empty) == {"WHY_NOW", "WHY_OUTWEIGHS", "WHY_NO_MORE", "RISK_IF_NOT"}


def test_s01_needs_a_reason_for_each_person_carried_by_paragraph_18() -> None:
    for ref, state in (("P1", "NOT_COMPETENT"), ("P3", "NOT_SOUGHT_UNSAFE")):
        bare = with_person(s01(), ref, p18_reason="", p18_text="", consent_state=state)
        assert {(finding.code, finding.person) for finding in assess(bare).blocking} == {
            ("P18_REASON", ref),
            ("P18_TEXT", ref),
        }


def test_s01_the_mother_is_not_unable_to_consent() -> None:
    facts = without_provisions(s01(), "S1_P6")
    facts = replace(facts, basis=facts.basis + basis("S1_P18", person="P2", answer="she would not hear of it"))
    unable = with_person(facts, "P2", p18_reason="CANNOT_GIVE", p18_text="she would not hear of it")
    assert blocking(unable) == {"P18_CAPABLE"}
    unreasonable = with_person(facts, "P2", p18_reason="NOT_REASONABLE_TO_OBTAIN", p18_text="she would not hear of it")
    assert blocking(unreasonable) == set()
    assert "P18_AFTER_REFUSAL" in codes_of(unreasonable)


def test_s03_paragraph_18_is_doubted_for_someone_content() -> None:
    facts = without_provisions(s03(), "S1_P6")
    facts = replace(facts, basis=facts.basis + basis("S1_P18", person="P2", answer="he would find out"))
    facts = with_person(facts, "P2", p18_reason="WOULD_PREJUDICE_PROTECTION", p18_text="he would find out")
    assert blocking(facts) == set()
    assert "P18_AGREED" in codes_of(facts)


def test_s18_the_first_decision_needs_no_basis() -> None:
    assert s18_first().basis == ()
    assert blocking(s18_first()) == set()


@pytest.mark.parametrize("words", ["", "   ", "see notes", "See Notes.", "n/a", "N / A", "\u200btbc\u00a0", "—"])
@pytest.mark.parametrize("name", ["why_now", "why_outweighs", "why_no_more", "risk_if_not"])
def test_x01_no_reason_is_refused(name: str, words: str) -> None:
    facts = replace(s01(), **{name: words})  # type: ignore[arg-type]  # the names are text fields
    assert blocking(facts) == {name.upper()}
    assert getattr(facts, name) == words, "every word typed is kept"


@pytest.mark.parametrize("state", ["REFUSED", "OBJECTED", "WITHDRAWN", "NOT_SOUGHT_DELAY", "NO_RESPONSE", "UNKNOWN"])
def test_x02_consent_is_no_basis_for_who_did_not_give_it(state: str) -> None:
    facts = with_person(early_help(), "P2", consent_state=state, views="no, thank you", not_asked_text="no time at all")
    found = [finding for finding in assess(facts).blocking if finding.code == "CONSENT_BASIS"]
    assert {finding.person for finding in found} == {"P1", "P2"}
    fits = {"“Consent”": "Recognised legitimate interest", "“They agreed”": "Overriding public interest"}
    assert all("has not consented" in finding.message for finding in found)
    assert all(
        any(chosen in finding.message and instead in finding.message for chosen, instead in fits.items())
        for finding in found
    )


def test_x03_not_telling_needs_a_reason_and_an_end() -> None:
    assert blocking(with_informing(s03(), "P3", reason="")) == {"INFORMING_REASON"}
    assert blocking(with_informing(s03(), "P3", reason="", text="n/a")) == {"INFORMING_REASON"}
    assert blocking(with_informing(s03(), "P3", review_on=None)) == {"INFORMING_END"}
    handed_over = with_informing(s03(), "P3", review_on=None, closing="HANDED_OVER", by_whom="Ines Marlow")
    assert blocking(handed_over) == set()
    unapproved = with_informing(s03(), "P3", approver="")
    assert blocking(unapproved) == set()
    assert codes_of(unapproved) == {"INFORMING_APPROVER"}


def test_consent_and_going_ahead_without_it_are_two_facts() -> None:
    weighed = replace(early_help(), why_outweighs="His father objects, and was heard.")
    assert blocking(weighed) == set()
