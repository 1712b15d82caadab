"""What is offered first, and that what is offered passes the rules."""

from dataclasses import replace

import pytest

from rules import suggestions
from rules.assess import assess
from rules.facts import BasisFacts, Facts, ItemFacts, OrganisationFacts, PersonFacts
from rules.law_files import load
from rules.suggestions import Suggestion, suggest, suggest_for_person
from tests.rules.cases import at, blocking, codes_of, with_item, with_organisation, with_person
from tests.rules.scenarios import early_help, s01, s02, s03, s18_second


def person(facts: Facts, ref: str) -> PersonFacts:
    return next(person for person in facts.people if person.ref == ref)


def at_a(kind: str, sector: str, **changes: str) -> Suggestion:
    return suggest(replace(with_organisation(s01(), kind=kind, sector=sector), **changes))  # type: ignore[arg-type]  # text


def on_what_is_offered(facts: Facts) -> Facts:
    """The facts standing on the offered provisions alone, as a person gets by pressing nothing."""
    suggestion = suggest(facts)
    by_person = [(person, suggest_for_person(facts, person, suggestion)) for person in facts.people]
    provisions = [
        BasisFacts(code=code)
        for code in suggestion.l1 + suggestion.annex1 + suggestion.l2 + suggestion.l3 + suggestion.l4
    ]
    provisions += [BasisFacts(code=code, kind="function_of_recipient") for code in suggestion.recipient_functions]
    people = []
    for one, offered in by_person:
        why = "Said in my own words for this person."
        provisions += [BasisFacts(code=code, person_ref=one.ref, answers={"why": why}) for code in offered.schedule1]
        provisions += [BasisFacts(code=code, person_ref=one.ref) for code in offered.schedule8]
        reason = offered.p18_reason or ("NOT_REASONABLE_TO_OBTAIN" if "S1_P18" in offered.schedule1 else "")
        people.append(replace(one, p18_reason=reason, p18_text=why if reason else ""))
    return replace(facts, basis=tuple(provisions), people=tuple(people))


@pytest.mark.parametrize(
    ("kind", "sector", "code", "l1", "l3"),
    [
        ("PUB", "maintained_school", "MAINTAINED_SCHOOL", "ART6_E", "EA02_175"),
        ("PUB", "academy", "ACADEMY", "ART6_E", "EA02_157"),
        ("PUB", "nhs", "HEALTH", "ART6_E", "CA04_11"),
        ("PUB", "la", "COUNCIL_ENQUIRY", "ART6_E", "CA89_47"),
        ("PUB", "early_years", "PUBLIC_BODY", "ART6_E", "IMPLIED"),
        ("LE", "police", "POLICE", "ART6_E", "CA04_11"),
        ("NON", "independent_school", "INDEPENDENT_SCHOOL", "ART6_EA", "EA02_157"),
        ("NON", "youth_charity", "CHARITY", "ART6_EA", "NON_STAT"),
    ],
)
def test_each_kind_of_organisation_has_its_own(kind: str, sector: str, code: str, l1: str, l3: str) -> None:
    suggestion = at_a(kind, sector)
    assert (suggestion.code, suggestion.l1, suggestion.l3) == (code, (l1,), (l3,))
    assert suggestion.why


@pytest.mark.parametrize(
    ("level", "code"), [("none_or_early", "COUNCIL"), ("s17", "COUNCIL_IN_NEED"), ("crime", "CRIME_PUBLIC")]
)
def test_a_council_stands_on_what_the_concern_is(level: str, code: str) -> None:
    assert at_a("PUB", "la", level=level).code == code


@pytest.mark.parametrize("kind", ["PUB", "NON"])
def test_fgm_and_a_court_come_before_all_else(kind: str) -> None:
    assert at_a(kind, "other", trigger="COURT_ORDER").l3 == ("COURT_ORDER",)
    assert at_a(kind, "other", trigger="MANDATORY", duty="the FGM duty").l3 == ("FGMA03_5B",)
    assert at_a(kind, "other", trigger="MANDATORY", duty="another").l3 != ("FGMA03_5B",)


def test_a_transfer_stands_on_the_guidance_and_the_schools_duty() -> None:
    assert at_a("PUB", "maintained_school", trigger="KCSIE_TRANSFER").l3 == ("KCSIE_TRANSFER", "EA02_175")


def test_an_allegation_of_crime_needs_article_10_beside_article_9() -> None:
    assert suggest(s01()).l2 == ("ART9_G", "ART10")
    assert suggest(s18_second()).l2 == ("ART9_G",)


def test_nothing_sensitive_needs_no_condition() -> None:
    plain = suggest(with_item(s18_second(), "I1", sensitivities=()))
    assert (plain.l2, plain.schedule1) == ((), ())


def test_a_public_body_is_never_offered_legitimate_interests() -> None:
    for suggestion in load().combinations:
        if set(suggestion.kinds) & {"PUB", "LE"}:
            assert not {"ART6_EA", "ART6_F"} & set(suggestion.codes)


