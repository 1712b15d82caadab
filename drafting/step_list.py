"""The list of the pages of a draft, shown beside every one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from drafting.draft import Draft
from drafting.steps import CHECK, Step, path, reachable

COMPLETED, IN_PROGRESS, READY = "Completed", "In progress", "Ready"


@dataclass(frozen=True)
class StepLine:
    """One page of the list. Without a URL it cannot be started yet, and without a status either."""

    title: str
    url: str
    status: str
    is_current: bool


@dataclass(frozen=True)
class StepList:
    lines: Sequence[StepLine]
    number: int  # of the page that is shown; 0 where it has none

    @property
    def count(self) -> int:
        return len(self.lines)


def step_list(draft: Draft, shown: Step | None) -> StepList:
    """With the page that is shown marked: the check page, unless it is a step."""
    steps, open_keys = path(draft), reachable(draft)
    current = shown.key if shown else CHECK
    titles = [*((step.key, step.title) for step in steps), (CHECK, "Check your answers")]
    lines = [
        StepLine(title, _url(draft, key) if key in open_keys else "", _status(key, open_keys), key == current)
        for key, title in titles
    ]
    return StepList(lines, steps.index(shown) + 1 if shown in steps else 0)


def _url(draft: Draft, key: str) -> str:
    if key == CHECK:
        return reverse("drafting:check", args=[draft.decision.public_id])
    return reverse("drafting:page", args=[draft.decision.public_id, key])


def _status(key: str, open_keys: Sequence[str]) -> str:
    """Open keys end with the first page that is not complete: those before it are."""
    if key not in open_keys:
        return ""
    if key != open_keys[-1]:
        return COMPLETED
    return READY if key == CHECK else IN_PROGRESS
