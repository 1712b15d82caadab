import pytest

from accounts.roles import ORGANISATION_ROLES, ROLES, TEAM_ROLES, Permission, Role, permissions_of

# Written by hand: what a governance lead agreed to. A change of the table must change this as well.
AGREED = {
    "practitioner": (
        "see_families edit_families start_decisions record_decisions read_decisions see_decisions report_incidents "
        "open_in_emergency see_emergencies"
    ),
    "supervisor": (
        "see_families record_decisions read_decisions see_decisions review_decisions see_reports export_log "
        "import_families report_incidents see_who_looked open_in_emergency see_emergencies restrict_records"
    ),
    "administrator": "manage_people manage_organisation see_ledger export_ledger check_law",
    "data_protection_officer": (
        "manage_people manage_organisation see_ledger export_ledger check_law confirm_law follow_complaints "
        "answer_requests see_reports export_log export_words import_families report_incidents follow_incidents "
        "see_who_looked dispose take_evidence see_emergencies restrict_records"
    ),
    "inspector": "read_decisions",
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_exactly_what_was_agreed(role: Role) -> None:
    assert {str(permission) for permission in ROLES[role]} == set(AGREED[role].split())


def test_every_permission_belongs_to_somebody() -> None:
    assert frozenset().union(*(permissions_of([role]) for role in Role)) == frozenset(Permission)


def test_no_role_is_both_in_a_team_and_an_office() -> None:
    assert not TEAM_ROLES & ORGANISATION_ROLES
    assert frozenset(Role) == TEAM_ROLES | ORGANISATION_ROLES | {Role.INSPECTOR}


def test_offices_see_no_case_text() -> None:
    decisions = {Permission.READ_DECISIONS, Permission.SEE_DECISIONS, Permission.RECORD_DECISIONS}
    case = decisions | {Permission.SEE_FAMILIES, Permission.EDIT_FAMILIES}
    assert not permissions_of(ORGANISATION_ROLES) & case


def test_supervisors_never_edit_and_start_nothing() -> None:
    """They may record one decision only: that which was passed to them."""
    assert not ROLES[Role.SUPERVISOR] & {Permission.EDIT_FAMILIES, Permission.START_DECISIONS}


def test_no_role_allows_nothing() -> None:
    assert permissions_of([]) == frozenset()
