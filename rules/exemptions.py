"""The legal reasons for not telling a person, or not showing them: exemptions with their tests, as data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from rules.codes import Code


class ExemptionCode(Code):
    """Which law lets somebody not be told, or not be shown what they ask for."""

    CRIME = "CRIME", "It would prejudice the prevention or detection of crime"
    LAW_OR_COURT = "LAW_OR_COURT", "A law or a court requires it, and telling them would prevent that"
    PROTECT_PUBLIC = "PROTECT_PUBLIC", "It would prejudice a listed function that protects the public"
    COURT_REPORT = "COURT_REPORT", "The court's own rules let it be withheld from them"
    KNOWS_ALREADY = "KNOWS_ALREADY", "They know it already"
    IMPOSSIBLE_OR_IMPAIR = "IMPOSSIBLE_OR_IMPAIR", "It is impossible, or would seriously impair what it is for"
    LAID_DOWN_BY_LAW = "LAID_DOWN_BY_LAW", "The law requires it to be obtained or disclosed"
    SECRECY = "SECRECY", "It must stay confidential under a professional duty"
    SERIOUS_HARM = "SERIOUS_HARM", "Showing it would seriously harm somebody's health"
    CHILD_ABUSE = "CHILD_ABUSE", "Showing it is not in the child's best interests"


FROM_THE_PERSON, FROM_OTHERS, FROM_EITHER = "person", "others", "either"
OBTAINED = frozenset({FROM_THE_PERSON, FROM_OTHERS, FROM_EITHER})


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """One exemption. `informing`: it lets a person not be told; `access`: not be shown what they ask for."""

    code: str
    informing: bool
    access: bool
    obtained: str
    reasons: tuple[str, ...]
    where_crime: tuple[str, ...] = ()
    plain_english: str
    citation: str
    tests: tuple[str, ...]
    confidence: str
    source: str
    checked_on: date


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("rules").joinpath("data", "exemptions.toml").read_text(encoding="utf-8"))


def exemptions_version() -> str:
    """Which version of the list this is: a record keeps it beside what it took from the list."""
    return str(_data()["version"])


@cache
def exemptions() -> tuple[Exemption, ...]:
    """All of them, in the order of the file."""
    data = _data()
    return tuple(_exemption({"checked_on": data["checked_on"], **entry}) for entry in data["exemption"])


def _exemption(entry: Mapping[str, Any]) -> Exemption:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Exemption(**values)


def exemption(code: str) -> Exemption | None:
    return next((each for each in exemptions() if each.code == code), None)


def fits(code: str, reason: str) -> bool:
    """Whether this law can stand behind not telling somebody for this reason.

    An exemption without reasons of its own, such as that they know already, goes with any.
    """
    found = exemption(code)
    return found is not None and found.informing and (not reason or not found.reasons or reason in found.reasons)


def fits_a_crime(code: str, reason: str) -> bool:
    """Whether this law can stand behind this reason where a crime is feared or looked into, and not otherwise."""
    found = exemption(code)
    return found is not None and reason in found.where_crime


def from_informing(reason: str = "", *, obtained: str = FROM_EITHER) -> tuple[Exemption, ...]:
    """What lets a person not be told, for this reason or any, of what came from them, from others or from both.

    Empty for a reason that no law stands behind, such as delay: the person is told later.
    """
    return tuple(
        each
        for each in exemptions()
        if each.informing
        and (not reason or reason in each.reasons)
        and (obtained == FROM_EITHER or each.obtained in {FROM_EITHER, obtained})
    )
