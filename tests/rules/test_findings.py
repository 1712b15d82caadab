"""Every finding has a case that fires it and a case that does not; a new finding without a row here fails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from rules.assess import Assessment, assess
from rules.facts import BasisFacts, Facts, OrderFacts, PlanFacts, RecipientFacts, SendingFacts
from rules.findings import FINDING_TYPES, PAGES, finding
from tests.rules.after_recording_cases import AFTER_RECORDING_TABLE
from tests.rules.cases import (
    at,
    basis,
    blocking,
    codes_of,
    with_basis,
    with_informing,
    with_item,
    with_organisation,
    with_person,
    with_request,
    without_provisions,
)
from tests.rules.condition_cases_not_informed import without_crime
from tests.rules.condition_cases_recording import lado_sent
from tests.rules.law_cases import LAW_TABLE
from tests.rules.needs_cases import NEEDS_TABLE
from tests.rules.openness_cases import OPENNESS_TABLE
from tests.rules.scenarios import early_help, s01, s02, s03, s18_first, s18_second
from tests.rules.time_cases import TIME_TABLE


def ordered() -> Facts:
    order = OrderFacts(court="Family Court at Wendlebury", made_on=date(2026, 3, 1), scope="his records of 2025")
    return with_basis(replace(s01(), trigger="COURT_ORDER", order=order), *basis("COURT_ORDER"))


def on_duty() -> Facts:
    return with_basis(replace(s01(), trigger="MANDATORY", duty="FGM Act section 5B"), *basis("FGMA03_5B"))


def charity() -> Facts:
    """S01 as a charity would stand on it."""
    facts = with_organisation(without_provisions(s01(), "ART6_E", "EA02_157", "S1_P6"), kind="NON", sector="charity")
    facts = with_basis(facts, *basis("ART6_EA", "RLI_SAFEG", "NON_STAT"))
    return with_basis(facts, *basis("S1_P10", person="P2"))


def teenager(**changes: str) -> Facts:
    """S01 with a boy of fourteen who can decide, and objects."""
    facts = with_person(s01(), "P1", age=14, consent_state="OBJECTED", competence="COMPETENT", views="mum would know")
    facts = with_person(facts, "P1", p18_reason="WOULD_PREJUDICE_PROTECTION", p18_text="he would be pressed")
    return with_person(facts, "P1", **changes)


def asked_in_part() -> Facts:
    return replace(s03(), entry_route="ASKED", trigger="REQ", request=s02().request)


def without_items_about_her() -> Facts:
    return with_item(s01(), "I3", about=())


SCHOOL_NURSE = RecipientFacts(ref="R9", organisation="School nursing")

# code: (facts that show it, facts that do not)
TABLE: dict[str, tuple[Facts, Facts]] = {
    "NO_PERSON": (replace(s02(), people=()), s02()),
    "NO_FACTS": (replace(s01(), facts_text="see notes", child_words=""), replace(s01(), facts_text="")),
    "NO_LEVEL": (replace(s01(), level=""), s01()),
    "REQUEST_WHO": (with_request(s02(), by_role=""), with_request(s02(), by_role="", by_name="Dana Holt")),
    "REQUEST_WHAT": (with_request(s02(), what="tbc"), s02()),
    "REQUEST_WHY": (with_request(s02(), why=""), s02()),
    "REQUEST_IDENTITY": (
        with_request(asked_in_part(), identity_check="yes"),
        with_request(s02(), identity_check="yes"),
    ),
    "ORDER_COURT": (replace(ordered(), order=replace(ordered().order, court=" ")), ordered()),
    "ORDER_DATE": (replace(ordered(), order=replace(ordered().order, made_on=None)), ordered()),
    "ORDER_SCOPE": (replace(ordered(), order=replace(ordered().order, scope="")), ordered()),
    "DUTY_NOT_NAMED": (replace(on_duty(), duty=""), on_duty()),
    "NO_RECIPIENT": (replace(s01(), recipients=()), s02()),
    "NO_OUTCOME": (replace(s01(), outcome=""), s01()),
    "WHY_NOW": (replace(s02(), why_now="as above"), s02()),
    "WHOLE_FILE_REASON": (
        replace(s01(), outcome="SHARED_WHOLE_FILE"),
        replace(s01(), outcome="SHARED_WHOLE_FILE", whole_file_reason="The duty passes to the new school."),
    ),
    "PASSED_TO": (replace(s02(), outcome="PASSED_UP"), replace(s02(), outcome="PASSED_UP", passed_to="7")),
    "STOPPED_WHAT": (replace(s02(), outcome="STOPPED"), replace(s02(), outcome="STOPPED", follows=True)),
    "CANNOT_RECALL": (
        replace(s02(), outcome="STOPPED", follows=True),
        replace(s02(), outcome="STOPPED", follows=True, cannot_recall="Nothing"),
    ),
    "WHAT_CHANGED": (replace(s01(), follows=True), replace(s01(), follows=True, what_changed="Alone at eight")),
    "PLAN_DEPARTURE": (
        replace(s01(), plan=PlanFacts(reference="CP plan", in_line="no", departure="see notes")),
        replace(s01(), plan=PlanFacts(reference="CP plan", in_line="no", departure="He was hurt since it was made")),
    ),
    "PLAN_WHICH": (
        replace(s01(), plan=PlanFacts(in_line="yes", made_on=date(2026, 2, 2))),
        replace(s01(), plan=PlanFacts(in_line="unknown")),
    ),
    "STANDING_SCOPE": (
        replace(s01(), standing_until=date(2026, 6, 1)),
        replace(s01(), standing_until=date(2026, 6, 1), standing_scope="Attendance and injuries, in the core group"),
    ),
    "STANDING_ENDED": (
        replace(s01(), standing_until=date(2026, 3, 10), standing_scope="Attendance, in the core group"),
        replace(s01(), standing_until=date(2026, 3, 11), standing_scope="Attendance, in the core group"),
    ),
    "STANDING_LONG": (
        replace(s01(), standing_until=date(2026, 9, 10), standing_scope="Attendance, in the core group"),
        replace(s01(), standing_until=date(2026, 9, 9), standing_scope="Attendance, in the core group"),
    ),
    "NO_BASIS": (replace(s02(), no_basis=""), replace(s02(), outcome="DEFERRED", no_basis="")),
    "NO_BASIS_REASON": (replace(s02(), no_basis_reason="none"), replace(s02(), outcome="DEFERRED", no_basis_reason="")),
    "NOT_SHARED_RISK_IF_SHARED": (replace(s02(), risk_if_shared=""), s02()),
    "NOT_A_CHILD": (
        with_person(s01(), "P2", consent_state="NOT_COMPETENT"),
        with_person(s01(), "P2", consent_state="NOT_COMPETENT", age=17),
    ),
    "NOT_ANONYMOUS": (
        with_person(s01(), "P2", consent_state="NOT_NEEDED_ANON"),
        with_person(without_items_about_her(), "P2", consent_state="NOT_NEEDED_ANON", parental_responsibility="no"),
    ),
    "RECIPIENT_WITHOUT": (
        replace(s01(), recipients=(*s01().recipients, SCHOOL_NURSE)),
        replace(
            with_item(s01(), "I4", withheld_from={"R1": "It has no bearing.", "R9": "Nothing she needs to act on."}),
            recipients=(*s01().recipients, SCHOOL_NURSE),
        ),
    ),
    "NOT_SHARED_RISK_IF_NOT": (replace(s02(), outcome="DEFERRED", risk_if_not="n/a"), s02()),
    "CONSENT_UNKNOWN": (with_person(s01(), "P2", consent_state="UNKNOWN"), s02()),
    "CONSENT_UNKNOWN_NOT_SHARED": (s02(), with_person(s02(), "P1", consent_state="NOT_COMPETENT")),
    "NOT_ASKED_REASON": (with_person(s01(), "P3", not_asked_reason=""), s01()),
    "NOT_ASKED_TEXT": (
        with_person(s01(), "P2", consent_state="NOT_SOUGHT_DELAY"),
        with_person(on_duty(), "P2", consent_state="NOT_SOUGHT_NO_CHOICE"),
    ),
    "NOT_ASKED_AGREED": (with_person(s01(), "P3", agreed_with=""), s01()),
    "NOT_REACHED": (
        with_person(s01(), "P2", consent_state="NOT_CONTACTABLE"),
        with_person(s01(), "P2", consent_state="NOT_CONTACTABLE", not_asked_text="rang at ten and at eleven"),
    ),
    "CAPACITY_NOTE": (
        with_person(s01(), "P2", consent_state="LACKS_CAPACITY"),
        with_person(s01(), "P2", consent_state="LACKS_CAPACITY", competence_note="Dr Amin, on the ward today"),
    ),
    "VIEWS_MISSING": (with_person(s01(), "P2", views=" "), s01()),
    "WHY_OUTWEIGHS": (replace(s01(), why_outweighs="safeguarding"), early_help()),
    "CHOICE_NOT_HONOURED": (replace(s01(), recipients=(replace(s01().recipients[0], choice="yes"),)), early_help()),
    "COMPETENCE_OPEN": (teenager(competence="NOT_ASSESSED"), teenager()),
    "LEVEL_AFTER_REFUSAL": (replace(s01(), level_at_refusal="s17"), replace(s01(), level_at_refusal=s01().level)),
    "WISH_ALONE": (
        with_informing(s01(), "P2", reason="COMPETENT_CHILD_WISH"),
        replace(with_informing(s01(), "P2", reason="COMPETENT_CHILD_WISH"), level="s17"),
    ),
    "NO_ITEM": (replace(s01(), items=()), s01()),
    "INCLUDES_UNANSWERED": (replace(s01(), includes=()), s01()),
    "INCLUDES_NONE_AND_MORE": (
        replace(s01(), includes=("health", "offences", "none")),
        replace(early_help(), includes=("none",)),
    ),
    "INCLUDES_NOT_MARKED": (replace(s01(), includes=("health", "offences", "religion")), s01()),
    "INCLUDES_DENIED": (replace(s01(), includes=("health",)), s01()),
    "ABOUT_MISSING": (with_item(s01(), "I3", about=()), with_item(s01(), "I4", about=())),
    "ABOUT_NOBODY": (
        with_item(s18_second(), "I2", sensitivities=("offences",), about=()),
        with_item(s18_second(), "I1", about=()),
    ),
    "WITHHELD_WHY": (with_item(s01(), "I4", withheld_from={"R1": "x"}), s01()),
    "WITHHELD_FROM_SOME": (with_item(s03(), "I1", withheld_from={"R2": ""}), s03()),
    "NOTHING_HELD": (
        replace(s01(), outcome="SHARED_PART", items=s01().items[:3]),
        replace(s01(), outcome="SHARED_PART"),
    ),
    "PROCEEDINGS": (
        with_item(s01(), "I3", sensitivities=("proceedings",)),
        with_item(s01(), "I3", sensitivities=("proceedings",), proceedings_permission="Order of 3 March, paragraph 3"),
    ),
    "SOURCE_GIVEN": (
        with_item(s01(), "I3", sensitivities=("source",)),
        with_item(s01(), "I3", sensitivities=("source",), given_to=(), withheld_from={"R1": "They need not know who."}),
    ),
    "OFFENCE_DOUBT": (with_item(s01(), "I1", sensitivities=("health",)), s18_second()),
    "NO_L1": (without_provisions(s01(), "ART6_E"), s02()),
    "CONSENT_BASIS": (with_person(early_help(), "P2", consent_state="REFUSED"), early_help()),
    "BASIS_FALLS": (with_basis(s01(), BasisFacts(code="LOCAL", layer="L3", refused_ok="no", kind="power")), s01()),
    "TEST_OPEN": (
        with_basis(without_provisions(charity(), "ART6_EA"), *basis("ART6_F")),
        with_basis(without_provisions(charity(), "ART6_EA"), *basis("ART6_F", answer="A child's safety comes first.")),
    ),
    "WHY_NO_MORE": (replace(s01(), why_no_more="proportionate"), replace(early_help(), why_no_more="")),
    "WHY_NO_MORE_AGREED": (replace(early_help(), why_no_more=""), early_help()),
    "RISK_IF_NOT": (replace(s01(), risk_if_not=""), early_help()),
    "RISK_IF_SHARED": (replace(s01(), risk_if_shared=""), early_help()),
    "CONSENT_WITH_RISK": (replace(early_help(), level="s47"), early_help()),
    "ANNEX1_MISSING": (without_provisions(charity(), "RLI_SAFEG"), charity()),
    "PUBLIC_BODY_INTERESTS": (with_basis(s01(), *basis("ART6_EA", "RLI_SAFEG")), charity()),
    "SPECIAL_NO_PROVISION": (without_provisions(s01(), "ART9_G"), s01()),
    "OFFENCES_NO_PROVISION": (without_provisions(s01(), "ART10"), s01()),
    "CONDITION_MISSING": (without_provisions(s18_second(), "S1_P6"), s18_second()),
    "P18_REASON": (with_person(s01(), "P3", p18_reason=""), s01()),
    "P18_TEXT": (with_person(s01(), "P3", p18_text="refused"), s01()),
    "P18_CAPABLE": (teenager(p18_reason="CANNOT_GIVE"), s01()),
    "P18_CAPABLE_DOUBT": (with_person(s01(), "P3", p18_reason="CANNOT_GIVE"), s01()),
    "P18_AFTER_REFUSAL": (teenager(), s01()),
    "P18_AGREED": (with_person(s01(), "P3", consent_state="AGREED_NOT_BASIS"), s03()),
    "VITAL_CAPABLE": (
        with_basis(s01(), *basis("ART9_C", person="P2")),
        with_basis(s01(), *basis("ART9_C", person="P1")),
    ),
    "CONFIDENCE_NO_PROVISION": (without_provisions(s01(), "CONF_PI"), without_provisions(s18_second(), "CONF_PI")),
    "CONFIDENCE_DOUBT": (with_basis(without_provisions(s01(), "CONF_PI"), *basis("CONF_NONE")), s01()),
    "POWER_MISSING": (without_provisions(s01(), "EA02_157"), without_provisions(charity(), "NON_STAT", "CA89_47")),
    "PROVISION_UNKNOWN": (with_basis(s01(), *basis("ART6_Z")), s01()),
    "PROVISION_NOT_IN_FORCE": (
        replace(charity(), decided_at=at("2026-02-04"), recorded_at=at("2026-02-04")),
        replace(charity(), decided_at=at("2026-02-05"), recorded_at=at("2026-02-05")),
    ),
    "PROVISION_NOT_YOURS": (with_organisation(s18_second(), kind="NON"), s18_second()),
    "PROVISION_OUT_OF_SCOPE": (
        with_basis(s01(), *basis("CA04_16LA")),
        with_organisation(with_basis(s01(), *basis("CA04_16LA")), in_scope_16la=True),
    ),
    "POLICY_DOCUMENT": (with_organisation(s01(), policy_document_on=None), s01()),
    "DUTY_PROVISION_MISSING": (without_provisions(ordered(), "COURT_ORDER"), ordered()),
    "INSTEAD": (replace(s02(), instead=""), s02()),
    "LADO_NOT_INFORMED": (
        replace(s01(), about_staff=True),
        replace(s01(), about_staff=True, lado_not_informed="The head agreed it is a low-level concern"),
    ),
    "LADO_LATE": (lado_sent("2026-03-12"), lado_sent("2026-03-11")),
    "LOOK_AGAIN": (replace(s02(), look_again_on=None), replace(s02(), outcome="STOPPED", look_again_on=None)),
    "REVIEW_DATE_EARLY": (
        replace(s02(), look_again_on=date(2026, 4, 1)),
        replace(s02(), look_again_on=date(2026, 4, 2)),
    ),
    "SENT_ALREADY": (replace(s02(), sendings=s01().sendings or (SendingFacts(recipient_ref="R1"),)), s02()),
    "ASKER_NOT_INFORMED": (with_request(s02(), reply=""), replace(s18_first(), trigger="PRO")),
    "ASKER_NOT_INFORMED_PART": (with_request(asked_in_part(), reply=""), asked_in_part()),
    "NOT_INFORMED_YET": (with_informing(s01(), "P2", state=""), s01()),
    "INFORMING_REASON": (
        with_informing(s01(), "P3", reason=""),
        with_informing(s01(), "P3", reason="", text="police asked"),
    ),
    "EXEMPTION_DOUBT": (
        with_informing(s01(), "P3", reason="COMPETENT_CHILD_WISH", exemption="CRIME"),
        with_informing(s01(), "P3", reason="PREJUDICE_CRIME", exemption="CRIME"),
    ),
    "EXEMPTION_CRIME": (
        without_crime(reason="RISK_CHILD"),
        with_person(without_crime(reason="RISK_CHILD"), "P3", alleged_source_of_harm=True),
    ),
    "EXEMPTION_MISSING": (with_informing(s03(), "P3", exemption=""), s03()),
    "EXEMPTION_LATER": (
        with_informing(s01(), "P3", review_on=date(2026, 4, 11)),
        with_informing(s01(), "P3", review_on=date(2026, 4, 10)),
    ),
    "INFORMING_END": (with_informing(s01(), "P3", review_on=None), s01()),
    "INFORMING_CLOSED_WITH": (with_informing(s01(), "P3", closing="NEVER_BY_US", agreed_with=""), s01()),
    "INFORMING_APPROVER": (
        with_informing(s03(), "P3", approver=""),
        with_informing(s03(), "P3", approver="", agreed_with="MARAC"),
    ),
    "INFORMING_UNSAFE": (
        with_informing(s03(), "P2", safe_contact="unknown"),
        with_informing(s18_second(), "P2", safe_contact="unknown"),
    ),
    "INFORMING_WAY_UNSAFE": (
        with_informing(s01(), "P2", safe_contact="yes", way_known="no"),
        with_informing(s01(), "P2", safe_contact="yes", way_known="stale"),
    ),
    "INFORMING_PART": (with_informing(s01(), "P2", state="PARTLY_TOLD"), s01()),
    "INFORMING_BY_WHOM": (
        with_informing(s01(), "P2", state="DELEGATED"),
        with_informing(s01(), "P2", state="DELEGATED", by_whom="her social worker, on Friday"),
    ),
    "INFORMING_HANDED_TO": (
        with_informing(s01(), "P3", state="NOT_TELLING", closing="HANDED_OVER", by_whom=""),
        with_informing(s01(), "P3", state="NOT_TELLING", closing="HANDED_OVER", by_whom="Ines Marlow"),
    ),
    "INFORMING_BY_WHEN": (
        with_informing(s01(), "P2", state="DELEGATED", by_whom="her social worker"),
        with_informing(s01(), "P2", state="DELEGATED", by_whom="her social worker", review_on=date(2026, 3, 11)),
    ),
    "DECIDED_MISSING": (replace(s01(), decided_at=None), s01()),
    "DECIDED_AHEAD": (replace(s01(), decided_at=at("2026-03-10", "10:41")), s01()),
    "LATE_REASON": (
        replace(s01(), recorded_at=at("2026-03-11", "10:01")),
        replace(s01(), recorded_at=at("2026-03-11", "10:00")),
    ),
    # A Tuesday; the six that night, the rest due by the end of Wednesday.
    "COMPLETED_LATE": (
        replace(s01(), urgent_recorded_at=at("2026-03-10", "23:00"), recorded_at=at("2026-03-12", "00:01")),
        replace(s01(), urgent_recorded_at=at("2026-03-10", "23:00"), recorded_at=at("2026-03-11", "23:59")),
    ),
    **AFTER_RECORDING_TABLE,
    **LAW_TABLE,
    **OPENNESS_TABLE,
    **NEEDS_TABLE,
    **TIME_TABLE,
}


def test_every_finding_has_its_row() -> None:
    assert set(TABLE) == set(FINDING_TYPES)


@cache
def assessed() -> dict[str, tuple[Assessment, Assessment]]:
    return {code: (assess(fires), assess(quiet)) for code, (fires, quiet) in TABLE.items()}


def test_it_fires_or_stays_quiet() -> None:
    for code, kind in FINDING_TYPES.items():
        fires, quiet = assessed()[code]
        found = [finding for finding in fires.findings if finding.code == code]
        assert found, f"{code} fires"
        assert all((finding.severity, finding.page) == (kind.severity, kind.page) for finding in found), code
        assert code not in {finding.code for finding in quiet.findings}, f"{code} stays quiet"


def test_its_message_says_what_to_do_where() -> None:
    for code, kind in FINDING_TYPES.items():
        assert kind.page in PAGES, code
        assert kind.message.lstrip("“{")[0].isalpha(), code
        assert not kind.message.endswith("."), code
        assert len(kind.message) <= 200, code
        assert not any(word in kind.message.lower() for word in ("invalid", "must be provided", "error", "field")), code


def test_no_message_names_anybody_or_leaves_a_gap() -> None:
    for fires, quiet in assessed().values():
        for found in fires.findings + quiet.findings:
            assert "{" not in found.message
            assert found.person in {"", "P1", "P2", "P3"}
            assert "P1" not in found.message


def test_findings_come_in_the_order_of_the_pages_and_once_each() -> None:
    found = assess(Facts(outcome="SHARED_PART")).findings
    places = [PAGES.index(finding.page) for finding in found]
    assert places == sorted(places)
    assert len(set(found)) == len(found)


def test_an_assessment_is_read_by_page_and_severity() -> None:
    assessment = assess(with_informing(replace(s03(), why_now=""), "P3", approver=""))
    assert [finding.code for finding in assessment.on_page("outcome")] == ["WHY_NOW"]
    assert [finding.code for finding in assessment.blocking] == ["WHY_NOW"]
    assert [finding.code for finding in assessment.warnings] == ["INFORMING_APPROVER"]
    assert not assessment.may_be_recorded


def test_words_put_into_a_message_are_not_read_as_a_pattern() -> None:
    assert "{provision}" in finding("PROVISION_UNKNOWN", provision="{provision}").message


@pytest.mark.parametrize("code", ["PROVISION_NOT_IN_FORCE", "PROVISION_UNKNOWN"])
def test_a_provision_that_was_removed_is_named_in_words(code: str) -> None:
    """Retired from its first day, or no longer in the tables: the decision's copy still has its name."""
    removed = {"PROVISION_NOT_IN_FORCE": "ART6_E", "PROVISION_UNKNOWN": "ART6_Z"}[code]
    facts = replace(s01(), basis=(BasisFacts(code=removed, name="Public task"),), retired={"ART6_E": date(1900, 1, 1)})
    (found,) = [each for each in assess(facts).findings if each.code == code]
    assert "“Public task”" in found.message
    assert removed not in found.message


