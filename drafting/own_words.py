"""A reason given on one page, where another page asks for it again: the author's own words, to keep or change."""

from decisions.models import Decision, DecisionPerson
from rules.codes import Paragraph18


def why_without_consent(person: DecisionPerson, reason: str) -> str:
    """Why their information is used without their consent: what was written of their competence, or of not asking."""
    if reason == Paragraph18.CANNOT_GIVE:
        return person.competence_note
    return person.not_asked_text if reason else ""


def why_no_more(decision: Decision) -> str:
    """What is withheld and why, each reason once; empty where nothing is."""
    withheld = [(item.text, row.why_withheld) for item in decision.items.all() for row in item.grid.all()]
    reasons = dict.fromkeys(why for _, why in withheld if why)
    lines = []
    for why in reasons:
        texts = dict.fromkeys(text for text, other in withheld if other == why)
        lines.append(f"Not shared: {'; '.join(texts)}. {why}")
    return "\n".join(lines)
