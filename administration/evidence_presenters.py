"""Requests for evidence, in words."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from administration.evidence_wanted import Counts, Wanted, wanted_by
from administration.models import EvidenceRequest
from ui.moments import moment
from ui.rows import Row

# The tags of a request that can still come to something.
OPEN = ("Can be made", "Waits for a second officer")
Tag = tuple[str, str]


def scope_rows(wanted: Wanted, counts: Counts | EvidenceRequest) -> list[Row]:
    """What it would hold. Names of nobody."""
    return [
        Row("It holds", wanted.words),
        Row("Entries of the audit log", f"{counts.entries:,}"),
        Row("Entries with what people wrote", f"{counts.with_words:,}"),
        Row("Decisions", f"{counts.decisions:,}"),
        Row("Families", f"{counts.families:,}"),
        Row("People", f"{counts.people:,}"),
    ]


def request_rows(request: EvidenceRequest) -> list[Row]:
    asked = f"{request.written_by_then_and_now}, {moment(request.written_at)}"
    rows = [*scope_rows(wanted_by(request), request), Row("Asked by", asked), Row("Why", request.reason)]
    if request.their_reference:
        rows.append(Row("Reference of the court or regulator", request.their_reference))
    addresses = [f"In it: {request.why_addresses}"] if request.addresses else ["Left out"]
    rows.append(Row("Addresses and phone numbers", addresses))
    if reasons := Counter(left_out.reason for left_out in request.left_out.all()):
        rows.append(Row("Fields left out", [f"{count}: {reason}" for reason, count in reasons.items()]))
    if answer := request.answered:
        who = f"{answer.written_by_then_and_now}, {moment(answer.written_at)}"
        rows.append(Row("Agreed" if answer.agreed else "Did not agree", [who, answer.reason]))
    return rows


def status(request: EvidenceRequest, now: dt.datetime) -> Tag:
    """The tag of a request, and its colour."""
    answer = request.answered
    if answer and not answer.agreed:
        return "Not agreed", "grey"
    if now >= request.ends_at:
        return "Over", "grey"
    if request.needs_second and not answer:
        return OPEN[1], "yellow"
    return OPEN[0], "green"


def lines(requests: list[EvidenceRequest], now: dt.datetime) -> list[Mapping[str, object]]:
    return [
        {"request": request, "words": wanted_by(request).words, "tag": status(request, now)} for request in requests
    ]
