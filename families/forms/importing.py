"""The two pages of an import: which file for which team, and what each of its columns holds."""

import base64
import binascii
from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import Team
from families.importing import columns
from ui import fields
from ui.csv_files import NotReadable, Table, read_table
from ui.forms import Form
from ui.text import is_broken

# More would keep other people from saving for longer than they wait (ADR 0036).
MOST_BYTES, MOST_ROWS = 500_000, 500
EXAMPLES, LONGEST_EXAMPLE = 3, 40
LOST = "The file did not arrive whole. Choose it again"


class ImportFileForm(Form):
    """The file is chosen once; the page after it brings it back as text, because it is stored nowhere."""

    file = forms.FileField(
        label="CSV file",
        help_text=f"At most {MOST_ROWS:,} rows and {MOST_BYTES // 1000:,} kB. The first row has the column headings.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )
    team = forms.ChoiceField(
        label="Which team works with these families?",
        help_text="Everyone in this team will see them. Other teams will not.",
        widget=fields.Select,
        error_messages={"required": "Select a team"},
    )
    table: Table
    content: bytes = b""

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.public_id): team for team in teams}
        if len(self.teams) == 1:
            del self.fields["team"]
        else:
            choices = [("", "Choose a team"), *((key, team.name) for key, team in self.teams.items())]
            self.fields["team"].choices = choices  # type: ignore[attr-defined]  # a choice field, above

    def clean(self) -> dict[str, Any]:
        try:
            self.content = self._sent()
            self.table = read_table(self.content, most_bytes=MOST_BYTES, most_rows=MOST_ROWS)
        except NotReadable as refused:
            self.add_error("file", refused.message)
        return self.cleaned_data

    def _sent(self) -> bytes:
        file = self.cleaned_data.get("file")
        if file:
            if file.size > MOST_BYTES:
                raise NotReadable(
                    f"This file is too large: the most is {MOST_BYTES // 1000:,} kB. Split it into smaller files"
                )
            content: bytes = file.read()
            return content
        brought = self.data.get("content", "")
        if not brought:
            raise NotReadable("Choose a CSV file")
        try:
            return base64.b64decode(brought, validate=True)
        except (binascii.Error, ValueError):
            raise NotReadable(LOST) from None

    @property
    def is_read(self) -> bool:
        """The file has come, whatever else is missing: it need not be chosen again."""
        return self.is_bound and bool(self.content) and "file" not in self.errors

    @property
    def carried(self) -> str:
        return base64.b64encode(self.content).decode("ascii")

    @property
    def chosen_team(self) -> Team:
        key = self.cleaned_data.get("team") or next(iter(self.teams))
        return self.teams[key]


class ColumnsForm(Form):
    """One question for each column; those that are left out stand closed below the others."""

    folded_title = "Columns that are left out"

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guessed = columns.guess(table.headings)
        for at, (heading, kind) in enumerate(zip(table.headings, guessed, strict=True)):
            self.add_field(_name(at), _column(heading, kind, _examples(table, at)))
        self.columns = len(guessed)
        self.folded_fields = tuple(
            name for name in self.fields if not (self.data.get(name) or self.fields[name].initial)
        )

    @property
    def is_unfolded(self) -> bool:
        return False

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        chosen = {at: typed.get(_name(at), "") for at in range(self.columns)}
        for at, kind in columns.repeated(chosen).items():
            self.add_error(
                _name(at), f"Another column holds “{columns.labels()[kind]}” already. Leave one of the two out"
            )
        return typed

    def kinds(self) -> tuple[str, ...]:
        """What each column holds: as chosen, or as the headings say before anybody chose."""
        if self.is_bound:
            return tuple(self.cleaned_data.get(_name(at), "") for at in range(self.columns))
        return tuple(str(self.fields[_name(at)].initial) for at in range(self.columns))

    @property
    def seen(self) -> str:
        """What is imported must be what was looked at: this comes back with the button."""
        return " ".join(kind or "-" for kind in self.kinds())


def _name(at: int) -> str:
    return f"column{at}"


def _column(heading: str, kind: str, examples: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"“{heading}”", help_text=examples, choices=columns.choices(), required=False, initial=kind,
        widget=fields.Select,
    )  # fmt: skip


def _examples(table: Table, at: int) -> str:
    cells = (line.cells[at] for line in table.lines if at < len(line.cells))
    shown = [cell[:LONGEST_EXAMPLE] for cell in cells if cell and not is_broken(cell)][:EXAMPLES]
    return f"Such as {'; '.join(shown)}" if shown else "No row has anything here."
