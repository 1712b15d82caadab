"""Who gets what from every address where something is closed or opened to them: a table written by hand.

Of everybody else tests/test_access_matrix.py says it, and its rows are these: one that is missing here fails. A row's
answers, first to GET and then to POST, stand in this order:

    who declared a conflict with the family: practitioner (author of its records), supervisor, administrator, officer
    | whom its restriction does not name: the same four | an inspector, while the inspection runs
    | who opened the family in an emergency: now, and more than an hour ago

    =  as the same person is answered otherwise, or anybody of another team. The other letters are that table's.
"""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.template.backends.django import Template

from accounts.inspecting import MAY_OPEN, MAY_SEND
from accounts.roles import Permission, Standing
from tests import test_access_matrix
from tests.access_states import ROLES, STATES, Somebody
from tests.test_access_matrix import PEOPLE, THOROUGH, Row, Scene, ask, signed_in, turn, views, whole_scene

pytestmark = [pytest.mark.sqlite, pytest.mark.sweep]

# name, object, GET, POST
TABLE = """
home                                  -           ==== ==== . ==    ==== ==== f ==
health                                -           ==== ==== . ==    ==== ==== m ==
metrics                               -           ==== ==== . ==    ==== ==== m ==
account_login                         -           ==== ==== > ==    ==== ==== > ==
account_logout                        -           ==== ==== f ==    ==== ==== > ==
account_change_password               -           ==== ==== > ==    ==== ==== > ==
account_reauthenticate                -           ==== ==== . ==    ==== ==== u ==
reminders:choice                      -           ==== ==== f ==    ==== ==== f ==
reminders:not_sent                    -           ==== ==== f ==    ==== ==== f ==
choose_password                       link        ==== ==== n ==    ==== ==== n ==
sign_on                               service     ==== ==== m ==    ==== ==== n ==
sign_on_back                          service     ==== ==== n ==    ==== ==== m ==
quick_leave                           -           ==== ==== m ==    ==== ==== > ==
goodbye                               -           ==== ==== . ==    ==== ==== m ==
autosave                              -           ==== ==== f ==    ==== ==== f ==
discard_autosave                      -           ==== ==== f ==    ==== ==== f ==
extend_session                        -           ==== ==== . ==    ==== ==== . ==
law                                   -           ==== ==== . ==    ==== ==== f ==
search                                -           ==== ==== f ==    ==== ==== f ==

families:list                         -           ==== ==== f ==    ==== ==== f ==
families:register                     -           ==== ==== f ==    ==== ==== f ==
families:import                       -           ==== ==== f ==    ==== ==== f ==
families:detail                       family      nnff nnff f ==    mmmm mmmm f ==
families:correct                      family      nfff nfff f ==    nfff nfff f ==
families:teams                        family      nfff nfff f ==    nfff nfff f ==
families:team_remove                  place       mmmm mmmm f ==    nfff nfff f ==
families:person_add                   family      nfff nfff f ==    nfff nfff f ==
families:disclosure_add               family      nfff nfff f ==    nfff nfff f ==
families:person_correct               person      nfff nfff f ==    nfff nfff f ==
families:contacts                     person      nnff nnff f ==    mmmm mmmm f ==
families:contact_add                  person      nfff nfff f ==    nfff nfff f ==
families:risks                        person      nfff nfff f ==    nfff nfff f ==
families:contact_correct              contact     nfff nfff f ==    nfff nfff f ==
families:disclosure                   told        nnff nnff f ==    mmmm mmmm f ==
families:history                      family      nnff nnff f ==    mmmm mmmm f ==
families:who_looked                   family      fnfn fnf. f ==    mmmm mmmm f ==
families:conflict                     -           ==== ==== f ==    ==== ==== f ==
families:conflict_end                 conflict    fnfn fnfn f ==    fnfn fnfn f ==
families:person_history               person      nnff nnff f ==    mmmm mmmm f ==
families:disclosure_history           told        nnff nnff f ==    mmmm mmmm f ==
families:disclosure_correct           told        nfff nfff f ==    nfff nfff f ==

decisions:log                         -           ==== ==== . ==    ==== ==== f ==
drafting:start                        -           ==== ==== f ==    ==== ==== f ==
drafting:staff_concern                -           ==== ==== f ==    ==== ==== f ==
drafting:urgent                       -           ==== ==== f ==    ==== ==== f ==
decisions:restricted                  -           ==== ==== f ==    ==== ==== f ==
decisions:restrict                    -           ==== ==== f ==    ==== ==== f ==
decisions:restricted_record           restriction nnnn nnn. f ==    nnnn nnnu f ==
decisions:restricted_lift             restriction nnnn nnn. f ==    nnnn nnnu f ==
decisions:restricted_remove           named       nnnn nnn. f ==    nnnn nnnu f ==
decisions:urgent_detail               first       ==== ==== . ==    ==== ==== f ==
drafting:urgent_complete              first       ==== ==== f ==    ==== ==== f ==
decisions:detail                      recorded    nnff nnff . ==    mmmm mmmm f ==
decisions:detail                      draft       nnff nnff n ==    mmmm mmmm f ==
drafting:page                         draft       nnff nnff f ==    nnff nnff f ==
drafting:page                         recorded    nnff nnff f ==    nnff nnff f ==
drafting:autosave                     draft       mmmm mmmm f ==    nnff nnff f ==
drafting:autosave                     recorded    mmmm mmmm f ==    nnff nnff f ==
drafting:continue                     draft       nnff nnff f ==    mmmm mmmm f ==
drafting:continue                     recorded    nnff nnff f ==    mmmm mmmm f ==
drafting:check                        draft       nnff nnff f ==    mmmm mmmm f ==
drafting:check                        recorded    nnff nnff f ==    mmmm mmmm f ==
drafting:record                       draft       mmmm mmmm f ==    nnff nnff f ==
drafting:record                       recorded    mmmm mmmm f ==    nnff nnff f ==
drafting:talk                         spoken      nnff nnff f ==    mmmm mmmm f ==
drafting:talk                         draft       nnff nnff f ==    mmmm mmmm f ==
drafting:talk                         recorded    nnff nnff f ==    mmmm mmmm f ==
drafting:talk_copy                    spoken      nnff nnff f ==    mmmm mmmm f ==
drafting:talk_copy                    draft       nnff nnff f ==    mmmm mmmm f ==
drafting:talk_copy                    recorded    nnff nnff f ==    mmmm mmmm f ==
drafting:delete                       draft       nnff nnff f ==    nnff nnff f ==
drafting:delete                       recorded    nnff nnff f ==    nnff nnff f ==
drafting:hand_over                    draft       fnff fnff f ==    fnff fnff f ==
drafting:hand_over                    recorded    fnff fnff f ==    fnff fnff f ==
decisions:add_sending                 recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_sending                 draft       nnff nnff f ==    nnff nnff f ==
decisions:add_not_sent                recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_not_sent                to_send     nnff nnff f ==    nnff nnff f ==
decisions:add_not_sent                draft       nnff nnff f ==    nnff nnff f ==
decisions:add_informing               recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_informing               draft       nnff nnff f ==    nnff nnff f ==
decisions:add_consent_event           recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_consent_event           draft       nnff nnff f ==    nnff nnff f ==
decisions:add_receipt                 recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_receipt                 draft       nnff nnff f ==    nnff nnff f ==
decisions:add_response                recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_response                draft       nnff nnff f ==    nnff nnff f ==
decisions:add_addition                recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_addition                draft       nnff nnff f ==    nnff nnff f ==
decisions:add_wrong_information       recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_wrong_information       draft       nnff nnff f ==    nnff nnff f ==
decisions:add_correction              recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_correction              draft       nnff nnff f ==    nnff nnff f ==
decisions:add_complaint               recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_complaint               draft       nnff nnff f ==    nnff nnff f ==
decisions:answer_complaint            recorded    nnff nnff f ==    nnff nnff f ==
decisions:answer_complaint            draft       nnff nnff f ==    nnff nnff f ==
decisions:acknowledge_complaint       recorded    nnff nnff f ==    nnff nnff f ==
decisions:acknowledge_complaint       draft       nnff nnff f ==    nnff nnff f ==
decisions:add_read_back               recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_read_back               draft       nnff nnff f ==    nnff nnff f ==
decisions:add_statement               recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_statement               declined    ==== ==== f ==    ==== ==== f ==
decisions:add_statement               draft       nnff nnff f ==    nnff nnff f ==
decisions:add_statement_passed_on     recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_statement_passed_on     draft       nnff nnff f ==    nnff nnff f ==
decisions:add_contact_plan            recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_contact_plan            draft       nnff nnff f ==    nnff nnff f ==
decisions:add_contact_outcome         recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_contact_outcome         draft       nnff nnff f ==    nnff nnff f ==
decisions:add_standing_sending        group       nnff nnff f ==    nnff nnff f ==
decisions:add_standing_sending        recorded    nnff nnff f ==    nnff nnff f ==
decisions:add_standing_sending        draft       nnff nnff f ==    nnff nnff f ==
decisions:summary                     recorded    nnff nnff f ==    mmmm mmmm f ==
decisions:summary                     draft       nnff nnff f ==    mmmm mmmm f ==
decisions:print                       recorded    nnff nnff f ==    mmmm mmmm f ==
decisions:print                       draft       nnff nnff f ==    mmmm mmmm f ==
decisions:who_looked                  recorded    fnfn fnf. f ==    mmmm mmmm f ==
decisions:who_looked                  draft       fnfn fnfn f ==    mmmm mmmm f ==
decisions:proof                       recorded    nnff nnff f ==    mmmm mmmm f ==
decisions:proof                       draft       nnff nnff f ==    mmmm mmmm f ==
decisions:decline_letter              declined    ==== ==== f ==    ==== ==== f ==
decisions:decline_letter              recorded    nnff nnff f ==    mmmm mmmm f ==
decisions:decline_letter              draft       nnff nnff f ==    mmmm mmmm f ==
decisions:law                         recorded    nnff nnff . ==    mmmm mmmm f ==
decisions:law                         draft       nnff nnff n ==    mmmm mmmm f ==
letters:letter                        recorded    nnff nnff f ==    nnff nnff f ==
letters:letter                        declined    ==== ==== f ==    ==== ==== f ==
letters:letter                        draft       nnff nnff f ==    nnff nnff f ==
letters:agree                         recorded    fnff fnff f ==    fnff fnff f ==
letters:agree                         draft       fnff fnff f ==    fnff fnff f ==
letters:ask                           recorded    nnff nnff f ==    nnff nnff f ==
letters:ask                           declined    ==== ==== f ==    ==== ==== f ==
letters:ask                           draft       nnff nnff f ==    nnff nnff f ==
letters:made                          recorded    nnff nnff f ==    mmmm mmmm f ==
letters:made                          draft       nnff nnff f ==    mmmm mmmm f ==
letters:pdf                           recorded    nnff nnff f ==    mmmm mmmm f ==
letters:pdf                           draft       nnff nnff f ==    mmmm mmmm f ==
letters:referral                      recorded    nnff nnff f ==    mmmm mmmm f ==
letters:referral                      declined    ==== ==== f ==    ==== ==== f ==
letters:referral                      draft       nnff nnff f ==    mmmm mmmm f ==
shared:about                          person      nnff nnff f ==    mmmm mmmm f ==
shared:letter                         person      nfff nfff f ==    nfff nfff f ==
shared:made                           given       nnff nnff f ==    mmmm mmmm f ==
shared:pdf                            given       nnff nnff f ==    mmmm mmmm f ==
letters:make_decline                  declined    ==== ==== f ==    ==== ==== f ==
letters:make_decline                  recorded    mmmm mmmm f ==    nnff nnff f ==
drafting:supersede                    recorded    nnff nnff f ==    nnff nnff f ==
drafting:supersede                    draft       nnff nnff f ==    nnff nnff f ==

reviews:queue                         -           ==== ==== f ==    ==== ==== f ==
reviews:review                        recorded    fnff fnff f ==    fnff fnff f ==
reviews:review                        draft       fnff fnff f ==    fnff fnff f ==
reviews:next                          recorded    fnff fnff f ==    mmmm mmmm f ==
reviews:next                          draft       fnff fnff f ==    mmmm mmmm f ==
reviews:assign                        recorded    fnff fnff f ==    fnff fnff f ==
reviews:assign                        draft       fnff fnff f ==    fnff fnff f ==
reviews:reply                         question    nnff nnff f ==    nnff nnff f ==
reviews:second_look                   recorded    nnff nnff f ==    nnff nnff f ==
reviews:second_look                   draft       nnff nnff f ==    nnff nnff f ==

reflections:list                      -           ==== ==== f ==    ==== ==== f ==
reflections:new                       -           ==== ==== f ==    ==== ==== f ==
reflections:about_decision            recorded    nnnn nnnn f ==    nnnn nnnn f ==
reflections:about_decision            draft       nnnn nnnn f ==    nnnn nnnn f ==
reflections:detail                    reflected   nnnn nnnn f ==    mmmm mmmm f ==
reflections:change                    reflected   nnnn nnnn f ==    nnnn nnnn f ==
reflections:delete                    reflected   nnnn nnnn f ==    nnnn nnnn f ==
reflections:download                  reflected   nnnn nnnn f ==    nnnn nnnn f ==
reflections:show                      reflected   nnnn nnnn f ==    nnnn nnnn f ==
reflections:end_showing               ended       ==== ==== f ==    ==== ==== f ==
reflections:read                      reflected   nnnn nnnn f ==    mmmm mmmm f ==
reflections:read                      shown       ==== ==== f ==    ==== ==== f ==
reflections:detail                    shown       ==== ==== f ==    ==== ==== f ==

rights:list                           -           ==== ==== f ==    ==== ==== f ==
rights:open                           -           ==== ==== f ==    ==== ==== f ==
rights:pass_on                        person      nfff nfff f ==    nfff nfff f ==
rights:detail                         asked       fffn fff. f ==    mmmm mmmm f ==
rights:record                         asked       fffn fff. f ==    fffn fffu f ==
rights:item                           asked       fffn fff. f ==    fffn fffu f ==
rights:name                           ordered     fffn fff. f ==    fffn fffu f ==
rights:read                           ordered     fffn fff. f ==    fffn fffu f ==
rights:print                          ordered     fffn fff. f ==    mmmm mmmm f ==
rights:left_out                       asked       fffn fff. f ==    mmmm mmmm f ==
rights:make_copy                      asked       fffn fff. f ==    fffn fffu f ==
rights:copy                           asked       fffn fff. f ==    mmmm mmmm f ==
rights:copy_pdf                       asked       fffn fff. f ==    mmmm mmmm f ==
rights:add_event                      asked       fffn fff. f ==    fffn fffu f ==

incidents:list                        -           ==== ==== f ==    ==== ==== f ==
incidents:report                      -           ==== ==== f ==    ==== ==== f ==
incidents:report_decision             recorded    nnfn nnfn f ==    nnfn nnfn f ==
incidents:report_urgent               first       ==== ==== f ==    ==== ==== f ==
incidents:report_decision             draft       nnfn nnfn f ==    nnfn nnfn f ==
incidents:detail                      incident    nnfn nnf. f ==    mmmm mmmm f ==
incidents:add_event                   incident    nnfn nnf. f ==    nnfn nnfu f ==

emergencies:list                      -           ==== ==== f ==    ==== ==== f ==
emergencies:open                      -           ==== ==== f ==    ==== ==== f ==
emergencies:detail                    opening     ==== ==== f ==    ==== ==== f ==
emergencies:close                     opening     ==== ==== f ==    ==== ==== f >>
emergencies:family                    opening     ==== ==== f .>    ==== ==== f ==
emergencies:contacts                  opening     ==== ==== f .>    ==== ==== f ==
emergencies:disclosure                opening     ==== ==== f .>    ==== ==== f ==
emergencies:decision                  opening     ==== ==== f .>    ==== ==== f ==
emergencies:urgent                    opening     ==== ==== f n>    ==== ==== f ==

retention:overview                    -           ==== ==== f ==    ==== ==== f ==
retention:rule                        rule        ==== ==== f ==    ==== ==== f ==
retention:add_hold                    -           ==== ==== f ==    ==== ==== f ==
retention:lift_hold                   hold        ==== ==== f ==    ==== ==== f ==
retention:dispose                     -           ==== ==== f ==    ==== ==== f ==
retention:disposal                    disposal    ==== ==== f ==    ==== ==== f ==

reports:dashboard                     -           ==== ==== f ==    ==== ==== f ==
reports:decisions                     -           ==== ==== f ==    ==== ==== f ==
reports:export                        -           ==== ==== f ==    ==== ==== f ==
reports:pack                          -           ==== ==== f ==    ==== ==== f ==
reports:pack_pdf                      -           ==== ==== f ==    ==== ==== f ==

administration:people                 -           ==== ==== f ==    ==== ==== f ==
administration:invite                 -           ==== ==== f ==    ==== ==== f ==
administration:person                 user        ==== ==== f ==    ==== ==== f ==
administration:person_change          user        ==== ==== f ==    ==== ==== f ==
administration:person_role            user        ==== ==== f ==    ==== ==== f ==
administration:person_add_to_team     user        ==== ==== f ==    ==== ==== f ==
administration:person_end_membership  held        ==== ==== f ==    ==== ==== f ==
administration:person_link            user        ==== ==== f ==    ==== ==== f ==
administration:person_end_sign_on     bound       ==== ==== f ==    ==== ==== f ==
administration:person_deactivate      user        ==== ==== f ==    ==== ==== f ==
administration:person_reactivate      user        ==== ==== f ==    ==== ==== f ==
administration:access_notices         -           ==== ==== f ==    ==== ==== f ==
administration:role_agreement         agreement   ==== ==== f ==    ==== ==== f ==
administration:inspections            -           ==== ==== f ==    ==== ==== f ==
administration:inspection_ask         -           ==== ==== f ==    ==== ==== f ==
administration:inspection             inspected   ==== ==== f ==    ==== ==== f ==
administration:inspection_answer      inspected   ==== ==== f ==    ==== ==== f ==
administration:inspection_end         inspected   ==== ==== f ==    ==== ==== f ==
administration:teams                  -           ==== ==== f ==    ==== ==== f ==
administration:team_add               -           ==== ==== f ==    ==== ==== f ==
administration:team                   team        ==== ==== f ==    ==== ==== f ==
administration:team_rename            team        ==== ==== f ==    ==== ==== f ==
administration:team_close             team        ==== ==== f ==    ==== ==== f ==
administration:team_reopen            team        ==== ==== f ==    ==== ==== f ==
administration:cover_add              team        ==== ==== f ==    ==== ==== f ==
administration:cover_end              cover       ==== ==== f ==    ==== ==== f ==
administration:organisation           -           ==== ==== f ==    ==== ==== f ==
administration:organisation_change    -           ==== ==== f ==    ==== ==== f ==
administration:duty_numbers           -           ==== ==== f ==    ==== ==== f ==
administration:school_holidays        -           ==== ==== f ==    ==== ==== f ==
administration:address_book           -           ==== ==== f ==    ==== ==== f ==
administration:recipient_add          -           ==== ==== f ==    ==== ==== f ==
administration:recipient_change       entry       ==== ==== f ==    ==== ==== f ==
administration:recipient_retire       entry       ==== ==== f ==    ==== ==== f ==
administration:recipient_restore      entry       ==== ==== f ==    ==== ==== f ==
administration:law                    -           ==== ==== f ==    ==== ==== f ==
administration:law_commence           -           ==== ==== f ==    ==== ==== f ==
administration:law_add                -           ==== ==== f ==    ==== ==== f ==
administration:law_retire             -           ==== ==== f ==    ==== ==== f ==
administration:law_check              proposal    ==== ==== f ==    ==== ==== f ==
administration:law_withdraw           notice      ==== ==== f ==    ==== ==== f ==
wording:languages                     -           ==== ==== f ==    ==== ==== f ==
wording:phrases                       language    ==== ==== f ==    ==== ==== f ==
wording:approve                       phrase      ==== ==== f ==    ==== ==== f ==
administration:evidence               -           ==== ==== f ==    ==== ==== f ==
administration:evidence_ask           -           ==== ==== f ==    ==== ==== f ==
administration:evidence_request       evidence    fffn fffn f ==    fffn fffn f ==
administration:evidence_leave_out     evidence    fffn fffn f ==    fffn fffn f ==
administration:evidence_take          evidence    fffm fffm f ==    fffn fffn f ==
administration:ledger                 -           ==== ==== f ==    ==== ==== f ==
administration:ledger_verify          -           ==== ==== f ==    ==== ==== f ==
administration:ledger_export          -           ffnn ==== f ==    ffnn ==== f ==
mfa_authenticate                      -           ==== ==== > ==    ==== ==== > ==
your_sign_in                          -           ==== ==== . ==    ==== ==== m ==
your_sessions                         -           ==== ==== . ==    ==== ==== > ==
add_app                               -           ==== ==== . ==    ==== ==== u ==
add_passkey                           -           ==== ==== . ==    ==== ==== u ==
recovery_codes                        -           ==== ==== > ==    ==== ==== > ==
remove_factor                         factor      ==== ==== n ==    ==== ==== n ==
administration:person_sign_in         user        ==== ==== f ==    ==== ==== f ==
administration:person_sign_out        user        ==== ==== f ==    ==== ==== f ==
"""
# Whose place in the other table somebody of a state has.
OTHERWISE = {**{name: name for name in ROLES}, "emergency": "other_team", "after": "other_team"}
PLACES = {"conflicted": ROLES, "restricted": ROLES, "inspector": ("inspector",), "let_in": ("emergency", "after")}
# What an address names that is no record about the family: the organisation's own, what a person keeps alone, an urgent
# record that nothing completes, a record of another family.
OF_NO_RECORD = {
    "-", "link", "service", "language", "phrase", "user", "held", "team", "entry", "notice", "proposal", "rule",
    "disposal", "cover", "agreement", "inspected", "bound", "factor", "shown", "ended", "first", "declined", "hold",
    "opening",
}  # fmt: skip
OF_RECORDS = {
    "family", "place", "person", "contact", "told", "conflict", "draft", "recorded", "group", "to_send", "spoken",
    "restriction", "named", "given", "question", "reflected", "asked", "ordered", "incident", "evidence",
}  # fmt: skip
OPEN = ".>u"


