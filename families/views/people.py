from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from families import actions, presenters
from families.forms import PersonCorrection, PersonForm, RisksForm
from families.forms.contact import risks_initial
from families.forms.person import person_initial
from families.models import Family, Person
from families.similar import is_looked_at, similar_people
from families.views.pages import Correcting, FormPage, answer, correct, posted, show
from families.views.rows import editable


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_FAMILIES)
def person_add(request: SignedInRequest, family_id: UUID) -> HttpResponse:
    family: Family = editable(Family.objects.all(), request.user, family_id)
    back = reverse("families:detail", args=[family.public_id])
    page = FormPage(
        heading="Add a person",
        back=back,
        enter=lambda: actions.open_family(family=family, by=request.user, at=timezone.now()),
        template="families/person_form.html",
        context={"another": True},
    )

    def save(form: PersonForm) -> str:
        actions.add_person(family=family, details=form.details(), by=request.user, at=timezone.now())
        return request.path if "another" in request.POST else back

    form = PersonForm(posted(request), initial={"age_on": timezone.localdate()})
    if form.is_bound and form.is_valid() and not is_looked_at(request, name := form.cleaned_data["name"]):
        similar = similar_people(form.details(), family, request.user)
        if similar:
            actions.show_similar_people(people=similar, by=request.user, at=timezone.now())
            lines = presenters.similar_lines(similar, timezone.localdate())
            return show(request, page, form, similar_people=lines, looked_at=name)
    return answer(request, page, form, save, "The person is added.")


def _back(person: Person) -> str:
    return reverse("families:detail", args=[person.family.public_id])


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_FAMILIES)
def person_correct(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person: Person = editable(Person.objects.select_related("family"), request.user, person_id)
    page = FormPage(
        heading="Correct a person",
        back=_back(person),
        enter=lambda: actions.open_person(person=person, by=request.user, at=timezone.now()),
        template="families/person_form.html",
    )
    return correct(
        request,
        page,
        Correcting(person, lambda: presenters.person_rows(person, timezone.localdate(), name=True)),
        lambda data: PersonCorrection(data, initial=person_initial(person)),
        lambda form: actions.correct_person(
            person=person,
            details=form.details(),
            version=form.cleaned_data["version"],
            why=form.cleaned_data["why_changed"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_FAMILIES)
def risks(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person: Person = editable(Person.objects.select_related("family"), request.user, person_id)
    page = FormPage(
        heading="Known risks",
        back=_back(person),
        enter=lambda: actions.open_person(person=person, by=request.user, at=timezone.now()),
        context={"person": person},
    )
    return correct(
        request,
        page,
        Correcting(person, lambda: presenters.risk_rows(person.known_risks.all())),
        lambda data: RisksForm(data, initial=risks_initial(person)),
        lambda form: actions.set_known_risks(
            person=person,
            notes=form.notes(),
            version=form.cleaned_data["version"],
            why=form.cleaned_data["why_changed"],
            by=request.user,
            at=timezone.now(),
        ),
    )
