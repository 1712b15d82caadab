"""The default messages of a field: each says what to do."""

from django import forms

from ui.text import mid_sentence
from ui.widgets import DateParts

CHOICES = (forms.ChoiceField, forms.ModelChoiceField)
FROM_LIST = "Select an answer from the list"
EMAIL = "Enter an email address in the correct format, such as name@example.com"
NUMBER = "Enter a whole number, such as 12"


def required(field: forms.Field, label: str) -> str:
    verb = "Select" if isinstance(field, CHOICES) else "Enter"
    if isinstance(field, forms.BooleanField):
        return f"Tick the box: {label}"
    return f"Answer the question: {label}" if label.endswith("?") else f"{verb} {mid_sentence(label)}"


def too_long(label: str, most: int, typed: int) -> str:
    label = label.removesuffix(" (optional)")
    subject = "Your answer" if label.endswith("?") else label
    return f"{subject} must be {most:,} characters or fewer. You have typed {typed:,}."


def concealed(answer: str) -> str:
    return f"You also wrote under “{answer}”: choose it, or clear what you wrote there"


def settle(field: forms.Field, label: str) -> None:
    """Gives the field our words wherever its author gave none."""
    stock = forms.Field.default_error_messages["required"]
    messages = field.error_messages
    if messages.get("required") == stock and not isinstance(field.widget, DateParts):
        messages["required"] = required(field, label)
    for kind, code, ours in (
        (forms.ChoiceField, "invalid_choice", FROM_LIST),
        (forms.MultipleChoiceField, "invalid_list", FROM_LIST),
        (forms.ModelChoiceField, "invalid_choice", FROM_LIST),
        (forms.ModelMultipleChoiceField, "invalid_list", FROM_LIST),
        (forms.ModelMultipleChoiceField, "invalid_pk_value", FROM_LIST),
        (forms.EmailField, "invalid", EMAIL),
        (forms.IntegerField, "invalid", NUMBER),
    ):
        if isinstance(field, kind) and messages.get(code) in (None, _stock(kind, code)):
            messages[code] = ours


def _stock(kind: type[forms.Field], code: str) -> object:
    tables = (vars(base).get("default_error_messages", {}) for base in kind.__mro__)
    return next((table[code] for table in tables if code in table), None)
