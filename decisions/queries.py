"""Who may see which decision: the table in docs/adr/0007-access.md, as querysets."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.closed import without_closed
from accounts.inspecting import is_outside_inspection, within_inspection
from accounts.models import Membership, User
from accounts.roles import Permission, Role
from accounts.who_looked import may_see_who_looked
from audit.parts import PartsQuerySet
from decisions.contact_queries import planned_contacts_for, to_be_passed_on
from decisions.database.of_each import each
from decisions.database.sending_keys import not_sent_yet, sending_keys
from decisions.informing_queries import informing_due_by
from decisions.sending_queries import reply_overdue_before, responses_of, sendings_of, to_be_notified, unconfirmed
from decisions.visibility import keys_visible_to, seen_by_teams
from rules.codes import SHARED

if TYPE_CHECKING:
    from decisions.models import Decision

Row = TypeVar("Row", bound=Model)
PARTS = (
    "organisation", "author", "team", "disclosure", "supersedes", "urgent", "followed_by", "people__covers",
    "recipients", "items__about", "items__not_disclosed_to", "items__grid", "provisions", "sendings", "advice",
    "consent_events__read_back", "informing_events", "decision_families", "not_sent", "receipts", "responses",
    "additions", "wrong_information__corrections", "complaints__answers", "complaints__acknowledgements",
    "statements_to_recipients__passed_on", "contact_plans__outcomes", "organisation__law_notices", "guidance_seen",
)  # fmt: skip


class DecisionQuerySet(PartsQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        """One's own; recorded ones of one's teams; and of other teams where every family on it is known to one's team.

        Every family, not any: a decision about two families shows each of them.
        """
        if not user.has(Permission.READ_DECISIONS):
            return self.none()
        return self.filter(pk__in=keys_visible_to(self.model, user), organisation_id=user.organisation_id).open_to(user)

    def each_visible_to(self, user: User) -> Self:
        """The same as `visible_to`, asked of each row: for a few decisions that are found by something else."""
        if not user.has(Permission.READ_DECISIONS):
            return self.none()
        of_teams = (Exists(rows.filter(decision=OuterRef("pk"))) for rows in seen_by_teams(self.model, user))
        own, of_others = of_teams
        rows = self.filter(Q(author_id=user.pk) | own | of_others, organisation_id=user.organisation_id)
        return rows.open_to(user)

    def open_to(self, user: User) -> Self:
        """Without those closed to them whatever their role (ADR 46), and of an inspector within the period (ADR 53)."""
        return within_inspection(without_closed(self, "pk", user.closed_decisions), user)

    def with_parts(self) -> Self:
        """With all its parts, in the same number of queries whatever the size of the decision."""
        return self.with_related(*PARTS)

    def with_sendings(self) -> Self:
        """With what facts.sendings.sendings_of needs, in the same query: for lists."""
        return self.annotate(**sending_keys(self.model))

    def added_to_by(self, user: User) -> Self:
        """Recorded decisions to which this person may add what happened since: those of teams they are in now.

        There they add to their own, and as a practitioner to everybody's. Who has left a team adds nothing, also not
        to what they wrote in it. They see all of these: no need to ask `visible_to` again. `may_add_to` says the same
        of one decision.
        """
        if not user.has(Permission.RECORD_DECISIONS):
            return self.none()
        return self._recorded_of(user, user.team_ids(Role.PRACTITIONER))

    def with_open(self, kind: str, teams: Iterable[int]) -> Self:
        """Those of these teams of which `OpenMatter` says that there may be something to do; the rest is asked of them.

        A subquery by its index, so that nobody's other decisions are looked at.
        """
        rows = self.model._meta.get_field("open_matters").related_model.objects  # type: ignore[union-attr]
        return self.filter(pk__in=rows.filter(kind=kind, team_id__in=teams).values("decision"))

    def _recorded_of(self, user: User, teams: Iterable[int]) -> Self:
        """Recorded decisions that this person wrote in a team they are still in, or that are of these of their teams.

        `visible_to` has them all.
        """
        if not user.has(Permission.SEE_DECISIONS):
            return self.none()
        # By the index of what they wrote: a join with all of their teams' decisions would be slower.
        mine = Q(author_id=user.pk) & each(Q(team_id__in=user.team_ids())) | Q(team_id__in=teams)
        return self.filter(mine, organisation_id=user.organisation_id, state="recorded").open_to(user)

    def supersedable_by(self, user: User) -> Self:
        """Recorded decisions this person may supersede: those they may add to, and those passed to them.

        What was passed to a manager is for that manager alone until its review date is over, or they have left the
        team; then for those who passed it, too. Once decided, the manager's decision is superseded instead.
        `may_supersede` says the same of one decision.
        """
        undecided = ~Q(followed_by__state="recorded")
        passed = self.passed_to(user)
        own = self.added_to_by(user)
        there = Membership.objects.filter(user=OuterRef("passed_to"), team=OuterRef("team"))
        gone = Q(look_again_on__lt=timezone.localdate()) | Q(passed_to__is_active=False) | ~Exists(there)
        back = own.filter(undecided, gone, outcome="PASSED_UP")
        ids = [rows.order_by().values("pk") for rows in (passed, own.exclude(outcome="PASSED_UP"), back)]
        return self.filter(Q(pk__in=ids[0]) | Q(pk__in=ids[1]) | Q(pk__in=ids[2]))

    def passed_to(self, user: User) -> Self:
        """Waiting for this person to decide, in a team they are still in, and not decided yet."""
        passed = self.recorded().visible_to(user).with_open("dated", user.team_ids())
        passed = passed.filter(outcome="PASSED_UP", passed_to_id=user.pk, team_id__in=user.team_ids())
        return passed.exclude(followed_by__state="recorded")

    def awaiting_reply(self, user: User, today: date) -> Self:
        """Those to which this person adds, with a sending unanswered for a working day: `follow_up.waiting`."""
        return self.without_reply_since(user, reply_overdue_before(today))

    def without_reply_since(self, user: User, limit: datetime) -> Self:
        asked = unconfirmed(self.model).filter(sent_at__lt=limit)
        chased = responses_of(self.model).filter(kind="CHASED", at__gte=limit)
        rows = self.added_to_by(user).with_open("unanswered", user.team_ids())
        return rows.filter(standing_until=None).filter(Exists(asked.filter(~Exists(chased))))

    def informing_due(self, user: User, today: date) -> Self:
        """Those with somebody not informed yet whose review date has come: `informing_due_on`.

        For the author and for supervisors of the team; once it is overdue, and the author has left the team, for its
        practitioners too. `informing_handed_over`: somebody else informs them.
        """
        rows = self._recorded_of(user, user.team_ids(Role.SUPERVISOR) | user.team_ids(Role.PRACTITIONER))
        rows = rows.with_open("informing", user.team_ids()).with_informing_due(today)
        there = Membership.objects.filter(user=OuterRef("author"), team=OuterRef("team"))
        left = ~Exists(there) | Q(author__is_active=False)
        mine = Q(author_id=user.pk) | Q(team_id__in=user.team_ids(Role.SUPERVISOR))
        return rows.filter(mine | left & Q(informing_due_on__lt=today))

    def with_informing_due(self, today: date) -> Self:
        """Those with somebody to be informed by today, annotated with the day: `informing_due_on`."""
        return self.annotate(**informing_due_by(self.model, today)).exclude(informing_due_on=None)

    def follow_up_open(self, user: User, today: date) -> Self:
        """Those with somebody to be told that information was wrong (`to_correct`), a complaint, or a statement.

        Also with a planned contact whose day has come (`contact_due_on`): see `planned_contacts_for`. The same as
        facts.corrections.recipients_to_notify, presenters.complaints.open_complaints, presenters.voice.statements_due
        and presenters.contact.planned_contacts say of each.
        """
        first = planned_contacts_for(self.model, user, today).order_by("planned_on")
        complaints = self.model._meta.get_field("complaints").related_model.objects  # type: ignore[union-attr]
        open_complaints = complaints.filter(decision=OuterRef("pk"), answers=None)
        teams = user.team_ids(Role.SUPERVISOR) | user.team_ids(Role.PRACTITIONER)
        rows = (
            self._recorded_of(user, teams)
            .with_open("follow_up", user.team_ids())
            .annotate(
                to_correct=Exists(to_be_notified(self.model)),
                to_answer=Exists(open_complaints),
                to_pass_on=Exists(to_be_passed_on(self.model)),
                contact_due_on=Subquery(first.values("planned_on")[:1]),
            )
        )
        open_ = Q(to_correct=True) | Q(to_answer=True) | Q(to_pass_on=True)
        adds = Q(author_id=user.pk) | Q(team_id__in=user.team_ids(Role.PRACTITIONER))
        adds = open_ & adds if user.has(Permission.RECORD_DECISIONS) else Q(pk__in=[])
        return rows.filter(adds | Q(contact_due_on__isnull=False))

    def not_yet_sent_of(self, user: User) -> Self:
        """Those of which somebody has not been sent what they are given, and nobody said why not: `waiting_for`.

        For the author and the team, until a new decision takes their place.
        """
        rows = self._recorded_of(user, user.team_ids(Role.SUPERVISOR) | user.team_ids(Role.PRACTITIONER))
        rows = rows.with_open("not_sent", user.team_ids())
        return rows.not_yet_sent().exclude(followed_by__state="recorded")

    def not_yet_sent(self) -> Self:
        rows = self.model._meta.get_field("open_matters").related_model.objects  # type: ignore[union-attr]
        may_be = Exists(rows.filter(decision=OuterRef("pk"), kind="not_sent"))
        return self.filter(may_be, Exists(not_sent_yet(self.model)), outcome__in=sorted(SHARED), standing_until=None)

    def reports_open(self, user: User) -> Self:
        """One's own decisions under the duty to report to the police, the earliest deadline first."""
        own = self.filter(organisation_id=user.organisation_id, author_id=user.pk, duty_code="FGMA03_5B").open_to(user)
        police = sendings_of(self.model).filter(decision=OuterRef("pk"), recipient__kind="police")
        after = sendings_of(self.model).filter(decision__supersedes=OuterRef("pk"), recipient__kind="police")
        own = own.filter(Q(state="recorded") | Q(team_id__in=user.team_ids()))
        rows = (
            own.exclude(discovered_at=None).exclude(how_discovered="SUSPECTED").filter(~Exists(police), ~Exists(after))
        )
        return rows.prefetch_related("recipients", "sendings").order_by("discovered_at", "pk")

    def recorded(self) -> Self:
        return self.filter(state="recorded")

    def recorded_by(self, user: User) -> Self:
        """A person's own recorded decisions in the teams they are still in."""
        return self._recorded_of(user, ())

    def drafts_of(self, user: User) -> Self:
        """Drafts are their author's alone, as long as the author is in the team; then a supervisor hands them over."""
        if not user.has(Permission.RECORD_DECISIONS):
            return self.none()
        teams = user.team_ids()
        rows = self.filter(organisation_id=user.organisation_id, author_id=user.pk, team_id__in=teams, state="draft")
        return rows.open_to(user)

    def draft_lines_for(self, user: User) -> Self:
        """Drafts in the teams a person supervises: to be shown as a line, never with text."""
        if not user.has(Permission.REVIEW_DECISIONS):
            return self.none()
        supervised = user.team_ids(Role.SUPERVISOR)
        rows = self.filter(organisation_id=user.organisation_id, team_id__in=supervised, state="draft")
        return rows.open_to(user)

    def supervised_by(self, user: User) -> Self:
        """Recorded decisions of the teams a person supervises."""
        if not user.has(Permission.REVIEW_DECISIONS):
            return self.none()
        teams = user.team_ids(Role.SUPERVISOR)
        return self.recorded().filter(organisation_id=user.organisation_id, team_id__in=teams).open_to(user)


