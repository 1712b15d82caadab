"""What is closed to somebody, whatever their role: of a family that they know (ADR 46), and restricted (ADR 51)."""

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any, TypeVar

from django.apps import apps

from accounts.compiled_figures import CompiledFigures, Value
from accounts.roles import Role

Rows = TypeVar("Rows", bound=Any)
CACHED = (
    "conflict_families", "conflict_decisions", "_not_named_for", "_about_them", "closed_families", "closed_decisions"
)  # fmt: skip
# From a family to the decisions about it, or about somebody of it.
ABOUT_FAMILY = ("decision_families__decision", "people__on_decisions__decision")


def without_closed(rows: Rows, lookup: str, closed: Collection[int]) -> Rows:
    """Without rows that lead to one of these. The query stays as it is where nothing is closed, as for most people."""
    if not closed:
        return rows
    others: Rows = rows.exclude(**{f"{lookup}__in": sorted(closed)})
    return others


def _restrictions(**of: Any) -> Any:
    """They stand in an app above this one, as conflicts do."""
    return apps.get_model("decisions", "Restriction")._default_manager.filter(**of)


def _conflicts(user: int) -> Any:
    return apps.get_model("families", "DeclaredConflict")._default_manager.filter(user=user, ended=None)


def _concerning(organisation: int, user: int) -> Any:
    return _restrictions(organisation=organisation, concerned=user)


def _of_families(organisation: int, families: list[int]) -> Any:
    return _restrictions(organisation=organisation, family__in=families)


def _not_named_for(organisation: int, user: int) -> Any:
    named = _restrictions(organisation=organisation, readers__user=user, readers__removed=None)
    return _restrictions(organisation=organisation, lifted=None).exclude(pk__in=named.values("pk"))


class _About:
    """Decisions about the families of these rows, or about somebody of them."""

    def __init__(self, rows: Callable[..., Any]) -> None:
        self._ways = [CompiledFigures(_led(rows, f"family__{way}")) for way in ABOUT_FAMILY]

    def keys(self, *values: Value) -> set[int]:
        return {key for way in self._ways for (key,) in way.rows(*values) if key}


def _led(rows: Callable[..., Any], *columns: str) -> Callable[..., Any]:
    return lambda *values: rows(*values).order_by().values_list(*columns)


# Every request of whoever something is closed to asks these: composed each time, they took a fifth of it.
_CONFLICT_FAMILIES, _CONFLICT_DECISIONS = CompiledFigures(_led(_conflicts, "family")), _About(_conflicts)
_CONCERNING = CompiledFigures(_led(_concerning, "family", "decision"))
_DECISIONS_CONCERNING, _DECISIONS_OF_FAMILIES = _About(_concerning), _About(_of_families)
_NOT_NAMED_FOR = CompiledFigures(_led(_not_named_for, "family", "decision"))


class ClosedTo:
    """The families and decisions closed to a user. Read once a request; no query where nothing was ever closed."""

    pk: Any
    organisation_id: Any
    has_conflicts: Any
    has_restricted: Any
    roles: Any

    @cached_property
    def conflict_families(self) -> frozenset[int]:
        """Families that they know or are related to: no duty of theirs opens anything of these."""
        found: set[int] = set()
        if self.has_conflicts:
            found |= {family for (family,) in _CONFLICT_FAMILIES.rows(self.pk)}
        return frozenset(found | {family for family, _ in self._about_them if family})

    @cached_property
    def conflict_decisions(self) -> frozenset[int]:
        """Decisions about such a family, or about somebody of it, drafts among them; and those about themselves."""
        found = {decision for _, decision in self._about_them if decision}
        if self.has_conflicts:
            found |= _CONFLICT_DECISIONS.keys(self.pk)
        if any(family for family, _ in self._about_them):
            found |= _DECISIONS_CONCERNING.keys(self.organisation_id, self.pk)
        return frozenset(found)

    @cached_property
    def closed_families(self) -> frozenset[int]:
        """With those that are restricted to others."""
        return self.conflict_families | {family for family, _ in self._not_named_for if family}

    @cached_property
    def closed_decisions(self) -> frozenset[int]:
        """With those that are restricted to others, and all about a restricted family."""
        families = [family for family, _ in self._not_named_for if family]
        found = {decision for _, decision in self._not_named_for if decision}
        if families:
            found |= _DECISIONS_OF_FAMILIES.keys(self.organisation_id, families)
        return self.conflict_decisions | found

    @cached_property
    def _about_them(self) -> list[tuple[Any, ...]]:
        """Families and decisions that hold a concern about them, restricted still or not."""
        return _CONCERNING.rows(self.organisation_id, self.pk) if self.has_restricted else []

    @cached_property
    def _not_named_for(self) -> list[tuple[Any, ...]]:
        """Families and decisions that are restricted to named people, of whom this is none."""
        return _NOT_NAMED_FOR.rows(self.organisation_id, self.pk) if self.has_restricted else []

    @property
    def is_officer(self) -> bool:
        """Answers for how the whole organisation keeps records."""
        return Role.DATA_PROTECTION_OFFICER in self.roles

    @property
    def families_closed_on_duty(self) -> frozenset[int]:
        """What stays closed where an officer does their duty: answers a request, an incident, keeps to retention."""
        return self.conflict_families if self.is_officer else self.closed_families

    @property
    def decisions_closed_on_duty(self) -> frozenset[int]:
        return self.conflict_decisions if self.is_officer else self.closed_decisions

    @property
    def may_take_whole_log(self) -> bool:
        """As a file, in which nothing can be left out: who has a conflict, or whom a concern is about, takes none.

        Whoever else looks after the log does: of a restricted record the file has no word but its reference.
        """
        return not (self.conflict_families or self.conflict_decisions)
