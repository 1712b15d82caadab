"""The differences between a decision and the one it supersedes."""

from collections.abc import Iterator
from dataclasses import dataclass

from decisions.models import ConsentEvent, Decision
from decisions.presenters.labels import code_words, joined
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people import recipient_names
from families.names import names_of
from rules.codes import Consent

COMPARED = {
    "facts": "Seen or said",
    "opinion": "Opinion",
    "child_words": "The child's own words",
    "level": "Level of concern",
    "known_risk": "Known risk",
}


@dataclass(frozen=True)
class Difference:
    what: str
    before: str
    now: str


def differences(previous: Decision, decision: Decision) -> list[Difference]:
    """Only what differs. Costs no query when both were read with their parts."""
    return [difference for difference in _all(previous, decision) if difference.before != difference.now]


def _all(previous: Decision, decision: Decision) -> Iterator[Difference]:
    yield Difference("Decision", outcome_words(previous), outcome_words(decision))
    for name, what in COMPARED.items():
        shown = f"get_{name}_display" if name == "level" else ""
        before, now = (
            getattr(version, shown)() if shown else getattr(version, name) for version in (previous, decision)
        )
        yield Difference(what, before, now)
    yield Difference("Recipients", *(joined(*recipient_names(version).values()) for version in (previous, decision)))
    before_answers, now_answers = _consent_answers(previous), _consent_answers(decision)
    names = names_of((row.person_id, row) for version in (previous, decision) for row in version.people.all())
    for person, name in names.items():
        yield Difference(
            name,
            before_answers.get(person, "Not part of this decision"),
            now_answers.get(person, "Not part of this decision"),
        )


def _consent_answers(decision: Decision) -> dict[int, str]:
    """Each person's latest consent when the decision was recorded; later events are in the chronology."""
    recorded = decision.recorded_at
    events: list[ConsentEvent] = [event for event in decision.consent_events.all() if event.written_at == recorded]
    answers = {event.person_id: code_words(Consent, event.consent_state) for event in events}
    return {person.person_id: answers.get(person.pk, "Nothing recorded") for person in decision.people.all()}