def rows() -> Iterator[tuple[Row, dict[str, dict[str, str]]]]:
    """Each row of the other table with what stands here: by method and place, by person, or in full."""
    others = {str(row): row for row in test_access_matrix.rows()}
    for line in TABLE.strip().splitlines():
        if line:
            name, thing, *answers = line.split()
            places = {"GET": answers[:4], "POST": answers[4:]}
            row = others.get(f"{name} ({thing})", Row(name, thing, "", ""))
            yield row, {method: dict(zip(PLACES, found, strict=True)) for method, found in places.items()}


def of_no_record() -> list[Row]:
    """Pages that could name what they are not about: lists, and what is looked after."""
    listing = {"-", "team", "user", "inspected", "disposal", "opening"}
    return [row for row, _ in rows() if row.object in listing and row.name not in {"quick_leave", "account_logout"}]


def otherwise(row: Row, method: str, name: str) -> str:
    return (row.get if method == "GET" else row.post)[PEOPLE.index(OTHERWISE[name])]


def answers(state: str) -> Iterator[tuple[Row, str, str, str]]:
    """What each person of a state is answered, in letters of the other table."""
    for row, found in rows():
        for method, by_place in found.items():
            for place in ("inspector", "let_in") if state == "let_in" else (state,):
                for name, letter in zip(PLACES[place], by_place[place], strict=True):
                    yield row, method, name, otherwise(row, method, name) if letter == "=" else letter


