"""One question on one page: shared by every page that changes people, teams or settings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

TEMPLATE = "administration/question_page.html"
asks = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Question:
    """The words of the page, and its back link.

    A name goes into `about` and never into the title, which is in the browser's history.
    """

    title: str
    button: str
    back: str
    intro: Sequence[str] = ()
    grave: bool = False
    about: str = ""


def posted(request: HttpRequest) -> QueryDict | None:
    """The POST data, or None. An empty POST is bound too, so that the form says what is missing."""
    return request.POST if request.method == "POST" else None


def ask(
    request: HttpRequest, question: Question, form: BaseForm, act: Callable[[dict[str, Any]], HttpResponse]
) -> HttpResponse:
    """Show the form until both it and the action accept the data. Nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            return act(form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
    status = 422 if form.is_bound else 200
    return render(request, TEMPLATE, {"question": question, "form": form}, status=status)


def refuse(form: BaseForm, error: ValidationError) -> None:
    """Add the action's errors to the fields they are about, or to the first field."""
    first = next(iter(form.fields))
    errors_by_field = error.error_dict if hasattr(error, "error_dict") else {first: [error]}
    for name, errors in errors_by_field.items():
        for message in errors:
            form.add_error(name if name in form.fields else first, message)


def confirm(request: HttpRequest, question: Question, act: Callable[[], object], *, message: str) -> HttpResponse:
    """Ask for confirmation. If the action refuses, its message is shown on the page that `back` leads to."""
    if request.method != "POST":
        return render(request, TEMPLATE, {"question": question})
    try:
        act()
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, message)
    return redirect(question.back)


def tell(request: HttpRequest, message: str, to: str) -> HttpResponse:
    messages.success(request, message)
    return redirect(to)
