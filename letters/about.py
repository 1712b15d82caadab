"""Every recorded decision by which something was shared, as one person may be told of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from accounts.models import User
from audit.statements import rows_where
from decisions.models import Decision, DecisionPerson
from decisions.presenters.identifying_words import contact_details_of
from decisions.queries import DecisionQuerySet
from families.ages import youngest_age
from families.models import Person
from letters.assembly import explanation_facts
from rules.explanation.facts import ExplanationFacts
from rules.explanation.together import Part, together


def decisions_about(person: Person, user: User) -> "DecisionQuerySet[Decision]":
    """Those that this user may see, of which something was sent. Nothing shows that there are others."""
    on_it = DecisionPerson.objects.filter(person=person, decision=OuterRef("pk"))
    sent = Decision._meta.get_field("sendings").related_model.objects.filter(decision=OuterRef("pk"))  # type: ignore[union-attr]
    found: DecisionQuerySet[Decision] = Decision.objects.recorded().visible_to(user)
    return found.filter(Exists(on_it), Exists(sent)).with_parts()


def newest_first(decisions: Iterable[Decision]) -> list[Decision]:
    """By what was sent last. Of decisions read with their parts."""
    return sorted(decisions, key=last_sent, reverse=True)


def last_sent(decision: Decision) -> tuple[datetime, int]:
    return max(sending.sent_at for sending in decision.sendings.all()), decision.pk


def reader_on(decision: Decision, person: Person) -> DecisionPerson:
    return next(row for row in decision.people.all() if row.person_id == person.pk)


def parts_about(decisions: Sequence[Decision], person: Person, day: date) -> list[Part]:
    """These decisions as their reader may know them, in this order. Costs two queries for any number of them."""
    family = rows_where(Person, "family", [person.family_id])
    keys = {row.person_id for decision in decisions for row in decision.people.all()} | {row.pk for row in family}
    details = contact_details_of(sorted(keys))
    parts = [_part(decision, reader_on(decision, person), day, details, person.name) for decision in decisions]
    return together(parts, {str(row.pk): _named(row, details) for row in family})


def _part(decision: Decision, reader: DecisionPerson, day: date, details: Mapping[int, list[str]], name: str) -> Part:
    people = list(decision.people.all())
    ages = {str(row.pk): youngest_age(row, day) for row in people}
    explained = explanation_facts(decision, reader, day, details)
    return Part(
        name=f"Decision {decision.reference}",
        explained=_called_now(explained, name),
        who={str(row.pk): str(row.person_id) for row in people},
        ages={ref: age for ref, age in ages.items() if age is not None},
    )


def _called_now(explained: ExplanationFacts, name: str) -> ExplanationFacts:
    """The letter is to its reader by the name they have now; what they were called then names nobody else."""
    ref = explained.reader
    then = (explained.names[ref], *explained.words_of.get(ref, ()))
    names, words = {**explained.names, ref: name}, {**explained.words_of, ref: then}
    return replace(explained, names=names, words_of=words)


def _named(row: Person, details: Mapping[int, list[str]]) -> dict[str, tuple[str, ...]]:
    """As they are called now, also where no decision says so."""
    also = map(str.strip, row.known_as.split(","))
    return {row.name: tuple(filter(None, (*also, row.nhs_number, row.upn, row.system_number, *details[row.pk])))}
