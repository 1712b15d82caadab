"""What each finding rests on, and the fact it is about: for other systems (`assess`) and for docs/findings.md.

A path such as `people[].views` is a field of `Facts`; with the person known it is `people[1].views`.
"""

from dataclasses import dataclass

from rules.citations import CITATIONS, Citation
from rules.facts import Facts
from rules.finding_types_needs import PATHS_OF_NEEDS
from rules.finding_types_times import PATHS_OF_TIMES
from rules.findings import Finding

_PEOPLE = "people[]"

# citation: finding code: path
_SOURCES: dict[str, dict[str, str]] = {
    "child_first": {"WISH_ALONE": "people[].informing.reason", "INSTEAD": "instead"},
    "openness": {
        "OPEN_NOT_NEEDED": "people[].informing.state",
        "WHO_WHAT_WHY": "people[].informing.who_what_why",
        "NO_CHOICE_SAID": "people[].informing.no_choice_explained",
        "CONCERN_NOT_ASKED": "people[].not_asked_text",
        "CONCERN_NOT_INFORMED": "people[].informing.text",
        "LATER_AGREED": "people[].informing.agreed_with",
        "NOT_ASKED_REASON": "people[].not_asked_reason",
        "NOT_ASKED_TEXT": "people[].not_asked_text",
        "NOT_REACHED": "people[].not_asked_text",
        "CHOICE_NOT_THEIRS": "recipients[].choice",
        "CHOICE_NOT_HONOURED": "recipients[].choice",
        "NOT_INFORMED_YET": "people[].informing.state",
        "INFORMING_REASON": "people[].informing.reason",
        "INFORMING_END": "people[].informing.review_on",
        "INFORMING_UNSAFE": "people[].informing.safe_contact",
        "INFORMING_WAY_UNSAFE": "people[].informing.way_known",
        "INFORMING_AGAIN": "people[].informing.review_on",
        "INFORMING_PART": "people[].informing.text",
        "INFORMING_BY_WHOM": "people[].informing.by_whom",
        "INFORMING_HANDED_TO": "people[].informing.by_whom",
        "INFORMING_BY_WHEN": "people[].informing.review_on",
    },
    "not_informed": {
        "EXEMPTION_DOUBT": "people[].informing.exemption",
        "EXEMPTION_MISSING": "people[].informing.exemption",
        "EXEMPTION_LATER": "people[].informing.review_on",
    },
    "crime_exemption": {
        "EXEMPTION_CRIME": "people[].informing.exemption",
    },
    "objections": {
        "REFUSAL_AS_REASON": "no_basis_reason",
        "CONSENT_UNKNOWN": "people[].consent_state",
        "CONSENT_UNKNOWN_NOT_SHARED": "people[].consent_state",
        "VIEWS_MISSING": "people[].views",
        "WHY_OUTWEIGHS": "why_outweighs",
        "REFUSED_SINCE": "follow_up.consent",
    },
    "staff": {"LADO_NOT_INFORMED": "lado_not_informed", "LADO_LATE": "sendings[].at"},
    "advice": {
        "SOURCE_INFORMED": "people[].informing.state",
        "HOUSEHOLD_INFORMED": "people[].at_home",
        "SOURCE_TALK_PLANNED": "source_talk",
        "WHOLE_FILE_ADVICE": "advice",
        "OVERRULED_ADVICE": "advice",
        "ADVICE_WHAT": "advice[].gist",
        "WAITS_WITH_HARM": "look_again_on",
        "HARM_NO_ADVICE": "advice",
        "SOURCE_OPEN": "people[].alleged_source_of_harm",
        "NOT_ASKED_AGREED": "people[].agreed_with",
        "INFORMING_CLOSED_WITH": "people[].informing.agreed_with",
        "INFORMING_APPROVER": "people[].informing.approver",
        "SOURCE_SPEAKS": "people[].alleged_source_of_harm",
    },
    "protect_identities": {
        "SOURCE_GIVEN": "items[].sensitivities",
        "REACHES_KEPT_FROM": "items[].not_disclosed_to",
        "MAY_PASS_IT_ON": "items[].not_disclosed_to",
        "INFORMED_OF_NOT_DISCLOSED": "items[].not_disclosed_to",
        "COULD_HEAR": "people[].could_hear",
        "COULD_HEAR_OPEN": "people[].could_hear",
        "SAFE_CONTACT_OPEN": "people[].informing.safe_contact",
    },
    "need_to_know": {
        "NO_FACTS": "facts_text",
        "NO_ITEM": "items",
        "RECIPIENT_WITHOUT": "items[].given_to",
        "WITHHELD_WHY": "items[].withheld_from",
        "WITHHELD_FROM_SOME": "items[].withheld_from",
        "NOTHING_HELD": "items[].withheld_from",
        "WHOLE_FILE_REASON": "whole_file_reason",
        "STANDING_SCOPE": "standing_scope",
        "GROUP_OUTSIDE": "follow_up.outside_group",
    },
    "record_either_way": {
        "WHY_NOW": "why_now",
        "INFORMED_WHEN": "people[].informing.at",
        "NO_OUTCOME": "outcome",
        "DECIDED_MISSING": "decided_at",
        "DECIDED_AHEAD": "decided_at",
        "NO_BASIS": "no_basis",
        "NO_BASIS_REASON": "no_basis_reason",
        "NOT_SHARED_RISK_IF_SHARED": "risk_if_shared",
        "NOT_SHARED_RISK_IF_NOT": "risk_if_not",
        "RISK_IF_NOT": "risk_if_not",
        "RISK_IF_SHARED": "risk_if_shared",
        "ASKER_NOT_INFORMED": "request.reply",
        "ASKER_NOT_INFORMED_PART": "request.reply",
        "WHAT_CHANGED": "what_changed",
        "PLAN_DEPARTURE": "plan.departure",
        "PASSED_TO": "passed_to",
    },
    "decision_form": {
        "NO_PERSON": "people",
        "NO_RECIPIENT": "recipients",
        "REQUEST_WHO": "request.by_name",
        "REQUEST_WHAT": "request.what",
        "REQUEST_WHY": "request.why",
        "REQUEST_IDENTITY": "request.identity_check",
        "CONFIRMED_AND_GIVEN": "request.neither_confirmed",
        "SENT_ALREADY": "sendings",
        "NO_LEVEL": "level",
    },
    "article_6": {
        "NO_L1": "basis",
        "BASIS_FALLS": "basis[].refused_ok",
        "TEST_OPEN": "basis[].answers",
        "PROVISION_UNKNOWN": "basis[].code",
        "PROVISION_NOT_IN_FORCE": "basis[].code",
    },
    "consent": {
        "CONSENT_WHEN": "people[].consent_at",
        "CONSENT_BASIS": "people[].consent_state",
        "CONSENT_ENDED": "people[].until",
        "CONSENT_NOT_COVERED": "people[].covers",
        "CONSENT_OTHER": "people[].agreed_to",
        "CONSENT_TO_WHAT": "people[].agreed_to",
        "CONSENT_ANYWAY": "share_anyway",
        "CONSENT_WITH_RISK": "share_anyway",
        "PARTIAL_WHAT": "people[].limits",
        "NOT_ANONYMOUS": "people[].consent_state",
        "SENT_AFTER_WITHDRAWAL": "follow_up.consent",
        "CANNOT_RECALL": "cannot_recall",
        "STOPPED_WHAT": "outcome",
    },
    "recognised_interest": {"ANNEX1_MISSING": "basis"},
    "public_body": {"PUBLIC_BODY_INTERESTS": "basis[].code"},
    "minimum": {"WHY_NO_MORE": "why_no_more", "WHY_NO_MORE_AGREED": "why_no_more"},
    "special_category": {
        "SPECIAL_NO_PROVISION": "basis",
        "ABOUT_NOBODY": "items[].about",
        "ABOUT_MISSING": "items[].about",
        "INCLUDES_UNANSWERED": "includes",
        "INCLUDES_NONE_AND_MORE": "includes",
        "INCLUDES_NOT_MARKED": "items[].sensitivities",
        "INCLUDES_DENIED": "includes",
    },
    "offences": {"OFFENCES_NO_PROVISION": "basis", "OFFENCE_DOUBT": "items[].sensitivities"},
    "law_enforcement": {"POLICE_CONDITION": "basis", "PROVISION_POLICE_ONLY": "basis[].code"},
    "schedule_1": {"CONDITION_MISSING": "basis"},
    "paragraph_18": {
        "P18_REASON": "people[].p18_reason",
        "P18_TEXT": "people[].p18_text",
        "P18_CAPABLE": "people[].p18_reason",
        "P18_CAPABLE_DOUBT": "people[].p18_reason",
        "P18_AFTER_REFUSAL": "people[].p18_reason",
        "P18_AGREED": "people[].consent_state",
        "P18_NOBODY": "people[].age",
        "ADULT_TESTS": "people[].at_risk",
    },
    "paragraph_19": {"P19_CHILD": "people[].age", "P19_NOT_HEALTH": "items[].sensitivities"},
    "policy_document": {"POLICY_DOCUMENT": "organisation.policy_document_on"},
    "vital_interests": {"VITAL_CAPABLE": "basis[].code"},
    "confidence": {"CONFIDENCE_NO_PROVISION": "basis", "CONFIDENCE_DOUBT": "items[].sensitivities"},
    "power": {
        "POWER_MISSING": "basis",
        "DUTY_PROVISION_MISSING": "basis",
        "DUTY_NOT_NAMED": "duty",
        "DUTY_NOT_DONE": "outcome",
        "PROVISION_NOT_YOURS": "organisation.sector",
        "PROVISION_OUT_OF_SCOPE": "organisation.in_scope_16la",
        "RECIPIENT_OUT_OF_SCOPE": "recipients[].in_scope_16la",
        "HELP_NOT_WANTED": "people[].consent_state",
    },
    "capacity": {
        "CAPACITY_NOTE": "people[].competence_note",
        "BEST_INTERESTS": "people[].best_interests",
        "PRESUMED_ABLE": "people[].competence_note",
        "NOT_A_CHILD": "people[].consent_state",
        "NOT_ABLE_TO_AGREE": "people[].competence",
        "COVERS_ABLE": "people[].covers",
    },
    "gillick": {
        "COMPETENCE_NOTE": "people[].competence_note",
        "COMPETENCE_OPEN": "people[].competence",
        "CHILD_PARENT_DISAGREE": "people[].consent_state",
    },
    "parental_responsibility": {
        "PARENTS_DISAGREE": "people[].consent_state",
        "RESPONSIBILITY_LEFT_OUT": "left_out",
    },
    "early_help": {"EARLY_HELP_CHOICE": "people[].consent_state"},
    "order": {
        "ORDER_COURT": "order.court",
        "ORDER_DATE": "order.made_on",
        "ORDER_SCOPE": "order.scope",
        "ORDER_AHEAD": "order.made_on",
        "ORDER_OUTSIDE": "items[].dated_from",
    },
    "police_request": {"REQUEST_AUTHORITY": "request.authorising_officer"},
    "proceedings": {"PROCEEDINGS": "items[].proceedings_permission"},
    "duty_to_share": {
        "DETRIMENT": "share_duty.detriment",
        "SHARE_DUTY_UNSAID": "share_duty.holds",
        "SHARE_DUTY_NOT_MET": "share_duty",
        "SHARE_DUTY_OPEN": "share_duty.holds",
        "SHARE_DUTY_TRIGGER": "trigger",
    },
    "single_identifier": {"IDENTIFIER_MISSING": "people[].identifier_kind"},
    "fgm": {
        "FGM_HOW": "how_discovered",
        "FGM_TRIGGER": "trigger",
        "FGM_SUSPECTED": "how_discovered",
        "FGM_ADULT": "people[].age",
        "FGM_POLICE": "recipients[].kind",
        "FGM_PERSONAL": "passed_to",
        "FGM_MONTH": "discovered_at",
    },
    "fgm_time": {
        "DISCOVERED_MISSING": "discovered_at",
        "DISCOVERED_AHEAD": "discovered_at",
        "FGM_LATE": "discovered_at",
    },
    "transfer": {"TRANSFER_START": "starts_on", "TRANSFER_SCHOOL": "recipients[].kind"},
    "escalation": {"NOT_ESCALATED": "follow_up.responses"},
    "needs": PATHS_OF_NEEDS,
    "accuracy": {"NOT_CORRECTED": "follow_up.to_be_corrected", **PATHS_OF_TIMES},
    "complaints": {"COMPLAINT_OPEN": "follow_up.complaints_open"},
    "right_to_object": {"OBJECTION_OPEN": "follow_up.objections_open"},
    "own": {
        "PLAN_WHICH": "plan.reference",
        "LEVEL_AFTER_REFUSAL": "level",
        "UNBORN_PAST_DUE": "people[].due_on",
        "WAITS_LONG": "look_again_on",
        "LATER_FAR": "people[].informing.review_on",
        "LATER_FAR_HARM": "people[].informing.review_on",
        "LATE_REASON": "late_reason",
        "COMPLETED_LATE": "late_reason",
        "LOOK_AGAIN": "look_again_on",
        "REVIEW_DATE_EARLY": "look_again_on",
        "STANDING_ENDED": "standing_until",
        "STANDING_LONG": "standing_until",
        "GROUP_ENDED": "standing_until",
    },
}


@dataclass(frozen=True)
class FindingSource:
    path: str
    citation: Citation


FINDING_SOURCES: dict[str, FindingSource] = {
    code: FindingSource(path, CITATIONS[citation])
    for citation, codes in _SOURCES.items()
    for code, path in codes.items()
}


def path_of(finding: Finding, facts: Facts) -> str:
    """Where among these facts the finding is about; a list as a whole where it is about no one entry of it."""
    path = FINDING_SOURCES[finding.code].path
    if finding.person and path.startswith(_PEOPLE):
        number = [person.ref for person in facts.people].index(finding.person)
        return path.replace("[]", f"[{number}]", 1)
    return path.split("[]", maxsplit=1)[0]
