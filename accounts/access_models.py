"""Who may open case records, changed by an administrator: who has to agree to it, and who is told (ADR 0041)."""

from typing import ClassVar

from django.db import models

from accounts.public_model import PublicModel, known_values

OFFICES = {"administrator": "Administrator", "data_protection_officer": "Data protection officer"}


class RoleAgreement(PublicModel):
    """A role in the organisation that one administrator asked for, and that another agrees to or not."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    organisation_role = models.CharField(max_length=25, choices=list(OFFICES.items()))
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "pk"]
        constraints = [
            known_values("organisation_role", list(OFFICES), "role_agreement_role_known"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(answered_at__isnull=True), name="role_agreement_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(agreed__isnull=True, answered_by__isnull=True, answered_at__isnull=True)
                | models.Q(agreed__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="role_agreement_answer_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(agreed=True, answered_by=models.F("asked_by")), name="role_agreement_by_another"
            ),
        ]


class AccessNotice(models.Model):
    """Tells one colleague of one change of who may open case records, or of which law is used (ADR 0045).

    Not an audited model: the change itself is the entry, and who was told of it stands here.
    """

    class Change(models.TextChoices):
        TEAM_ROLE = "team_role", "was given a role in a team"
        COVER = "cover", "was given cover of a team"
        OFFICE = "office", "was given a role in the organisation"
        OFFICE_ENDED = "office_ended", "no longer has a role in the organisation"
        DEACTIVATED = "deactivated", "was deactivated"
        REACTIVATED = "reactivated", "was reactivated"
        LINK = "link", "was given a link to choose a new password"
        CONFLICT = "conflict", "knows a family, whose records are closed to them"
        RESTRICTED = "restricted", "was named to read a restricted record"
        UNNAMED = "unnamed", "may no longer read a restricted record"
        LIFTED = "lifted", "may read a record that is no longer restricted"
        SIGN_IN = "sign_in", "changed how they sign in"
        FACTORS = "factors", "had to set up again how they sign in"
        COPIED = "copied", "has a passkey of which there may be a copy"
        EMERGENCY = "emergency", "opened a record in an emergency"
        ASKED = "asked", "waits for a second person to agree to a role"
        INSPECTION = "inspection", "reads decisions as an inspector"
        LAW_BEGINS = "law_begins", "withdrew a notice, so that a law is used here again"
        LAW_ENDS = "law_ends", "withdrew or retired a law, so that it is not used here"
        LAW_ADDED = "law_added", "added a provision of the organisation's own"
        ASK_INSPECT = "ask_inspect", "waits for a second person to agree to an inspector"

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    reader = models.ForeignKey("accounts.User", models.PROTECT, related_name="access_notices")
    about = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    change = models.CharField(max_length=12, choices=Change)
    role = models.CharField(max_length=25, blank=True)
    law = models.CharField(max_length=100, blank=True)  # what a law is called that the change is about
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey(RoleAgreement, models.PROTECT, null=True, blank=True, related_name="+")
    inspection = models.ForeignKey("accounts.Inspection", models.PROTECT, null=True, blank=True, related_name="+")
    # None: on the command line of the server.
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    emailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["reader", "-made_at"], name="access_notice_of_reader")]
        constraints = [
            known_values(
                "change",
                [
                    "team_role",
                    "cover",
                    "office",
                    "office_ended",
                    "deactivated",
                    "reactivated",
                    "link",
                    "conflict",
                    "restricted",
                    "unnamed",
                    "lifted",
                    "sign_in",
                    "factors",
                    "copied",
                    "emergency",
                    "asked",
                    "inspection",
                    "law_begins",
                    "law_ends",
                    "law_added",
                    "ask_inspect",
                ],
                "access_notice_change_known",
            )
        ]  # fmt: skip
