"""Facts from outside bring no law of their own: only what stands in the tables here counts."""

from collections.abc import Iterator

from rules.facts import Facts
from rules.facts_file.problems import place, shown
from rules.facts_file.reader import BadFacts, read
from rules.law_files import load


def read_outside(raw: bytes | str) -> Facts:
    """The facts in a file that somebody else wrote; raises `BadFacts`."""
    return checked(read(raw))


def checked(facts: Facts) -> Facts:
    """The same facts; raises `BadFacts` where they claim law that is not known here."""
    if found := list(problems_of_law(facts)):
        raise BadFacts(found)
    return facts


def problems_of_law(facts: Facts) -> Iterator[str]:
    """Provisions of their own, and days on which law is said to start or to be given up that it cannot have."""
    known = {provision.code: provision for provision in load().all_provisions}
    for number, provision in enumerate(facts.local_provisions):
        yield (
            f"{place(('local_provisions', number))}: {shown(provision.code)} is no provision of docs/law.md: "
            "a file cannot bring one of its own"
        )
    for code in facts.retired:
        if code not in known:
            yield f"{place(('retired', code))}: is no provision of docs/law.md"
    for code, day in facts.commencements.items():
        waiting = known.get(code)
        if waiting is None or waiting.on:
            yield f"{place(('commencements', code))}: is no provision that waits for its start"
        elif waiting.enacted_on and day < waiting.enacted_on:
            yield f"{place(('commencements', code))}: {day} is before it was enacted, {waiting.enacted_on}"
