"""“Is it one of these?”, where a decision is about a family, or a person of it, that is not here yet."""

from collections.abc import Sequence

from django.utils import timezone

from accounts.access import SignedInRequest
from decisions.models import Decision
from decisions.views.submission import submission_id
from drafting import actions
from drafting.forms.start import FamilyForm
from drafting.pages.base import Page
from drafting.pages.people import NewPersonForm, PeoplePage
from drafting.rows import filled
from families.actions import show_similar_families, show_similar_people
from families.models import Family, Person
from families.presenters import similar_lines
from families.similar import is_looked_at, similar_families, similar_people


def families_like(request: SignedInRequest, form: FamilyForm) -> list[Family]:
    """Families that the new one may be, once for each name that is typed. What is shown is entered first."""
    name = form.cleaned_data["family_name"]
    if form.chosen or is_looked_at(request, name):
        return []
    similar = similar_families(name, request.user)
    if similar and Decision.objects.drafts_of(request.user).filter(public_id=submission_id(request)).exists():
        return []  # submitted twice: the family is the one that the first has registered
    if similar:
        show_similar_families(families=similar, by=request.user, at=timezone.now())
    return similar


def people_like(request: SignedInRequest, page: Page, version: int) -> dict[str, list[Person]]:
    """Of a valid page, for each new person whose name was not looked at yet: those that it may be."""
    if not isinstance(page, PeoplePage) or actions.is_stale(page=page, version=version):
        return {}
    new = [form for form in filled(page.new_people) if not is_looked_at(request, form.cleaned_data["name"])]
    found = {form.cleaned_data["name"]: _like(form, request) for form in new}
    return {name: people for name, people in found.items() if people}


def _like(form: NewPersonForm, request: SignedInRequest) -> list[Person]:
    return similar_people(form.details(), form.family, request.user)


def shown_people(request: SignedInRequest, similar: dict[str, list[Person]]) -> dict[str, object]:
    """For the page that asks. What is shown is entered first."""
    people: Sequence[Person] = list({person.pk: person for found in similar.values() for person in found}.values())
    now = timezone.localtime()
    show_similar_people(people=people, by=request.user, at=now)
    looked_at = [*request.POST.getlist("looked_at"), *similar]
    return {"similar_people": similar_lines(people, now.date()), "looked_at": looked_at}
