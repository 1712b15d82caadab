import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation, Team
from accounts.namesakes import MOST_OF_A_NAME
from audit.models import AuditedModel
from decisions.models.urgent import UrgentRecord
from decisions.queries import DecisionQuerySet
from families.models import Disclosure, Family
from families.references import new_reference
from rules.codes import (
    SHARED,
    AdviceFirst,
    EntryRoute,
    HowDiscovered,
    Level,
    NoBasis,
    Outcome,
    Trigger,
    YesNoUnknown,
)
from rules.included import Includes

OUTCOMES = ["", *sorted(Outcome)]
# Columns of `Includes`, by its codes; `includes_none` says that the question was answered with none of them.
INCLUDED = {f"includes_{kind}": kind for kind in Includes if kind != Includes.NONE}
YES_OR_NO = [("yes", "Yes"), ("no", "No")]


def new_decision_reference() -> str:
    return new_reference("D")


class Decision(AuditedModel):
    """A draft and the decision it becomes are one row.

    Once recorded, the database refuses any change to it and its parts: decisions/database/triggers.py. The last group
    of columns is copied when the decision is recorded, and shown from here ever after.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        RECORDED = "recorded", "Recorded"
        # Nothing of it is left but its skeleton: decisions/database/disposal.py
        DISPOSED = "disposed", "Disposed of"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="decisions")
    reference = models.CharField(max_length=10, default=new_decision_reference, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="decisions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    started_at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", db_index=False
    )

    # The urgent record that this decision completes.
    urgent = models.ForeignKey(UrgentRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")

    # your concern
    entry_route = models.CharField(max_length=10, choices=EntryRoute.choices())
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Which version of it the author saw. After a correction they check it again (drafting/sources.py).
    disclosure_version = models.PositiveIntegerField(default=1)
    facts = models.TextField(max_length=4000, blank=True)
    opinion = models.TextField(max_length=4000, blank=True)
    child_words = models.TextField(max_length=4000, blank=True)
    happened = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=20, choices=Level.choices(), blank=True)
    # What it was when somebody said no, until something new is written of the concern: a refusal alone never raises it.
    level_at_refusal = models.CharField(max_length=20, choices=Level.choices(), blank=True)
    known_risk = models.TextField(max_length=1000, blank=True)
    what_changed = models.TextField(max_length=2000, blank=True)
    protective_factors = models.TextField(max_length=2000, blank=True)
    previous_referrals = models.TextField(max_length=2000, blank=True)
    # A risk assessment or safety plan that was there before, and whether this decision is in line with it.
    plan_reference = models.CharField(max_length=200, blank=True)
    plan_on = models.DateField(null=True, blank=True)
    plan_in_line = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    plan_departure = models.TextField(max_length=2000, blank=True)

    # who you are sharing with
    trigger = models.CharField(max_length=20, choices=Trigger.choices(), blank=True)
    asked_by_name = models.CharField(max_length=200, blank=True)
    asked_by_role = models.CharField(max_length=200, blank=True)
    asked_by_organisation = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    asked_for = models.TextField(max_length=2000, blank=True)
    asked_why = models.TextField(max_length=2000, blank=True)
    identity_check = models.CharField(max_length=500, blank=True)
    request_reference = models.CharField(max_length=100, blank=True)
    authorising_officer = models.CharField(max_length=200, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    court = models.CharField(max_length=200, blank=True)
    order_made_on = models.DateField(null=True, blank=True)
    order_scope = models.TextField(max_length=2000, blank=True)
    order_from = models.DateField(null=True, blank=True)
    order_to = models.DateField(null=True, blank=True)
    duty_code = models.CharField(max_length=30, blank=True)
    duty = models.CharField(max_length=500, blank=True)
    discovered_at = models.DateTimeField(null=True, blank=True)
    how_discovered = models.CharField(max_length=12, choices=HowDiscovered.choices(), blank=True)
    starts_on = models.DateField(null=True, blank=True)
    # The conditions of the duty to share, where it is in force.
    duty_holds = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    duty_relevant = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    duty_helps = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    detriment = models.TextField(max_length=2000, blank=True)

    # your decision and reasons
    outcome = models.CharField(max_length=20, choices=Outcome.choices(), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    why_now = models.TextField(max_length=4000, blank=True)
    # a concern about somebody who works here, restricted from the start (ADR 51)
    about_staff = models.BooleanField(default=False)
    lado_not_informed = models.TextField(max_length=1000, blank=True)
    whole_file_reason = models.TextField(max_length=2000, blank=True)
    passed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions_passed_to"
    )
    # A standing decision for a group that shares regularly, until a day. Each sharing is a sending of its own.
    standing_scope = models.TextField(max_length=1000, blank=True)
    standing_until = models.DateField(null=True, blank=True)

    # views and consent
    why_outweighs = models.TextField(max_length=4000, blank=True)
    # Before an alleged or suspected source of harm is informed, or somebody who lives with one. Advice that was had is
    # a row of Advice.
    advice_first = models.CharField(max_length=10, choices=AdviceFirst.choices(), blank=True)
    advice_not_needed = models.TextField(max_length=1000, blank=True)
    source_talk = models.CharField(max_length=300, blank=True)

    # what you will share: what it includes, answered once
    includes_health = models.BooleanField(default=False)
    includes_offences = models.BooleanField(default=False)
    includes_ethnicity = models.BooleanField(default=False)
    includes_religion = models.BooleanField(default=False)
    includes_sex_life = models.BooleanField(default=False)
    includes_special = models.BooleanField(default=False)
    includes_none = models.BooleanField(default=False)

    # lawful basis, and reasons for not sharing
    why_no_more = models.TextField(max_length=4000, blank=True)
    risk_if_shared = models.TextField(max_length=2000, blank=True)
    risk_if_not = models.TextField(max_length=2000, blank=True)
    no_basis = models.CharField(max_length=20, choices=NoBasis.choices(), blank=True)
    no_basis_reason = models.TextField(max_length=2000, blank=True)

    # Asked when consent is chosen and somebody may come to harm.
    share_anyway = models.CharField(max_length=3, choices=YES_OR_NO, blank=True)

    # what you did instead
    instead = models.TextField(max_length=2000, blank=True)
    asker_informed = models.TextField(max_length=2000, blank=True)
    neither_confirmed = models.BooleanField(default=False)
    look_again_on = models.DateField(null=True, blank=True)
    recipients_informed = models.TextField(max_length=2000, blank=True)
    cannot_recall = models.TextField(max_length=2000, blank=True)

    # recording late
    late_reason = models.TextField(max_length=1000, blank=True)

    # copied when the decision is recorded
    author_name = models.CharField(max_length=MOST_OF_A_NAME, blank=True)
    author_job = models.CharField(max_length=200, blank=True)
    team_name = models.CharField(max_length=200, blank=True)
    passed_to_name = models.CharField(max_length=MOST_OF_A_NAME, blank=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    organisation_kind = models.CharField(max_length=3, blank=True)
    organisation_sector = models.CharField(max_length=20, blank=True)
    in_scope_16la = models.BooleanField(default=False)
    disclosure_reference = models.CharField(max_length=10, blank=True)
    disclosed_at = models.DateTimeField(null=True, blank=True)
    policy_document_on = models.DateField(null=True, blank=True)
    policy_document_link = models.CharField(max_length=500, blank=True)
    law_version = models.CharField(max_length=20, blank=True)
    # who of the families has parental responsibility and is not among the people: a line each
    left_out = models.TextField(max_length=4000, blank=True)

    objects: ClassVar[Any] = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="decision_reference_once"),
            models.CheckConstraint(
                condition=Q(state="draft", recorded_at__isnull=True)
                | Q(state="recorded", recorded_at__isnull=False, decided_at__isnull=False) & ~Q(outcome="")
                | Q(state="disposed", recorded_at__isnull=False, decided_at__isnull=False, outcome=""),
                name="decision_recorded_is_whole",
            ),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="decision_outcome_known"),
            models.CheckConstraint(
                condition=Q(plan_in_line__in=["", *sorted(YesNoUnknown)]), name="decision_plan_in_line_known"
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True) | Q(decided_at__lte=models.F("recorded_at")),
                name="decision_decided_before_recorded",
            ),
            models.CheckConstraint(
                condition=Q(advice_first__in=["", *sorted(AdviceFirst)]), name="decision_advice_first_known"
            ),
            models.CheckConstraint(
                condition=Q(advice_not_needed="") | Q(advice_first=AdviceFirst.NOT_NEEDED.value),
                name="decision_advice_not_needed_why",
            ),
            models.CheckConstraint(
                condition=Q(standing_until__isnull=True) | ~Q(standing_scope=""), name="decision_standing_has_a_scope"
            ),
            models.CheckConstraint(
                condition=Q(includes_none=False) | Q(**dict.fromkeys(INCLUDED, False)),
                name="decision_includes_none_or_some",
            ),
            models.CheckConstraint(
                condition=Q(order_from__isnull=True)
                | Q(order_to__isnull=True)
                | Q(order_to__gte=models.F("order_from")),
                name="decision_order_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "team", "state", "-decided_at"], name="decision_log"),
            models.Index(fields=["author", "state", "-decided_at", "-id"], name="decision_of_author"),
            models.Index(fields=["author", "-recorded_at", "-id"], name="decision_recent"),
            models.Index(fields=["author", "duty_code"], name="decision_under_duty"),
            # Of the few that have one: SQLite takes an index of nothings to be of no use, and reads the whole table.
            models.Index(fields=["supersedes"], name="decision_supersedes", condition=Q(supersedes__isnull=False)),
        ]

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_recorded(self) -> bool:
        return self.state == self.State.RECORDED

    @property
    def is_disposed(self) -> bool:
        return self.state == self.State.DISPOSED

    @property
    def is_shared(self) -> bool:
        return self.outcome in SHARED

    def ledger_reference(self) -> str:
        return self.reference

    def ledger_hides_values(self) -> bool:
        return self.is_draft

    @classmethod
    def ledger_after_disposal(cls) -> dict[str, Any]:
        from decisions.database.disposal import blanks  # noqa: PLC0415 - it imports this module

        return {**blanks(), "state": cls.State.DISPOSED.value}


class DecisionFamily(AuditedModel):
    """A family whose people this decision is about."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="decision_families")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="decision_families")
    reference = models.CharField(max_length=10)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "family"], name="decision_family_once")]

    def ledger_reference(self) -> str:
        return f"{self.decision.reference} family {self.reference}"

    def ledger_hides_values(self) -> bool:
        return self.decision.is_draft


audit.register(Decision)
audit.register(DecisionFamily)
