"""Whoever is informed of a decision not to share was informed of the decision, and of no sharing."""

import pytest

from decisions.forms.informing import REVEALS, InformingForm
from decisions.models import Decision, DecisionPerson
from decisions.presenters.informing import informed_words, informing_lines
from rules.codes import SHARED, Informing, Outcome

UNSHARED = sorted(frozenset(Outcome) - SHARED)


def lines_of(outcome: str, state: Informing, **more: bool) -> str:
    return " / ".join(informing_lines(DecisionPerson(informing_state=state, **more), Decision(outcome=outcome)))


@pytest.mark.parametrize("outcome", UNSHARED)
@pytest.mark.parametrize("state", [Informing.TOLD_BEFORE, Informing.TOLD_AT_TIME, Informing.PARTLY_TOLD])
def test_nothing_reads_as_shared(outcome: str, state: Informing) -> None:
    words = lines_of(outcome, state, informed_who_what_why=True)
    assert "shar" not in words.lower()
    assert "Told what was decided, and why" in words


@pytest.mark.parametrize("outcome", sorted(SHARED))
def test_what_is_shared_is_named_so(outcome: str) -> None:
    assert lines_of(outcome, Informing.TOLD_BEFORE, informed_who_what_why=True) == (
        "Informed before sharing / Told what is shared, with whom and why"
    )


@pytest.mark.parametrize("state", sorted(frozenset(Informing) - {Informing.TOLD_BEFORE}))
def test_every_other_answer_reads_the_same(state: str) -> None:
    words = {informed_words(Decision(outcome=outcome), state) for outcome in Outcome}
    assert words == {Informing.label_of(state)}


def test_the_form_asks_of_the_decision() -> None:
    """Of a choice that nobody had it asks nothing, and every question still opens under its answer."""
    form = InformingForm(instance=DecisionPerson(decision=Decision()), error_prefix="Rhian Ashdown")
    form.ask_of_the_decision()
    labels = [str(field.label) for field in form.fields.values()]
    labels += [str(label) for _, label in form.fields["informed_state"].choices]  # type: ignore[attr-defined]
    assert "Informed before the decision" in labels
    assert not [label for label in labels if "sharing" in label or "no choice" in label or "who gets what" in label]
    opened = {name for names in form.fields["informed"].widget.reveals.values() for name in names}
    assert opened == {name for names in REVEALS.values() for name in names} - {"informed_no_choice"}
