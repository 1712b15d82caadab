"""The facts of one person's letter, from the rows of a decision that was read with its parts."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils import timezone

from decisions.facts.decision import facts_of
from decisions.models import Decision, DecisionPerson
from decisions.presenters.identifying_words import identifying_words
from decisions.presenters.labels import provision_words
from rules.codes import Layer
from rules.explanation.facts import ExplanationFacts


def explanation_facts(
    decision: Decision, person: DecisionPerson, day: date, known: Mapping[int, list[str]] | None = None
) -> ExplanationFacts:
    """Costs one query, for the numbers and addresses that must not get into somebody else's letter.

    None where these are `known` already.
    """
    people = list(decision.people.all())
    wrong = list(decision.wrong_information.all())
    return ExplanationFacts(
        facts=facts_of(decision),
        reader=str(person.pk),
        day=day,
        organisation=decision.organisation_name,
        names={str(row.pk): row.name for row in people},
        words_of=identifying_words(people, known),
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
        passed_on=tuple(_passed_on(decision, person)),
    )


def _passed_on(decision: Decision, person: DecisionPerson) -> Iterator[tuple[str, date]]:
    for statement in decision.statements_to_recipients.all():
        for row in statement.passed_on.all() if statement.person_id == person.pk else ():
            if row.passed_on_at:
                yield str(row.recipient_id), timezone.localdate(row.passed_on_at)


def _lawful_basis(decision: Decision) -> dict[str, str]:
    """Each lawful basis by its plain name, with the law beside it, as the decision copied it."""
    return {
        row.code: provision_words(row.details, row.code) for row in decision.provisions.all() if row.layer == Layer.L1
    }
