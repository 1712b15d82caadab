from families.models.disclosure import Disclosure, Level
from families.models.family import Family, FamilyTeam
from families.models.person import KnownRisk, Person, PersonRole, SafeContact, YesNoUnknown

__all__ = [
    "Disclosure",
    "Family",
    "FamilyTeam",
    "KnownRisk",
    "Level",
    "Person",
    "PersonRole",
    "SafeContact",
    "YesNoUnknown",
]
