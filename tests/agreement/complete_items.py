"""Random things to give and hold back: whose they are, what they touch on, who gets them."""

from dataclasses import replace
from random import Random

from rules.codes import ItemKind, Sensitivity, Trigger
from rules.facts import Facts, ItemFacts
from rules.included import INCLUDED_KINDS
from tests.agreement.drawing import chance, day_near, line, optional, reason, some
from tests.agreement.drawing import said as words
from tests.rules.cases import with_includes


def items(rng: Random, facts: Facts) -> Facts:
    return with_includes(
        replace(facts, items=tuple(_item(rng, facts, number) for number in range(1, rng.randint(1, 6) + 1)))
    )


def _item(rng: Random, facts: Facts, number: int) -> ItemFacts:
    people = tuple(person.ref for person in facts.people)
    recipients = tuple(recipient.ref for recipient in facts.recipients)
    given = recipients if chance(rng, 0.6) else some(rng, recipients, len(recipients))
    why = line(rng) if chance(rng, 0.9) else words(rng).replace("\n", " ")
    touches = some(rng, tuple(one.value for one in Sensitivity), 3) if chance(rng, 0.6) else ()
    if not given:
        # What is withheld may include anything: the decision says only what is shared.
        touches = tuple(kind for kind in touches if kind not in INCLUDED_KINDS)
    item = ItemFacts(
        ref=f"I{number}",
        text=f"{number}. {reason(rng)}",
        kind=rng.choice(tuple(ItemKind)).value,
        sensitivities=touches,
        about=some(rng, people, 3, least=1),
        not_disclosed_to=some(rng, people, 2) if chance(rng, 0.2) else (),
        proceedings_permission=optional(rng) if Sensitivity.PROCEEDINGS in touches else "",
        given_to=given,
        withheld_from={ref: why for ref in recipients if ref not in given},
    )
    return _dated(rng, facts, item)


def _dated(rng: Random, facts: Facts, item: ItemFacts) -> ItemFacts:
    """Asked only where an order covers some days."""
    covers = facts.order.covers_from or facts.order.covers_to
    if facts.trigger != Trigger.COURT_ORDER or not covers or not facts.decided_at:
        return item
    first = day_near(rng, facts.decided_at, -1000, -200) if chance(rng, 0.8) else None
    last = day_near(rng, facts.decided_at, -199, 20) if chance(rng, 0.6) else None
    return replace(item, dated_from=first, dated_to=last)
