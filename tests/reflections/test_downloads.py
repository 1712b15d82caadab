"""What a copy of a reflection holds, in each shape."""

from datetime import date

import pytest

from reflections.downloads import UNANSWERED, CodeTheme, Copy, Shape, copy_of
from reflections.questions import QUESTIONS, WORDS

DAY = date(2026, 11, 29)
FULL = {name: f"answer {number}" for number, name in enumerate(WORDS)}
ONE = {**dict.fromkeys(WORDS, ""), "went_well": "She listened"}


def paragraphs(copy: Copy) -> list[str]:
    return [text for part in copy.parts for text in part.paragraphs]


@pytest.mark.parametrize("shape", Shape)
def test_every_answer_is_in_every_shape_once(shape: Shape) -> None:
    found = paragraphs(copy_of(FULL, DAY, shape, [CodeTheme.TRUST]))
    assert [sum(one.endswith(text) for one in found) for text in FULL.values()] == [1] * len(WORDS)


@pytest.mark.parametrize("shape", [Shape.SOCIAL_WORK, Shape.NURSING])
def test_several_answers_under_one_heading_stand_under_their_questions(shape: Shape) -> None:
    found = paragraphs(copy_of(FULL, DAY, shape))
    assert f"{QUESTIONS['do_differently'].label}\n{FULL['do_differently']}" in found
    assert FULL["next_time"] in found


def test_plain_has_the_questions_and_leaves_out_what_was_not_answered() -> None:
    assert [part.heading for part in copy_of(FULL, DAY, Shape.PLAIN).parts] == [
        question.label for question in QUESTIONS.values()
    ]
    assert paragraphs(copy_of(ONE, DAY, Shape.PLAIN)) == ["She listened"]


@pytest.mark.parametrize("shape", [Shape.SOCIAL_WORK, Shape.NURSING])
def test_a_regulators_heading_is_never_left_out(shape: Shape) -> None:
    full, one = copy_of(FULL, DAY, shape, [CodeTheme.PEOPLE]), copy_of(ONE, DAY, shape)
    kept = [part.heading for part in full.parts if "peer" not in part.heading]
    assert [part.heading for part in one.parts] == kept
    assert UNANSWERED in paragraphs(one)
    assert all(part.paragraphs for part in one.parts)


def test_the_peer_is_asked_about_only_where_there_was_one() -> None:
    headings = [part.heading for part in copy_of(ONE, DAY, Shape.SOCIAL_WORK).parts]
    assert not [heading for heading in headings if "peer" in heading]


def test_the_themes_of_the_code_are_named() -> None:
    copy = copy_of(ONE, DAY, Shape.NURSING, [CodeTheme.PEOPLE, CodeTheme.SAFETY])
    assert copy.parts[-1].paragraphs == ("Prioritise people", "Preserve safety")


def test_text_has_title_day_headings_and_words() -> None:
    text = copy_of(ONE, DAY, Shape.PLAIN).as_text()
    assert text == "Reflection\n\nWritten on 29 November 2026\n\nWHAT WENT WELL?\n\nShe listened\n"
