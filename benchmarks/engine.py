"""How long the rules take over the facts of one decision, beside reading the same facts from JSON in the same run.

    python -m benchmarks.engine

Microseconds depend on the machine; the ratio hardly does. No test asserts either.
"""

import json
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from rules.assess import assess
from rules.facts import Facts
from rules.facts_file.reader import as_json, facts_from
from tests.rules.scenarios import early_help, s01, s03

ROUNDS, ENOUGH = 15, 0.05


def large() -> Facts:
    """As big as a page allows: sixty items about twelve people, for ten recipients."""
    facts = s03()
    people = tuple(replace(person, ref=f"{person.ref}-{number}") for number in range(4) for person in facts.people)
    refs = tuple(person.ref for person in people)
    recipients = tuple(replace(facts.recipients[0], ref=f"R{number}") for number in range(10))
    to = tuple(recipient.ref for recipient in recipients)
    items = tuple(
        replace(facts.items[0], ref=f"I{number}", about=refs, not_disclosed_to=(), given_to=to, withheld_from={})
        for number in range(60)
    )
    basis = tuple(
        replace(row, person_ref=f"{row.person_ref}-{number}" if row.person_ref else None)
        for number in range(4)
        for row in facts.basis
    )
    return replace(facts, people=people, recipients=recipients, items=items, basis=basis)


def microseconds(act: Callable[[], object]) -> tuple[float, float]:
    """The median of the rounds, and the slowest of them, for one time of doing it."""
    times = 1
    while (taken := _seconds(act, times)) < ENOUGH:
        times = max(times * 2, int(times * ENOUGH / max(taken, 1e-9)))
    rounds = [_seconds(act, times) / times * 1e6 for _ in range(ROUNDS)]
    return statistics.median(rounds), max(rounds)


def _seconds(act: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        act()
    return time.perf_counter() - start


def main() -> int:
    sys.stdout.write(f"Python {platform.python_version()}, {platform.machine()}\n")
    sys.stdout.write("facts | findings | assess, us (slowest round) | read from JSON, us | assess / read\n")
    for name, facts in (("smallest share", early_help()), ("S01", s01()), ("S03", s03()), ("largest", large())):
        text = json.dumps(as_json(facts))
        judged, slowest = microseconds(lambda facts=facts: assess(facts))  # type: ignore[misc]  # bound at once
        read, _ = microseconds(lambda text=text: facts_from(json.loads(text)))  # type: ignore[misc]
        found = len(assess(facts).findings)
        sys.stdout.write(f"{name} | {found} | {judged:.0f} ({slowest:.0f}) | {read:.0f} | {judged / read:.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
