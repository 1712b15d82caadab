"""The copy for the family, and our own record of what was left out of it."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from accounts.step_up import needs_step_up
from decisions.views.submission import submission_id
from letters.models import LetterMade
from letters.output import bytes_of
from rights import actions
from rights.forms.items import CopyForm
from rights.leaving import refused_routes
from rights.models import FamilyCopy, RightsRequest
from rights.names import names_since
from rights.preparing import Prepared, prepared, why_no_copy
from rights.presenters import clock_of
from rights.views.found import found_or_404, posted, refuse
from rules.rights.codes import RequestKind

REFUSED = 409


def _records(request: SignedInRequest, public_id: UUID) -> tuple[RightsRequest, list[Prepared]]:
    """Every record of a request, after an entry in the ledger for each that it was opened."""
    found = found_or_404(request, public_id)
    if found.kind != RequestKind.ACCESS:
        raise Http404
    records = prepared(found, request.user)
    for record in records:
        actions.open_record(request=found, decision=record.decision, by=request.user, at=timezone.now())
    return found, records


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.ANSWER_REQUESTS)
def make(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    found, records = _records(request, public_id)
    if clock_of(found).is_closed:
        raise Http404
    refused = why_no_copy(found, records)
    if refused:
        context = {"found": found, "records": records, "refused": refused}
        return render(request, "rights/make_copy.html", context, status=422 if request.method == "POST" else 200)
    form = CopyForm(posted(request), refused=refused_routes(found, timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_copy(
                request=found, **form.answers(), submission_id=submission_id(request), by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            refuse(form, error)
        else:
            return redirect("rights:copy", found.public_id, made.public_id)
    context = {
        "found": found, "records": records, "form": form, "submission_id": submission_id(request)
    }  # fmt: skip
    return render(request, "rights/make_copy.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@allow(Permission.ANSWER_REQUESTS)
def left_out(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Our own record: what they were not given or given in part, the law and the reason. To read or to print."""
    found, records = _records(request, public_id)
    names = [line for record in records for line in names_since(record.decision, request.user)]
    context = {"found": found, "records": records, "names_since": list(dict.fromkeys(names))}
    return render(request, "rights/left_out.html", context)


def _copy(request: SignedInRequest, public_id: UUID, copy: UUID) -> FamilyCopy:
    found = found_or_404(request, public_id)
    made: FamilyCopy = get_object_or_404(FamilyCopy.objects.of(found), public_id=copy)
    made.request = found
    return made


@require_safe
@allow(Permission.ANSWER_REQUESTS)
def copy(request: SignedInRequest, public_id: UUID, copy: UUID) -> HttpResponseBase:
    """As it was given."""
    made = _copy(request, public_id, copy)
    refused = actions.open_copy(copy=made, by=request.user, at=timezone.now())
    context = {"made": made, "made_by": made.written_by_then_and_now, "found": made.request, "refused": refused}
    return render(
        request, "rights/copy.html", context if refused else {**context, "letter": made.content},
        status=REFUSED if refused else 200,
    )  # fmt: skip


@require_safe
@allow(Permission.ANSWER_REQUESTS)
@needs_step_up
def pdf(request: SignedInRequest, public_id: UUID, copy: UUID) -> HttpResponseBase:
    """The same bytes as when it was made. The name of the file says nothing."""
    made = _copy(request, public_id, copy)
    if made.format != LetterMade.Format.PDF:
        raise Http404
    refused = actions.open_copy(copy=made, by=request.user, at=timezone.now())
    if refused:
        context = {"made": made, "found": made.request, "refused": refused}
        return render(request, "rights/copy.html", context, status=REFUSED)
    answer = HttpResponse(bytes_of(made.content, made.format), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="copy.pdf"'
    return answer