def is_asked(row: Row, method: str, name: str, answer: str) -> bool:
    """Not what one rule for all of a view answers, whoever is asked: the other table asks that, and Python below.

    Who is let in otherwise is asked of every record; of what is no record one person in turn, once. THOROUGH=1 asks
    them all.
    """
    if name == "inspector":
        return answer not in "fm"
    if OTHERWISE[name] == "other_team" and row.object != "opening":
        let_in = otherwise(row, method, "practitioner") in OPEN and row.object not in OF_NO_RECORD
        return let_in and (name == "emergency" or THOROUGH)
    if row.object in OF_NO_RECORD and row.object != "opening" and answer == otherwise(row, method, name):
        return answer in OPEN and (THOROUGH or (method, name) == ("GET", ROLES[turn(row, ROLES)]))
    return name in ("emergency", "after") or otherwise(row, method, name) in OPEN


def differing(people: dict[str, Somebody], state: str, *, every: bool = False) -> Iterator[str]:
    """What is not as the table has it. No page is drawn: only the status is compared."""
    clients = {name: signed_in(who.user) for name, who in people.items()}
    for row, method, name, answer in answers(state):
        if every or is_asked(row, method, name, answer):
            with patch.object(Template, "render", lambda *_: ""):
                got = ask(people[name].scene.path(row), method, clients[name])
            if got != answer:
                yield f"{method} {row} as {name}, {state}: {got}, not {answer}"


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    return whole_scene()


