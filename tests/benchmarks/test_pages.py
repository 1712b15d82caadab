"""The benchmark of the pages: its arithmetic, and that no kind of page is forgotten."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.urls import resolve

from benchmarks import pages
from benchmarks.page_scene import pages as listed_pages
from benchmarks.pages import BARE, FORM, Measured, measure, table
from drafting.steps import STEPS
from tests.test_access_matrix import addresses

# Addresses that the benchmark does not open, by the reason why not.
NOT_MEASURED: dict[str, set[str]] = {
    "it only takes what is sent to it": {
        "account_logout", "administration:evidence_take",
        "administration:ledger_export", "administration:ledger_verify", "autosave",
        "discard_autosave", "drafting:autosave", "drafting:record", "quick_leave",
        "letters:make_decline",
        "reflections:end_showing",
    },
    "it answers a machine, or leads on to a page that is measured": {
        "drafting:continue", "extend_session", "health", "metrics", "reviews:next", "reviews:second_look",
    },
    "it answers one password or code": {"account_reauthenticate", "mfa_authenticate"},
    "a person's own way to sign in, a few times a year": {
        "add_app", "add_passkey", "recovery_codes", "remove_factor", "your_sessions", "your_sign_in",
    },
    "nobody is signed in on it, and it shows no record": {"account_login", "choose_password", "goodbye"},
    "it leads to a service that people sign on with, or away from it": {"sign_on", "sign_on_back"},
    "a form about one record, as short as “correct a person”": {
        "account_change_password", "decisions:urgent_detail", "drafting:delete", "drafting:hand_over",
        "drafting:supersede", "drafting:urgent_complete", "families:contact_add", "families:contact_correct",
        "families:correct", "families:disclosure_correct", "families:person_add", "families:register",
        "families:import", "families:disclosure_history", "families:history", "families:person_history",
        "families:risks",
        "families:team_remove", "families:teams", "reviews:assign", "wording:approve",
        "reflections:about_decision", "reflections:change", "reflections:delete", "reflections:detail",
        "reflections:download", "reflections:show", "reflections:read", "reflections:list", "reflections:new",
    },
    "it reads a recorded decision whole, as “record a sending” and “add a response” do": {
        "decisions:add_consent_event", "decisions:add_informing", "decisions:add_receipt",
        "decisions:add_standing_sending", "reviews:reply", "decisions:add_wrong_information",
        "decisions:add_correction", "decisions:add_not_sent", "decisions:decline_letter",
        "decisions:add_complaint", "decisions:acknowledge_complaint", "decisions:answer_complaint",
        "decisions:add_read_back", "decisions:add_statement", "decisions:add_statement_passed_on",
        "decisions:add_contact_plan", "decisions:add_contact_outcome",
        "letters:letter", "letters:referral",
        "letters:agree", "letters:ask", "shared:about", "shared:letter",
    },
    "one form, a few times a year": {
        "families:conflict", "families:conflict_end", "decisions:restrict", "decisions:restricted",
        "decisions:restricted_record", "decisions:restricted_lift", "decisions:restricted_remove",
        "drafting:staff_concern",
    },
    "an empty form; what it finds is measured in benchmarks/search.py": {"search"},
    "it reads a draft whole, as every page of the form does": {"drafting:talk", "drafting:talk_copy"},
    "a file for an auditor, at most six queries whatever the length of the audit log": {"decisions:proof"},
    "it reads one row by key, and a PDF takes what typst takes": {
        "letters:made", "letters:pdf", "shared:made", "shared:pdf",
    },
    "a list of sentences from a file, for an administrator": {"wording:languages", "wording:phrases"},
    "one question of the administrator's, beside a list that is measured": {
        f"administration:{name}"
        for name in (
            "access_notices", "role_agreement", "inspection_answer", "inspection_ask", "inspection_end",
            "cover_add", "cover_end", "duty_numbers", "invite", "law_add", "law_check", "law_commence", "law_retire",
            "law_withdraw", "organisation_change", "person_add_to_team", "person_change", "person_deactivate",
            "person_end_membership", "person_link", "person_sign_in", "person_sign_out", "person_reactivate",
            "person_role", "recipient_add", "person_end_sign_on",
            "recipient_change", "recipient_restore", "recipient_retire", "school_holidays", "team_add", "team_close",
            "team_rename", "team_reopen",
        )
    },
    "it reads a recorded decision whole, for a data protection officer, a few times a month": {
        "administration:evidence_leave_out",
        "rights:item", "rights:left_out", "rights:make_copy", "rights:print", "rights:read", "rights:record",
    },
    "a few rows and one form, for a data protection officer, a few times a year": {
        "administration:evidence", "administration:evidence_request",
        "retention:add_hold", "retention:disposal", "retention:dispose", "retention:lift_hold", "retention:overview",
        "retention:rule",
    },
    "a request's own rows, one form or one list for a data protection officer": {
        "rights:add_event", "rights:copy", "rights:copy_pdf", "rights:detail", "rights:list", "rights:name",
        "rights:open", "rights:pass_on",
    },
    "it counts what is asked for: a whole log is read once, a few times a year": {"administration:evidence_ask"},
    "an incident's own rows, and a decision read whole only to report one; a few times a year": {
        "incidents:add_event", "incidents:detail", "incidents:list", "incidents:report", "incidents:report_decision",
        "incidents:report_urgent",
    },
    "it reads entries of some weeks by their numbers, for an officer while an inspector is here": {
        "administration:inspection", "administration:inspections",
    },
    "one family opened in an emergency, or a list of such, a few times a year": {
        f"emergencies:{name}"
        for name in (
            "close", "contacts", "decision", "detail", "disclosure", "family", "list", "open", "urgent",
        )
    },
    "it reads pages of entries by an index, for a supervisor or a data protection officer a few times a year": {
        "decisions:who_looked", "families:who_looked",
    },
    "for a supervisor a few times a month; it reads as many lines as a page of the log": {
        "reports:decisions", "reports:export", "reports:pack", "reports:pack_pdf",
    },
    "it shows no record, and asks for the reminders of one user or one organisation": {
        "reminders:choice", "reminders:not_sent",
    },
}  # fmt: skip


def thing(**attributes: Any) -> Any:
    return SimpleNamespace(public_id=uuid4(), **attributes)


def scene() -> Any:
    """As much of a scene as addresses are made of."""
    family = thing(people=SimpleNamespace(all=lambda: [thing()]))
    cast = SimpleNamespace(team=thing(), practitioner=thing())
    decisions = {name: thing() for name in ("recorded", "draft", "declined", "disclosure")}
    return SimpleNamespace(cast=cast, family=family, **decisions)


def measured_addresses() -> list[str]:
    return [resolve(path).view_name for _, path in listed_pages(scene(), FORM).values()]


def test_every_kind_of_page_is_measured_or_there_is_a_reason() -> None:
    everything = {name for name, _ in addresses()}
    reasons = [name for names in NOT_MEASURED.values() for name in names]
    assert sorted(everything - set(measured_addresses()) - set(reasons)) == [], "measure these, or say why not"
    assert sorted(set(reasons) - everything) == [], "these are no addresses"
    assert sorted(set(reasons) & set(measured_addresses())) == [], "these are measured"
    assert len(reasons) == len(set(reasons))


def test_every_page_of_the_form_is_measured() -> None:
    paths = {resolve(path).kwargs.get("key", "") for _, path in listed_pages(scene(), FORM).values()}
    assert {step.key for step in STEPS} <= paths
    assert sum(step.key in {"legal_basis", "sending"} for step in STEPS) == 4, "each of these has two pages"
    assert {f"{FORM}legal_basis, not shared", f"{FORM}sending, not shared"} <= set(listed_pages(scene(), FORM))


def took(name: str, *milliseconds: float) -> Measured:
    return Measured(name, list(milliseconds))


def test_the_table_gives_the_middle_and_how_many_times_a_bare_page_that_is() -> None:
    lines = table([took(BARE, 2, 3, 1), took("law", 9, 8, 100)], BARE)
    assert lines == ["page | CPU, ms | times a bare page", "bare page | 2.0 | 1.0", "law | 9.0 | 4.5"]


@pytest.mark.parametrize(
    ("name", "times", "over"),
    [
        ("home", 6, False), ("home", 6.1, True), (f"{FORM}people", 10, False), (f"{FORM}people", 10.1, True),
        ("check", 10, False), ("check, not shared", 10.1, True),
    ],
)  # fmt: skip
def test_what_costs_more_than_the_goal_is_marked(name: str, times: float, over: bool) -> None:  # noqa: FBT001
    assert table([took(BARE, 1), took(name, times)], BARE)[-1].endswith("  over") == over


def test_every_page_is_opened_once_before_and_then_once_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    ticks = iter([0, 0.001, 1, 1.002, 2, 2.003, 3, 3.004])
    # The module's own name for the clock: pytest and its plugins read the real one.
    monkeypatch.setattr(pages, "time", SimpleNamespace(process_time=lambda: next(ticks)))
    asks: dict[str, Callable[[], object]] = {name: lambda name=name: opened.append(name) for name in ("a", "b")}  # type: ignore[misc]
    first, second = measure(asks, rounds=2)
    assert opened == ["a", "b"] * 3
    assert [round(milliseconds) for milliseconds in first.rounds + second.rounds] == [1, 3, 2, 4]
    assert (first.name, round(first.median)) == ("a", 2)
