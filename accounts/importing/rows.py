"""A row of a file of people: a name, an email address, a team and a role, or why it cannot be taken. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.roles import ORGANISATION_ROLES, TEAM_ROLES
from ui.csv_files import Line, Table, has_damaged_letters, is_formula, unwrapped
from ui.text import has_unseen

NAME, FORENAME, SURNAME, EMAIL, JOB, TEAM, ROLE = "name", "forename", "surname", "email", "job", "team", "role"
LONGEST = {"full_name": 120, "email": 254, "job_title": 120, "team": 80}
HEADINGS = (
    (EMAIL, r"e ?mail"),
    (FORENAME, r"fore ?name|first ?name|given ?name"),
    (SURNAME, r"surname|last ?name|family name"),
    (TEAM, r"^(?:team|department|service)\b|^team name$"),
    (ROLE, r"\brole\b|access level"),
    (JOB, r"job|^title$|post$|position"),
    (NAME, r"^(?:full |display |staff |user ?)?names?$|^name\b"),
)
BY_WORD = {str(role).replace("_", " "): str(role) for role in (*TEAM_ROLES, *ORGANISATION_ROLES)} | {
    "dpo": "data_protection_officer",
    "admin": "administrator",
}
ROLES_SAID = "practitioner, supervisor, administrator or data protection officer"


@dataclass(frozen=True)
class StaffRow:
    """`reasons` is empty where the row can be taken. Somebody in two teams has two rows."""

    line: Line
    full_name: str = ""
    email: str = ""
    job_title: str = ""
    team: str = ""
    role: str = ""
    role_written: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        return self.line.number


def kinds_of(headings: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by the headings. The first that fits counts."""
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        words = re.sub(r"[^a-z]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading).lower()).strip()
        kind = next((kind for kind, pattern in HEADINGS if re.search(pattern, words)), None)
        if kind:
            found.setdefault(kind, at)
    return found


def missing(kinds: Mapping[str, int]) -> str:
    """Which heading the file needs; nothing where it has all."""
    named = NAME in kinds or {FORENAME, SURNAME} <= kinds.keys()
    needs = {"a name": named, "an email": EMAIL in kinds, "a role": ROLE in kinds}
    return " and ".join(words for words, there in needs.items() if not there)


def read_staff(table: Table, kinds: Mapping[str, int]) -> list[StaffRow]:
    return [_row(line, kinds) for line in table.lines]


def _row(line: Line, kinds: Mapping[str, int]) -> StaffRow:
    cells = {
        kind: " ".join(unwrapped(line.cells[at]).split()) if at < len(line.cells) else "" for kind, at in kinds.items()
    }
    name = cells.get(NAME) or f"{cells.get(FORENAME, '')} {cells.get(SURNAME, '')}".strip()
    last, comma, first = name.partition(",")
    row = StaffRow(
        line,
        full_name=f"{first.strip()} {last.strip()}" if comma else name,
        email=cells.get(EMAIL, "").lower(),
        job_title=cells.get(JOB, ""),
        team=cells.get(TEAM, ""),
        role_written=cells.get(ROLE, ""),
        role=BY_WORD.get(re.sub(r"[^a-z]+", " ", cells.get(ROLE, "").lower()).strip(), ""),
    )
    reasons = [*_unreadable(cells), *_wrong(row)]
    return StaffRow(line, reasons=tuple(reasons)) if reasons else row


def _unreadable(cells: Mapping[str, str]) -> list[str]:
    return [
        f"{kind}: write this cell again, without a formula or damaged letters"
        for kind, cell in cells.items()
        if is_formula(cell) or has_damaged_letters(cell) or has_unseen(cell)
    ]


def _wrong(row: StaffRow) -> list[str]:
    found = [
        f"{name.replace('_', ' ')}: the most is {most} characters"
        for name, most in LONGEST.items()
        if len(getattr(row, name)) > most
    ]
    if not row.full_name:
        found.append("Add a name")
    if not _is_email(row.email):
        found.append("Add an email address such as name@example.com")
    if not row.role:
        instead = f" in place of “{row.role_written[:40]}”" if row.role_written else ""
        found.append(f"Write a role{instead}: {ROLES_SAID}")
    elif row.role in TEAM_ROLES and not row.team:
        found.append("Add the team: this role is held in a team")
    return found


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