def test_an_urgent_record_is_late_only_after_a_day() -> None:
    decided = at("2026-07-18", "22:05")
    facts = replace(s01(), decided_at=decided, recorded_at=decided + timedelta(minutes=665))
    facts = with_informing(facts, "P3", review_on=date(2026, 7, 21))
    assert codes_of(facts) == set()
    written = replace(facts, recorded_at=decided + timedelta(days=2), late_reason="On the street, phone dead.")
    assert codes_of(written) == set()


URGENT = replace(s01(), decided_at=at("2026-07-18", "22:05"))


@pytest.mark.parametrize(
    ("urgent", "completed", "expected"),
    [
        (("2026-07-19", "09:10"), ("2026-07-19", "09:30"), ""),  # S05: a Saturday night, and Sunday
        (("2026-07-19", "09:10"), ("2026-07-20", "23:59"), ""),  # by the end of Monday: 50 hours after deciding
        (("2026-07-19", "09:10"), ("2026-07-21", "00:00"), "COMPLETED_LATE"),
        (("2026-07-19", "22:05"), ("2026-07-19", "22:06"), ""),
        (("2026-07-19", "22:06"), ("2026-07-19", "22:07"), "LATE_REASON"),  # the urgent record itself a day late
    ],
)
def test_an_urgent_record_is_in_time_and_completing_it_has_a_day(
    urgent: tuple[str, str], completed: tuple[str, str], expected: str
) -> None:
    late = replace(URGENT, urgent_recorded_at=at(*urgent), recorded_at=at(*completed))
    found = codes_of(late) & {"LATE_REASON", "COMPLETED_LATE"}
    assert found == ({expected} if expected else set())
    explained = replace(late, late_reason="On the street until half past one, phone dead.")
    assert not codes_of(explained) & {"LATE_REASON", "COMPLETED_LATE"}


