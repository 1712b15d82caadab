"""What was sent, done instead and told, as the answers of the last page."""

from typing import Any

from decisions.forms.informing import ANSWERS as TOLD
from rules.codes import SHARED, Closing, EntryRoute, Informing, Outcome, Trigger
from rules.facts import Facts, InformingFacts, PersonFacts

Answers = dict[str, Any]


def ticked(yes: bool) -> Any:  # noqa: FBT001  (an answer, as it stands in the facts)
    return "on" if yes else False


def known(**given: Any) -> Answers:
    """Dates that are not known are left out."""
    return {name: value for name, value in given.items() if value is not None}


def was_asked(facts: Facts) -> bool:
    return facts.entry_route == EntryRoute.ASKED or facts.trigger == Trigger.REQ


def sent(facts: Facts) -> Answers:
    story: Answers = {
        "advice": [
            known(who=advice.who, role=advice.role, gist=advice.gist, given_at=advice.at) for advice in facts.advice
        ]
    }
    if facts.outcome != Outcome.PASSED_UP:
        story["informing"] = {person.ref: _informing(person, shares=facts.outcome in SHARED) for person in facts.people}
    if facts.outcome in SHARED:
        story["sending"] = [
            known(recipient=sending.recipient_ref, sent_at=sending.at, how=sending.how, said_differently=sending.said,
                  received_by=sending.receipt)
            for sending in facts.sendings
        ]  # fmt: skip
        return {**story, "asker_informed": facts.request.reply} if was_asked(facts) else story
    return {**story, **_instead(facts)}


def _instead(facts: Facts) -> Answers:
    if facts.outcome == Outcome.STOPPED:
        return {"instead": facts.instead, "recipients_informed": "The front door, by phone.",
                "cannot_recall": facts.cannot_recall}  # fmt: skip
    told = {"asker_informed": facts.request.reply} if was_asked(facts) else {}
    neither = {"neither_confirmed": "on"} if facts.request.neither_confirmed else {}
    return {**known(instead=facts.instead, look_again_on=facts.look_again_on), **told, **neither}


def _informing(person: PersonFacts, *, shares: bool) -> Answers:
    informing = person.informing
    told = TOLD.get(informing.state, "")
    said: Answers = {"informed": told, "safe_contact": informing.safe_contact_note}
    if told == "yes":
        no_choice = {"informed_no_choice": ticked(informing.no_choice_explained)} if shares else {}
        return said | no_choice | {
            "informed_state": informing.state, "informed_at": informing.at, "informed_how": informing.how,
            "informed_by": informing.by_whom,
            "informed_safely": informing.safe_contact, "informed_who_what_why": ticked(informing.who_what_why),
            "informed_note": informing.text,
        }  # fmt: skip
    if told == "no":
        return said | _not_informed(informing) | {
            "not_informed_state": informing.state, "informing_reason": informing.reason,
            "informing_exemption": informing.exemption, "informing_text": informing.text,
            "informing_agreed_with": informing.agreed_with, "informing_review_on": informing.review_on,
        }  # fmt: skip
    return said


def _not_informed(informing: InformingFacts) -> Answers:
    """What only one of the answers to what will happen opens."""
    if informing.state == Informing.NOT_TELLING:
        whom = {"closing_handed_to": informing.by_whom} if informing.closing == Closing.HANDED_OVER else {}
        return {"informing_closing": informing.closing, **whom}
    if informing.state == Informing.DELEGATED:
        return {"handed_to": informing.by_whom}
    if informing.state == Informing.ATTEMPTED:
        tried = known(attempted_at=informing.at)
        return {**tried, "attempted_how": informing.how, "attempted_safely": informing.safe_contact}
    return {}
