"""Whoever has left a team changes nothing of it any more: every action, tried by a member and by who was one."""

import inspect
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

import decisions.actions
import drafting.actions
import emergencies.actions
import families.actions
import incidents.actions
import letters.actions
import reflections.actions
import reminders.actions
import reports.actions
import retention.actions
import reviews.actions
import rights.actions
import wording.actions
from accounts.models import Membership, User
from accounts.roles import Role
from decisions.models import Addition, Decision, Sending
from drafting.draft import load
from drafting.steps import step_on_path
from families.details import ContactDetails, DisclosureDetails, PersonDetails
from rules.explanation.facts import Choices
from rules.explanation.versions import Version
from safeguarding.demo import stories
from safeguarding.demo.filling import fill_story, filled_page
from tests.decisions import events
from tests.decisions.cases import Case
from tests.pages import PageClient
from tests.shared import undone
from tests.test_access_matrix import Scene, rows, whole_scene

# Who may is asked in Python before any engine is asked to write.
pytestmark = pytest.mark.sqlite

MODULES = (
    decisions.actions,
    drafting.actions,
    families.actions,
    letters.actions,
    reflections.actions,
    reminders.actions,
    reports.actions,
    reviews.actions,
    wording.actions,
    rights.actions,
    incidents.actions,
    retention.actions,
    emergencies.actions,
)
# Opening enters in the ledger what was seen; what was one's own may be read afterwards (ADR 0007).
READING = {
    "open_decision", "open_draft", "open_law", "open_letter", "open_referral", "open_shared_letter",
    "open_talk", "preview_letter", "preview_shared_letter",
    "read_what_was_shared",
    "list_decisions", "show_who_looked", "open_urgent", "print_decision", "prove_decision", "summarise_decision",
    "see_incident", "see_request", "see_retention", "open_record", "open_copy", "open_named",
    "open_family", "open_disclosure", "open_person", "open_contacts", "list_families", "enter_search", "show_results",
    "show_similar_families", "show_similar_people",
    "export_log", "take_pack",
    "list_openings", "see_opening",
}  # fmt: skip
# A data protection officer's, for the whole organisation and not for a team.
OF_THE_ORGANISATION = {
    "add_event", "decide_item", "give_items", "make_copy", "name_records", "leave_out",
    "answer_disposal", "confirm_rule", "hold", "lift_hold", "propose_disposal",
    "add_local_provision", "approve_phrase", "propose_commencement", "check_commencement",
    "find_person", "open_request",
    "retire_provision", "withdraw_law_notice", "declare_conflict", "end_conflict",
    # By whoever is in no team of the family, and of those who check it by its supervisors: tests/emergencies.
    "open_in_emergency", "close_opening", "check_opening", "read_contacts", "read_decision", "read_disclosure",
    "read_family", "read_urgent",
    # By keepers and officers: tests/test_restricted.py.
    "restrict", "name_reader", "remove_reader", "lift_restriction",
}  # fmt: skip
# A reflection follows its author, whatever team they are in: tests/reflections/test_actions.py.
OF_THE_PERSON = {
    "start_reflection",
    "change_reflection",
    "delete_reflection",
    "copy_reflection",
    "release_reflections",
    "show_to_supervisor",
    "stop_showing",
    "read_shown_reflection",
}
# About oneself alone: no team, family or decision has a part in it.
OF_ONESELF = {"choose_frequency"}
REFUSED = (PermissionDenied, Http404, ValidationError)
Try = Callable[[Scene, User], object]


def public_actions() -> set[str]:
    found = set()
    for module in MODULES:
        names = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
        for name in names:
            action = getattr(module, name)
            if inspect.isfunction(action) and "by" in inspect.signature(action).parameters:
                found.add(name)
    return found


def of_page(action: Callable[..., object]) -> Try:
    """A page opened while its author was in the team, and sent since."""

    def go(scene: Scene, by: User) -> object:
        draft = load(scene.draft, scene.cast.practitioner)
        step = step_on_path(draft, "outcome")
        assert step is not None
        page = step.page(draft, filled_page(draft, "outcome", stories.refused_and_shared(timezone.now())["outcome"]))
        assert page.is_valid()
        return action(page=page, version=draft.version(step.page.key), by=by, at=timezone.now())

    return go


