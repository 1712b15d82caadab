"""Everything a decision's record holds, one entry at a time, as it would be given; with what speaks against giving it.

The entries are made from the same rows as the printed record, so that none is forgotten. An entry's key is made of what
it says: whatever is added to the record later is an entry of its own, which nobody has decided yet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from audit.models import LedgerEntry
from audit.statements import rows_where
from decisions.facts.decision import facts_of
from decisions.models import Decision, DecisionItem
from decisions.presenters.identifying_words import identifying_words
from decisions.presenters.labels import code_words, joined, lines
from decisions.presenters.people import person_names, recipient_names
from decisions.presenters.record import Section, sections
from letters.content import Content
from letters.models import LetterMade, SharedLetterDecision
from reviews.models import Reply, Review
from rights.models import RightsRequest
from rules.codes import ItemKind
from rules.rights.called import doubt
from rules.rights.codes import Asker
from rules.rights.held import Asking, HeldItem
from rules.rights.suggest import CHILDREN, Suggestion, suggestions
from ui.moments import moment
from ui.rows import Row

COUNTED = re.compile(r" \(\d+ of \d+\)$")
# About our organisation and not about anybody.
NOT_PERSONAL = frozenset({"What it includes", "Our organisation", "Our policy document", "Law tables of"})
# Sections whose rows are headed by a name alone.
HEADED_BY_NAME = {"people": "About ", "consent": "Views of "}
CHILD_WORDS = "The child's own words"
ADVICE = "Advice from "
WENT_WRONG = "Something went wrong with this information"
IN_AN_EMERGENCY = "Somebody of another team read this in an emergency"
CHECKED = {True: "Checked since: it had to be opened", False: "Checked since: it did not have to be opened"}


@dataclass(frozen=True)
class Entry:
    """`title` and `lines` are what the person would read; they say nothing of how we mark or count things."""

    section: str
    title: str
    lines: tuple[str, ...]
    held: HeldItem
    suggestion: Suggestion | None = None
    # Why it is not ticked beforehand, although nothing was found against giving it.
    doubt: str = ""

    @property
    def key(self) -> str:
        return sha256("\x1f".join((self.section, self.title, *self.lines)).encode()).hexdigest()[:32]


def entries_of(decision: Decision, request: RightsRequest) -> list[Entry]:
    """Of a decision read with its parts. Each once, although the record may say the same twice."""
    found = {entry.key: entry for entry in _all(decision)}
    facts = list(found.values())
    asking = asking_of(decision, request)
    suggested = suggestions([entry.held for entry in facts], asking)
    return [
        Entry(entry.section, entry.title, entry.lines, entry.held, suggestion, doubt(entry.held, asking))
        for entry, suggestion in zip(facts, suggested, strict=True)
    ]


def asking_of(decision: Decision, request: RightsRequest) -> Asking:
    people = list(decision.people.all())
    refs = {person.person_id: str(person.pk) for person in people}
    reader = request.person_id if request.asker == Asker.SELF else request.asked_by_person_id
    return Asking(
        people=facts_of(decision).people,
        subject=refs[request.person_id],
        reader=refs.get(reader or 0, ""),
        is_parent=request.asker == Asker.PARENT,
        names={str(person.pk): person.name for person in people},
        details=identifying_words(people),
    )


def _all(decision: Decision) -> Iterator[Entry]:
    for section in sections(decision):
        if section.key == "information":
            yield from (_item(decision, item) for item in decision.items.all())
        else:
            yield from _rows(decision, section)
        for addition in section.additions:
            texts = [addition.text, *lines(("Why it was added", addition.why))]
            yield _entry(decision, section.key, addition.heading, texts)
    yield from letters_in(decision)
    yield from reviews_in(decision)
    yield from incidents_in(decision)
    yield from emergencies_in(decision)


def _rows(decision: Decision, section: Section) -> Iterator[Entry]:
    """Legal provisions stand together: for everybody, and for each person."""
    together: dict[str, list[str]] = {}
    for row in section.rows:
        if row.key in NOT_PERSONAL:
            continue
        if section.key == "legal_basis":
            title = next((f"The law for {name}" for name in _names_in_key(decision, row)), "The law for everybody")
            together.setdefault(title, []).extend(f"{COUNTED.sub('', row.key)}: {line}" for line in row.lines)
        else:
            title = COUNTED.sub("", row.key)
            named = HEADED_BY_NAME.get(section.key, "") if _names_in_key(decision, row) else ""
            yield _entry(decision, section.key, f"{named}{title}", list(row.lines))
    for title, texts in together.items():
        yield _entry(decision, section.key, title, texts)


def _names_in_key(decision: Decision, row: Row) -> list[str]:
    return sorted((name for name in person_names(decision).values() if name in row.key), key=len, reverse=True)


def _entry(decision: Decision, section: str, title: str, texts: list[str]) -> Entry:
    whose = _whose(decision, title)
    children = frozenset(str(person.pk) for person in decision.people.all() if person.role in CHILDREN)
    held = HeldItem(
        text="\n".join([title, *texts]),
        whose=whose,
        about=children if title == CHILD_WORDS else frozenset(),
        is_concern=section == "concern",
        is_advice=title.startswith(ADVICE),
    )
    return Entry(section, title, tuple(texts), held)


def _whose(decision: Decision, title: str) -> str:
    """The person whom a row is headed by, as the record names its rows."""
    found = [(len(name), key) for key, name in person_names(decision).items() if name in title]
    return str(max(found)[1]) if found else ""


def _item(decision: Decision, item: DecisionItem) -> Entry:
    """Without whom it is about, from whom it is kept and how it is marked: those are for us."""
    names = recipient_names(decision)
    given = joined(*(names[cell.recipient_id] for cell in item.grid.all() if cell.given))
    shared = "Shared with" if decision.is_shared else "Would be shared with"
    texts = [item.text, *lines(("Kind", code_words(ItemKind, item.kind)), (shared, given))]
    held = HeldItem(
        text=item.text,
        about=frozenset(str(row.person_id) for row in item.about.all()),
        source=item.protected_source,
        kept_from=frozenset(str(row.person_id) for row in item.not_disclosed_to.all()),
        handling=item.handling,
    )
    return Entry("information", "Information", tuple(texts), held)


def letters_in(decision: Decision) -> Iterator[Entry]:
    """About this decision, and about several of which it is one."""
    for letter in rows_where(LetterMade, "decision", [decision.pk]):
        yield _letter(letter.content, str(letter.person_id or ""))
    for row in rows_where(SharedLetterDecision, "decision", [decision.pk], related=("letter",)):
        yield _letter(row.letter.content, str(row.person_id))


def _letter(content: Content, reader: str) -> Entry:
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    texts = [text for block in blocks for text in block.get("list", [block.get("text", "")]) if text]
    held = HeldItem(text="\n".join(texts), whose=reader)
    return Entry("letters", f"A letter: {content['title']}", tuple(texts), held)


def reviews_in(decision: Decision) -> Iterator[Entry]:
    reviews = rows_where(Review, "decision", [decision.pk])
    replies = {reply.review_id: reply.text for reply in rows_where(Reply, "review", [row.pk for row in reviews])}
    for review in reviews:
        reply = replies.get(review.pk, "")
        texts = [review.get_outcome_display(), *lines(("", review.comment), ("The author's reply", reply))]
        held = HeldItem(text="\n".join(texts), is_review=True)
        yield Entry("reviews", "A supervisor's review", tuple(texts), held)


def incidents_in(decision: Decision) -> Iterator[Entry]:
    """What went wrong with it, and what was done. Of an app beside this one, so by the relations of the decision."""
    related: Any = decision
    rows: list[Any] = list(related.incidents.prefetch_related("events"))
    rows += [row.incident for row in related.further_incidents.select_related("incident")]
    rows += related.urgent.incidents.prefetch_related("events") if decision.urgent_id else []
    everybody = frozenset(str(person.pk) for person in decision.people.all())
    for row in rows:
        report = lines(
            ("", row.what_happened), ("What went out", row.what_other), ("Who has it", row.went_to),
            ("Who could be harmed, and how", row.who_harmed),
        )  # fmt: skip
        events = [f"{event.get_kind_display()}: {event.text}" for event in row.events.all()]
        texts = [row.get_kind_display(), *report, *events]
        # It may say where somebody is, or who could hurt whom: nobody's alone where others are on the record.
        yield Entry("incidents", WENT_WRONG, tuple(texts), HeldItem(text="\n".join(texts), about=everybody))


def emergencies_in(decision: Decision) -> Iterator[Entry]:
    """Where it was read in an emergency: when, why, and what was said of it since. Of an app beside this one too.

    An hour in which somebody read other pages of the family is on the page of who has looked at it.
    """
    entries = LedgerEntry.objects.filter(organisation=decision.organisation_id, event="decision.emergency_opened")
    about = entries.filter(subject=Decision._meta.label_lower, object_pk=str(decision.pk))
    openings = {data["opening"] for data in about.values_list("additional_data", flat=True)}
    families: Any = [row.family for row in decision.decision_families.select_related("family")] if openings else []
    rows = [row for family in families for row in family.emergency_openings.filter(pk__in=openings)]
    everybody = frozenset(str(person.pk) for person in decision.people.all())
    for row in sorted(rows, key=lambda row: row.pk):
        check = getattr(row, "review", None)
        checked = lines((CHECKED[check.justified], check.words)) if check else []
        texts = [f"{row.get_why_display()}, {moment(row.written_at)}", row.reason, *checked]
        # The reason may say where somebody is, as a report of what went wrong may.
        yield Entry("emergencies", IN_AN_EMERGENCY, tuple(texts), HeldItem(text="\n".join(texts), about=everybody))
