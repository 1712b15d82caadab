"""Law notices by a data protection officer: each is a new row, and none is ever changed (ADR 0021).

Submitting the same notice twice makes one, so a double click is harmless.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.actions.acting import acting, lock_organisation
from accounts.actions.notices import tell_of_law
from accounts.models import AccessNotice, Organisation, User
from accounts.roles import Permission
from decisions.law_notices import gathered, provision_as_json
from decisions.models import LawNotice
from rules.law import Law, Provision
from rules.law_files import BadLaw, checked_provision, load
from rules.local_provisions import BAD_NAME, code_of, contradictions
from ui.moments import moment

What = LawNotice.What
# The day the GDPR applied. No provision is used here from an earlier day.
FIRST_DAY = date(2018, 5, 25)
FARTHEST = timedelta(days=731)
BACK: Mapping[str, What] = {What.COMMENCED: What.NOT_COMMENCED, What.RETIRED: What.NOT_RETIRED}
# What one officer says without a second person: the others are told at once (ADR 0045).
SAID_ALONE: Mapping[str, AccessNotice.Change] = {
    What.NOT_COMMENCED: AccessNotice.Change.LAW_ENDS, What.RETIRED: AccessNotice.Change.LAW_ENDS,
    What.NOT_RETIRED: AccessNotice.Change.LAW_BEGINS, What.LOCAL: AccessNotice.Change.LAW_ADDED,
}  # fmt: skip
ABOUT_THE_SAME = ({What.COMMENCED, What.NOT_COMMENCED}, {What.RETIRED, What.NOT_RETIRED}, {What.LOCAL})
SOMEBODY_ELSE = "You proposed it. Somebody else has to read the source and check it"
CHANGED_SINCE = "There is a later notice about this provision. Go back and check the list."


def propose_commencement(
    *, code: str, on_day: date, source_title: str, source: str, looked_up_on: date, by: User, at: datetime
) -> LawNotice:
    """Propose that an enacted provision has commenced or will on a day. It has no effect until somebody else checks it.

    Of several proposals about one provision only the latest can be checked.
    """
    with _making_notice(by, at) as (actor, organisation):
        provision = next(
            (provision for provision in load().all_provisions if provision.code == code and not provision.on), None
        )
        if provision is None:
            raise ValidationError({"code": "Choose a law from the list."})
        # The provision's own date is provisional, but no law commences before it is enacted.
        _refuse_day(on_day, provision.enacted_on or provision.effective_from, at)
        columns = {
            "what": What.PROPOSED, "code": code, "on_day": on_day, "source": source.strip(),
            "source_title": source_title.strip(), "looked_up_on": looked_up_on,
        }  # fmt: skip
        waiting = latest_proposal(organisation, code)
        if waiting is not None and not is_answered(waiting) and _has_columns(waiting, columns):
            return waiting
        return _write(organisation, actor, at, **columns)


def check_commencement(*, proposal: LawNotice, agrees: bool, why: str = "", by: User, at: datetime) -> LawNotice:
    """Answer a proposal as a second person who read its source: from then on the law is in force here, or it is not.

    Raises ValidationError for one's own proposal, and where there is a later one. Answered twice alike, it is one.
    """
    with acting(by=by, permission=Permission.CHECK_LAW, at=at) as actor:
        organisation = lock_organisation(actor)
        found = organisation.law_notices.filter(pk=proposal.pk, what=What.PROPOSED).first()
        if found is None:
            raise PermissionDenied
        if found.written_by_id == actor.pk:
            raise ValidationError(SOMEBODY_ELSE)
        answer = organisation.law_notices.filter(proposal=found).first()
        wanted = What.COMMENCED if agrees else What.NOT_CONFIRMED
        if answer is not None and answer.what == wanted and answer.written_by_id == actor.pk:
            return answer
        if answer is not None or latest_proposal(organisation, found.code) != found:
            raise ValidationError(CHANGED_SINCE)
        columns = {"code": found.code, "source": found.source, "source_title": found.source_title, "proposal": found}
        if agrees:
            columns |= {"on_day": found.on_day, "looked_up_on": timezone.localdate(at)}
        return _write(organisation, actor, at, what=wanted, why="" if agrees else why.strip(), **columns)


def latest_proposal(organisation: Organisation, code: str) -> LawNotice | None:
    found: LawNotice | None = organisation.law_notices.filter(code=code, what=What.PROPOSED).last()
    return found


def is_answered(proposal: LawNotice) -> bool:
    return LawNotice.objects.filter(proposal=proposal).exists()


def add_local_provision(*, name: str, answers: Mapping[str, Any], by: User, at: datetime) -> LawNotice:
    """Add a provision of the organisation's own. It can be retired, but never changed."""
    code = code_of(name)
    if not code:
        raise ValidationError({"name": BAD_NAME})
    entry = {**answers, "code": code}
    provision = _checked(entry)
    with _making_notice(by, at) as (actor, organisation):
        _refuse_day(provision.effective_from, FIRST_DAY, at, "effective_from")
        as_json = provision_as_json(entry)
        existing = organisation.law_notices.filter(local_code=code).first()
        if existing and existing.provision != as_json:
            raise ValidationError({"name": "There is already a provision with this name. Choose another name."})
        return _add_notice(
            organisation, actor, at, what=What.LOCAL, code=code, local_code=code, provision=as_json,
            on_day=provision.effective_from, source=provision.source,
        )  # fmt: skip


