"""What users may see: users, teams and recipients of their own organisation only."""

from collections.abc import Iterable
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from accounts.models import (
    AccessNotice,
    DutyNumber,
    Inspection,
    Membership,
    Organisation,
    Recipient,
    ReviewCover,
    RoleAgreement,
    SchoolHoliday,
    SignOn,
    Team,
    User,
)
from accounts.roles import Permission, Role
from audit.statements import rows_where


def people_visible_to(user: User) -> QuerySet[User]:
    """Every user of the organisation, deactivated ones too: their records stay theirs."""
    return _own(User, user)


def deciders_visible_to(user: User, team: int) -> QuerySet[User]:
    """Active users with a role in the team, who may decide for it."""
    holding = Membership.objects.filter(team_id=team).values("user")
    return people_visible_to(user).filter(is_active=True, pk__in=holding).order_by("full_name", "pk")


def teams_visible_to(user: User) -> QuerySet[Team]:
    """Every team of the organisation, closed ones too."""
    return _own(Team, user)


def open_teams_visible_to(user: User) -> QuerySet[Team]:
    return teams_visible_to(user).filter(closed=False)


def memberships_visible_to(user: User) -> QuerySet[Membership]:
    return _own(Membership, user)


def sign_ons_visible_to(user: User) -> QuerySet[SignOn]:
    """With which services people of the organisation sign on: for those who look after people."""
    rows = _own(SignOn, user)
    return rows if user.has(Permission.MANAGE_PEOPLE) else rows.none()


def covers_visible_to(user: User) -> QuerySet[ReviewCover]:
    """Review cover of the organisation, including past cover."""
    return _own(ReviewCover, user)


def access_notices_visible_to(user: User) -> QuerySet[AccessNotice]:
    """What this user was told about access to case records; nobody reads what others were told."""
    return _own(AccessNotice, user).filter(reader=user)


def factors_visible_to(user: User) -> QuerySet[Authenticator]:
    """What this user signs in with, beside the password; nobody sees what others have."""
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user=user).select_related("user").order_by("pk")
    return rows


def role_agreements_visible_to(user: User) -> QuerySet[RoleAgreement]:
    """Roles in the organisation that wait for a second person, and those that were answered."""
    rows = _own(RoleAgreement, user)
    return rows if user.has(Permission.MANAGE_PEOPLE) else rows.none()


def inspections_visible_to(user: User) -> QuerySet[Inspection]:
    """Who inspects the organisation, or did, and who waits for a second person to agree to it."""
    rows = _own(Inspection, user)
    return rows if user.has(Permission.MANAGE_PEOPLE) else rows.none()


def supervisors_visible_to(user: User) -> QuerySet[User]:
    """Active users of the organisation who supervise a team, and so can cover another."""
    supervising = Membership.objects.filter(role=Role.SUPERVISOR).values("user")
    return people_visible_to(user).filter(is_active=True, pk__in=supervising)


def reviewers_of(teams: Iterable[int], day: date) -> dict[int, list[User]]:
    """By team, the active users who are expected to review for it that day: its supervisors and those who cover.

    A supervisor for whom somebody covers is away. They may still review, but nothing waits for them. Two queries,
    three where somebody covers.
    """
    team_ids = set(teams)
    if not team_ids:
        return {}
    supervising = _supervising("team", team_ids)
    places = {(row.team_id, row.user_id) for row in supervising}
    since = rows_where(ReviewCover, "team", team_ids, not_before=("ends_on", day))
    covers = [cover for cover in since if cover.counts_on(day)]
    elsewhere = _supervising("user", {cover.user_id for cover in covers})
    known = {row.user_id: row.user for row in (*supervising, *elsewhere)}
    places |= {(cover.team_id, cover.user_id) for cover in covers if cover.user_id in known}
    places -= {(cover.team_id, cover.instead_of_id) for cover in covers}
    users = sorted(known.values(), key=lambda user: (user.full_name, user.pk))
    return {team: [user for user in users if user.is_active and (team, user.pk) in places] for team in team_ids}


def _supervising(column: str, keys: Iterable[int]) -> list[Membership]:
    """With the users themselves."""
    rows = rows_where(Membership, column, keys, related=("user",))
    return [row for row in rows if row.role == Role.SUPERVISOR]


def recipients_visible_to(user: User) -> QuerySet[Recipient]:
    """The whole address book, retired entries too."""
    return _own(Recipient, user)


def current_recipients_visible_to(user: User) -> QuerySet[Recipient]:
    """Recipients that can be chosen for a new decision."""
    return recipients_visible_to(user).filter(retired=False)


def duty_numbers_visible_to(user: User) -> QuerySet[DutyNumber]:
    return _own(DutyNumber, user)


def organisation_of(user: User) -> Organisation:
    """Read again, because the row on the user may be stale."""
    found: Organisation = Organisation.objects.get(pk=user.organisation_id)
    return found


def is_organisation_named(name: str) -> bool:
    """Whether an organisation has this name, however it is written in capitals. For the command line alone."""
    return Organisation.objects.filter(name__iexact=name.strip()).exists()


def _own(model: type, user: User) -> QuerySet:  # type: ignore[type-arg]  # narrowed by each caller's return type
    rows = model._default_manager if user.is_active else model._default_manager.none()  # type: ignore[attr-defined]
    return rows.filter(organisation_id=user.organisation_id)  # type: ignore[no-any-return]


def school_holidays_visible_to(user: User) -> QuerySet[SchoolHoliday]:
    return _own(SchoolHoliday, user)


def closed_days(holidays: Iterable[SchoolHoliday]) -> frozenset[date]:
    """Every day of the holidays."""
    return frozenset(
        holiday.first_day + timedelta(days=number)
        for holiday in holidays
        for number in range((holiday.last_day - holiday.first_day).days + 1)
    )


def public_ids() -> dict[int, str]:
    """What each organisation is called outside, by its key."""
    return {pk: str(public_id) for pk, public_id in Organisation.objects.values_list("pk", "public_id")}
