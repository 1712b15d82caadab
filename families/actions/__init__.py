"""The only place where families, people and disclosures change, and where opening them is entered."""

from families.actions.conflicts import declare_conflict, end_conflict
from families.actions.disclosures import add_disclosure, correct_disclosure
from families.actions.families import add_team_to_family, correct_family, register_family, remove_team_from_family
from families.actions.importing import check_import, import_families, import_step_by_step
from families.actions.people import add_person, add_safe_contact, correct_person, set_known_risks, set_safe_contact
from families.actions.reading import (
    list_families,
    open_contacts,
    open_disclosure,
    open_family,
    open_person,
    show_similar_families,
    show_similar_people,
    show_who_looked,
)
from families.actions.rows import ChangedMeanwhile

__all__ = [
    "ChangedMeanwhile",
    "add_disclosure",
    "add_person",
    "add_safe_contact",
    "add_team_to_family",
    "check_import",
    "correct_disclosure",
    "correct_family",
    "correct_person",
    "declare_conflict",
    "end_conflict",
    "import_families",
    "import_step_by_step",
    "list_families",
    "open_contacts",
    "open_disclosure",
    "open_family",
    "open_person",
    "register_family",
    "remove_team_from_family",
    "set_known_risks",
    "set_safe_contact",
    "show_similar_families",
    "show_similar_people",
    "show_who_looked",
]
