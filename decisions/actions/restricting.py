"""Restricting a family or a decision to named people, changing who they are, and opening it again: ADR 51."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.actions.notices import tell_named
from accounts.models import AccessNotice, User
from accounts.roles import Permission, Role
from audit import ledger
from decisions.models import Decision, NamedReader, ReaderRemoved, Restriction, RestrictionLifted
from decisions.restricted_queries import looked_after_by, may_be_named, readers_of, restrictable_by
from families.models import Family

NOT_ONE = "Choose at least one person from the list"
NOT_OFFERED = "Choose people from the list: it has those whose role lets them read this record"
CONCERN = "A concern about somebody who works here"
ALREADY = "It is restricted already"
LAST = "Somebody must be able to read it. Name another person first"
Change = AccessNotice.Change


def restrict(
    *, reference: str, people: Collection[User], why: str, by: User, at: datetime, about_staff: bool = False,
    concerned: User | None = None,
) -> Restriction:  # fmt: skip
    """Only these people read the record from their next request, as far as their role goes. Each of them is told.

    Whoever restricts it looks after it, if they are named, and so does each supervisor who is. Raises Http404 for a
    record that they may not restrict.
    """
    with ledger.recording(actor=by, at=at):
        actor: User = User.objects.select_for_update(no_key=True).get(pk=by.pk)
        record = restrictable_by(actor, reference) if actor.is_active else None
        if record is None:
            raise Http404
        type(record).objects.select_for_update().get(pk=record.pk)
        if record.restrictions.filter(lifted=None).exists():
            raise ValidationError(ALREADY)
        row = Restriction(
            organisation_id=record.organisation_id, why=why, about_staff=about_staff, concerned=concerned,
            written_by=actor, written_at=at, **_of(record),
        )  # fmt: skip
        return _to(row, people)


def restrict_concern(
    *, family: Family, people: Collection[User], concerned: User | None, by: User, at: datetime
) -> None:
    """A concern about somebody who works here, to these people and its author.

    Called inside the action by which the author makes its record.
    """
    row = Restriction(
        organisation_id=family.organisation_id, why=CONCERN, about_staff=True, concerned=concerned, written_by=by,
        written_at=at, **_of(family),
    )  # fmt: skip
    _to(row, {*people, by})


def _of(record: Family | Decision) -> dict[str, Family | Decision]:
    return {"family" if isinstance(record, Family) else "decision": record}


def _to(row: Restriction, people: Collection[User]) -> Restriction:
    """Write it with whom it names, and tell them."""
    named = list(may_be_named(row.record, row.concerned).filter(pk__in=[person.pk for person in people]))
    if not named or len(named) != len({person.pk for person in people}):
        raise ValidationError(NOT_OFFERED if people else NOT_ONE)
    row.save()
    by, at = row.written_by, row.written_at
    for person in named:
        _name(row, person, keeper=person == by or _supervises(person), by=by, at=at)
    for person in named:
        tell_named([person], person, Change.RESTRICTED, by=by, at=at)
    return row


def _supervises(person: User) -> bool:
    return person.has(Permission.REVIEW_DECISIONS) and bool(person.team_ids(Role.SUPERVISOR))


def _name(row: Restriction, person: User, *, keeper: bool, by: User, at: datetime) -> NamedReader:
    reader = NamedReader(
        organisation_id=row.organisation_id, restriction=row, user=person, keeper=keeper, written_by=by, written_at=at
    )
    reader.save()
    return reader


def follow_restriction(*, previous: Decision, draft: Decision, by: User, at: datetime) -> None:
    """A draft that begins with the answers of a restricted decision is restricted to the same people.

    Called inside the action that makes the draft.
    """
    for row in previous.restrictions.filter(lifted=None):
        new = Restriction(
            organisation_id=row.organisation_id, decision=draft, why=row.why, about_staff=row.about_staff,
            concerned=row.concerned, written_by=by, written_at=at,
        )  # fmt: skip
        new.save()
        for reader in readers_of(row):
            _name(new, reader.user, keeper=reader.keeper, by=by, at=at)


def name_reader(*, restriction: Restriction, person: User, keeper: bool, by: User, at: datetime) -> NamedReader:
    """Somebody else may read it. Everybody named is told."""
    with ledger.recording(actor=by, at=at):
        actor, row = _kept(restriction, by)
        readers = list(readers_of(row))
        found = next((reader for reader in readers if reader.user_id == person.pk), None)
        if found:
            return found
        if not may_be_named(row.record, row.concerned).filter(pk=person.pk).exists():
            raise ValidationError(NOT_OFFERED)
        reader = _name(row, person, keeper=keeper, by=actor, at=at)
        tell_named([person, *(other.user for other in readers)], person, Change.RESTRICTED, by=actor, at=at)
        return reader


def remove_reader(*, reader: NamedReader, why: str, by: User, at: datetime) -> ReaderRemoved:
    """They find nothing of it from their next request. They and everybody named are told."""
    with ledger.recording(actor=by, at=at):
        actor, row = _kept(reader.restriction, by)
        readers = list(readers_of(row))
        if reader.pk not in {other.pk for other in readers}:
            raise Http404
        if len(readers) == 1:
            raise ValidationError(LAST)
        removed = ReaderRemoved(
            organisation_id=row.organisation_id, reader=reader, why=why, written_by=actor, written_at=at
        )
        removed.save()
        tell_named([other.user for other in readers], reader.user, Change.UNNAMED, by=actor, at=at)
        return removed


def lift_restriction(*, restriction: Restriction, why: str, by: User, at: datetime) -> RestrictionLifted:
    """Open it to everybody whose role goes so far. Never to whom it is about."""
    with ledger.recording(actor=by, at=at):
        actor, row = _kept(restriction, by)
        lifted = RestrictionLifted(
            organisation_id=row.organisation_id, restriction=row, why=why, written_by=actor, written_at=at
        )
        lifted.save()
        tell_named([reader.user for reader in readers_of(row)], actor, Change.LIFTED, by=actor, at=at)
        return lifted


def _kept(restriction: Restriction, by: User) -> tuple[User, Restriction]:
    """Http404 unless it stands and they look after it. Locked, so that the last reader is not removed twice."""
    actor: User = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    row = looked_after_by(actor).select_for_update(of=("self",)).filter(pk=restriction.pk).first()
    if row is None:
        raise Http404
    return actor, row
