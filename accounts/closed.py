"""What is closed to somebody, whatever their role: of a family that they know (ADR 46), and restricted (ADR 51)."""

from collections.abc import Collection
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model

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


def _about(rows: Any) -> set[int]:
    """Decisions about the families of these rows, or about somebody of them."""
    return {key for way in ABOUT_FAMILY for key in rows.values_list(f"family__{way}", flat=True) if key}


class ClosedTo:
    """Of a user. Read once a request, and not at all for those to whom nothing was ever closed."""

    pk: Any
    organisation_id: Any
    has_conflicts: Any
    has_restricted: Any
    declared_conflicts: Any
    roles: Any
    _meta: Any

    @cached_property
    def conflict_families(self) -> frozenset[int]:
        """Families that they know or are related to: no duty of theirs opens anything of these."""
        found: set[int] = set()
        if self.has_conflicts:
            found |= set(self.declared_conflicts.filter(ended=None).values_list("family", flat=True))
        return frozenset(found | {family for family, _ in self._about_them if family})

    @cached_property
    def conflict_decisions(self) -> frozenset[int]:
        """Decisions about such a family, or about somebody of it, drafts among them; and those about themselves."""
        found = {decision for _, decision in self._about_them if decision}
        if self.has_conflicts:
            found |= _about(self.declared_conflicts.filter(ended=None))
        if any(family for family, _ in self._about_them):
            found |= _about(self._restrictions.filter(concerned=self.pk))
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
            found |= _about(self._restrictions.filter(family__in=families))
        return self.conflict_decisions | found

    @cached_property
    def _about_them(self) -> list[tuple[int | None, int | None]]:
        """Families and decisions that hold a concern about them, restricted still or not."""
        if not self.has_restricted:
            return []
        return list(self._restrictions.filter(concerned=self.pk).values_list("family", "decision"))

    @cached_property
    def _not_named_for(self) -> list[tuple[int | None, int | None]]:
        """Families and decisions that are restricted to named people, of whom this is none."""
        if not self.has_restricted:
            return []
        named = self._restrictions.filter(readers__user=self.pk, readers__removed=None)
        rows = self._restrictions.filter(lifted=None).exclude(pk__in=named.values("pk"))
        return list(rows.values_list("family", "decision"))

    @property
    def is_officer(self) -> bool:
        """Answers for how the whole organisation keeps records."""
        return Role.DATA_PROTECTION_OFFICER in self.roles

    @property
    def shut_families(self) -> frozenset[int]:
        """What stays closed where an officer does their duty: answers a request, an incident, keeps to retention."""
        return self.conflict_families if self.is_officer else self.closed_families

    @property
    def shut_decisions(self) -> frozenset[int]:
        return self.conflict_decisions if self.is_officer else self.closed_decisions

    @property
    def may_take_whole_log(self) -> bool:
        """As a file, in which nothing can be left out: who has a conflict, or whom a concern is about, takes none.

        Whoever else looks after the log does: of a restricted record the file has no word but its reference.
        """
        return not (self.conflict_families or self.conflict_decisions)

    @property
    def _restrictions(self) -> Any:
        """They stand in an app above this one."""
        organisations: type[Model] = self._meta.get_field("organisation").related_model
        restrictions: Any = organisations._meta.get_field("restrictions").related_model
        return restrictions._default_manager.filter(organisation=self.organisation_id)
