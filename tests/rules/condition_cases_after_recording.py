"""What has come since a decision was recorded, and being open: what each condition of those rules is for."""

from dataclasses import replace
from datetime import date

from rules.facts import AttemptFacts, Facts, SendingFacts
from rules.facts_after_recording import FollowUpFacts
from tests.rules.after_recording_cases import answered, followed, in_a_group, said, sent, withdrawn
from tests.rules.cases import basis, with_basis, with_informing, with_person, without_provisions
from tests.rules.condition_cases import fires, quiet
from tests.rules.scenarios import early_help, s01, s03, s18_second

AFTER_WITHDRAWAL = sent(withdrawn(), "2026-06-10")


def deferred(facts: Facts) -> Facts:
    return replace(facts, outcome="DEFERRED")


AFTER_RECORDING = (
    quiet("SENT_AFTER_WITHDRAWAL", deferred(AFTER_WITHDRAWAL), "not shared, so it did not rest on her yes"),
    quiet(
        "SENT_AFTER_WITHDRAWAL",
        with_basis(without_provisions(AFTER_WITHDRAWAL, "ART6_A", "CONF_CONSENT"), *basis("ART6_EA", "RLI_SAFEG")),
        "it rested on the law and not on her yes",
    ),
    quiet(
        "SENT_AFTER_WITHDRAWAL",
        with_basis(without_provisions(AFTER_WITHDRAWAL, "ART6_A", "CONF_CONSENT"), *basis("ART9_A", person="P9")),
        "it rested on somebody else's yes",
    ),
    quiet(
        "SENT_AFTER_WITHDRAWAL",
        sent(with_person(early_help(), "P2", consent_state="REFUSED", views="No"), "2026-06-10"),
        "she never said yes, so she took nothing back",
    ),
    quiet(
        "SENT_AFTER_WITHDRAWAL",
        replace(withdrawn(), sendings=(SendingFacts(recipient_ref="R1"),)),
        "what has not been sent was not sent after her no",
    ),
    quiet("REFUSED_SINCE", deferred(withdrawn()), "not shared, so there is nothing to decide anew"),
    quiet("REFUSED_SINCE", said(s01(), ("P2", "REFUSED", "2026-03-12")), "she had said no when it was recorded"),
    fires(
        "NOT_ESCALATED",
        answered(("R1", "WOULD_NOT_TAKE_IT", "")),
        "whoever did not accept it goes by the organisation",
        words="Wendlebury Council did",
    ),
    fires(
        "NOT_ESCALATED",
        replace(answered(("R1", "WOULD_NOT_TAKE_IT", "")), recipients=(replace(s01().recipients[0], organisation=""),)),
        "without an organisation, by their own name",
        words="Front door did",
    ),
    fires("NOT_ESCALATED", answered(("R7", "WOULD_NOT_TAKE_IT", "")), "nobody's name is known", words="They did"),
    quiet("NOT_ESCALATED", answered(("R1", "ACTING", "")), "they are acting on it"),
    fires(
        "NOT_CORRECTED", followed(to_be_corrected=("R1",)), "by the organisation's name", words="Wendlebury Council got"
    ),
    fires(
        "NOT_CORRECTED",
        replace(followed(to_be_corrected=("R1",)), recipients=(replace(s01().recipients[0], organisation=""),)),
        "without an organisation, by their own name",
        words="Front door got",
    ),
    fires("NOT_CORRECTED", followed(to_be_corrected=("R7",)), "nobody's name is known", words="They got"),
    quiet(
        "GROUP_ENDED",
        replace(in_a_group(), sendings=(SendingFacts(recipient_ref="R1"),)),
        "what has not been sent was not sent too late",
    ),
    quiet(
        "GROUP_OUTSIDE", replace(s01(), follow_up=FollowUpFacts(outside_group=True)), "it was not decided for a group"
    ),
)