@pytest.mark.parametrize("state", STATES)
def test_everybody_gets_what_the_table_says(scene: Scene, state: str) -> None:
    with STATES[state](scene) as people:
        wrong = list(differing(people, state))
    assert not wrong, "\n".join(wrong)
    assert sum(is_asked(*each) for each in answers(state)) > 150


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    here, there = [str(row) for row, _ in rows()], [str(row) for row in test_access_matrix.rows()]
    assert sorted(here) == sorted(there)
    assert {row.name for row, _ in rows()} == set(views())


def test_it_is_known_of_every_object_whether_it_is_a_record() -> None:
    assert {row.object for row, _ in rows()} == OF_NO_RECORD | OF_RECORDS
    assert not OF_NO_RECORD & OF_RECORDS


def test_nothing_is_opened_by_being_closed() -> None:
    """Nor is anything else closed: a conflict and a restriction take records of the family, and nothing more."""
    for state in ("conflicted", "restricted"):
        for row, method, name, answer in answers(state):
            said = f"{method} {row} as {name}, {state}"
            assert answer in {"n", otherwise(row, method, name)}, said
            if row.object in OF_NO_RECORD and row.name != "administration:ledger_export":
                assert answer == otherwise(row, method, name), said


def test_a_conflict_beats_every_role() -> None:
    found = [
        f"{method} {row} as {name}"
        for row, method, name, answer in answers("conflicted")
        if row.object in OF_RECORDS and answer in OPEN
    ]
    assert found == []


