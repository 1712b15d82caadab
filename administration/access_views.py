"""What administrators changed about who may open case records, and the agreement of a second person to it."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.access import SignedInRequest, allow, allow_signed_in
from accounts.models import RoleAgreement
from accounts.namesakes import colleague_names
from accounts.queries import access_notices_visible_to, role_agreements_visible_to
from accounts.roles import Permission
from accounts.step_up import needs_step_up
from administration.access_presenters import ROLES, notice_lines
from administration.question_page import Question, ask, asks, posted, tell
from ui import fields
from ui.forms import Form
from ui.moments import moment

PAGE = 50
YES_NO = [("yes", "Yes, give them the role"), ("no", "No")]


class AgreementForm(Form):
    agreed = forms.ChoiceField(
        label="Do you agree?", choices=YES_NO, widget=fields.Radios,
        error_messages={"required": "Choose whether you agree"},
    )  # fmt: skip


@allow_signed_in
@asks
def access_notices(request: SignedInRequest) -> HttpResponse:
    """What this user was told. A POST says that all of it was read."""
    if request.method == "POST":
        actions.mark_notices_seen(by=request.user, at=timezone.now())
        return tell(request, "You have read what changed.", reverse("home"))
    rows = access_notices_visible_to(request.user).select_related("about", "made_by", "team", "agreement", "inspection")
    page = Paginator(rows.order_by("-made_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    lines = notice_lines(page)
    unread = any(line.is_new and not (line.agreement or line.inspection) for line in lines)
    law_page = reverse("administration:law" if request.user.has(Permission.CONFIRM_LAW) else "law")
    context = {"page": page, "lines": lines, "unread": unread, "law_page": law_page}
    return render(request, "administration/access_notices.html", context)


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def role_agreement(request: SignedInRequest, agreement: UUID) -> HttpResponse:
    rows = role_agreements_visible_to(request.user).select_related("user", "asked_by")
    found = get_object_or_404(rows, public_id=agreement)
    back = reverse("administration:person", args=[found.user.public_id])

    def act(data: dict[str, Any]) -> HttpResponse:
        agreed = data["agreed"] == "yes"
        actions.answer_agreement(agreement=found, agreed=agreed, by=request.user, at=timezone.now())
        return tell(request, "The role has been given." if agreed else "The role has been refused.", back)

    return ask(request, _question(found, back), AgreementForm(posted(request)), act)


def _question(found: RoleAgreement, back: str) -> Question:
    names = colleague_names([found.user, found.asked_by])
    asked = f"{names[found.asked_by.pk]} asked for it on {moment(found.asked_at)}."
    about = f"{names[found.user.pk]}: {ROLES[found.organisation_role]}"
    why = "One person alone never gives a role in the organisation. Ask them what it is for, if you do not know."
    return Question("Agree to a role in the organisation", "Save", back, (asked, why), about=about)
