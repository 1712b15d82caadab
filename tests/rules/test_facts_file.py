"""Facts from a file: what can be wrong with them, told line by line, and what is read is what was written."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.assess import assess
from rules.facts import BasisFacts, Facts, ItemFacts, PersonFacts
from rules.facts_after_recording import FollowUpFacts, LaterConsentFacts
from rules.facts_file.problems import place, shown
from rules.facts_file.reader import LARGEST, BadFacts, as_json, facts_from, read
from tests.decisions.any_facts import any_facts
from tests.in_turn import THOROUGH
from tests.rules import more_scenarios, scenarios
from tests.rules.after_recording_cases import in_a_group, withdrawn

STORIES: list[Callable[[], Facts]] = [
    *(scenarios.s01, scenarios.s02, scenarios.s03, scenarios.s18_first, scenarios.s18_second, scenarios.early_help),
    *(more_scenarios.s04, more_scenarios.s05, more_scenarios.s06, more_scenarios.s07, more_scenarios.s08),
    *(more_scenarios.s09, more_scenarios.s10, more_scenarios.s11, more_scenarios.s12, more_scenarios.s19),
    *(in_a_group, withdrawn),
]
LOCAL: dict[str, Any] = {
    "code": "OURS",
    "layer": "L3",
    "kind": "power",
    "short_name": "Our agreement",
    "plain_english": "We agreed to share.",
    "citation": "The agreement",
    "who": "ANY",
    "tests": ["Is it within the agreement?"],
    "refused_ok": "yes",
    "jurisdiction": "E",
    "effective_from": "2026-01-01",
    "confidence": "C",
    "source": "Signed",
    "checked_on": "2026-01-01",
}


def lines(data: object) -> list[str]:
    """What is said of it; nothing where it is read."""
    raw = data if isinstance(data, str | bytes) else json.dumps(data)
    try:
        read(raw)
    except BadFacts as error:
        return list(error.lines)
    return []


@pytest.mark.parametrize("make", STORIES, ids=lambda make: make.__name__)
def test_every_story_is_read_as_it_was_written(make: Callable[[], Facts]) -> None:
    facts = make()
    again = read(json.dumps(as_json(facts)))
    assert again == facts
    assert assess(again) == assess(facts)


@given(any_facts())
@settings(
    max_examples=(2 if THOROUGH else 1) * settings().max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_whatever_may_be_written_is_read_as_the_same_and_assessed(facts: Facts) -> None:
    """Moments with a zone and without, days at both ends of the calendar, rows of one's own."""
    written = as_json(facts)
    again = facts_from(written)
    assert again == facts
    assert read(json.dumps(written).encode()) == facts
    assert as_json(again) == written
    assert assess(again) == assess(facts)


def test_only_what_differs_is_written() -> None:
    assert as_json(Facts()) == {}
    assert as_json(Facts(people=(PersonFacts(ref="P1", age=8),))) == {"people": [{"ref": "P1", "age": 8}]}
    said = LaterConsentFacts(at=datetime(2026, 3, 1, tzinfo=UTC))
    assert as_json(Facts(follow_up=FollowUpFacts(consent=(said,)))) == {
        "follow_up": {"consent": [{"at": "2026-03-01T00:00:00+00:00"}]}
    }


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-10T14:30", datetime(2026, 3, 10, 14, 30)),  # noqa: DTZ001
        ("2026-03-10t14:30:05z", datetime(2026, 3, 10, 14, 30, 5, tzinfo=UTC)),
        ("2026-03-10T14:30:05.5", datetime(2026, 3, 10, 14, 30, 5, 500_000)),  # noqa: DTZ001
        ("2026-06-10T14:30+01:00", datetime(2026, 6, 10, 14, 30, tzinfo=timezone(timedelta(hours=1)))),
    ],
    ids=["no zone", "small letters", "part of a second", "summer"],
)
def test_moments_are_read_with_and_without_a_zone(text: str, moment: datetime) -> None:
    read_as = read(json.dumps({"decided_at": text})).decided_at
    assert read_as == moment
    assert read_as is not None
    assert (read_as.tzinfo is None) == (moment.tzinfo is None)


def test_nothing_may_be_left_out_or_null() -> None:
    assert read(b"{}") == Facts()
    assert read('{"decided_at": null, "people": [{"age": null}]}') == Facts(people=(PersonFacts(),))
    assert read("\ufeff{}".encode()) == Facts()


