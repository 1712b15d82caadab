"""The only place where organisations, teams, users and recipients change.

What cannot be done is a `ValidationError` whose keys are the arguments' names and whose messages say what to do. Acting
on another organisation, or without the role, is `PermissionDenied`.
"""

from accounts.actions.acting import acting
from accounts.actions.address_book import add_recipient, change_recipient, restore_recipient, retire_recipient
from accounts.actions.agreements import answer_agreement
from accounts.actions.cover import add_cover, end_cover
from accounts.actions.importing import check_people, import_people
from accounts.actions.inspections import answer_inspection, ask_inspection, end_inspection
from accounts.actions.lost_factors import reset_factors, reset_factors_by_command
from accounts.actions.notices import mark_notices_seen
from accounts.actions.organisations import (
    change_duty_numbers,
    change_organisation,
    change_school_holidays,
    create_organisation,
)
from accounts.actions.passwords import choose_password, withdraw_password, withdraw_password_by_command
from accounts.actions.people import change_organisation_role, change_person, deactivate, invite, reactivate
from accounts.actions.second_factors import (
    make_recovery_codes,
    remove_factor,
    set_up_app,
    set_up_passkey,
    show_code,
    show_passkey,
)
from accounts.actions.sessions import end_own_sessions, end_sessions
from accounts.actions.sign_on import bind_sign_on, refuse_sign_on, unbind_sign_on
from accounts.actions.teams import add_membership, add_team, close_team, end_membership, rename_team, reopen_team

__all__ = [
    "acting",
    "add_cover",
    "add_membership",
    "add_recipient",
    "add_team",
    "answer_agreement",
    "answer_inspection",
    "ask_inspection",
    "bind_sign_on",
    "change_duty_numbers",
    "change_organisation",
    "change_organisation_role",
    "change_person",
    "change_recipient",
    "change_school_holidays",
    "check_people",
    "choose_password",
    "close_team",
    "create_organisation",
    "deactivate",
    "end_cover",
    "end_inspection",
    "end_membership",
    "end_own_sessions",
    "end_sessions",
    "import_people",
    "invite",
    "make_recovery_codes",
    "mark_notices_seen",
    "reactivate",
    "refuse_sign_on",
    "remove_factor",
    "rename_team",
    "reopen_team",
    "reset_factors",
    "reset_factors_by_command",
    "restore_recipient",
    "retire_recipient",
    "set_up_app",
    "set_up_passkey",
    "show_code",
    "show_passkey",
    "unbind_sign_on",
    "withdraw_password",
    "withdraw_password_by_command",
]
