"""What a letter is made from, and what it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.explanation.versions import Layout, Version
from rules.facts import Facts


@dataclass(frozen=True, kw_only=True)
class ExplanationFacts:
    """A recorded decision as one person is told of it. References are those of `facts`."""

    facts: Facts
    reader: str
    day: date  # of the letter
    organisation: str = ""  # whose letter it is
    # What a person is called, and what names or finds them: other names, phone numbers, addresses.
    names: Mapping[str, str] = field(default_factory=dict)
    words_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    how_used: Mapping[str, str] = field(default_factory=dict)  # by recipient, where the address book says it
    lawful_basis: Mapping[str, str] = field(default_factory=dict)  # by code: plain name and citation
    wrong_items: frozenset[str] = frozenset()  # found to be wrong since
    corrected_with: frozenset[tuple[str, str]] = frozenset()  # (item, recipient) who was told so
    wrong_otherwise: bool = False  # something that is no item was found to be wrong
    # The reader's own statements that were passed on: to which recipient, on which day.
    passed_on: tuple[tuple[str, date], ...] = ()
    # What other decisions about the reader say, where a letter is about several (rules/explanation/together.py).
    not_theirs: frozenset[str] = frozenset()  # of these people here, this reader may not know
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by name, of people who are not on this one
    left_out_elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the author of a letter chose or wrote in it."""

    version: Version
    layout: Layout = Layout.STANDARD
    contact: str = ""
    # Of what this person may know: those to be listed, as (recipient, item). None: what was surely sent.
    items: frozenset[tuple[str, str]] | None = None
    own_words: Mapping[str, str] = field(default_factory=dict)  # by recipient: what this person may know
    how_used: Mapping[str, str] = field(default_factory=dict)  # by recipient, in place of the address book's
    why: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list if it has `items`."""

    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class LeftOut:
    """What the letter does not hold, and why. For its author only."""

    what: str
    why: str
    decision: str = ""  # which, where a letter is about several


@dataclass(frozen=True)
class Explanation:
    """The one source of every output: HTML, PDF, and what is kept of a letter that was made."""

    title: str
    language: str
    layout: str
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[str, ...] = ()  # what its author should look at again
