"""The fields of a form as GOV.UK components.

A page has up to a hundred fields. Written in Python they cost a tenth of what a template for each part of each field
costs. Everything that is not markup here is escaped, unless Python marked it safe.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from ui.options import Option

FIELD_TEMPLATE = "ui/field.html"
# What html.escape() replaces.
SPECIAL = re.compile("[&<>\"']")
Render = Callable[[Mapping[str, Any]], str]


def esc(value: Any) -> str:
    """conditional_escape(), which goes through lazy text, for what a page asks a thousand times."""
    if type(value) is not str:
        return conditional_escape(value)
    return html.escape(value) if SPECIAL.search(value) else value


def form(context: Mapping[str, Any]) -> str:
    """The fields of a form, without the form element."""
    return fields_of(context["form"])


def fields_of(form: Any) -> SafeString:
    """Every field the form prints itself, and its hidden ones. Forms that are not ours (sign-in) have no others."""
    shown = getattr(form, "top_fields", None)
    fields = form.visible_fields() if shown is None else shown
    folded = getattr(form, "folded_fields", ())
    groups = "".join(f"{field.as_field_group()}\n" for field in fields if field.name not in folded)
    more = "".join(f"{field.as_field_group()}\n" for field in fields if field.name in folded)
    hidden = "".join(str(field) for field in form.hidden_fields())
    return SafeString(groups + (_folded(form, more) if more else "") + hidden)


def _folded(form: Any, fields: str) -> str:
    """Rows of a page have the same title; whoever hears it is told which row."""
    row = f'<span class="govuk-visually-hidden">: {esc(form.error_prefix)}</span>' if form.error_prefix else ""
    return (
        f'<details class="govuk-details"{" open" if form.is_unfolded else ""}>\n'
        f'<summary class="govuk-details__summary"><span class="govuk-details__summary-text">{esc(form.folded_title)}'
        f'{row}</span></summary>\n<div class="govuk-details__text">\n{fields}</div></details>\n'
    )


def field(context: Mapping[str, Any]) -> str:
    bound = context["field"]
    if bound.is_hidden:
        return str(bound)
    return KINDS[bound.kind](bound)


def label(bound: Any) -> SafeString:
    start = f'for="{esc(bound.first_input_id)}">{esc(bound.label)}</label>'
    if bound.is_page_heading:
        return SafeString(f'<h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l" {start}</h1>\n')
    size = f" govuk-label--{bound.label_size}" if bound.label_size else ""
    return SafeString(f'<label class="govuk-label{size}" {start}\n')


def legend(bound: Any) -> SafeString:
    size = f" govuk-fieldset__legend--{bound.label_size}" if bound.label_size else ""
    text: str = esc(bound.label)
    if bound.is_page_heading:
        text = f'<h1 class="govuk-fieldset__heading">{text}</h1>'
    return SafeString(f'<legend class="govuk-fieldset__legend{size}">{text}</legend>\n')


def error_message(bound: Any) -> str:
    if not bound.errors:
        return ""
    lines = "<br>".join(f'<span class="govuk-visually-hidden">Error:</span> {esc(error)}' for error in bound.errors)
    return f'<p id="{esc(bound.error_id)}" class="govuk-error-message">{lines}</p>\n'


def hint_and_error(bound: Any) -> SafeString:
    hint = (
        f'<div id="{esc(bound.hint_id)}" class="govuk-hint">{esc(bound.help_text)}</div>\n' if bound.help_text else ""
    )
    return SafeString(hint + error_message(bound))


def option(choice: Option, kind: str, item_attrs: str = "") -> SafeString:
    """One radio or checkbox, with the questions it opens."""
    id_, type_ = esc(choice.id), "radio" if kind == "radios" else "checkbox"
    attrs = f"{' checked' if choice.checked else ''}{' disabled' if choice.disabled else ''}"
    attrs += f' aria-describedby="{id_}-item-hint"' if choice.hint else ""
    attrs += f' data-aria-controls="conditional-{id_}"' if choice.revealed else ""
    attrs += ' data-behaviour="exclusive"' if choice.exclusive else ""
    hint = f'<div id="{id_}-item-hint" class="govuk-hint govuk-{kind}__hint">{esc(choice.hint)}</div>\n'
    return SafeString(
        f'<div class="govuk-{kind}__item"{item_attrs}>\n'
        f'<input class="govuk-{kind}__input" id="{id_}" name="{esc(choice.name)}" type="{type_}" '
        f'value="{esc(choice.value)}"{attrs}>\n'
        f'<label class="govuk-label govuk-{kind}__label" for="{id_}">{esc(choice.label)}</label>\n'
        f"{hint if choice.hint else ''}</div>\n{_conditional(kind, id_, choice.revealed, open_=choice.checked)}"
    )


def option_list(choices: Iterable[Option], kind: str) -> SafeString:
    return SafeString("".join(option(choice, kind) for choice in choices))


def _conditional(kind: str, id_: str, revealed: str, *, open_: bool) -> str:
    if not revealed:
        return ""
    hidden = "" if open_ else f" govuk-{kind}__conditional--hidden"
    return f'<div class="govuk-{kind}__conditional{hidden}" id="conditional-{id_}">\n{revealed}\n</div>\n'


def _group(bound: Any, body: str, classes: str = "", attrs: str = "") -> str:
    error = " govuk-form-group--error" if bound.errors else ""
    attrs += _asked_of(bound, getattr(bound.field, "asked_of", None))
    return f'<div class="govuk-form-group{error}{classes}"{attrs}>\n{body}</div>\n'


def _asked_of(bound: Any, roles: Any) -> str:
    """Of whom it is asked: asked_of.js hides it from everybody else, and the form's `applies` drops the answer."""
    if not roles:
        return ""
    return f' data-asked-of="{esc(json.dumps(roles))}" data-asked-by="{esc(bound.form.add_prefix(""))}"'


