"""The closed lists of an incident."""

from rules.codes import Code


class IncidentKind(Code):
    """What went wrong with information."""

    TOO_WIDELY = "TOO_WIDELY", "It was shared too widely: too much of it, or with too many people"
    WRONG_PLACE = "WRONG_PLACE", "It went to the wrong person or place"
    MUST_NOT_KNOW = "MUST_NOT_KNOW", "Somebody was told who must not know"
    LOST = "LOST", "It was lost or stolen"
    SEEN = "SEEN", "Somebody saw it who should not have"


class IncidentEventKind(Code):
    """What was done about an incident, or found out later."""

    SAFETY = "SAFETY", "Somebody was kept safe"
    RECALL_ASKED = "RECALL_ASKED", "We asked for it back, or for it not to be passed on"
    RECALL_ANSWERED = "RECALL_ANSWERED", "Response to our request"
    MANAGER_INFORMED = "MANAGER_INFORMED", "A line manager was told"
    OFFICER_INFORMED = "OFFICER_INFORMED", "The data protection officer was told"
    RISK_JUDGED = "RISK_JUDGED", "Risk assessed"
    REGULATOR_NOTIFIED = "REGULATOR_NOTIFIED", "It was reported to the Information Commissioner"
    REGULATOR_NOT_NOTIFIED = "REGULATOR_NOT_NOTIFIED", "It is not reported to the Information Commissioner"
    PEOPLE_INFORMED = "PEOPLE_INFORMED", "Those it is about were told"
    PEOPLE_NOT_INFORMED = "PEOPLE_NOT_INFORMED", "Those it is about are not told"
    MORE_FOUND = "MORE_FOUND", "We found out more"
    LEARNED = "LEARNED", "What was learned"
    CLOSED = "CLOSED", "It is closed"
    REOPENED = "REOPENED", "It was opened again"


class IncidentRisk(Code):
    """How likely it is that people come to harm, and how badly (UK GDPR Articles 33 and 34)."""

    UNLIKELY = "UNLIKELY", "Nobody is likely to come to harm"
    RISK = "RISK", "Somebody may come to harm"
    HIGH = "HIGH", "The risk of harm is high"


class RecallWay(Code):
    PHONE = "PHONE", "By phone"
    EMAIL = "EMAIL", "By email"
    LETTER = "LETTER", "By letter"
    IN_PERSON = "IN_PERSON", "In person"
    OTHER = "OTHER", "Another way"


class RecallOutcome(Code):
    DELETED = "DELETED", "They deleted it"
    RETURNED = "RETURNED", "They gave or sent it back"
    PASSED_ON = "PASSED_ON", "They had passed it on"
    REFUSED = "REFUSED", "They refused"
    NO_ANSWER = "NO_ANSWER", "They have not answered"


# It is not with them any more.
RECALLED = frozenset({RecallOutcome.DELETED, RecallOutcome.RETURNED})
# The law asks for a report to the regulator.
NOTIFIABLE = frozenset({IncidentRisk.RISK, IncidentRisk.HIGH})
# Somebody has it who could delete it or send it back.
RECALLABLE = frozenset({IncidentKind.TOO_WIDELY, IncidentKind.WRONG_PLACE})
# Somebody knows it who cannot give it back.
KNOWN = frozenset({IncidentKind.MUST_NOT_KNOW, IncidentKind.SEEN})
