"""Which written reasons are only a concern to manage, and which speak of a refusal. Pure, and never a proof."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.concerns import is_concern_alone, speaks_of_refusal

ALONE = [
    "She would be cross",
    "Mum'd be really upset",
    "It would ruin our relationship with the family.",
    "We were too busy that afternoon",
    "Not policy",
    "It is not our policy to tell parents",
    "Dana Holt would be furious, and Kofi might complain",
    "They would be angry - we need their trust",
    "he might get annoyed with me; and I was busy",
    "It would be awkward, because they are offended so easily",
]
MORE = [
    "She would be cross and has threatened to stab the worker",
    "He gets angry and throws things when cross",
    "She would be so upset that she might take an overdose",
    "He would be annoyed. Last time he broke her arm.",
    "They'd be angry and send her to their village before Friday",
    "We are too busy to wait: her flight leaves at noon",
    "The police asked us to wait",
    "Telling him first could change the child's account",
    "It would upset him, and he has her passport",
    "She could not be reached after three calls",
    "",
    "n/a",
]


@pytest.mark.parametrize("text", ALONE)
def test_a_concern_alone_is_seen(text: str) -> None:
    assert is_concern_alone(text)


@pytest.mark.parametrize("text", MORE)
def test_a_reason_beside_it_lets_it_stand(text: str) -> None:
    assert not is_concern_alone(text)


CONCERNS = st.sampled_from(["cross", "upset", "angry", "busy", "offended", "our policy", "the relationship", "trust"])
PEOPLE = st.sampled_from(["she", "he", "they", "mum", "his dad", "the family", "Mrs Holt", "Tomasz"])
VERBS = st.sampled_from(["would be", "might get", "is", "will feel", "could lose", "would spoil"])
REASONS = st.sampled_from(
    [
        "has a knife",
        "may hurt the baby",
        "would destroy the evidence",
        "could take her abroad",
        "beat her last time",
        "is under police investigation",
        "may kill himself",
        "told her brothers to fetch her home",
        "burnt her hand on the stove",
    ]
)


@given(PEOPLE, VERBS, CONCERNS, st.sampled_from(["", "."]), st.booleans())
def test_any_concern_in_any_words(who: str, verb: str, concern: str, end: str, loud: bool) -> None:  # noqa: FBT001  drawn
    text = f"{who} {verb} {concern}{end}"
    assert is_concern_alone(text.upper() if loud and who != "Tomasz" else text)


@given(PEOPLE, VERBS, CONCERNS, PEOPLE, REASONS, st.sampled_from([" and ", ". ", ", ", "; ", " - ", " because "]))
def test_any_reason_beside_any_concern(
    who: str, verb: str, concern: str, other: str, reason: str, between: str
) -> None:
    said = f"{who} {verb} {concern}"
    assert not is_concern_alone(f"{said}{between}{other} {reason}")
    assert not is_concern_alone(f"{other} {reason}{between}{said}")


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert is_concern_alone(text) in {True, False}
    assert speaks_of_refusal(text) in {True, False}


@pytest.mark.parametrize(
    "text",
    [
        "Mother refused",
        "He declined it",
        "No consent was given",
        "She said no.",
        "They did; she didn't agree",
        "We don't have consent",
        "Her objection stands",
    ],
)
def test_a_refusal_is_seen(text: str) -> None:
    assert speaks_of_refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Social care has it already",
        "He is safe with his aunt",
        "I agree with them",
        "Consent is never needed here; the police asked us to wait",
        "The objective is a plan",
        "Her health is declining and the ward is with her",
    ],
)
def test_other_reasons_speak_of_no_refusal(text: str) -> None:
    assert not speaks_of_refusal(text)
