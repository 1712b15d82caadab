"""Three invented decisions, as answers. Times are relative to the moment of recording, so they never go out of date."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from families.details import PersonDetails

Story = dict[str, Any]
Answers = dict[str, Any]


def day(when: datetime) -> date:
    return timezone.localdate(when)


BRUISE_PEOPLE = [
    PersonDetails(name="Tomos Ashdown", role="child", age=8, age_on=date(2026, 3, 1), parental_responsibility="no"),
    PersonDetails(name="Rhian Ashdown", role="mother", parental_responsibility="yes"),
    PersonDetails(name="Kit Dunmore", role="partner", parental_responsibility="no"),
]
SOCIAL_CARE = "Ravensmere children's social care"


def _bruise_consent(at: datetime) -> Answers:
    child, mother, partner = (person.name for person in BRUISE_PEOPLE)
    return {
        "consent": {
            child: {"spoken": "cannot", "cannot": "NOT_COMPETENT", "child_views": "I do not want him to be cross.",
                    "looked_at": "yes", "competence": "NOT_COMPETENT", "competence_note": "He is 8 and frightened.",
                    "could_hear": "no"},
            mother: {"spoken": "yes", "said": "OBJECTED", "consent_at": at - timedelta(minutes=50),
                     "consent_how": "by phone", "could_hear": "yes",
                     "views": "Says it was an accident and does not want social care involved."},
            partner: {"spoken": "no", "not_said": "NOT_SOUGHT_UNSAFE", "not_asked_reason": "PREJUDICE_CRIME",
                      "not_asked_text": "Telling him first could change what is said to the police.",
                      "not_asked_agreed_with": "Duty manager, children's services", "could_hear": "yes"},
        },
        "choices": {SOCIAL_CARE: {"choice": "no"}},
        "why_outweighs": "Her view is passed on in full; the injury and his own account outweigh it.",
    }  # fmt: skip


def _bruise_information() -> Answers:
    child, mother, partner = (person.name for person in BRUISE_PEOPLE)
    return {"item": [
        {"text": "His account: he got cross and hit me", "kind": "child_words", "about": [child, partner],
         "give_to": [SOCIAL_CARE], "sensitivities": ["offences"]},
        {"text": "Where the bruises are, and when each was seen", "kind": "fact", "about": [child],
         "give_to": [SOCIAL_CARE], "sensitivities": ["health"]},
        {"text": "Attendance this term", "kind": "fact", "about": [child], "give_to": [SOCIAL_CARE]},
        {"text": "What his mother said on the phone", "kind": "fact", "about": [mother],
         "give_to": [SOCIAL_CARE], "sensitivities": ["health", "confidence"]},
        {"text": "His file on special educational needs", "kind": "fact", "about": [child],
         "why_withheld": "It has nothing to do with the injury."},
    ]}  # fmt: skip


def _bruise_legal_basis(*, public: bool) -> Answers:
    child, mother, partner = (person.name for person in BRUISE_PEOPLE)
    return {
        "sensitive": {
            child: {"p18_reason": "CANNOT_GIVE", "p18_text": "He is 8 and not able to decide this."},
            partner: {"p18_reason": "WOULD_PREJUDICE_PROTECTION",
                      "p18_text": "Telling him first could change his account."},
        }
        | ({} if public else {mother: {
            "p18_reason": "NOT_REASONABLE_TO_OBTAIN",
            "p18_text": "She was asked and said no; asking again would leave him in danger tonight.",
        }}),
        "why_no_more": "Only the bruises, his account and attendance. No wider file.",
        "risk_if_shared": "His mother may stop trusting the school; she is called straight after.",
        "risk_if_not": "Another assault tonight.",
    }  # fmt: skip


def _bruise_sending(at: datetime) -> Answers:
    child, mother, partner = (person.name for person in BRUISE_PEOPLE)
    return {
        "sending": [{"recipient": SOCIAL_CARE, "sent_at": at - timedelta(minutes=35),
                     "how": "By phone, then the secure form", "said_differently": "Gave the class teacher's name too.",
                     "received_by": "Duty social worker"}],
        "informing": {
            child: {"informed": "yes", "informed_state": "TOLD_AT_TIME", "informed_at": at - timedelta(minutes=34),
                    "informed_how": "In words he understood", "informed_safely": "yes", "informed_who_what_why": "on"},
            mother: {"informed": "yes", "informed_state": "TOLD_BEFORE", "informed_at": at - timedelta(minutes=50),
                     "informed_how": "By phone", "informed_safely": "yes", "informed_who_what_why": "on",
                     "informed_no_choice": "on", "informed_note": "She was upset and asked who would call her."},
            partner: {"informed": "no", "not_informed_state": "DEFERRED", "informing_reason": "PREJUDICE_CRIME",
                      "informing_text": "Police asked for time to speak to him first.",
                      "informing_agreed_with": "Duty manager, children's services",
                      "informing_review_on": day(at) + timedelta(days=3)},
        },
        "advice": [{"who": "Duty manager", "role": "Children's services", "given_at": at - timedelta(minutes=45),
                    "gist": "Share now; do not speak to the partner first."}],
    }  # fmt: skip


def refused_and_shared(at: datetime, *, public: bool = True) -> Story:
    """Significant harm is shared although the mother objects; recorded 40 minutes after deciding.

    A public body's own function covers her information; a body that is not public has to explain more.
    """
    child, mother, partner = (person.name for person in BRUISE_PEOPLE)
    return {
        "people": {"people": {child: {"on": "on"}, mother: {"on": "on"},
                           partner: {"on": "on", "source_of_harm": "on"}}},
        "concern": {
            "facts": "Bruise to the left cheek at registration. Second bruise in three weeks.",
            "opinion": "The bruise does not fit a fall from a bunk bed.",
            "child_words": "He got cross and hit me.",
            "happened": "Seen at registration this morning",
            "level": "s47",
            "known_risk": "The partner has been violent at home before.",
        },
        "request": {"trigger": "PRO", "recipients": [SOCIAL_CARE]},
        "outcome": {
            "outcome": "SHARED_ALL_NECESSARY",
            "why_now": "So that children's services can decide whether he is safe to go home today.",
            "decided_at": at - timedelta(minutes=40),
        },
        "consent": _bruise_consent(at),
        "information": _bruise_information(),
        "legal_basis": _bruise_legal_basis(public=public),
        "sending": _bruise_sending(at),
    }  # fmt: skip


HOUSING_PEOPLE = [
    PersonDetails(name="Noor Pellworth", role="child", age=13, age_on=date(2026, 3, 1), parental_responsibility="no"),
    PersonDetails(name="Safiya Pellworth", role="mother", parental_responsibility="yes"),
]


def refused_and_not_shared(at: datetime) -> Story:
    """A charity declines a housing officer's request: a mother said no, and nobody is at risk."""
    child, mother = (person.name for person in HOUSING_PEOPLE)
    return {
        "people": {"people": {child: {"on": "on"}, mother: {"on": "on"}}},
        "concern": {"facts": "The family is overcrowded. No worry about welfare was seen.",
                  "level": "none_or_early"},
        "request": {
            "trigger": "REQ", "asked_by_name": "A housing officer", "asked_by_role": "Allocations",
            "asked_by_organisation": "Ravensmere Homes", "asked_on": day(at) - timedelta(days=1),
            "asked_for": "A report on the family", "asked_why": "To help put rehousing in order",
            "identity_check": "Called back on the switchboard number", "request_reference": "inv-204",
            "reply_by": day(at) + timedelta(days=7),
        },
        "outcome": {"outcome": "NOT_SHARED", "decided_at": at - timedelta(minutes=15),
                   "why_now": "It is a housing matter which she can take up herself; nobody's welfare needs it."},
        "consent": {"consent": {
            child: {"spoken": "yes", "said": "REFUSED", "consent_at": at - timedelta(hours=3), "consent_how": "in person",
                    "views": "It is mum's business.", "looked_at": "yes", "competence": "PARTIAL", "could_hear": "yes",
                    "competence_note": "Understands the request, less what follows from it."},
            mother: {"spoken": "yes", "said": "REFUSED", "consent_at": at - timedelta(hours=2),
                     "consent_how": "in person", "views": "The housing dispute is private.", "could_hear": "yes"},
        }},
        "legal_basis": {
            "no_basis": "none",
            "no_basis_reason": "It is not necessary for safeguarding, and housing can ask her themselves.",
            "risk_if_shared": "A breach of trust, and her child stops coming.",
            "risk_if_not": "A delay to rehousing; she can apply herself.",
        },
        "sending": {
            "instead": "Gave her the housing form and offered to help with it.",
            "asker_informed": "Declined, with reasons; will reconsider if there is something new.",
            "look_again_on": day(at) + timedelta(days=30),
            "informing": {
                child: {"informed": "yes", "informed_state": "TOLD_AFTER", "informed_at": at - timedelta(minutes=10),
                        "informed_how": "In person", "informed_safely": "yes"},
                mother: {"informed": "yes", "informed_state": "TOLD_AFTER", "informed_at": at - timedelta(minutes=10),
                         "informed_how": "In person", "informed_safely": "yes", "informed_note": "Told that it was declined."},
            },
        },
    }  # fmt: skip


