"""Base classes of every form: they keep what was typed and say what to do."""

from functools import cached_property
from typing import Any, TypeVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.forms import DeclarativeFieldsMetaclass
from django.forms.models import ModelFormMetaclass
from django.http import QueryDict

from ui import fields, messages, reveals, text
from ui.base_fields import BaseFields, label_of, prepare

M = TypeVar("M", bound=models.Model)
ODD_LENGTH = 1_000  # a number, a date or a choice longer than this was never typed


class GovukFormMixin:
    """Length, characters, concealed questions. For ui.forms.Form and ui.forms.ModelForm alone.

    `error_prefix` stands before each message in the error summary, to tell rows apart: "Mother (P2)".
    `page_heading` names the field whose label is the page's h1.
    `refuses_concealed` refuses words typed under an answer that was not chosen, instead of dropping them.
    `folded_fields` names questions that few need: they stand last, closed under `folded_title` until one has an answer.
    """

    use_required_attribute = False
    folded_fields: tuple[str, ...] = ()
    folded_title = ""
    page_heading = ""
    error_prefix = ""
    refuses_concealed = False
    form_html = ""  # what crispy puts there; a template looks for what is not there in several ways
    fields: dict[str, forms.Field]
    data: Any
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, error_prefix: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_prefix = error_prefix or self.error_prefix

    def __getitem__(self, name: str) -> BoundField:
        """Templates ask this first for each attribute of a form. Django lists every field in the error that says no."""
        if name not in self.fields:
            raise KeyError(name)
        bound: BoundField = super().__getitem__(name)  # type: ignore[misc]  # mixed into a form
        return bound

    def add_field(self, name: str, field: forms.Field) -> None:
        """A field that only this form has, with the limits and messages of those that its class declares."""
        prepare(field, label_of(field, name))
        self.fields[name] = field

    def put_back(self, data: QueryDict) -> None:
        """Shows what somebody typed here and never sent."""
        self.data, self.is_bound = data, True
        self.hide_errors()

    def hide_errors(self) -> None:
        """Says nothing about what was typed: it was not sent to be accepted yet."""
        self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}

    def label_of(self, name: str) -> str:
        return label_of(self.fields[name], name)

    @property
    def helper(self) -> FormHelper:
        """`{% crispy form %}` prints the fields; the page writes the form element, because rows share it."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    @cached_property
    def revealed_names(self) -> frozenset[str]:
        """Every field of the form asks for this when it is shown; nothing may before the form has all its fields."""
        return reveals.revealed_names(self)  # type: ignore[arg-type]  # mixed into a form

    @cached_property
    def top_fields(self) -> list[BoundField]:
        """The fields the layout prints itself; an option prints those it opens. Asked as late as `revealed_names`."""
        hidden = self.revealed_names
        return [self[name] for name in self.fields if name not in hidden and not self[name].is_hidden]

    @property
    def is_unfolded(self) -> bool:
        """Whether a folded question has an answer or a message, which must be seen."""
        asked = [self[name] for name in self.folded_fields if name in self.fields]
        return any(bound.errors or has_answer(bound.value()) for bound in asked)

    def _clean_fields(self) -> None:
        concealed = reveals.concealed_names(self)  # type: ignore[arg-type]  # mixed into a form
        for name in self.fields:
            bound: BoundField = self[name]
            if name in concealed or not self.applies(name):
                self._drop(name)
                continue
            try:
                self.cleaned_data[name] = self._clean_one(bound)
                if hasattr(self, f"clean_{name}"):
                    self.cleaned_data[name] = getattr(self, f"clean_{name}")()
            except ValidationError as error:
                self.add_error(name, error)  # type: ignore[attr-defined]  # mixed into a form

        if self.refuses_concealed:
            for name in self.fields:
                if name in concealed and self._typed(name):
                    self._refuse_concealed(name)

    def applies(self, name: str) -> bool:  # noqa: ARG002  (forms whose questions depend on earlier answers say so)
        """Whether a question can apply, given the answers to those above it. If not, its answer is dropped."""
        return True

    def _refuse_concealed(self, name: str) -> None:
        """Said at the question that conceals the words: with JavaScript they are not to be seen."""
        asked, answer = reveals.opener(self, name)  # type: ignore[arg-type]  # mixed into a form
        message = messages.concealed(answer)
        errors = self.errors.get(asked, [])  # type: ignore[attr-defined]  # mixed into a form
        if message not in errors:
            self.add_error(asked, ValidationError(message, code="concealed"))  # type: ignore[attr-defined]  # mixed into a form

    def _typed(self, name: str) -> bool:
        """Words or a date that somebody put there: not what was saved or suggested, and never a choice."""
        bound: BoundField = self[name]
        field = bound.field
        if isinstance(field, fields.DateField):
            return any(part.strip() for part in bound.data) and field.has_changed(bound.initial, bound.data)
        if not isinstance(field, forms.CharField):
            return False
        sent = _words(bound.data)
        return bool(sent) and sent not in {_words(known) for known in self.known_words(bound)}

    def known_words(self, bound: BoundField) -> list[Any]:
        """What stood in the field without anybody typing it now."""
        return [bound.initial]

    def _drop(self, name: str) -> None:
        """An answer to a question that is not open does not apply, and cannot be wrong."""
        field = self.fields[name]
        field.required = False
        self.cleaned_data[name] = field.clean(None)

    def _clean_one(self, bound: BoundField) -> Any:
        field = bound.field
        if field.disabled or isinstance(field, forms.FileField):
            return field._clean_bound_field(bound)  # type: ignore[attr-defined]  # noqa: SLF001  Django's own step
        sent = bound.data
        if text.is_broken(sent):
            raise ValidationError(text.BROKEN_MESSAGE, code="broken")
        if isinstance(sent, str):
            sent = self._measured(bound, sent)
        if isinstance(field, forms.MultipleChoiceField) and isinstance(sent, list):
            sent = _each_once(field, sent)
        return field.clean(sent)

    def _measured(self, bound: BoundField, sent: str) -> str:
        field = bound.field
        if not isinstance(field, forms.CharField):
            if len(sent) > ODD_LENGTH:
                raise ValidationError(field.error_messages.get("invalid", messages.FROM_LIST), code="invalid")
            return sent
        sent = text.one_newline(sent)
        if _is_one_line(field) and text.has_unseen(sent.strip()):
            raise ValidationError(text.UNSEEN_MESSAGE, code="unseen")
        length = len(sent.strip()) if field.strip else len(sent)
        if field.max_length and length > field.max_length:
            message = messages.too_long(self.label_of(bound.name), field.max_length, length)
            raise ValidationError(message, code="max_length")
        return sent


def _each_once(field: forms.MultipleChoiceField, sent: list[str]) -> list[str]:
    """What is ticked, each answer once: a browser sends it once, and whoever saves it makes a row for each."""
    ticked = list(dict.fromkeys(sent))
    choices: Any = field.choices
    if len(ticked) > len(list(choices)):
        raise ValidationError(messages.FROM_LIST, code="invalid_choice")
    return ticked


def has_answer(value: Any) -> bool:
    """Anything typed or chosen; a date is sent in parts."""
    return any(value) if isinstance(value, list | tuple) else bool(value)


def _is_one_line(field: forms.CharField) -> bool:
    """Names, references and other short answers; not a secret, which nobody reads."""
    return not isinstance(field.widget, forms.Textarea | forms.PasswordInput)


def _words(value: Any) -> str:
    return text.one_newline(str(value or "")).strip()


class GovukFormMetaclass(DeclarativeFieldsMetaclass):
    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        form: Any = super().__new__(mcs, name, bases, attrs)
        form.base_fields = BaseFields(form.base_fields)
        return form


class Form(GovukFormMixin, forms.Form, metaclass=GovukFormMetaclass):
    """The base of a form without a model."""


def formfield(db_field: Any, **kwargs: Any) -> forms.Field | None:
    """The form field of a model's field in our components, unless the form's Meta says otherwise."""
    plain = "form_class" not in kwargs and "widget" not in kwargs
    if plain and isinstance(db_field, models.DateTimeField):
        kwargs["form_class"] = fields.DateTimeField
    elif plain and isinstance(db_field, models.DateField):
        kwargs["form_class"] = fields.DateField
    elif plain and db_field.choices:
        kwargs["widget"] = fields.Radios
    elif plain and isinstance(db_field, models.TextField):
        kwargs["widget"] = fields.Textarea(count=True)
    elif plain and isinstance(db_field, models.BooleanField):
        kwargs["widget"] = fields.Checkbox
    found: forms.Field | None = db_field.formfield(**kwargs)
    return found


class GovukModelFormMetaclass(ModelFormMetaclass):
    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(formfield)
        form: Any = super().__new__(mcs, name, bases, attrs)
        form.base_fields = BaseFields(form.base_fields)
        return form


class ModelForm(GovukFormMixin, forms.ModelForm[M], metaclass=GovukModelFormMetaclass):
    """The base of a form with a model. Dates, choices and long texts get our components by themselves."""

    def _update_errors(self, errors: ValidationError) -> None:
        """Without constraints beside other errors: what they say of an unfinished row is their own name."""
        found: dict[str, list[ValidationError]] = getattr(errors, "error_dict", {})
        names = {constraint.get_violation_error_message() for constraint in self._meta.model._meta.constraints}
        of_row = [error for error in found.get(NON_FIELD_ERRORS, []) if error.message not in names]
        if of_row:
            found[NON_FIELD_ERRORS] = of_row
        elif self._errors or len(found) > 1:
            found.pop(NON_FIELD_ERRORS, None)
        super()._update_errors(errors)  # type: ignore[misc]  # not in the stubs