def of_decision(add: Callable[..., object]) -> Try:
    """One of what is added to a recorded decision (tests/decisions/events.py)."""

    def go(scene: Scene, by: User) -> object:
        case = Case(scene.cast, scene.family, scene.told, scene.recorded, timezone.now())
        return add(case, by=by)

    return go


def informing(case: Case, by: User) -> object:
    answers = {"informing_state": "TOLD_AFTER", "informed_at": case.at, "informed_how": "At home"}
    return decisions.actions.add_informing(
        decision=case.decision, person=case.decision.people.all()[0], answers={**answers, "informed_safely": "yes"},
        submission_id=uuid4(), by=by, at=case.at,
    )  # fmt: skip


def second_look(scene: Scene, by: User) -> object:
    """Where nobody else supervises, some days later."""
    others = Membership.objects.filter(team=scene.cast.team, role=Role.SUPERVISOR).exclude(user=by)
    models.QuerySet(Membership).filter(pk__in=[row.pk for row in others])._raw_delete("default")
    at = timezone.now() + timedelta(days=10)
    return reviews.actions.add_second_look(decision=scene.recorded, text="I looked again", by=by, at=at)


WAY = {"route": "letter", "reason": "Her sister opens it"}


def not_agreed(scene: Scene, by: User) -> object:
    """What is asked for while there is somebody to answer."""
    ask, person = letters.actions.ask_to_agree, scene.letter.person
    assert person is not None
    now(ask)(decision=scene.recorded, person=person, **WAY, submission_id=uuid4(), by=scene.cast.practitioner)
    return now(letters.actions.refuse_to_agree)(
        decision=scene.recorded, person=person, **WAY, submission_id=uuid4(), by=by
    )


def recorded_now(scene: Scene, by: User) -> object:
    """Filled in by whoever is in the team: what is tried is the recording."""
    return drafting.actions.record(decision=scene.draft, by=by, at=timezone.now())


def now(action: Callable[..., object], **fixed: Any) -> Callable[..., object]:
    return partial(action, **fixed, at=timezone.now())


WHY = "I had misheard it"
PERSON = PersonDetails(name="Noor", role="relative")
CONTACT = ContactDetails(kind="phone", detail="01632 960777", safe="yes", checked_on=timezone.localdate())
SAID = DisclosureDetails(said_by="The child", said_to="A teacher", received_at=timezone.now(), facts="A mark")
NOTIFIED = {"notified_at": timezone.now(), "notified_to": "Duty desk", "how": "", "why_not_notified": ""}
PASSED_ON = {"passed_on_at": timezone.now(), "how": "By phone", "why_not": ""}
NOT_HAD = {"had": "NOT_HAD", "contact_at": None, "text": "She was not in"}
ANSWERED = {"outcome": "UPHELD", "answered_at": timezone.now(), "answered_by": "Head", "text": "You were right."}
ASKED = {"kind": "ACCESS", "wanted": "All of it", "asker": "SELF", "received_on": timezone.localdate()}
WENT_WRONG = {"danger": "no", "address_at_risk": "no", "kind": "LOST",
              "what_happened": "A bag was left on a bus", "what_other": "Notes", "who_harmed": "A boy",
              "noticed_at": timezone.now(), "noticed_by": "Asha"}  # fmt: skip
URGENT = {"who": "A girl", "information": "A car", "recipient": "Police", "why": "Taken", "how": "By phone"}

