"""Takes each condition of the rules out in turn and runs the tests of the rules; prints k/k, or what nobody missed.

    python -m tests.mutation [MODULE ...]

Some minutes, so it is no part of the suite; a test says which modules have changed since (`tried.txt`).
Conditions whose loss changes no answer stand in `equal.txt` with why.
"""

import os
import sys
from collections.abc import Sequence

from tests.mutation.equal import equal
from tests.mutation.mutants import mutants, rule_modules, unchanged
from tests.mutation.trial import noticed
from tests.mutation.tried import write_down


def main(modules: Sequence[str]) -> int:
    unknown = sorted(set(modules) - set(rule_modules()))
    if unknown:
        sys.stderr.write(f"no rules are called {', '.join(unknown)}: name some of {', '.join(rule_modules())}\n")
        return 2
    at_once = os.cpu_count() or 1
    os.environ["THOROUGH"] = "1"  # else a mutant would be missed on some days alone
    if any(noticed([unchanged()], at_once)):
        sys.stdout.write("the tests of the rules fail as they are: mend those first\n")
        return 2
    every = [mutant for module in modules or rule_modules() for mutant in mutants(module)]
    tried = [mutant for mutant in every if mutant.name not in equal()]
    missed = []
    for number, (mutant, found) in enumerate(zip(tried, noticed(tried, at_once), strict=True), 1):
        if not found:
            missed.append(mutant)
            sys.stdout.write(f"nobody missed {mutant}\n")
        sys.stderr.write(f"\r{number}/{len(tried)} tried" + "\n" * (number == len(tried)))
    write_down({mutant.module for mutant in every} - {mutant.module for mutant in missed})
    sys.stdout.write(f"{len(tried) - len(missed)}/{len(tried)} conditions are missed when they are taken out")
    sys.stdout.write(f"; {len(every) - len(tried)} change nothing and say why\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
