"""What the rules on the law find: for each finding, facts that bring it about and facts that do not."""

from dataclasses import replace
from datetime import date
from typing import Any

from rules.facts import AtRiskFacts, Facts, OrganisationFacts, SendingFacts, ShareDutyFacts
from tests.rules import more_scenarios as more
from tests.rules.cases import at, basis, with_basis, with_item, with_organisation, with_person, with_request
from tests.rules.scenarios import early_help, s01, s02, s03

CONFIRMED = {"CA04_16LA": date(2026, 9, 30)}
MET = ShareDutyFacts(holds="yes", relevant="yes", helps="yes")


def given(facts: Facts, **changes: Any) -> Facts:
    """The facts with something changed in every recipient."""
    return replace(facts, recipients=tuple(replace(recipient, **changes) for recipient in facts.recipients))


def bound(facts: Facts, **duty: Any) -> Facts:
    """Under the duty to share, begun and binding both ends."""
    day: dict[str, Any] = {"decided_at": at("2026-10-06"), "recorded_at": at("2026-10-06", "12:20")}
    day["commencements"] = CONFIRMED
    facts = given(with_organisation(replace(facts, **day), in_scope_16la=True), in_scope_16la=True)
    return replace(facts, share_duty=replace(MET, **duty))


def sharing_bound(**duty: Any) -> Facts:
    return with_basis(bound(more.s07(), **duty), *basis("CA04_16LA"))


def identified(**person: Any) -> Facts:
    """S01 by an organisation that the law on the single identifier binds, which began before."""
    facts = with_organisation(with_person(s01(), "P1", **person), in_scope_16la=True)
    return replace(facts, commencements={"CA04_16LC": date(2026, 4, 29)}, decided_at=at("2026-10-06"))


def reported(day: str) -> Facts:
    """S12 where the police were told on a day."""
    return replace(more.s12(), sendings=(SendingFacts(recipient_ref="R1", at=at(day), how="101"),))


def with_order(**changes: Any) -> Facts:
    facts = more.s06()
    return replace(facts, order=replace(facts.order, **changes))


def in_police_work(*provisions: str) -> Facts:
    """The police on a crime of their own, with something about somebody's health."""
    facts = replace(more.s07(), level="crime", organisation=OrganisationFacts(kind="LE", sector="police"))
    return replace(facts, basis=basis("LE_S35", "POLICE_COMMON_LAW", "CONF_PI", *provisions))


def of_grown_ups(**risks: str) -> Facts:
    """A man at risk, whose information rests on paragraph 18; no child anywhere."""
    facts = more.s07()
    facts = replace(
        facts, level="adult_at_risk", people=tuple(person for person in facts.people if person.role != "child")
    )
    facts = replace(facts, items=tuple(replace(item, about=("P2",)) for item in facts.items))
    facts = with_person(facts, "P2", p18_reason="NOT_REASONABLE_TO_OBTAIN", p18_text="He would not be left alone")
    facts = with_person(facts, "P2", at_risk=AtRiskFacts(**risks))
    return with_basis(facts, *basis("S1_P18", person="P2"))


def of_money(sensitivity: str = "health") -> Facts:
    """A grown-up's health, carried by paragraph 19."""
    facts = with_item(of_grown_ups(), "I1", sensitivities=(sensitivity,))
    return replace(
        facts,
        basis=(*(provision for provision in facts.basis if provision.code != "S1_P18"), *basis("S1_P19", person="P2")),
    )


def about_a_child(facts: Facts) -> Facts:
    return with_person(facts, "P2", role="child", age=9)


def of_sixteen(**person: Any) -> Facts:
    return with_person(more.s04(), "P1", age=16, **person)


def wanting(provision: str, **mother: Any) -> Facts:
    return with_basis(with_person(early_help(), "P2", **mother), *basis(provision))


LACKS: dict[str, Any] = {"consent_state": "LACKS_CAPACITY", "competence_note": "Dr Amin, on the ward today"}
FAR = "2026-10-07"

