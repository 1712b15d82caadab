"""The audit log's page: verification, the latest entries, and an export without values."""

from typing import cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from accounts.step_up import needs_step_up
from administration.ledger_actions import export_ledger, verify_ledger
from administration.ledger_presenters import entry_row, figures, in_groups, last_checks
from administration.ledger_queries import latest_entries
from audit import ledger
from audit.middleware import opens_own_blocks
from audit.models import LedgerEntry
from ui import fields
from ui.forms import Form

PAGE = 50
TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


class ExportForm(Form):
    format = forms.ChoiceField(
        label="Format",
        choices=[("csv", "CSV, for a spreadsheet"), ("jsonl", "JSON Lines, for checking it with other software")],
        widget=fields.Radios(),
        error_messages={
            "required": "Choose a format",
            "invalid_choice": "Choose one of the two formats: CSV or JSON Lines",
        },
    )


def _page(request: SignedInRequest, form: ExportForm, *, status: int = 200) -> HttpResponse:
    """Opening the page is entered too; if the entry cannot be written, nothing is shown."""
    with ledger.recording(actor=request.user, at=timezone.now()):
        entries = latest_entries(request.user)
        # A paginator only counts and slices its list.
        page = Paginator(cast("list[LedgerEntry]", entries), PAGE).get_page(request.GET.get("page"))
        ledger.append("ledger.opened", organisation=request.user.organisation_id, details={"page": page.number})
        rows = [entry_row(entry) for entry in page]
        context = {
            "figures": figures(entries, last_checks(request.user)),
            "page": page,
            "rows": rows,
            "groups": in_groups(rows),
            "form": form,
            "takes_evidence": request.user.has(Permission.TAKE_EVIDENCE),
        }
        return render(request, "administration/ledger.html", context, status=status)


@allow(Permission.SEE_LEDGER)
@require_safe
def show(request: SignedInRequest) -> HttpResponse:
    return _page(request, ExportForm())


@opens_own_blocks  # on SQLite, reading a long chain inside a block would stop everybody else writing
@allow(Permission.SEE_LEDGER)
@require_POST
def verify(request: SignedInRequest) -> HttpResponse:
    result = verify_ledger(by=request.user, at=timezone.now())
    if result.sound:
        messages.success(request, "The audit log has been verified: every entry is as it was written.")
    elif result.chain.sound:
        messages.error(request, "A record is not as the audit log says. See “Last verified”.")
    else:
        messages.error(request, "The audit log is not as it was written, or is no longer guarded. See “Last verified”.")
    return redirect("administration:ledger")


@allow(Permission.EXPORT_LEDGER)
@require_POST
@needs_step_up
def export(request: SignedInRequest) -> HttpResponseBase:
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    kind = form.cleaned_data["format"]
    return StreamingHttpResponse(
        export_ledger(kind=kind, by=request.user),
        content_type=TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="ledger.{kind}"'},
    )
