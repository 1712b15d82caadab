"""A person's views and consent as lines of text: as recorded, and as added later."""

from collections.abc import Iterable, Iterator, Mapping

from decisions.facts.people import agreed_to
from decisions.models import ConsentEvent, DecisionPerson
from decisions.presenters.labels import code_words, joined, lines
from rules.codes import AgreedTo, Competence, Consent, Reason
from ui.moments import moment


def consent_lines(person: DecisionPerson, names: Mapping[int, str]) -> Iterator[str]:
    """`names` are the people on the decision, by primary key."""
    yield from lines(("", code_words(Consent, person.consent_state)))
    yield from _agreed_to(person)
    yield from lines(
        ("Covers the information of", joined(*(names[row.person_id] for row in person.covers.all()))),
        ("What the consent covers, and what it does not", person.consent_limits),
        ("Consent ends on", moment(person.consent_until)),
        ("When", moment(person.consent_at)),
        ("How", person.consent_how),
        ("In their own words", person.views),
        ("Reason", code_words(Reason, person.not_asked_reason)),
        ("Why", person.not_asked_text),
        ("Agreed with", person.not_asked_agreed_with),
        ("Competence or capacity", code_words(Competence, person.competence)),
        ("Evidence for this", person.competence_note),
        ("Assessed by", joined(person.competence_by, moment(person.competence_on))),
        ("Best interests: who was consulted, and why this is best for them", person.best_interests),
        ("Has care and support needs", person.get_needs_support_display()),
        ("Experiencing or at risk of abuse or neglect", person.get_may_be_harmed_display()),
        ("Unable to protect themselves because of those needs", person.get_cannot_protect_display()),
        ("Could hear about it from someone else", person.get_could_hear_display()),
    )


def consent_event_lines(event: ConsentEvent) -> Iterator[str]:
    """The lines of a consent event added after recording."""
    yield from lines(("", code_words(Consent, event.state)))
    yield from _agreed_to(event)
    yield from lines(
        ("What the consent covers, and what it does not", event.limits),
        ("Consent ends on", moment(event.until)),
        ("When", moment(event.at)),
        ("How", event.how),
        ("In their own words", event.views),
        ("Reason", code_words(Reason, event.reason)),
        ("Why", event.text),
        ("Agreed with", event.agreed_with),
        ("Written down", moment(event.written_at)),
    )


def _agreed_to(source: DecisionPerson | ConsentEvent) -> Iterable[str]:
    """One line each: agreeing to one does not mean agreeing to another."""
    return lines(*(("Agreed to", code_words(AgreedTo, code)) for code in agreed_to(source)))
