"""Takes each condition of the rules out in turn and runs the tests of the rules; prints k/k, or what nobody missed.

    python -m tests.mutation [MODULE ...]

Some minutes, so it is no part of the suite. Conditions whose loss changes no answer stand in `equal.txt` with why.
"""

import os
import sys
from collections.abc import Sequence

from tests.mutation.equal import equal
from tests.mutation.mutants import mutants, rule_modules, unchanged
from tests.mutation.trial import noticed


def main(modules: Sequence[str]) -> int:
    at_once = os.cpu_count() or 1
    os.environ["THOROUGH"] = "1"  # else a mutant would be missed on some days alone
    if any(noticed([unchanged()], at_once)):
        sys.stdout.write("the tests of the rules fail as they are: mend those first\n")
        return 2
    every = [mutant for module in modules or rule_modules() for mutant in mutants(module)]
    tried = [mutant for mutant in every if mutant.name not in equal()]
    missed = 0
    for number, (mutant, found) in enumerate(zip(tried, noticed(tried, at_once), strict=True), 1):
        missed += not found
        if not found:
            sys.stdout.write(f"nobody missed {mutant}\n")
        sys.stderr.write(f"\r{number}/{len(tried)} tried")
    sys.stdout.write(f"\n{len(tried) - missed}/{len(tried)} conditions are missed when they are taken out")
    sys.stdout.write(f"; {len(every) - len(tried)} change nothing and say why\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
