"""A letter that declines a request, made from the record: who asked, their own reference, and whom to write to.

It says nothing of the case: no name of the family, no item, no reason and no reference of ours. Where the answer is
neither to confirm nor to deny, it is the same letter for somebody about whom nothing is held.
"""

import re
from dataclasses import dataclass

from accounts.namesakes import name_alone
from decisions.models import Decision, DecisionRecipient
from decisions.presenters.labels import joined
from rules.codes import Outcome
from rules.empty_reasons import is_empty_reason
from ui.moments import moment

ANSWERS = {
    "declined": ("We have decided not to share the information that you asked for.",),
    "part": (
        "We have decided to share part of the information that you asked for. We have decided not to share the rest.",
    ),
    "neither": (
        "We neither confirm nor deny that we hold any information about what you asked for.",
        "Please do not take this to mean that we do, or that we do not.",
    ),
}


ENDING = (
    "If you have new information, or need this for another reason, write to us. We will look at your request again.",
)
# Words in what somebody is called that are no name of theirs.
NO_NAMES = frozenset({"the", "and", "for", "baby", "unborn", "child", "mother", "father"})
SHORTEST_NAME = 3


@dataclass(frozen=True)
class DeclineLetter:
    to: list[str]
    their_reference: str
    asked_on: str
    answer: tuple[str, ...]
    contact: str
    ending: tuple[str, ...]
    left_out: list[str]  # what the author is told to look at: their answer names somebody of the family


def decline_letter(decision: Decision) -> DeclineLetter | None:
    """None where nobody asked, or whoever asked gets it all. Costs no query on a decision read with its parts."""
    asker = next((row for row in decision.recipients.all() if row.is_asker), None)
    kind = _kind(decision, asker) if asker else ""
    if not kind:
        return None
    texts = {
        "their name": decision.asked_by_name,
        "their organisation": decision.asked_by_organisation,
        "their reference": decision.request_reference,
    }
    left_out = [what for what, text in texts.items() if _names_somebody(text, decision)]
    name, organisation, reference = ("" if what in left_out else text for what, text in texts.items())
    # A job can say what kind of case it is, and so that there is one.
    job = "" if kind == "neither" else decision.author_job
    return DeclineLetter(
        to=[text for text in (name, organisation) if not is_empty_reason(text)],
        their_reference=reference,
        asked_on=moment(decision.asked_on),
        answer=ANSWERS[kind],
        contact=joined(name_alone(decision.author_name), job, decision.organisation_name),
        ending=ENDING,
        left_out=left_out,
    )


def _kind(decision: Decision, asker: DecisionRecipient) -> str:
    """What the asker is told; nothing where the record declines nothing of what they asked for."""
    theirs = [row.given for item in decision.items.all() for row in item.grid.all() if row.recipient_id == asker.pk]
    given = decision.is_shared and any(theirs)
    if not decision.is_shared and decision.outcome != Outcome.NOT_SHARED:
        return ""
    if not given:
        return "neither" if decision.neither_confirmed else "declined"
    return "part" if decision.outcome == Outcome.SHARED_PART or not all(theirs) else ""


def _names_somebody(text: str, decision: Decision) -> bool:
    """Whether it has part of the name of somebody on the decision, who is not the one that asked."""
    people = [_words(person.name) for person in decision.people.all()]
    return _words(text) not in people and any(_words(text) & name for name in people)


def _words(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {word for word in words if len(word) >= SHORTEST_NAME} - NO_NAMES
