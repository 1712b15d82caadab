"""What may be seen: people, teams and addresses of one's own organisation, and of no other."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from accounts.models import DutyNumber, Membership, Organisation, Recipient, ReviewCover, SchoolHoliday, Team, User
from accounts.roles import Role


def people_visible_to(user: User) -> QuerySet[User]:
    """Everybody of the organisation, deactivated ones too: what they did stays theirs."""
    return _own(User, user)


def deciders_visible_to(user: User, team: int) -> QuerySet[User]:
    """Active people who hold a role in a team, and so may decide for it."""
    holding = Membership.objects.filter(team_id=team).values("user")
    return people_visible_to(user).filter(is_active=True, pk__in=holding).order_by("full_name", "pk")


def teams_visible_to(user: User) -> QuerySet[Team]:
    """Every team of the organisation, closed ones too."""
    return _own(Team, user)


def open_teams_visible_to(user: User) -> QuerySet[Team]:
    return teams_visible_to(user).filter(closed=False)


def memberships_visible_to(user: User) -> QuerySet[Membership]:
    return _own(Membership, user)


def covers_visible_to(user: User) -> QuerySet[ReviewCover]:
    """Who covers whose reviews, past ones too."""
    return _own(ReviewCover, user)


def supervisors_visible_to(user: User) -> QuerySet[User]:
    """Active people of the organisation who supervise some team: those who can cover another."""
    supervising = Membership.objects.filter(role=Role.SUPERVISOR).values("user")
    return people_visible_to(user).filter(is_active=True, pk__in=supervising)


def reviewers_of(teams: Iterable[int], day: date) -> dict[int, list[User]]:
    """By team, the active people who may review for it that day and are there: its supervisors, and who covers.

    Somebody for whom another covers is away; they may still review, but nothing waits for them. Three queries at most.
    """
    wanted = set(teams)
    found: dict[int, dict[int, User]] = {team: {} for team in wanted}
    supervising = Membership.objects.filter(role=Role.SUPERVISOR)
    for held in supervising.filter(team__in=wanted, user__is_active=True).select_related("user"):
        found[held.team_id][held.user_id] = held.user
    covers = list(ReviewCover.objects.on(day).filter(team__in=wanted).select_related("user"))
    elsewhere = supervising.filter(user__in=[one.user_id for one in covers], user__is_active=True)
    counting = set(elsewhere.values_list("user", flat=True))
    for one in covers:
        if one.user_id in counting:
            found[one.team_id][one.user_id] = one.user
    for one in covers:
        found[one.team_id].pop(one.instead_of_id or 0, None)
    return {team: sorted(people.values(), key=lambda user: (user.full_name, user.pk)) for team, people in found.items()}


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


def school_holidays_visible_to(user: User) -> QuerySet[SchoolHoliday]:
    return _own(SchoolHoliday, user)


def closed_days(holidays: Iterable[SchoolHoliday]) -> frozenset[date]:
    """Every day of them."""
    return frozenset(
        one.first_day + timedelta(days=number)
        for one in holidays
        for number in range((one.last_day - one.first_day).days + 1)
    )
