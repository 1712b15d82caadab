"""Who is told, at once, that somebody may open more than before: on their home page and by email (ADR 0041)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.access_mail import send_notices
from accounts.models import AccessNotice, Inspection, ReviewCover, RoleAgreement, Team, User
from accounts.roles import Role
from audit import ledger

Change = AccessNotice.Change


def tell_of_team(
    about: User, team: Team, change: AccessNotice.Change, *, role: str, by: User | None, at: datetime
) -> None:
    """The team's supervisors; where it has no other, whoever else could ask what it is for."""
    readers = _supervisors(about, by).filter(supervising(team, at))
    _tell(_first(readers, *_everybody(about, by)), about, change, role=role, team=team, by=by, at=at)


def tell_of_teams(about: User, change: AccessNotice.Change, *, by: User | None, at: datetime) -> None:
    """The supervisors of each team that they have a role in."""
    for held in about.memberships.select_related("team").order_by("pk"):
        tell_of_team(about, held.team, change, role=held.role, by=by, at=at)


def tell_of_office(about: User, change: AccessNotice.Change, *, role: str, by: User | None, at: datetime) -> None:
    """The other administrators and officers, and where there is none, every supervisor of the organisation."""
    _tell(_first(*_everybody(about, by)), about, change, role=role, by=by, at=at)


def tell_supervisors(about: User, change: AccessNotice.Change, *, role: str, by: User | None, at: datetime) -> None:
    """Notify every supervisor of a role that one person gave alone, because it reaches what all teams wrote."""
    _tell(_supervisors(about, by), about, change, role=role, by=by, at=at)


def tell_of_link(about: User, *, by: User | None, at: datetime) -> None:
    """Whoever has the link comes in as them. So they are told too, should they not have asked for it."""
    tell_of_teams(about, Change.LINK, by=by, at=at)
    if about.organisation_role or about.is_inspector:
        tell_of_office(about, Change.LINK, role=about.organisation_role, by=by, at=at)
    if by is None or by.pk != about.pk:
        _tell([about], about, Change.LINK, by=by, at=at)


def tell_of_reset(about: User, *, by: User | None, at: datetime) -> None:
    """Whoever has their password sets up the next second factor. So they are told, and another officer."""
    tell_of_office(about, Change.FACTORS, role=about.organisation_role, by=by, at=at)
    _tell([about], about, Change.FACTORS, by=by, at=at)


def tell_of_copied_passkey(about: User, *, at: datetime) -> None:
    """Whoever has the copy may be who is refused, or who was let in. So another officer is told as well."""
    tell_of_office(about, Change.COPIED, role=about.organisation_role, by=None, at=at)
    _tell([about], about, Change.COPIED, by=None, at=at)


def tell_of_own_sign_in(about: User, *, at: datetime) -> None:
    """An email alone: if they changed it themselves, nothing waits on their home page."""
    _tell([about], about, Change.SIGN_IN, by=about, at=at, seen_at=at)


def tell_of_law(about: User, change: AccessNotice.Change, *, law: str, at: datetime) -> None:
    """What one officer says alone of a law: the other administrators and officers, or else every supervisor."""
    _tell(_first(*_everybody(about, about)), about, change, law=law, by=about, at=at)


def tell_to_agree(agreement: RoleAgreement, readers: Iterable[User], *, by: User, at: datetime) -> None:
    _tell(
        readers, agreement.user, Change.ASKED, role=agreement.organisation_role, agreement=agreement, by=by, at=at
    )  # fmt: skip


def tell_to_agree_to(inspection: Inspection, readers: Iterable[User], *, by: User, at: datetime) -> None:
    _tell(readers, inspection.user, Change.ASK_INSPECT, inspection=inspection, by=by, at=at)


def tell_of_inspection(inspection: Inspection, *, by: User, at: datetime) -> None:
    """The supervisors of each team that is inspected; where a team has no other, whoever could ask what it is for."""
    about = inspection.user
    if inspection.all_teams:
        _tell(_first(_supervisors(about, by), officers(about, by)), about, Change.INSPECTION, inspection=inspection,
              by=by, at=at)  # fmt: skip
        return
    for row in inspection.inspection_teams.select_related("team").order_by("pk"):
        readers = _first(_supervisors(about, by).filter(supervising(row.team, at)), *_everybody(about, by))
        _tell(readers, about, Change.INSPECTION, team=row.team, inspection=inspection, by=by, at=at)


def tell_of_emergency(about: User, readers: Iterable[User], *, at: datetime) -> None:
    """Those who were passed over: the app above that opens records in an emergency says who they are (ADR 0052)."""
    people = list(readers)
    for user in User.objects.select_for_update(no_key=True).filter(pk__in=[each.pk for each in people]).order_by("pk"):
        if not user.has_emergencies:
            user.has_emergencies = True
            user.save(update_fields=["has_emergencies"])
    _tell(people, about, Change.EMERGENCY, by=about, at=at)