FEAR_PEOPLE = [
    PersonDetails(name="Baby Marlowe", role="child", age=0, age_on=date(2026, 5, 1), parental_responsibility="no"),
    PersonDetails(name="Leila Marlowe", role="mother", parental_responsibility="yes"),
    PersonDetails(name="Dean Marlowe", role="father", parental_responsibility="yes"),
]
MARAC = "Ravensmere MARAC"


def _fear_consent(at: datetime) -> Answers:
    child, mother, father = (person.name for person in FEAR_PEOPLE)
    return {
        "consent": {
            child: {"spoken": "cannot", "cannot": "NOT_COMPETENT"},
            mother: {"spoken": "yes", "said": "AGREED_NOT_BASIS", "consent_at": at - timedelta(minutes=30),
                     "consent_how": "alone, in clinic", "could_hear": "no",
                     "views": "Frightened; does not want him to know that she told anyone."},
            father: {"spoken": "no", "not_said": "NOT_SOUGHT_UNSAFE", "not_asked_reason": "RISK_ADULT",
                     "not_asked_text": "Asking him could set off violence.",
                     "not_asked_agreed_with": "Named nurse", "could_hear": "yes"},
        },
        "choices": {SOCIAL_CARE: {"choice": "no"}, MARAC: {"choice": "no"}},
        "why_outweighs": "A strangling with a baby in the room; asking him would make it more dangerous.",
    }  # fmt: skip