def test_parts_are_of_their_kinds() -> None:
    row = read(json.dumps({"local_provisions": [LOCAL], "retired": {"ART6_F": "2026-02-01"}}))
    assert row.local_provisions[0].tests == ("Is it within the agreement?",)
    assert row.local_provisions[0].effective_from == date(2026, 1, 1)
    assert row.retired == {"ART6_F": date(2026, 2, 1)}
    assert isinstance(read('{"people": [{"age": 8}]}').people[0].age, float)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"foo": 1}, 'facts: unknown key "foo"'),
        ({"people": [{"name": "Ann"}]}, 'people[0]: unknown key "name"'),
        ({"items": [{}, {"": 1}]}, 'items[1]: unknown key ""'),
        ({"people": {}}, "people: must be a list, not an object"),
        ({"people": ["P1"]}, "people[0]: must be an object, not text"),
        ({"why_now": 5}, "why_now: must be text, not a number"),
        ({"why_now": None}, "why_now: must be text, not null"),
        ({"follows": "yes"}, "follows: must be true or false, not text"),
        ({"decided_at": 20260310}, "decided_at: must be text or null, not a number"),
        ({"people": [{"age": "8"}]}, "people[0].age: must be a number or null, not text"),
        ({"people": [{"age": True}]}, "people[0].age: must be a number or null, not true or false"),
        ({"people": [{"age": -1}]}, "people[0].age: -1 is not between 0 and 130"),
        ({"people": [{"age": 10**400}]}, "people[0].age: 1000"),
        ({"people": [{"role": 5}]}, "people[0].role: must be text, not a number"),
        ({"people": [{"role": "mum"}]}, 'people[0].role: "mum" is not one of child, unborn, '),
        ({"people": [{"consent_state": ""}]}, 'people[0].consent_state: "" is not one of GIVEN, '),
        (
            {"people": [{"informing": {"state": "told"}}]},
            'people[0].informing.state: "told" is not one of TOLD_BEFORE, ',
        ),
        ({"items": [{"sensitivities": ["x"]}]}, 'items[0].sensitivities[0]: "x" is not one of health, offences, '),
        ({"items": [{"withheld_from": {"R 1": 1}}]}, 'items[0].withheld_from["R 1"]: must be text, not a number'),
        ({"organisation": {"kind": "pub"}}, 'organisation.kind: "pub" is not one of PUB, NON, LE'),
        ({"recipients": [{"kind": "nurse"}]}, 'recipients[0].kind: "nurse" is not one of social_care, police, '),
        ({"follow_up": {"consent": [{}]}}, 'follow_up.consent[0]: "at" is missing'),
        ({"retired": {"ART6_F": "soon"}}, 'retired.ART6_F: "soon" is not a date'),
        ([], "facts: must be an object, not a list"),
        (None, "facts: must be an object, not null"),
        (7, "facts: must be an object, not a number"),
    ],
    ids=lambda value: None if isinstance(value, str) else json.dumps(value)[:50],
)
def test_what_does_not_fit_is_told_with_its_place(data: object, said: str) -> None:
    assert [line[: len(said)] for line in lines(data)] == [said]


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", "20260101", "", "0001-01-01"])
def test_impossible_dates_are_told(day: str) -> None:
    assert lines({"look_again_on": day}) == [f'look_again_on: "{day}" is not a date (such as 2026-03-10)']


@pytest.mark.parametrize(
    "moment",
    [
        *("2026-02-30", "2026-02-30T10:00", "2026-03-10", "2026-03-10 10:00", "2026-03-10T25:00", "2026-03-10T10"),
        *("2026-03-10T10:00+25:00", "2026-W10-2T10:00", "9999-12-31T23:59Z", "2026-03-10T10:00:61", "٢٠٢٦-03-10T10:00"),
    ],
)
def test_impossible_moments_are_told(moment: str) -> None:
    assert [line.split(" (")[0] for line in lines({"decided_at": moment})] == [
        f'decided_at: "{moment}" is not a date and time'
    ]


