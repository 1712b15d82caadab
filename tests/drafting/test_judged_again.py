"""The check page never says that a draft is ready on the strength of a judgement made before something changed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import (
    add_membership,
    add_recipient,
    change_organisation,
    change_person,
    deactivate,
    end_membership,
    retire_recipient,
)
from accounts.models import Membership, Recipient, User
from accounts.roles import Role
from decisions.models import Decision, DecisionPerson, DecisionProvision, DraftPage
from drafting import fingerprint as fingerprints
from drafting.actions import judge_again, save_page
from drafting.draft import load
from drafting.fingerprint import fingerprint
from drafting.pages.base import Page
from drafting.pages.outcome import OutcomePage
from drafting.steps import is_judged, path, step_on_path, update_completeness
from families.actions import (
    add_disclosure,
    add_person,
    add_team_to_family,
    correct_disclosure,
    correct_person,
    remove_team_from_family,
)
from families.details import DisclosureDetails, PersonDetails
from families.models import Person
from safeguarding.demo.filling import filled_page
from tests.decisions import law_said
from tests.decisions.cases import Case, plain
from tests.pages import PageClient

# Which page is judged again is decided in Python, from rows that every engine gives alike.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
Change = Callable[[Case], object]
READY, FINISH = "Ready to record", "Finish the page “{}”"


@pytest.fixture(autouse=True, scope="module")
def _judged(_complete: Case) -> None:
    """The case is finished past the actions: judged as any action would leave it."""
    update_completeness(load(_complete.decision, _complete.cast.practitioner))


def checked(case: Case, as_user: SignIn) -> str:
    """The words of the check page, for its author as the database has them now."""
    author = User.objects.get(pk=case.cast.practitioner.pk)
    path = reverse("drafting:check", args=[case.decision.public_id])
    return as_user(author).get(path).content.decode()


def now_judged(case: Case) -> bool:
    return is_judged(load(case.decision, User.objects.get(pk=case.cast.practitioner.pk)))


def details(person: Person) -> PersonDetails:
    return PersonDetails(name=person.name, role=person.role, age=7, age_on=timezone.localdate())


def of_disclosure() -> DisclosureDetails:
    yesterday = timezone.now() - timedelta(days=1)
    return DisclosureDetails(said_by="The child", said_to="A teacher", received_at=yesterday, facts="More.")


def organisation_of_another_kind(case: Case) -> None:
    change_organisation(
        name="Northmere Council", kind="PUB", sector="academy", in_scope_16la=True, policy_document_on=None,
        policy_document_link="", by=case.cast.administrator, at=timezone.now(),
    )  # fmt: skip


def new_recipient(case: Case) -> Recipient:
    return add_recipient(
        name="Northmere police", kind="police", route_kind="phone", route="01632 960 100",
        checked_on=timezone.localdate(), by=case.cast.administrator, at=timezone.now(),
    )  # fmt: skip


def somebody_leaves_the_team(case: Case) -> None:
    """Only whoever may be asked to decide counts, and only where they were asked."""
    deactivate(user=case.cast.supervisor, by=case.cast.administrator, at=timezone.now())


def person_of(case: Case) -> Person:
    return Person.objects.filter(family=case.family).order_by("pk")[0]


def another_team_too(case: Case) -> None:
    cast = case.cast
    add_membership(user=cast.practitioner, team=cast.other_team_row, role=Role.PRACTITIONER, by=cast.administrator,
                   at=timezone.now())  # fmt: skip


def the_family_goes_to_the_other_team(case: Case) -> None:
    add_team_to_family(family=case.family, team=case.cast.other_team_row, by=case.cast.practitioner, at=timezone.now())
    remove_team_from_family(family=case.family, team=case.cast.team, by=case.cast.practitioner, at=timezone.now())


CHANGES: dict[str, Change] = {
    "a provision retired": lambda case: law_said.retired(case.cast.officer),
    "a commencement confirmed": lambda case: law_said.commenced(case.cast.officer),
    "a local provision": lambda case: law_said.local(case.cast.officer),
    "the organisation": organisation_of_another_kind,
    "a recipient added": new_recipient,
    "a recipient retired": lambda case: retire_recipient(
        recipient=Recipient.objects.filter(organisation=case.cast.organisation, retired=False)[0],
        by=case.cast.administrator, at=timezone.now(),
    ),
    "a person added": lambda case: add_person(
        family=case.family, details=PersonDetails(name="Ava", role="child", age=3, age_on=timezone.localdate()),
        by=case.cast.practitioner, at=timezone.now(),
    ),
    "a person corrected": lambda case: correct_person(
        person=person_of(case), details=details(person_of(case)), version=person_of(case).version, why="Told today",
        by=case.cast.practitioner, at=timezone.now(),
    ),
    "a disclosure added": lambda case: add_disclosure(
        family=case.family, details=of_disclosure(), by=case.cast.practitioner, at=timezone.now()
    ),
    "a disclosure corrected": lambda case: correct_disclosure(
        disclosure=case.disclosure, details=of_disclosure(), version=case.disclosure.version, why="Told today",
        by=case.cast.practitioner, at=timezone.now(),
    ),
    "the team taken off the family": the_family_goes_to_the_other_team,
    "another team of the author's": another_team_too,
    "the author's name": lambda case: change_person(
        user=case.cast.practitioner, full_name="Ada Marr", job_title="Teacher", by=case.cast.administrator,
        at=timezone.now(),
    ),
    "an answer of the draft": lambda case: plain(Decision).filter(pk=case.decision.pk).update(why_now="Because"),
    "a row of the draft": lambda case: plain(DecisionPerson).filter(decision=case.decision).update(age=15),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_a_form_judges_by_is_noticed(complete: Case, change: Change) -> None:
    change(complete)
    assert not now_judged(complete)


@pytest.mark.in_turn(5)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_noticed_is_judged_once(complete: Case, as_user: SignIn, change: Change) -> None:
    assert now_judged(complete)
    change(complete)
    checked(complete, as_user)
    draft = load(complete.decision, User.objects.get(pk=complete.cast.practitioner.pk))
    for step in path(draft):
        assert draft.pages[step.page.key].complete == step.page.accepts_saved_answers(draft)
    assert is_judged(draft)


def test_a_page_that_was_judged_is_not_judged_again(
    complete: Case, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a page that asks `is_judged` first."""
    CHANGES["a person corrected"](complete)
    checked(complete, as_user)
    monkeypatch.setattr(Page, "accepts_saved_answers", lambda _: pytest.fail("judged though nothing changed"))
    checked(complete, as_user)


