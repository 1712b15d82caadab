"""For whom a letter is worded and how it is set, and what fits a person until somebody chooses otherwise."""

from rules import codes
from rules.codes import Code
from rules.facts import PersonFacts
from rules.people import MAY_UNDERSTAND_AGE, is_adult

LARGE_PRINT_NEEDS = ("large print", "sight", "blind", "vision", "visual", "cannot see", "can't see")
EASY_READ_NEEDS = ("easy read", "learning", "read", "dyslexi", "literacy", "simple words", "short words")


class Version(Code):
    ADULT = "adult", "For an adult"
    YOUNG = "young", "For a young person"
    CHILD = "child", "For a child: a few short sentences"


class Layout(Code):
    STANDARD = "standard", "Standard print"
    LARGE = "large", "Large print"
    EASY = "easy", "Easy read headings: questions, and one sentence on a line"


def version_for(person: PersonFacts) -> Version:
    """By age and competence. Somebody whose age and role say nothing gets the adult's."""
    if person.role not in {codes.PersonRole.CHILD, codes.PersonRole.UNBORN} or is_adult(person):
        return Version.ADULT
    if person.competence in codes.UNABLE_TO_DECIDE:
        return Version.CHILD
    old_enough = person.age is None or person.age >= MAY_UNDERSTAND_AGE
    return Version.YOUNG if old_enough or person.competence in codes.ABLE_TO_DECIDE else Version.CHILD


def layout_for(person: PersonFacts, communication_need: str) -> Layout:
    """Large print or easy read where the person's communication need asks for it, or they lack capacity."""
    need = communication_need.casefold()
    if any(words in need for words in LARGE_PRINT_NEEDS):
        return Layout.LARGE
    unable = person.competence == codes.Competence.LACKS_CAPACITY
    return Layout.EASY if unable or any(words in need for words in EASY_READ_NEEDS) else Layout.STANDARD
