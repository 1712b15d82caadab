"""What each text among the facts holds: a code of which list, a reference, or free text.

Every text is in exactly one of the three tables (tests/rules/test_facts_schema.py), because the rules would silently
ignore an unknown code.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from rules import codes, identifiers, included, organisations
from rules.contact import WayKnown
from rules.exemptions import ExemptionCode
from rules.law import CONFIDENCE, KINDS, REFUSED_OK, WHO

YES_NO = ("yes", "no")

CODES: Mapping[str, Iterable[str]] = {
    "Facts.entry_route": codes.EntryRoute,
    "Facts.trigger": codes.Trigger,
    "Facts.how_discovered": codes.HowDiscovered,
    "Facts.outcome": codes.Outcome,
    "Facts.level": codes.Level,
    "Facts.level_at_refusal": codes.Level,
    "Facts.no_basis": codes.NoBasis,
    "Facts.share_anyway": YES_NO,
    "OrganisationFacts.kind": organisations.OrganisationKind,
    "OrganisationFacts.sector": organisations.Sector,
    "ShareDutyFacts.holds": codes.YesNoUnknown,
    "ShareDutyFacts.relevant": codes.YesNoUnknown,
    "ShareDutyFacts.helps": codes.YesNoUnknown,
    "PlanFacts.in_line": codes.YesNoUnknown,
    "InformingFacts.state": codes.Informing,
    "InformingFacts.reason": codes.Reason,
    "InformingFacts.exemption": ExemptionCode,
    "InformingFacts.closing": codes.Closing,
    "Facts.advice_first": codes.AdviceFirst,
    "InformingFacts.safe_contact": codes.YesNoUnknown,
    "AttemptFacts.safe_contact": codes.YesNoUnknown,
    "InformingFacts.way_known": WayKnown,
    "AttemptFacts.way_known": WayKnown,
    "AtRiskFacts.needs": codes.YesNoUnknown,
    "AtRiskFacts.harm": codes.YesNoUnknown,
    "AtRiskFacts.unable": codes.YesNoUnknown,
    "PersonFacts.role": codes.PersonRole,
    "PersonFacts.parental_responsibility": codes.YesNoUnknown,
    "PersonFacts.identifier_kind": identifiers.IdentifierKind,
    "PersonFacts.competence": codes.Competence,
    "PersonFacts.consent_state": codes.Consent,
    "PersonFacts.agreed_to": codes.AgreedTo,
    "LaterConsentFacts.agreed_to": codes.AgreedTo,
    "PersonFacts.not_asked_reason": codes.Reason,
    "PersonFacts.could_hear": codes.YesNoUnknown,
    "PersonFacts.at_home": codes.YesNoUnknown,
    "PersonFacts.p18_reason": codes.Paragraph18,
    "RecipientFacts.kind": organisations.RecipientKind,
    "RecipientFacts.choice": YES_NO,
    "ItemFacts.kind": codes.ItemKind,
    "ItemFacts.sensitivities": codes.Sensitivity,
    "Facts.includes": included.Includes,
    "BasisFacts.layer": codes.Layer,
    "BasisFacts.refused_ok": sorted(REFUSED_OK),
    "BasisFacts.kind": sorted(KINDS),
    "LaterConsentFacts.state": codes.Consent,
    "ResponseFacts.kind": codes.ResponseKind,
    "Provision.layer": codes.Layer,
    "Provision.kind": sorted(KINDS),
    "Provision.who": sorted(WHO),
    "Provision.refused_ok": sorted(REFUSED_OK),
    "Provision.confidence": sorted(CONFIDENCE),
    "Provision.scope": ("16la",),
    "Provision.policy_document_unless": organisations.RecipientKind,
    "Provision.function_of": organisations.Sector,
    "Provision.not_sectors": organisations.Sector,
    "Provision.usual_levels": codes.Level,
}

# The field of `Facts` that the reference points to.
REFERENCES: Mapping[str, str] = {
    "PersonFacts.covers": "people",
    "RecipientFacts.people": "people",
    "ItemFacts.about": "people",
    "ItemFacts.not_disclosed_to": "people",
    "ItemFacts.given_to": "recipients",
    "ItemFacts.withheld_from": "recipients",
    "BasisFacts.person_ref": "people",
    "SendingFacts.recipient_ref": "recipients",
    "LaterConsentFacts.person_ref": "people",
    "ResponseFacts.recipient_ref": "recipients",
    "FollowUpFacts.to_be_corrected": "recipients",
    "CorrectionFacts.recipient_ref": "recipients",
}

# Free text, and names.
FREE_TEXT: Mapping[str, str] = {
    "Facts": "left_out duty late_reason whole_file_reason facts_text opinion child_words happened why_now "
    "why_outweighs why_no_more risk_if_shared risk_if_not instead no_basis_reason passed_to what_changed cannot_recall "
    "standing_scope advice_not_needed source_talk lado_not_informed",
    "RequestFacts": "by_name by_role organisation what why identity_check reference authorising_officer reply",
    "OrderFacts": "court scope",
    "PlanFacts": "reference departure",
    "ShareDutyFacts": "detriment",
    "InformingFacts": "how by_whom text agreed_with approver safe_contact_note",
    "PersonFacts": "ref competence_note competence_by best_interests consent_how limits views not_asked_text "
    "agreed_with p18_text why_no_identifier",
    "RecipientFacts": "ref name organisation",
    "ItemFacts": "ref text proceedings_permission",
    "BasisFacts": "code answers name law_version law_sha256",
    "AdviceFacts": "who role gist",
    "SendingFacts": "how said receipt",
    "ResponseFacts": "escalated_to",
    "Provision": "code short_name plain_english citation tests jurisdiction source refused_test replaced_by needs",
}

LIMITS: Mapping[str, Mapping[str, Any]] = {"PersonFacts.age": {"minimum": 0, "maximum": 130}}
