"""The decision log as a file: the filters of the log in the address, and for an officer what people wrote."""

from datetime import date
from typing import Any

from django import forms as django_forms
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from accounts.step_up import needs_step_up
from decisions.forms.log import LogFilter
from reports.actions import NO_REASON, export_log
from ui import forms
from ui.fields import Textarea
from ui.moments import moment

MOST_OF_A_REASON = 500
# For static/download.js: of how many decisions the file will have a row.
COMING = "X-Decisions"


class ExportForm(forms.Form):
    """Asked of a data protection officer alone."""

    words = django_forms.BooleanField(
        label="Include what people wrote on each decision", required=False,
        help_text="What was seen or told, the child's words and the reasons. It may name people.",
    )  # fmt: skip
    reason = django_forms.CharField(
        label="Why do you need it?", required=False, max_length=MOST_OF_A_REASON, widget=Textarea(rows=3),
        help_text="Only for what people wrote. Your reason is kept in the audit log.",
    )  # fmt: skip

    def clean(self) -> None:
        if self.cleaned_data.get("words") and not str(self.cleaned_data.get("reason") or "").strip():
            self.add_error("reason", NO_REASON)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EXPORT_LOG)
@needs_step_up
def export(request: SignedInRequest) -> HttpResponseBase:
    """Says what will be in the file, and sends it when asked."""
    filters = LogFilter(request.GET, user=request.user)
    may_have_words = request.user.has(Permission.EXPORT_WORDS)
    posted = request.POST if request.method == "POST" else None
    form = ExportForm(posted) if may_have_words else None
    fine = filters.is_valid() and (form is None or posted is None or form.is_valid())
    if posted is not None and fine:
        return _file(request, filters, form)
    context = {"filters": filters, "form": form, "chosen": _chosen(filters), "query": request.GET.urlencode()}
    return render(request, "reports/export.html", context, status=200 if fine else 422)


def _file(request: SignedInRequest, filters: LogFilter, form: ExportForm | None) -> HttpResponseBase:
    answers: dict[str, Any] = form.cleaned_data if form else {}
    asked = {name: str(value) for name, value in filters.cleaned_data.items() if value}
    taken = export_log(
        narrowed=filters.narrowed, filters=asked, words=bool(answers.get("words")), reason=answers.get("reason", ""),
        by=request.user, at=timezone.now(),
    )  # fmt: skip
    return StreamingHttpResponse(
        taken.chunks, content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="decision-log.csv"', COMING: str(taken.decisions)},
    )  # fmt: skip


def _chosen(filters: LogFilter) -> list[tuple[str, str]]:
    """The filters in words."""
    found = []
    for name, value in filters.cleaned_data.items() if filters.is_valid() else ():
        words = {str(key): str(label) for key, label in getattr(filters.fields[name], "choices", ())}
        shown = moment(value) if isinstance(value, date) else words.get(str(value), str(value))
        if value:
            found.append((str(filters.fields[name].label), shown))
    return found
