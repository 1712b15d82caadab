"""The data protection officer's pages about the law in use."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.queries import organisation_of
from accounts.roles import Permission
from accounts.step_up import needs_step_up
from administration.law_forms import CheckForm, CommencementForm, LocalProvisionForm, RetireForm, WithdrawForm
from administration.law_presenters import in_force, notice_lines, provisions_to_retire, shipped_off, to_check
from administration.question_page import Question, ask, asks, posted, tell
from decisions import actions
from decisions.actions.law_notices import BACK, law_before_retiring
from decisions.models import LawNotice
from rules.law import Provision
from rules.law_files import load
from ui.moments import moment

PER_PAGE = 25
TOLD = "You say this alone, and it has an effect at once. Other officers and administrators are told now."
TWO_AGAIN = "Before this law is in force here again, somebody else has to check its source again."
RECORDS_UNCHANGED = "This does not change recorded decisions. It applies to drafts that are not recorded yet."


def _notices(request: SignedInRequest) -> list[LawNotice]:
    return list(LawNotice.objects.visible_to(request.user).select_related("written_by"))


@allow(Permission.CONFIRM_LAW)
@require_safe
def law(request: SignedInRequest) -> HttpResponse:
    notices = _notices(request)
    page = Paginator(notices[::-1], PER_PAGE).get_page(request.GET.get("page"))
    waiting = [
        (line, line.notice.written_by_id != request.user.pk) for line in notice_lines(to_check(notices), notices)
    ]
    context = {
        "in_force": in_force(notices),
        "waiting": waiting,
        "page": page,
        "lines": notice_lines(page.object_list, notices),
    }
    return render(request, "administration/law.html", context)


@allow(Permission.CONFIRM_LAW)
@asks
@needs_step_up
def commence(request: SignedInRequest) -> HttpResponse:
    back = reverse("administration:law")
    intro = (
        "These laws have been passed but were not known to be in force when this list was made.",
        "Somebody else, another officer or an administrator, has to read the source before it has an effect.",
        RECORDS_UNCHANGED,
    )

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.propose_commencement(**data, by=request.user, at=timezone.now())
        return tell(request, "Saved. It has no effect until somebody else has checked the source.", back)

    form = CommencementForm(posted(request), rows=shipped_off(load()))
    return ask(request, Question("Say that a law has commenced", "Save", back, intro), form, act)


@allow(Permission.CHECK_LAW)
@asks
def check(request: SignedInRequest, notice: UUID) -> HttpResponse:
    """Check a proposed commencement; never one's own proposal."""
    mine = Q(written_by=request.user)
    proposals = LawNotice.objects.visible_to(request.user).filter(what=LawNotice.What.PROPOSED).exclude(mine)
    found: LawNotice = get_object_or_404(proposals, public_id=notice)
    notices = _notices(request)
    back = reverse("administration:law" if request.user.has(Permission.CONFIRM_LAW) else "home")
    if found not in to_check(notices):
        raise Http404

    def act(data: dict[str, Any]) -> HttpResponse:
        agrees = data["answer"] == "yes"
        actions.check_commencement(proposal=found, agrees=agrees, why=data["why"], by=request.user, at=timezone.now())
        done = (
            "It is in force here from that day."
            if agrees
            else "It has no effect. The person who proposed it can see why."
        )
        return tell(request, done, back)

    (line,) = notice_lines([found], notices)
    intro = (
        f"First day: {moment(found.on_day)}.", f"Source: {found.source_title}, {found.source}.",
        f"{line.by} read it on {moment(found.looked_up_on)}.", "Read the source yourself before you answer.",
    )  # fmt: skip
    question = Question("Check that a law has commenced", "Save", back, intro, about=line.name)
    return ask(request, question, CheckForm(posted(request)), act)


@allow(Permission.CONFIRM_LAW)
@asks
@needs_step_up
def add_provision(request: SignedInRequest) -> HttpResponse:
    back = reverse("administration:law")
    intro = ("You cannot change it later. If something is wrong with it, retire it and add another.", TOLD)

    def act(_: dict[str, Any]) -> HttpResponse:
        actions.add_local_provision(
            name=form.cleaned_data["name"], answers=form.answers(), by=request.user, at=timezone.now()
        )
        return tell(request, "The legal provision has been added, and others have been told.", back)

    form = LocalProvisionForm(posted(request), initial={"jurisdiction": "E", "checked_on": timezone.localdate()})
    return ask(request, Question("Add your own legal provision", "Add", back, intro), form, act)


@allow(Permission.CONFIRM_LAW)
@asks
@needs_step_up
def retire(request: SignedInRequest) -> HttpResponse:
    back = reverse("administration:law")
    intro = ("From that day nobody here can choose it.", TOLD, RECORDS_UNCHANGED)

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.retire_provision(**data, by=request.user, at=timezone.now())
        return tell(request, "The legal provision has been retired, and others have been told.", back)

    rows: list[Provision] = provisions_to_retire(
        law_before_retiring(organisation_of(request.user)), timezone.localdate()
    )
    return ask(
        request,
        Question("Retire a legal provision", "Retire", back, intro),
        RetireForm(posted(request), rows=rows),
        act,
    )


@allow(Permission.CONFIRM_LAW)
@asks
@needs_step_up
def withdraw(request: SignedInRequest, notice: UUID) -> HttpResponse:
    withdrawable = LawNotice.objects.visible_to(request.user).filter(what__in=BACK)
    found: LawNotice = get_object_or_404(withdrawable, public_id=notice)
    back = reverse("administration:law")
    commenced = found.what == LawNotice.What.COMMENCED
    title = "Withdraw a commencement date" if commenced else "Withdraw a retirement"

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.withdraw_law_notice(notice=found, **data, by=request.user, at=timezone.now())
        return tell(request, "It has been withdrawn, and others have been told.", back)

    (line,) = notice_lines([found], _notices(request))
    intro = (TOLD, TWO_AGAIN, RECORDS_UNCHANGED) if commenced else (TOLD, RECORDS_UNCHANGED)
    question = Question(title, "Withdraw", back, intro, grave=True, about=f"{line.name}: {line.what}")
    return ask(request, question, WithdrawForm(posted(request)), act)
