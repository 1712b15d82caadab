"""Organisations, their teams and users, and the recipients they share with."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

import audit
from accounts.access_models import OFFICES, AccessNotice, RoleAgreement
from accounts.closed import CACHED, ClosedTo
from accounts.inspecting import Inspects
from accounts.inspection_models import Inspection, InspectionTeam
from accounts.namesakes import colleague_names
from accounts.public_model import PublicModel, known_values
from accounts.roles import Permission, Role, permissions_of
from accounts.sign_on.models import SignOn
from accounts.unrecorded_models import AutosavedText, GuessCount
from audit.models import AuditedQuerySet
from audit.statements import rows_where
from rules.organisations import OrganisationKind, RecipientKind, Sector

__all__ = [
    "AccessNotice", "AutosavedText", "DutyNumber", "GuessCount", "Inspection", "InspectionTeam", "Membership",
    "Organisation", "PublicModel", "Recipient", "ReviewCover", "RoleAgreement", "SchoolHoliday", "SignOn", "Team",
    "User", "UserManager",
]  # fmt: skip


class Organisation(PublicModel):
    """An organisation that shares information. No other organisation sees anything of it."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=3, choices=OrganisationKind.choices())
    sector = models.CharField(max_length=20, choices=Sector.choices())
    in_scope_16la = models.BooleanField(default=False)
    policy_document_on = models.DateField(null=True, blank=True)
    policy_document_link = models.CharField(max_length=500, blank=True)
    mail_checkpoints = models.BooleanField(default=False, help_text="Of the audit log, to data protection officers.")

    class Meta:
        constraints = [known_values("kind", [code.value for code in OrganisationKind], "organisation_kind_known")]

    def ledger_organisation(self) -> int:
        return int(self.pk)


class DutyNumber(PublicModel):
    """A telephone number shown where somebody must be called at once."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="duty_numbers")
    label = models.CharField(max_length=80)
    number = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["organisation", "position", "pk"]


class SchoolHoliday(PublicModel):
    """Days on which schools are closed, first and last included: file transfers count school days."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="school_holidays")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ["organisation", "first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="school_holiday_ends_after_it_begins"
            )
        ]


class Team(PublicModel):
    """A team whose members may see the same families. A closed team gets no new members."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80)
    closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["organisation", "name", "pk"]
        constraints = [models.UniqueConstraint("organisation", Lower("name"), name="team_name_once")]


# Finds a user by email for Django's and allauth's sign-in, and refuses bulk writes like every audited manager.
UserManager = BaseUserManager.from_queryset(AuditedQuerySet)


class User(ClosedTo, Inspects, AbstractBaseUser, PublicModel):
    """A user of exactly one organisation."""

    ledger_compared = True
    # Sign-ins are in the ledger; a second place could come to disagree with it.
    last_login = None

    email = models.EmailField(max_length=254, unique=True)
    full_name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    organisation_role = models.CharField(
        max_length=25,
        blank=True,
        choices=[
            (Role.ADMINISTRATOR.value, "Administrator"),
            (Role.DATA_PROTECTION_OFFICER.value, "Data protection officer"),
        ],
    )
    is_active = models.BooleanField(default=True)
    # Whether an AccessNotice waits to be read: the home page asks nothing more where none does.
    has_access_notices = models.BooleanField(default=False)
    # Whether the records of a family were ever closed to them (ADR 46): of everybody else nothing more is asked.
    has_conflicts = models.BooleanField(default=False)
    has_emergencies = models.BooleanField(default=False)  # opened a record so, or was told of one (ADR 52)
    # Whether any record of their organisation was ever restricted (ADR 51): kept by triggers.
    has_restricted = models.BooleanField(default=False, editable=False)
    # Of an account that is an inspector's, and never anything else: what they read, `inspection` says (ADR 0053).
    is_inspector = models.BooleanField(default=False)
    # When an administrator took away their second factors: sessions of before are over.
    factors_reset_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = UserManager()  # type: ignore[assignment]  # one that finds by e-mail as well

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        base_manager_name = "objects"
        ordering = ["organisation", "full_name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower"),
            known_values("organisation_role", ["", *OFFICES], "user_organisation_role_known"),
            models.CheckConstraint(
                condition=models.Q(is_inspector=False) | models.Q(organisation_role=""), name="user_inspector_alone"
            ),
        ]

    def get_session_auth_hash(self) -> str:
        """Sessions end with the password, as Django has it, and with the second factors that were taken away."""
        own = super().get_session_auth_hash()
        if self.factors_reset_at is None:
            return own
        return salted_hmac("accounts.factors_reset", f"{own} {self.factors_reset_at.timestamp()}").hexdigest()

    def __str__(self) -> str:
        """Never a name, because this can end up in a log."""
        return f"User {self.pk}"

    def get_full_name(self) -> str:
        return self.full_name

    @cached_property
    def name_on_record(self) -> str:
        """What a record keeps as the name of this user: with a difference where a colleague has the same name."""
        return colleague_names([self])[self.pk]

    @cached_property
    def _team_roles(self) -> frozenset[tuple[int, Role]]:
        if self.is_inspector:
            return frozenset((team, Role.INSPECTOR) for team in self.inspected_teams)
        rows = rows_where(Membership, "user", [self.pk])
        return frozenset((row.team_id, Role(row.role)) for row in rows)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """From the teams and the organisation role; none for somebody who has been deactivated."""
        if not self.is_active:
            return frozenset()
        own = {Role(self.organisation_role)} if self.organisation_role else set()
        return frozenset(role for _, role in self._team_roles) | own

    def has(self, permission: Permission) -> bool:
        return permission in permissions_of(self.roles)

    @cached_property
    def _covered(self) -> frozenset[int]:
        """Teams whose reviews this supervisor covers today. Only a supervisor can cover, so nobody else is queried."""
        if not any(held == Role.SUPERVISOR for _, held in self._team_roles):
            return frozenset()
        today = timezone.localdate()
        since = rows_where(ReviewCover, "user", [self.pk], not_before=("ends_on", today))
        return frozenset(cover.team_id for cover in since if cover.counts_on(today))

    def team_ids(self, role: Role | None = None) -> frozenset[int]:
        """The user's teams, or those with that role. A supervisor supervises a team they cover today."""
        own = frozenset(team for team, held in self._team_roles if role in {None, held})
        return own | self._covered if role in {None, Role.SUPERVISOR} else own

    def forget_roles(self) -> None:
        """Clear the cached roles, so that they are read again."""
        for name in ("_team_roles", "_covered", "roles", "name_on_record", "inspection", *CACHED):
            self.__dict__.pop(name, None)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.forget_roles()


