"""Forms about families. Each returns what an action takes."""

from families.forms.contact import ContactCorrection, ContactForm, RisksForm
from families.forms.correction import Correction
from families.forms.disclosure import DisclosureCorrection, DisclosureForm
from families.forms.family import FamilyCorrection, RegisterForm, TeamForm
from families.forms.person import PersonCorrection, PersonForm

__all__ = [
    "ContactCorrection",
    "ContactForm",
    "Correction",
    "DisclosureCorrection",
    "DisclosureForm",
    "FamilyCorrection",
    "PersonCorrection",
    "PersonForm",
    "RegisterForm",
    "RisksForm",
    "TeamForm",
]
