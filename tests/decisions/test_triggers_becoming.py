"""X01 by the database: a draft that lacks something of the short list never becomes recorded, whoever asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.db.models import Model

from audit import ledger
from decisions.database.recording_checks import INCLUDES, INCLUDES_CHECKS
from decisions.models import Decision, DecisionPerson, DecisionProvision, DraftPage, ItemAbout, ItemRecipient
from drafting import actions
from drafting.draft import load
from drafting.steps import next_key, path
from rules.codes import WITHOUT_AGREEMENT
from tests.decisions.cases import CHILD, MOTHER, PARTNER, Case, plain, refused, sql
from tests.in_turn import in_turn

SAYS_NOTHING = (
    "",
    "  ",
    "\n\t",
    "\u00a0",
    "\u200b",
    "\u3000",
    "see notes",
    "See Notes.",
    "SEE\u00a0NOTES",
    "n/a",
    "N.A.",
    "n \u2013 a",
    "tbc",
    "-",
    "\u2026",
    "\u201cas above\u201d",
    "refused",
    "Safeguarding!",
    "\ufeffnone",
)
REASONS = {
    "why_now": "shared without agreement: reasons are missing",
    "risk_if_not": "shared without agreement: necessity is missing",
    "why_no_more": "shared without agreement: proportionality is missing",
    "why_outweighs": "shared without agreement: why it outweighs their views is missing",
}
NO_BASIS = "shared without agreement: there is no lawful basis"
FALLS = "shared without agreement: a provision needs consent"
UNANSWERED = "shared without agreement: the test of a provision is not answered"
NOT_ANSWERED = "shared: whether somebody agrees is not answered"
NOT_UNKNOWN = "shared: somebody it is about is recorded as anonymised"
INCLUDES_UNANSWERED, INCLUDES_DENIED = (message for _, message in INCLUDES_CHECKS)
NO_P18 = "shared without agreement: why without consent is not answered"


def become(case: Case) -> None:
    """Past every action: one statement, as a queryset without our guards would send it."""
    plain(Decision).filter(pk=case.decision.pk).update(state="recorded", recorded_at=case.at)


def become_by_sql(case: Case) -> None:
    when = case.at.replace(tzinfo=None).isoformat(" ") if connection.vendor == "sqlite" else case.at
    sql("UPDATE decisions_decision SET state = 'recorded', recorded_at = %s WHERE id = %s", when, case.decision.pk)


def person(case: Case, name: str) -> DecisionPerson:
    found: DecisionPerson = DecisionPerson.objects.get(decision=case.decision, name=name)
    return found


def remove_l1(case: Case) -> None:
    plain(DecisionProvision).filter(decision=case.decision, layer="L1")._raw_delete("default")


def move_l1_to_the_child(case: Case) -> None:
    """The mother's objection is left without anything that lets her information go."""
    rows = plain(DecisionProvision).filter(decision=case.decision, layer="L1")
    rows.update(person_id=person(case, CHILD).pk)


def add_consent(case: Case, **about: DecisionPerson) -> None:
    plain(DecisionProvision).bulk_create(
        [
            DecisionProvision(
                organisation=case.cast.organisation,
                decision=case.decision,
                code="ART6_A",
                layer="L1",
                refused_ok="no",
                details={},
                **about,
            )
        ]
    )


def add_consent_for_the_mother(case: Case) -> None:
    add_consent(case, person=person(case, MOTHER))


def blank_reasons(case: Case) -> None:
    plain(Decision).filter(pk=case.decision.pk).update(
        why_now="see notes", risk_if_not="n/a", why_no_more="\u00a0", why_outweighs=""
    )


def blank_answer(case: Case) -> None:
    rows = plain(DecisionProvision).filter(decision=case.decision, person=person(case, PARTNER), code="S1_P18")
    assert rows.update(answer="n / a") == 1


def blank_p18(case: Case) -> None:
    plain(DecisionPerson).filter(pk=person(case, PARTNER).pk).update(p18_text="see notes")


def unanswered_interests(case: Case) -> None:
    plain(DecisionProvision).filter(decision=case.decision, layer="L1").update(refused_ok="if", answer=" ")


def no_answer_of_the_mother(case: Case) -> None:
    plain(DecisionPerson).filter(pk=person(case, MOTHER).pk).update(consent_state="")


def nobody_knows_the_mother(case: Case) -> None:
    plain(DecisionPerson).filter(pk=person(case, MOTHER).pk).update(consent_state="NOT_NEEDED_ANON")


def unknown_answer_of_the_partner(case: Case) -> None:
    plain(DecisionPerson).filter(pk=person(case, PARTNER).pk).update(consent_state="UNKNOWN")


