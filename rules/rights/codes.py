"""The closed lists of a rights request."""

from collections.abc import Mapping

from rules.codes import Code
from rules.complaints import OUTCOMES, ComplaintKind, ComplaintOutcome


class RequestKind(Code):
    """Which right somebody uses (UK GDPR Articles 15, 16 and 21; Data Protection Act 2018 section 164A), or who orders
    us to give records.
    """

    ACCESS = "ACCESS", "They ask for what we hold about them"
    OBJECTION = "OBJECTION", "They object: they do not want it shared or used"
    COMPLAINT = "COMPLAINT", "They complain: something was done wrong"
    CORRECTION = "CORRECTION", "They say that something is wrong and want it corrected"
    COURT_ORDER = "COURT_ORDER", "A court orders us to give records"
    REGULATOR = "REGULATOR", "A regulator asks for records, such as the Information Commissioner or Ofsted"


class Asker(Code):
    """In which standing somebody asks."""

    SELF = "SELF", "The person themselves"
    PARENT = "PARENT", "A parent, for their child"
    REPRESENTATIVE = "REPRESENTATIVE", "Somebody else who acts for them"
    BODY = "BODY", "A court or a regulator"


# What only a court or a regulator asks, and they ask nothing else: a complaint that one passes on is the person's.
OF_BODIES = frozenset({RequestKind.COURT_ORDER, RequestKind.REGULATOR})


class RequestEventKind(Code):
    """What happens with a request after it was received. Waiting ends with what was asked for, or with nothing."""

    IDENTITY = "IDENTITY", "Identity checked"
    ASKED_IDENTITY = "ASKED_IDENTITY", "Proof of identity requested"
    ASKED_CLARIFICATION = "ASKED_CLARIFICATION", "Clarification requested"
    REPLIED = "REPLIED", "Reply received"
    EXTENDED = "EXTENDED", "Time extended, and they were told why"
    ACKNOWLEDGED = "ACKNOWLEDGED", "Acknowledged"
    CLOSED = "CLOSED", "Answered"


class RequestOutcome(Code):
    """How a request ended that is no complaint or objection."""

    GIVEN = "GIVEN", "We gave them what they asked for"
    GIVEN_PART = "GIVEN_PART", "We gave them a part of it"
    NOT_GIVEN = "NOT_GIVEN", "We gave them nothing, and told them what they can do"
    NOTHING_HELD = "NOTHING_HELD", "We hold nothing about them"
    CORRECTED = "CORRECTED", "They were right: it was corrected"
    CORRECTED_PART = "CORRECTED_PART", "They were right in part"
    STATEMENT_KEPT = "STATEMENT_KEPT", "It stays as it is, and what they say is kept beside it"
    WITHDRAWN = "WITHDRAWN", "Request withdrawn"


_OF_ACCESS = (
    RequestOutcome.GIVEN, RequestOutcome.GIVEN_PART, RequestOutcome.NOT_GIVEN, RequestOutcome.NOTHING_HELD,
    RequestOutcome.WITHDRAWN,
)  # fmt: skip
_OF_CORRECTION = (
    RequestOutcome.CORRECTED, RequestOutcome.CORRECTED_PART, RequestOutcome.STATEMENT_KEPT, RequestOutcome.WITHDRAWN,
)  # fmt: skip
# Outcomes with which somebody who got something wrong is to be told what is right.
UPHELD = frozenset({RequestOutcome.CORRECTED, RequestOutcome.CORRECTED_PART})


def _of_complaint(kind: ComplaintKind) -> tuple[Code, ...]:
    return tuple(code for code in ComplaintOutcome if code in OUTCOMES[kind])


OUTCOMES_OF: Mapping[str, tuple[Code, ...]] = {
    RequestKind.ACCESS: _OF_ACCESS,
    RequestKind.OBJECTION: _of_complaint(ComplaintKind.OBJECTION),
    RequestKind.COMPLAINT: _of_complaint(ComplaintKind.COMPLAINT),
    RequestKind.CORRECTION: _OF_CORRECTION,
    RequestKind.COURT_ORDER: _OF_ACCESS,
    RequestKind.REGULATOR: _OF_ACCESS,
}


class PrintGround(Code):
    """Why something is left out of a record that is printed for a request. No exemption of the law is claimed here."""

    NOT_ASKED = "NOT_ASKED", "They did not ask for it"
    NOT_NEEDED = "NOT_NEEDED", "It is about somebody else, and is not needed for what they ask"
    LEGAL_ADVICE = "LEGAL_ADVICE", "It is confidential legal advice"
    AGREED = "AGREED", "The court or the regulator agreed that it is left out"
    OTHER = "OTHER", "Another reason"


ALL_OUTCOMES: tuple[str, ...] = tuple(sorted({code.value for codes in OUTCOMES_OF.values() for code in codes}))


def outcome_label(code: str) -> str:
    return next((each.label for codes in OUTCOMES_OF.values() for each in codes if each == code), code)
