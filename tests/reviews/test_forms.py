"""What a reviewer, an author and somebody looking back may send: never what the database would refuse."""

import pytest

from reviews.forms import ReplyForm, ReviewForm, SecondLookForm
from reviews.models import ReviewOutcome

BLANK = ("", "  ", "\u2026!", "[]", "\u200b\u00a0-")


@pytest.mark.parametrize("form", [ReplyForm, SecondLookForm])
def test_punctuation_is_no_answer(form: type[ReplyForm | SecondLookForm]) -> None:
    for text in BLANK:
        assert form({"text": text}).errors["text"] == form().fields["text"].error_messages["required"].splitlines()
    for text in ("Agreed.", "\u0414\u0430", "1"):
        assert form({"text": text}).is_valid()


def test_punctuation_is_no_reason_to_disagree() -> None:
    for outcome in ReviewOutcome.values:
        for comment in BLANK:
            form = ReviewForm({"outcome": outcome, "comment": comment})
            assert form.is_valid() == (outcome == ReviewOutcome.AGREED)
        assert ReviewForm({"outcome": outcome, "comment": "Ask her."}).is_valid()
