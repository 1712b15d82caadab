"""An organisation's notices about the law it uses, put together: the latest notice about each provision counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from decisions.models import Decision, LawNotice
from rules.law import Provision
from rules.law_files import checked_provision

DATES = ("effective_from", "effective_to", "checked_on")


@dataclass(frozen=True)
class LawNotices:
    """Commencements confirmed, local provisions, and the first day on which a provision is no longer used."""

    commencements: Mapping[str, date] = field(default_factory=dict)
    local_provisions: tuple[Provision, ...] = ()
    retired: Mapping[str, date] = field(default_factory=dict)


def notices_of(decision: Decision) -> LawNotices:
    """As they are now for a draft; for what is recorded, as they were known when it was recorded."""
    notices = decision.organisation.law_notices.all()
    return gathered(
        notice for notice in notices if decision.recorded_at is None or notice.written_at <= decision.recorded_at
    )


def gathered(notices: Iterable[LawNotice]) -> LawNotices:
    """The notices in the order in which they were written, as what holds after the last of them."""
    commencements: dict[str, date] = {}
    retired: dict[str, date] = {}
    provisions = []
    for notice in notices:
        if notice.what == LawNotice.What.LOCAL:
            provisions.append(provision_from_json(notice.row))
        elif notice.what in {LawNotice.What.COMMENCED, LawNotice.What.NOT_COMMENCED}:
            _apply_notice(commencements, notice)
        else:
            _apply_notice(retired, notice)
    return LawNotices(commencements, tuple(provisions), retired)


def _apply_notice(days: dict[str, date], notice: LawNotice) -> None:
    if notice.on_day is None:
        days.pop(notice.code, None)
    else:
        days[notice.code] = notice.on_day


def provision_from_json(kept: Mapping[str, Any]) -> Provision:
    """A local provision from the JSON it is kept in; raises BadLaw where it is not fit."""
    dates = {name: date.fromisoformat(kept[name]) for name in DATES if kept.get(name)}
    return checked_provision({**kept, **dates})


def provision_as_json(provision: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON in which a local provision is kept: `provision_from_json` reads it back."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in provision.items()}