@pytest.mark.parametrize(
    ("change", "title"),
    [
        (lambda case: law_said.retired(case.cast.officer, code=first_basis(case)), "Lawful basis"),
        (CHANGES["the team taken off the family"], "Who this is about"),
    ],
    ids=["law", "family"],
)
def test_a_draft_that_was_ready_is_no_longer(complete: Case, as_user: SignIn, change: Change, title: str) -> None:
    assert READY in checked(complete, as_user)
    change(complete)
    html = checked(complete, as_user)
    assert READY not in html
    assert FINISH.format(title) in html


def first_basis(case: Case) -> str:
    return str(plain(DecisionProvision).filter(decision=case.decision, layer="L1")[0].code)


class TestDecider:
    @pytest.fixture
    def passed(self, complete: Case) -> Case:
        """The draft, passed to the supervisor."""
        row = plain(Decision).filter(pk=complete.decision.pk)
        row.update(outcome="PASSED_UP", passed_to=complete.cast.supervisor)
        update_completeness(load(complete.decision, complete.cast.practitioner))
        assert DraftPage.objects.get(decision=complete.decision, page=OutcomePage.key).complete
        return complete

    def test_who_is_to_decide_has_left(self, passed: Case, as_user: SignIn) -> None:
        somebody_leaves_the_team(passed)
        assert not now_judged(passed)
        assert FINISH.format("Your decision and reasons") in checked(passed, as_user)

    def test_who_is_to_decide_is_in_the_team_no_more(self, passed: Case, as_user: SignIn) -> None:
        place = Membership.objects.get(user=passed.cast.supervisor, team=passed.cast.team)
        end_membership(membership=place, by=passed.cast.administrator, at=timezone.now())
        assert FINISH.format("Your decision and reasons") in checked(passed, as_user)

    def test_nobody_was_asked_to_decide(self, complete: Case) -> None:
        somebody_leaves_the_team(complete)
        assert now_judged(complete)


