"""The pages of restricted records: which there are, who reads each, and changing that."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow, allow_signed_in
from accounts.namesakes import colleague_names
from accounts.roles import Permission
from decisions import actions
from decisions.forms.restricted import NameForm, RecordForm, RestrictForm, WhyForm, by_id
from decisions.models import NamedReader, Restriction
from decisions.restricted_queries import (
    doubts_about,
    looked_after_by,
    may_be_named,
    readers_of,
    restrictable_by,
    restrictions_visible_to,
)

NOT_FOUND = "Check the reference: no record that you may restrict has it"
WRITES = ["GET", "HEAD", "POST"]


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _found(rows: Any, key: UUID) -> Restriction:
    found: Restriction | None = rows.select_related("family", "decision").filter(public_id=key).first()
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, form: Any, **context: str) -> HttpResponse:
    """A page of one form."""
    status = 422 if form.is_bound else 200
    return render(request, "families/conflict.html", {"form": form, **context}, status=status)


@require_safe
@allow_signed_in
def records(request: SignedInRequest) -> HttpResponse:
    """Those that somebody is named for; for an officer all that there are."""
    rows = restrictions_visible_to(request.user).select_related("family", "decision").order_by("-pk")
    context = {
        "rows": rows,
        "may_restrict": request.user.has(Permission.RESTRICT_RECORDS),
        "is_officer": request.user.is_officer,
    }
    return render(request, "decisions/restricted_records.html", context)


@require_http_methods(WRITES)
@allow(Permission.RESTRICT_RECORDS)
def restrict(request: SignedInRequest) -> HttpResponse:
    """The reference is in the address. Of a record that is not theirs it says what it says of none."""
    user, reference = request.user, request.GET.get("record", "")[:20]
    record = restrictable_by(user, reference) if reference else None
    heading, back = "Restrict a record to named people", reverse("decisions:restricted")
    if record is None:
        sent = "record" in request.GET or request.method == "POST"
        asked = RecordForm({"record": reference}) if sent else RecordForm()
        if asked.is_bound and asked.is_valid():
            asked.add_error("record", NOT_FOUND)
        context = {"form": asked, "heading": heading, "back": back}
        return render(request, "decisions/restrict.html", context, status=422 if asked.is_bound else 200)
    form = RestrictForm(_posted(request), record=record, user=user)
    if form.is_valid():
        about = form.about
        try:
            made = actions.restrict(
                reference=record.reference, people=form.named, why=form.cleaned_data["why"],
                about_staff=about is not None, concerned=about, by=user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("people", error)
        else:
            messages.success(request, "The record is restricted. The people you named have been told.")
            seen = restrictions_visible_to(_again(user)).filter(pk=made.pk).exists()
            return redirect("decisions:restricted_record", made.public_id) if seen else redirect("home")
    lead = f"Nobody else will be able to find {record.reference}, not even the supervisors of the team. "
    lead += "If you do not name yourself, you will not be able to find it either."
    return _form(request, form, heading=heading, lead=lead, button="Restrict it", back=back)


def _again(user: Any) -> Any:
    """What is closed to them has changed."""
    user.refresh_from_db()
    return user


@require_http_methods(WRITES)
@allow_signed_in
def record(request: SignedInRequest, restriction: UUID) -> HttpResponse:
    """Who may read it. Whoever looks after it names others here."""
    found = _found(restrictions_visible_to(request.user), restriction)
    keeps = looked_after_by(request.user).filter(pk=found.pk).exists()
    if request.method == "POST" and not keeps:
        raise Http404
    readers = list(readers_of(found))
    others = may_be_named(found.record, found.concerned).exclude(pk__in=[reader.user_id for reader in readers])
    form = NameForm(_posted(request), people=by_id(others)) if keeps else None
    if form and form.is_valid():
        actions.name_reader(
            restriction=found, person=form.named, keeper=form.cleaned_data["keeper"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, "They can read it now, and have been told.")
        return redirect("decisions:restricted_record", found.public_id)
    names = colleague_names(reader.user for reader in readers)
    context = {
        "restriction": found,
        "readers": [(names[reader.user_id], reader) for reader in readers],
        "doubts": doubts_about(found.record, [reader.user for reader in readers]),
        "keeps": keeps,
        "reads": request.user.pk in {reader.user_id for reader in readers},
        "form": form,
    }
    return render(request, "decisions/restricted_record.html", context, status=422 if form and form.is_bound else 200)


@require_http_methods(WRITES)
@allow_signed_in
def remove(request: SignedInRequest, restriction: UUID, reader: UUID) -> HttpResponse:
    found = _found(looked_after_by(request.user), restriction)
    named: NamedReader | None = readers_of(found).filter(public_id=reader).first()
    if named is None:
        raise Http404
    name = colleague_names([named.user])[named.user_id]
    form = WhyForm(
        _posted(request), question="Why may they no longer read it?", missing="Enter why they may no longer read it"
    )
    if form.is_valid():
        try:
            actions.remove_reader(reader=named, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error("why", error)
        else:
            messages.success(request, "They can no longer find it, and have been told.")
            seen = restrictions_visible_to(_again(request.user)).filter(pk=found.pk).exists()
            return redirect("decisions:restricted_record", found.public_id) if seen else redirect("home")
    back = reverse("decisions:restricted_record", args=[found.public_id])
    lead = f"{name} will no longer be able to find {found.record.reference}."
    return _form(request, form, heading="Remove a reader", lead=lead, button="Remove them", back=back)


@require_http_methods(WRITES)
@allow_signed_in
def lift(request: SignedInRequest, restriction: UUID) -> HttpResponse:
    found = _found(looked_after_by(request.user), restriction)
    form = WhyForm(_posted(request), question="Why is it opened again?", missing="Enter why it is opened again")
    if form.is_valid():
        actions.lift_restriction(restriction=found, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
        messages.success(request, "It is open again to everyone whose role allows it.")
        return redirect("decisions:restricted")
    back = reverse("decisions:restricted_record", args=[found.public_id])
    lead = f"Everyone whose role allows it will be able to find {found.record.reference} again"
    lead += ", but not the person it is about." if found.concerned_id else "."
    return _form(request, form, heading="Open the record again", lead=lead, button="Open it again", back=back)
