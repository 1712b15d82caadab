"""Every combination of the answers that branch, as a table a person can read.

Three people as in S01, one recipient, two sentences of fact and one each of opinion and the child's words. Answers of
later pages branch too and are not here: that nobody objects shortens the routes, and who asked is one recipient more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from decisions.models import Decision, UrgentRecord
from drafting import form_data
from drafting.draft import Draft
from drafting.pages.base import Page
from drafting.steps import CHECK, path
from rules.codes import EntryRoute, Outcome, Trigger
from ui import reveals

ASKED_WITH = (Trigger.REQ, Trigger.COURT_ORDER, Trigger.MANDATORY)
WAYS_IN: dict[EntryRoute, tuple[Trigger, ...]] = {
    EntryRoute.DECIDING: tuple(Trigger),
    EntryRoute.ASKED: ASKED_WITH,
    # The six come before it: only so does a decision come from the other two doors.
    EntryRoute.TOLD: tuple(Trigger),
}
PAGES = ("people", "concern", "request", "outcome", "consent", "information", "legal_basis", "sending")
WIDTH = 12
# The questions of each page on a route, by the row or group that they stand in.
Questions = dict[str, dict[str, tuple[str, ...]]]
HEAD = f"{'route':<9} {'how it started':<15} {'':<6}{''.join(f'{page:>{WIDTH}}' for page in PAGES)}{'all':>6}"


@dataclass(frozen=True)
class Combination:
    entry_route: EntryRoute
    trigger: Trigger
    outcome: Outcome
    again: bool

    @property
    def label(self) -> str:
        return f"{self.entry_route.value:<9} {self.trigger.value:<15} {'again' if self.again else '':<6}"


def combinations(outcome: Outcome) -> Iterator[Combination]:
    """Nothing can be stopped that was not decided before."""
    for again in (False, True):
        for entry_route, triggers in WAYS_IN.items():
            if again or outcome != Outcome.STOPPED:
                yield from (Combination(entry_route, trigger, outcome, again) for trigger in triggers)


def put(draft: Draft, at: Combination) -> Draft:
    """The draft as if those were its answers. Nothing is written."""
    decision = draft.decision
    decision.entry_route, decision.trigger, decision.outcome = at.entry_route, at.trigger, at.outcome
    shared = Decision(reference="D-222222", outcome=Outcome.SHARED_PART)
    decision.supersedes = shared if at.again else None
    decision.urgent = UrgentRecord(complete_by=date(2026, 3, 10)) if at.entry_route == EntryRoute.TOLD else None
    vars(draft).pop("facts", None)  # kept since the last combination
    return draft


def titles(draft: Draft) -> str:
    return " > ".join([*(step.title for step in path(draft)), CHECK.capitalize()])


def questions(page: Page) -> dict[str, tuple[str, ...]]:
    """The questions that stand open when the page is first shown: rows by their group, fields by their names."""
    data = form_data.as_saved(page.forms)
    for group in page.groups:
        data[f"{group.name}-rows"] = str(group.count)
    shown: Any = type(page)(page.draft, data)
    found = {f"{group.name}[{at}]": _open(row) for group in shown.groups for at, row in enumerate(group.rows, 1)}
    return {**found, **({"": _open(shown.main)} if shown.main is not None else {})}


def _open(form: Any) -> tuple[str, ...]:
    concealed = reveals.concealed_names(form)
    closed = set(concealed) if form.is_unfolded else {*concealed, *form.folded_fields}
    printed = {bound.name for bound in form.top_fields} | form.revealed_names
    return tuple(name for name in form.fields if name in printed - closed and not form[name].is_hidden)


class Variants:
    """Each page's different sets of questions, lettered in the order they are met."""

    def __init__(self) -> None:
        self.known: dict[str, list[dict[str, tuple[str, ...]]]] = {page: [] for page in PAGES}

    def cell(self, key: str, asked: dict[str, tuple[str, ...]]) -> tuple[str, int]:
        if asked not in self.known[key]:
            self.known[key].append(asked)
        letter = "abcdefghijklmnopqrstuvwxyz"[self.known[key].index(asked)]
        count = sum(map(len, asked.values()))
        return f"{count}{letter}", count

    def lines(self) -> Iterator[str]:
        for page, sets in self.known.items():
            for letter, asked in zip("abcdefghijklmnopqrstuvwxyz", sets, strict=False):
                yield f"{page} {letter}"
                yield from (f"    {group + ': ' if group else ''}{' '.join(names)}" for group, names in _alike(asked))


def _alike(asked: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Rows of a group that ask the same stand in one line."""
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for group, names in asked.items():
        name, _, number = group.rstrip("]").partition("[")
        together.setdefault((name, names), []).append(number)
    for (name, names), numbers in together.items():
        rows = f" {', '.join(numbers)}" if name else ""
        yield f"{name}{rows}", names


def questions_of_every_page(draft: Draft, of: Iterable[Combination]) -> dict[Combination, Questions]:
    """Page by page in the order of the route; the pages of all combinations take seconds to build."""
    found = {}
    for one in of:
        found[one] = {step.key: questions(step.page(draft)) for step in path(put(draft, one))}
    return found


def table(draft: Draft, asked: dict[Combination, Questions]) -> str:
    """One block an outcome; under it each combination with the questions of every page, and their sets at the end."""
    variants, lines = Variants(), list[str]()
    for outcome in dict.fromkeys(Outcome(one.outcome) for one in asked):
        rows = [one for one in asked if one.outcome == outcome]
        lines += ["", f"{outcome.value}: {outcome.label}", f"    {titles(put(draft, rows[0]))}", "", HEAD]
        lines += [_row(one, asked[one], variants) for one in rows]
    return "\n".join([*lines, "", "Questions by page and letter", "", *variants.lines(), ""]).lstrip("\n")


def _row(at: Combination, asked: Questions, variants: Variants) -> str:
    cells = {key: variants.cell(key, of_page) for key, of_page in asked.items()}
    texts = "".join(f"{cells[page][0] if page in cells else '-':>{WIDTH}}" for page in PAGES)
    return f"{at.label}{texts}{sum(count for _, count in cells.values()):>6}"
