"""The records that a request concerns: each opened on its own, read only, and decided item by item."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from audit.parts import read_parts
from decisions.models import Decision
from decisions.queries import PARTS
from decisions.views.submission import submission_id
from rights import actions
from rights.forms.items import GiveForm, ItemForm
from rights.models import ItemDecision, RightsRequest
from rights.names import names_since
from rights.preparing import Prepared, item_lines, prepared_of
from rights.presenters import clock_of
from rights.queries import decisions_of
from rights.views.found import found_or_404, posted, refuse
from rules.rights.codes import RequestKind
from rules.rights.grounds import ground_words


def _opened(request: SignedInRequest, public_id: UUID, decision: UUID) -> tuple[RightsRequest, Prepared]:
    """One record of a request that is not answered, after the entry in the ledger that it was opened."""
    found = found_or_404(request, public_id)
    row: Decision | None = decisions_of(found, request.user).filter(public_id=decision).first()
    if row is None or found.kind != RequestKind.ACCESS or clock_of(found).is_closed:
        raise Http404
    actions.open_record(request=found, decision=row, by=request.user, at=timezone.now())
    read_parts([row], PARTS)
    return found, prepared_of(found, [row])[0]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.ANSWER_REQUESTS)
def record(request: SignedInRequest, public_id: UUID, decision: UUID) -> HttpResponseBase:
    """All items in the order of the record. Those that nothing was found against can be given together."""
    found, prepared = _opened(request, public_id, decision)
    form = GiveForm(posted(request), together=prepared.together)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_items(
                request=found, decision=prepared.decision, keys=form.cleaned_data["items"],
                submission_id=submission_id(request), by=request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            refuse(form, error)
        else:
            return _next(found, prepared, set(form.cleaned_data["items"]))
    context = {
        "found": found, "record": prepared, "form": form, "lines": item_lines(prepared, form["items"].value() or []),
        "submission_id": submission_id(request),
        "names_since": names_since(prepared.decision, request.user),
    }  # fmt: skip
    return render(request, "rights/record.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.ANSWER_REQUESTS)
def item(request: SignedInRequest, public_id: UUID, decision: UUID, key: str) -> HttpResponseBase:
    """One item, and what is done with it; then the next that nobody has decided."""
    found, prepared = _opened(request, public_id, decision)
    entry, decided = next(((each, row) for each, row in prepared.entries if each.key == key), (None, None))
    if entry is None:
        raise Http404
    form = ItemForm(posted(request), suggestion=entry.suggestion, initial=_initial(decided))
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_item(
                request=found, decision=prepared.decision, key=key, **form.answers(),
                submission_id=submission_id(request), by=request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            refuse(form, error)
        else:
            return _next(found, prepared, {key})
    left = len(prepared.undecided)
    context = {
        "found": found, "record": prepared, "entry": entry, "form": form, "left": left,
        "ground": ground_words(entry.suggestion.ground) if entry.suggestion else "",
        "submission_id": submission_id(request), "names_since": names_since(prepared.decision, request.user),
    }  # fmt: skip
    return render(request, "rights/item.html", context, status=422 if request.method == "POST" else 200)


def _next(found: RightsRequest, prepared: Prepared, done: Collection[str]) -> HttpResponseBase:
    """The next below what was decided; from the last, the first above."""
    keys = [each.key for each, _ in prepared.entries]
    waiting = {each.key for each in prepared.undecided} - set(done)
    place = min(keys.index(key) for key in done)
    for key in [*keys[place:], *keys[:place]]:
        if key in waiting:
            return redirect("rights:item", found.public_id, prepared.decision.public_id, key)
    return redirect("rights:record", found.public_id, prepared.decision.public_id)


def _initial(decided: ItemDecision | None) -> dict[str, Any]:
    if decided is None:
        return {}
    same = {"choice": decided.choice, "given": decided.given}
    return same | {
        name: value
        for prefix in ("", "part_")
        for name, value in ((f"{prefix}ground", decided.ground), (f"{prefix}reason", decided.reason))
    }
