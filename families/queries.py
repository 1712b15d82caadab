"""Which families a person may see: those with one of their own teams on it."""

from functools import reduce
from operator import and_, or_
from typing import Any, Self, TypeVar

from django.db.models import Model, Q, QuerySet

from accounts.models import User
from accounts.roles import Permission, Role
from audit.models import AuditedQuerySet

Row = TypeVar("Row", bound=Model)
MOST_WORDS = 8


def families_of(user: User, role: Role | None = None) -> QuerySet[Any]:
    """Keys of the families the person's teams work with. A subquery, never a join: rows can then be locked."""
    from families.models import FamilyTeam  # noqa: PLC0415  (models name their querysets, so this comes later)

    return FamilyTeam.objects.filter(organisation_id=user.organisation_id, team_id__in=user.team_ids(role)).values(
        "family"
    )


class FamilyBoundQuerySet(AuditedQuerySet[Row]):
    """Rows seen with a family. `family_key` is the way from the row to it."""

    family_key = "family_id"

    def visible_to(self, user: User) -> Self:
        if not user.has(Permission.SEE_FAMILIES):
            return self.none()
        return self._in_families(user, None)

    def editable_by(self, user: User) -> Self:
        """Those of the teams the person is a practitioner in: supervising another team gives sight, not a pen."""
        if not user.has(Permission.EDIT_FAMILIES):
            return self.none()
        return self._in_families(user, Role.PRACTITIONER)

    def _in_families(self, user: User, role: Role | None) -> Self:
        return self.filter(organisation_id=user.organisation_id, **{f"{self.family_key}__in": families_of(user, role)})


class FamilyQuerySet(FamilyBoundQuerySet[Row]):
    family_key = "pk"

    def of_team(self, team_id: int) -> Self:
        """Those this very team works with: what is written for a team is read by all of it."""
        from families.models import FamilyTeam  # noqa: PLC0415  (as above)

        return self.filter(pk__in=FamilyTeam.objects.filter(team_id=team_id).values("family"))

    def newest_first(self) -> Self:
        return self.order_by("-registered_at", "-pk")

    def matching(self, words: str) -> Self:
        """Families whose name or reference, or one of whose people, holds every word."""
        asked = words.split()[:MOST_WORDS]
        if not asked:
            return self.none()
        from families.models import Person  # noqa: PLC0415  (as above)

        people = Person.objects.filter(_every_word("name", asked)).values("family")
        return self.filter(_every_word("name", asked) | Q(reference__iexact="".join(asked)) | Q(pk__in=people))


class FamilyRowQuerySet(FamilyBoundQuerySet[Row]):
    """Rows that belong to one family are seen with it."""


class PersonRowQuerySet(FamilyBoundQuerySet[Row]):
    """Rows that belong to one person are seen with the person's family."""

    family_key = "person__family_id"


def _every_word(column: str, words: list[str]) -> Q:
    return reduce(and_, (_any_case(column, word) for word in words))


def _any_case(column: str, word: str) -> Q:
    """SQLite folds only the letters of ASCII, so the usual spellings of the others are asked for one by one."""
    spellings = {word, word.lower(), word.upper(), word.capitalize()} if not word.isascii() else {word}
    return reduce(or_, (Q((f"{column}__icontains", spelling)) for spelling in sorted(spellings)))
