"""What goes with a record that is disposed of: every table that has a word of it, by the way that leads there.

A table that is named nowhere here fails tests/retention/test_belongings.py, so a new one is disposed of too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef

from audit.disposal import plain
from audit.statements import keys_where
from decisions.database.triggers import EVENTS, PARTS
from decisions.models import (
    Decision,
    DecisionTeam,
    DraftPage,
    FiledUnder,
    NamedReader,
    OpenMatter,
    ReaderRemoved,
    Restriction,
    RestrictionLifted,
    Sending,
    UrgentRecord,
)  # fmt: skip
from emergencies.models import EmergencyOpening, OpeningClosed, OpeningNotice, OpeningReview
from families.models import (
    ConflictEnded,
    DeclaredConflict,
    Disclosure,
    EarlierWording,
    Family,
    FamilyTeam,
    KnownRisk,
    Person,
    SafeContact,
)  # fmt: skip
from incidents.models import Incident, IncidentDecision, IncidentEvent, IncidentItem, IncidentRecipient
from letters.models import LetterMade, RouteAgreement, SharedLetter, SharedLetterDecision
from reflections.models import Reflection, ReflectionReader
from retention.models import Hold, HoldLifted, Tombstone
from reviews.models import Assignment, Reply, Review, SecondLook
from rights.models import FamilyCopy, ItemDecision, NamedRecord, RequestEvent, RightsRequest
from search.models import SearchRow

Kind = Tombstone.Kind
Way = tuple[type[Model], str]
# In this order: a row whose guard asks for another goes before that one.
WAYS: dict[str, tuple[Way, ...]] = {
    Kind.DECISION: (
        (Reply, "review__decision"), (Review, "decision"), (Assignment, "decision"), (SecondLook, "decision"),
        (LetterMade, "decision"), (SharedLetterDecision, "decision"), (RouteAgreement, "decision"),
        (ReflectionReader, "reflection__decision"), (Reflection, "decision"),
        (ItemDecision, "decision"), (NamedRecord, "decision"),
        (IncidentEvent, "incident__decision"), (IncidentItem, "incident__decision"),
        (IncidentRecipient, "incident__decision"), (IncidentDecision, "incident__decision"),
        (IncidentDecision, "decision"), (Incident, "decision"),
        (HoldLifted, "hold__decision"), (Hold, "decision"),
        (ReaderRemoved, "reader__restriction__decision"), (NamedReader, "restriction__decision"),
        (RestrictionLifted, "restriction__decision"), (Restriction, "decision"),
        *((event, "decision") for event in EVENTS), (Sending, "decision"), *((part, "decision") for part in PARTS),
        (DraftPage, "decision"), (OpenMatter, "decision"), (DecisionTeam, "decision"), (FiledUnder, "decision"),
        (SearchRow, "decision"),
    ),
    Kind.URGENT: (
        (IncidentEvent, "incident__urgent"), (IncidentDecision, "incident__urgent"), (Incident, "urgent"),
        (SearchRow, "urgent"), (UrgentRecord, "pk"),
    ),
    Kind.LETTER: ((SharedLetter, "pk"),),
    Kind.COPY: ((FamilyCopy, "pk"),),
    Kind.FAMILY: (
        (HoldLifted, "hold__family"), (Hold, "family"),
        (ReaderRemoved, "reader__restriction__family"), (NamedReader, "restriction__family"),
        (RestrictionLifted, "restriction__family"), (Restriction, "family"),
        (SearchRow, "person__family"), (SearchRow, "family"),
        (KnownRisk, "person__family"), (SafeContact, "person__family"),
        (OpeningReview, "opening__family"), (OpeningClosed, "opening__family"), (OpeningNotice, "opening__family"),
        (EmergencyOpening, "family"),
        (ConflictEnded, "conflict__family"), (DeclaredConflict, "family"),
        (EarlierWording, "family"), (Disclosure, "family"), (FamilyTeam, "family"), (Person, "family"),
        (Family, "pk"),
    ),
    Kind.REQUEST: (
        (FamilyCopy, "request"), (ItemDecision, "request"), (NamedRecord, "request"), (RequestEvent, "request"),
        (RightsRequest, "pk"),
    ),
    Kind.INCIDENT: (
        (IncidentEvent, "incident"), (IncidentItem, "incident"), (IncidentRecipient, "incident"),
        (IncidentDecision, "incident"), (Incident, "pk"),
    ),
}  # fmt: skip
MODELS: dict[str, type[Model]] = {
    Kind.DECISION: Decision, Kind.URGENT: UrgentRecord, Kind.FAMILY: Family, Kind.REQUEST: RightsRequest,
    Kind.INCIDENT: Incident,
    Kind.COPY: FamilyCopy, Kind.LETTER: SharedLetter,
}  # fmt: skip


@dataclass(frozen=True)
class Record:
    """A row that is disposed of with all that is reached from it."""

    kind: str
    row: Model

    def rows(self) -> Iterator[tuple[type[Model], list[int]]]:
        """Keys of everything that goes, table by table, in the order in which it may."""
        for model, way in WAYS[self.kind]:
            if keys := keys_where(model, way, self.row.pk):
                yield model, keys

    def with_it(self) -> "list[Record]":
        """What else goes, because this was the last record that it belonged to."""
        if not isinstance(self.row, Decision):
            return []
        others = Exists(SharedLetterDecision.objects.filter(letter=OuterRef("pk")).exclude(decision=self.row))
        letters = plain(SharedLetter).filter(~others, about__decision=self.row)
        asked = ItemDecision.objects.filter(decision=self.row).values("request")
        found = [Record(Kind.LETTER, row) for row in letters]
        found += [Record(Kind.COPY, row) for row in plain(FamilyCopy).filter(request__in=asked)]
        urgent = self.row.urgent
        if urgent and not plain(Decision).filter(urgent=urgent).exclude(pk=self.row.pk).exists():
            found.append(Record(Kind.URGENT, urgent))
        return found
