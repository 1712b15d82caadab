"""What the forms of a draft's pages accept the saved answers by, in one short text: the same text, the same result.

The law, the families' records and who is in a team change under a draft. The check page must not say that it is ready
on the strength of a judgement made before that, and judging every page costs more than the rest of it.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Model

import decisions
import drafting
import rules
import ui
from drafting.draft import Draft
from rules.codes import Outcome

# Whose code decides whether an answer is accepted.
PACKAGES = (decisions, drafting, rules, ui)


def fingerprint(draft: Draft) -> str:
    """Everything a page's form reads, but for what is typed and not saved."""
    parts = (_software(), *_answers(draft), *_outside(draft))
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


@cache
def _software() -> str:
    """Hash the code of the forms and rules and the law tables, all of which a new release may change."""
    files = sorted(file for package in PACKAGES for file in Path(package.__path__[0]).rglob("*"))
    content = b"".join(file.read_bytes() for file in files if file.suffix in {".py", ".toml"})
    return hashlib.sha256(content).hexdigest()


def _answers(draft: Draft) -> Iterator[list[Any]]:
    """Every row of the draft, and the records that its rows name."""
    decision = draft.decision
    yield _row(decision)
    for person in draft.people:
        yield from (_row(person), _row(person.person), *_rows(person.covers.all()))
    for recipient in draft.recipients:
        yield from (_row(recipient), _row(recipient.recipient))
    for item in draft.items:
        yield from (_row(item), *_rows(item.about.all(), item.not_disclosed_to.all(), item.grid.all()))
    yield from _rows(draft.provisions, draft.sendings, draft.advice, decision.decision_families.all())
    yield from (_row(decision.disclosure), _row(decision.supersedes), _row(decision.urgent))


def _outside(draft: Draft) -> Iterator[list[Any]]:
    """What the organisation, the families and the user bring to it."""
    user, organisation = draft.user, draft.organisation
    yield from (_row(organisation), *_rows(organisation.law_notices.all()))
    yield [user.full_name, sorted(user.roles), sorted(user.team_ids())]
    yield from (draft.visible_person_ids, draft.visible_disclosure_ids, draft.address_book_ids)
    if draft.decision.outcome == Outcome.PASSED_UP:
        yield [decider.pk for decider in draft.possible_deciders]


def _rows(*relations: Any) -> Iterator[list[Any]]:
    for relation in relations:
        yield from (_row(row) for row in relation)


def _row(row: Model | None) -> list[Any]:
    return [] if row is None else [getattr(row, field.attname) for field in row._meta.concrete_fields]