LAW_TABLE: dict[str, tuple[Facts, Facts]] = {
    "CONFIRMED_AND_GIVEN": (
        given(with_request(replace(s03(), entry_route="ASKED"), neither_confirmed=True), is_asker=True),
        with_request(replace(s03(), entry_route="ASKED"), neither_confirmed=True),
    ),
    "REQUEST_AUTHORITY": (
        with_request(given(more.s09(), kind="police"), reference=""),
        with_request(given(more.s09(), kind="police"), reference="", authorising_officer="Inspector Joy Marlow"),
    ),
    "ORDER_AHEAD": (with_order(made_on=date(2026, 2, 17)), with_order(made_on=date(2026, 2, 16))),
    "ORDER_OUTSIDE": (
        with_item(more.s06(), "I1", dated_to=date(2026, 1, 1)),
        with_item(more.s06(), "I1", dated_from=date(2024, 1, 1), dated_to=date(2025, 12, 31)),
    ),
    "IDENTIFIER_MISSING": (identified(), identified(identifier_kind="nhs")),
    "DUTY_NOT_DONE": (
        replace(more.s12(), outcome="NOT_SHARED", share_duty=ShareDutyFacts(detriment="She would be sent away.")),
        replace(bound(s02(), detriment="He would be found."), trigger="MANDATORY", duty="CA04_16LA"),
    ),
    "CHOICE_NOT_THEIRS": (given(more.s12(), choice="yes"), given(more.s12(), choice="no")),
    "EARLY_HELP_CHOICE": (given(early_help(), choice="no"), given(more.s08(), choice="no")),
    "DETRIMENT": (bound(s02()), bound(s02(), helps="no")),
    "SHARE_DUTY_UNSAID": (bound(s02(), helps=""), bound(s02(), helps="unknown")),
    "SHARE_DUTY_NOT_MET": (sharing_bound(relevant="no"), sharing_bound()),
    "SHARE_DUTY_OPEN": (sharing_bound(helps="unknown"), sharing_bound()),
    "SHARE_DUTY_TRIGGER": (sharing_bound(holds="", relevant="", helps=""), sharing_bound(helps="")),
    "RECIPIENT_OUT_OF_SCOPE": (given(sharing_bound(), in_scope_16la=False), sharing_bound()),
    "FGM_HOW": (replace(more.s12(), how_discovered=""), more.s12()),
    "FGM_TRIGGER": (
        with_basis(s01(), *basis("FGMA03_5B")),
        replace(more.s12(), how_discovered=""),
    ),
    "FGM_SUSPECTED": (replace(more.s12(), how_discovered="SUSPECTED"), replace(s01(), how_discovered="SUSPECTED")),
    "FGM_ADULT": (with_person(more.s12(), "P1", age=18), with_person(more.s12(), "P1", age=17)),
    "FGM_POLICE": (
        with_item(more.s12(), "I1", given_to=("R2",), withheld_from={"R1": "Not yet."}),
        with_item(more.s12(), "I1", given_to=("R1",), withheld_from={"R2": "Told after."}),
    ),
    "FGM_PERSONAL": (
        replace(more.s12(), outcome="PASSED_UP", passed_to="4"),
        replace(s02(), outcome="PASSED_UP", passed_to="4"),
    ),
    "DISCOVERED_MISSING": (replace(more.s12(), discovered_at=None), more.s12()),
    "DISCOVERED_AHEAD": (replace(more.s12(), discovered_at=at("2026-10-05", "11:01")), more.s12()),
    "FGM_LATE": (reported("2026-10-07"), reported("2026-10-06")),
    "FGM_MONTH": (reported("2026-11-06"), reported("2026-11-05")),
    "TRANSFER_START": (replace(more.s08(), starts_on=None), more.s08()),
    "TRANSFER_SCHOOL": (given(more.s08(), kind="police"), more.s08()),
    "BEST_INTERESTS": (
        with_person(s01(), "P2", **LACKS),
        with_person(s01(), "P2", **LACKS, best_interests="Her sister, who thinks she would want it"),
    ),
    "COMPETENCE_NOTE": (with_person(more.s04(), "P1", competence_by=""), more.s04()),
    "NOT_ABLE_TO_AGREE": (
        with_person(s01(), "P1", consent_state="AGREED_NOT_BASIS"),
        with_person(s01(), "P1", consent_state="AGREED_NOT_BASIS", competence="COMPETENT"),
    ),
    "SOURCE_SPEAKS": (
        with_person(early_help(), "P2", alleged_source_of_harm=True),
        with_person(s01(), "P2", alleged_source_of_harm=True, consent_state="GIVEN"),
    ),
    "PRESUMED_ABLE": (of_sixteen(consent_state="NOT_COMPETENT", competence="NOT_COMPETENT"), of_sixteen()),
    "ADULT_TESTS": (
        of_grown_ups(needs="yes", harm="yes", unable="unknown"),
        of_grown_ups(needs="yes", harm="yes", unable="yes"),
    ),
    "P18_NOBODY": (of_grown_ups(needs="yes"), of_grown_ups(needs="yes", harm="yes", unable="yes")),
    "PARENTS_DISAGREE": (more.s11(), with_person(more.s11(), "P3", parental_responsibility="no")),
    "CHILD_PARENT_DISAGREE": (
        with_person(more.s04(), "P2", consent_state="AGREED_NOT_BASIS"),
        with_person(more.s04(), "P2", consent_state="REFUSED"),
    ),
    "COVERS_ABLE": (
        with_person(more.s11(), "P2", covers=("P1", "P2", "P3")),
        with_person(more.s11(), "P2", covers=("P1", "P2")),
    ),
    "PARTIAL_WHAT": (
        with_person(s01(), "P2", consent_state="GIVEN_PARTIAL"),
        with_person(s01(), "P2", consent_state="GIVEN_PARTIAL", limits="The bruises, not what she said"),
    ),
    "CONSENT_TO_WHAT": (with_person(early_help(), "P2", agreed_to=()), early_help()),
    "CONSENT_ENDED": (
        with_person(early_help(), "P2", until=date(2026, 5, 31)),
        with_person(early_help(), "P2", until=date(2026, 6, 1)),
    ),
    "CONSENT_NOT_COVERED": (
        with_person(early_help(), "P2", covers=("P2",)),
        with_person(early_help(), "P2", covers=("P2", "P1")),
    ),
    "CONSENT_OTHER": (
        with_person(early_help(), "P2", agreed_to=("SHARING", "SERVICE")),
        with_person(early_help(), "P2", agreed_to=("SHARING", "CONFIDENCE")),
    ),
    "CONSENT_ANYWAY": (replace(early_help(), share_anyway="yes"), replace(early_help(), share_anyway="no")),
    "PROVISION_POLICE_ONLY": (with_basis(s01(), *basis("S8_P1")), in_police_work("S8_P1")),
    "POLICE_CONDITION": (in_police_work(), in_police_work("S8_P1")),
    "P19_CHILD": (about_a_child(of_money()), of_money()),
    "P19_NOT_HEALTH": (of_money("special"), of_money()),
    "HELP_NOT_WANTED": (wanting("CTSA15_SUPPORT", agreed_to=("SHARING", "CONFIDENCE")), wanting("CTSA15_SUPPORT")),
}
