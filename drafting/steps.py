"""The guided form as a table. The answers given decide which steps apply; one view serves them all."""

from collections.abc import Callable
from dataclasses import dataclass

from decisions.models import DraftPage
from drafting.draft import Draft
from drafting.fingerprint import fingerprint
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
    """Before an outcome is chosen, the steps for sharing are shown."""
    return draft.shares or not draft.decision.outcome


def does_not_share(draft: Draft) -> bool:
    return not shares(draft)


def needs_reasons_not_to_share(draft: Draft) -> bool:
    """Passing a decision to a manager, or stopping after consent was withdrawn, needs no view on the lawful basis."""
    return draft.decision.outcome in NOT_SHARED


@dataclass(frozen=True)
class Step:
    key: str
    title: str
    page: type[Page]
    applies: Callable[[Draft], bool] = always


STEPS: tuple[Step, ...] = (
    Step("people", "Who this is about", PeoplePage),
    Step("concern", "Your concern", ConcernPage),
    Step("request", "Who you are sharing with", RequestPage),
    Step("outcome", "Your decision and reasons", OutcomePage),
    Step("consent", "Views and consent", ConsentPage),
    Step("information", "What you will share", InformationPage, shares),
    Step("legal_basis", "Lawful basis", LegalBasisPage, shares),
    Step("legal_basis", "Reasons for not sharing", ReasonsNotToSharePage, needs_reasons_not_to_share),
    Step("sending", "What was sent and who was told", SendingPage, shares),
    Step("sending", "What you did instead", InsteadPage, does_not_share),
)
KEYS = frozenset(step.key for step in STEPS)
CHECK = "check"


def path(draft: Draft) -> list[Step]:
    """The steps that apply, in order."""
    return [step for step in STEPS if step.applies(draft)]


def step_on_path(draft: Draft, key: str) -> Step | None:
    return next((step for step in path(draft) if step.key == key), None)


def is_done(draft: Draft, step: Step) -> bool:
    """Saved, accepted when the draft was last judged, and nothing unfinished left on it."""
    saved = draft.pages.get(step.page.key)
    return saved is not None and saved.complete and not saved.form_data


def update_completeness(draft: Draft) -> None:
    """Ask the form of every saved page whether it accepts the saved answers, and store the result.

    Called in the transaction of whatever changes a draft: an answer on one page can make another page incomplete.
    Records outside the draft change too: recording a decision asks again, and so does the check page where `is_judged`
    says that they did.
    """
    for step in path(draft):
        saved = draft.pages.get(step.page.key)
        if saved is not None and saved.complete != (complete := step.page.accepts_saved_answers(draft)):
            saved.complete = complete
            saved.save(update_fields=["complete"])
    _keep_judged_with(draft, fingerprint(draft))


def leave_unjudged(draft: Draft) -> None:
    """For now none of the saved pages passes for judged, not even where the saved answers are those of before."""
    _keep_judged_with(draft, "")


def _keep_judged_with(draft: Draft, judged_with: str) -> None:
    first = _first_saved(draft)
    if first and first.judged_with != judged_with:
        first.judged_with = judged_with
        first.save(update_fields=["judged_with"])


def is_judged(draft: Draft) -> bool:
    """Whether nothing that a form would judge by has changed since the saved pages were judged."""
    first = _first_saved(draft)
    return first is None or first.judged_with == fingerprint(draft)


def _first_saved(draft: Draft) -> DraftPage | None:
    """The page that was saved before all others keeps what they were judged with: one row to write, not one a page."""
    return min(draft.pages.values(), key=lambda page: page.pk, default=None)


def next_key(draft: Draft) -> str:
    """The first step that is not done, or the check page. Continue, Change and Back all use it."""
    return next((step.key for step in path(draft) if not is_done(draft, step)), CHECK)


def previous_key(draft: Draft, step: Step) -> str:
    """The step before this one, or empty for the first."""
    keys = ["", *(each.key for each in path(draft))]
    return keys[keys.index(step.key) - 1] if step.key in keys else ""


def reachable(draft: Draft) -> list[str]:
    """Every step up to the first that is not done; the check page when all are."""
    first = next_key(draft)
    keys = [step.key for step in path(draft)]
    return [*keys, CHECK] if first == CHECK else keys[: keys.index(first) + 1]
