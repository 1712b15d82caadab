"""The items of information on a record, each with who gets it and who does not."""

from collections.abc import Iterable

from decisions.facts.decision import included, sensitivities_of
from decisions.models import Decision, DecisionItem
from decisions.presenters.labels import answered, code_words, joined, lines, period
from decisions.presenters.people import person_names, recipient_names
from rules.codes import ItemKind, Sensitivity
from rules.included import Includes
from ui.rows import Row


def item_rows(decision: Decision) -> list[Row]:
    people = person_names(decision)
    recipients = recipient_names(decision)
    includes = answered(("What it includes", joined(*(code_words(Includes, kind) for kind in included(decision)))))
    return [
        *includes,
        *(
            Row(f"Item {number}", list(_item_lines(item, people, recipients, shared=decision.is_shared)))
            for number, item in enumerate(decision.items.all(), 1)
        ),
    ]


def _item_lines(
    item: DecisionItem, people: dict[int, str], recipients: dict[int, str], *, shared: bool
) -> Iterable[str]:
    grid = list(item.grid.all())
    withheld_rows = [row for row in grid if not row.given]
    not_shared = "Not shared with" if shared else "Would not be shared with"
    yield item.text
    yield from lines(
        ("Kind", code_words(ItemKind, item.kind)),
        ("About", joined(*(people[row.person_id] for row in item.about.all()))),
        ("Period that it covers", period(item.dated_from, item.dated_to)),
        (
            "Shared with" if shared else "Would be shared with",
            joined(*(recipients[row.recipient_id] for row in grid if row.given)),
        ),
        *(
            (f"{not_shared} {recipients[row.recipient_id]}", row.why_withheld or "no reason given")
            for row in withheld_rows
        ),
        ("Reason for not sharing this item", "" if withheld_rows else item.why_withheld),
        ("", joined(*(code_words(Sensitivity, code) for code in sensitivities_of(item)))),
        ("Permission of the court", item.proceedings_permission),
        ("Must not be disclosed to", joined(*(people[row.person_id] for row in item.not_disclosed_to.all()))),
        ("Label", item.handling),
    )
