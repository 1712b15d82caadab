"""Roles and permissions, as a table that a governance lead can read. Pure: no database, no request."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    """The first two are roles in a team, the next two in the whole organisation, the last for some days alone."""

    PRACTITIONER = "practitioner"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    INSPECTOR = "inspector"


class Permission(StrEnum):
    """What a view or an action requires."""

    SEE_FAMILIES = "see_families"
    EDIT_FAMILIES = "edit_families"
    START_DECISIONS = "start_decisions"
    RECORD_DECISIONS = "record_decisions"
    # The log and what is recorded, on the screen alone. All else about decisions asks for SEE_DECISIONS.
    READ_DECISIONS = "read_decisions"
    SEE_DECISIONS = "see_decisions"
    REVIEW_DECISIONS = "review_decisions"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_ORGANISATION = "manage_organisation"
    SEE_LEDGER = "see_ledger"
    EXPORT_LEDGER = "export_ledger"
    CONFIRM_LAW = "confirm_law"
    CHECK_LAW = "check_law"
    FOLLOW_COMPLAINTS = "follow_complaints"
    ANSWER_REQUESTS = "answer_requests"
    REPORT_INCIDENTS = "report_incidents"
    FOLLOW_INCIDENTS = "follow_incidents"
    OPEN_IN_EMERGENCY = "open_in_emergency"
    SEE_EMERGENCIES = "see_emergencies"
    IMPORT_FAMILIES = "import_families"
    SEE_REPORTS = "see_reports"
    EXPORT_LOG = "export_log"
    EXPORT_WORDS = "export_words"
    SEE_WHO_LOOKED = "see_who_looked"
    DISPOSE = "dispose"
    RESTRICT_RECORDS = "restrict_records"
    TAKE_EVIDENCE = "take_evidence"


class Standing(StrEnum):
    """What a view requires when it needs no permission."""

    SIGNED_IN = "signed_in"
    ANYBODY = "anybody"


_ADMINISTRATION = frozenset(
    {Permission.MANAGE_PEOPLE, Permission.MANAGE_ORGANISATION, Permission.SEE_LEDGER, Permission.EXPORT_LEDGER}
    # Of what an officer says has commenced: whoever holds the other office reads the source too.
    | {Permission.CHECK_LAW}
)

ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.PRACTITIONER: frozenset(
        {
            Permission.SEE_FAMILIES,
            Permission.EDIT_FAMILIES,
            Permission.START_DECISIONS,
            Permission.RECORD_DECISIONS,
            Permission.READ_DECISIONS,
            Permission.SEE_DECISIONS,
            Permission.REPORT_INCIDENTS,
            Permission.OPEN_IN_EMERGENCY,
            Permission.SEE_EMERGENCIES,
        }
    ),
    # A supervisor starts no decision of their own, but completes one that was passed to them.
    Role.SUPERVISOR: frozenset(
        {
            Permission.SEE_FAMILIES,
            Permission.RECORD_DECISIONS,
            Permission.READ_DECISIONS,
            Permission.SEE_DECISIONS,
            Permission.REVIEW_DECISIONS,
            Permission.REPORT_INCIDENTS,
            Permission.OPEN_IN_EMERGENCY,
            Permission.SEE_EMERGENCIES,
            # Many families at once, into their own team: names and addresses, which no administrator sees.
            Permission.IMPORT_FAMILIES,
            Permission.SEE_REPORTS,
            Permission.EXPORT_LOG,
            # Of the records of their own team, and not their author: somebody may be looking into what they did.
            Permission.SEE_WHO_LOOKED,
            # To named people: of the records of their own team.
            Permission.RESTRICT_RECORDS,
        }
    ),
    Role.ADMINISTRATOR: _ADMINISTRATION,
    Role.DATA_PROTECTION_OFFICER: _ADMINISTRATION
    | {Permission.CONFIRM_LAW, Permission.FOLLOW_COMPLAINTS, Permission.ANSWER_REQUESTS}
    | {Permission.REPORT_INCIDENTS, Permission.FOLLOW_INCIDENTS, Permission.SEE_WHO_LOOKED}
    # Whoever opens one in an emergency works with families; an officer reads what a request names.
    | {Permission.SEE_EMERGENCIES}
    | {Permission.SEE_REPORTS, Permission.EXPORT_LOG, Permission.EXPORT_WORDS, Permission.IMPORT_FAMILIES}
    | {Permission.DISPOSE, Permission.TAKE_EVIDENCE, Permission.RESTRICT_RECORDS},
    # Of some teams and a period, for some days (ADR 0053). No print, no file, no family, no draft.
    Role.INSPECTOR: frozenset({Permission.READ_DECISIONS}),
}

TEAM_ROLES = frozenset({Role.PRACTITIONER, Role.SUPERVISOR})
ORGANISATION_ROLES = frozenset({Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER})


# Who answers a complaint about a decision must not have approved it, so an officer reviews none.
NOT_TOGETHER: Mapping[Role, frozenset[Permission]] = {
    Role.DATA_PROTECTION_OFFICER: frozenset({Permission.REVIEW_DECISIONS}),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Every permission that these roles give together, without what one of them rules out."""
    held = list(roles)
    given: frozenset[Permission] = frozenset().union(*(ROLES[role] for role in held))
    return given.difference(*(NOT_TOGETHER.get(role, frozenset()) for role in held))


def widens(held: str, wanted: str) -> bool:
    """Whether a role in the organisation allows anything that the one held before does not."""
    allowed = permissions_of([Role(held)] if held else [])
    return not permissions_of([Role(wanted)] if wanted else []) <= allowed
