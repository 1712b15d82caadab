"""A chosen provision is tested against the facts that its text needs, which the law names beside it (`needs`)."""

from collections.abc import Callable, Iterator, Mapping

from rules.facts import Facts
from rules.findings import Finding
from rules.law import Law
from rules.needs import Need, parsed
from rules.people import is_shared
from rules.preconditions_of_duties import OF_DUTIES
from rules.preconditions_of_people import OF_PEOPLE
from rules.preconditions_of_powers import OF_POWERS
from rules.relied_on import ReliedOn, relied_on

TESTS: Mapping[str, Callable[[ReliedOn], Iterator[Finding]]] = {**OF_DUTIES, **OF_POWERS, **OF_PEOPLE}
# An order has a court, and FGM was told or seen, whether or not it is shared in the end.
BEFORE_SHARING = frozenset({Need.ORDER, Need.DISCOVERED, Need.GIRL})


def needs_met(facts: Facts, law: Law) -> Iterator[Finding]:
    """Every need of every provision relied on is met by the facts; each that is not has a finding of its own."""
    shared = is_shared(facts)
    for relied in relied_on(facts, law):
        for need in relied.provision.needs:
            name, values = parsed(need)
            if shared or name in BEFORE_SHARING:
                yield from TESTS[name](_with(relied, values))


def _with(relied: ReliedOn, values: tuple[str, ...]) -> ReliedOn:
    return ReliedOn(facts=relied.facts, law=relied.law, provision=relied.provision, rows=relied.rows, values=values)


RULES = (needs_met,)
