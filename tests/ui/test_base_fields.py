"""A form may change its own fields: neither its class nor another form of it sees that."""

from collections.abc import Callable
from typing import Any

import pytest
from django import forms as django_forms
from django.core.validators import MinLengthValidator

from ui import fields, forms

CHOICES = [("a", "A"), ("b", "B")]


class Asked(forms.Form):
    name = django_forms.CharField()
    answer = django_forms.ChoiceField(choices=CHOICES, widget=fields.Radios(reveals={"a": ["name"]}))
    both = django_forms.MultiValueField(fields=(django_forms.CharField(), django_forms.CharField()), required=False)


def shown() -> list[Any]:
    """What a form of this class consists of."""
    made = Asked()
    parts: list[Any] = []
    for field in made.fields.values():
        widget: Any = field.widget
        parts += [
            field.label,
            field.help_text,
            field.required,
            field.max_length if isinstance(field, django_forms.CharField) else None,
        ]
        parts += [dict(field.error_messages), len(field.validators), dict(widget.attrs), type(widget)]
        parts += [list(getattr(field, "choices", [])), dict(getattr(widget, "reveals", {}))]
    multi: Any = made.fields["both"]
    return [*parts, list(made.fields), [part.label for part in multi.fields]]


def _set(name: str, attribute: str, value: object) -> Callable[[Any], None]:
    return lambda form: setattr(form.fields[name], attribute, value)


CHANGES: dict[str, Callable[[Any], None]] = {
    "label": _set("name", "label", "Another"),
    "help": _set("name", "help_text", "Your own"),
    "choices": _set("answer", "choices", [("c", "C")]),
    "widget": _set("answer", "widget", fields.Select()),
    "message": lambda form: form.fields["name"].error_messages.update(required="Say it"),
    "validator": lambda form: form.fields["name"].validators.append(MinLengthValidator(3)),
    "attribute": lambda form: form.fields["name"].widget.attrs.update({"class": "x"}),
    "reveals": lambda form: setattr(form.fields["answer"].widget, "reveals", {}),
    "removal": lambda form: form.fields.pop("name"),
    "part of a field": lambda form: setattr(form.fields["both"].fields[0], "label", "Another"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_stays_in_its_form(change: Callable[[Any], None]) -> None:
    before, form = shown(), Asked()
    change(form)
    assert shown() == before


def test_a_class_is_prepared_once_with_our_words_and_limits() -> None:
    first, second = Asked(), Asked()
    assert first.fields["name"] is not second.fields["name"]
    assert first.fields["name"].error_messages["required"] == "Enter name"
    assert first.fields["name"].max_length == 200  # type: ignore[attr-defined]


def test_a_field_added_to_a_class_before_its_first_form_is_prepared_too() -> None:
    class Later(forms.Form):
        pass

    Later.base_fields["more"] = django_forms.CharField()
    assert Later().fields["more"].error_messages["required"] == "Enter more"
