"""What a data protection officer says about a row of the law: each a new notice, none a change (ADR 0021).

The same words said twice running are one notice, so sending a page twice is harmless.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.actions.acting import acting, lock_organisation
from accounts.models import Organisation, User
from accounts.roles import Permission
from decisions.law_notices import gathered, provision_as_json
from decisions.models import LawNotice
from rules.law import Law, Provision
from rules.law_files import BadLaw, checked_provision, load
from rules.local_provisions import BAD_NAME, code_of, contradictions
from ui.moments import moment

What = LawNotice.What
# Before it there was neither the UK GDPR nor this site.
FIRST_DAY = date(2018, 5, 25)
FARTHEST = timedelta(days=731)
BACK: Mapping[str, What] = {What.COMMENCED: What.NOT_COMMENCED, What.RETIRED: What.KEPT}
ABOUT_THE_SAME = ({What.COMMENCED, What.NOT_COMMENCED}, {What.RETIRED, What.KEPT}, {What.LOCAL})
CHANGED_SINCE = "Something else has been said about this row since. Go back and look at the list."


def confirm_commencement(*, code: str, on_day: date, source: str, by: User, at: datetime) -> LawNotice:
    """A law that is made has begun, or will begin, on that day. Said again with another day, the later word holds."""
    with _speaking(by, at) as (actor, organisation):
        row = next((one for one in load().all_provisions if one.code == code and not one.on), None)
        if row is None:
            raise ValidationError({"code": "Choose a law from the list."})
        # The row's own day is only reported, and no law begins before the year in which it was made.
        _refuse_day(on_day, row.effective_from.replace(month=1, day=1), at)
        return _say(organisation, actor, at, what=What.COMMENCED, code=code, on_day=on_day, source=source.strip())


def add_local_provision(*, name: str, row: Mapping[str, Any], by: User, at: datetime) -> LawNotice:
    """A row of the organisation's own. It can be retired and never changed: another takes its place."""
    code = code_of(name)
    if not code:
        raise ValidationError({"name": BAD_NAME})
    entry = {**row, "code": code}
    made = _checked(entry)
    with _speaking(by, at) as (actor, organisation):
        _refuse_day(made.effective_from, FIRST_DAY, at, "effective_from")
        kept = provision_as_json(entry)
        there = organisation.law_notices.filter(made_code=code).first()
        if there and there.row != kept:
            raise ValidationError({"name": f"{code} is there already. Give this row another name."})
        return _say(
            organisation, actor, at, what=What.LOCAL, code=code, made_code=code, row=kept,
            on_day=made.effective_from, source=made.source,
        )  # fmt: skip


def retire_provision(*, code: str, on_day: date, source: str, why: str, by: User, at: datetime) -> LawNotice:
    """From that day on nobody here is offered it. What was recorded with it keeps it."""
    with _speaking(by, at) as (actor, organisation):
        row = law_before_retiring(organisation).any_provision(code)
        if row is None:
            raise ValidationError({"code": "Choose a row from the list."})
        _refuse_day(on_day, max(row.effective_from, FIRST_DAY), at)
        if row.effective_to is not None and row.effective_to < on_day:
            raise ValidationError({"code": f"It ended on {moment(row.effective_to)} by itself. Choose another row."})
        return _say(
            organisation, actor, at, what=What.RETIRED, code=code, on_day=on_day, source=source.strip(),
            why=why.strip(),
        )  # fmt: skip


def withdraw_law_notice(*, notice: LawNotice, source: str, why: str, by: User, at: datetime) -> LawNotice:
    """A law has not begun after all, or a row is used here after all. Only the latest word can be taken back."""
    with _speaking(by, at) as (actor, organisation):
        said = organisation.law_notices.filter(pk=notice.pk, what__in=BACK).first()
        if said is None:
            raise PermissionDenied
        words = {"what": BACK[said.what], "code": said.code, "source": source.strip(), "why": why.strip()}
        latest = _latest(organisation, said.code, said.what)
        if latest != said and not _says(latest, words):
            raise ValidationError(CHANGED_SINCE)
        return _say(organisation, actor, at, **words)


def law_before_retiring(organisation: Organisation) -> Law:
    """The law with the organisation's own rows and the starts it has confirmed, and nothing taken out."""
    notices = gathered(organisation.law_notices.all())
    return load().for_us(notices.commencements, notices.local_provisions)


@contextmanager
def _speaking(by: User, at: datetime) -> Iterator[tuple[User, Organisation]]:
    """Whoever says something about the law waits here for the one before."""
    with acting(by=by, permission=Permission.CONFIRM_LAW, at=at) as actor:
        yield actor, lock_organisation(actor)


def _checked(entry: Mapping[str, Any]) -> Provision:
    wrong = contradictions(entry)
    if wrong:
        raise ValidationError({name: [message] for name, message in wrong.items()})
    try:
        return checked_provision(entry)
    except BadLaw as error:
        raise ValidationError(f"This row cannot be kept: {error}.") from error


def _refuse_day(on_day: date, first: date, at: datetime, field: str = "on_day") -> None:
    last = timezone.localdate(at) + FARTHEST
    if not first <= on_day <= last:
        raise ValidationError({field: f"Enter a day from {moment(first)} to {moment(last)}."})


def _latest(organisation: Organisation, code: str, what: str) -> LawNotice | None:
    about = next(group for group in ABOUT_THE_SAME if what in group)
    found: LawNotice | None = organisation.law_notices.filter(code=code, what__in=about).last()
    return found


def _says(notice: LawNotice | None, words: Mapping[str, Any]) -> bool:
    return notice is not None and all(getattr(notice, name) == value for name, value in words.items())


def _say(organisation: Organisation, by: User, at: datetime, **words: Any) -> LawNotice:
    latest = _latest(organisation, words["code"], words["what"])
    if latest is not None and _says(latest, words):
        return latest
    notice = LawNotice(organisation=organisation, written_by=by, written_at=at, **words)
    notice.save()
    return notice