def _is_beyond(decision: "Decision", user: User) -> bool:
    """Of another organisation, closed to this person whatever their role, or outside what an inspector reads."""
    closed = decision.organisation_id != user.organisation_id or decision.pk in user.closed_decisions
    return closed or is_outside_inspection(decision.recorded_at, user)


def may_see(decision: "Decision", user: User) -> bool:
    """`visible_to` of one decision that is read already. Asks the database only where other teams' families count."""
    if _is_beyond(decision, user) or not user.has(Permission.READ_DECISIONS):
        return False
    if decision.author_id == user.pk:
        return True
    if decision.is_draft:
        return False
    _, of_others = seen_by_teams(type(decision), user)
    return decision.team_id in user.team_ids() or of_others.filter(decision=decision.pk).exists()


def may_add_to(decision: "Decision", user: User) -> bool:
    """`added_to_by` of one decision that is read already. Costs no query."""
    if not decision.is_recorded or _is_beyond(decision, user):
        return False
    if not (user.has(Permission.RECORD_DECISIONS) and user.has(Permission.SEE_DECISIONS)):
        return False
    return is_own(decision, user) or decision.team_id in user.team_ids(Role.PRACTITIONER)


def is_own(decision: "Decision", user: User) -> bool:
    """Whether this person wrote it and is still in its team. Costs no query."""
    return decision.author_id == user.pk and decision.team_id in user.team_ids()


