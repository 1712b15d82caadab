"""The table of pages: which apply, which come next, which are open."""

from copy import deepcopy
from typing import Any

import pytest
from django.db import models
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decisions.facts.decision import facts_of
from decisions.models import Decision, DecisionItem, DecisionPerson, DraftPage
from drafting import actions, form_data
from drafting.draft import Draft, load
from drafting.step_list import step_list
from drafting.steps import CHECK, KEYS, STEPS, is_done, next_key, path, reachable, step_on_path, update_completeness
from rules.assess import assess
from safeguarding.demo.filling import filled_page
from tests.decisions.cases import MOTHER, Case, plain, started
from tests.in_turn import THOROUGH, in_turn
from ui.forms import GovukFormMixin
from ui.rendering import fields_of
from ui.reveals import revealed_names

ORDER = ["people", "concern", "request", "outcome", "consent", "information", "legal_basis", "sending"]


def read(case: Case, decision: Decision | None = None) -> Draft:
    return load(decision or case.decision, case.cast.practitioner)


def judged(case: Case) -> Draft:
    """After something changed: every page's own form has been asked again."""
    draft = read(case)
    update_completeness(draft)
    return draft


def test_the_pages_are_in_their_order(complete: Case) -> None:
    assert [step.key for step in path(read(complete))] == ORDER
    assert sorted(KEYS) == sorted(ORDER)


@pytest.mark.parametrize("outcome", ["NOT_SHARED", "DEFERRED"])
def test_not_sharing_skips_what_is_given(complete: Case, outcome: str) -> None:
    plain(Decision).filter(pk=complete.decision.pk).update(outcome=outcome)
    draft = read(complete)
    assert [step.key for step in path(draft)] == [key for key in ORDER if key != "information"]
    assert [step.title for step in path(draft)][-2:] == ["Reasons for not sharing", "What you did instead"]
    assert step_on_path(draft, "information") is None


def test_every_step_knows_its_page(complete: Case) -> None:
    draft = read(complete)
    for step in STEPS:
        assert step.page(draft).forms
    keys = [step.page.key for step in STEPS]
    assert len(keys) == len(set(keys)), "two pages may share an address, never a row"
    assert set(keys) - KEYS == {"reasons_not_to_share", "instead"}


def shared(form: type[Any]) -> list[tuple[str, Any]]:
    """What every form of this class, and of those below it, has in common: nobody may change it in place."""
    kinds = ("choices", "hints", "reveals", "dividers")
    own = [
        (f"{form.__name__}.{name}.{kind}", deepcopy(getattr(field.widget, kind, None)))
        for name, field in getattr(form, "base_fields", {}).items()
        for kind in kinds
    ]
    return [*own, *(row for below in form.__subclasses__() for row in shared(below))]


def test_no_page_changes_what_the_forms_of_a_class_share(complete: Case) -> None:
    before = shared(GovukFormMixin)
    for outcome in in_turn(("SHARED_PART", "NOT_SHARED", "DEFERRED", "PASSED_UP")):
        plain(Decision).filter(pk=complete.decision.pk).update(outcome=outcome)
        judged(complete)
    assert shared(GovukFormMixin) == before


def test_a_complete_draft_goes_on_to_the_check(complete: Case) -> None:
    draft = read(complete)
    assert next_key(draft) == CHECK
    assert reachable(draft) == [*ORDER, CHECK]


def test_a_blank_draft_begins_at_the_beginning(complete: Case) -> None:
    draft = read(complete, started(complete.cast, complete.at))
    assert next_key(draft) == "people"
    assert reachable(draft) == ["people"]


@pytest.mark.parametrize(("key", "model", "changed"), [
    ("outcome", Decision, {"why_now": "see notes"}),
    ("outcome", Decision, {"decided_at": None}),
    ("concern", Decision, {"level": "", "disclosure": None}),
    ("request", Decision, {"trigger": ""}),
    ("consent", DecisionPerson, {"consent_state": ""}),
    ("consent", Decision, {"why_outweighs": "n/a"}),
    ("legal_basis", Decision, {"why_no_more": " "}),
    ("legal_basis", DecisionPerson, {"p18_text": "tbc"}),
    ("information", DecisionItem, {"text": ""}),
    ("sending", DecisionPerson, {"informing_state": ""}),
])  # fmt: skip
def test_an_answer_that_no_longer_does_leads_back(
    complete: Case, key: str, model: type[models.Model], changed: dict[str, object]
) -> None:
    """The same forms that took the answers are asked whether they still would."""
    rows: models.QuerySet[Any] = plain(model)
    mine = rows.filter(pk=complete.decision.pk) if model is Decision else rows.filter(decision=complete.decision)
    mine.update(**changed)
    draft = judged(complete)
    assert next_key(draft) == key
    assert reachable(draft) == ORDER[: ORDER.index(key) + 1]


