"""The page of an import while it runs: sent piece by piece, so that it says how far it is without a script.

The browser that goes away closes the stream, and with it the transaction: nothing is registered.
"""

import logging
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from django.http import StreamingHttpResponse
from django.template.loader import render_to_string

from accounts.access import SignedInRequest
from audit import ledger
from families import actions
from families.actions.importing import Step
from families.importing import reports

log = logging.getLogger(__name__)

STEPS_COME_HERE = "<!-- steps -->"
# All pieces together fit into what is on its way to the browser: nobody holds the transaction open by reading slowly.
MOST_PIECES = 20


def answer(request: SignedInRequest, back: str, **wanted: Any) -> StreamingHttpResponse:
    """`wanted` is what the action takes. Nothing has happened yet when this returns: it does as it is sent."""
    page = render_to_string("families/import_running.html", request=request)
    return StreamingHttpResponse(
        _pieces(page, back, ledger.current_request() or ledger.Request(), wanted),
        content_type="text/html; charset=utf-8",
        # A proxy that collected it first would show nothing, and would not notice that the browser has gone.
        headers={"X-Accel-Buffering": "no"},
    )


def _pieces(page: str, back: str, asked: ledger.Request, wanted: dict[str, Any]) -> Iterator[str]:
    before, _, after = page.partition(STEPS_COME_HERE)
    yield before
    outcome = ""
    try:
        with ledger.within(asked), closing(actions.import_step_by_step(**wanted)) as steps:
            for step in steps:
                outcome = f"Imported: {reports.outcome(step.plan)}."
                if step.done % _every(step) == 0:
                    yield _step(step)
    except Exception:
        # Rolled back. The page has begun, so it says so itself.
        log.exception("An import of families failed")
        outcome = ""
    yield render_to_string("families/import_end.html", {"imported": outcome, "back": back})
    yield after


def _every(step: Step) -> int:
    return max(1, len(step.plan.steps) // MOST_PIECES)


def _step(step: Step) -> str:
    context = {"words": reports.progress(step.plan, step.done), "done": step.done, "total": len(step.plan.steps)}
    return render_to_string("families/import_step.html", context)