def retire_provision(*, code: str, on_day: date, source: str, why: str, by: User, at: datetime) -> LawNotice:
    """From that day on nobody here can choose the provision. Decisions recorded with it keep it."""
    with _making_notice(by, at) as (actor, organisation):
        provision = law_before_retiring(organisation).any_provision(code)
        if provision is None:
            raise ValidationError({"code": "Choose a provision from the list."})
        _refuse_day(on_day, max(provision.effective_from, FIRST_DAY), at)
        if provision.effective_to is not None and provision.effective_to < on_day:
            raise ValidationError(
                {"code": f"It already ended on {moment(provision.effective_to)}. Choose another provision."}
            )
        return _add_notice(
            organisation, actor, at, what=What.RETIRED, code=code, on_day=on_day, source=source.strip(),
            why=why.strip(),
        )  # fmt: skip


def withdraw_law_notice(*, notice: LawNotice, source: str, why: str, by: User, at: datetime) -> LawNotice:
    """Withdraw a commencement or a retirement, if it is the latest notice about its provision."""
    with _making_notice(by, at) as (actor, organisation):
        withdrawn = organisation.law_notices.filter(pk=notice.pk, what__in=BACK).first()
        if withdrawn is None:
            raise PermissionDenied
        columns = {"what": BACK[withdrawn.what], "code": withdrawn.code, "source": source.strip(), "why": why.strip()}
        latest = _latest(organisation, withdrawn.code, withdrawn.what)
        if latest != withdrawn and not _has_columns(latest, columns):
            raise ValidationError(CHANGED_SINCE)
        return _add_notice(organisation, actor, at, **columns)


def law_before_retiring(organisation: Organisation) -> Law:
    """The law with local provisions and confirmed commencements, but with nothing retired."""
    notices = gathered(organisation.law_notices.all())
    return load().for_us(notices.commencements, notices.local_provisions)


@contextmanager
def _making_notice(by: User, at: datetime) -> Iterator[tuple[User, Organisation]]:
    """Lock the organisation, so that the second of two concurrent notices sees the first."""
    with acting(by=by, permission=Permission.CONFIRM_LAW, at=at) as actor:
        yield actor, lock_organisation(actor)


def _checked(entry: Mapping[str, Any]) -> Provision:
    wrong = contradictions(entry)
    if wrong:
        raise ValidationError({name: [message] for name, message in wrong.items()})
    try:
        return checked_provision(entry)
    except BadLaw as error:
        raise ValidationError(f"This provision cannot be added: {error}.") from error


def _refuse_day(on_day: date, first: date, at: datetime, field: str = "on_day") -> None:
    last = timezone.localdate(at) + FARTHEST
    if not first <= on_day <= last:
        raise ValidationError({field: f"Enter a day from {moment(first)} to {moment(last)}."})


def _latest(organisation: Organisation, code: str, what: str) -> LawNotice | None:
    about = next(group for group in ABOUT_THE_SAME if what in group)
    latest: LawNotice | None = organisation.law_notices.filter(code=code, what__in=about).last()
    return latest


def _has_columns(notice: LawNotice | None, columns: Mapping[str, Any]) -> bool:
    return notice is not None and all(getattr(notice, name) == value for name, value in columns.items())


def _add_notice(organisation: Organisation, by: User, at: datetime, **columns: Any) -> LawNotice:
    latest = _latest(organisation, columns["code"], columns["what"])
    if latest is not None and _has_columns(latest, columns):
        return latest
    return _write(organisation, by, at, **columns)


def _write(organisation: Organisation, by: User, at: datetime, **columns: Any) -> LawNotice:
    notice = LawNotice(organisation=organisation, written_by=by, written_at=at, **columns)
    notice.save()
    if notice.what in SAID_ALONE:
        rows = law_before_retiring(organisation).all_provisions
        named = next((row.short_name for row in rows if row.code == notice.code), notice.code)
        tell_of_law(by, SAID_ALONE[notice.what], law=named, at=at)
    return notice
