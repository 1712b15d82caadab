from django import forms

from ui import fields
from ui.forms import Form

RELOAD = (
    "This page no longer knows which version you are correcting. Copy what you typed, open the page again and paste it"
)


def why_changed(label: str = "Why is this changed?", hint: str = "") -> forms.CharField:
    """Whether a reason is needed depends on what differs: the action knows (families/actions/wording.py)."""
    return forms.CharField(
        label=label, help_text=hint, max_length=500, required=False, widget=fields.Textarea(rows=2, count=500)
    )


class Correction(Form):
    """A form that keeps the version of the row it was opened on, so that nobody overwrites a change unseen."""

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": RELOAD, "invalid": RELOAD, "min_value": RELOAD},
    )
    why_changed = why_changed(hint="Needed if you replace something. Not needed if you only add what was not known.")
