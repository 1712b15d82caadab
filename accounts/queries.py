"""What may be seen: people, teams and addresses of one's own organisation, and of no other."""

from django.db.models import QuerySet

from accounts.models import DutyNumber, Membership, Organisation, Recipient, Team, User


def people_visible_to(user: User) -> QuerySet[User]:
    """Everybody of the organisation, deactivated ones too: what they did stays theirs."""
    return _own(User, user)


def teams_visible_to(user: User) -> QuerySet[Team]:
    """Every team of the organisation, closed ones too."""
    return _own(Team, user)


def open_teams_visible_to(user: User) -> QuerySet[Team]:
    return teams_visible_to(user).filter(closed=False)


def memberships_visible_to(user: User) -> QuerySet[Membership]:
    return _own(Membership, user)


def recipients_visible_to(user: User) -> QuerySet[Recipient]:
    """The whole address book, retired entries too."""
    return _own(Recipient, user)


def current_recipients_visible_to(user: User) -> QuerySet[Recipient]:
    """Those that can be chosen for something new."""
    return recipients_visible_to(user).filter(retired=False)


def duty_numbers_visible_to(user: User) -> QuerySet[DutyNumber]:
    return _own(DutyNumber, user)


def organisation_of(user: User) -> Organisation:
    """Read fresh: the row on the user may be older than the page."""
    found: Organisation = Organisation.objects.get(pk=user.organisation_id)
    return found


def _own(model: type, user: User) -> QuerySet:  # type: ignore[type-arg]  # narrowed by each caller's return type
    rows = model._default_manager if user.is_active else model._default_manager.none()  # type: ignore[attr-defined]
    return rows.filter(organisation_id=user.organisation_id)  # type: ignore[no-any-return]
