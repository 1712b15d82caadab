from django import forms as django_forms

from ui import forms
from ui.fields import Textarea


class PhraseForm(forms.Form):
    text = django_forms.CharField(
        label="Your wording", max_length=1000, widget=Textarea(rows=4),
        help_text="Short words and short sentences: somebody of 11 must be able to read it.",
        error_messages={"required": "Enter your wording"},
    )  # fmt: skip
