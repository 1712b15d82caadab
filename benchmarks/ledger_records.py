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
from collections.abc import Callable

from benchmarks.ledger import in_turn
from benchmarks.scale import prepare, say
from tests import cluster


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
    from benchmarks.record_fill import fill  # noqa: PLC0415

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


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--decisions", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    sys.exit(main(**vars(parser.parse_args())))