def includes_nothing_answered(case: Case) -> None:
    plain(Decision).filter(pk=case.decision.pk).update(**dict.fromkeys(INCLUDES, False))


def includes_something_denied(case: Case) -> None:
    """An item is marked as health information, and the decision says that none is shared."""
    includes_nothing_answered(case)
    plain(Decision).filter(pk=case.decision.pk).update(includes_none=True)


BREAKS: list[tuple[Callable[[Case], None], str]] = [
    (remove_l1, NO_BASIS),
    (move_l1_to_the_child, NO_BASIS),
    (add_consent, FALLS),
    (add_consent_for_the_mother, FALLS),
    (blank_answer, UNANSWERED),
    (unanswered_interests, UNANSWERED),
    (blank_p18, NO_P18),
    (nobody_knows_the_mother, NOT_UNKNOWN),
    (no_answer_of_the_mother, NOT_ANSWERED),
    (unknown_answer_of_the_partner, NOT_ANSWERED),
    (includes_nothing_answered, INCLUDES_UNANSWERED),
    (includes_something_denied, INCLUDES_DENIED),
]
HOW = [become, become_by_sql]


def test_the_complete_draft_becomes_recorded(complete: Case) -> None:
    become(complete)
    assert complete.again().state == Decision.State.RECORDED


def test_the_complete_draft_is_recorded_by_the_action(complete: Case) -> None:
    done = actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    assert done.state == Decision.State.RECORDED


@pytest.mark.parametrize("name", REASONS)
def test_a_reason_that_says_nothing(complete: Case, name: str) -> None:
    """Each third of them a day: test_recording_checks_texts.py asks the database about every non-reason."""
    for text, how in product(in_turn(SAYS_NOTHING, of=3), HOW):
        plain(Decision).filter(pk=complete.decision.pk).update(**{name: text})
        with refused(REASONS[name]):
            how(complete)


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(("breaking", "message"), BREAKS)
def test_a_basis_that_does_not_stand(
    complete: Case, breaking: Callable[[Case], None], message: str, how: Callable[[Case], None]
) -> None:
    breaking(complete)
    with refused(message):
        how(complete)


def test_a_condition_blanked_and_recorded_in_one_statement(complete: Case) -> None:
    with refused(REASONS["why_now"]):
        plain(Decision).filter(pk=complete.decision.pk).update(state="recorded", recorded_at=complete.at, why_now="ok")


@pytest.mark.parametrize("state", sorted(WITHOUT_AGREEMENT))
def test_each_way_of_not_agreeing_counts(complete: Case, state: str) -> None:
    plain(DecisionPerson).filter(decision=complete.decision).update(consent_state="GIVEN")
    plain(DecisionPerson).filter(pk=person(complete, MOTHER).pk).update(consent_state=state)
    plain(Decision).filter(pk=complete.decision.pk).update(why_outweighs="")
    with refused(REASONS["why_outweighs"]):
        become(complete)


@pytest.mark.parametrize("state", ["GIVEN", "AGREED_NOT_BASIS", "NOT_COMPETENT", "LACKS_CAPACITY"])
def test_nobody_is_overruled_where_all_agree(complete: Case, state: str) -> None:
    plain(DecisionPerson).filter(decision=complete.decision).update(consent_state=state)
    plain(Decision).filter(pk=complete.decision.pk).update(why_outweighs="")
    become(complete)


def test_who_is_named_is_not_unknown(complete: Case) -> None:
    plain(DecisionPerson).filter(pk=person(complete, MOTHER).pk).update(consent_state="NOT_NEEDED_ANON")
    plain(ItemAbout).filter(person=person(complete, MOTHER))._raw_delete("default")
    with refused(NOT_UNKNOWN):  # her son is, and she speaks for him
        become(complete)
    plain(DecisionPerson).filter(pk=person(complete, MOTHER).pk).update(parental_responsibility="no")
    become(complete)


def test_a_child_too_young_to_decide_need_not_be_answered_for(complete: Case) -> None:
    child = plain(DecisionPerson).filter(pk=person(complete, CHILD).pk)
    child.update(consent_state="", competence="NOT_COMPETENT", p18_reason="")
    become(complete)


