"""A copy for the author to keep or hand in. Its file name says nothing about the case."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow_signed_in
from reflections import actions
from reflections.downloads import CodeTheme, Copy, FileFormat, Shape, copy_of
from reflections.forms import CopyForm
from reflections.models import Reflection
from reflections.views import UNPROCESSABLE, decision_of, doubts_of, own_or_404

TYPES = {FileFormat.TEXT: "text/plain; charset=utf-8", FileFormat.WEB_PAGE: "text/html; charset=utf-8"}


@require_http_methods(["GET", "HEAD", "POST"])
@allow_signed_in
def download(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """The words that may identify somebody are shown again, and the author says that they have looked at them."""
    row = own_or_404(request.user, public_id)
    found = doubts_of(row, decision_of(row, request.user), request.user)
    form = CopyForm(request.POST if request.method == "POST" else None, doubtful=bool(found))
    if form.is_valid():
        return _file(request, row, form)
    context = {"reflection": row, "form": form, "doubts": found}
    return render(request, "reflections/download.html", context, status=UNPROCESSABLE if form.errors else 200)


def _file(request: SignedInRequest, row: Reflection, form: CopyForm) -> HttpResponse:
    shape, file_format = Shape(form.cleaned_data["shape"]), FileFormat(form.cleaned_data["file_format"])
    actions.copy_reflection(reflection=row, shape=shape, file_format=file_format, by=request.user, at=timezone.now())
    themes = [CodeTheme(theme) for theme in form.cleaned_data["themes"] or ()]
    copy = copy_of(row.words, timezone.localdate(row.started_at), shape, themes)
    return HttpResponse(
        _content(copy, file_format),
        content_type=TYPES[file_format],
        headers={"Content-Disposition": f'attachment; filename="reflection.{file_format}"'},
    )


def _content(copy: Copy, file_format: FileFormat) -> str:
    return (
        copy.as_text() if file_format is FileFormat.TEXT else render_to_string("reflections/copy.html", {"copy": copy})
    )
