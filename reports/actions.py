"""Files that leave the site. Each is an entry of the ledger: who took it, of which decisions, and a digest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from audit.due_checkpoints import sign_export
from audit.streams import Sent
from reports.figures import Rows
from reports.log_file import LogFile
from reports.queries import exportable_by

NO_REASON = "Enter why you need what people wrote"


@dataclass(frozen=True)
class Order:
    """`filters` are codes and ids, as in the address of the log."""

    by: User
    filters: Mapping[str, str]
    words: bool
    reason: str

    def enter(self, event: str, at: datetime | None, **figures: int | str) -> None:
        with ledger.recording(actor=self.by, at=at):
            why = {"reason": self.reason} if self.words else {}
            asked = {f"filter.{name}": value for name, value in self.filters.items()}
            details = {**asked, "words": self.words, **why, **figures}
            ledger.append(f"log.{event}", organisation=self.by.organisation_id, details=details)


@dataclass(frozen=True)
class Taken:
    """`decisions` were there when it started, to show how far it has come. Counted because all of them are read."""

    decisions: int
    chunks: Sent


def export_log(
    *, narrowed: Callable[[Rows], Rows], filters: Mapping[str, str], words: bool, reason: str, by: User, at: datetime
) -> Taken:
    """The log as bytes to stream. Its start is entered before the first of them, and how it ended after the last.

    What people wrote goes into it only for a data protection officer, who says why.
    """
    require(by, Permission.EXPORT_LOG)
    if words:
        require(by, Permission.EXPORT_WORDS)
        if not reason.strip():
            raise ValidationError(NO_REASON)
    order = Order(by, filters, words, reason.strip())
    teams = [narrowed(rows) for rows in exportable_by(by)]
    file = LogFile(teams, taken_by=by.name_on_record, taken_at=at, words=words)
    order.enter("export_started", at)

    def ended(complete: bool) -> None:  # noqa: FBT001
        event = "export_finished" if complete else "export_broken_off"
        order.enter(event, None, count=file.count, sha256=file.sha256)
        sign_export([by.organisation_id], at=timezone.now())

    return Taken(sum(rows.count() for rows in teams), Sent(file, ended))


def take_pack(*, about: Mapping[str, str], sha256: str | None = None, by: User, at: datetime) -> None:
    """An inspector's pack was shown, or taken as a PDF with this digest. `about`: days and ids of teams."""
    require(by, Permission.SEE_REPORTS)
    with ledger.recording(actor=by, at=at):
        details = {**about, **({"sha256": sha256} if sha256 else {})}
        event = "report.taken" if sha256 else "report.opened"
        ledger.append(event, organisation=by.organisation_id, details=details)
