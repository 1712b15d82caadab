"""The agreement in full, on a database of its own that is gone afterwards."""

import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.test.utils import setup_test_environment
from hypothesis import HealthCheck, given, settings

from rules.facts import Facts
from tests.agreement.compare import over_http, through_the_forms, with_one_answer_removed
from tests.agreement.complete import complete
from tests.agreement.engine import asked_of_everything
from tests.agreement.form_only import FORM_ONLY
from tests.cast import Company, make_cast
from tests.decisions.any_facts import any_facts

# Other facts than those through the forms.
OVER_HTTP = 100_000


def run(forms: int, http: int, examples: int) -> int:
    logging.disable(logging.WARNING)  # a page that asks once more is no news here
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, serialize=False)
    began = time.monotonic()
    right = [_agree(seed, through_the_forms) for seed in range(forms)]
    left = _left_out(forms)
    walked = [_agree(OVER_HTTP + seed, over_http) for seed in range(http)]
    _never_raises(examples)
    say(f"{sum(right)}/{forms} through the forms, {sum(walked)}/{http} over HTTP agree")
    say(f"{examples} random facts: the engine never raised")
    say(f"{time.monotonic() - began:.0f} seconds")
    return 0 if all(right) and all(walked) and left else 1


def _agree(seed: int, way: Callable[[Facts, Company], list[str]]) -> bool:
    with _rolled_back() as company:
        wrong = way(complete(seed), company)
    for line in wrong:
        say(f"facts {seed}: {line}")
    return not wrong


def _left_out(forms: int) -> bool:
    """Each of them once more, with one answer taken out."""
    became: Counter[str] = Counter()
    asked: set[tuple[str, str]] = set()
    for seed in range(forms):
        with _rolled_back() as company:
            left = with_one_answer_removed(complete(seed), seed, company)
        became[left.became if not left.wrong else "WRONG"] += 1
        asked |= left.asked
        for line in left.wrong:
            say(f"facts {seed}: {line}")
    say("one answer taken out: " + ", ".join(f"{count} {word}" for word, count in became.most_common()))
    never = ", ".join(f"{page} {name}" for page, name in sorted(FORM_ONLY.keys() - asked)) or "none"
    say(f"{len(asked & FORM_ONLY.keys())} of {len(FORM_ONLY)} demands of the form alone were met; never: {never}")
    return not became["WRONG"]


def _never_raises(examples: int) -> None:
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    asking = settings(max_examples=examples, deadline=None, database=None, suppress_health_check=slow)
    asking(given(any_facts())(asked_of_everything))()


@contextmanager
def _rolled_back() -> Iterator[Company]:
    with transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
