"""Importing families: choose the file, look at what would be registered, import it. Nothing is stored in between."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from families import actions
from families.forms.importing import MOST_ROWS, ColumnsForm, ImportFileForm
from families.importing import reports
from families.importing.likely import LikelyRow, compared_of, likely
from families.importing.placing import Joins
from families.importing.plan import Plan
from families.importing.rows import read_rows
from families.models import Person
from families.presenters import similar_lines
from families.queries import teams_for_import
from families.views import import_progress
from families.views.pages import UNPROCESSABLE

REFUSED_FILE = "rows-not-imported.csv"
BOX = "join"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.IMPORT_FAMILIES)
def import_families(request: SignedInRequest) -> HttpResponseBase:
    teams = list(teams_for_import(request.user))
    if request.method != "POST":
        return _ask(request, ImportFileForm(teams=teams))
    file = ImportFileForm(request.POST, request.FILES, teams=teams)
    if not file.is_valid():
        return _ask(request, file, UNPROCESSABLE)
    # The first time the columns are guessed; after that they come with the file.
    columns = ColumnsForm(request.POST if "do" in request.POST else None, table=file.table)
    if columns.is_bound and not columns.is_valid():
        return _look(request, file, columns, UNPROCESSABLE)
    importing = request.POST.get("do") == "import"
    if importing and request.POST.get("seen") == columns.seen:
        return _import(request, file, columns)
    return _look(request, file, columns, changed=importing)


def _ask(request: SignedInRequest, form: ImportFileForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "back": _back(request), "may": bool(form.teams), "most": f"{MOST_ROWS:,}"}
    return render(request, "families/import.html", context, status=status)


def _look(
    request: SignedInRequest, file: ImportFileForm, columns: ColumnsForm, status: int = 200, *, changed: bool = False
) -> HttpResponse:
    now = timezone.localtime()
    rows = read_rows(file.table, columns.kinds(), now.date())
    plan = actions.check_import(
        rows=rows, team=file.chosen_team, sha256=file.table.sha256, by=request.user, at=now, joins=_ticked(request)
    )
    named = request.user.has(Permission.SEE_FAMILIES)
    if request.POST.get("do") == "refused":
        answer = HttpResponse(reports.refused_file(file.table, plan.refused), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{REFUSED_FILE}"'
        return answer
    context: dict[str, Any] = {
        "file": file,
        "likely": _likely(request, plan),
        "compared": compared_of(plan),
        "form": columns,
        "team": file.chosen_team,
        "plan": plan,
        "first": reports.first_families(plan),
        "additions": reports.first_additions(plan, named=named),
        "questions": reports.questions(plan, named=named),
        "refused": reports.first_refused(plan),
        "rows": len(rows),
        "changed": changed,
    }
    return render(request, "families/import_columns.html", context, status=status)


def _likely(request: SignedInRequest, plan: Plan) -> list[tuple[LikelyRow, list[tuple[Person, str]]]]:
    """Who may be registered already. What is shown is entered first."""
    found, now = likely(plan, request.user), timezone.localtime()
    shown = {person.pk: person for line in found for person in line.people}
    if shown:
        actions.show_similar_people(people=shown.values(), by=request.user, at=now)
    return [(line, similar_lines(line.people, now.date())) for line in found]


def _import(request: SignedInRequest, file: ImportFileForm, columns: ColumnsForm) -> HttpResponseBase:
    now = timezone.localtime()
    rows = read_rows(file.table, columns.kinds(), now.date())
    wanted: dict[str, Any] = {
        "rows": rows,
        "team": file.chosen_team,
        "sha256": file.table.sha256,
        "joins": _ticked(request),
    }
    return import_progress.answer(request, _back(request), **wanted, by=request.user, at=now)


def _ticked(request: SignedInRequest) -> Joins:
    """The boxes under “Is it one of your families?”, by the number of a row."""
    boxes = ((name.removeprefix(BOX), value) for name, value in request.POST.items() if name.startswith(BOX))
    return {int(number): str(value) for number, value in boxes if number.isascii() and number.isdecimal()}


def _back(request: SignedInRequest) -> str:
    """A data protection officer sees no list of families."""
    seen = request.user.has(Permission.SEE_FAMILIES)
    return reverse("families:list") if seen else reverse("administration:organisation")
