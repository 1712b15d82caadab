"""Pages with one form: shown, shown again with errors and everything typed, or saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.access import SignedInRequest
from families.actions import ChangedMeanwhile
from families.forms import Correction
from families.models import Disclosure, Family, Person, SafeContact
from ui.forms import Form
from ui.rows import Row

Asked = TypeVar("Asked", bound=Form)
Corrected = TypeVar("Corrected", bound=Correction)
UNPROCESSABLE, CONFLICT = 422, 409


@dataclass(frozen=True)
class FormPage:
    """The words around a form. `enter` writes the ledger entry before anything is shown."""

    heading: str
    back: str
    enter: Callable[[], None]
    template: str = "families/form.html"
    button: str = "Save"
    context: dict[str, Any] = field(default_factory=dict)


def posted(request: SignedInRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def show(request: SignedInRequest, page: FormPage, form: Form, status: int = 200, **more: Any) -> HttpResponse:
    page.enter()
    context = {"heading": page.heading, "back": page.back, "button": page.button, "form": form}
    return render(request, page.template, {**context, **page.context, **more}, status=status)


def answer(
    request: SignedInRequest, page: FormPage, form: Asked, save: Callable[[Asked], str], message: str
) -> HttpResponse:
    """`save` returns the URL to redirect to."""
    if not form.is_bound:
        return show(request, page, form)
    if not form.is_valid():
        return show(request, page, form, UNPROCESSABLE)
    onward = save(form)
    messages.success(request, message)
    return redirect(onward)


@dataclass(frozen=True)
class Correcting:
    """The row to correct, and how it reads now."""

    row: Disclosure | Family | Person | SafeContact
    now: Callable[[], Sequence[Row]]


def correct(
    request: SignedInRequest,
    page: FormPage,
    about: Correcting,
    make: Callable[[QueryDict | None], Corrected],
    save: Callable[[Corrected], object],
) -> HttpResponse:
    """If somebody changed the row meanwhile: 409 with the typed text and their version; submitting again saves.

    A change that needs a reason and has none: 422 with what was typed.
    """
    form = make(posted(request))
    try:
        return answer(request, page, form, lambda valid: _saved(save, valid, page.back), "The correction is saved.")
    except ValidationError as refused:
        form.add_error(None, refused)
        return show(request, page, form, UNPROCESSABLE)
    except ChangedMeanwhile:
        about.row.refresh_from_db()
        data = request.POST.copy()
        data["version"] = str(about.row.version)
        return show(request, page, make(data), CONFLICT, now=about.now())


def _saved(save: Callable[[Corrected], object], form: Corrected, onward: str) -> str:
    save(form)
    return onward