BY_AUTHOR: dict[str, Try] = {
    "start": lambda s, by: now(drafting.actions.start)(
        entry_route="DECIDING", team=s.cast.team, family=s.family, by=by
    ),
    "start_with_new_family": lambda s, by: now(drafting.actions.start_with_new_family)(
        entry_route="DECIDING", team=s.cast.team, name="Fell", submission_id=None, by=by
    ),
    "start_staff_concern": lambda s, by: now(drafting.actions.start_staff_concern)(
        team=s.cast.team, name="Hall", people=[s.cast.supervisor], concerned=None, submission_id=None, by=by
    ),
    "save_page": of_page(drafting.actions.save_page),
    "save_form_data": of_page(drafting.actions.save_form_data),
    "autosave": of_page(drafting.actions.autosave),
    "judge_again": lambda s, by: now(drafting.actions.judge_again)(decision=s.draft, by=by),
    "discard": lambda s, by: now(drafting.actions.discard)(decision=s.draft, by=by),
    "record": recorded_now,
    "supersede": lambda s, by: now(drafting.actions.supersede)(decision=s.recorded, by=by),
    "record_urgent": lambda s, by: now(drafting.actions.record_urgent)(
        team=s.cast.team, answers={**URGENT, "shared_at": None}, submission_id=uuid4(), by=by
    ),
    "complete": lambda s, by: now(drafting.actions.complete)(urgent=s.first, family=s.family, by=by),
    "add_sending": of_decision(events.sending),
    "add_receipt": of_decision(events.receipt),
    "add_response": of_decision(events.response),
    "add_addition": of_decision(events.addition),
    "add_consent": of_decision(events.said),
    "add_informing": of_decision(informing),
    "add_not_sent": lambda s, by: now(decisions.actions.add_not_sent)(
        decision=s.to_send,
        recipient=s.to_send.recipients.get(),
        answers={"why": "It is no longer needed"},
        submission_id=uuid4(),
        by=by,
    ),
    "add_wrong_information": of_decision(events.wrong),
    "write_decline_letter": lambda s, by: now(decisions.actions.write_decline_letter)(decision=s.declined, by=by),
    "make_letter": lambda s, by: now(letters.actions.make_letter)(
        decision=s.recorded,
        person=s.letter.person,
        choices=Choices(
            version=Version.ADULT, contact="Asha", own_words={str(s.recorded.recipients.get().pk): "He was hurt"}
        ),
        language="en",
        output_format="html",
        route="in_person",
        submission_id=uuid4(),
        by=by,
    ),
    "ask_to_agree": lambda s, by: now(letters.actions.ask_to_agree)(
        decision=s.recorded, person=s.letter.person, **WAY, submission_id=uuid4(), by=by
    ),
    "make_shared_letter": lambda s, by: now(letters.actions.make_shared_letter)(
        person=s.given.person,
        choices=Choices(
            version=Version.ADULT, contact="Asha", own_words={str(s.recorded.recipients.get().pk): "He was hurt"}
        ),
        language="en",
        output_format="html",
        route="in_person",
        submission_id=uuid4(),
        by=by,
    ),
    "make_decline_letter": lambda s, by: now(letters.actions.make_decline_letter)(
        decision=s.declined, submission_id=uuid4(), by=by
    ),
    "add_correction": lambda s, by: now(decisions.actions.add_correction)(
        wrong=s.wrong, recipient=s.recorded.recipients.get(), answers=NOTIFIED, submission_id=uuid4(), by=by
    ),
    "add_complaint": of_decision(events.complaint),
    "add_complaint_acknowledgement": lambda s, by: now(decisions.actions.add_complaint_acknowledgement)(
        complaint=s.complaint,
        answers={"acknowledged_at": timezone.now(), "how": "By letter"},
        submission_id=uuid4(),
        by=by,
    ),
    "add_views_read_back": of_decision(events.read_back),
    "add_statement": of_decision(events.statement),
    "add_statement_passed_on": lambda s, by: now(decisions.actions.add_statement_passed_on)(
        statement=s.statement, recipient=s.recorded.recipients.get(), answers=PASSED_ON, submission_id=uuid4(), by=by
    ),
    "add_contact_plan": of_decision(events.contact_plan),
    "add_contact_outcome": lambda s, by: now(decisions.actions.add_contact_outcome)(
        plan=s.plan, answers=NOT_HAD, submission_id=uuid4(), by=by
    ),
    "add_complaint_answer": lambda s, by: now(decisions.actions.add_complaint_answer)(
        complaint=s.complaint, answers=ANSWERED, submission_id=uuid4(), by=by
    ),
    "reply": lambda s, by: now(reviews.actions.reply)(review=s.question, text="His aunt", by=by),
    "add_second_look": second_look,
    "register_family": lambda s, by: now(families.actions.register_family)(name="Fell", teams=[s.cast.team], by=by),
    "correct_family": lambda s, by: now(families.actions.correct_family)(
        family=s.family, name="Fell", version=s.family.version, why=WHY, by=by
    ),
    "add_team_to_family": lambda s, by: now(families.actions.add_team_to_family)(
        family=s.family, team=s.cast.other_team_row, by=by
    ),
    "remove_team_from_family": lambda s, by: now(families.actions.remove_team_from_family)(
        family=s.family, team=s.cast.other_team_row, by=by
    ),
    "add_person": lambda s, by: now(families.actions.add_person)(family=s.family, details=PERSON, by=by),
    "correct_person": lambda s, by: now(families.actions.correct_person)(
        person=s.person, details=PERSON, version=s.person.version, why=WHY, by=by
    ),
    "pass_on_request": lambda s, by: now(rights.actions.pass_on_request)(
        person=s.person, answers=ASKED, submission_id=uuid4(), by=by
    ),
    "report_incident": lambda s, by: now(incidents.actions.report_incident)(
        decision=None, team=s.cast.team, answers=WENT_WRONG, submission_id=uuid4(), by=by
    ),
    "add_incident_event": lambda s, by: now(incidents.actions.add_incident_event)(
        incident=s.incident,
        kind="LEARNED",
        answers={"text": "Ask first", "at": s.incident.noticed_at},
        submission_id=uuid4(),
        by=by,
    ),
    "add_safe_contact": lambda s, by: now(families.actions.add_safe_contact)(person=s.person, details=CONTACT, by=by),
    "set_safe_contact": lambda s, by: now(families.actions.set_safe_contact)(
        contact=s.contact, details=CONTACT, version=s.contact.version, by=by
    ),
    "set_known_risks": lambda s, by: now(families.actions.set_known_risks)(
        person=s.person, notes={}, version=s.person.version, by=by
    ),
    "add_disclosure": lambda s, by: now(families.actions.add_disclosure)(family=s.family, details=SAID, by=by),
    "correct_disclosure": lambda s, by: now(families.actions.correct_disclosure)(
        disclosure=s.told, details=SAID, version=s.told.version, why=WHY, by=by
    ),
}
BY_SUPERVISOR: dict[str, Try] = {
    "check_import": lambda s, by: now(families.actions.check_import)(rows=[], team=s.cast.team, sha256="", by=by),
    "import_families": lambda s, by: now(families.actions.import_families)(rows=[], team=s.cast.team, sha256="", by=by),
    "import_step_by_step": lambda s, by: list(
        families.actions.import_step_by_step(rows=[], team=s.cast.team, sha256="", by=by, at=timezone.now())
    ),
    "record_review": lambda s, by: now(reviews.actions.record_review)(
        decision=s.recorded, outcome="AGREED", comment="", by=by
    ),
    "assign": lambda s, by: now(reviews.actions.assign)(
        decision=s.recorded, to=s.cast.supervisor, reason="Knows them", by=by
    ),
    "agree_to_route": lambda s, by: now(letters.actions.agree_to_route)(
        decision=s.recorded, person=s.letter.person, **WAY, submission_id=uuid4(), by=by
    ),
    "refuse_to_agree": not_agreed,
    "hand_over": lambda s, by: now(drafting.actions.hand_over)(decision=s.draft, to=s.cast.teammate, by=by),
}
TRIES = [*((name, "practitioner", go) for name, go in BY_AUTHOR.items()),
         *((name, "supervisor", go) for name, go in BY_SUPERVISOR.items())]  # fmt: skip


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    scene = whole_scene()
    story = stories.refused_and_shared(timezone.now())
    concern = {**story["concern"], "source": "new"}
    fill_story(decision=scene.draft, story={**story, "concern": concern}, by=scene.cast.practitioner, at=timezone.now())
    return scene


