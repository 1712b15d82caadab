"""Who may restrict a record to named people, who looks after it, and whom it can be restricted to: ADR 51."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from accounts.models import Membership, User
from accounts.roles import Permission, Role
from decisions.models import Decision, NamedReader, Restriction
from families.models import DeclaredConflict, Family

Record = Family | Decision


def restrictions_visible_to(user: User) -> QuerySet[Restriction]:
    """Those that stand, for whom they name, and for data protection officers, who know that they are there.

    None of what they have a conflict with.
    """
    rows: QuerySet[Restriction] = Restriction.objects.standing().filter(organisation_id=user.organisation_id)
    rows = rows.exclude(family__in=user.shut_families).exclude(decision__in=user.shut_decisions)
    if not user.is_active:
        return rows.none()
    return rows if user.is_officer else rows.filter(pk__in=_named(user).values("restriction"))


def looked_after_by(user: User) -> QuerySet[Restriction]:
    """Where they name readers and remove them: as one of its keepers, or as data protection officer."""
    rows = restrictions_visible_to(user)
    return rows if user.is_officer else rows.filter(pk__in=_named(user).filter(keeper=True).values("restriction"))


def readers_of(restriction: Restriction) -> QuerySet[NamedReader]:
    """Named now, with the people."""
    rows: QuerySet[NamedReader] = NamedReader.objects.filter(restriction=restriction, removed=None)
    return rows.select_related("user").order_by("user__full_name", "pk")


def _named(user: User) -> QuerySet[NamedReader]:
    rows: QuerySet[NamedReader] = NamedReader.objects.filter(user=user, removed=None)
    return rows


def restrictable_by(user: User, reference: str) -> Record | None:
    """The family or decision with this reference, if this person may restrict it.

    A supervisor of its team; an officer; and the author of a draft. Not what is closed to them.
    """
    own = {"organisation_id": user.organisation_id, "reference": reference.strip().upper()}
    family: Family | None = Family.objects.filter(**own).first()
    decision: Decision | None = Decision.objects.filter(**own).exclude(state=Decision.State.DISPOSED).first()
    if family and family.pk not in user.shut_families and _supervises(user, _teams_of(family)):
        return family
    if decision is None or decision.pk in user.shut_decisions:
        return None
    is_own_draft = decision.is_draft and decision.author_id == user.pk and user.has(Permission.RECORD_DECISIONS)
    return decision if is_own_draft or _supervises(user, {decision.team_id}) else None


def _supervises(user: User, teams: Collection[int]) -> bool:
    supervised = user.team_ids(Role.SUPERVISOR) if user.has(Permission.REVIEW_DECISIONS) else frozenset()
    return user.is_officer or any(team in supervised for team in teams)


def _teams_of(record: Record) -> set[int]:
    if isinstance(record, Decision):
        return {record.team_id}
    return set(record.family_teams.values_list("team", flat=True))


def may_be_named(record: Record, concerned: User | None = None) -> QuerySet[User]:
    """Active people with a role in a team of the record, without whom it is about and who has a conflict with it."""
    holding = Membership.objects.filter(team__in=_teams_of(record)).values("user")
    rows: QuerySet[User] = User.objects.filter(organisation_id=record.organisation_id, is_active=True, pk__in=holding)
    rows = rows.exclude(pk__in=_with_conflict(record).values("user"))
    if concerned is not None:
        rows = rows.exclude(pk=concerned.pk)
    return rows.order_by("full_name", "pk")


def _with_conflict(record: Record) -> QuerySet[DeclaredConflict]:
    standing: QuerySet[DeclaredConflict] = DeclaredConflict.objects.standing()
    if isinstance(record, Family):
        return standing.filter(family=record)
    about = Q(family__decision_families__decision=record) | Q(family__people__on_decisions__decision=record)
    return standing.filter(about)


def may_review_it(record: Record, readers: Collection[User]) -> bool:
    """Whether any of these supervises the record's team, and did not write it themselves."""
    author = record.author_id if isinstance(record, Decision) else None
    teams = _teams_of(record)
    return any(
        reader.is_active
        and reader.pk != author
        and reader.has(Permission.REVIEW_DECISIONS)
        and bool(reader.team_ids(Role.SUPERVISOR) & teams)
        for reader in readers
    )