class Membership(PublicModel):
    """A person's role in a team of their own organisation."""

    ledger_compared = True
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    role = models.CharField(
        max_length=12, choices=[(Role.PRACTITIONER.value, "Practitioner"), (Role.SUPERVISOR.value, "Supervisor")]
    )

    class Meta:
        ordering = ["organisation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "team", "role"], name="membership_once"),
            known_values("role", ["practitioner", "supervisor"], "membership_role_known"),
        ]


class ReviewCoverQuerySet(AuditedQuerySet["ReviewCover"]):
    def on(self, day: date) -> Self:
        """Those that count on that day: begun, not over, and not ended early."""
        return self.filter(starts_on__lte=day, ends_on__gte=day, ended_on__isnull=True)


class ReviewCover(PublicModel):
    """For some days, a supervisor of another team may review a team's decisions too. Both days are included."""

    ledger_compared = True

    class Why(models.TextChoices):
        AWAY = "away", "The team's supervisor is away"
        OUT_OF_HOURS = "out_of_hours", "Out of hours"
        NOBODY = "nobody", "The team has no supervisor now"
        FRESH_EYES = "fresh_eyes", "A second supervisor is needed"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="covers")
    user = models.ForeignKey(User, models.PROTECT, related_name="covers")
    instead_of = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=12, choices=Why)
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = ReviewCoverQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "-starts_on", "pk"]
        constraints = [
            known_values("why", ["away", "out_of_hours", "nobody", "fresh_eyes"], "review_cover_why_known"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="review_cover_ends_after_it_starts"
            ),
        ]

    def counts_on(self, day: date) -> bool:
        """What `on` asks of the database, of a row that was read."""
        return self.starts_on <= day <= self.ends_on and self.ended_on is None


class Recipient(PublicModel):
    """An entry of the address book: a recipient of information, and the checked contact route."""

    class RouteKind(models.TextChoices):
        PHONE = "phone", "Telephone"
        SECURE_EMAIL = "secure_email", "Secure email"
        PORTAL = "portal", "Online portal"
        POST = "post", "Post"
        IN_PERSON = "in_person", "In person"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="recipients")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=RecipientKind.choices())
    route_kind = models.CharField(max_length=12, choices=RouteKind.choices)
    route = models.CharField(max_length=300)
    checked_on = models.DateField(null=True, blank=True)
    # Within the scope of the duty to share (Children Act 2004 section 16LA), which both sides must be.
    in_scope_16la = models.BooleanField(default=False)
    # How they use what they get, as it is written to families: approved by whoever keeps the address book.
    how_used = models.TextField(max_length=500, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["organisation", "name", "pk"]


for _kind in (
    Organisation, DutyNumber, SchoolHoliday, Team, Membership, ReviewCover, Recipient, RoleAgreement, Inspection,
    InspectionTeam, SignOn,
):  # fmt: skip
    audit.register(_kind)
audit.register(User, exclude_fields=["password", *(each.name for each in User._meta.fields if each.name[:4] == "has_")])
