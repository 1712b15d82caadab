"""The journey as a table. Which pages apply follows from what was answered; one view serves them all."""

from collections.abc import Callable
from dataclasses import dataclass

from drafting.draft import Draft
from drafting.pages.base import Page
from drafting.pages.concern import ConcernPage
from drafting.pages.consent import ConsentPage
from drafting.pages.information import InformationPage
from drafting.pages.legal_basis import LegalBasisPage
from drafting.pages.outcome import OutcomePage
from drafting.pages.people import PeoplePage
from drafting.pages.reasons_not_to_share import ReasonsNotToSharePage
from drafting.pages.request import RequestPage
from drafting.pages.sending import InsteadPage, SendingPage
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
    Step("people", "Who this is about", PeoplePage),
    Step("concern", "What is worrying you", ConcernPage),
    Step("request", "Asked by, going to", RequestPage),
    Step("outcome", "Minded to, and why", OutcomePage),
    Step("consent", "What they say", ConsentPage),
    Step("information", "Give and hold back", InformationPage, shares),
    Step("legal_basis", "What lets you share", LegalBasisPage, shares),
    Step("legal_basis", "Why not", ReasonsNotToSharePage, says_why_not),
    Step("sending", "Sent, and told", SendingPage, shares),
    Step("sending", "Instead, and told", InsteadPage, does_not_share),
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
    return saved is not None and not saved.form_data and step.page(draft).accepts_what_was_saved()


def next_key(draft: Draft) -> str:
    """The first step that is not done, or the check page: this one line serves Continue, Change and going back."""
    return next((step.key for step in path(draft) if not is_done(draft, step)), CHECK)


def reachable(draft: Draft) -> list[str]:
    """Every step up to the first that is not done; the check page when all are."""
    first = next_key(draft)
    keys = [step.key for step in path(draft)]
    return [*keys, CHECK] if first == CHECK else keys[: keys.index(first) + 1]
