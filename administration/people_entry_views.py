"""Inviting, deactivating and reactivating people."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.access import SignedInRequest, allow
from accounts.links import one_time_path
from accounts.models import User
from accounts.queries import sign_ons_visible_to
from accounts.roles import Permission
from accounts.sign_on import account_matching
from accounts.step_up import needs_step_up
from administration.cover_queries import left_without
from administration.people_forms import InviteForm, LostFactorForm
from administration.people_views import SECOND, find_person
from administration.question_page import Question, ask, asks, confirm, posted, tell

# The same of everybody: whether somebody wrote any is theirs alone to know.
REFLECTIONS = (
    "Any reflections they wrote stay private to them. You cannot see whether there are any. After this they cannot "
    "open them, so ask them first whether they want to download a copy."
)
AT_WORK = "If they sign in with an account at work, they must open the link first to do so again."
AGAIN = "If they had a role in the organisation, a second person must agree to it again."


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def invite(request: SignedInRequest) -> HttpResponse:
    question = Question(
        title="Invite a person",
        button="Invite",
        back=reverse("administration:people"),
        intro=("You get a link to give them, so that they can choose a password. Then add them to a team.", SECOND),
    )

    def act(data: dict[str, Any]) -> HttpResponse:
        invited = actions.invite(**data, by=request.user, at=timezone.now())
        return show_link(request, invited, waits=invited.organisation_role != data["organisation_role"])

    return ask(request, question, InviteForm(posted(request)), act)


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def new_link(request: SignedInRequest, person: UUID) -> HttpResponse:
    found, back = find_person(request, person)
    question = Question(
        title="Make a new link",
        button="Make the link",
        back=back,
        about=found.name_on_record,
        intro=(
            "With the link they choose a new password.",
            "The password they have now stops working at once, and so does every link made before.",
            *([AT_WORK] if settings.SIGN_ON else []),
            "They are told of it, and so are the supervisors of their teams.",
        ),
    )
    shown: list[HttpResponse] = []

    def act() -> None:
        shown.append(show_link(request, actions.withdraw_password(user=found, by=request.user, at=timezone.now())))

    refused = confirm(request, question, act, message="")
    return shown[0] if shown else refused


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def reset_factors(request: SignedInRequest, person: UUID) -> HttpResponse:
    found, back = find_person(request, person)
    question = Question(
        title="Let a person set up their sign-in again",
        button="Take it away",
        back=back,
        about=found.name_on_record,
        intro=(
            "Their app, passkeys and recovery codes stop working, and they are signed out everywhere.",
            "At the next sign-in, anyone who has their password can set up new ones.",
            "So make sure that it is them: see them, or call a number you know.",
            "They are told of it, and so is another administrator or data protection officer.",
        ),
        grave=True,
    )

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.reset_factors(user=found, reason=data["reason"], by=request.user, at=timezone.now())
        return tell(request, "They set up their sign-in again the next time they sign in.", back)

    return ask(request, question, LostFactorForm(posted(request)), act)


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def end_sessions(request: SignedInRequest, person: UUID) -> HttpResponse:
    found, back = find_person(request, person)
    question = Question(
        title="Sign a person out everywhere",
        button="Sign them out",
        back=back,
        about=found.name_on_record,
        intro=(
            "Every browser that they use is signed out at its next page. What they typed is kept for them.",
            "They can sign in again at once. If somebody else may know their password, make a new link instead.",
        ),
    )

    def act() -> None:
        actions.end_sessions(user=found, by=request.user, at=timezone.now())

    return confirm(request, question, act, message="They have been signed out everywhere.")


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def end_sign_on(request: SignedInRequest, person: UUID, sign_on: UUID) -> HttpResponse:
    found, back = find_person(request, person)
    held = get_object_or_404(sign_ons_visible_to(request.user), public_id=sign_on, user=found)
    question = Question(
        title="End a person's sign-on",
        button="End sign-on",
        back=back,
        about=f"{found.name_on_record}, {account_matching.label_of(held)}",
        intro=(
            "They are signed out everywhere, and cannot sign in this way again.",
            "Then make a new link for them.",
        ),
        grave=True,
    )

    def act() -> None:
        actions.unbind_sign_on(sign_on=held, by=request.user, at=timezone.now())

    return confirm(request, question, act, message="The person can no longer sign in that way.")


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def deactivate(request: SignedInRequest, person: UUID) -> HttpResponse:
    found, back = find_person(request, person)
    question = Question(
        title="Deactivate a person's account",
        button="Deactivate",
        back=back,
        about=found.name_on_record,
        intro=(
            "They are signed out when they open their next page. Everything they recorded stays.",
            REFLECTIONS,
            *left_without(found, timezone.localdate(), by=request.user),
        ),
        grave=True,
    )

    def act() -> None:
        actions.deactivate(user=found, by=request.user, at=timezone.now())

    return confirm(request, question, act, message="The person has been deactivated.")


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def reactivate(request: SignedInRequest, person: UUID) -> HttpResponse:
    found, back = find_person(request, person)
    question = Question(
        title="Reactivate a person's account",
        button="Reactivate",
        back=back,
        about=found.name_on_record,
        intro=(
            "They can sign in again, with the same teams as before. The supervisors of these are told.",
            AGAIN,
        ),
    )

    def act() -> None:
        actions.reactivate(user=found, by=request.user, at=timezone.now())

    return confirm(request, question, act, message="The person has been reactivated.")


def show_link(request: HttpRequest, person: User, *, waits: bool = False) -> HttpResponse:
    """Rendered in the response to the POST, so that the link is stored nowhere."""
    link = request.build_absolute_uri(one_time_path(person))
    return render(request, "administration/people_link.html", {"person": person, "link": link, "waits": waits})
