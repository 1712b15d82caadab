from django.db import models
from django.db.models import Q


class SearchRow(models.Model):
    """What one family, person or recorded decision is found by.

    The words themselves stand where each engine can search them (search/engines.py): PostgreSQL has a
    column `words` here, SQLite a full-text table. They are sorted, folded and of no order, made from rows that are in
    the ledger, and can be made again from those at any time; so this table is not in the ledger itself.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    family = models.OneToOneField("families.Family", on_delete=models.CASCADE, null=True, related_name="+")
    person = models.OneToOneField("families.Person", on_delete=models.CASCADE, null=True, related_name="+")
    decision = models.OneToOneField("decisions.Decision", on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(family__isnull=False, person__isnull=True, decision__isnull=True)
                | Q(family__isnull=True, person__isnull=False, decision__isnull=True)
                | Q(family__isnull=True, person__isnull=True, decision__isnull=False),
                name="search_row_finds_one",
            )
        ]
