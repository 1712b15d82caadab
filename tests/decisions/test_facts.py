"""What the rules are told of a decision: all that it says, by the clock of this country."""

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from django.utils import timezone

from accounts.models import Organisation
from decisions import actions
from decisions.database.triggers import PARTS
from decisions.facts.decision import assessed, facts_of, law_of, sensitivities_of
from decisions.facts.people import stands_for
from decisions.models import (
    ConsentEvent,
    Decision,
    DecisionItem,
    DecisionPerson,
    DecisionProvision,
    DecisionRecipient,
    ItemRecipient,
    Sending,
)
from drafting import actions as drafting_actions
from drafting.draft import load
from rules.assess import assess
from rules.codes import Sensitivity
from rules.facts import Facts, InformingFacts, OrderFacts, RecipientFacts, SendingFacts
from rules.facts_after_recording import FollowUpFacts
from rules.law_files import load as load_law
from tests.decisions.cases import CHILD, MOTHER, PARTNER, Case, columns, plain
from tests.letters.ways import reached

# What the form does not ask, and the command that assesses a file may still be told.
NOT_ASKED = {
    (Facts, "commencements"),
    (Facts, "local_provisions"),
    (Facts, "retired"),
    (Facts, "urgent_recorded_at"),  # where somebody was told first: test_views_urgent_completed.py
    (InformingFacts, "way_known"),  # a draft has none: test_informed_unsafely.py
    # what comes after a decision is recorded: tests/rules/test_after_recording.py
    (Facts, "follow_up"),
    (FollowUpFacts, "consent"),
    (FollowUpFacts, "responses"),
    (FollowUpFacts, "outside_group"),
    (FollowUpFacts, "to_be_corrected"),
    (FollowUpFacts, "complaints_open"),
    (FollowUpFacts, "objections_open"),
    (FollowUpFacts, "corrections"),
    (FollowUpFacts, "complaints"),
    (SendingFacts, "received_at"),
    (RecipientFacts, "people"),  # read from their names: test_a_recipient_that_names_somebody_stands_for_them
    (InformingFacts, "entered_on"),  # an event after recording
    (InformingFacts, "attempts"),  # the same: tests/decisions/test_informing_now.py
}


def everything_answered(case: Case) -> Decision:
    """A value in every column, whether or not they fit together."""
    day = date(2026, 11, 20)
    whole: tuple[type[models.Model], ...] = (Decision, *PARTS, Sending)
    for model in whole:
        rows: models.QuerySet[Any] = plain(model)
        mine = rows.filter(pk=case.decision.pk) if model is Decision else rows.filter(decision=case.decision)
        values: dict[str, object] = {}
        for field in columns(model):
            if isinstance(field, models.BooleanField) and field.name != "given":
                values[field.name] = True
            elif isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
                values[field.name] = day
            elif isinstance(field, models.CharField | models.TextField) and not field.choices:
                values[field.name] = "Yes"
        for name in (
            "name",
            "code",
            "duty_code",
            "page",
            "passage",
            "includes_none",
            "identifier",
            "why_no_identifier",
            "advice_not_needed",
            "corrected_to",
            "read_back_by",
        ):
            values.pop(name, None)
        if values:
            mine.update(**values)
    plain(Decision).filter(pk=case.decision.pk).update(
        advice_first="not_needed",
        advice_not_needed="Yes",
        trigger="COURT_ORDER",
        duty_code="FGMA03_5B",
        no_basis="none",
        discovered_at=case.at,
        how_discovered="GIRL_TOLD",
        duty_holds="yes",
        duty_relevant="yes",
        duty_helps="no",
        share_anyway="no",
        plan_in_line="no",
        recorded_at=None,
        passed_to=case.cast.supervisor,
        supersedes=case.decision,
    )
    plain(DecisionPerson).filter(decision=case.decision).update(
        competence="PARTIAL", parental_responsibility="yes", informing_closing="HANDED_OVER", informed_at=case.at,
        read_back="CORRECTED", corrected_to="Yes", read_back_at=case.at, read_back_by="Yes",
        informing_reason="DELAY", informed_safely="no", could_hear="unknown", p18_reason="CANNOT_GIVE",
        not_asked_reason="DELAY", consent_at=case.at, informing_state="NOT_TELLING", needs_support="yes",
        may_be_harmed="yes", cannot_protect="unknown", at_home="yes", informing_exemption="CRIME",
        identifier_kind="none", why_no_identifier="Yes",
    )  # fmt: skip
    return load(case.decision, case.cast.practitioner).decision


