"""What comparing closed records with the audit log costs, beside verifying the chain of the same entries.

    python -m benchmarks.ledger_records [--decisions 2000] [--rounds 3]

One decision is recorded through the actions; the others are its copies, each with entries as its own recording would
make them. Both take turns. No test asserts a time; docs/speed.md has the figures.
"""

import argparse
import os
import resource
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from benchmarks.ledger import in_turn
from benchmarks.scale import prepare, say
from tests import cluster

# Further apart than any keys of the one that is copied.
STEP = 1_000
AT_ONCE = 100


def main(decisions: int, rounds: int) -> int:
    programs = cluster.binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed.")
    with cluster.cluster(programs) as url:
        os.environ["TEST_DATABASE_URL"] = url
        prepare()
        measure(decisions, rounds)
    return 0


def measure(decisions: int, rounds: int) -> None:
    from audit.record_verification import compare  # noqa: PLC0415  models need Django
    from audit.verification import verify  # noqa: PLC0415

    organisation = fill(decisions)
    chain, records = verify(organisation), compare(organisation)
    if chain.broken or records.first:
        raise SystemExit(str(chain.broken or records.first))
    taken = in_turn(
        rounds, {"chain": timed(lambda: verify(organisation)), "records": timed(lambda: compare(organisation))}
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say("work | entries | records | verify the chain, s | compare the records, s | one by the other | memory, MB")
    say(f"{decisions} decisions | {chain.entries} | {records.rows} | {taken['chain']:.2f} | {taken['records']:.2f} | "
        f"{taken['records'] / taken['chain']:.2f} | {memory:.0f}")  # fmt: skip


def timed(work: Callable[[], object]) -> Callable[[], float]:
    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return once


def fill(decisions: int) -> int:
    """The organisation, whose decisions are there, each with its parts, events and entries."""
    from django.db import connection, models, transaction  # noqa: PLC0415

    from audit import triggers  # noqa: PLC0415
    from audit.models import LedgerEntry  # noqa: PLC0415
    from tests.cast import make_cast  # noqa: PLC0415
    from tests.decisions.event_stories import agreed, recorded  # noqa: PLC0415

    at = datetime.now(UTC)
    cast = make_cast()
    template = list(_with_parts(recorded(cast, agreed(at), at)))
    here: int = cast.organisation.pk
    triggers.drop_all(connection)
    last = LedgerEntry.objects.filter(organisation=here).order_by("-seq")[0]
    head, seq = last.entry_hash, last.seq
    for start in range(1, decisions, AT_ONCE):
        with transaction.atomic():
            copies = [
                row for number in range(start, min(start + AT_ONCE, decisions)) for row in _copies(template, number)
            ]
            for model in dict.fromkeys(type(row) for row in template):
                models.QuerySet(model).bulk_create([row for row in copies if type(row) is model])
            entries = [entry for row in copies for entry in _entries(row, at)]
            for entry in entries:
                seq += 1
                entry.organisation, entry.seq, entry.prev_hash = here, seq, head
                head = _sealed(entry)
            models.QuerySet(LedgerEntry).bulk_create(entries, batch_size=2_000)
    triggers.make_all(connection)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return here


def _with_parts(decision: Any) -> Iterator[Any]:
    from django.db import models  # noqa: PLC0415

    from audit.closed_rows import closed_models  # noqa: PLC0415

    yield models.QuerySet(type(decision)).get(pk=decision.pk)
    for model in closed_models():
        if any(field.name == "decision" for field in model._meta.concrete_fields):
            yield from models.QuerySet(model).filter(decision=decision).order_by("pk")


def _copies(template: list[Any], number: int) -> Iterator[Any]:
    kinds = {type(row) for row in template}
    for row in template:
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        for field in row._meta.concrete_fields:
            ours = field.primary_key or (field.is_relation and field.related_model in kinds)
            if ours and values[field.attname] is not None:
                values[field.attname] += number * STEP
        if "public_id" in values:
            values["public_id"] = uuid.uuid4()
        if values.get("reference") == template[0].reference:
            values["reference"] = f"D-{number:06d}"
        yield type(row)(**values)


def _entries(row: Any, at: datetime) -> Iterator[Any]:
    """That it was made, as a draft, and its values once it was recorded."""
    from audit.closed_rows import entered_values  # noqa: PLC0415
    from audit.models import WITHHELD, LedgerEntry  # noqa: PLC0415
    from audit.serialising import serialise  # noqa: PLC0415

    values = serialise(entered_values(row))
    made = {"event": "created", "action": 0, "changes": dict.fromkeys(values, WITHHELD)}
    for written in (made, {"event": "decision.part_recorded", "action": 3, "changes": values}):
        entry = LedgerEntry(timestamp=at, recorded_at=at, actor_id=1, actor_email="one@north.test", cid="0" * 32)
        entry.take(row, {})
        entry.additional_data = {}
        for name, value in written.items():
            setattr(entry, name, value)
        yield entry


def _sealed(entry: Any) -> str:
    from audit import chain  # noqa: PLC0415

    chain.seal(entry)
    return str(entry.entry_hash)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--decisions", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    sys.exit(main(**vars(parser.parse_args())))