def test_a_new_release_judges_again(complete: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "_software", lambda: "another")
    assert not now_judged(complete)


def test_another_reader_is_another_judgement(complete: Case) -> None:
    own, other = (load(complete.decision, user) for user in (complete.cast.practitioner, complete.cast.other_team))
    assert fingerprint(own) != fingerprint(other)


def test_time_alone_changes_nothing(complete: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was in the past stays there: no field of these pages asks for a day to come."""
    later = timezone.now() + timedelta(days=400)
    monkeypatch.setattr(timezone, "now", lambda: later)
    draft = load(complete.decision, complete.cast.practitioner)
    assert is_judged(draft)
    assert all(step.page.accepts_saved_answers(draft) for step in path(draft))


def test_a_page_never_judged_is_judged(complete: Case) -> None:
    DraftPage.objects.filter(decision=complete.decision, page="people").update(judged_with="")
    assert not now_judged(complete)


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("key", ["people", "outcome", "consent"])
def test_a_page_saved_without_judging_is_judged_later(complete: Case, key: str) -> None:
    """Whoever saves page after page judges them at the end: until then none of them passes for judged."""
    by, at = complete.cast.practitioner, complete.at
    step = step_on_path(draft := load(complete.decision, by), key)
    assert step is not None
    DraftPage.objects.filter(decision=complete.decision, page="sending").update(complete=False)
    (page := step.page(draft, filled_page(draft, key, {}))).is_valid()
    saved = save_page(page=page, version=draft.version(step.page.key), by=by, at=at, judge=False)
    assert not is_judged(saved)
    assert not saved.pages["sending"].complete
    judged = judge_again(decision=complete.decision, by=by, at=at)
    assert is_judged(judged)
    assert judged.pages["sending"].complete


# Who may decide counts only where somebody is to; families are named in labels, and offered for a new person; which
# ways of reaching them are not safe is said beside a question, and no answer is refused for it.
NOT_JUDGED_BY = {
    "accounts_user", "accounts_membership", "families_family", "families_safecontact", "families_knownrisk",
}  # fmt: skip


def tables(queries: CaptureQueriesContext) -> set[str]:
    return {table for query in queries.captured_queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}


@pytest.mark.parametrize("outcome", ["SHARED_PART", "NOT_SHARED", "DEFERRED", "PASSED_UP", "STOPPED"])
def test_no_form_reads_a_table_that_the_fingerprint_leaves_out(complete: Case, outcome: str) -> None:
    plain(Decision).filter(pk=complete.decision.pk).update(outcome=outcome)
    author = complete.cast.practitioner
    with CaptureQueriesContext(connection) as known:
        fingerprint(load(complete.decision, author))
    draft = load(complete.decision, author)
    with CaptureQueriesContext(connection) as read:
        for step in path(draft):
            step.page.accepts_saved_answers(draft)
    assert tables(read) - tables(known) <= NOT_JUDGED_BY


def test_what_the_pages_were_judged_with_is_kept_once(complete: Case) -> None:
    kept = DraftPage.objects.filter(decision=complete.decision).order_by("pk").values_list("judged_with", flat=True)
    assert kept[0] == fingerprint(load(complete.decision, complete.cast.practitioner))
    assert set(kept[1:]) == {""}
