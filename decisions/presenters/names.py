"""Names since: whoever is named on a record is named as they were then. What they are called now is told beside it."""

from collections.abc import Iterable, Iterator, Mapping

from accounts.models import Recipient, User
from accounts.namesakes import colleague_names, is_renamed
from audit.statements import rows_where
from decisions.models import Decision
from decisions.models.events import DecisionEvent
from families.models import EarlierWording, Person
from families.wording import Subject
from ui.moments import moment

Named = tuple[int, str]


def names_since(decision: Decision, reader: User) -> list[str]:
    """A line for each person, user or recipient who is called something else now, with the day of a correction.

    A person's name is in the family's record, so it is told to those who may see that. Of a decision read with its
    parts and its reviews.
    """
    return [*people_since(decision, reader), *users_since(_users(decision)), *recipients_since(decision)]


def people_since(decision: Decision, reader: User) -> list[str]:
    people = [(row.person_id, row.name) for row in decision.people.all()]
    now = _of_people(people, reader)
    days = _corrected(now)
    return [
        f"{then} is now called {now[key]} in the family's record{days[key]}." for key, then in _changed(people, now)
    ]


def recipients_since(decision: Decision) -> list[str]:
    then = [(row.recipient_id, row.name) for row in decision.recipients.all() if row.recipient_id]
    now = {row.pk: row.name for row in rows_where(Recipient, "pk", {key for key, _ in then})}
    return [f"{name} is now called {now[key]}." for key, name in _changed(then, now)]


def _users(decision: Decision) -> Iterator[Named]:
    """Authors, reviewers and everybody who added something, by the names that the record has."""
    yield decision.author_id, decision.author_name
    if decision.passed_to_id:
        yield decision.passed_to_id, decision.passed_to_name
    if decision.urgent:
        yield decision.urgent.author_id, decision.urgent.author_name
    for relation in (
        decision.sendings, decision.consent_events, decision.informing_events, decision.receipts, decision.responses,
        decision.additions, decision.not_sent,
    ):  # fmt: skip
        yield from ((row.written_by_id, row.written_by_name) for row in relation.all())
    for wrong in decision.wrong_information.all():
        yield from ((row.written_by_id, row.written_by_name) for row in (wrong, *wrong.corrections.all()))
    for complaint in decision.complaints.all():
        rows = (complaint, *complaint.acknowledgements.all(), *complaint.answers.all())
        yield from ((row.written_by_id, row.written_by_name) for row in rows)
    yield from ((row.written_by_id, row.written_by_name) for row in _contact(decision))
    yield from _reviewers(decision)


def _reviewers(decision: Decision) -> Iterator[Named]:
    """Reverse relations from reviews: reviewers, and the author's replies and second look."""
    for review in decision.reviews.all():
        yield review.reviewer_id, review.reviewer_name
        if reply := getattr(review, "reply", None):
            yield reply.author_id, reply.author_name
    if look := getattr(decision, "second_look", None):
        yield look.author_id, look.author_name


def _contact(decision: Decision) -> Iterator[DecisionEvent]:
    """Words read back, statements and planned contact, and what became of each."""
    for event in decision.consent_events.all():
        yield from event.read_back.all()
    for statement in decision.statements_to_recipients.all():
        yield from (statement, *statement.passed_on.all())
    for plan in decision.contact_plans.all():
        yield from (plan, *plan.outcomes.all())


def _of_people(then: Iterable[Named], reader: User) -> dict[int, str]:
    """What those with another name are called now. Who may see it is asked only where there is something to see."""
    now = {row.pk: row.name for row in rows_where(Person, "pk", {key for key, _ in then})}
    changed = [key for key, _ in _changed(then, now)]
    if not changed:
        return {}
    return {row.pk: now[row.pk] for row in Person.objects.visible_to(reader).filter(pk__in=changed)}


def _changed(then: Iterable[Named], now: Mapping[int, str]) -> list[Named]:
    """Each once, however often they are named."""
    return [(key, name) for key, name in dict.fromkeys(then) if key in now and now[key] != name]


def users_since(then: Iterable[Named]) -> Iterator[str]:
    """The name of now has a difference where a colleague has it too, and one without is told apart the same way."""
    each = list(dict.fromkeys(then))
    now = {row.pk: row for row in rows_where(User, "pk", {key for key, _ in each})}
    labels = colleague_names(now.values())
    for key, name in each:
        if is_renamed(name, now[key].full_name):
            yield f"{name} is now called {labels[key]}."
        elif name == now[key].full_name != labels[key]:
            yield f"{name} is now listed as {labels[key]}: a colleague has the same name."


def _corrected(people: Iterable[int]) -> dict[int, str]:
    """When the name of each was last corrected, in words."""
    keys = list(people)
    if not keys:
        return {}
    found = EarlierWording.objects.filter(subject=Subject.PERSON, subject_id__in=keys, before__has_key="name")
    days = {row.subject_id: f", corrected on {moment(row.changed_at)}" for row in found.order_by("pk")}
    return dict.fromkeys(keys, "") | days
