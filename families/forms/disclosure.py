from datetime import datetime
from typing import Any

from django import forms

from families.details import DisclosureDetails
from families.forms.correction import Correction, why_changed
from families.models import Disclosure
from rules.codes import Level
from ui import fields
from ui.forms import Form

LEVEL_HINTS: dict[str, str] = {
    Level.NONE_OR_EARLY: "The family may want some support. Nobody is being harmed as far as you know.",
    Level.S17: "The child is unlikely to be well or to develop as they should without help from services.",
    Level.S17_HIGH: "It could become significant harm if nothing changes.",
    Level.S47: "Abuse, neglect or violence, happening or likely. This goes to children's services.",
    Level.ADULT_AT_RISK: "A person of 18 or over with care needs who cannot protect themselves.",
    Level.CRIME: "A matter for the police in which nobody's safety is at stake.",
}
ONE_NEEDED = "Fill in at least one of these: what was seen or heard, your opinion, or the child's own words"
TEXTS = ("facts", "opinion", "child_words")


def _text(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=4000, required=False, widget=fields.Textarea(rows=5, count=4000)
    )


class DisclosureForm(Form):
    said_by = forms.CharField(
        label="Who said or saw it?",
        max_length=200,
        help_text="Their name and how they know the child, or “I saw it myself”.",
    )
    said_to = forms.CharField(label="Who was told?", max_length=200, help_text="Change this if it was not you.")
    received_at = fields.DateTimeField(
        label="When were they told, or when did they see it?",
        when="past",
        help_text="For example, 20 11 2026 and 2:30pm",
    )
    happened = forms.CharField(
        label="When did it happen? (optional)",
        max_length=200,
        required=False,
        help_text="In the words you were given, such as “on Saturday night” or “since the summer”.",
    )
    facts = _text(
        "What was seen or heard",
        "Only what someone saw or heard. No guesses. Fill in at least one of this box and the next two.",
    )
    opinion = _text("Your professional opinion", "Your own view, or another professional's. Say whose.")
    child_words = _text("The child's own words", "Exactly as they said it. Do not correct it.")
    level = forms.ChoiceField(
        label="What is the level of concern?", choices=Level.choices(), widget=fields.Radios(hints=LEVEL_HINTS)
    )
    immediate_danger = forms.BooleanField(
        label="Someone is in immediate danger",
        required=False,
        widget=fields.Checkbox,
        help_text="Call first, record later.",
    )

    def __init__(self, *args: Any, written_at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written_at = written_at

    def clean_received_at(self) -> datetime | None:
        received: datetime | None = self.cleaned_data["received_at"]
        if received and self.written_at and received > self.written_at:
            raise forms.ValidationError("This must be before the disclosure was first written down")
        return received

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if all(name in typed and not typed[name] for name in TEXTS):
            self.add_error("facts", ONE_NEEDED)
        return typed

    def details(self) -> DisclosureDetails:
        return DisclosureDetails(**{name: self.cleaned_data[name] for name in DisclosureDetails.__dataclass_fields__})


class DisclosureCorrection(Correction, DisclosureForm):
    """The same questions about a disclosure that is already recorded."""

    why_changed = why_changed(hint="Such as “I had misheard the day”. Anyone who may see the family can read it.")


def disclosure_initial(disclosure: Disclosure) -> dict[str, Any]:
    known = {name: getattr(disclosure, name) for name in DisclosureDetails.__dataclass_fields__}
    return {**known, "version": disclosure.version}