@pytest.mark.parametrize("key", ORDER)
def test_a_page_with_something_half_typed_is_not_done(complete: Case, key: str) -> None:
    plain(DraftPage).filter(decision=complete.decision, page=key).update(form_data={"half": ["a sent"]})
    assert next_key(read(complete)) == key


@pytest.mark.parametrize("key", ORDER)
def test_a_page_never_saved_is_not_done(complete: Case, key: str) -> None:
    plain(DraftPage).filter(decision=complete.decision, page=key)._raw_delete("default")
    draft = read(complete)
    step = step_on_path(draft, key)
    assert step is not None
    assert not is_done(draft, step)
    assert next_key(draft) == key


def tick(case: Case, name: str, *, on: bool) -> Draft:
    """Page 1 saved with one person more, or one less."""
    draft = read(case)
    step = step_on_path(draft, "people")
    assert step is not None
    data = filled_page(draft, "people", {"people": {name: {"on": "on" if on else False}}})
    data.update({f"person-{person.pk}-take_out": "on" for person in draft.possible_people if person.name == name})
    page = step.page(draft, data)
    assert page.is_valid()
    return actions.save_page(page=page, version=draft.version("people"), by=case.cast.practitioner, at=case.at)


def test_a_person_added_later_has_to_be_asked_about(complete: Case) -> None:
    """Back to page 1 with one more: what they say is open again, and the rest is kept."""
    without = tick(complete, MOTHER, on=False)
    assert "ABOUT_NOBODY" in {one.code for one in assess(facts_of(without.decision)).blocking}
    after = tick(complete, MOTHER, on=True)
    assert next_key(after) == "consent"
    assert after.decision.why_now


names = st.sampled_from(
    ["outcome-why_now", "outcome-outcome", "csrfmiddlewaretoken", "version", "then", "\x00", "\ud800"]
)
texts = st.text(st.characters(codec=None), max_size=20)


@settings(
    max_examples=(3 if THOROUGH else 1) * settings().max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sent=st.dictionaries(names | texts, st.lists(texts, max_size=3), max_size=5))
def test_whatever_was_sent_can_be_kept(sent: dict[str, list[str]]) -> None:
    data = QueryDict(mutable=True)
    for name, values in sent.items():
        data.setlist(name, values)
    kept = form_data.from_post(data)
    assert not {"csrfmiddlewaretoken", "version", "then"} & set(kept)
    for text in [*kept, *(value for values in kept.values() for value in values)]:
        text.encode("utf-8")
        assert "\x00" not in text
    assert form_data.from_post(form_data.to_data(kept)) == kept


@pytest.mark.parametrize(("text", "number"), [
    ("7", 7), ("007", 7), ("", 3), ("-1", 3), ("1e3", 3), ("\u0667", 3), ("9999999", 3), ("1.0", 3), (" 1", 3),
])  # fmt: skip
def test_a_count_is_a_small_number_or_nothing(text: str, number: int) -> None:
    assert form_data.whole_number(text, otherwise=3) == number


@pytest.mark.parametrize("key", ORDER)
def test_what_was_saved_would_be_sent_again_as_it_is(complete: Case, key: str) -> None:
    """A page opened and sent without touching it says the same once more."""
    draft = read(complete)
    step = step_on_path(draft, key)
    assert step is not None
    assert step.page.accepts_saved_answers(draft)
    data = filled_page(draft, key, {})
    again = step.page(draft, data)
    assert again.is_valid()
    assert form_data.to_data(form_data.from_post(data)) == data


def test_the_list_of_pages_says_where_the_draft_stands(complete: Case) -> None:
    DraftPage.objects.filter(decision=complete.decision, page="outcome").update(complete=False)
    draft = read(complete)
    shown = step_list(draft, step_on_path(draft, "concern"))
    assert (shown.number, shown.count) == (2, 9)
    assert [line.status for line in shown.lines] == ["Completed"] * 3 + ["In progress"] + [""] * 5
    assert [bool(line.url) for line in shown.lines] == [True] * 4 + [False] * 5
    assert [line.title for line in shown.lines if line.is_current] == ["Your concern"]


def test_the_check_page_is_the_last_of_the_list(complete: Case) -> None:
    shown = step_list(judged(complete), None)
    assert (shown.number, shown.lines[-1].status, shown.lines[-1].is_current) == (0, "Ready", True)


def test_a_form_is_shown_with_all_its_fields(complete: Case) -> None:
    """What was kept about the fields when the form was first shown is still so after it was validated."""
    for outcome in in_turn(("SHARED_PART", "NOT_SHARED")):
        plain(Decision).filter(pk=complete.decision.pk).update(outcome=outcome)
        draft = read(complete)
        for step in path(draft):
            page = step.page(draft, form_data.as_saved(step.page(draft).forms))
            page.is_valid()
            for form in page.forms:
                fields_of(form)
                assert form.revealed_names == revealed_names(form), form
