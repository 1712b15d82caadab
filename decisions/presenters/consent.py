"""What one person said, in lines: of the record and of what they have said since."""

from collections.abc import Iterable, Iterator, Mapping

from decisions.facts.people import agreed_to
from decisions.models import ConsentEvent, DecisionPerson
from decisions.presenters.labels import code_words, joined, lines
from rules.codes import AgreedTo, Competence, Consent, Reason
from ui.moments import moment


def says_lines(person: DecisionPerson, names: Mapping[int, str]) -> Iterator[str]:
    """`names` are those of the people on the decision."""
    yield from lines(("", code_words(Consent, person.consent_state)))
    yield from _yes_to(person)
    yield from lines(
        ("Covers the information of", joined(*(names[row.person_id] for row in person.covers.all()))),
        ("What it covers, and what not", person.consent_limits),
        ("Until", moment(person.consent_until)),
        ("When", moment(person.consent_at)),
        ("How", person.consent_how),
        ("In their own words", person.views),
        ("Reason", code_words(Reason, person.not_asked_reason)),
        ("Why", person.not_asked_text),
        ("Agreed with", person.not_asked_agreed_with),
        ("Can decide for themselves", code_words(Competence, person.competence)),
        ("What tells us so", person.competence_note),
        ("Who looked at it", joined(person.competence_by, moment(person.competence_on))),
        ("Who was asked, and why it is best for them", person.best_interests),
        ("Needs care and support", person.get_needs_support_display()),
        ("Harmed or neglected, or may be", person.get_may_be_harmed_display()),
        ("Cannot protect themselves because of those needs", person.get_cannot_protect_display()),
        ("Could hear of it through someone else", person.get_could_hear_display()),
    )


def said_lines(one: ConsentEvent) -> Iterator[str]:
    """What was said since, and when it was written down."""
    yield from lines(("", code_words(Consent, one.state)))
    yield from _yes_to(one)
    yield from lines(
        ("What it covers, and what not", one.limits),
        ("Until", moment(one.until)),
        ("When", moment(one.at)),
        ("How", one.how),
        ("In their own words", one.views),
        ("Reason", code_words(Reason, one.reason)),
        ("Why", one.text),
        ("Agreed with", one.agreed_with),
        ("Written down", moment(one.written_at)),
    )


def _yes_to(said: DecisionPerson | ConsentEvent) -> Iterable[str]:
    """One line each: none of them stands for another."""
    return lines(*(("Said yes", code_words(AgreedTo, code)) for code in agreed_to(said)))
