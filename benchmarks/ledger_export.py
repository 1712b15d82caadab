"""One export in a process of its own, for benchmarks/ledger.py: says its seconds, and its megabytes at most."""

import sys
import time
from pathlib import Path

from benchmarks.scale import prepare, say


def main(kind: str, path: str, organisation: str) -> None:
    prepare(migrate=False)
    from audit.export import Export  # noqa: PLC0415  models need Django
    from audit.reading import chains  # noqa: PLC0415

    start = time.perf_counter()
    with Path(path).open("wb") as file:
        file.writelines(Export(kind, chains(int(organisation)), values=True))
    seconds = time.perf_counter() - start
    # Of this program alone: what getrusage says began with the program that started it.
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    say(f"{seconds} {int(peak.split()[1]) / 1024}")


if __name__ == "__main__":
    main(*sys.argv[1:])
