"""One decision of the demonstration's stories, filled in or recorded, for tests that look at it from many sides."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any, TypeVar

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from accounts.actions import change_organisation
from accounts.models import User
from audit import ledger
from audit.statements import models_with, rows_where
from decisions.database.recording_checks import POSTGRES, SQLITE, Dialect
from decisions.database.triggers import PARTS
from decisions.models import (
    ConsentCovers,
    ConsentEvent,
    Decision,
    DecisionPerson,
    DecisionRecipient,
    DraftPage,
    InformingEvent,
    Sending,
)
from decisions.models.decision import new_decision_reference
from decisions.presenters.record import sections
from drafting import actions
from families.actions import add_disclosure
from families.details import DisclosureDetails
from families.models import Disclosure, Family
from safeguarding.demo import stories
from safeguarding.demo.filling import Story, fill_story
from tests.built_once import built_once
from tests.cast import Cast, Company, make_cast
from tests.drafting.households import address_book, household

Row = TypeVar("Row", bound=models.Model)
# In this order what is pointed at comes first.
COPIED_WITH_IT: tuple[type[models.Model], ...] = (*PARTS, Sending, DraftPage)
CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)


@dataclass(frozen=True)
class Case:
    cast: Cast
    family: Family
    disclosure: Disclosure
    decision: Decision
    at: datetime

    def again(self) -> Decision:
        """The decision as the database has it now, with its parts."""
        found: Decision = Decision.objects.with_parts().get(pk=self.decision.pk)
        return found


def plain(model: type[Row]) -> "models.QuerySet[Row]":
    """A queryset that refuses nothing by itself: only the database stands in the way."""
    return models.QuerySet(model)


def columns(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def copy(row: Any, **changed: Any) -> Any:
    """The same row again, under keys of its own."""
    values = {field.attname: getattr(row, field.attname) for field in columns(type(row))}
    fresh = {field.attname: uuid.uuid4() for field in columns(type(row)) if isinstance(field, models.UUIDField)}
    return type(row)(**{**values, **fresh, **changed})


def twin_of(decision: Decision, *, later: timedelta = timedelta(0)) -> Decision:
    """A draft with the same answers, its times moved, written past the actions and past the ledger."""
    row = Decision.objects.get(pk=decision.pk)
    draft = {"state": "draft", "recorded_at": None, "reference": new_decision_reference()}
    twin = plain(Decision).bulk_create([copy(row, **{**_times(row, later), **draft})])[0]
    made: dict[tuple[Any, int], int] = {}
    having = set(models_with(COPIED_WITH_IT, "decision_id", decision.pk))
    for model in (each for each in COPIED_WITH_IT if each in having):
        rows = sorted(rows_where(model, "decision_id", [decision.pk]), key=lambda row: row.pk)
        parts = [copy(row, **_times(row, later), decision_id=twin.pk) for row in rows]
        pointers = [field for field in columns(model) if field.related_model in COPIED_WITH_IT]
        for part, field in product(parts, pointers):
            if (key := getattr(part, field.attname)) is not None:
                setattr(part, field.attname, made[field.related_model, key])
        for original, part in zip(rows, plain(model).bulk_create(parts), strict=True):
            made[model, original.pk] = part.pk
    return twin


def recorded_twin(
    decision: Decision, *, at: datetime, by: User | None = None, sent: bool = True, **changed: Any
) -> Decision:
    """The same decision recorded at another time, perhaps by somebody else, past the actions and past the ledger."""
    recorded_at = Decision.objects.values_list("recorded_at", flat=True).get(pk=decision.pk)
    author, later = by or User.objects.get(pk=decision.author_id), at - (recorded_at or at)
    twin = twin_of(decision, later=later)
    own = {"author": author, "author_name": author.full_name, "author_job": author.job_title}
    if not sent:
        plain(Sending).filter(decision=twin)._raw_delete("default")
    plain(Decision).filter(pk=twin.pk).update(state=Decision.State.RECORDED, recorded_at=at, **own, **changed)
    people = {person.person_id: person.pk for person in twin.people.all()}
    for model in (ConsentEvent, InformingEvent):
        events: models.QuerySet[Any] = plain(model)
        for event in events.filter(decision=decision).select_related("person").order_by("pk"):
            own = {"decision_id": twin.pk, "person_id": people[event.person.person_id], "written_by_id": author.pk}
            events.bulk_create([copy(event, **_times(event, later), **own)])
    return Decision.objects.recorded().get(pk=twin.pk)


def _times(row: Any, later: timedelta) -> dict[str, Any]:
    names = [field.attname for field in columns(type(row)) if isinstance(field, models.DateTimeField)]
    return {name: getattr(row, name) + later for name in names if getattr(row, name)}


def dialect() -> Dialect:
    return POSTGRES if connection.vendor == "postgresql" else SQLITE


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def shown(decision: Decision) -> str:
    """Everything the record's page says, a line each."""
    return "\n".join(
        line
        for section in sections(decision)
        for row in section.rows
        for line in (f"[{section.key}] {row.key}", *row.lines)
    )