def _fieldset(bound: Any, body: str, role: str = "") -> str:
    start = f'<fieldset class="govuk-fieldset"{role}{_described(bound)}>\n{legend(bound)}{hint_and_error(bound)}'
    return _group(bound, f"{start}{body}</fieldset>\n")


def _described(bound: Any) -> str:
    ids = bound.aria_describedby
    return f' aria-describedby="{esc(ids)}"' if ids else ""


def _choices(bound: Any) -> str:
    kind, widget = bound.kind, bound.field.widget
    inline = f" govuk-{kind}--inline" if getattr(widget, "inline", False) else ""
    small = f" govuk-{kind}--small" if getattr(widget, "small", False) else ""
    asked_of = getattr(bound.field, "options_asked_of", {})
    rows = "".join(
        _divider(kind, choice.divider) + option(choice, kind, _asked_of(bound, asked_of.get(choice.value)))
        for choice in bound.options
    )
    return _fieldset(bound, f'<div class="govuk-{kind}{inline}{small}" data-module="govuk-{kind}">\n{rows}</div>\n')


def _divider(kind: str, text: str) -> str:
    return f'<div class="govuk-{kind}__divider">{esc(text)}</div>\n' if text else ""


def _checkbox(bound: Any) -> str:
    id_, revealed, checked = esc(bound.auto_id), bound.revealed, bool(bound.value())
    attrs = f"{' checked' if checked else ''}{' disabled' if bound.field.disabled else ''}"
    attrs += _described(bound)
    attrs += f' data-aria-controls="conditional-{id_}"' if revealed else ""
    hint = f'<div id="{id_}-item-hint" class="govuk-hint govuk-checkboxes__hint">{esc(bound.help_text)}</div>\n'
    return _group(
        bound,
        f'{error_message(bound)}<div class="govuk-checkboxes" data-module="govuk-checkboxes">\n'
        '<div class="govuk-checkboxes__item">\n'
        f'<input class="govuk-checkboxes__input" id="{id_}" name="{esc(bound.html_name)}" type="checkbox"{attrs}>\n'
        f'<label class="govuk-label govuk-checkboxes__label" for="{id_}">{esc(bound.label)}</label>\n'
        f"{hint if bound.help_text else ''}</div>\n"
        f"{_conditional('checkboxes', id_, revealed, open_=checked)}</div>\n",
    )