def leaves(user: User, scene: Scene) -> User:
    """Out of the team and, with the same roles, in the other one: past the ledger, as the next request sees it."""
    models.QuerySet(Membership).filter(user=user, team=scene.cast.team).update(team=scene.cast.other_team_row)
    return User.objects.get(pk=user.pk)


def is_deactivated(user: User, scene: Scene) -> User:
    models.QuerySet(User).filter(pk=user.pk).update(is_active=False)
    return User.objects.get(pk=user.pk)


GOING = [leaves, is_deactivated]


@pytest.mark.parametrize(("name", "who", "go"), TRIES, ids=[name for name, _, _ in TRIES])
def test_a_member_may_and_who_has_left_may_not(scene: Scene, name: str, who: str, go: Try) -> None:
    user = getattr(scene.cast, who)
    with undone():
        go(scene, User.objects.get(pk=user.pk))
    for goes in GOING:
        with undone():
            gone = goes(user, scene)
            with pytest.raises(REFUSED), transaction.atomic():
                go(scene, gone)


def test_every_action_is_tried_or_named_as_another_kind() -> None:
    tried = {name for name, _, _ in TRIES}
    assert public_actions() - tried - READING - OF_THE_ORGANISATION - OF_THE_PERSON - OF_ONESELF == set()
    assert tried | READING | OF_THE_ORGANISATION | OF_THE_PERSON | OF_ONESELF == public_actions()