def informed(value: Any) -> Iterator[tuple[type, "Field[Any]", Any]]:
    """Every field of every part, with what it says."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield type(value), field, getattr(value, field.name)
            yield from informed(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from informed(one)


def test_every_field_is_told(complete: Case) -> None:
    facts = facts_of(everything_answered(complete), recorded_at=complete.at)
    silent: set[tuple[type, str]] = set()
    speaking: set[tuple[type, str]] = set()
    for kind, field, value in informed(facts):
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        (silent if value == default else speaking).add((kind, field.name))
    assert silent - speaking == NOT_ASKED


@pytest.mark.parametrize(
    ("name", "role", "who"),
    [
        ("Kofi Holt", "", ("3",)),
        ("Bell & Co", "Solicitor for KOFI  HOLT, by e-mail", ("3",)),
        ("Kofi Holt-Reed", "", ("3",)),
        ("Dana Holt and Kofi Holt", "", ("2", "3")),
        ("Wendlebury Council", "Duty social worker", ()),
        ("Holt House nursery", "Manager", ()),
        ("Kofi Holton", "", ()),
    ],
)
def test_a_recipient_that_names_somebody_stands_for_them(name: str, role: str, who: tuple[str, ...]) -> None:
    people = [DecisionPerson(pk=pk, name=person) for pk, person in ((1, ""), (2, "Dana Holt"), (3, "Kofi Holt"))]
    assert stands_for(DecisionRecipient(name=name, person_or_role=role), people) == who


def test_each_person_each_item_each_row(complete: Case) -> None:
    decision = load(complete.decision, complete.cast.practitioner).decision
    facts = facts_of(decision)
    people = {person.name: str(person.pk) for person in decision.people.all()}
    assert [person.ref for person in facts.people] == list(people.values())
    account = facts.items[0]
    assert set(account.about) == {people[CHILD], people[PARTNER]}
    assert account.not_disclosed_to == (people[PARTNER],)
    assert account.sensitivities == ("offences",)
    (entry_route,) = facts.recipients
    assert account.given_to == (entry_route.ref,)
    held = facts.items[-1]
    assert (held.given_to, dict(held.withheld_from)) == ((), {entry_route.ref: "It has nothing to do with the injury."})
    assert {row.person_ref for row in facts.basis} == {None, *people.values()}
    assert facts.sendings[0].recipient_ref == entry_route.ref


def test_a_complete_draft_is_found_complete(complete: Case) -> None:
    decision = load(complete.decision, complete.cast.practitioner).decision
    assert assess(facts_of(decision, recorded_at=complete.at)).may_be_recorded


def test_the_questions_of_a_basis_come_with_their_answers(complete: Case) -> None:
    facts = facts_of(load(complete.decision, complete.cast.practitioner).decision)
    answers = [dict(row.answers) for row in facts.basis if row.code == "S1_P18"]
    assert {"Why without this person's consent?": "He is 8 and not able to decide this."} in answers
    assert all(not row.answers for row in facts.basis if row.code == "ART6_E")


def test_nothing_said_is_not_dealt_with(complete: Case) -> None:
    plain(DecisionPerson).filter(decision=complete.decision).update(consent_state="")
    facts = facts_of(load(complete.decision, complete.cast.practitioner).decision)
    assert {person.consent_state for person in facts.people} == {"UNKNOWN"}


@pytest.mark.parametrize(("moment", "day"), [
    (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), date(2026, 7, 2)),
    (datetime(2026, 1, 1, 23, 30, tzinfo=UTC), date(2026, 1, 1)),
])  # fmt: skip
def test_the_day_is_that_of_the_clock_on_the_wall(complete: Case, moment: datetime, day: date) -> None:
    """The law of a day is the law of that day here: summer time counts."""
    plain(Decision).filter(pk=complete.decision.pk).update(decided_at=moment)
    decided = facts_of(load(complete.decision, complete.cast.practitioner).decision).decided_at
    assert decided is not None
    assert decided.date() == day
    assert decided == moment


@pytest.mark.parametrize(("born", "age"), [(date(2008, 7, 2), 18), (date(2008, 7, 3), 17), (None, None)])
def test_an_age_is_that_of_the_day_of_the_decision(complete: Case, born: date | None, age: int | None) -> None:
    plain(Decision).filter(pk=complete.decision.pk).update(decided_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    mother = plain(DecisionPerson).filter(decision=complete.decision, name=MOTHER)
    mother.update(date_of_birth=born)
    facts = facts_of(load(complete.decision, complete.cast.practitioner).decision)
    assert next(person.age for person in facts.people if person.ref == str(mother.get().pk)) == age


def test_an_order_is_due_when_its_answer_is(complete: Case) -> None:
    day = date(2026, 12, 1)
    plain(Decision).filter(pk=complete.decision.pk).update(reply_by=day)
    assert facts_of(complete.again()).order == OrderFacts()
    plain(Decision).filter(pk=complete.decision.pk).update(trigger="COURT_ORDER")
    assert facts_of(complete.again()).order.due_on == day


def test_each_kind_of_sensitive_has_its_column() -> None:
    for code in Sensitivity:
        marked = [
            field.name
            for field in DecisionItem._meta.concrete_fields
            if isinstance(field, models.BooleanField)
            and sensitivities_of(DecisionItem(**{field.name: True})) == [code.value]
        ]
        assert len(marked) == 1


def test_rows_of_other_tables_are_told_as_they_stand(complete: Case) -> None:
    plain(DecisionRecipient).filter(decision=complete.decision).update(choice="yes", is_asker=True)
    plain(ItemRecipient).filter(decision=complete.decision).update(given=False, why_withheld="Not needed there.")
    plain(DecisionProvision).filter(decision=complete.decision, code="ART6_E").update(
        refused_ok="if", details={"kind": "R"}
    )
    facts = facts_of(complete.again())
    assert (facts.recipients[0].choice, facts.recipients[0].is_asker) == ("yes", True)
    assert not any(item.given_to for item in facts.items)
    row = next(row for row in facts.basis if row.code == "ART6_E")
    assert (row.refused_ok, row.kind) == ("if", "R")


def test_the_present_of_a_recorded_decision_is_its_latest_event(complete: Case) -> None:
    """He was to be told later; since then he was told in a way that may not be safe."""
    recorded = drafting_actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    partner = recorded.people.get(name=PARTNER)
    informing = {
        "informed_at": complete.at,
        "informed_how": "By phone",
        "informing_text": "",
        "informed_safely": "no",
        "safe_contact": "Only alone.",
    }
    actions.add_informing(
        decision=recorded, person=partner, answers={"informing_state": "TOLD_AFTER", **informing},
        by=complete.cast.practitioner,
        at=complete.at + timedelta(days=1), submission_id=uuid4(),
    )  # fmt: skip
    person = next(person for person in facts_of(complete.again()).people if person.ref == str(partner.pk))
    assert (person.informing.state, person.informing.how, person.informing.at) == (
        "TOLD_AFTER",
        "By phone",
        complete.at,
    )
    assert person.informing.entered_on == timezone.localdate(complete.at + timedelta(days=1))
    assert (person.informing.safe_contact, person.informing.safe_contact_note) == ("no", "Only alone.")
    assert (person.informing.reason, person.informing.review_on, person.look_again_on) == ("", None, None)
    assert "INFORMING_UNSAFE" in {finding.code for finding in assessed(complete.again()).warnings}


def test_what_somebody_says_later_counts(complete: Case) -> None:
    recorded = drafting_actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    mother = recorded.people.get(name=MOTHER)
    plain(ConsentEvent).bulk_create(
        [ConsentEvent(organisation=recorded.organisation, decision=recorded, person=mother, written_at=complete.at,
                      written_by=recorded.author, written_by_name="Asha Verrall", consent_state="GIVEN",
                      views="Go ahead.", consent_how="At school")]
    )  # fmt: skip
    person = next(person for person in facts_of(complete.again()).people if person.ref == str(mother.pk))
    assert person.consent_state == "OBJECTED", "the record is judged as it was made"
    (said,) = facts_of(complete.again()).follow_up.consent
    assert (said.person_ref, said.state, said.at) == (person.ref, "GIVEN", complete.at)


def test_recording_alone_changes_nothing_that_is_judged(complete: Case) -> None:
    before = facts_of(complete.again(), recorded_at=complete.at)
    drafting_actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    assert facts_of(complete.again()) == before


def test_a_recorded_decision_is_judged_by_the_organisation_it_had(complete: Case) -> None:
    before = facts_of(complete.again()).organisation
    drafting_actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    plain(Organisation).filter(pk=complete.cast.organisation.pk).update(
        kind="NON", sector="charity", in_scope_16la=False, policy_document_on=None
    )
    assert before.in_scope_16la
    assert before.policy_document_on is not None
    assert facts_of(complete.again()).organisation == before


def test_a_draft_is_judged_by_the_organisation_it_has(complete: Case) -> None:
    plain(Organisation).filter(pk=complete.cast.organisation.pk).update(kind="NON", sector="charity")
    organisation = facts_of(complete.again()).organisation
    assert (organisation.kind, organisation.sector) == ("NON", "charity")


def test_a_recorded_decision_is_judged_by_the_law_it_was_recorded_under(
    complete: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later version of the tables knows none of these rows, and changes nothing."""
    drafting_actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    recorded = complete.again()
    before = assessed(recorded)
    later = replace(load_law(), version="2031-01", all_provisions=(), known=frozenset())
    monkeypatch.setattr(
        "decisions.facts.decision.load", lambda version="2031-01": later if version == "2031-01" else load_law()
    )
    assert law_of(recorded).version == load_law().version
    assert assessed(recorded) == before
    recorded.state = Decision.State.DRAFT
    assert law_of(recorded).version == later.version
    assert "PROVISION_UNKNOWN" not in {finding.code for finding in before.findings}


def test_judging_costs_no_query(complete: Case, django_assert_num_queries: Any) -> None:
    draft = load(complete.decision, complete.cast.practitioner).decision
    drafting_actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    recorded = complete.again()
    with django_assert_num_queries(0):
        assessed(draft, recorded_at=complete.at)
        assessed(recorded)


def test_a_choice_that_was_not_honoured_is_seen(complete: Case) -> None:
    """The mother objected; she was told that she had a choice about the front door, and it goes there."""
    plain(DecisionRecipient).filter(decision=complete.decision).update(choice="yes")
    assert "CHOICE_NOT_HONOURED" in {finding.code for finding in assessed(complete.again(), complete.at).warnings}
    plain(DecisionRecipient).filter(decision=complete.decision).update(choice="no")
    assert "CHOICE_NOT_HONOURED" not in {finding.code for finding in assessed(complete.again(), complete.at).warnings}


def test_what_is_recorded_with_the_decision_is_compared_too(complete: Case) -> None:
    plain(DecisionPerson).filter(decision=complete.decision, name=MOTHER).update(informed_how="By a letter to the home")
    reached(complete, MOTHER, "letter", "no")
    recorded = drafting_actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    assert recorded.informing_events.get(person__name=MOTHER).way_known == "no"
