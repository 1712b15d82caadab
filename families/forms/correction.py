from django import forms

from ui.forms import Form

RELOAD = (
    "This page no longer knows which version you are correcting. Copy what you typed, open the page again and paste it"
)


class Correction(Form):
    """A form that keeps the version of the row it was opened on, so that nobody overwrites a change unseen."""

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": RELOAD, "invalid": RELOAD, "min_value": RELOAD},
    )
