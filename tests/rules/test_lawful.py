"""What is lawful is not blocked, and a message names the layer that is at fault."""

from dataclasses import replace

import pytest

from rules.assess import assess
from rules.facts import Facts, OrderFacts
from tests.rules.cases import basis, blocking, codes_of, with_basis, with_person, without_provisions
from tests.rules.needs_cases import ASKED, MADE
from tests.rules.scenarios import early_help, s01, s03

WEIGHED = {"WHY_OUTWEIGHS", "RISK_IF_NOT", "RISK_IF_SHARED"}


def unweighed(facts: Facts) -> Facts:
    """Somebody refuses, and no word says why sharing outweighs it."""
    facts = with_person(facts, "P2", consent_state="REFUSED", views="No")
    return replace(facts, why_outweighs="", risk_if_not="", risk_if_shared="")


def under(trigger: str, duty: str, *powers: str, order: OrderFacts | None = None) -> Facts:
    facts = replace(s01(), trigger=trigger, duty=duty, order=order or OrderFacts(), request=ASKED)
    return unweighed(with_basis(without_provisions(facts, "EA02_157"), *basis(*powers)))


@pytest.mark.parametrize(
    ("facts", "weighed"),
    [
        (under("COURT_ORDER", "", "COURT_ORDER", order=MADE), False),
        (under("MANDATORY", "CA04_16H", "CA04_16H"), False),
        (under("MANDATORY", "CARE14_45", "CARE14_45"), False),
        (under("MANDATORY", "CARE14_45", "CARE14_45", "CDA98_115"), True),  # more than the duty asks for
        (under("PRO", "", "CDA98_115"), True),
        (under("REQ", "", "EA02_157"), True),
        (under("REQ", "", "CA04_16H"), False),
        (under("REQ", "", "CARE14_45", "CA89_47"), False),  # what the recipient does with it is no power of ours
        (under("REQ", "", "CA04_16H", "CDA98_115"), True),
        (under("PRO", "", "SCHOOL_RETURNS"), False),
        (under("REQ", "", "CA04_11"), True),  # a duty to have arrangements leaves a choice
    ],
    ids=[
        *("an order", "a partner asks", "a board asks", "a power as well", "a power", "a request alone"),
        *("a duty chosen last", "and a recipient's function", "and a power", "returns", "arrangements"),
    ],
)
def test_where_the_law_leaves_no_choice_nobody_says_that_they_weighed_it(facts: Facts, *, weighed: bool) -> None:
    assert codes_of(facts) & WEIGHED == (WEIGHED if weighed else set())
    assert "WHY_NO_MORE" in codes_of(replace(facts, why_no_more="")), "no more than is asked for is still said"


def test_after_a_request_it_is_asked_once_the_law_is_chosen() -> None:
    asked = unweighed(replace(s01(), trigger="REQ", request=ASKED, basis=()))
    assert "WHY_OUTWEIGHS" not in codes_of(asked)
    assert "NO_L1" in blocking(asked), "nor is it recorded without a law"
    assert "WHY_OUTWEIGHS" in blocking(with_basis(asked, *basis("ART6_E")))
    assert "WHY_OUTWEIGHS" in blocking(replace(asked, trigger="PRO"))


def in_hospital(**changes: object) -> Facts:
    """A boy of seventeen, unconscious after an overdose: his school tells the hospital what he took."""
    facts = replace(s01(), trigger="PRO", recipients=(replace(s01().recipients[0], kind="health"),))
    facts = with_person(facts, "P1", age=17, role="child", competence="", p18_reason="", p18_text="", **changes)
    item = replace(s01().items[0], sensitivities=("health", "confidence"), about=("P1",), given_to=("R1",))
    facts = replace(facts, includes=("health",), items=(item,), people=facts.people[:1])
    return replace(facts, basis=basis("ART6_D", "EA02_157"))


def test_what_is_known_of_an_unconscious_boy_of_seventeen_can_be_given() -> None:
    lacks = in_hospital(
        consent_state="LACKS_CAPACITY",
        competence_note="Unconscious; the paramedic found no response at 14:10.",
        best_interests="His mother, by phone: tell them everything.",
    )
    facts = with_basis(lacks, *basis("CONF_BEST"), *basis("ART9_C", person="P1", answer="He is unconscious."))
    found = codes_of(facts)
    assert blocking(facts) == set()
    assert not found & {"COMPETENCE_OPEN", "COMPETENCE_NOTE", "PRESUMED_ABLE", "NOT_A_CHILD", "NEEDS_DANGER"}


@pytest.mark.parametrize(("answer", "found"), [("He is unconscious.", False), ("", True), ("n/a", True)])
def test_vital_interests_fit_somebody_unconscious_who_could_not_be_contacted(answer: str, *, found: bool) -> None:
    gone = in_hospital(consent_state="NOT_CONTACTABLE", not_asked_text="No response at all.")
    facts = with_basis(gone, *basis("CONF_PI"), *basis("ART9_C", person="P1", answer=answer))
    assert ("VITAL_CAPABLE" in codes_of(facts)) is found
    awake = with_person(facts, "P1", consent_state="REFUSED", views="No")
    assert "VITAL_CAPABLE" in codes_of(awake)


def cared_for(kind: str, **person: str) -> Facts:
    """A health visitor tells others what was told in confidence, for somebody's care."""
    facts = without_provisions(s03(), "CONF_PI")
    facts = replace(facts, recipients=tuple(replace(one, kind=kind) for one in facts.recipients))
    return with_person(with_basis(facts, *basis("CONF_CARE")), "P2", **person)


@pytest.mark.parametrize(
    ("kind", "state", "found"),
    [
        ("health", "AGREED_NOT_BASIS", set()),
        ("social_care", "NOT_CONTACTABLE", set()),
        ("health", "NO_RESPONSE", set()),
        ("health", "OBJECTED", {"NEEDS_NO_OBJECTION"}),
        ("social_care", "WITHDRAWN", {"NEEDS_NO_OBJECTION"}),
        ("school", "AGREED_NOT_BASIS", {"NEEDS_CARE"}),
        ("police", "REFUSED", {"NEEDS_CARE", "NEEDS_NO_OBJECTION"}),
    ],
)
def test_consent_to_direct_care_is_implied_until_somebody_objects(kind: str, state: str, found: set[str]) -> None:
    care = {"NEEDS_CARE", "NEEDS_NO_OBJECTION", "CONFIDENCE_NO_PROVISION", "BASIS_FALLS"}
    assert codes_of(cared_for(kind, consent_state=state)) & care == found


@pytest.mark.parametrize(
    ("provision", "words", "suggestion"),
    [
        ("ART6_A", "cannot be your lawful basis", "Public task"),
        ("ART9_A", "cannot be your condition", "Substantial public interest"),
        ("S1_P29", "cannot be your condition", "A function the law gives you"),
        ("CONF_CONSENT", "cannot be your reason to share something confidential", "Overriding public interest"),
    ],
)
def test_a_message_names_the_layer_at_fault_and_what_fits_there(provision: str, words: str, suggestion: str) -> None:
    facts = with_person(s03(), "P2", consent_state="REFUSED", views="No")
    facts = with_basis(facts, *basis(provision, person="P2"))
    [found] = [each for each in assess(facts).findings if each.code == "CONSENT_BASIS" and each.person == "P2"]
    assert words in found.message
    assert f"“{suggestion}”" in found.message


def test_consent_is_not_suggested_instead_of_consent() -> None:
    found = assess(with_person(early_help(), "P2", agreed_to=("SHARING",))).findings
    assert not [each.code for each in found if "usually “They agreed”" in each.message or "“Consent”" in each.message]
