"""Registering many families at once from a file. All of them or none; the file itself is not kept."""

from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied

from accounts.actions.acting import acting, lock_organisation
from accounts.models import Team, User
from accounts.roles import Permission
from audit import ledger
from families.importing.matching import families_near, registered
from families.importing.placing import Joins
from families.importing.plan import Addition, NewFamily, Plan, make_plan
from families.importing.rows import PersonRead, RowRead
from families.models import Family, FamilyTeam, Person, SafeContact
from families.queries import teams_for_import


def check_import(
    *, rows: Sequence[RowRead], team: Team, sha256: str, by: User, at: datetime, joins: Joins | None = None
) -> Plan:
    """What an import would do. An entry as well: it says how many of the file are registered."""
    with acting(by=by, permission=Permission.IMPORT_FAMILIES, at=at) as actor:
        return _planned("families.import_checked", rows, team, sha256, actor, joins)


@dataclass(frozen=True)
class Step:
    """How many of the families of the plan are registered so far."""

    plan: Plan
    done: int


def import_families(
    *, rows: Sequence[RowRead], team: Team, sha256: str, by: User, at: datetime, joins: Joins | None = None
) -> Plan:
    """Register every family of the rows that is not there. A second import of the file registers nobody.

    Who belongs to a registered family is added to it: by its number in the other system, or as `joins` says.
    The ledger has an entry for each row that is made, and one for the import with figures and no names.
    """
    *_, last = import_step_by_step(rows=rows, team=team, sha256=sha256, by=by, at=at, joins=joins)
    return last.plan


def import_step_by_step(
    *, rows: Sequence[RowRead], team: Team, sha256: str, by: User, at: datetime, joins: Joins | None = None
) -> Generator[Step, None, None]:
    """As `import_families`, and says after each family how far it is. Closed before its end, it registers nobody.

    What was written to it is linked to the ledger and kept after the last step, so the end of this says that it is.
    """
    with acting(by=by, permission=Permission.IMPORT_FAMILIES, at=at) as actor:
        # A second import waits here, and then finds what the first one registered.
        lock_organisation(actor)
        plan = _planned("families.imported", rows, team, sha256, actor, joins)
        yield Step(plan, 0)
        for done, new in enumerate(plan.steps, start=1):
            if isinstance(new, Addition):
                _add_to(new, team)
            else:
                _register(new, team, at)
            yield Step(plan, done)


def _planned(event: str, rows: Sequence[RowRead], team: Team, sha256: str, actor: User, joins: Joins | None) -> Plan:
    if not teams_for_import(actor).filter(pk=team.pk).exists():
        raise PermissionDenied
    known = registered(rows, team=team, by=actor)
    plan = make_plan(rows, known, families_near(rows, known, team, actor), joins)
    figures = {"rows": len(rows), **plan.figures(), "sha256": sha256}
    shown = [*(question.added.family for question in plan.questions), *(new.family for new in plan.additions)]
    # Families of the register that the page names, by their references; the keys are there where there are some.
    named = {"families_shown": ", ".join(sorted({family.reference for family in shown}))} if shown else {}
    ledger.append(event, organisation=actor.organisation_id, obj=team, details=figures | named)
    return plan


def _register(new: NewFamily, team: Team, at: datetime) -> None:
    family = Family(organisation_id=team.organisation_id, name=new.name, system_number=new.number, registered_at=at)
    family.save()
    FamilyTeam(organisation_id=team.organisation_id, family=family, team=team).save()
    for person in new.people:
        _add(person, family)


def _add_to(addition: Addition, team: Team) -> None:
    """Fails, and all with it, if the team no longer works with the family."""
    family: Family = Family.objects.of_team(team.pk).select_for_update().get(pk=addition.family.key)
    for person in addition.people:
        _add(person, family)


def _add(new: PersonRead, family: Family) -> None:
    person = Person(
        organisation_id=family.organisation_id, family=family, system_number=new.system_number, **asdict(new.details)
    )
    person.save()
    for contact in new.contacts:
        SafeContact(organisation_id=family.organisation_id, person=person, **asdict(contact)).save()