@contextmanager
def refused(message: str) -> Iterator[None]:
    """The database says no, with this message, and nothing is left of the attempt."""
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        yield


def bruise_story(at: datetime, **concern: Any) -> Story:
    """S01, with one thing that must not reach the partner, so that every kind of part is there."""
    story = stories.refused_and_shared(at)
    story["information"]["item"][0]["not_disclosed_to"] = [PARTNER]
    if concern:
        story["concern"] = concern
    return story


def started(company: Company, at: datetime, *, entry_route: str = "DECIDING", family: Family | None = None) -> Decision:
    """A blank draft about a family of the practitioner's."""
    by = company.practitioner
    family = family or household(stories.BRUISE_PEOPLE, team=company.team, by=by, at=at)
    return actions.start(entry_route=entry_route, team=company.team, family=family, by=by, at=at)


@built_once
def complete_case() -> Case:
    """S01 filled in through the pages as far as the check page, resting on a disclosure already written down."""
    at, cast = timezone.now(), make_cast()
    by = cast.practitioner
    address_book(stories.SOCIAL_CARE, by=cast.administrator, at=at)
    change_organisation(
        name=cast.organisation.name, kind="PUB", sector="la", in_scope_16la=True, policy_document_on=at.date(),
        policy_document_link="https://policy.north.test/appropriate", by=cast.administrator, at=at,
    )  # fmt: skip
    family = household(stories.BRUISE_PEOPLE, team=cast.team, by=by, at=at)
    details = DisclosureDetails(
        said_by="Tomos", said_to="Class teacher", received_at=at - timedelta(hours=2), happened="At registration",
        facts="Bruise to the left cheek. Second in three weeks.", opinion="It does not fit a fall.",
        child_words="He got cross and hit me.", level="s47",
    )  # fmt: skip
    disclosure = add_disclosure(family=family, details=details, by=by, at=at)
    draft = started(cast, at, family=family)
    story = bruise_story(at, source=str(disclosure.public_id), level="s47", known_risk="The partner is violent.")
    fill_story(decision=draft, story=story, by=by, at=at)
    _with_a_yes(draft, by, at)
    return Case(cast, family, disclosure, draft, at)


def _with_a_yes(draft: Decision, by: User, at: datetime) -> None:
    """Nobody in S01 says yes: whose information a yes covers is put there, so that no kind of part is missing."""
    common = {"organisation": draft.organisation, "decision": draft}
    people = {person.name: person for person in draft.people.all()}
    with ledger.recording(actor=by, at=at):
        ConsentCovers(**common, giver=people[MOTHER], person=people[CHILD]).save()


def not_shared_after_all(case: Case) -> None:
    """Nothing had been sent after all: the author changes their mind, and fills in what the other route asks."""
    with ledger.recording(actor=case.cast.practitioner, at=case.at):
        for sending in case.decision.sendings.all():
            sending.delete()
    away: Story = {
        "outcome": {"outcome": "NOT_SHARED"},
        "legal_basis": {"no_basis": "basis_but_not", "no_basis_reason": "She is safe with her aunt tonight.",
                  "risk_if_shared": "She would lose the little trust there is.", "risk_if_not": "A day is lost."},
        "sending": {"instead": "A teacher stays with him.", "look_again_on": case.at.date() + timedelta(days=1)},
    }  # fmt: skip
    fill_story(decision=case.decision, story=away, by=case.cast.practitioner, at=case.at)


@built_once
def recorded_case() -> Case:
    case = complete_case()
    actions.record(decision=case.decision, by=case.cast.practitioner, at=case.at)
    return case


def begun_elsewhere(cast: Cast, at: datetime) -> Decision:
    """A draft in the other organisation with a person, a recipient and a sending, for something to hang on."""
    draft = started(cast.stranger, at)
    common = {"organisation": draft.organisation, "decision": draft}
    mother = draft.decision_families.get().family.people.get(name=MOTHER)
    plain(DecisionPerson).bulk_create([DecisionPerson(**common, person=mother, name=MOTHER)])
    [recipient] = plain(DecisionRecipient).bulk_create([DecisionRecipient(**common, name="Their hospital")])
    written = {"written_at": at, "written_by": cast.stranger.practitioner, "written_by_name": "Gwen Tollard"}
    sending = Sending(**common, **written, recipient=recipient, sent_at=at, how="By post")
    plain(Sending).bulk_create([sending])
    return draft


def complete_elsewhere(cast: Cast, at: datetime) -> Decision:
    """The same story in the other organisation, which is not a public body."""
    there = cast.stranger
    address_book(stories.SOCIAL_CARE, by=there.administrator, at=at)
    draft = started(there, at)
    story = stories.refused_and_shared(at, public=False)
    fill_story(decision=draft, story=story, by=there.practitioner, at=at)
    return draft
