"""What a decision that takes up an earlier one says differently: side by side, so that nobody has to compare."""

from collections.abc import Iterator
from dataclasses import dataclass

from decisions.models import ConsentEvent, Decision
from decisions.presenters.labels import code_words, joined, outcome_done
from rules.codes import Consent

COMPARED = {
    "facts": "Seen or said",
    "opinion": "Opinion",
    "child_words": "The child's own words",
    "level": "How serious",
    "known_risk": "Known risk",
}


@dataclass(frozen=True)
class Difference:
    what: str
    before: str
    now: str


def differences(previous: Decision, decision: Decision) -> list[Difference]:
    """Only what differs. Costs no query when both were read with their parts."""
    return [one for one in _all(previous, decision) if one.before != one.now]


def _all(previous: Decision, decision: Decision) -> Iterator[Difference]:
    yield Difference("Decision", outcome_done(previous.outcome), outcome_done(decision.outcome))
    for name, what in COMPARED.items():
        shown = f"get_{name}_display" if name == "level" else ""
        before, now = (getattr(one, shown)() if shown else getattr(one, name) for one in (previous, decision))
        yield Difference(what, before, now)
    yield Difference(
        "Who it goes to", *(joined(*(row.name for row in one.recipients.all())) for one in (previous, decision))
    )
    before_said, now_said = _said(previous), _said(decision)
    names = {person.person_id: person.name for one in (previous, decision) for person in one.people.all()}
    for person, name in names.items():
        yield Difference(name, before_said.get(person, "Not part of it"), now_said.get(person, "Not part of it"))


def _goes_to(decision: Decision) -> str:
    return joined(*(row.name for row in decision.recipients.all()))


def _said(decision: Decision) -> dict[int, str]:
    """The latest answer of each person when the record was closed: later events have a time of their own."""
    recorded = decision.recorded_at
    events: list[ConsentEvent] = [one for one in decision.consent_events.all() if one.written_at == recorded]
    answers = {event.person_id: code_words(Consent, event.state) for event in events}
    return {person.person_id: answers.get(person.pk, "Nothing written") for person in decision.people.all()}