def test_section_47_is_the_recipients_function_for_a_school_or_a_nurse() -> None:
    assert suggest(s01()).recipient_functions == ("CA89_47",)
    assert suggest(s03()).recipient_functions == ("CA89_47",)
    assert at_a("PUB", "la").recipient_functions == ()


def test_consent_is_offered_only_where_everybody_agreed() -> None:
    assert suggest(early_help()).l1 == ("ART6_A",)
    assert suggest(with_person(early_help(), "P2", consent_state="REFUSED")).l1 == ("ART6_EA",)
    assert suggest(with_person(early_help(), "P2", parental_responsibility="no")).l1 == ("ART6_EA",)
    assert suggest(replace(early_help(), level="s47")).l1 == ("ART6_EA",)
    assert suggest(with_item(early_help(), "I1", sensitivities=("offences",))).l1 == ("ART6_EA",)


def test_a_charity_before_the_listed_interests_balances_its_own() -> None:
    early = suggest(replace(with_organisation(s01(), kind="NON", sector="charity"), decided_at=at("2026-02-04")))
    assert (early.l1, early.annex1) == (("ART6_F",), ())


def test_a_charity_that_is_asked_names_the_request() -> None:
    assert suggest(s02()).annex1 == ("RLI_REQ", "RLI_SAFEG")


def test_no_organisation_no_offer() -> None:
    assert suggest(Facts()) == Suggestion()
    assert Suggestion().codes == ("HRA_8_2",)


def test_s01_person_by_person() -> None:
    facts = with_item(s01(), "I3", sensitivities=("health",))
    offered = [suggest_for_person(facts, person) for person in facts.people]
    assert [one.schedule1 for one in offered] == [("S1_P18",), ("S1_P6",), ("S1_P18",)]
    assert [one.p18_reason for one in offered] == ["CANNOT_GIVE", "", "WOULD_PREJUDICE_PROTECTION"]
    assert [one.l2 for one in offered] == [("ART9_G",), ("ART9_G",), ("ART10",)]


def test_nothing_sensitive_of_theirs_nothing_offered() -> None:
    offered = suggest_for_person(s01(), person(s01(), "P2"))
    assert (offered.l2, offered.schedule1, offered.p18_reason) == ((), (), "")


def test_who_agreed_is_never_carried_by_paragraph_18() -> None:
    assert suggest_for_person(s03(), person(s03(), "P2")).schedule1 == ("S1_P6",)
    charity = with_organisation(s03(), kind="NON", sector="charity")
    assert suggest_for_person(charity, person(charity, "P2")).l2 == ("ART9_A",)


def test_a_charity_explains_a_refusal_itself() -> None:
    charity = with_item(with_organisation(s01(), kind="NON", sector="charity"), "I3", sensitivities=("health",))
    offered = suggest_for_person(charity, person(charity, "P2"))
    assert (offered.schedule1, offered.p18_reason) == (("S1_P18",), "")
    assert "refusal alone" in offered.why
    missed = with_person(charity, "P2", consent_state="NOT_CONTACTABLE")
    assert suggest_for_person(missed, person(missed, "P2")).p18_reason == "NOT_REASONABLE_TO_OBTAIN"


def test_a_court_order_takes_the_condition_for_courts() -> None:
    facts = replace(s01(), trigger="COURT_ORDER")
    assert suggest_for_person(facts, person(facts, "P3")).schedule1 == ("S1_P33",)
    assert suggest_for_person(facts, person(facts, "P1")).l2 == ("ART9_F",)


@pytest.mark.parametrize("facts", [s01(), s03(), s18_second(), early_help()], ids=["S01", "S03", "S18", "early help"])
def test_what_is_offered_is_enough(facts: Facts) -> None:
    assert blocking(on_what_is_offered(facts)) == set()


@pytest.mark.parametrize(
    "organisation",
    [
        OrganisationFacts(kind=kind, sector=sector, policy_document_on=at("2026-01-01").date())
        for kind, sector in [
            ("PUB", "la"),
            ("PUB", "nhs"),
            ("LE", "police"),
            ("NON", "charity"),
            ("NON", "independent_school"),
        ]
    ],
    ids=lambda one: one.sector,
)
@pytest.mark.parametrize("level", ["none_or_early", "s17", "s17_high", "s47", "adult_at_risk", "crime"])
@pytest.mark.parametrize("trigger", ["PRO", "KCSIE_TRANSFER"])
def test_what_is_offered_is_enough_wherever_one_works(
    organisation: OrganisationFacts, level: str, trigger: str
) -> None:
    dealt_with = with_person(s01(), "P1", competence="NOT_COMPETENT")
    facts = replace(dealt_with, organisation=organisation, level=level, trigger=trigger)
    found = assess(on_what_is_offered(facts))
    assert found.blocking == ()
    assert not {finding.code for finding in found.warnings} & {"PROVISION_NOT_YOURS", "POWER_MISSING"}


