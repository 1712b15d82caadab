from decisions.models.complaints import Complaint, ComplaintAnswer
from decisions.models.corrections import Correction, WrongInformation
from decisions.models.decision import Decision, DecisionFamily
from decisions.models.draft import DraftPage
from decisions.models.events import ConsentEvent, InformingEvent, Sending
from decisions.models.follow_up import Addition, NotSent, Receipt, Response
from decisions.models.items import DecisionItem, ItemAbout, ItemNotDisclosedTo, ItemRecipient
from decisions.models.law import GuidanceSeen, LawNotice
from decisions.models.parts import Advice, ConsentCovers, DecisionPerson, DecisionProvision, DecisionRecipient
from decisions.models.urgent import UrgentRecord

__all__ = [
    "Addition",
    "Advice",
    "Complaint",
    "ComplaintAnswer",
    "ConsentCovers",
    "ConsentEvent",
    "Correction",
    "Decision",
    "DecisionFamily",
    "DecisionItem",
    "DecisionPerson",
    "DecisionProvision",
    "DecisionRecipient",
    "DraftPage",
    "GuidanceSeen",
    "InformingEvent",
    "ItemAbout",
    "ItemNotDisclosedTo",
    "ItemRecipient",
    "LawNotice",
    "NotSent",
    "Receipt",
    "Response",
    "Sending",
    "UrgentRecord",
    "WrongInformation",
]
