"""The facts of one person's letter, from the rows of a decision that was read with its parts."""

from datetime import date

from decisions.facts.decision import facts_of
from decisions.models import Decision, DecisionPerson
from decisions.presenters.labels import provision_words
from decisions.presenters.words_of import words_of
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
        organisation=decision.organisation_name,
        names={str(row.pk): row.name for row in people},
        words_of=words_of(people),
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


def _lawful_basis(decision: Decision) -> dict[str, str]:
    """Each lawful basis by its plain name, with the law beside it, as the decision copied it."""
    return {
        row.code: provision_words(row.details, row.code) for row in decision.provisions.all() if row.layer == Layer.L1
    }
