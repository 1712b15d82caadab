from datetime import date, datetime

from accounts.actions.acting import acting, lock
from accounts.models import Recipient, User
from accounts.roles import Permission
from rules.organisations import RecipientKind


def add_recipient(
    *,
    name: str,
    kind: str,
    route_kind: str,
    route: str,
    checked_on: date | None,
    in_scope_16la: bool = False,
    how_used: str = "",
    by: User,
    at: datetime,
) -> Recipient:
    with acting(by=by, permission=Permission.MANAGE_ORGANISATION, at=at) as actor:
        row = Recipient(organisation=actor.organisation, in_scope_16la=in_scope_16la, how_used=how_used.strip())
        return _keep(row, name=name, kind=kind, route_kind=route_kind, route=route, checked_on=checked_on)


def change_recipient(
    *,
    recipient: Recipient,
    name: str,
    kind: str,
    route_kind: str,
    route: str,
    checked_on: date | None,
    in_scope_16la: bool = False,
    how_used: str = "",
    by: User,
    at: datetime,
) -> Recipient:
    """Recorded decisions keep the name and the contact route they copied."""
    with acting(by=by, permission=Permission.MANAGE_ORGANISATION, at=at) as actor:
        row = lock(recipient, by=actor)
        row.in_scope_16la, row.how_used = in_scope_16la, how_used.strip()
        return _keep(row, name=name, kind=kind, route_kind=route_kind, route=route, checked_on=checked_on)


def retire_recipient(*, recipient: Recipient, by: User, at: datetime) -> Recipient:
    """Stop offering an entry for new decisions. It is never deleted, because old decisions refer to it."""
    return _set_retired(recipient, to=True, by=by, at=at)


def restore_recipient(*, recipient: Recipient, by: User, at: datetime) -> Recipient:
    """Puts a retired entry back on the list."""
    return _set_retired(recipient, to=False, by=by, at=at)


def _set_retired(recipient: Recipient, *, to: bool, by: User, at: datetime) -> Recipient:
    with acting(by=by, permission=Permission.MANAGE_ORGANISATION, at=at) as actor:
        row = lock(recipient, by=actor)
        row.retired = to
        row.save()
        return row


def _keep(row: Recipient, *, name: str, kind: str, route_kind: str, route: str, checked_on: date | None) -> Recipient:
    row.name, row.route, row.checked_on = name.strip(), route.strip(), checked_on
    row.kind, row.route_kind = RecipientKind(kind), Recipient.RouteKind(route_kind)
    row.save()
    return row
