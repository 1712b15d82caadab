from decisions.models.complaints import Complaint, ComplaintAcknowledgement, ComplaintAnswer
from decisions.models.contact import ContactOutcome, ContactPlan
from decisions.models.corrections import Correction, WrongInformation
from decisions.models.decision import Decision, DecisionFamily
from decisions.models.draft import DraftPage
from decisions.models.events import ConsentEvent, InformingEvent, Sending
from decisions.models.filed import FiledUnder
from decisions.models.follow_up import Addition, NotSent, Receipt, Response
from decisions.models.items import DecisionItem, ItemAbout, ItemNotDisclosedTo, ItemRecipient
from decisions.models.law import GuidanceSeen, LawNotice
from decisions.models.open_matters import OpenMatter
from decisions.models.parts import Advice, ConsentCovers, DecisionPerson, DecisionProvision, DecisionRecipient
from decisions.models.restricted import NamedReader, ReaderRemoved, Restriction, RestrictionLifted
from decisions.models.teams import DecisionTeam
from decisions.models.urgent import UrgentRecord
from decisions.models.voice import StatementPassedOn, StatementToRecipients, ViewsReadBack

__all__ = [
    "Addition",
    "Advice",
    "Complaint",
    "ComplaintAcknowledgement",
    "ComplaintAnswer",
    "ConsentCovers",
    "ConsentEvent",
    "ContactOutcome",
    "ContactPlan",
    "Correction",
    "Decision",
    "DecisionFamily",
    "DecisionItem",
    "DecisionPerson",
    "DecisionProvision",
    "DecisionRecipient",
    "DecisionTeam",
    "DraftPage",
    "FiledUnder",
    "GuidanceSeen",
    "InformingEvent",
    "ItemAbout",
    "ItemNotDisclosedTo",
    "ItemRecipient",
    "LawNotice",
    "NamedReader",
    "NotSent",
    "OpenMatter",
    "ReaderRemoved",
    "Receipt",
    "Response",
    "Restriction",
    "RestrictionLifted",
    "Sending",
    "StatementPassedOn",
    "StatementToRecipients",
    "UrgentRecord",
    "ViewsReadBack",
    "WrongInformation",
]
