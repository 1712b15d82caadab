"""Requests in which somebody uses their rights, and what became of them. Append-only: see rights/triggers.py."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation
from accounts.written import Written
from decisions.models import Decision
from families.models import Person
from families.references import new_reference
from letters.models import HASH_LENGTH, LetterMade
from letters.routes import Route
from rights.queries import RequestPartQuerySet, RequestQuerySet
from rules.rights.clock import Happened
from rules.rights.codes import ALL_OUTCOMES, OF_BODIES, Asker, RequestEventKind, RequestKind, outcome_label
from rules.rights.suggest import ItemChoice

MORE_MONTHS = (1, 2)


def new_request_reference() -> str:
    return new_reference("R")


class RightsRequest(Written):
    """Who asked for what, for whom and when. Everything that happens with it is a row of its own.

    `asked_by_person` is somebody of the person's family, where they ask for somebody else and are on the record.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rights_requests")
    reference = models.CharField(max_length=10, default=new_request_reference, editable=False)
    kind = models.CharField(max_length=12, choices=RequestKind.choices())
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rights_requests")
    asker = models.CharField(max_length=14, choices=Asker.choices())
    asked_by_name = models.CharField(max_length=200, blank=True)
    asked_by_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField()
    # What a court or a regulator calls it, and the day that it names.
    their_reference = models.CharField(max_length=100, blank=True)
    wanted_by = models.DateField(null=True, blank=True)
    wanted = models.TextField(max_length=2000)
    answer_how = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["received_on", "pk"]
        verbose_name = "rights request"
        indexes = [models.Index(fields=["organisation", "-received_on", "-id"], name="rights_request_newest")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="rights_request_reference_once"),
            models.CheckConstraint(
                condition=Q(asker="SELF", asked_by_name="", asked_by_person__isnull=True)
                | Q(asker__in=["PARENT", "REPRESENTATIVE", "BODY"]) & ~Q(asked_by_name=""),
                name="rights_request_asked_by_one",
            ),
            models.CheckConstraint(
                condition=Q(asker="BODY", kind__in=sorted(OF_BODIES), asked_by_person__isnull=True)
                | ~Q(asker="BODY") & ~Q(kind__in=sorted(OF_BODIES)) & Q(their_reference="", wanted_by__isnull=True),
                name="rights_request_of_a_body",
            ),
            models.CheckConstraint(condition=Q(kind__in=sorted(RequestKind)), name="rights_request_kind_known"),
            models.CheckConstraint(condition=~Q(wanted=""), name="rights_request_says_what"),
        ]

    @property
    def reader(self) -> Person | None:
        """Who reads the answer, where they are on the record."""
        return self.person if self.asker == Asker.SELF else self.asked_by_person

    def ledger_reference(self) -> str:
        return self.reference


class RequestPart(Written):
    """A row that belongs to a request."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = RequestPartQuerySet.as_manager()

    class Meta:
        abstract = True

    def ledger_reference(self) -> str:
        request: RightsRequest = self.request  # type: ignore[attr-defined]  # every part has one
        return f"{request.reference} {self._meta.verbose_name} {self.pk}"


class RequestEvent(RequestPart):
    """What happened with a request, on which day: waiting, more time, identity, acknowledgement, and its end."""

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=RequestEventKind.choices())
    on_day = models.DateField()
    text = models.TextField(max_length=2000)
    months = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=20, blank=True)
    answered_how = models.CharField(max_length=200, blank=True)
    # Of a correction: why somebody who got something wrong is not told.
    why_not_informed = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "request event"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=sorted(RequestEventKind)), name="request_event_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="request_event_says_what"),
            models.CheckConstraint(
                condition=Q(kind="EXTENDED", months__in=MORE_MONTHS) | ~Q(kind="EXTENDED") & Q(months=0),
                name="request_event_months_of_an_extension",
            ),
            models.CheckConstraint(
                condition=Q(kind="CLOSED", outcome__in=ALL_OUTCOMES) & ~Q(answered_how="")
                | ~Q(kind="CLOSED") & Q(outcome="", answered_how="", why_not_informed=""),
                name="request_event_outcome_of_its_end",
            ),
        ]

    @property
    def happened(self) -> Happened:
        return Happened(self.kind, self.on_day, self.months)

    @property
    def outcome_words(self) -> str:
        return outcome_label(self.outcome) if self.outcome else ""


class NamedRecord(RequestPart):
    """A recorded decision that a request is about: the officer may read it until the request is answered, and why.

    Of what somebody asks to see about themselves no row is needed: it is every record that they are on.
    """

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="named_records")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(max_length=1000)

    class Meta:
        ordering = ["pk"]
        verbose_name = "named record"
        constraints = [
            models.UniqueConstraint(fields=["request", "decision"], name="named_record_once"),
            models.CheckConstraint(condition=~Q(why=""), name="named_record_says_why"),
        ]


class ItemDecision(RequestPart):
    """What is done with one item of a record: given, given in part, or left out. The latest about an item counts.

    `given` is the officer's own wording of a part. The ground is kept with the law as its list named it.
    """

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="item_decisions")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=32)
    choice = models.CharField(max_length=9, choices=ItemChoice.choices())
    given = models.TextField(max_length=4000, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    ground_citation = models.CharField(max_length=300, blank=True)
    reason = models.TextField(max_length=1000, blank=True)
    # What was suggested when it was decided.
    suggested = models.CharField(max_length=9, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "item decision"
        constraints = [
            models.CheckConstraint(
                condition=Q(choice="GIVE", given="", ground="", ground_citation="", reason="")
                | Q(choice="PART") & ~Q(Q(given="") | Q(ground="") | Q(ground_citation="") | Q(reason=""))
                | Q(choice="LEAVE_OUT", given="") & ~Q(Q(ground="") | Q(ground_citation="") | Q(reason="")),
                name="item_decision_has_its_ground",
            ),
        ]


class FamilyCopy(RequestPart):
    """The copy as it was given: its content by value, so that the same bytes can be made again."""

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="copies")
    format = models.CharField(max_length=4, choices=LetterMade.Format.choices)
    route = models.CharField(max_length=9, choices=Route.choices())
    content = models.JSONField()
    sha256 = models.CharField(max_length=HASH_LENGTH)
    made_with = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "copy"
        constraints = [
            models.CheckConstraint(
                condition=Q(route__in=sorted(Route), format__in=["html", "pdf"]), name="family_copy_kinds_known"
            ),
        ]


for _model in (RightsRequest, RequestEvent, NamedRecord, ItemDecision, FamilyCopy):
    audit.register(_model)