@pytest.mark.parametrize(
    ("sensitivities", "agreed_to", "offered"),
    [
        ((), ("SHARING",), False),
        (("confidence",), ("SHARING",), False),
        (("confidence",), ("SHARING", "CONFIDENCE"), True),
        ((), ("SHARING", "CONFIDENCE"), False),
    ],
    ids=["nothing in confidence", "a yes to something else", "a yes to that", "nothing to lift"],
)
def test_consent_lifts_a_confidence_only_where_there_is_one(
    sensitivities: tuple[str, ...], agreed_to: tuple[str, ...], *, offered: bool
) -> None:
    facts = with_item(with_person(early_help(), "P2", agreed_to=agreed_to), "I1", sensitivities=sensitivities)
    assert ("CONF_CONSENT" in suggest(facts).codes) is offered
    assert "CONSENT_OTHER" not in codes_of(on_what_is_offered(facts))


@pytest.mark.parametrize(
    ("about", "offered"), [((), False), (("P2",), True), (("P1",), False)], ids=["whose is not said", "hers", "his"]
)
def test_a_confidence_is_that_of_the_people_it_is_about(about: tuple[str, ...], *, offered: bool) -> None:
    """Her yes covers what she told; nobody answers for somebody else's."""
    facts = with_person(early_help(), "P1", competence="COMPETENT", age=14, consent_state="REFUSED")
    told = ItemFacts(ref="I2", text="Debts", sensitivities=("confidence",), about=about, given_to=("R1",))
    assert ("CONF_CONSENT" in on_the_family_route(replace(facts, items=(*facts.items, told)))) is offered


def on_the_family_route(facts: Facts) -> tuple[str, ...]:
    """What is offered where the family agrees, whatever one of them said."""
    provision = next(combination for combination in load().combinations if "CONF_CONSENT" in combination.l4)
    return suggestions._filled(provision, facts, load()).l4


def test_a_confidence_that_names_nobody_is_everybodys() -> None:
    told = with_item(early_help(), "I1", sensitivities=("confidence",), about=())
    assert "CONF_CONSENT" in suggest(told).codes


@pytest.mark.parametrize(
    ("level", "kinds", "uses"),
    [
        ("s47", ("social_care",), ("CA89_47",)),
        ("s17_high", ("",), ("CA89_47",)),
        ("s17", ("social_care",), ("CA89_17",)),
        ("none_or_early", ("early_help",), ()),
        ("s17", ("police",), ()),  # a concern about extremism goes to the police: neither section is theirs
        ("s47", ("police",), ()),
        ("s47", ("police", "social_care"), ("CA89_47",)),
        ("adult_at_risk", ("other",), ("CARE14_42",)),
    ],
)
@pytest.mark.parametrize("sector", ["academy", "nhs", "youth_charity"])
def test_what_the_recipient_uses_it_for_depends_on_the_level_and_on_who_it_is(
    sector: str, level: str, kinds: tuple[str, ...], uses: tuple[str, ...]
) -> None:
    several = tuple(replace(s01().recipients[0], ref=f"R{number}", kind=kind) for number, kind in enumerate(kinds))
    kind = "NON" if sector == "youth_charity" else "PUB"
    facts = with_organisation(replace(s01(), level=level, recipients=several), kind=kind, sector=sector)
    assert suggest(facts).recipient_functions == uses


def test_the_power_about_crime_is_not_offered_towards_a_school() -> None:
    """Crime and Disorder Act 1998 section 115(2) lists who may be told; a school is not one of them."""
    crime = with_organisation(replace(s01(), level="crime"), sector="maintained_school")
    assert suggest(crime).l3 == ("CDA98_115",)
    to_a_school = replace(crime, recipients=(replace(s01().recipients[0], kind="school"),))
    assert suggest(to_a_school).l3 == ("EA02_175",)


@pytest.mark.parametrize("kind", ["PUB", "NON"])
def test_paragraph_10_is_offered_only_where_asking_first_could_spoil_it(kind: str) -> None:
    """Not for somebody who agreed, nor for a young child, who cannot be asked (Schedule 1 paragraph 10(1)(b))."""
    crime = with_organisation(replace(s01(), level="crime"), kind=kind, sector="other")
    offered = suggest_for_person(crime, person(crime, "P3"))
    assert (offered.schedule1, offered.p18_reason) == (("S1_P10",), "")
    young = suggest_for_person(crime, person(crime, "P1"))
    assert (young.schedule1, young.p18_reason) == (("S1_P18",), "CANNOT_GIVE")
    content = with_person(crime, "P3", consent_state="GIVEN", agreed_to=("SHARING",))
    agreed = suggest_for_person(content, person(content, "P3")).schedule1
    assert agreed == (("S1_P6",) if kind == "PUB" else ("S1_P29",))


def test_a_councils_own_function_is_offered_whoever_gets_it() -> None:
    """Section 17 and section 47 are the council's: what it does with them is not for social care alone."""
    school = (replace(s01().recipients[0], kind="school"),)
    for level, power in (("s17", "CA89_17"), ("s47", "CA89_47")):
        facts = with_organisation(replace(s01(), level=level, recipients=school), sector="la")
        assert suggest(facts).l3 == (power,)
