"""An author may let a supervisor read a reflection, and end that. The supervisor's page has its words and no more."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, allow_signed_in
from reflections import actions
from reflections.forms import ReaderForm
from reflections.models import Reflection
from reflections.presenters import answers
from reflections.queries import supervisors_of
from reflections.views import UNPROCESSABLE, own_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@allow_signed_in
def show(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    row = own_or_404(request.user, public_id)
    readers = row.readers.filter(ended_at__isnull=True)
    reading = {allowed.reader_id for allowed in readers}
    offered = [user for user in supervisors_of(request.user) if user.pk not in reading]
    form = ReaderForm(request.POST if request.method == "POST" else None, offered=offered)
    if form.is_valid():
        try:
            actions.show_to_supervisor(reflection=row, reader=form.chosen, by=request.user, at=timezone.now())
        except ValidationError as refused:
            form.add_error("reader", refused.message_dict["reader"][0])
        else:
            messages.success(request, f"{form.chosen.name_on_record} can read your reflection now.")
            return redirect("reflections:detail", row.public_id)
    context = {"reflection": row, "form": form, "readers": readers, "offered": offered}
    return render(request, "reflections/show.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@allow_signed_in
def end(request: SignedInRequest, public_id: UUID, reader_id: UUID) -> HttpResponseBase:
    row = own_or_404(request.user, public_id)
    allowed = get_object_or_404(row.readers.all(), public_id=reader_id)
    actions.stop_showing(allowed=allowed, by=request.user, at=timezone.now())
    messages.success(request, f"{allowed.reader.name_on_record} can no longer read your reflection.")
    return redirect("reflections:detail", row.public_id)


@require_safe
@allow_signed_in
def read(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """For the supervisor whom its author lets read it. Each reading is entered, and its author sees it."""
    shown = Reflection.objects.shown_to(request.user).select_related("author")
    row = get_object_or_404(shown, public_id=public_id)
    actions.read_shown_reflection(reflection=row, by=request.user, at=timezone.now())
    return render(
        request,
        "reflections/read.html",
        {"reflection": row, "author": row.author.name_on_record, "answers": answers(row)},
    )
