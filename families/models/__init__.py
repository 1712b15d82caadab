from families.models.disclosure import Disclosure
from families.models.family import Family
from families.models.membership import FamilyTeam
from families.models.person import KnownRisk, Person, SafeContact

__all__ = ["Disclosure", "Family", "FamilyTeam", "KnownRisk", "Person", "SafeContact"]
