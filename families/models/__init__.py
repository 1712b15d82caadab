from families.models.conflict import ConflictEnded, DeclaredConflict
from families.models.disclosure import Disclosure
from families.models.family import Family
from families.models.membership import FamilyTeam
from families.models.person import KnownRisk, Person, SafeContact
from families.models.wording import EarlierWording

__all__ = [
    "ConflictEnded", "DeclaredConflict", "Disclosure", "EarlierWording", "Family", "FamilyTeam", "KnownRisk", "Person",
    "SafeContact",
]  # fmt: skip
