"""What the version of 29 November 2026 says that the one before did not, and that the day of the decision picks it."""

from dataclasses import replace
from datetime import date

import pytest

from rules.duties import leaves_no_choice
from rules.facts import Facts, OrganisationFacts
from rules.law_files import load
from rules.legal_options import WhyNot, available_provisions, why_not
from rules.suggestions import suggest
from tests.rules.cases import at, basis, codes_of, with_basis, with_organisation
from tests.rules.scenarios import early_help, s01

NEW = ("DAA21_49A", "PCSC22_44A", "CA89_42", "CA89_67", "EA02_175_3A", "SCHOOL_RETURNS", "CONF_CARE")


@pytest.mark.parametrize(
    ("code", "first"),
    [("DAA21_49A", date(2025, 11, 7)), ("PCSC22_44A", date(2026, 1, 12)), ("SCHOOL_RETURNS", date(2024, 8, 19))],
)
def test_the_day_of_the_decision_picks_it(code: str, first: date) -> None:
    law = load()
    assert law.provision(code, first) is not None
    assert law.provision(code, first.replace(day=first.day - 1)) is None


def test_operation_encompass_was_a_practice_until_it_was_law() -> None:
    law, day = load(), date(2025, 11, 7)
    practice = law.provision("OP_ENCOMPASS", date(2025, 11, 6))
    assert practice is not None
    assert practice.replaced_by == "DAA21_49A"
    assert law.provision("OP_ENCOMPASS", day) is None
    assert load("2026-11-22").provision("OP_ENCOMPASS", day) is not None, "a record of before keeps its version"


@pytest.mark.parametrize("code", NEW)
def test_it_is_new_in_this_version_and_says_where_it_was_read(code: str) -> None:
    assert not load("2026-11-22").knows(code)
    provision = load().any_provision(code)
    assert provision is not None
    assert provision.checked_on == date(2026, 11, 29)
    assert provision.confidence in {"C", "K"}
    assert ("seen" in provision.source) is (provision.confidence == "C")


@pytest.mark.parametrize(
    ("kind", "sector", "code", "l3"),
    [
        ("PUB", "fe_college", "COLLEGE", "EA02_175"),
        ("PUB", "gp", "GP", "IMPLIED"),
        ("PUB", "youth_justice", "YOUTH_JUSTICE", "CA04_11"),
        ("NON", "housing", "HOUSING", "NON_STAT"),
        ("NON", "belief", "CHARITY", "NON_STAT"),
    ],
)
def test_each_new_sector_is_offered_what_it_does(kind: str, sector: str, code: str, l3: str) -> None:
    facts = with_organisation(s01(), kind=kind, sector=sector)
    suggestion = suggest(facts)
    assert (suggestion.code, suggestion.l3) == (code, (l3,))
    relying = replace(facts, basis=basis(*suggestion.l1, *suggestion.l3))
    assert not codes_of(relying) & {"PROVISION_NOT_YOURS", "PROVISION_POLICE_ONLY", "PROVISION_UNKNOWN"}


@pytest.mark.parametrize("code", ["ART9_D", "S1_P31"])
@pytest.mark.parametrize(("sector", "found"), [("belief", False), ("charity", True), ("youth_charity", True)])
def test_members_only_is_for_bodies_with_such_an_aim(code: str, sector: str, *, found: bool) -> None:
    """UK GDPR Article 9(2)(d): political, philosophical, religious or trade union."""
    facts = with_basis(with_organisation(early_help(), sector=sector), *basis(code, person="P2"))
    assert ("NEEDS_BODY" in codes_of(facts)) is found


@pytest.mark.parametrize(
    ("power", "found"), [("NON_STAT", True), ("EA02_157", False), ("CARE14_45", False), ("CA04_16H", False)]
)
def test_paragraph_6_is_for_whoever_has_a_function_that_the_law_confers(power: str, *, found: bool) -> None:
    """Schedule 1 paragraph 6(2)(a) does not ask whether the body is a public one."""
    facts = with_organisation(early_help(), sector="independent_school")
    facts = replace(facts, basis=basis("ART6_C", "S1_P6", power))
    assert ("NEEDS_FUNCTION" in codes_of(facts)) is found
    assert "PROVISION_NOT_YOURS" not in codes_of(facts)


@pytest.mark.parametrize(
    ("sector", "listed"),
    [("la", True), ("nhs", True), ("youth_justice", True), ("other", True), ("academy", False), ("gp", False),
     ("police", False)],
)  # fmt: skip
def test_the_duty_to_refer_is_that_of_listed_bodies(sector: str, *, listed: bool) -> None:
    """Housing Act 1996 section 213B and SI 2018/223: a school or a practice refers on other grounds."""
    facts = with_organisation(early_help(), kind="PUB", sector=sector)
    found = codes_of(replace(facts, basis=basis("HA96_213B")))
    assert ("PROVISION_NOT_YOURS" in found) is not listed


@pytest.mark.parametrize("sector", ["nhs", "gp"])
def test_the_serious_violence_power_is_shut_to_health(sector: str) -> None:
    provision = load().any_provision("PCSC22_16")
    assert provision is not None
    facts = Facts(organisation=OrganisationFacts(kind="PUB", sector=sector), decided_at=at("2026-11-29"))
    assert why_not(provision, facts) == WhyNot.OTHERS


def test_a_request_about_a_victim_is_no_power_to_share() -> None:
    facts = replace(s01(), basis=basis("ART6_E", "PCSC22_44A"))
    assert {"POWER_MISSING", "NEEDS_REQUEST"} <= codes_of(facts)


@pytest.mark.parametrize("code", ["CA89_42", "SCHOOL_RETURNS"])
def test_these_leave_the_family_no_choice(code: str) -> None:
    assert leaves_no_choice(with_basis(s01(), *basis(code)), load())
    ours = OrganisationFacts(kind="PUB", sector="la")
    offered = {row.code for row in available_provisions("L3", Facts(organisation=ours), load())}
    assert code in offered
