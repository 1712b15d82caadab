from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow
from accounts.queries import open_teams_visible_to
from accounts.roles import Permission, Role
from audit.parts import read_parts
from families import actions, newest, presenters
from families.forms import FamilyCorrection, RegisterForm
from families.models import Family, Person
from families.queries import is_editable_by, may_see_who_looked_at_family
from families.similar import is_looked_at, similar_families
from families.views.pages import Correcting, FormPage, answer, correct, posted, show
from families.views.rows import editable, visible_family

PAGE_LENGTH = 25


def _listed(families: QuerySet[Family]) -> QuerySet[Family]:
    """People are counted of the families that are shown, and not of all before these are chosen."""
    people = Person.objects.filter(family=OuterRef("pk")).order_by().values("family").annotate(number=Count("pk"))
    counted = families.annotate(people_count=Coalesce(Subquery(people.values("number")), 0))
    return counted.prefetch_related("family_teams__team")


@require_safe
@allow(Permission.SEE_FAMILIES)
def family_list(request: SignedInRequest) -> HttpResponse:
    page = newest.page(request.GET, request.user, PAGE_LENGTH, _listed)
    actions.list_families(families=[row.reference for row in page.rows], by=request.user, at=timezone.now())
    may_register = request.user.has(Permission.EDIT_FAMILIES)
    may_import = request.user.has(Permission.IMPORT_FAMILIES)
    context = {"page": page, "may_register": may_register, "may_import": may_import}
    return render(request, "families/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_FAMILIES)
def register(request: SignedInRequest) -> HttpResponse:
    own = open_teams_visible_to(request.user).filter(pk__in=request.user.team_ids(Role.PRACTITIONER))
    page = FormPage(
        heading="Register a family",
        back=reverse("families:list"),
        enter=lambda: None,
        template="families/register.html",
        button="Register",
    )

    def save(form: RegisterForm) -> str:
        family = actions.register_family(
            name=form.cleaned_data["name"], teams=form.chosen_teams(), by=request.user, at=timezone.now()
        )
        return reverse("families:detail", args=[family.public_id])

    form = RegisterForm(posted(request), own_teams=own)
    if form.is_bound and form.is_valid() and not is_looked_at(request, name := form.cleaned_data["name"]):
        similar = similar_families(name, request.user)
        if similar:
            actions.show_similar_families(families=similar, by=request.user, at=timezone.now())
            return show(request, page, form, similar_families=similar, looked_at=name)
    return answer(request, page, form, save, "The family is registered. Now add the people.")


@require_safe
@allow(Permission.SEE_FAMILIES)
def detail(request: SignedInRequest, family_id: UUID) -> HttpResponse:
    family = visible_family(request.user, family_id)
    read_parts([family], ("people__safe_contacts", "people__known_risks", "disclosures"))
    actions.open_family(family=family, by=request.user, at=timezone.now())
    context = {
        "family": family,
        "cards": presenters.person_cards(family.people.all(), timezone.localdate()),
        "disclosures": presenters.disclosure_lines(family.disclosures.all()),
        "may_edit": is_editable_by(family, request.user),
        "sees_who_looked": may_see_who_looked_at_family(family, request.user),
        "may_decide": request.user.has(Permission.START_DECISIONS),
    }
    return render(request, "families/family.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_FAMILIES)
def family_correct(request: SignedInRequest, family_id: UUID) -> HttpResponse:
    family: Family = editable(Family.objects.all(), request.user, family_id)
    page = FormPage(
        heading="Correct the family name",
        back=reverse("families:detail", args=[family.public_id]),
        enter=lambda: actions.open_family(family=family, by=request.user, at=timezone.now()),
    )
    return correct(
        request,
        page,
        Correcting(family, lambda: presenters.family_rows(family)),
        lambda data: FamilyCorrection(data, initial={"name": family.name, "version": family.version}),
        lambda form: actions.correct_family(
            family=family,
            name=form.cleaned_data["name"],
            version=form.cleaned_data["version"],
            why=form.cleaned_data["why_changed"],
            by=request.user,
            at=timezone.now(),
        ),
    )
