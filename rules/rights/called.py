"""Words for somebody who is not named: “the partner”, “his aunt”, “he”. Pure."""

from collections.abc import Mapping

from rules.codes import PersonRole
from rules.explanation.whose_words import words
from rules.rights.held import Asking, HeldItem

# Of a child nothing is here: provisions and services have the word in their names.
CALLED: Mapping[str, frozenset[str]] = {
    PersonRole.MOTHER: frozenset({"mother", "mum", "mummy", "mam"}),
    PersonRole.FATHER: frozenset({"father", "dad", "daddy"}),
    PersonRole.PARTNER: frozenset(
        {"partner", "boyfriend", "girlfriend", "husband", "wife", "stepfather", "stepdad", "stepmother", "stepmum"}
    ),
    PersonRole.SIBLING: frozenset({"brother", "sister", "stepbrother", "stepsister"}),
    PersonRole.RELATIVE: frozenset(
        {"aunt", "auntie", "uncle", "cousin", "grandmother", "grandfather", "grandma", "grandad", "nan", "gran"}
    ),
    PersonRole.INFORMANT: frozenset({"neighbour", "caller", "friend"}),
}
HERS, HIS = frozenset({"she", "her", "hers"}), frozenset({"he", "him", "his"})
OTHER_PARENTS = "It is what the child's other parent says, or was told. Read it before you tick it."
SAYS = "It says “{word}”. Read who is meant before you tick it."
SHE_OR_HE = {PersonRole.MOTHER: HERS, PersonRole.FATHER: HIS}


def called(item: HeldItem, asking: Asking) -> str:
    """A word for somebody that fits nobody whose information they ask for, nor whose words these are; empty if none."""
    known = {person.role for ref in (*asking.known, item.whose) if (person := asking.person(ref))}
    theirs = frozenset().union(*(CALLED.get(role, frozenset()) for role in known))
    others = frozenset().union(*CALLED.values()) - theirs
    return next((word for word in words(item.text) if word in others), "")


def she_or_he(item: HeldItem, asking: Asking) -> str:
    """A word that cannot mean those whose information they ask for; empty where it could, or is not there."""
    roles = [person.role if (person := asking.person(ref)) else "" for ref in asking.known]
    if not all(role in SHE_OR_HE for role in roles):
        return ""
    theirs = frozenset().union(*(SHE_OR_HE[PersonRole(role)] for role in roles))
    return next((word for word in words(item.text) if word in (HERS | HIS) - theirs), "")


def doubt(item: HeldItem, asking: Asking) -> str:
    """Why an item that nothing else speaks against is not ticked beforehand; empty if it can be."""
    if item.whose and item.whose not in asking.known:
        return OTHER_PARENTS
    word = she_or_he(item, asking)
    return SAYS.format(word=word) if word else ""