def test_everything_wrong_is_told_at_once_and_once() -> None:
    found = lines(
        {"foo": 1, "bar": 2, "decided_at": "no", "people": [{"role": "mum", "x": 1}], "local_provisions": [{}]}
    )
    assert len(found) == len(set(found)) == 5 + len(LOCAL)
    assert {'facts: unknown key "foo"', 'facts: unknown key "bar"', 'local_provisions[0]: "code" is missing'} <= set(
        found
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "facts: not JSON (line 1, column 1)"),
        ("{", "facts: not JSON (line 1, column 2)"),
        ('{\n "a": }', "facts: not JSON (line 2, column 7)"),
        ("{} {}", "facts: not JSON (line 1, column 4)"),
        (b"{\xff}", "facts: not UTF-8 text (byte 2)"),
        ('{"why_now": "\udcff"}'.encode("utf-8", "surrogateescape"), "facts: not UTF-8 text (byte 14)"),
        ("{}".encode("utf-16"), "facts: not UTF-8 text (byte 1)"),
        ('{"people": [{"age": NaN}]}', "facts: NaN is not JSON"),
        ('{"people": [{"age": -Infinity}]}', "facts: -Infinity is not JSON"),
        ('{"people": [{"age": 1e999}]}', "facts: a number is too large"),
        (f'{{"people": [{{"age": {"1" * 5000}}}]}}', "facts: a number is too long"),
        ("[" * 100_000, "facts: lists or objects are nested too deep"),
        ('{"a":' * 100_000, "facts: lists or objects are nested too deep"),
        ('{"people":' + "[" * 800 + "]" * 800 + "}", "people[0]: must be an object, not a list"),
        ('{"entry_route": "NOW", "entry_route": "TOLD"}', 'facts: key "entry_route" appears twice in one object'),
        ('{"people": [{"ref": "a", "ref": "a"}]}', 'facts: key "ref" appears twice in one object'),
        ('{"why_now": "\\ud800"}', "why_now: holds half a character or a NUL"),
        ('{"people": [{"views": "a\\u0000b"}]}', "people[0].views: holds half a character or a NUL"),
        (
            '{"items": [{"withheld_from": {"\\udfff": "x"}}]}',
            'items[0].withheld_from: key "\\udfff" holds half a character',
        ),
        (b" " * (LARGEST + 1), "facts: more than 5 million characters"),
    ],
    ids=[
        *("empty", "cut off", "second line", "two texts", "no UTF-8", "a stray byte", "UTF-16", "NaN", "infinity"),
        *("too large", "too long", "deep lists", "deep objects", "deep within", "twice", "twice within", "surrogate"),
        *("NUL", "surrogate as a name", "huge"),
    ],
)
def test_what_is_not_such_a_text_at_all_is_one_line(text: str | bytes, said: str) -> None:
    assert [line[: len(said)] for line in lines(text)] == [said]


PEOPLE = {"people": [{"ref": "P1"}], "recipients": [{"ref": "R1"}]}


@pytest.mark.parametrize(
    ("more", "where", "which"),
    [
        ({"people": [{"ref": "P1", "covers": ["R1"]}]}, "people[0].covers", "people"),
        ({"items": [{"about": ["R1"]}]}, "items[0].about", "people"),
        ({"items": [{"not_disclosed_to": ["R1"]}]}, "items[0].not_disclosed_to", "people"),
        ({"items": [{"given_to": ["P1"]}]}, "items[0].given_to", "recipients"),
        ({"items": [{"withheld_from": {"P1": "why"}}]}, "items[0].withheld_from", "recipients"),
        ({"basis": [{}, {"person_ref": "R1"}]}, "basis[1].person_ref", "people"),
        ({"sendings": [{"recipient_ref": "P1"}]}, "sendings[0].recipient_ref", "recipients"),
        (
            {"follow_up": {"consent": [{"person_ref": "R1", "at": "2026-03-10T10:00"}]}},
            "follow_up.consent[0].person_ref",
            "people",
        ),
        ({"follow_up": {"responses": [{"recipient_ref": "P1"}]}}, "follow_up.responses[0].recipient_ref", "recipients"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_name_that_names_nobody_is_told(more: dict[str, Any], where: str, which: str) -> None:
    ref = "P1" if which == "recipients" else "R1"
    assert lines({**PEOPLE, **more}) == [f'{where}: "{ref}" is not the ref of any of the {which}']


def test_an_empty_name_is_nobody_in_particular() -> None:
    found = read('{"basis": [{"person_ref": ""}], "sendings": [{}], "items": [{"withheld_from": {"": "No need"}}]}')
    assert found.basis == (BasisFacts(person_ref=""),)
    assert found.items == (ItemFacts(withheld_from={"": "No need"}),)
    assert lines({"items": [{"about": [""]}]}) == ['items[0].about: "" is not the ref of any of the people']


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"people": [{"ref": "A"}, {"ref": "A"}]}, 'people: "A" is the ref of 2 of them'),
        ({"recipients": [{}, {}, {}]}, 'recipients: "" is the ref of 3 of them'),
        ({"items": [{"ref": "A"}, {"ref": "A"}]}, 'items: "A" is the ref of 2 of them'),
    ],
    ids=["people", "recipients", "items"],
)
def test_two_of_one_name_are_told(data: object, said: str) -> None:
    assert lines(data) == [f"{said}: give each a ref of its own"]


