from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.models import User
from accounts.roles import Permission
from decisions import actions
from decisions.disposed import not_found
from decisions.forms.search import SearchForm
from decisions.presenters.found import decisions_found, people_found, urgent_found
from decisions.presenters.people_on_lists import who_is_on_drafts
from decisions.searching import Results, last_decided, search
from families.models import Family

UNPROCESSABLE = 422
# The kinds of results that have a reference, beside families.
RECORDS = ("decisions", "urgent", "drafts")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SEE_DECISIONS)
def search_page(request: SignedInRequest) -> HttpResponse:
    """A search is posted, so that no name is in a URL, a history or a log. GET opens the empty form."""
    if request.method != "POST":
        return render(request, "decisions/search.html", {"form": SearchForm()})
    form = SearchForm(request.POST)
    if not form.is_valid():
        return render(request, "decisions/search.html", {"form": form}, status=UNPROCESSABLE)
    typed, at = form.cleaned_data["words"], timezone.now()
    actions.enter_search(characters=len(typed), words=len(typed.split()), by=request.user, at=at)
    found = search(typed, request.user)
    if found.any:
        actions.show_results(
            people=[person.pk for person in found.people.rows],
            records={**_references(found), "families": dict.fromkeys(family.reference for family in _families(found))},
            similar=found.similar,
            by=request.user,
            at=at,
        )
    return render(
        request, "decisions/search.html", {"form": form, "searched": True, **_shown(found, typed, request.user)}
    )


def _references(found: Results) -> dict[str, list[str]]:
    return {kind: [row.reference for row in getattr(found, kind).rows] for kind in RECORDS}


def _families(found: Results) -> Iterator[Family]:
    """Those found, and those of the people found: each line of a person has the reference of the family."""
    yield from found.families.rows
    for person in found.people.rows:
        yield person.family


def _shown(found: Results, typed: str, user: User) -> dict[str, Any]:
    of_people = {person.family_id for person in found.people.rows}
    families = of_people | {family.pk for family in found.families.rows}
    last = last_decided(families, user) if families else {}
    drafts = who_is_on_drafts([draft.pk for draft in found.drafts.rows], user)
    disposed, others = (None, "") if found.any else not_found(typed, user)
    return {
        "typed": typed,
        "disposed": disposed,
        "others_disposed": others,
        "found": found,
        "people": people_found(found.people.rows, last, timezone.localdate()),
        "families": [(family, last.get(family.pk)) for family in found.families.rows],
        "decisions": decisions_found(found.decisions.rows, user),
        "urgent": urgent_found(found.urgent.rows, timezone.localdate()),
        "drafts": [(draft, drafts[draft.pk].about) for draft in found.drafts.rows],
    }
