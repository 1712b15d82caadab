"""A decision in short: the main points on one screen. The sections of the record hold everything else."""

from collections.abc import Iterable

from decisions.facts.informing import informing_now
from decisions.models import Decision, DecisionItem, DecisionPerson
from decisions.presenters.informing import now_words
from decisions.presenters.labels import answered, code_words, joined, provision_words
from decisions.presenters.outcome import names_of, outcome_words, waiting_for
from decisions.presenters.people import age_words, person_names
from rules.codes import Consent, NoBasis, Reason
from ui.labels import numbered
from ui.moments import moment
from ui.rows import Row

NOT_REVIEWED = "Not reviewed yet"
REPLIED = "Sent back for clarification, and the author has replied: waiting for the next review"
# The outcomes of a review, whose model is in the reviews app, which this app may not import.
REVIEW_STATES = {
    "AGREED": "Reviewed: agreed",
    "AGREED_WITH_ADVICE": "Reviewed: agreed, with advice",
    "RETURNED": "Sent back for clarification",
    "DISAGREED": "Reviewed: disagreed",
}


def in_short(decision: Decision) -> list[Row]:
    """The head of a decision's own page. Costs no query on a decision read with its parts and reviews."""
    return answered(
        ("Outcome", outcome_words(decision)),
        ("Who it is about", _everybody(decision)),
        *_recipients(decision),
        ("Consent", list(_consent(decision))),
        ("Lawful basis", lawful_basis(decision)),
        ("Sent", _sent(decision)),
        ("Informed", _informed(decision)),
        ("Review", _review(decision)),
    )


def short(decision: Decision) -> list[Row]:
    """For a reviewer: the main points with the reasons. Costs no query on a decision read with its parts."""
    people, names = list(decision.people.all()), person_names(decision)
    return answered(
        ("Who it is about", _everybody(decision)),
        ("Requested by", joined(decision.asked_by_name, decision.asked_by_role, decision.asked_by_organisation)),
        *_recipients(decision),
        ("Reasons for the decision", decision.why_now),
        ("Views and consent", [line for person in people for line in _views(person, names[person.pk])]),
        ("Why sharing outweighs their views", decision.why_outweighs),
        ("Why this is proportionate", decision.why_no_more),
        ("Lawful basis", lawful_basis(decision)),
        (
            "Reasons for not sharing",
            [*filter(None, (code_words(NoBasis, decision.no_basis), decision.no_basis_reason))],
        ),
        ("Not shared", [line for item in decision.items.all() for line in _not_shared(item)]),
        ("What was done instead", decision.instead),
        ("What the requester was told", decision.asker_informed),
        ("Review date", moment(decision.look_again_on)),
        ("Informed", _informed(decision)),
    )


def _everybody(decision: Decision) -> list[str]:
    return numbered([_described(person) for person in decision.people.all()])


def _described(person: DecisionPerson) -> str:
    harm = "alleged or suspected source of harm" if person.source_of_harm else ""
    return joined(person.name, person.get_role_display().lower(), age_words(person), harm)


def _recipients(decision: Decision) -> Iterable[tuple[str, list[str]]]:
    """By what has become of it, so that nobody reads as having it who does not."""
    state = waiting_for(decision)
    yield "Shared with", names_of(decision, state.sent)
    yield "Not yet sent to", names_of(decision, state.open)
    yield "Will not be sent to", names_of(decision, state.not_to_be_sent)


def _consent(decision: Decision) -> Iterable[str]:
    """What each person said before the decision, and what they said last where that is something else."""
    latest, names = {event.person_id: event for event in decision.consent_events.all()}, person_names(decision)
    for person in decision.people.all():
        if person.consent_state:
            yield f"{names[person.pk]}: {code_words(Consent, person.consent_state)}"
        now = latest.get(person.pk)
        if now and now.consent_state != person.consent_state:
            since = moment(now.consent_at or now.written_at)
            yield f"{names[person.pk]}, since {since}: {code_words(Consent, now.consent_state)}"


def _views(person: DecisionPerson, name: str) -> Iterable[str]:
    if person.consent_state:
        why = person.views or person.not_asked_text or code_words(Reason, person.not_asked_reason)
        consent = f"{name}: {code_words(Consent, person.consent_state)}"
        yield f"{consent}. {why}" if why else consent


def lawful_basis(decision: Decision) -> list[str]:
    """Each lawful basis once, however many people it is chosen for, with its legal name."""
    if not decision.is_shared:
        return []
    rows = [provision for provision in decision.provisions.all() if provision.layer == "L1"]
    return list(dict.fromkeys(provision_words(provision.details, provision.code) for provision in rows))


def _not_shared(item: DecisionItem) -> Iterable[str]:
    recipients = {row.recipient_id: row for row in item.grid.all() if not row.given}
    if recipients or item.why_withheld:
        why = next((row.why_withheld for row in recipients.values() if row.why_withheld), "") or item.why_withheld
        yield f"{item.text} ({why})" if why else item.text


def _sent(decision: Decision) -> str:
    if not decision.is_shared:
        return ""
    times = [sending.sent_at for sending in decision.sendings.all()]
    return f"Last sent {moment(max(times))}" if times else "Not sent yet"


def _informed(decision: Decision) -> list[str]:
    """Where it stands for each person."""
    now, names = informing_now(decision), person_names(decision)
    return [
        f"{names[person.pk]}: {now_words(decision, now[person.pk])}"
        for person in decision.people.all()
        if person.pk in now
    ]


def _review(decision: Decision) -> str:
    """The latest review. Of a decision read with its reviews and their replies."""
    latest = max(decision.reviews.all(), key=lambda review: review.round, default=None)
    if latest is None:
        return NOT_REVIEWED
    if latest.outcome == "RETURNED" and getattr(latest, "reply", None):
        return REPLIED
    return REVIEW_STATES[latest.outcome]