def _fear_information() -> Answers:
    child, mother, father = (person.name for person in FEAR_PEOPLE)
    return {"item": [
        {"text": "Her account of the strangling", "kind": "fact", "about": [mother, father],
         "give_to": [SOCIAL_CARE], "why_withheld": "The panel needs the risk indicators only.",
         "sensitivities": ["health", "offences", "confidence"], "not_disclosed_to": [father],
         "handling": "Do not disclose to the father"},
        {"text": "The baby was in the room", "kind": "fact", "about": [child], "give_to": [SOCIAL_CARE],
         "why_withheld": "The panel needs the risk indicators only.", "sensitivities": ["health"]},
        {"text": "A flag on the address", "kind": "fact", "about": [mother], "give_to": [SOCIAL_CARE],
         "why_withheld": "The panel has its own.", "sensitivities": ["confidence"]},
        {"text": "The risk indicators", "kind": "opinion", "about": [mother], "give_to": [SOCIAL_CARE, MARAC],
         "sensitivities": ["health"]},
        {"text": "Her new phone number", "kind": "fact", "about": [mother], "not_disclosed_to": [father],
         "why_withheld": "It could reach him through a copy of the plan."},
    ]}  # fmt: skip


def _fear_sending(at: datetime) -> Answers:
    child, mother, father = (person.name for person in FEAR_PEOPLE)
    return {
        "sending": [
            {"recipient": SOCIAL_CARE, "sent_at": at - timedelta(minutes=15), "how": "By phone, then secure email"},
            {"recipient": MARAC, "sent_at": at - timedelta(minutes=10), "how": "Secure email"},
        ],
        "informing": {
            child: {"informed": "none"},
            mother: {"informed": "yes", "informed_state": "TOLD_BEFORE", "informed_at": at - timedelta(minutes=25),
                     "informed_how": "Alone, in clinic", "informed_safely": "yes", "informed_who_what_why": "on",
                     "safe_contact": "In clinic only. No letters, no texts."},
            father: {"informed": "no", "not_informed_state": "NOT_TELLING", "informing_reason": "RISK_ADULT",
                     "informing_exemption": "IMPOSSIBLE_OR_IMPAIR", "informing_text": "He could turn on her.",
                     "informing_agreed_with": "Named nurse",
                     "informing_review_on": day(at) + timedelta(days=14)},
        },
    }  # fmt: skip


def unsafe_to_tell(at: datetime) -> Story:
    """A health visitor shares what a frightened mother told her; the father must not find out."""
    child, mother, father = (person.name for person in FEAR_PEOPLE)
    return {
        "people": {"people": {child: {"on": "on"}, mother: {"on": "on"}, father: {"on": "on", "source_of_harm": "on"}}},
        "concern": {"facts": "She describes being strangled last week, with the baby in the room.",
                  "level": "s47", "known_risk": "Violence at home. He must not find out that she told anyone."},
        "request": {"trigger": "PRO", "recipients": [SOCIAL_CARE, MARAC]},
        "outcome": {"outcome": "SHARED_PART", "decided_at": at - timedelta(minutes=20),
                   "why_now": "To plan for their safety, and for a child protection enquiry."},
        "consent": _fear_consent(at),
        "information": _fear_information(),
        "legal_basis": {
            "sensitive": {
                child: {"p18_reason": "CANNOT_GIVE", "p18_text": "A baby."},
                father: {"p18_reason": "WOULD_PREJUDICE_PROTECTION", "p18_text": "Asking could set off violence."},
            },
            "why_no_more": "The indicators and her account only.",
            "risk_if_shared": "He may learn of it; contact is in clinic only.",
            "risk_if_not": "She could be killed, and the baby hurt.",
        },
        "sending": _fear_sending(at),
    }  # fmt: skip
