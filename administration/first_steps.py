"""What an organisation needs before its first real case: on its administrators' home page until all of it is there."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import DutyNumber, Membership, Organisation, Recipient, Team, User
from accounts.roles import Role
from ui.rows import Task

OWN = OuterRef("pk")


class Step(NamedTuple):
    answer: str
    title: str
    page: str
    hint: str = ""


STEPS = (
    Step("has_team", "Add your teams", "teams"),
    Step("has_practitioner", "Invite practitioners", "people"),
    Step("is_supervised", "Invite a supervisor for each team", "people", "They review what the team decides."),
    Step(
        "has_officer",
        "Invite a data protection officer",
        "people",
        "For courts, rights requests and what law is in use.",
    ),
    Step("has_second", "Invite a second administrator", "people", "Somebody must be able to let you in again."),
    Step("has_number", "Enter numbers to call first", "organisation", "Everybody sees them on their home page."),
    Step("has_route", "Check the secure routes in the address book", "address_book"),
    Step("is_verified", "Verify the audit log once", "ledger"),
)


def first_steps(user: User, *, is_verified: bool) -> list[Task]:
    """Each step with its status; none once all are completed. One query."""
    found = {**_answers(user), "is_verified": is_verified}
    if all(found.values()):
        return []
    return [_task(step, is_done=bool(found[step.answer])) for step in STEPS]


def _task(step: Step, *, is_done: bool) -> Task:
    status, colour = ("Completed", "") if is_done else ("To do", "blue")
    return Task(step.title, status, reverse(f"administration:{step.page}"), step.hint, colour)


def _answers(user: User) -> dict[str, bool]:
    people = User.objects.filter(organisation=OWN, is_active=True)
    members = Membership.objects.filter(organisation=OWN, user__is_active=True, team__closed=False)
    supervisors = Membership.objects.filter(team=OWN, role=Role.SUPERVISOR, user__is_active=True)
    open_teams = Team.objects.filter(organisation=OWN, closed=False)
    answers = Organisation.objects.filter(pk=user.organisation_id).values(
        has_team=Exists(open_teams),
        has_practitioner=Exists(members.filter(role=Role.PRACTITIONER)),
        is_supervised=Exists(open_teams) & ~Exists(open_teams.filter(~Exists(supervisors))),
        has_officer=Exists(people.filter(organisation_role=Role.DATA_PROTECTION_OFFICER)),
        has_second=Exists(people.filter(organisation_role=Role.ADMINISTRATOR).exclude(pk=user.pk)),
        has_number=Exists(DutyNumber.objects.filter(organisation=OWN)),
        has_route=Exists(Recipient.objects.filter(organisation=OWN, retired=False, checked_on__isnull=False)),
    )
    return {name: bool(answer) for name, answer in answers.get().items()}
