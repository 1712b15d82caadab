"""The facts of one person's letter, from the rows of a decision that was read with its parts."""

from datetime import date

from decisions.facts.decision import facts_of
from decisions.models import Decision, DecisionPerson
from decisions.presenters.labels import provision_words
from letters.contacts import contact_details
from rules.codes import Layer
from rules.explanation.facts import ExplanationFacts


def explanation_facts(decision: Decision, person: DecisionPerson, day: date) -> ExplanationFacts:
    """Costs one query, for the numbers and addresses that must not get into somebody else's letter."""
    people = list(decision.people.all())
    wrong = list(decision.wrong_information.all())
    return ExplanationFacts(
        facts=facts_of(decision),
        reader=str(person.pk),
        day=day,
        names={str(row.pk): row.name for row in people},
        words_of=_words_of(people),
        how_used={str(row.pk): row.how_used for row in decision.recipients.all()},
        lawful_basis=_lawful_basis(decision),
        wrong_items=frozenset(str(row.item_id) for row in wrong if row.item_id),
        corrected_with=frozenset(
            (str(row.item_id), str(correction.recipient_id))
            for row in wrong
            for correction in row.corrections.all()
            if correction.notified_at
        ),
        wrong_otherwise=any(row.item_id is None for row in wrong),
    )


def _words_of(people: list[DecisionPerson]) -> dict[str, tuple[str, ...]]:
    """What names or finds each of them: other names, their own number, phone numbers and addresses."""
    details = contact_details(people)
    return {
        str(row.pk): tuple(
            filter(None, (*map(str.strip, row.known_as.split(",")), row.identifier, *details[row.person_id]))
        )
        for row in people
    }


def _lawful_basis(decision: Decision) -> dict[str, str]:
    """Each lawful basis by its plain name, with the law beside it, as the decision copied it."""
    return {
        row.code: provision_words(row.details, row.code) for row in decision.provisions.all() if row.layer == Layer.L1
    }
