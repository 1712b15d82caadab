"""Everything that changes a recorded decision. Each action checks permission, locks and writes entries."""

from decisions.actions.access import (
    list_decisions,
    open_decision,
    open_draft,
    open_law,
    open_talk,
    open_urgent,
    print_decision,
    show_who_looked,
    summarise_decision,
    write_decline_letter,
)
from decisions.actions.additions import (
    add_addition,
    add_complaint,
    add_complaint_acknowledgement,
    add_complaint_answer,
    add_consent,
    add_correction,
    add_informing,
    add_not_sent,
    add_receipt,
    add_response,
    add_sending,
    add_wrong_information,
)
from decisions.actions.contact import add_contact_outcome, add_contact_plan
from decisions.actions.law_notices import (
    add_local_provision,
    check_commencement,
    propose_commencement,
    retire_provision,
    withdraw_law_notice,
)
from decisions.actions.proving import prove_decision
from decisions.actions.restricting import (
    lift_restriction,
    name_reader,
    remove_reader,
    restrict,
)
from decisions.actions.searching import enter_search, show_results
from decisions.actions.voice import add_statement, add_statement_passed_on, add_views_read_back

__all__ = [
    "add_addition",
    "add_complaint",
    "add_complaint_acknowledgement",
    "add_complaint_answer",
    "add_consent",
    "add_contact_outcome",
    "add_contact_plan",
    "add_correction",
    "add_informing",
    "add_local_provision",
    "add_not_sent",
    "add_receipt",
    "add_response",
    "add_sending",
    "add_statement",
    "add_statement_passed_on",
    "add_views_read_back",
    "add_wrong_information",
    "check_commencement",
    "enter_search",
    "lift_restriction",
    "list_decisions",
    "name_reader",
    "open_decision",
    "open_draft",
    "open_law",
    "open_talk",
    "open_urgent",
    "print_decision",
    "propose_commencement",
    "prove_decision",
    "remove_reader",
    "restrict",
    "retire_provision",
    "show_results",
    "show_who_looked",
    "summarise_decision",
    "withdraw_law_notice",
    "write_decline_letter",
]