def _date(bound: Any) -> str:
    disabled = " disabled" if bound.field.disabled else ""
    parts = "".join(_date_part(part, disabled) for part in bound.date_parts)
    body = f'<div class="govuk-date-input" id="{esc(bound.auto_id)}">\n{parts}</div>\n'
    return _fieldset(bound, body, role=' role="group"')


def _date_part(part: Mapping[str, Any], disabled: str) -> str:
    id_ = esc(part["id"])
    error, invalid = (" govuk-input--error", ' aria-invalid="true"') if part["wrong"] else ("", "")
    numeric = ' inputmode="numeric"' if part["numeric"] else ""
    return (
        '<div class="govuk-date-input__item"><div class="govuk-form-group">\n'
        f'<label class="govuk-label govuk-date-input__label" for="{id_}">{esc(part["label"])}</label>\n'
        f'<input class="govuk-input govuk-date-input__input govuk-input--width-{part["width"]}{error}" id="{id_}" '
        f'name="{esc(part["name"])}" type="text" value="{esc(part["value"])}"{numeric}{invalid}{disabled}>\n'
        "</div></div>\n"
    )


def _text(bound: Any) -> str:
    return _group(bound, f"{label(bound)}{hint_and_error(bound)}{bound.as_widget()}\n")


def _textarea(bound: Any) -> str:
    body = f"{label(bound)}{hint_and_error(bound)}{bound.as_widget()}\n"
    if not bound.count:
        return _group(bound, body)
    attrs = f' data-module="govuk-character-count" data-maxlength="{bound.count}"'
    body += f'<div id="{esc(bound.auto_id)}-info" class="govuk-hint govuk-character-count__message">'
    return _group(bound, f"{body}{esc(bound.count_text)}</div>\n", " govuk-character-count", attrs)


KINDS: dict[str, Callable[[Any], str]] = {
    "checkboxes": _choices,
    "radios": _choices,
    "checkbox": _checkbox,
    "date": _date,
    "textarea": _textarea,
    "select": _text,
    "file": _text,
    "text": _text,
}


def _attrs(widget: Mapping[str, Any]) -> str:
    return "".join(
        f" {esc(name)}" if value is True else f' {esc(name)}="{esc(str(value))}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def input_(context: Mapping[str, Any]) -> str:
    """Django's own template for an input, which is asked for dozens of times a page."""
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{esc(str(widget["value"]))}"'
    return f'<input type="{esc(widget["type"])}" name="{esc(widget["name"])}"{value}{_attrs(widget)}>'


def textarea(context: Mapping[str, Any]) -> str:
    """The same for a textarea: the line break after the tag is no part of the text."""
    widget = context["widget"]
    return f'<textarea name="{esc(widget["name"])}"{_attrs(widget)}>\n{esc(widget["value"] or "")}</textarea>'


def select(context: Mapping[str, Any]) -> str:
    """The same for a drop-down, which takes two templates for each of its options."""
    widget = context["widget"]
    groups = "".join(_options(name, choices) for name, choices, _ in widget["optgroups"])
    return f'<select name="{esc(widget["name"])}"{_attrs(widget)}>{groups}\n</select>'


def _options(group: str | None, choices: list[Mapping[str, Any]]) -> str:
    options = "".join(
        f'\n  <option value="{esc(str(choice["value"]))}"{_attrs(choice)}>{esc(choice["label"])}</option>\n'
        for choice in choices
    )
    return f'\n  <optgroup label="{esc(group)}">{options}\n  </optgroup>' if group else options


INPUTS = ("text", "hidden", "number", "email", "password")
RENDERERS: dict[str, Render] = {
    FIELD_TEMPLATE: field,
    "ui/form.html": form,
    "django/forms/widgets/textarea.html": textarea,
    "django/forms/widgets/select.html": select,
    **{f"django/forms/widgets/{name}.html": input_ for name in INPUTS},
}
