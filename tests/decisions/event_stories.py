"""Decisions that something comes after: one that rests on consent, one for a group, one about another school."""

from datetime import date, datetime, timedelta
from typing import Any

from decisions.models import Decision
from drafting.actions import start
from families.details import PersonDetails
from safeguarding.demo.filling import record_story
from tests.cast import Company
from tests.drafting.households import address_book, household

Story = dict[str, Any]
CHILD, MOTHER = "Elin Hartwell", "Bryony Hartwell"
PEOPLE = [
    PersonDetails(name=CHILD, role="child", age=5, age_on=date(2026, 9, 1), parental_responsibility="no"),
    PersonDetails(name=MOTHER, role="mother", parental_responsibility="yes"),
]
SCHOOL, HOUSING = "Millbrook Primary School", "Ravensmere housing"


def agreed(at: datetime, **outcome: Any) -> Story:
    """S10: early help, and the mother agrees to it."""
    return {
        "people": {"people": {CHILD: {"on": "on"}, MOTHER: {"on": "on"}}},
        "concern": {"facts": "They move house every few months.", "level": "none_or_early"},
        "request": {"trigger": "PRO", "recipients": [SCHOOL, HOUSING]},
        "outcome": {
            "outcome": "SHARED_ALL_NECESSARY",
            "why_now": "So that school and housing pull together for her.",
            "decided_at": at - timedelta(minutes=30),
            **outcome,
        },
        "consent": {
            "consent": {
                CHILD: {
                    "spoken": "cannot",
                    "cannot": "NOT_COMPETENT",
                    "looked_at": "yes",
                    "competence": "NOT_COMPETENT",
                    "competence_note": "She is 5.",
                    "could_hear": "no",
                },
                MOTHER: {
                    "spoken": "yes",
                    "said": "GIVEN",
                    "agreed_to": ["SHARING", "CONFIDENCE"],
                    "consent_at": at - timedelta(hours=1),
                    "consent_how": "In person",
                    "views": "Yes, please help us.",
                    "could_hear": "yes",
                },
            },
            "choices": {SCHOOL: {"choice": "yes"}, HOUSING: {"choice": "yes"}},
        },
        "information": {
            "item": [
                {
                    "text": "They have moved four times in a year",
                    "kind": "fact",
                    "about": [CHILD, MOTHER],
                    "give_to": [SCHOOL, HOUSING],
                }
            ]
        },
        "legal_basis": {"l1": "ART6_A", "l4": "CONF_CONSENT", "why_no_more": "Only the moves."},
        "sending": {
            "sending": [{"recipient": SCHOOL, "sent_at": at - timedelta(minutes=20), "how": "Secure e-mail"}],
            "informing": {
                MOTHER: {
                    "informed": "yes",
                    "informed_state": "TOLD_BEFORE",
                    "informed_at": at - timedelta(hours=1),
                    "informed_how": "In person",
                    "informed_safely": "yes",
                },
                CHILD: {"informed": "none"},
            },
        },
    }


def group(at: datetime, until: date) -> Story:
    """Decided once, for a group that shares every week."""
    standing = {"standing": "on", "standing_scope": "How her week at school went.", "standing_until": until}
    return agreed(at, **standing)


def transfer(at: datetime, *, sent: bool = False, decided_at: datetime | None = None) -> Story:
    """S08: a child protection file goes to her next school, whatever her mother says."""
    story = agreed(at, outcome="SHARED_WHOLE_FILE", whole_file_reason="The duty passes on with the whole file.")
    if decided_at:
        story["outcome"] |= {"decided_at": decided_at, "late_reason": "The office was closed."}
    story["request"] |= {"trigger": "KCSIE_TRANSFER", "recipients": [SCHOOL]}
    story["consent"]["consent"][MOTHER] |= {"said": "OBJECTED", "views": "Wants a fresh start."}
    story["consent"] |= {"choices": {SCHOOL: {"choice": "no"}}, "why_outweighs": "A parent cannot stop the transfer."}
    story["information"]["item"][0]["give_to"] = [SCHOOL]
    risks = {"risk_if_shared": "None that she can see.", "risk_if_not": "The next school does not know."}
    story["legal_basis"] |= {"l1": "ART6_E", "l3": ["EA02_175"], "l4": "CONF_PI", **risks}
    story["sending"]["sending"] = story["sending"]["sending"] if sent else []
    return story


def recorded(company: Company, story: Story, at: datetime) -> Decision:
    by = company.practitioner
    address_book(*story["request"]["recipients"], by=company.administrator, at=at)
    family = household(PEOPLE, team=company.team, by=by, at=at, name="Hartwell")
    draft = start(entry_route="DECIDING", team=company.team, family=family, by=by, at=at)
    return record_story(decision=draft, story=story, by=by, at=at)
