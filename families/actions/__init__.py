"""The only place where families, people and disclosures change, and where opening them is entered."""

from families.actions.disclosures import add_disclosure, correct_disclosure
from families.actions.families import correct_family, put_team_on, register_family, take_team_off
from families.actions.people import add_person, add_safe_contact, correct_person, set_known_risks, set_safe_contact
from families.actions.reading import (
    list_families,
    open_contacts,
    open_disclosure,
    open_family,
    open_person,
    search_families,
)
from families.actions.rows import ChangedMeanwhile

__all__ = [
    "ChangedMeanwhile",
    "add_disclosure",
    "add_person",
    "add_safe_contact",
    "correct_disclosure",
    "correct_family",
    "correct_person",
    "list_families",
    "open_contacts",
    "open_disclosure",
    "open_family",
    "open_person",
    "put_team_on",
    "register_family",
    "search_families",
    "set_known_risks",
    "set_safe_contact",
    "take_team_off",
]
