"""Stories for what only the application can show: a patient, separated parents, an order, a young person."""

from datetime import date, datetime, timedelta
from typing import Any

from families.details import PersonDetails
from safeguarding.demo.stories import SOCIAL_CARE
from tests.drafting.scenario_cases import Case

Story = dict[str, Any]
CHILD, MOTHER, FATHER = "Wilf Tanning", "Orla Tanning", "Gareth Tanning"
GIRL = "Jess Tanning"
# Long ago enough to have that age today, and the same one next year.
SEEN = date(2026, 9, 1)


def child(name: str, age: int) -> PersonDetails:
    return PersonDetails(name=name, role="child", age=age, age_on=SEEN, parental_responsibility="no")


MUM = PersonDetails(name=MOTHER, role="mother", parental_responsibility="yes")
DAD = PersonDetails(name=FATHER, role="father", parental_responsibility="yes")
PARENTS = Case("DECIDING", [child(CHILD, 9), MUM, DAD], (SOCIAL_CARE,), "la", "Tanning")
YOUNG = Case("DECIDING", [child(GIRL, 15), MUM], (SOCIAL_CARE,), "maintained_school", "Tanning")
HERS, HIS = "He needs the help, and so do I.", "She makes it sound worse than it is."
GUARDIAN, GIST = "Caldicott guardian", "The public interest is met; the least that will do."


def answered(at: datetime, said: str, views: str) -> Story:
    return {"spoken": "yes", "said": said, "consent_at": at - timedelta(hours=2), "consent_how": "By phone",
            "views": views, "could_hear": "yes"}  # fmt: skip


def informed(at: datetime) -> Story:
    return {"informed": "yes", "informed_state": "TOLD_BEFORE", "informed_at": at - timedelta(hours=1),
            "informed_how": "By phone", "informed_safely": "yes", "informed_who_what_why": "on"}  # fmt: skip


def parents(at: datetime) -> Story:
    """S11, with the advice of S07: one parent agrees, the other does not, and the child wants the help."""
    return {
        "people": {"people": {name: {"on": "on"} for name in (CHILD, MOTHER, FATHER)}},
        "concern": {"facts": "Anxious, often absent. Conflict at handovers.", "level": "s17"},
        "request": {"trigger": "PRO", "recipients": [SOCIAL_CARE]},
        "outcome": {"outcome": "SHARED_PART", "why_now": "A plan for school begins on Monday.",
                   "decided_at": at - timedelta(minutes=30)},
        "consent": {
            "consent": {
                CHILD: {"spoken": "cannot", "cannot": "NOT_COMPETENT", "child_views": "I want help at school.",
                        "looked_at": "yes", "competence": "NOT_COMPETENT", "competence_note": "He is 9.",
                        "could_hear": "no"},
                MOTHER: {**answered(at, "GIVEN", HERS), "agreed_to": ["SHARING"]},
                FATHER: answered(at, "REFUSED", HIS),
            },
            "choices": {SOCIAL_CARE: {"choice": "no"}},
            "why_outweighs": "His father's view goes with it; what the boy himself wants matters more.",
        },
        "information": {"item": [
            {"text": "How often he is away", "kind": "fact", "about": [CHILD], "give_to": [SOCIAL_CARE]},
            {"text": "What each parent said", "kind": "fact", "about": [MOTHER, FATHER], "give_to": [SOCIAL_CARE]},
            {"text": "The court's papers", "kind": "document", "about": [MOTHER, FATHER],
             "why_withheld": "No rule or permission lets us pass them on.", "sensitivities": ["proceedings"],
             "proceedings_permission": "None: they stay here."},
        ]},
        "legal_basis": {"l1": "ART6_E", "l3": ["CA89_17"], "l4": "CONF_PI", "why_no_more": "Nothing of the quarrel.",
                  "risk_if_shared": "His father may be angry.", "risk_if_not": "He misses another term."},
        "sending": {"informing": {CHILD: {"informed": "none"}, MOTHER: informed(at), FATHER: informed(at)},
                 "advice": [{"who": GUARDIAN, "role": "Health board", "gist": GIST,
                             "given_at": at - timedelta(minutes=60)}]},
    }  # fmt: skip


ORDER = {"trigger": "COURT_ORDER", "recipients": [SOCIAL_CARE], "court": "Family Court at Ashcombe",
         "order_made_on": SEEN, "order_scope": "Records of 2024 and 2025 about the child"}  # fmt: skip


def ordered(at: datetime) -> Story:
    return {**parents(at), "request": ORDER}


def young(at: datetime) -> Story:
    """S04 as far as what they say."""
    return {
        "people": {"people": {GIRL: {"on": "on"}, MOTHER: {"on": "on"}}},
        "concern": {"facts": "Cutting for two months.", "level": "s17_high"},
        "request": {"trigger": "PRO", "recipients": [SOCIAL_CARE]},
        "outcome": {"outcome": "SHARED_PART", "why_now": "So that she is seen today.",
                   "decided_at": at - timedelta(minutes=30)},
        "consent": {
            "consent": {
                GIRL: {**answered(at, "REFUSED", "Please do not tell mum."), "looked_at": "yes",
                       "competence": "COMPETENT", "competence_note": "Sees what may follow, and says why."},
                MOTHER: {"spoken": "no", "not_said": "NOT_SOUGHT_UNSAFE", "could_hear": "no",
                         "not_asked_reason": "COMPETENT_CHILD_WISH", "not_asked_text": "She asked us not to.",
                         "not_asked_agreed_with": "Head teacher"},
            },
            "choices": {SOCIAL_CARE: {"choice": "no"}},
            "why_outweighs": "Her wish is kept as to her mother; her life is at stake.",
        },
    }  # fmt: skip