OF_INFORMING = (
    quiet(
        "NOT_INFORMED_YET",
        deferred(with_informing(s01(), "P2", state="")),
        "not shared, so there is nothing to tell yet",
    ),
    quiet("NOT_INFORMED_YET", with_informing(s01(), "P1", state=""), "he is eight and nobody found him able"),
    quiet(
        "INFORMING_PART",
        with_informing(s01(), "P2", state="PARTLY_TOLD", text="Not where his account came from"),
        "what she was not told is said",
    ),
    fires(
        "INFORMING_WAY_UNSAFE",
        with_informing(s18_second(), "P2", safe_contact="", way_known="no"),
        "nobody says whether it was safe, and it was recorded as not",
    ),
    fires(
        "INFORMING_WAY_UNSAFE",
        with_informing(s01(), "P3", attempts=(AttemptFacts(safe_contact="yes", way_known="no"),)),
        "one of the attempts",
    ),
    quiet(
        "INFORMING_WAY_UNSAFE",
        with_informing(s01(), "P2", safe_contact="no", way_known="no"),
        "it is said to be unsafe, which is a finding already",
    ),
    quiet("INFORMING_WAY_UNSAFE", with_informing(s03(), "P3", way_known="no"), "who was not reached took no way"),
    fires(
        "INFORMING_UNSAFE",
        with_informing(s18_second(), "P2", safe_contact="no"),
        "not safe is not safe, danger or none",
    ),
    fires(
        "INFORMING_UNSAFE",
        with_informing(s01(), "P2", safe_contact="unknown"),
        "somebody may do harm at home, so not known counts as no",
    ),
    quiet(
        "INFORMING_UNSAFE", with_informing(s03(), "P3", safe_contact="no"), "who was not reached was not put in danger"
    ),
    fires(
        "INFORMING_UNSAFE",
        with_informing(s03(), "P2", state="ATTEMPTED", safe_contact="no"),
        "an attempt can be seen too",
    ),
    fires(
        "INFORMING_UNSAFE",
        with_informing(s01(), "P3", attempts=(AttemptFacts(safe_contact="yes"), AttemptFacts(safe_contact="no"))),
        "one of the attempts, though he is told later",
    ),
    fires(
        "INFORMING_UNSAFE",
        with_informing(s03(), "P2", attempts=(AttemptFacts(safe_contact="unknown"),)),
        "where there is danger, not known counts as no",
    ),
    quiet(
        "INFORMING_UNSAFE",
        with_informing(s18_second(), "P2", attempts=(AttemptFacts(safe_contact="unknown"),)),
        "without danger, not known is no doubt",
    ),
    quiet(
        "INFORMING_UNSAFE",
        with_informing(s03(), "P2", attempts=(AttemptFacts(safe_contact="yes"),)),
        "a safe attempt",
    ),
    quiet(
        "INFORMING_CLOSED_WITH",
        with_informing(s01(), "P3", agreed_with=""),
        "it does not end yet, so nobody takes it on",
    ),
    quiet("INFORMING_APPROVER", with_informing(s01(), "P3", agreed_with=""), "he is told later, not never"),
    quiet(
        "INFORMING_APPROVER",
        with_informing(s03(), "P3", approver="", agreed_with="", closing="NEVER_BY_US"),
        "that it ends so is asked about by another finding",
    ),
    quiet(
        "INFORMING_CLOSED_WITH",
        with_informing(s03(), "P3", approver="", agreed_with="", closing="HANDED_OVER", by_whom="Social care"),
        "whoever took it on is named",
    ),
    quiet(
        "INFORMING_CLOSED_WITH",
        with_informing(s01(), "P3", review_on=None, closing="NEVER_BY_US"),
        "somebody agreed that it ends",
    ),
    quiet(
        "INFORMING_BY_WHEN",
        with_informing(s01(), "P3", state="DELEGATED", by_whom="Police", review_on=None, closing="HANDED_OVER"),
        "they have taken it on, and nothing is waited for",
    ),
    quiet(
        "INFORMING_END",
        with_informing(s01(), "P3", review_on=None, closing="HANDED_OVER"),
        "it ends with a handing over",
    ),
)

OF_AGREEMENT = (
    quiet(
        "CONSENT_ENDED",
        replace(with_person(early_help(), "P2", until=date(2026, 5, 31)), decided_at=None, recorded_at=None),
        "no day of the decision yet, so no yes had ended before it",
    ),
    quiet(
        "CONSENT_NOT_COVERED",
        with_person(early_help(), "P2", covers=()),
        "a yes that names nobody is for her child too",
    ),
    quiet("CONSENT_OTHER", with_person(early_help(), "P2", agreed_to=()), "a yes that names nothing is to all of it"),
)
