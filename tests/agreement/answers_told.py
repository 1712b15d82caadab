"""What was sent, done instead and told, as the answers of the last page."""

from typing import Any

from decisions.forms.informing import ANSWERS as TOLD
from rules.codes import SHARED, Door, Outcome, Trigger
from rules.facts import Facts, PersonFacts

Answers = dict[str, Any]


def ticked(yes: bool) -> Any:  # noqa: FBT001  (an answer, as it stands in the facts)
    return "on" if yes else False


def known(**given: Any) -> Answers:
    """Dates that are not known are left out."""
    return {name: value for name, value in given.items() if value is not None}


def was_asked(facts: Facts) -> bool:
    return facts.door == Door.ASKED or facts.trigger == Trigger.REQ


def sent(facts: Facts) -> Answers:
    story: Answers = {
        "advice": [known(who=one.who, role=one.role, gist=one.gist, given_at=one.at) for one in facts.advice]
    }
    if facts.outcome != Outcome.PASSED_UP:
        story["told"] = {one.ref: _telling(one) for one in facts.people}
    if facts.outcome in SHARED:
        story["sending"] = [
            known(recipient=one.recipient_ref, sent_at=one.at, how=one.how, said_differently=one.said,
                  received_by=one.receipt)
            for one in facts.sendings
        ]  # fmt: skip
        return {**story, "asker_told": facts.request.told} if was_asked(facts) else story
    return {**story, **_instead(facts)}


def _instead(facts: Facts) -> Answers:
    if facts.outcome == Outcome.STOPPED:
        return {"instead": facts.instead, "recipients_told": "The front door, by phone.",
                "cannot_recall": facts.cannot_recall}  # fmt: skip
    told = {"asker_told": facts.request.told} if was_asked(facts) else {}
    neither = {"neither_confirmed": "on"} if facts.request.neither_confirmed else {}
    return {**known(instead=facts.instead, look_again_on=facts.look_again_on), **told, **neither}


def _telling(person: PersonFacts) -> Answers:
    telling = person.telling
    told = TOLD.get(telling.state, "")
    said: Answers = {"told": told, "safe_contact": telling.safe_contact_note}
    if told == "yes":
        return said | {
            "told_state": telling.state, "told_at": telling.at, "told_how": telling.how, "told_by": telling.by_whom,
            "told_safely": telling.safe_contact, "told_who_what_why": ticked(telling.who_what_why),
            "told_no_choice": ticked(telling.no_choice_explained), "told_note": telling.text,
        }  # fmt: skip
    if told == "no":
        return said | {
            "later_state": telling.state, "telling_reason": telling.reason, "telling_text": telling.text,
            "telling_agreed_with": telling.agreed_with, "telling_closing": telling.closing,
            "telling_review_on": telling.review_on,
        }  # fmt: skip
    return said
