"""Which questions about a person can apply to them, by their role and age. Pure.

Parental responsibility has no lowest age in law (Children Act 1989, sections 2 and 3): ten is below any young mother we
should meet. A unique pupil number comes with a first school place, from two, and stays until 25 at most. Both ages are
ours, chosen so that nobody a question could apply to is left without it.
"""

from dataclasses import dataclass

from rules.codes import ADULT_ROLES, PersonRole
from rules.people import TALKING_AGE

YOUNGEST_PARENT = 10
OLDEST_PUPIL = 25
CHILD, UNBORN, PROFESSIONAL = PersonRole.CHILD, PersonRole.UNBORN, PersonRole.PROFESSIONAL
OTHERS = [role for role in PersonRole if role not in {CHILD, UNBORN}]
FAMILY = [role for role in OTHERS if role not in {PROFESSIONAL, PersonRole.INFORMANT}]


@dataclass(frozen=True)
class Ages:
    """From and to which age a question is asked, and whether it is where the age is not known."""

    least: int = 0
    most: int | None = None
    unknown: bool = True

    def include(self, age: int | None) -> bool:
        if age is None:
            return self.unknown
        return age >= self.least and (self.most is None or age <= self.most)


Roles = dict[PersonRole, Ages]


def _all(roles: list[PersonRole], ages: Ages) -> Roles:
    return dict.fromkeys(roles, ages)


def _pupils(role: PersonRole) -> Ages:
    """Whoever has the role of an adult is taken for one while their age is not known."""
    return Ages(TALKING_AGE, OLDEST_PUPIL, unknown=role not in ADULT_ROLES)


BORN = _all([CHILD, *OTHERS], Ages())
# Questions that are not named here are asked of everybody.
ASKED_OF: dict[str, Roles] = {
    "source_of_harm": _all([CHILD, *OTHERS], Ages(TALKING_AGE)),
    "parental_responsibility": {
        CHILD: Ages(YOUNGEST_PARENT),
        **_all([role for role in OTHERS if role != PROFESSIONAL], Ages(YOUNGEST_PARENT)),
    },
    "communication_need": _all([CHILD, *OTHERS], Ages(TALKING_AGE)),
    "at_home": _all([role for role in (CHILD, *OTHERS) if role != PROFESSIONAL], Ages()),
    "opens_post": _all([role for role in (CHILD, *OTHERS) if role != PROFESSIONAL], Ages(TALKING_AGE)),
    "hears_through": _all([role for role in (CHILD, *OTHERS) if role != PROFESSIONAL], Ages(TALKING_AGE)),
    "nhs_number": _all([CHILD, *FAMILY], Ages()),
    "upn": {role: _pupils(role) for role in (CHILD, *FAMILY)},
}
# The same of single answers.
OPTIONS_OF: dict[str, dict[str, Roles]] = {"age_kind": {"birth": BORN, "age": BORN, "due": {UNBORN: Ages()}}}


def is_asked(question: str, role: str, age: int | None) -> bool:
    """Whether a question about a person can apply to them."""
    roles = ASKED_OF.get(question)
    ages = None if roles is None else roles.get(PersonRole(role))
    return roles is None or (ages is not None and ages.include(age))


def as_data(roles: Roles) -> dict[str, list[int | bool | None]]:
    """The same for the page's script: the least and the greatest age, and whether an unknown one will do."""
    return {role.value: [ages.least, ages.most, ages.unknown] for role, ages in roles.items()}
