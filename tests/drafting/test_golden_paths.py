"""The routes through the form: which pages, and how many questions each shows first, for all answers that branch.

golden_paths.txt is the table as people agreed on it. A path that changes fails here; with THOROUGH=1 the test prints
the new table. Otherwise two or three of the seven outcomes are looked at each day, with half of the ways in.
"""

import re
from pathlib import Path

import pytest

from drafting import actions
from drafting.draft import Draft, load
from drafting.steps import step_on_path
from rules.codes import DUTY_TRIGGERS, Outcome
from safeguarding.demo import stories
from safeguarding.demo.filling import filled_page
from tests.decisions.cases import Case, started
from tests.drafting.golden_paths import (
    HEAD,
    WAYS_IN,
    Combination,
    Questions,
    combinations,
    questions_of_every_page,
    table,
)
from tests.in_turn import THOROUGH, in_turn

# Which questions a page asks follows from the answers, not from what keeps them.
pytestmark = pytest.mark.sqlite

WRITTEN = Path(__file__).parent / "golden_paths.txt"
# By hand: what each way of deciding leads through, whatever the door and however it started.
SHARING = ["people", "concern", "request", "outcome", "consent", "information", "legal_basis", "sending"]
NOT_SHARING = ["people", "concern", "request", "outcome", "consent", "legal_basis", "sending"]
NOT_JUDGED = ["people", "concern", "request", "outcome", "consent", "sending"]
ROUTES = {
    Outcome.SHARED_ALL_NECESSARY: SHARING,
    Outcome.SHARED_PART: SHARING,
    Outcome.SHARED_WHOLE_FILE: SHARING,
    Outcome.NOT_SHARED: NOT_SHARING,
    Outcome.DEFERRED: NOT_SHARING,
    Outcome.STOPPED: NOT_JUDGED,
    Outcome.PASSED_UP: NOT_JUDGED,
}
TODAY = in_turn(Outcome, of=3)
EVERY = [one for outcome in TODAY for one in in_turn(combinations(outcome))]
BLOCK = re.compile(r"\n+(?=[A-Z_]+: |[a-z_]+ [a-z]\n|Questions by page and letter\n)")
LETTER = re.compile(r"(?<=\d)[a-z]\b")


def first_pages(case: Case) -> Draft:
    """S01 as far as its third page: three people, four sentences, one recipient."""
    by, story = case.cast.practitioner, stories.refused_and_shared(case.at)
    draft = load(started(case.cast, case.at, family=case.family), by)
    concern = {**story["concern"], "source": "new"}
    for key, answers in (("people", story["people"]), ("concern", concern), ("request", story["request"])):
        step = step_on_path(draft, key)
        assert step is not None
        page = step.page(draft, filled_page(draft, key, answers))
        assert page.is_valid(), key
        draft = actions.save_page(page=page, version=0, by=by, at=case.at)
    return draft


@pytest.fixture(scope="module")
def draft(_complete: Case) -> Draft:
    return first_pages(_complete)


@pytest.fixture(scope="module")
def asked(draft: Draft) -> dict[Combination, Questions]:
    return questions_of_every_page(draft, EVERY)


def test_the_route_follows_from_what_is_decided_alone(asked: dict[Combination, Questions]) -> None:
    for one in EVERY:
        assert tuple(asked[one]) == tuple(ROUTES[one.outcome]), one


def test_every_combination_is_looked_at() -> None:
    """13 ways in, each for the first time and again, for 7 outcomes; nothing is stopped the first time."""
    ways, every = sum(map(len, WAYS_IN.values())), [one for outcome in Outcome for one in combinations(outcome)]
    assert ways == 13
    assert len(set(every)) == len(every) == ways * 2 * len(Outcome) - ways


def test_the_table_is_as_written(draft: Draft, asked: dict[Combination, Questions]) -> None:
    """Printed where it differs, so that it can be read and, when it is right, written down."""
    now, written = table(draft, asked), WRITTEN.read_text()
    print(now)  # noqa: T201  shown by pytest when this fails
    assert blocks(now) - blocks(written) == set()
    assert now == written or not THOROUGH


def blocks(text: str) -> set[str]:
    """An outcome with each of its rows, or a page's set of questions, without its letter: some have fewer sets."""
    found = set[str]()
    for block in BLOCK.split(text.strip()):
        head, _, rest = block.partition("\n")
        top, _, rows = rest.partition(f"{HEAD}\n")
        above = f"{re.sub(' [a-z]$', '', head)}\n{LETTER.sub('', top)}"
        found.update(f"{above}{LETTER.sub('', row)}" for row in rows.splitlines() or [""])
    return found


def test_blocks_tell_tables_apart(draft: Draft, asked: dict[Combination, Questions]) -> None:
    now = table(draft, asked)
    assert len(blocks(now)) > len(EVERY) + len(SHARING)
    for wrong in (re.sub(r"\b7a\b", "8a", now, count=1), now.replace("risk_if_not", "risk", 1)):
        assert len(blocks(wrong) - blocks(now)) == 1


def wrong(one: Combination, asked: Questions) -> list[str]:
    """The rules of the branches in words: which question, and the one answer that brings it."""
    on = {key: {name for names in of_page.values() for name in names} for key, of_page in asked.items()}
    shares = one.outcome.startswith("SHARED")
    rules = {
        "what_changed": ("concern", one.again),
        "asked_by_name": ("request", one.trigger == "REQ"),
        "court": ("request", one.trigger == "COURT_ORDER"),
        "duty_code": ("request", one.trigger == "MANDATORY"),
        "whole_file_reason": ("outcome", one.outcome == "SHARED_WHOLE_FILE"),
        "decider": ("outcome", one.outcome == "PASSED_UP"),
        "choice": (
            "consent",
            one.trigger not in DUTY_TRIGGERS and (shares or one.outcome in {"NOT_SHARED", "DEFERRED"}),
        ),
        "starts_on": ("request", one.trigger == "KCSIE_TRANSFER"),
        "order_from": ("request", one.trigger == "COURT_ORDER"),
        "neither_confirmed": ("sending", one.entry_route == "ASKED" and one.outcome == "NOT_SHARED"),
        "asker_informed": ("sending", one.entry_route == "ASKED" and one.outcome != "STOPPED"),
        "informed": ("sending", one.outcome != "PASSED_UP"),
        "sent_at": ("sending", one.outcome.startswith("SHARED")),
        "instead": ("sending", not one.outcome.startswith("SHARED")),
        "cannot_recall": ("sending", one.outcome == "STOPPED"),
    }
    return [f"{one}: {name}" for name, (page, wanted) in rules.items() if (name in on[page]) != wanted]


def test_a_question_comes_only_where_it_is_needed(asked: dict[Combination, Questions]) -> None:
    assert [fault for one in EVERY for fault in wrong(one, asked[one])] == []


def test_not_sharing_is_no_longer_a_route_than_sharing(asked: dict[Combination, Questions]) -> None:
    def count(outcome: Outcome) -> int:
        pages = asked[next(one for one in EVERY if one.outcome == outcome)].values()
        return sum(len(names) for of_page in pages for names in of_page.values())

    shared = [count(outcome) for outcome in TODAY if ROUTES[outcome] == SHARING]
    others = [count(outcome) for outcome in TODAY if ROUTES[outcome] != SHARING]
    assert max(others) <= min(shared)
