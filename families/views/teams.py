from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, allow
from accounts.queries import open_teams_visible_to
from accounts.roles import Permission
from families import actions
from families.forms import TeamForm
from families.models import Family
from families.views.pages import UNPROCESSABLE, FormPage, answer, posted, show
from families.views.rows import editable


def _page(request: SignedInRequest, family: Family) -> FormPage:
    places = family.family_teams.select_related("team").order_by("team__name")
    return FormPage(
        heading="Teams working with this family",
        back=reverse("families:detail", args=[family.public_id]),
        enter=lambda: actions.open_family(family=family, by=request.user, at=timezone.now()),
        template="families/teams.html",
        button="Add this team",
        context={
            "family": family,
            "teams": [(place.team, place.team_id in request.user.team_ids()) for place in places],
        },
    )


def _form(request: SignedInRequest, family: Family, data: QueryDict | None = None) -> TeamForm:
    others = open_teams_visible_to(request.user).exclude(pk__in=family.family_teams.values("team"))
    return TeamForm(data, teams=others)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_FAMILIES)
def teams(request: SignedInRequest, family_id: UUID) -> HttpResponse:
    family: Family = editable(Family.objects.all(), request.user, family_id)

    def save(form: TeamForm) -> str:
        actions.add_team_to_family(family=family, team=form.chosen_team(), by=request.user, at=timezone.now())
        return reverse("families:teams", args=[family.public_id])

    return answer(
        request,
        _page(request, family),
        _form(request, family, posted(request)),
        save,
        "The team now works with this family.",
    )


@require_POST
@allow(Permission.EDIT_FAMILIES)
def team_remove(request: SignedInRequest, family_id: UUID, team_id: UUID) -> HttpResponse:
    family: Family = editable(Family.objects.all(), request.user, family_id)
    place = family.family_teams.select_related("team").filter(team__public_id=team_id).first()
    if place is None:
        raise Http404
    try:
        actions.remove_team_from_family(family=family, team=place.team, by=request.user, at=timezone.now())
    except ValidationError as refused:
        return _refused(request, family, refused)
    messages.success(request, "The team no longer works with this family.")
    still = Family.objects.visible_to(request.user).filter(pk=family.pk).exists()
    return redirect(reverse("families:teams", args=[family.public_id]) if still else reverse("families:list"))


def _refused(request: SignedInRequest, family: Family, refused: ValidationError) -> HttpResponse:
    return show(request, _page(request, family), _form(request, family), UNPROCESSABLE, refused=refused.messages)
