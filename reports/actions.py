"""Files that leave the site. Each is an entry of the ledger: who took it, of which decisions, and a digest."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
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


def export_log(
    *, narrowed: Callable[[Rows], Rows], filters: Mapping[str, str], words: bool, reason: str, by: User, at: datetime
) -> Iterator[bytes]:
    """The log as bytes to stream. Its start is entered before the first of them, and how it ended after the last.

    What people wrote goes into it only for a data protection officer, who says why.
    """
    require(by, Permission.EXPORT_LOG)
    if words:
        require(by, Permission.EXPORT_WORDS)
        if not reason.strip():
            raise ValidationError(NO_REASON)
    order = Order(by, filters, words, reason.strip())
    order.enter("export_started", at)
    file = LogFile(narrowed(exportable_by(by)), taken_by=by.name_on_record, taken_at=at, words=words)
    return _stream(order, file, ledger.current_request() or ledger.Request())


def _stream(order: Order, file: LogFile, request: ledger.Request) -> Generator[bytes, None, None]:
    event = "export_broken_off"
    try:
        yield from file
        event = "export_finished"
    finally:
        # The response is already sent, or the client is gone; the entry still has the request's id.
        with ledger.within(request):
            order.enter(event, None, count=file.count, sha256=file.sha256)


def take_pack(*, about: Mapping[str, str], sha256: str | None = None, by: User, at: datetime) -> None:
    """An inspector's pack was shown, or taken as a PDF with this digest. `about`: days and ids of teams."""
    require(by, Permission.SEE_REPORTS)
    with ledger.recording(actor=by, at=at):
        details = {**about, **({"sha256": sha256} if sha256 else {})}
        event = "report.taken" if sha256 else "report.opened"
        ledger.append(event, organisation=by.organisation_id, details=details)