def test_one_name_may_stand_for_a_person_and_a_recipient_and_things_need_none() -> None:
    assert lines({"people": [{"ref": "A"}], "recipients": [{"ref": "A"}], "items": [{}, {}]}) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"order": {"covers_from": "2026-02-02", "covers_to": "2026-02-01"}}, "order.covers_to: 2026-02-01 is before"),
        ({"items": [{"dated_from": "2026-02-02", "dated_to": "2026-02-01"}]}, "items[0].dated_to: 2026-02-01 is befor"),
    ],
    ids=["order", "item"],
)
def test_an_end_before_its_beginning_is_told(data: object, said: str) -> None:
    assert [line[: len(said)] for line in lines(data)] == [said]


@pytest.mark.parametrize(
    "data",
    [
        {"order": {"covers_from": "2026-02-02", "covers_to": "2026-02-02"}},
        {"order": {"covers_to": "2026-02-01"}},
        {"items": [{"dated_from": "2026-02-02"}]},
    ],
    ids=["one day", "no beginning", "no end"],
)
def test_an_end_on_the_day_or_alone_is_fine(data: object) -> None:
    assert lines(data) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("layer", "L9"), ("kind", "wish"), ("who", "ALL"), ("refused_ok", "maybe"), ("confidence", "X"), ("layer", "")],
)
def test_a_row_of_law_has_known_codes(name: str, value: str) -> None:
    [line] = lines({"local_provisions": [{**LOCAL, name: value}]})
    assert line.startswith(f'local_provisions[0].{name}: "{value}" is not one of ')


def test_a_row_of_law_that_cannot_be_so_is_told() -> None:
    assert lines({"local_provisions": [{**LOCAL, "refused_ok": "if", "refused_test": "Another?"}]}) == [
        "local_provisions[0]: provision OURS: refused_test not allowed"
    ]
    [first, *_] = lines({"local_provisions": [{**LOCAL, "effective_to": "2025-12-31"}]})
    assert first == "local_provisions[0].effective_to: 2025-12-31 is before effective_from, 2026-01-01"


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", '"a"'), ("a\nb", '"a\\nb"'), ("\x85\u202e", '"\\x85\\u202e"'), ("\ud800", '"\\ud800"'), ("Zoë", '"Zoë"')],
    ids=["plain", "line", "hidden", "half", "accent"],
)
def test_a_value_cannot_break_the_line(value: str, text: str) -> None:
    assert shown(value) == text


def test_a_long_value_is_cut() -> None:
    assert shown("x" * 1000) == '"' + "x" * 59 + "…"


def test_places_are_written_as_a_programmer_would() -> None:
    assert place(()) == "facts"
    assert place(("people", 0, "role")) == "people[0].role"
    assert place(("withheld_from", "R\n1", 2)) == 'withheld_from["R\\n1"][2]'


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda one: st.lists(one) | st.dictionaries(
    st.sampled_from(["people", "role", "items", "ref", "decided_at", "local_provisions", "x"]), one,
)))  # fmt: skip
@settings(max_examples=(5 if THOROUGH else 1) * settings().max_examples, deadline=None)
def test_nothing_but_facts_or_lines_comes_out(data: object) -> None:
    for line in lines(json.dumps(data)):
        assert ": " in line
        assert len(line.splitlines()) == 1


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_of_any_kind_are_facts_or_one_line(raw: bytes) -> None:
    assert len(lines(raw)) <= 1
