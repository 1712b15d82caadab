"""A person's views and consent as lines of text: as recorded, and as added later."""

from collections.abc import Iterator, Mapping

from decisions.facts.people import agreed_to
from decisions.models import ConsentEvent, DecisionPerson
from decisions.models.answers import ConsentAnswers
from decisions.presenters.labels import code_words, joined, lines
from rules.codes import AgreedTo, Competence, Consent, Reason
from ui.moments import moment


def consent_lines(person: DecisionPerson, names: Mapping[int, str]) -> Iterator[str]:
    """`names` are the people on the decision, by primary key."""
    covered = ("Covers the information of", joined(*(names[row.person_id] for row in person.covers.all())))
    yield from _answers(person, covered)
    yield from lines(
        ("Competence or capacity", code_words(Competence, person.competence)),
        ("Evidence for this", person.competence_note),
        ("Assessed by", joined(person.competence_by, moment(person.competence_on))),
        ("Best interests: who was consulted, and why this is best for them", person.best_interests),
        ("Has care and support needs", person.get_needs_support_display()),
        ("Experiencing or at risk of abuse or neglect", person.get_may_be_harmed_display()),
        ("Unable to protect themselves because of those needs", person.get_cannot_protect_display()),
        ("Could hear about it from someone else", person.get_could_hear_display()),
        ("What was done to keep working together", person.kept_working),
        ("Next contact planned", joined(moment(person.planned_on), person.planned_how, person.planned_by)),
    )


def consent_event_lines(event: ConsentEvent) -> Iterator[str]:
    """The lines of a consent event added after recording."""
    yield from _answers(event)
    yield from lines(("Written down", moment(event.written_at)))


def _answers(row: ConsentAnswers, *covered: tuple[str, str]) -> Iterator[str]:
    """One line for each thing agreed to: agreeing to one does not mean agreeing to another."""
    yield from lines(
        ("", code_words(Consent, row.consent_state)),
        *(("Agreed to", code_words(AgreedTo, code)) for code in agreed_to(row)),
        *covered,
        ("What the consent covers, and what it does not", row.consent_limits),
        ("Consent ends on", moment(row.consent_until)),
        ("When", moment(row.consent_at)),
        ("How", row.consent_how),
        ("In their own words", row.views),
        ("Reason", code_words(Reason, row.not_asked_reason)),
        ("Why", row.not_asked_text),
        ("Agreed with", row.not_asked_agreed_with),
    )