def test_a_draft_is_handed_over_to_nobody_who_has_left(scene: Scene) -> None:
    with undone():
        gone = leaves(scene.cast.teammate, scene)
        with pytest.raises(ValidationError):
            drafting.actions.hand_over(decision=scene.draft, to=gone, by=scene.cast.supervisor, at=timezone.now())


def test_what_was_passed_to_a_manager_who_left_comes_back(scene: Scene) -> None:
    """Else nobody could decide it: the one has left, and the others were to wait."""
    with undone():
        now, manager = timezone.now(), scene.cast.supervisor
        models.QuerySet(Sending).filter(decision=scene.draft)._raw_delete("default")
        passed = {"outcome": "PASSED_UP", "passed_to": manager, "instead": "A teacher stays", "look_again_on": now}
        models.QuerySet(Decision).filter(pk=scene.draft.pk).update(state="recorded", recorded_at=now, **passed)
        author = User.objects.get(pk=scene.cast.practitioner.pk)
        supersedable = Decision.objects.supersedable_by
        assert not supersedable(author).filter(pk=scene.draft.pk).exists()
        assert supersedable(User.objects.get(pk=manager.pk)).filter(pk=scene.draft.pk).exists()
        gone = leaves(manager, scene)
        assert not supersedable(gone).filter(pk=scene.draft.pk).exists()
        assert supersedable(author).filter(pk=scene.draft.pk).exists()


def test_no_page_takes_answers_of_who_has_left(scene: Scene) -> None:
    """Every address about something of the team, opened and sent to by its author, now of another team."""
    about = {
        "draft",
        "recorded",
        "group",
        "declined",
        "first",
        "family",
        "person",
        "contact",
        "told",
        "question",
        "place",
        "incident",
    }
    reading = {
        "letters:made",
        "letters:pdf",
        "shared:made",
        "shared:pdf",
        "decisions:detail",
        "decisions:print",
        "decisions:summary",
        "decisions:law",
        "decisions:urgent_detail",
    }
    # Changes nothing of the team's: a reflection on what was one's own is its author's.
    reading.add("reflections:about_decision")
    with undone():
        client = PageClient()
        client.force_login(leaves(scene.cast.practitioner, scene))
        for row in rows():
            # Recorded already: led to the decision, and nothing is changed.
            if row.object in about and row.name not in reading and str(row) != "drafting:record (recorded)":
                with undone():
                    answer = client.post(scene.path(row), {"text": "x"})
                assert answer.status_code in {403, 404, 405}, f"POST {row}: {answer.status_code}"


def test_their_home_page_asks_nothing_of_them_there(scene: Scene) -> None:
    with undone():
        client = PageClient()
        client.force_login(leaves(scene.cast.practitioner, scene))
        page = client.get(reverse("home")).content.decode()
        assert scene.draft.reference not in page
        assert scene.question.decision.reference not in page
        assert client.get(reverse("decisions:detail", args=[scene.recorded.public_id])).status_code == 200
    assert Sending.objects.filter(decision=scene.recorded).exists()
    assert not Addition.objects.filter(decision=scene.recorded).exists()
