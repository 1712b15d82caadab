"""Own words about a worry, and a disclosure chosen afterwards."""

import pytest
from django.http import QueryDict

from tests.decisions.cases import Case
from tests.drafting.scenario_walk import Walk

# What a page asks and keeps is decided in Python. The scenarios and the tests of actions save on every engine.
pytestmark = pytest.mark.sqlite


def shown(walk: Walk) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in walk.shown().items():
        data.setlist(name, values)
    data["then"] = ""
    return data


def linked(walk: Walk, words: str) -> bool:
    """In the summary at the head of the page with a link, and beside the question."""
    links = [one for one in walk.page.all("a") if words in one.text and one.attrs.get("href", "").startswith("#")]
    return len(links) == 1 and any(words in text for text in walk.errors)


def test_own_words_are_not_overwritten_by_a_disclosure(complete: Case) -> None:
    """Typed now, or saved before: either way the person clears them."""
    walk = Walk(complete.cast.practitioner, complete.decision, signed_in=True)
    walk.open("concern")
    sent = shown(walk)
    sent["concern-source"], sent["concern-facts"] = "new", "What I saw myself."
    walk.send(walk.path("concern"), sent)
    assert walk.draft.decision.disclosure is None
    for words in ("What I saw myself.", "And a word more."):
        walk.open("concern")
        sent = shown(walk)
        sent["concern-source"], sent["concern-facts"] = str(complete.disclosure.public_id), words
        walk.send(walk.path("concern"), sent, status=422)
        assert linked(walk, "You also wrote under “Something new: I will write it here")
        assert walk.shown()["concern-facts"] == [words]
        assert walk.draft.decision.facts == "What I saw myself."


def test_cleared_they_make_room_for_it(complete: Case) -> None:
    walk = Walk(complete.cast.practitioner, complete.decision, signed_in=True)
    walk.open("concern")
    sent = shown(walk)
    sent["concern-source"] = str(complete.disclosure.public_id)
    for name in ("facts", "opinion", "child_words", "happened"):
        sent[f"concern-{name}"] = ""
    walk.send(walk.path("concern"), sent, then_at=walk.check_path)
    assert walk.draft.decision.facts == complete.disclosure.facts
