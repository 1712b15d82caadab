"""What an organisation has said about the law it uses, put together: the latest word about each row holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from decisions.models import Decision, LawNotice
from rules.law import Provision
from rules.law_files import checked_row

DATES = ("effective_from", "effective_to", "checked_on")


@dataclass(frozen=True)
class LawNotices:
    """Commencements confirmed, rows of one's own, and the first day on which a row is used no longer."""

    commencements: Mapping[str, date] = field(default_factory=dict)
    local_provisions: tuple[Provision, ...] = ()
    retired: Mapping[str, date] = field(default_factory=dict)


def notices_of(decision: Decision) -> LawNotices:
    """As they are now for a draft; for what is recorded, as they were known when it was recorded."""
    said = decision.organisation.law_notices.all()
    return gathered(one for one in said if decision.recorded_at is None or one.written_at <= decision.recorded_at)


def gathered(said: Iterable[LawNotice]) -> LawNotices:
    """The notices in the order in which they were written, as what holds after the last of them."""
    begun: dict[str, date] = {}
    retired: dict[str, date] = {}
    rows = []
    for one in said:
        if one.what == LawNotice.What.LOCAL:
            rows.append(row_of(one.row))
        elif one.what in {LawNotice.What.COMMENCED, LawNotice.What.NOT_COMMENCED}:
            _last_word(begun, one)
        else:
            _last_word(retired, one)
    return LawNotices(begun, tuple(rows), retired)


def _last_word(days: dict[str, date], one: LawNotice) -> None:
    if one.on_day is None:
        days.pop(one.code, None)
    else:
        days[one.code] = one.on_day


def row_of(kept: Mapping[str, Any]) -> Provision:
    """A local row from the JSON it is kept in; raises BadLaw where it is not fit."""
    dates = {name: date.fromisoformat(kept[name]) for name in DATES if kept.get(name)}
    return checked_row({**kept, **dates})


def kept_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON in which a local row is kept: `row_of` reads it back."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