def test_a_recipient_who_gets_nothing_is_named() -> None:
    facts = TABLE["RECIPIENT_WITHOUT"][0]
    (found,) = assess(facts).blocking
    assert found.message == "Choose what you will share with School nursing, or enter why nothing"
    held = with_item(facts, "I4", withheld_from={"R1": "It has no bearing.", "R9": "n/a"})
    assert "RECIPIENT_WITHOUT" in codes_of(held)
    assert "RECIPIENT_WITHOUT" not in codes_of(with_item(facts, "I3", given_to=("R1", "R9")))


@pytest.mark.parametrize("code", ["DECIDED_MISSING", "DECIDED_AHEAD", "LATE_REASON", "COMPLETED_LATE"])
def test_when_it_was_decided_is_mended_where_it_is_asked(code: str) -> None:
    assert FINDING_TYPES[code].page == "outcome"


@pytest.mark.parametrize("code", ["POLICY_DOCUMENT", "PROVISION_OUT_OF_SCOPE"])
def test_what_a_practitioner_cannot_mend_names_who_can(code: str) -> None:
    assert "ask your administrator" in FINDING_TYPES[code].message


def test_deciding_later_claims_nothing_about_the_law() -> None:
    later = replace(s02(), outcome="DEFERRED", no_basis="", no_basis_reason="")
    assert blocking(later) == set()
    assert blocking(replace(later, outcome="NOT_SHARED")) == {"NO_BASIS", "NO_BASIS_REASON"}


@pytest.mark.parametrize(("choice", "fires"), [("yes", True), ("no", False), ("", False)])
def test_a_choice_is_that_of_each_recipient(choice: str, *, fires: bool) -> None:
    """Somebody said no; what she could say no to was sent, or only what was no choice of hers."""
    nurse = replace(SCHOOL_NURSE, choice=choice)
    facts = replace(s01(), recipients=(*s01().recipients, nurse))
    assert "CHOICE_NOT_HONOURED" not in codes_of(facts)
    assert ("CHOICE_NOT_HONOURED" in codes_of(with_item(facts, "I3", given_to=("R1", "R9")))) is fires


@pytest.mark.parametrize("make", [s01, s03, s18_second])
def test_a_decision_not_to_share_is_not_asked_for_a_lawful_basis(make: Callable[[], Facts]) -> None:
    turned = replace(make(), outcome="NOT_SHARED", basis=(), items=(), recipients=())
    assert {finding.code for finding in assess(turned).on_page("legal_basis")} == {"NO_BASIS", "NO_BASIS_REASON"}
    assert not assess(turned).on_page("information")
