"""What an inspector may read, and until when: asked for by one person, agreed to by another (ADR 0053)."""

from datetime import date

from django.db import models

from accounts.public_model import PublicModel
from audit.models import AuditedModel

# How many days an inspection lasts at most, the first and the last included. The database has the same number.
LONGEST = 31


class Inspection(PublicModel):
    """An inspector reads what some teams recorded from one day to another, on some days alone. All days included."""

    ledger_compared = True
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="inspections")
    body = models.CharField(max_length=100)
    reason = models.CharField(max_length=500)
    # Where not, the rows of InspectionTeam say which.
    all_teams = models.BooleanField(default=False)
    recorded_from = models.DateField()
    recorded_to = models.DateField()
    opens_on = models.DateField()
    ends_on = models.DateField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(answered_at__isnull=True), name="inspection_one_asked"
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_to__gte=models.F("recorded_from")), name="inspection_period_in_order"
            ),
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("opens_on")), name="inspection_in_order"),
            models.CheckConstraint(
                condition=models.Q(agreed__isnull=True, answered_by__isnull=True, answered_at__isnull=True)
                | models.Q(agreed__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="inspection_answer_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(agreed=True, answered_by=models.F("asked_by")), name="inspection_by_another"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(agreed=True, ended_at__isnull=False, ended_by__isnull=False),
                name="inspection_ended_whole",
            ),
        ]

    def counts_on(self, day: date) -> bool:
        return bool(self.agreed) and self.ended_at is None and self.opens_on <= day <= self.ends_on


class InspectionTeam(AuditedModel):
    """A team whose decisions an inspector reads."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="inspection_teams")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["organisation", "pk"]
        constraints = [models.UniqueConstraint(fields=["inspection", "team"], name="inspection_team_once")]