def others_to_tell(about: User) -> list[User]:
    """Where nobody else is to be told: administrators and officers, or else every supervisor."""
    return _first(*_everybody(about, about))


def mark_notices_seen(*, by: User, at: datetime) -> None:
    """All that this user was told. What waits for their agreement goes when it is answered."""
    with ledger.recording(actor=by, at=at):
        person: User = User.objects.select_for_update(no_key=True).get(pk=by.pk)
        unseen = AccessNotice.objects.filter(reader=person, seen_at__isnull=True)
        _see(unseen.exclude(change__in=[Change.ASKED, Change.ASK_INSPECT]), at)
        _keep_flag(person, unseen.exists())


def settle_agreement(agreement: RoleAgreement, at: datetime) -> None:
    """Nobody is asked any more."""
    _settle(AccessNotice.objects.filter(agreement=agreement, seen_at__isnull=True), at)


def settle_inspection(inspection: Inspection, at: datetime) -> None:
    asked = AccessNotice.objects.filter(inspection=inspection, change=Change.ASK_INSPECT, seen_at__isnull=True)
    _settle(asked, at)


def _settle(asked: "QuerySet[AccessNotice]", at: datetime) -> None:
    readers = _see(asked, at)
    for person in User.objects.select_for_update(no_key=True).filter(pk__in=readers).order_by("pk"):
        _keep_flag(person, AccessNotice.objects.filter(reader=person, seen_at__isnull=True).exists())


def _see(unseen: "QuerySet[AccessNotice]", at: datetime) -> list[int]:
    """The keys of those who need not read it any more."""
    rows = list(unseen)
    for row in rows:
        row.seen_at = at
        row.save(update_fields=["seen_at"])
    return [row.reader_id for row in rows]


def officers(about: User, by: User | None) -> "QuerySet[User]":
    """The active administrators and officers beside these two."""
    return _active(about, by).exclude(organisation_role="")


def _everybody(about: User, by: User | None) -> tuple["QuerySet[User]", "QuerySet[User]"]:
    return officers(about, by), _supervisors(about, by)


def _active(about: User, by: User | None) -> "QuerySet[User]":
    rows: QuerySet[User] = User.objects.filter(organisation_id=about.organisation_id, is_active=True)
    return rows.exclude(pk__in=[about.pk, by.pk if by else about.pk]).order_by("pk")


def _supervisors(about: User, by: User | None) -> "QuerySet[User]":
    return _active(about, by).filter(memberships__role=Role.SUPERVISOR).distinct()


def supervising(team: Team, at: datetime) -> Q:
    """Supervisors of the team, and those who cover it today."""
    covering = ReviewCover.objects.on(timezone.localdate(at)).filter(team=team)
    own = User.objects.filter(memberships__team=team, memberships__role=Role.SUPERVISOR)
    return Q(pk__in=own.values("pk")) | Q(pk__in=covering.values("user"))


def _first(*groups: "QuerySet[User]") -> list[User]:
    """The first of these in which there is anybody."""
    return next((found for found in map(list, groups) if found), [])


def _tell(
    readers: Iterable[User],
    about: User,
    change: AccessNotice.Change,
    *,
    by: User | None,
    at: datetime,
    role: str = "",
    law: str = "",
    team: Team | None = None,
    agreement: RoleAgreement | None = None,
    inspection: Inspection | None = None,
    seen_at: datetime | None = None,
) -> None:
    rows = [
        AccessNotice(
            organisation_id=about.organisation_id, reader=user, about=about, change=change, role=role, law=law,
            team=team, agreement=agreement, inspection=inspection, made_by=by, made_at=at, seen_at=seen_at,
        )
        for user in readers
    ]  # fmt: skip
    if not rows:
        return
    for row in rows:
        row.save()
    waiting = [row.reader_id for row in rows if row.seen_at is None]
    for user in User.objects.select_for_update(no_key=True).filter(pk__in=waiting).order_by("pk") if waiting else ():
        _keep_flag(user, waits=True)
    if not any(item[1] is send_notices for item in connection.run_on_commit):
        transaction.on_commit(send_notices, robust=True)


def _keep_flag(user: User, waits: bool) -> None:  # noqa: FBT001  # a value that is kept, no switch
    if user.has_access_notices != waits:
        user.has_access_notices = waits
        user.save(update_fields=["has_access_notices"])


def tell_named(readers: Iterable[User], about: User, change: AccessNotice.Change, *, by: User, at: datetime) -> None:
    """Whoever is named to read a restricted record, that somebody is named or removed. Not which record it is."""
    _tell([reader for reader in readers if reader.pk != by.pk], about, change, by=by, at=at)
