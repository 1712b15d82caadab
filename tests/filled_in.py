"""A form as somebody fills it in who answers what is asked and nothing more: the first choice, some words, today."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from tests.cast import PASSWORD
from tests.elements import Element
from tests.pages import parsed

BUTTONS = frozenset({"submit", "button", "reset", "file", "image"})
TYPED = ("input", "select", "textarea")
WORDS = "By phone, as agreed"


def filled_in(html: str, path: str) -> dict[str, list[str]]:
    """What a browser would send of the form on this page that is posted to it. Empty where there is none.

    A question that opens under an answer is left alone, and so is an optional one, unless it is answered already.
    """
    page = parsed(html)
    posted = [form for form in page.all("form") if form.attrs.get("method", "").lower() == "post"]
    of_page = [form for form in posted if form.attrs.get("action", path) in {"", path} and form.inside("main")]
    labels = {label.attrs.get("for"): label.text for label in page.all("label")}
    found: dict[str, list[str]] = {}
    for name, value in _answers(of_page[0], labels) if of_page else ():
        found.setdefault(name, []).append(value)
    return found


def _answers(form: Element, labels: dict[str | None, str]) -> Iterator[tuple[str, str]]:
    now, chosen = timezone.localtime(), set[str]()
    for control in _controls(form):
        name, kind = control.attrs.get("name", ""), control.attrs.get("type", control.tag)
        if not name or kind in BUTTONS or "disabled" in control.attrs:
            continue
        value = _value(control, kind)
        if kind == "radio":
            if name in chosen:
                continue
            chosen.add(name)
        optional = "(optional)" in labels.get(control.attrs.get("id"), "") or _is_opened_by_an_answer(control)
        if kind not in {"hidden", "radio", "checkbox"} and not value and not optional:
            value = _typed(control, kind, now)
        if kind != "checkbox" or "checked" in control.attrs:
            yield name, value


def _controls(element: Element) -> Iterator[Element]:
    for part in element.texts:
        if isinstance(part, Element):
            if part.tag in TYPED:
                yield part
            yield from _controls(part)


def _is_opened_by_an_answer(control: Element) -> bool:
    above = control.parent
    while above is not None and above.tag != "form":
        if "__conditional" in above.attrs.get("class", "") or above.tag == "details":
            return True
        above = above.parent
    return False


def _value(control: Element, kind: str) -> str:
    if kind in {"radio", "checkbox"}:
        return control.attrs.get("value", "on")
    if kind == "select":
        options = [part for part in control.texts if isinstance(part, Element)]
        return next((option.attrs.get("value", "") for option in options if "selected" in option.attrs), "")
    return control.attrs.get("value", "") or control.raw_text.strip()


def _typed(control: Element, kind: str, now: datetime) -> str:
    name = control.attrs["name"]
    parts = {"_day": str(now.day), "_month": str(now.month), "_year": str(now.year), "_time": f"{now:%H:%M}"}
    for ending, value in parts.items():
        if name.endswith(ending):
            return value
    if kind == "select":
        options = [part.attrs.get("value", "") for part in control.texts if isinstance(part, Element)]
        return next(filter(None, options), "")
    if kind == "password":
        return PASSWORD
    if kind == "number" or control.attrs.get("inputmode") == "numeric":
        return "5"
    return "somebody@north.test" if "email" in name else WORDS
