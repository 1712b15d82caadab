"""The journey as a table. Which pages apply follows from what was answered; one view serves them all."""

from collections.abc import Callable
from dataclasses import dataclass

from drafting.draft import Draft
from drafting.pages.base import Page
from drafting.pages.concern import WorryPage
from drafting.pages.consent import SayPage
from drafting.pages.information import GivePage
from drafting.pages.legal_basis import BasisPage
from drafting.pages.outcome import MindedPage
from drafting.pages.people import WhoPage
from drafting.pages.reasons_not_to_share import NoBasisPage
from drafting.pages.request import AskedPage
from drafting.pages.sending import InsteadPage, SentPage
from rules.codes import NOT_SHARED


def always(_: Draft) -> bool:
    return True


def shares(draft: Draft) -> bool:
    """Until it is said what will be done, the longer road is the one shown."""
    return draft.shares or not draft.decision.outcome


def does_not_share(draft: Draft) -> bool:
    return not shares(draft)


def says_why_not(draft: Draft) -> bool:
    """Whoever passes it up, or stops what consent allowed, has not judged whether the law would let them."""
    return draft.decision.outcome in NOT_SHARED


@dataclass(frozen=True)
class Step:
    key: str
    title: str
    page: type[Page]
    applies: Callable[[Draft], bool] = always


STEPS: tuple[Step, ...] = (
    Step("who", "Who this is about", WhoPage),
    Step("worry", "What is worrying you", WorryPage),
    Step("asked", "Asked by, going to", AskedPage),
    Step("minded", "Minded to, and why", MindedPage),
    Step("say", "What they say", SayPage),
    Step("give", "Give and hold back", GivePage, shares),
    Step("basis", "What lets you share", BasisPage, shares),
    Step("basis", "Why not", NoBasisPage, says_why_not),
    Step("sent", "Sent, and told", SentPage, shares),
    Step("sent", "Instead, and told", InsteadPage, does_not_share),
)
KEYS = frozenset(step.key for step in STEPS)
CHECK = "check"


def path(draft: Draft) -> list[Step]:
    """The steps that apply, in order."""
    return [step for step in STEPS if step.applies(draft)]


def step_on_path(draft: Draft, key: str) -> Step | None:
    return next((step for step in path(draft) if step.key == key), None)


def is_done(draft: Draft, step: Step) -> bool:
    """Saved, nothing half typed left on it, and its own form accepts what was saved."""
    saved = draft.pages.get(step.page.key)
    return saved is not None and not saved.typed and step.page(draft).accepts_what_was_saved()


def next_key(draft: Draft) -> str:
    """The first step that is not done, or the check page: this one line serves Continue, Change and going back."""
    return next((step.key for step in path(draft) if not is_done(draft, step)), CHECK)


def reachable(draft: Draft) -> list[str]:
    """Every step up to the first that is not done; the check page when all are."""
    first = next_key(draft)
    keys = [step.key for step in path(draft)]
    return [*keys, CHECK] if first == CHECK else keys[: keys.index(first) + 1]