def is_draft_of(decision: "Decision", user: User) -> bool:
    """`drafts_of` of one decision that is read already. Costs no query."""
    if not decision.is_draft or _is_beyond(decision, user):
        return False
    return user.has(Permission.RECORD_DECISIONS) and is_own(decision, user)


def is_supervised_by(decision: "Decision", user: User) -> bool:
    """`supervised_by` of one decision that is read already. Costs no query."""
    if not decision.is_recorded or _is_beyond(decision, user):
        return False
    return user.has(Permission.REVIEW_DECISIONS) and decision.team_id in user.team_ids(Role.SUPERVISOR)


def may_see_who_looked_at(decision: "Decision", user: User) -> bool:
    """Of a recorded decision that is read already. Costs no query."""
    if decision.is_draft or decision.pk in user.decisions_closed_on_duty:
        return False
    return may_see_who_looked(user, decision.organisation_id, frozenset({decision.team_id}))


def may_supersede(decision: "Decision", user: User) -> bool:
    """`supersedable_by` of one decision that is read already. Costs no query unless it was passed to a manager."""
    own = may_add_to(decision, user)
    if decision.outcome != "PASSED_UP":
        return own
    passed = decision.passed_to_id == user.pk and decision.team_id in user.team_ids() and decision.is_recorded
    passed = passed and may_see(decision, user)
    if not passed and not (own and _came_back(decision)):
        return False
    return not decision.followed_by.filter(state="recorded").exists()


def _came_back(decision: "Decision") -> bool:
    """The day given to whom it was passed is over, or they have left the team."""
    if decision.look_again_on is not None and decision.look_again_on < timezone.localdate():
        return True
    manager = decision.passed_to
    return manager is not None and not (manager.is_active and decision.team_id in manager.team_ids())
