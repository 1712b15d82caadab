from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from accounts.actions.acting import acting, lock_organisation
from accounts.actions.people import add_person
from accounts.models import DutyNumber, Organisation, SchoolHoliday, User
from accounts.roles import Permission, Role
from audit import ledger
from rules.organisations import OrganisationKind, Sector


def create_organisation(
    *,
    name: str,
    kind: str,
    sector: str,
    administrator_name: str,
    administrator_email: str,
    in_scope_16la: bool = False,
    by: None = None,
    at: datetime,
) -> User:
    """Make an organisation and its first administrator, and return the administrator.

    Only the command line does this: a user who could do it on a page would stand above every organisation.
    """
    if by is not None:
        raise PermissionDenied
    with ledger.recording(actor=None, at=at):
        organisation = Organisation(
            name=name.strip(),
            kind=OrganisationKind(kind),
            sector=Sector(sector),
            in_scope_16la=in_scope_16la,
        )
        organisation.save()
        return add_person(
            organisation=organisation,
            full_name=administrator_name,
            email=administrator_email,
            organisation_role=Role.ADMINISTRATOR,
            email_key="administrator_email",
        )


def change_organisation(
    *,
    name: str,
    kind: str,
    sector: str,
    in_scope_16la: bool,
    policy_document_on: date | None,
    policy_document_link: str,
    mail_checkpoints: bool | None = None,
    by: User,
    at: datetime,
) -> Organisation:
    """Change what decisions copy when they are recorded. Earlier decisions keep their copy.

    `mail_checkpoints` is copied by none of them; None leaves it as it is.
    """
    with acting(by=by, permission=Permission.MANAGE_ORGANISATION, at=at) as actor:
        organisation = lock_organisation(actor)
        organisation.name = name.strip()
        organisation.kind = OrganisationKind(kind)
        organisation.sector = Sector(sector)
        organisation.in_scope_16la = in_scope_16la
        organisation.policy_document_on = policy_document_on
        organisation.policy_document_link = policy_document_link.strip()
        if mail_checkpoints is not None:
            organisation.mail_checkpoints = mail_checkpoints
        organisation.save()
        return organisation


def change_duty_numbers(*, numbers: Sequence[tuple[str, str]], by: User, at: datetime) -> list[DutyNumber]:
    """The list becomes exactly these (label, number) pairs, in this order."""
    with acting(by=by, permission=Permission.MANAGE_ORGANISATION, at=at) as actor:
        organisation = lock_organisation(actor)
        rows = list(organisation.duty_numbers.all())
        numbers_now = [
            _keep(row, organisation, position, *pair)
            for position, (pair, row) in enumerate(
                zip(numbers, [*rows, *[None] * len(numbers)], strict=False),
            )
        ]
        DutyNumber.objects.filter(pk__in=[row.pk for row in rows[len(numbers) :]]).remove_audited()
        return numbers_now


def change_school_holidays(*, holidays: Sequence[tuple[date, date]], by: User, at: datetime) -> list[SchoolHoliday]:
    """The list becomes exactly these, each from its first day to its last."""
    with acting(by=by, permission=Permission.MANAGE_ORGANISATION, at=at) as actor:
        organisation = lock_organisation(actor)
        saved = {(row.first_day, row.last_day): row for row in organisation.school_holidays.all()}
        removed = [row.pk for days, row in saved.items() if days not in holidays]
        SchoolHoliday.objects.filter(pk__in=removed).remove_audited()
        for first, last in sorted(set(holidays) - set(saved)):
            SchoolHoliday(organisation=organisation, first_day=first, last_day=last).save()
        return list(organisation.school_holidays.all())


def _keep(row: DutyNumber | None, organisation: Organisation, position: int, label: str, number: str) -> DutyNumber:
    row = row or DutyNumber(organisation=organisation)
    row.label, row.number, row.position = label.strip(), number.strip(), position
    row.save()
    return row
