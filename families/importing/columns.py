"""What a column of the file can hold, and what its heading says that it holds. Pure."""

import re
from collections.abc import Mapping, Sequence

SKIPPED = ""
# Of the person whom the row is about.
SURNAME, FORENAME, FULL_NAME, KNOWN_AS = "surname", "forename", "full_name", "known_as"
BORN, ROLE, UPN, NHS, SYSTEM = "born", "role", "upn", "nhs_number", "system_number"
ADDRESS, PHONE, EMAIL = "address", "phone", "email"
FAMILY_NUMBER, FAMILY_NAME = "family_number", "family_name"
RELATIONSHIP, RESPONSIBILITY = "relationship", "responsibility"

PERSON = {
    SURNAME: "Surname",
    FORENAME: "First name",
    FULL_NAME: "Full name",
    KNOWN_AS: "Other name they are known by",
    BORN: "Date of birth",
    ROLE: "Who they are in the family",
    UPN: "Unique pupil number, UPN",
    NHS: "NHS number",
    SYSTEM: "Number in your own system",
    ADDRESS: "Address, or a part of it",
    PHONE: "Telephone",
    EMAIL: "Email",
    RESPONSIBILITY: "Parental responsibility",
}
FAMILY = {FAMILY_NUMBER: "Family or household number", FAMILY_NAME: "Family name, as your team knows it"}
OF_A_PARENT = {
    FULL_NAME: "full name",
    SURNAME: "surname",
    FORENAME: "first name",
    RELATIONSHIP: "relationship to the child",
    RESPONSIBILITY: "parental responsibility",
    PHONE: "telephone",
    EMAIL: "email",
    ADDRESS: "address, or a part of it",
}
PARENTS = {
    "parent1": "Parent or carer 1",
    "parent2": "Parent or carer 2",
    "parent3": "Parent or carer 3",
    "mother": "Mother",
    "father": "Father",
}
# Several columns may hold these; each other is held by one column.
MANY = frozenset({ADDRESS, PHONE, EMAIL, KNOWN_AS})


def of_parent(parent: str, part: str) -> str:
    return f"{parent}_{part}"


def choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """For a drop-down: what a column can hold, in groups."""
    parents = [
        (label, [(of_parent(key, part), f"{label}: {words}") for part, words in OF_A_PARENT.items()])
        for key, label in PARENTS.items()
    ]
    return [
        (SKIPPED, "Leave this column out"),
        ("The person", [*PERSON.items()]),
        ("The family", [*FAMILY.items()]),
        *parents,
    ]


def labels() -> dict[str, str]:
    """Every kind of column by its code."""
    parents = {
        of_parent(key, part): f"{label}: {words}"
        for key, label in PARENTS.items()
        for part, words in OF_A_PARENT.items()
    }
    return {**PERSON, **FAMILY, **parents}


def may_repeat(kind: str) -> bool:
    return kind in MANY or kind.rpartition("_")[2] in MANY


