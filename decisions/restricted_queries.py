"""Who may restrict a record to named people, who looks after it, and whom it can be restricted to: ADR 51."""

from collections.abc import Collection
from functools import reduce
from operator import and_

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Membership, User
from accounts.roles import Permission, Role
from decisions.models import Decision, DecisionFamily, NamedReader, Restriction
from families.models import DeclaredConflict, Family, FamilyTeam

Record = Family | Decision
FEWEST = 2


def restrictions_visible_to(user: User) -> QuerySet[Restriction]:
    """Those that stand, for whom they name, and for data protection officers, who know that they are there.

    None of what they have a conflict with.
    """
    rows: QuerySet[Restriction] = Restriction.objects.standing().filter(organisation_id=user.organisation_id)
    rows = rows.exclude(family__in=user.families_closed_on_duty).exclude(decision__in=user.decisions_closed_on_duty)
    if not user.is_active:
        return rows.none()
    return rows if user.is_officer else rows.filter(pk__in=_named(user).values("restriction"))


def looked_after_by(user: User) -> QuerySet[Restriction]:
    """Where they name readers and remove them: as one of its keepers, or as data protection officer."""
    rows = restrictions_visible_to(user)
    return rows if user.is_officer else rows.filter(pk__in=_named(user).filter(keeper=True).values("restriction"))


def restriction_of(record: Record, user: User) -> Restriction | None:
    """What restricts it now, for who is named. Asks nothing where nothing was ever restricted."""
    if not user.has_restricted:
        return None
    found: Restriction | None = record.restrictions.filter(lifted=None).first()
    return found


def readers_of(restriction: Restriction) -> QuerySet[NamedReader]:
    """Named now, with the people."""
    rows: QuerySet[NamedReader] = NamedReader.objects.filter(restriction=restriction, removed=None)
    return rows.select_related("user").order_by("user__full_name", "pk")


def _named(user: User) -> QuerySet[NamedReader]:
    rows: QuerySet[NamedReader] = NamedReader.objects.filter(user=user, removed=None)
    return rows


def restrictable_by(user: User, reference: str) -> Record | None:
    """The family or decision with this reference, if this person may restrict it.

    A supervisor of its team, or an officer. Not what is closed to them.
    """
    if not user.has(Permission.RESTRICT_RECORDS):
        return None
    own = {"organisation_id": user.organisation_id, "reference": reference.strip().upper()}
    family: Family | None = Family.objects.filter(**own).first()
    decision: Decision | None = Decision.objects.filter(**own).exclude(state=Decision.State.DISPOSED).first()
    if family and family.pk not in user.families_closed_on_duty and _supervises(user, _teams_of(family)):
        return family
    if decision is None or decision.pk in user.decisions_closed_on_duty:
        return None
    return decision if _supervises(user, {decision.team_id}) else None


def _supervises(user: User, teams: Collection[int]) -> bool:
    return user.is_officer or any(team in user.team_ids(Role.SUPERVISOR) for team in teams)


def _teams_of(record: Record) -> set[int]:
    if isinstance(record, Decision):
        return {record.team_id}
    return set(record.family_teams.values_list("team", flat=True))


def may_be_named(record: Record, concerned: User | None = None) -> QuerySet[User]:
    """Active people who read it by their role, without whom it is about and who has a conflict with it."""
    rows: QuerySet[User] = User.objects.filter(organisation_id=record.organisation_id, is_active=True)
    rows = rows.filter(_reads_by_role(record)).exclude(pk__in=_with_conflict(record).values("user"))
    if concerned is not None:
        rows = rows.exclude(pk=concerned.pk)
    return rows.order_by("full_name", "pk")


def _reads_by_role(record: Record) -> Q:
    """With a role in a team of the record; or, as `visible_to` has it, a practitioner of teams of all its families."""
    own = Q(pk__in=Membership.objects.filter(team__in=_teams_of(record)).values("user"))
    if isinstance(record, Family):
        return own
    practitioners = Membership.objects.filter(role=Role.PRACTITIONER)
    places = (FamilyTeam.objects.filter(family=row.family_id) for row in record.decision_families.all())
    known = [Q(pk__in=practitioners.filter(team__in=rows.values("team")).values("user")) for rows in places]
    return own | reduce(and_, known) if known else own


def members_of(organisation: int, teams: Collection[int]) -> QuerySet[User]:
    """Active people with a role in any of these teams."""
    holding = Membership.objects.filter(team__in=teams).values("user")
    rows: QuerySet[User] = User.objects.filter(organisation_id=organisation, is_active=True, pk__in=holding)
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


def doubts_about(record: Record, readers: Collection[User]) -> list[str]:
    """What is wrong with whom it names: said, and never refused."""
    active = [reader for reader in readers if reader.is_active]
    doubts = []
    if len(active) < FEWEST:
        doubts.append("Fewer than two people can read it. Name another, for when one is away.")
    if not may_review_it(record, active):
        doubts.append("Nobody named can review it. Name a supervisor of its team who did not write it.")
    return doubts


def without_reviewer(user: User) -> list[Restriction]:
    """For a data protection officer: those of which nobody named can review the record, the oldest first."""
    if not (user.has_restricted and user.is_officer):
        return []
    rows = restrictions_visible_to(user).select_related("family", "decision").order_by("pk")
    return [row for row in rows if not may_review_it(row.record, [reader.user for reader in readers_of(row)])]


def unrestricted(decisions: "QuerySet[Decision]") -> "QuerySet[Decision]":
    """Without those that are restricted, or about a restricted family: for numbers of whoever sees no case text."""
    standing = Restriction.objects.standing()
    families = DecisionFamily.objects.filter(decision=OuterRef("pk"), family__in=standing.values("family"))
    return decisions.exclude(Exists(standing.filter(decision=OuterRef("pk")))).exclude(Exists(families))
