"""What was asked and said about ways that are not known to be safe, as the pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from audit.statements import rows_where
from decisions.models import Decision
from decisions.presenters.people import person_names
from letters.models import LetterMade, RouteAgreement, SharedLetter
from letters.routes import Route


@dataclass(frozen=True)
class AgreementLine:
    row: RouteAgreement
    name: str
    route: str
    used: bool
    is_open: bool


def is_open(row: RouteAgreement, rows: Iterable[RouteAgreement], letters: Iterable[LetterMade], at: datetime) -> bool:
    """Whether what was asked still waits for an answer. The same as `asked_of` asks the database."""
    if row.step != RouteAgreement.Step.ASKED or not row.lasts_at(at):
        return False
    answered = any((other.person_id, other.route) == (row.person_id, row.route) and other.pk > row.pk for other in rows)
    return not answered and not any(
        letter.person_id == row.person_id and letter.written_at > row.written_at for letter in letters
    )


def agreement_lines(
    decision: Decision, rows: list[RouteAgreement], letters: Iterable[LetterMade], at: datetime
) -> list[AgreementLine]:
    """In order. `rows` and `letters` are those of this decision. Without any it costs no query."""
    made = list(letters)
    used, names = {letter.agreement_id for letter in made}, person_names(decision)
    used |= {letter.agreement_id for letter in rows_where(SharedLetter, "agreement", [row.pk for row in rows])}
    return [
        AgreementLine(
            row, names[row.person_id], Route.label_of(row.route), row.pk in used, is_open(row, rows, made, at)
        )
        for row in rows
    ]
