from django import forms

from ui.forms import Form


class SearchForm(Form):
    words = forms.CharField(
        label="Find a person, a family or a decision",
        help_text="A name, a reference such as F-7K2M9Q, an NHS number, or words written in a decision.",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter a name, a reference or a word to search for"},
    )
