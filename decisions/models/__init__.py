from decisions.models.decision import Decision, DecisionFamily
from decisions.models.draft import DraftPage
from decisions.models.events import ConsentEvent, Sending, TellingEvent
from decisions.models.items import DecisionItem, ItemAbout, ItemMustNotReach, ItemRecipient
from decisions.models.parts import Advice, BasisRow, DecisionPerson, DecisionRecipient

__all__ = [
    "Advice",
    "BasisRow",
    "ConsentEvent",
    "Decision",
    "DecisionFamily",
    "DecisionItem",
    "DecisionPerson",
    "DecisionRecipient",
    "DraftPage",
    "ItemAbout",
    "ItemMustNotReach",
    "ItemRecipient",
    "Sending",
    "TellingEvent",
]
