"""Write again what families, people, decisions and urgent records are found by, from the rows themselves."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import QuerySet

from audit.parts import read_parts
from decisions.indexing import ABOVE, index_decision, index_urgent, parts_of
from decisions.models import Decision, UrgentRecord
from families.indexing import index_family
from families.models import Family

AT_ONCE = 100


class Command(BaseCommand):
    help = "Write again what a search finds, for after rows came in past the site: a restored backup, a bulk import."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        families = decisions = urgent = 0
        for rows in _batches(Family.objects.order_by("pk")):
            families += len(rows)
            with transaction.atomic():
                for family in rows:
                    index_family(family)
        for found in _batches(Decision.objects.recorded().with_parts().order_by("pk")):
            decisions += len(found)
            read_parts(found, ABOVE)
            with transaction.atomic():
                for decision in found:
                    index_decision(decision, parts_of(decision))
        for records in _batches(UrgentRecord.objects.order_by("pk")):
            urgent += len(records)
            with transaction.atomic():
                for record in records:
                    index_urgent(record)
        self.stdout.write(
            f"{families} families with their people, {decisions} decisions and {urgent} urgent records can be searched."
        )


def _batches(rows: QuerySet[Any]) -> Any:
    """By key, so that neither memory nor a transaction grows with the site."""
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        yield batch
        last = batch[-1].pk
