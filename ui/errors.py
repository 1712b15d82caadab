"""The error summary: one line an error, each landing on the input that mends it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BaseFormSet

from ui.base_fields import label_of
from ui.boundfield import GovukBoundField
from ui.labels import Named, distinct


def error_links(*sources: Any) -> list[tuple[str, str]]:
    """(href, message) for every error of the forms, formsets or lists of forms given, in the order of the page.

    No two read the same: a message that several fields have is said with the question it is about.
    """
    found = [link for source in sources for link in _links(source)]
    messages = distinct({index: link.named for index, link in enumerate(found)})
    return [(link.href, messages[index]) for index, link in enumerate(found)]


def has_errors(*sources: Any) -> bool:
    """True when a form among these was checked and found wanting. Checks none itself."""
    return any(_was_refused(source) for source in sources)


@dataclass(frozen=True)
class _Link:
    href: str
    message: str
    question: str = ""

    @property
    def named(self) -> Named:
        return Named(self.message, (self.question,))


def _links(source: Any) -> Iterator[_Link]:
    if isinstance(source, BaseForm):
        yield from _form_links(source)
    elif isinstance(source, BaseFormSet):
        for message in source.non_form_errors():
            yield _Link(_first_input(source.forms[0]) if source.forms else "", str(message))
        yield from _each(source.forms)
    elif isinstance(source, Iterable) and not isinstance(source, str):
        yield from _each(source)


def _each(sources: Iterable[Any]) -> Iterator["_Link"]:
    return (link for source in sources for link in _links(source))


def _form_links(form: BaseForm) -> Iterator[_Link]:
    prefix = getattr(form, "error_prefix", "")
    start = f"{prefix}: " if prefix else ""
    for message in form.non_field_errors():
        yield _Link(_first_input(form), f"{start}{message}")
    for name in form.fields:
        for message in form.errors.get(name, ()):
            yield _Link(_target(form, name), f"{start}{message}", label_of(form.fields[name], name))


def _target(form: BaseForm, name: str) -> str:
    field = form[name]
    if field.is_hidden or not isinstance(field, GovukBoundField):
        return _first_input(form)
    return f"#{field.first_input_id}"


def _first_input(form: BaseForm) -> str:
    for field in form.visible_fields():
        if isinstance(field, GovukBoundField):
            return f"#{field.first_input_id}"
    return ""


def _was_refused(source: Any) -> bool:
    if isinstance(source, BaseForm):
        return source.is_bound and bool(source._errors)  # type: ignore[attr-defined]  # noqa: SLF001  .errors would check a form nobody has checked
    if isinstance(source, BaseFormSet):
        return source.is_bound and source._errors is not None and not source.is_valid()  # type: ignore[attr-defined]  # noqa: SLF001  as above
    if isinstance(source, list | tuple):
        return any(_was_refused(each) for each in source)
    return False
