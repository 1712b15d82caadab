"""Users of the organisation, their roles, and whether they can sign in."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import actions
from accounts.access import SignedInRequest, allow
from accounts.models import User
from accounts.queries import memberships_visible_to, people_visible_to, role_agreements_visible_to, sign_ons_visible_to
from accounts.roles import Permission, Role
from accounts.sign_on import account_matching
from accounts.step_up import needs_step_up
from administration.cover_queries import unreviewed_without
from administration.people_forms import AddToTeamForm, DetailsForm, OrganisationRoleForm
from administration.people_presenters import details, lines, memberships, state
from administration.question_page import Question, ask, asks, confirm, posted, tell

PAGE = 50
WAITS = "A colleague must agree first. They see it on their home page."
SECOND = (
    "A role in the organisation may need a second person. If so, another administrator or data protection officer "
    "sees it on their home page and agrees, or refuses."
)


def find_person(request: SignedInRequest, person: UUID) -> tuple[User, str]:
    """The person, if the user may see them, and the URL of their page."""
    found = get_object_or_404(people_visible_to(request.user), public_id=person)
    return found, reverse("administration:person", args=[person])


@allow(Permission.MANAGE_PEOPLE)
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    everybody = people_visible_to(request.user).order_by("-is_active", "full_name", "pk")
    page = Paginator(everybody.prefetch_related("memberships__team"), PAGE).get_page(request.GET.get("page"))
    return render(request, "administration/people.html", {"page": page, "lines": lines(page)})


@allow(Permission.MANAGE_PEOPLE)
@require_safe
def person(request: SignedInRequest, person: UUID) -> HttpResponse:
    found, _ = find_person(request, person)
    sign_ons = list(sign_ons_visible_to(request.user).filter(user=found)) if settings.SIGN_ON else []
    word, colour = state(found, signs_on=bool(sign_ons))
    context = {
        "person": found,
        "rows": details(found),
        "memberships": memberships(found),
        "agreement": role_agreements_visible_to(request.user).filter(user=found, answered_at=None).first(),
        "sign_ons": [(held, account_matching.label_of(held)) for held in sign_ons],
        "word": word,
        "colour": colour,
    }
    return render(request, "administration/people_person.html", context)


@allow(Permission.MANAGE_PEOPLE)
@asks
def change(request: SignedInRequest, person: UUID) -> HttpResponse:
    found, back = find_person(request, person)
    question = Question("Change a person's details", "Save", back, ("This does not change recorded decisions.",))

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.change_person(user=found, **data, by=request.user, at=timezone.now())
        return tell(request, "The details have been changed.", back)

    form = DetailsForm(posted(request), initial={"full_name": found.full_name, "job_title": found.job_title})
    return ask(request, question, form, act)


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def organisation_role(request: SignedInRequest, person: UUID) -> HttpResponse:
    found, back = find_person(request, person)

    def act(data: dict[str, Any]) -> HttpResponse:
        role = data["organisation_role"]
        now = actions.change_organisation_role(user=found, organisation_role=role, by=request.user, at=timezone.now())
        done = "The role has been changed." if now.organisation_role == role else WAITS
        return tell(request, done, back)

    question = Question(
        "Change a person's role in the organisation",
        "Save",
        back,
        ("The change works from the next page they open.", SECOND),
        about=found.name_on_record,
    )
    return ask(
        request,
        question,
        OrganisationRoleForm(posted(request), initial={"organisation_role": found.organisation_role}),
        act,
    )


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def add_to_team(request: SignedInRequest, person: UUID) -> HttpResponse:
    found, back = find_person(request, person)

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.add_membership(user=found, **data, by=request.user, at=timezone.now())
        return tell(request, "The person has been added to the team.", back)

    intro = ("The supervisors of the team are told.",)
    question = Question("Add a person to a team", "Add", back, intro, about=found.name_on_record)
    return ask(request, question, AddToTeamForm(posted(request), user=request.user), act)


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def end_membership(request: SignedInRequest, person: UUID, membership: UUID) -> HttpResponse:
    found, back = find_person(request, person)
    held = get_object_or_404(memberships_visible_to(request.user), public_id=membership, user=found)
    supervises = held.role == Role.SUPERVISOR
    still = unreviewed_without(found, timezone.localdate(), by=request.user, only=held.team) if supervises else []
    question = Question(
        "End a person's membership of a team",
        "End membership",
        back,
        ("They will no longer see this team's families. What they recorded stays theirs.", *still),
        grave=True,
        about=f"{found.name_on_record}, {held.get_role_display().lower()} in {held.team.name}",
    )

    def act() -> None:
        actions.end_membership(membership=held, by=request.user, at=timezone.now())

    return confirm(request, question, act, message="The person no longer has that role in the team.")