def test_a_restriction_leaves_an_officer_their_duties_alone() -> None:
    """Nobody else who is not named is let in, and the officer to no page with a word of the family."""
    opened = {
        (row.name.partition(":")[0], name)
        for row, _, name, answer in answers("restricted")
        if row.object in OF_RECORDS and answer in OPEN
    }
    assert opened == {
        ("rights", "officer"),
        ("incidents", "officer"),
        ("families", "officer"),
        ("decisions", "officer"),
    }
    pages = {row.name for row, _, _, answer in answers("restricted") if row.object in OF_RECORDS and answer in OPEN}
    assert {name for name in pages if name.startswith(("families", "decisions"))} == {
        "families:who_looked", "decisions:who_looked", "decisions:restricted_record", "decisions:restricted_lift",
        "decisions:restricted_remove",
    }  # fmt: skip


def test_an_emergency_opens_its_own_pages_alone() -> None:
    let_in = {
        (row.name, name)
        for row, method, name, answer in answers("let_in")
        if name != "inspector" and answer in OPEN and otherwise(row, method, name) not in OPEN
    }
    pages = {"family", "contacts", "disclosure", "decision"}
    assert {page for page, name in let_in if name == "emergency"} >= {f"emergencies:{page}" for page in pages}
    assert {page.partition(":")[0] for page, _ in let_in} == {"emergencies"}


def test_an_inspector_reads_decisions_and_nothing_else_of_anybody() -> None:
    let_in = {row.name for row, method, name, answer in answers("let_in") if name == "inspector" and answer in OPEN}
    reading = {name for name, view in views().items() if getattr(view, "rule", None) == Permission.READ_DECISIONS}
    assert reading == {"decisions:log", "decisions:detail", "decisions:urgent_detail", "decisions:law"}
    anybody = {name for name in let_in if getattr(views()[name], "rule", None) == Standing.ANYBODY}
    assert let_in - anybody - reading <= MAY_OPEN | MAY_SEND
