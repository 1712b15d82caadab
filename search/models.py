from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

FOUND = ("family", "person", "decision", "urgent")


def _only(kind: str) -> Q:
    return Q(**{f"{each}__isnull": each != kind for each in FOUND})


class SearchRow(models.Model):
    """What one family, person, recorded decision or urgent record is found by.

    The words themselves stand where each engine can search them (search/engines.py): PostgreSQL has a
    column `words` here, SQLite a full-text table. They are sorted, folded and of no order, made from rows that are in
    the ledger, and can be made again from those at any time; so this table is not in the ledger itself.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    family = models.OneToOneField("families.Family", on_delete=models.CASCADE, null=True, related_name="+")
    person = models.OneToOneField("families.Person", on_delete=models.CASCADE, null=True, related_name="+")
    decision = models.OneToOneField("decisions.Decision", on_delete=models.CASCADE, null=True, related_name="+")
    urgent = models.OneToOneField("decisions.UrgentRecord", on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=reduce(or_, map(_only, FOUND)), name="search_row_finds_one"),
        ]
