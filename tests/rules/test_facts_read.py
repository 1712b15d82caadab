"""Answers that are asked are used: a rule reads every fact, or here is the reason why it is only shown."""

import os
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, make_dataclass
from pathlib import Path
from typing import Any

import rules
from rules.assess import assess
from rules.facts import Facts
from rules.law import Provision
from tests.rules.test_conditions import CASES
from tests.rules.test_facts_schema import classes
from tests.rules.test_findings import TABLE
from tests.rules.test_more_scenarios import WHOLE as MORE
from tests.rules.test_scenarios import WHOLE

RULES = str(Path(next(iter(rules.__path__))))

DISPLAY_ONLY: dict[str, str] = {
    "Facts.opinion": "an opinion is never counted as what was seen or said, and may be left out",
    "InformingFacts.how": "how they were told, in words; whether it was safe is asked apart and is read",
    "InformingFacts.safe_contact_note": "how to reach them safely is for people to read, and kept from the summary",
    "PersonFacts.consent_how": "how they answered, in words",
    "PersonFacts.look_again_on": "the same day as `informing.review_on`, which is read",
    "ItemFacts.text": "what the item says, which no rule understands; its sensitivities are asked apart",
    "ItemFacts.kind": "whether it was seen, said or thought, for the reader",
    "SendingFacts.how": "by which way it went, for the reader",
    "SendingFacts.said": "where it differs from the items, for the reader",
    "SendingFacts.receipt": "who took it in, for the reader",
}


def tried() -> Iterator[Facts]:
    yield from (make() for make, _ in (*WHOLE.values(), *MORE.values()))
    yield from (fires for fires, _ in TABLE.values())
    # From the end: the last ones turn on what nothing above has.
    yield from (case.facts for case in reversed(CASES))
    yield from (quiet for _, quiet in TABLE.values())


class Read(set[str]):
    """The fields that were read, and of each class of facts one that notices when its others are."""

    def __init__(self) -> None:
        super().__init__()
        self._noticing: dict[type, type] = {}

    def noticing(self, cls: type) -> type:
        if cls not in self._noticing:
            named = {one.name: Unread(one.name, f"{cls.__name__}.{one.name}", self) for one in fields(cls)}
            self._noticing[cls] = type(cls.__name__, (cls,), named)
        return self._noticing[cls]


class Unread:
    """Stands before a field until code of the rules asks for it: there are a million looks at what was read before."""

    def __init__(self, name: str, fact: str, read: Read) -> None:
        self.name, self.fact, self.read = name, fact, read

    def __set__(self, facts: Any, value: Any) -> None:
        vars(facts)[self.name] = value

    def __get__(self, facts: Any, cls: type) -> Any:
        if sys._getframe(1).f_code.co_filename.startswith(RULES):
            self.read.add(self.fact)
            delattr(cls, self.name)
        return vars(facts)[self.name]


def recording(part: Any, read: Read) -> Any:
    """The same facts, which write down each of their fields that code of the rules asks for."""
    if isinstance(part, tuple):
        return tuple(recording(each, read) for each in part)
    if not is_dataclass(part) or isinstance(part, type | Provision):
        return part
    cls = type(part)
    return read.noticing(cls)(**{one.name: recording(getattr(part, one.name), read) for one in fields(cls)})


def read_by_rules() -> set[str]:
    """./run check tries all facts; ./run test as many as it takes until each is read that should be."""
    read = Read()
    wanted = set(ALL) - set(DISPLAY_ONLY)
    for facts in tried():
        assess(recording(facts, read))
        if os.environ.get("THOROUGH") != "1" and read >= wanted:
            break
    return read


ALL = sorted(f"{cls.__name__}.{one.name}" for cls in classes() - {Provision} for one in fields(cls))


def test_each_is_read_by_a_rule_or_only_shown_for_a_reason() -> None:
    read = read_by_rules()
    assert [fact for fact in ALL if (fact in read) is (fact in DISPLAY_ONLY)] == []


def test_the_list_names_facts_there_are_and_says_why() -> None:
    assert set(DISPLAY_ONLY) <= set(ALL)
    assert all(len(why) > len("because") for why in DISPLAY_ONLY.values())


def test_a_fact_that_nobody_reads_is_seen() -> None:
    read = Read()
    more = make_dataclass("MoreFacts", [("never_asked_for", str, "x")], bases=(Facts,), frozen=True, kw_only=True)
    assess(recording(more(), read))
    assert "MoreFacts.outcome" in read
    assert "MoreFacts.never_asked_for" not in read


def test_copying_facts_reads_none_of_them() -> None:
    """A rule that looks at later consent copies each person whole: that alone is no use of an answer."""
    read = Read()
    assess(recording(Facts(), read))
    assert "Facts.child_words" in read
    assert "Facts.opinion" not in read
