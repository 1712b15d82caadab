"""Provisions that nobody suggested are found by what they are about, each once."""

from collections import Counter

import pytest

from drafting.pages.provision_groups import MANY, OTHERS, TOPICS, in_groups, topic_of
from rules.codes import Layer
from rules.law_files import load
from ui.options import Option

POWERS = [row for row in load().all_provisions if row.layer == Layer.L3]


def option(code: str) -> Option:
    return Option(id=code, name="l3", value=code, label=code, checked=False)


def test_every_power_of_the_law_tables_has_a_topic() -> None:
    assert [row.citation for row in POWERS if topic_of(row.citation) == OTHERS] == []


@pytest.mark.parametrize(
    ("citation", "topic"),
    [
        ("Children Act 1989 section 47", "Children and families"),
        ("Crime and Disorder Act 1998 section 115", "Crime and the police"),
        ("Police, Crime, Sentencing and Courts Act 2022 section 16", "Crime and the police"),
        ("Care Act 2014 section 42", "Health and care"),
        ("The order itself", "Courts"),
        ("Our own by-law", OTHERS),
        ("", OTHERS),
    ],
)
def test_by_how_the_legal_name_begins(citation: str, topic: str) -> None:
    assert topic_of(citation) == topic


def test_each_is_in_one_group() -> None:
    options = [option(row.code) for row in POWERS]
    groups = in_groups(options, {row.code: topic_of(row.citation) for row in POWERS})
    assert [group.title for group in groups] == [topic for topic in TOPICS if topic in {g.title for g in groups}]
    assert Counter(one.value for group in groups for one in group.options) == Counter(row.code for row in POWERS)


def test_few_need_no_groups() -> None:
    few = [option(row.code) for row in POWERS[: MANY - 1]]
    assert [(group.title, group.options) for group in in_groups(few, {})] == [("", few)]
    assert in_groups([], {}) == []


def test_one_group_alone_needs_no_title() -> None:
    many = [option(str(number)) for number in range(MANY)]
    assert [(group.title, group.options) for group in in_groups(many, {})] == [("", many)]
