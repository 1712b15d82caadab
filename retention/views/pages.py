"""The page of one form, and the password that is asked on some."""

from collections.abc import Mapping
from typing import Any

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import render

from accounts.access import SignedInRequest
from decisions.views.submission import submission_id

TOO_OFTEN = "You tried too often. Wait a minute, then try again"


def posted(request: SignedInRequest) -> QueryDict | None:
    """The POST data, even if empty, so that the form is bound and says what is missing."""
    return request.POST if request.method == "POST" else None


def is_valid(request: SignedInRequest, form: BaseForm) -> bool:
    """Whether everything is answered. A password is tried a few times a minute, or it could be guessed here."""
    if request.method != "POST":
        return False
    if "password" in form.fields and not ratelimit.consume(request, action="reauthenticate", user=request.user):
        form.full_clean()
        form.errors.pop("password", None)
        form.add_error("password", TOO_OFTEN)
        return False
    return form.is_valid()


def refuse(form: BaseForm, error: ValidationError) -> None:
    """What the action says, beside the first question."""
    for message in error.messages:
        form.add_error(next(iter(form.fields)), message)


def show_form(request: SignedInRequest, template: str, form: BaseForm, context: Mapping[str, Any]) -> HttpResponseBase:
    more = {"form": form, "submission_id": submission_id(request)}
    return render(request, template, {**context, **more}, status=422 if request.method == "POST" else 200)