def test_only_those_count_about_whom_something_is_given(complete: Case) -> None:
    """The mother objected, and nothing about her goes: it turns on whether she speaks for her son."""
    mother = plain(DecisionPerson).filter(pk=person(complete, MOTHER).pk)
    plain(DecisionPerson).filter(pk=person(complete, PARTNER).pk).update(consent_state="GIVEN")
    plain(Decision).filter(pk=complete.decision.pk).update(why_outweighs="")
    about_her = plain(ItemAbout).filter(person=person(complete, MOTHER)).values("item")
    plain(ItemRecipient).filter(item__in=about_her).update(given=False)
    with refused(REASONS["why_outweighs"]):
        become(complete)
    mother.update(parental_responsibility="no")
    become(complete)


def test_everybody_counts_where_no_given_item_names_anybody(complete: Case) -> None:
    plain(ItemAbout).filter(decision=complete.decision)._raw_delete("default")
    plain(Decision).filter(pk=complete.decision.pk).update(why_outweighs="")
    with refused(REASONS["why_outweighs"]):
        become(complete)


@pytest.mark.parametrize("outcome", ["", "MAYBE", "shared_part"])
def test_an_outcome_is_one_of_ours(complete: Case, outcome: str) -> None:
    with refused("decision_recorded_is_whole|decision_outcome_known"):
        plain(Decision).filter(pk=complete.decision.pk).update(
            state="recorded", recorded_at=complete.at, outcome=outcome
        )


@pytest.mark.parametrize("missing", ["recorded_at", "decided_at"])
def test_a_recorded_decision_has_its_times(complete: Case, missing: str) -> None:
    with refused("decision_recorded_is_whole"):
        plain(Decision).filter(pk=complete.decision.pk).update(
            **{"state": "recorded", "recorded_at": complete.at, missing: None}
        )


def test_nothing_is_recorded_before_it_was_decided(complete: Case) -> None:
    with refused("decision_decided_before_recorded"):
        become(replace(complete, at=complete.at - timedelta(days=1)))


@pytest.mark.parametrize("code", ["ART6_A", "ART9_A", "CONF_CONSENT"])
@pytest.mark.parametrize("stands", ["yes", "if", "na"])
def test_consent_always_falls_on_refusal(complete: Case, code: str, stands: str) -> None:
    with refused("provision_of_consent_needs_consent"):
        plain(DecisionProvision).bulk_create(
            [
                DecisionProvision(
                    organisation=complete.cast.organisation,
                    decision=complete.decision,
                    code=code,
                    layer="L1",
                    refused_ok=stands,
                    details={},
                )
            ]
        )


@pytest.mark.in_turn(2)
@pytest.mark.parametrize(
    ("breaking", "codes"),
    [
        (blank_reasons, "WHY_NOW RISK_IF_NOT WHY_NO_MORE WHY_OUTWEIGHS"),
        (remove_l1, "NO_L1"),
        (add_consent, "CONSENT_BASIS"),
        (blank_answer, "TEST_OPEN"),
        (blank_p18, "P18_TEXT"),
        (no_answer_of_the_mother, "CONSENT_UNKNOWN"),
    ],
)
def test_the_action_says_why_and_leaves_the_draft(complete: Case, breaking: Callable[[Case], None], codes: str) -> None:
    breaking(complete)
    before = everything(complete)
    with pytest.raises(actions.NotReady) as stopped:
        actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    assert set(codes.split()) <= {finding.code for finding in stopped.value.assessment.blocking}
    assert everything(complete) == before
    draft = load(complete.again(), complete.cast.practitioner)
    assert next_key(draft) == stopped.value.page
    for step in path(draft):
        assert draft.pages[step.page.key].complete == step.page.accepts_saved_answers(draft)
    assert complete.again().is_draft


def worked_out(model: type[Model]) -> list[str]:
    """Every column but those that are worked out from the others."""
    return [field.attname for field in model._meta.concrete_fields if field.name not in {"complete", "judged_with"}]


def everything(case: Case) -> list[object]:
    """Each row of the decision, and every entry of the ledger. Not which pages are complete: that is worked out."""
    rows: list[object] = list(Decision.objects.filter(pk=case.decision.pk).values())
    for model in (DecisionProvision, DecisionPerson, DraftPage):
        rows += plain(model).filter(decision=case.decision).order_by("pk").values(*worked_out(model))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_ledgerentry ORDER BY organisation, seq")
        return [*rows, *cursor.fetchall()]


def test_an_entry_is_not_needed_to_be_refused(complete: Case) -> None:
    """The same inside a block of the ledger, by save()."""
    draft = Decision.objects.get(pk=complete.decision.pk)
    draft.why_now, draft.state, draft.recorded_at = "as above", Decision.State.RECORDED, complete.at
    with ledger.recording(actor=complete.cast.practitioner, at=complete.at), refused(REASONS["why_now"]):
        draft.save()
    assert complete.again().is_draft
