"""The closed lists of codes, each with its label on screen."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A stored code and its label."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Code and label in order, as a model field or a form expects them."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def label_of(cls, code: str) -> str:
        """The label of a code; the code itself if it is not in the list, so that old records can still be shown."""
        try:
            return cls(code).label
        except ValueError:
            return code


class EntryRoute(Code):
    NOW = "NOW", "I need to tell someone now"
    TOLD = "TOLD", "I have already told someone"
    DECIDING = "DECIDING", "I am deciding whether to share"
    ASKED = "ASKED", "I have been asked for information"


class Trigger(Code):
    PRO = "PRO", "I have a concern and am thinking of sharing"
    REQ = "REQ", "Someone has asked for information"
    COURT_ORDER = "COURT_ORDER", "A court or tribunal has ordered it"
    MANDATORY = "MANDATORY", "The law says I must report this"
    KCSIE_TRANSFER = "KCSIE_TRANSFER", "A child is moving to another school or college"


class Outcome(Code):
    SHARED_ALL_NECESSARY = "SHARED_ALL_NECESSARY", "Share what is needed"
    SHARED_PART = "SHARED_PART", "Share part of it"
    SHARED_WHOLE_FILE = "SHARED_WHOLE_FILE", "Share the whole file"
    NOT_SHARED = "NOT_SHARED", "Do not share"
    DEFERRED = "DEFERRED", "Decide later"
    STOPPED = "STOPPED", "Stop sharing"
    PASSED_UP = "PASSED_UP", "Pass to a manager to decide"


class Level(Code):
    NONE_OR_EARLY = "none_or_early", "No concern about harm, or early help"
    S17 = "s17", "A child in need of help (section 17)"
    S17_HIGH = "s17_high", "A child in need, close to significant harm"
    S47 = "s47", "Significant harm, or likely (section 47)"
    ADULT_AT_RISK = "adult_at_risk", "An adult at risk"
    CRIME = "crime", "A criminal offence, with no other concern"


class PersonRole(Code):
    CHILD = "child", "Child or young person"
    UNBORN = "unborn", "Unborn child"
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    PARTNER = "partner", "Partner of a parent"
    CARER = "carer", "Other carer"
    SIBLING = "sibling", "Adult sibling"
    RELATIVE = "relative", "Other relative"
    ADULT = "adult", "Other adult"
    PROFESSIONAL = "professional", "Professional"
    INFORMANT = "informant", "Someone who told us"


class YesNoUnknown(Code):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class Competence(Code):
    COMPETENT = "COMPETENT", "Gillick competent for this decision"
    PARTIAL = "PARTIAL", "Gillick competent for part of this decision"
    NOT_COMPETENT = "NOT_COMPETENT", "Not Gillick competent for this decision"
    NOT_ASSESSED = "NOT_ASSESSED", "Not assessed"
    CAPABLE = "CAPABLE", "Has capacity for this decision"
    LACKS_CAPACITY = "LACKS_CAPACITY", "Lacks capacity for this decision"


class Consent(Code):
    GIVEN = "GIVEN", "Consent given"
    GIVEN_PARTIAL = "GIVEN_PARTIAL", "Consent given for part of it"
    AGREED_NOT_BASIS = "AGREED_NOT_BASIS", "They agree, but consent is not the lawful basis"
    REFUSED = "REFUSED", "Consent refused"
    OBJECTED = "OBJECTED", "They were informed, and object"
    WITHDRAWN = "WITHDRAWN", "Consent given, then withdrawn"
    NOT_SOUGHT_UNSAFE = "NOT_SOUGHT_UNSAFE", "Not asked: it is not safe to ask"
    NOT_SOUGHT_DELAY = "NOT_SOUGHT_DELAY", "Not asked: there is no time"
    NOT_SOUGHT_NO_CHOICE = "NOT_SOUGHT_NO_CHOICE", "Not asked: they have no choice about this"
    LACKS_CAPACITY = "LACKS_CAPACITY", "They lack capacity to decide this"
    NOT_COMPETENT = "NOT_COMPETENT", "A child who is not competent to decide this"
    NOT_CONTACTABLE = "NOT_CONTACTABLE", "Tried, but could not contact them"
    NO_RESPONSE = "NO_RESPONSE", "Asked, but have not responded"
    NOT_NEEDED_ANON = "NOT_NEEDED_ANON", "Not needed: anonymised"
    UNKNOWN = "UNKNOWN", "Not recorded yet"


class Reason(Code):
    """Why it is not safe or right to ask someone, or to tell them: one list for both."""

    RISK_CHILD = "RISK_CHILD", "It puts a child at more risk"
    RISK_ADULT = "RISK_ADULT", "It puts an adult at risk of serious harm"
    RISK_WORKER = "RISK_WORKER", "Someone may be violent to me or a colleague"
    PREJUDICE_CRIME = "PREJUDICE_CRIME", "It could prejudice a criminal investigation"
    EVIDENCE_LOSS = "EVIDENCE_LOSS", "Evidence could be lost"
    DELAY = "DELAY", "It would cause too much delay"
    CHILD_WITHDRAW = "CHILD_WITHDRAW", "The child may stop talking or stop coming"
    COERCION = "COERCION", "Someone may be pressured to take back what they said"
    FII = "FII", "A carer may be making up or causing illness"
    HBA_FM_FGM = "HBA_FM_FGM", "Honour-based abuse, forced marriage or FGM: the family must not be alerted"
    COMPETENT_CHILD_WISH = "COMPETENT_CHILD_WISH", "A competent young person asked us not to"
    LEGAL_BAR = "LEGAL_BAR", "A court order or the law forbids it"
    IMPOSSIBLE = "IMPOSSIBLE", "They cannot be contacted"


class Paragraph18(Code):
    """Why safeguarding data is used without consent: Data Protection Act 2018 Schedule 1 paragraph 18."""

    CANNOT_GIVE = "CANNOT_GIVE", "They are not able to give consent"
    NOT_REASONABLE_TO_OBTAIN = "NOT_REASONABLE_TO_OBTAIN", "We could not reasonably be expected to get it"
    WOULD_PREJUDICE_PROTECTION = "WOULD_PREJUDICE_PROTECTION", "Asking would make it harder to protect someone"


class AgreedTo(Code):
    """What a person consented to. The four kinds of consent are separate.

    The fourth, agreement that is not the lawful basis, is `Consent.AGREED_NOT_BASIS`.
    """

    SHARING = "SHARING", "To this being shared, which will stop if they withdraw consent"
    CONFIDENCE = "CONFIDENCE", "To passing on what was told in confidence"
    SERVICE = "SERVICE", "To the help itself, such as early help"


class HowDiscovered(Code):
    """How the practitioner learned of female genital mutilation: the duty to report depends on it."""

    GIRL_TOLD = "GIRL_TOLD", "She told me"
    SIGNS_SEEN = "SIGNS_SEEN", "I saw signs on her body"
    SUSPECTED = "SUSPECTED", "Neither: I suspect it, or someone else told me"


class Informing(Code):
    TOLD_BEFORE = "TOLD_BEFORE", "Informed before sharing"
    TOLD_AT_TIME = "TOLD_AT_TIME", "Informed at the time"
    TOLD_AFTER = "TOLD_AFTER", "Informed afterwards"
    PARTLY_TOLD = "PARTLY_TOLD", "Informed in part"
    DEFERRED = "DEFERRED", "Will be informed later"
    NOT_TELLING = "NOT_TELLING", "Will not be informed"
    ATTEMPTED = "ATTEMPTED", "Tried to inform them"
    DELEGATED = "DELEGATED", "Someone else will inform them"
    NOT_APPLICABLE = "NOT_APPLICABLE", "Not needed for this person"


class Closing(Code):
    """How informing ends when we never inform the person ourselves."""

    NEVER_BY_US = "NEVER_BY_US", "We will never inform them, as agreed with…"
    HANDED_OVER = "HANDED_OVER", "A named social worker will inform them"


class AdviceFirst(Code):
    """What somebody says who had no advice before informing an alleged or suspected source of harm."""

    NO = "no", "Not yet"
    NOT_NEEDED = "not_needed", "Not needed"


class Sensitivity(Code):
    HEALTH = "health", "Health"
    OFFENCES = "offences", "Criminal offence or allegation"
    ETHNICITY = "ethnicity", "Ethnicity"
    RELIGION = "religion", "Religion or belief"
    SEX_LIFE = "sex_life", "Sexuality or sex life"
    SPECIAL = "special", "Politics, trade union, genetic or biometric information"
    CONFIDENCE = "confidence", "Told in confidence"
    PROCEEDINGS = "proceedings", "From family court proceedings"
    SOURCE = "source", "Could identify who told us"


class ItemKind(Code):
    FACT = "fact", "Seen or said"
    OPINION = "opinion", "Professional opinion"
    CHILD_WORDS = "child_words", "The child's own words"
    DOCUMENT = "document", "A document or record"


class ResponseKind(Code):
    """What happened after something was sent."""

    ACTING = "ACTING", "They are acting on it"
    ASKED_MORE = "ASKED_MORE", "They asked for more"
    WOULD_NOT_TAKE_IT = "WOULD_NOT_TAKE_IT", "They did not accept it"
    NO_FURTHER_ACTION = "NO_FURTHER_ACTION", "No further action"
    CHASED = "CHASED", "I chased it, but had no response"
    ENDED = "ENDED", "How it ended for the child"


class AdditionKind(Code):
    """What kind of addition is made to a recorded decision."""

    AMENDMENT = "AMENDMENT", "I got something wrong, or left it out"
    SUPPLEMENT = "SUPPLEMENT", "More information about this decision"
    STATEMENT = "STATEMENT", "A person it is about wants their own account on the record"
    DISPUTED = "DISPUTED", "A person it is about says that something here is wrong"


class NoBasis(Code):
    NONE = "none", "There is no lawful basis to share this"
    BASIS_BUT_NOT = "basis_but_not", "There is a lawful basis, but I decided not to share"


class Layer(Code):
    L1 = "L1", "Lawful basis"
    ANNEX1 = "ANNEX1", "Recognised legitimate interest"
    L2 = "L2", "Condition for special category or criminal offence information"
    SCHEDULE1 = "SCHEDULE1", "Condition in Schedule 1 to the Data Protection Act 2018"
    SCHEDULE8 = "SCHEDULE8", "Condition in Schedule 8 to the Data Protection Act 2018, for law enforcement"
    L3 = "L3", "Power or duty to share"
    L4 = "L4", "Duty of confidence"
    L5 = "L5", "Necessity and proportionality"


class Severity(Code):
    BLOCKS = "blocks", "Correct this before you record"
    WARNS = "warns", "Your supervisor will see this"


SHARED = frozenset({Outcome.SHARED_ALL_NECESSARY, Outcome.SHARED_PART, Outcome.SHARED_WHOLE_FILE})
# Not shared, or not yet: these need reasons, what was done instead and a review date.
NOT_SHARED = frozenset({Outcome.NOT_SHARED, Outcome.DEFERRED})
NEEDS_INSTEAD = NOT_SHARED | {Outcome.STOPPED, Outcome.PASSED_UP}
NEEDS_REVIEW_DATE = NOT_SHARED | {Outcome.PASSED_UP}
WITHOUT_AGREEMENT = frozenset(
    {
        Consent.REFUSED,
        Consent.OBJECTED,
        Consent.WITHDRAWN,
        Consent.GIVEN_PARTIAL,
        Consent.NOT_SOUGHT_UNSAFE,
        Consent.NOT_SOUGHT_DELAY,
        Consent.NOT_SOUGHT_NO_CHOICE,
        Consent.NOT_CONTACTABLE,
        Consent.NO_RESPONSE,
    }
)
REFUSALS = frozenset({Consent.REFUSED, Consent.OBJECTED, Consent.WITHDRAWN})
AGREED = frozenset({Consent.GIVEN, Consent.AGREED_NOT_BASIS})
CONSENT_NOT_SOUGHT = frozenset({Consent.NOT_SOUGHT_UNSAFE, Consent.NOT_SOUGHT_DELAY, Consent.NOT_SOUGHT_NO_CHOICE})
CANNOT_DECIDE = frozenset({Consent.NOT_COMPETENT, Consent.LACKS_CAPACITY})
# A child's consent state while they have not been assessed as able to decide.
CHILD_UNANSWERED = frozenset({"", Consent.UNKNOWN, Consent.LACKS_CAPACITY})
UNABLE_TO_DECIDE = frozenset({Competence.NOT_COMPETENT, Competence.LACKS_CAPACITY})
ABLE_TO_DECIDE = frozenset({Competence.COMPETENT, Competence.CAPABLE})
ADULT_ROLES = frozenset(
    {
        PersonRole.MOTHER,
        PersonRole.FATHER,
        PersonRole.PARTNER,
        PersonRole.CARER,
        PersonRole.SIBLING,
        PersonRole.RELATIVE,
        PersonRole.ADULT,
        PersonRole.PROFESSIONAL,
        PersonRole.INFORMANT,
    }
)
RISK_OF_HARM = frozenset({Level.S17_HIGH, Level.S47, Level.ADULT_AT_RISK, Level.CRIME})
DUTY_TRIGGERS = frozenset({Trigger.COURT_ORDER, Trigger.MANDATORY})
INFORMED = frozenset({Informing.TOLD_BEFORE, Informing.TOLD_AT_TIME, Informing.TOLD_AFTER, Informing.PARTLY_TOLD})
NOT_INFORMED = frozenset({Informing.NOT_TELLING, Informing.DEFERRED})
SPECIAL_CATEGORY = frozenset(
    {Sensitivity.HEALTH, Sensitivity.ETHNICITY, Sensitivity.RELIGION, Sensitivity.SEX_LIFE, Sensitivity.SPECIAL}
)
# The recipient does not act on it, so the concern is escalated.
NOT_ACCEPTED = frozenset({ResponseKind.NO_FURTHER_ACTION, ResponseKind.WOULD_NOT_TAKE_IT})
# Provisions that rest on consent, and no longer apply when it is refused.
CONSENT_PROVISIONS = frozenset({"ART6_A", "ART9_A", "S1_P29", "CONF_CONSENT"})
# Conditions for use without consent, for one of three reasons.
WITHOUT_CONSENT_PROVISIONS = frozenset({"S1_P18", "S1_P19", "S8_P4"})
