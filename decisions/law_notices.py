"""An organisation's law notices, combined: the latest notice about each provision counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from decisions.models import Decision, LawNotice
from rules.law import Provision
from rules.law_files import checked_provision

# A proposal that somebody else has to check, and one that they did not confirm.
NO_EFFECT = frozenset({LawNotice.What.PROPOSED, LawNotice.What.NOT_CONFIRMED})
DATES = ("effective_from", "effective_to", "checked_on")


@dataclass(frozen=True)
class LawNotices:
    """Confirmed commencements, local provisions, and the first day on which a provision is no longer used."""

    commencements: Mapping[str, date] = field(default_factory=dict)
    local_provisions: tuple[Provision, ...] = ()
    retired: Mapping[str, date] = field(default_factory=dict)


def notices_of(decision: Decision) -> LawNotices:
    """The notices now for a draft, and those known when it was recorded for a recorded decision."""
    notices = decision.organisation.law_notices.all()
    return gathered(
        notice for notice in notices if decision.recorded_at is None or notice.written_at <= decision.recorded_at
    )


def gathered(notices: Iterable[LawNotice]) -> LawNotices:
    """Combine notices, given in the order in which they were written."""
    commencements: dict[str, date] = {}
    retired: dict[str, date] = {}
    provisions = []
    for notice in notices:
        if notice.what == LawNotice.What.LOCAL:
            provisions.append(provision_from_json(notice.provision))
        elif notice.what in NO_EFFECT:
            continue
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


def provision_from_json(entry: Mapping[str, Any]) -> Provision:
    """A local provision from its JSON; raises BadLaw if it is not valid."""
    dates = {name: date.fromisoformat(entry[name]) for name in DATES if entry.get(name)}
    return checked_provision({**entry, **dates})


def provision_as_json(provision: Mapping[str, Any]) -> dict[str, Any]:
    """A local provision as JSON, which `provision_from_json` reads back."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in provision.items()}