_ADDRESS = (
    r"address|street|\broad\b|house (?:name|no|number)|\bflat\b|apartment|\btown\b|\bcity\b|county|locality"
    r"|post ?code|\bline \d"
)
# Told by words of a heading, the first that fits. Headings come in small letters with single spaces.
_PARTS = (
    (RESPONSIBILITY, r"responsib|\bpr\b"),
    (RELATIONSHIP, r"\brelation"),
    (EMAIL, r"e ?mail"),
    (PHONE, r"phone|\btel\b|mobile|\bmob\b|landline"),
    (ADDRESS, _ADDRESS),
    (FORENAME, r"fore ?name|first ?name|given name|christian name"),
    (SURNAME, r"surname|last ?name|family name"),
    (FULL_NAME, r"\bnames?\b|^(?:pupil|student|child)$"),
)
_NEVER = re.compile(
    r"middle|former|previous|title|salutation|gender|\bsex\b|ethnic|religion|language|year|form$|class|school|tutor|teacher"
    r"|social worker|\bworker\b|keeper|doctor|\bgp\b|entry|leaving|\brow\b|\bwhy\b|age$|updated|priority$|\buln\b|team"
)
_PERSON = (
    (BORN, r"birth|\bdob\b|\bd o b\b|\bborn\b"),
    (UPN, r"\bupn\b|unique pupil"),
    (NHS, r"\bnhs\b"),
    (FAMILY_NUMBER, r"(?:family|household|sibling group|family group) (?:id|no|number|ref|reference|code)\b"),
    (FAMILY_NAME, r"(?:household|case|family group) name|family as known"),
    (KNOWN_AS, r"preferred|known as|chosen|alias|\baka\b"),
    (
        SYSTEM,
        (
            r"\b(?:adm|admission|admissions|student|pupil|person|client|child|case|system|local|mis|mosaic|lcs|arbor|"
            r"bromcom|scholarpack|sims|subject) ?(?:id|no|number|ref|reference|code)\b|^id$|^admno$|^person$"
        ),
    ),
    (ROLE, r"person type|client type|^role|role in family|position in family|^relationship"),
)
_PARENT = re.compile(
    r"\b(?:parent|guardian|carer|contact|pc|next of kin|nok)s?\b(?: (?:parent|guardian|carer|contact)s?)*(?: (\d))?"
)
_WHOSE = re.compile(r"\b(mother|father|mum|dad)s?\b")
_ORDER = re.compile(r"\b([123])\b")
_WHOSE_KEY = {"mother": "mother", "mum": "mother", "father": "father", "dad": "father"}


def guess(headings: Sequence[str]) -> tuple[str, ...]:
    """What each column seems to hold. A guess that a second column shares is left to the person to make."""
    found = [_kind(_plain(heading)) for heading in headings]
    _complete_names(found)
    seen: set[str] = set()
    once = []
    for kind in found:
        once.append(SKIPPED if kind in seen and not may_repeat(kind) else kind)
        seen.add(kind)
    return tuple(once)


def _plain(heading: str) -> str:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading).replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    apart = re.sub(r"(?<=[A-Za-z])(?=\d)", " ", apart)
    return re.sub(r"[^a-z0-9]+", " ", apart.lower()).strip()


def _kind(heading: str) -> str:
    if _NEVER.search(heading):
        return SKIPPED
    whose, parent = _WHOSE.search(heading), _PARENT.search(heading)
    if whose or (parent and not _is_about_a_person(heading)):
        return _of_a_parent(heading, _WHOSE_KEY[whose[1]] if whose else _numbered(heading))
    return next((kind for kind, words in (*_PERSON, *_PARTS) if re.search(words, heading)), SKIPPED)


def _is_about_a_person(heading: str) -> bool:
    """Such as “Contact telephone” or “Contact address”: how the person of the row is reached."""
    return re.fullmatch(r"contact (?:tele)?phone|contact (?:number|no|email|e mail|address)", heading) is not None


def _numbered(heading: str) -> str:
    number = _ORDER.search(heading)
    return f"parent{number[1] if number else 1}"


def _of_a_parent(heading: str, parent: str) -> str:
    rest = (
        heading if re.search(r"phone|mail|address", heading) else re.sub(r"\bcontact (?:number|no)\b", "phone", heading)
    )
    for part, words in _PARTS:
        if re.search(words, rest):
            return of_parent(parent, part)
    bare = _ORDER.sub("", _WHOSE.sub("", _PARENT.sub("", heading))).strip()
    return SKIPPED if bare else of_parent(parent, FULL_NAME)


def _complete_names(found: list[str]) -> None:
    """“Name” says the same again where first names stand apart; “Family name” beside full names is of the family."""
    if SURNAME in found and FORENAME in found:
        found[:] = [SKIPPED if kind == FULL_NAME else kind for kind in found]
    elif SURNAME in found and FULL_NAME in found:
        found[:] = [FAMILY_NAME if kind == SURNAME else kind for kind in found]


def repeated(kinds: Mapping[int, str]) -> dict[int, str]:
    """Columns by number that hold what another column holds already, where only one can."""
    seen: set[str] = set()
    found = {}
    for at, kind in kinds.items():
        if kind and kind in seen and not may_repeat(kind):
            found[at] = kind
        seen.add(kind)
    return found
