"""Everything the engine can be asked about the facts of a decision."""

from rules.assess import assess
from rules.codes import Layer
from rules.duties import leaves_no_choice
from rules.facts import Facts
from rules.findings import PAGES
from rules.guidance import shown_on
from rules.law_files import load
from rules.legal_options import available_provisions, options_for
from rules.suggestions import suggest, suggest_for_person


def asked_of_everything(facts: Facts) -> None:
    """Raises only if something is wrong with the engine."""
    law = load().for_us(facts.commencements, facts.local_provisions, facts.retired)
    assert all(finding.page in PAGES and finding.message for finding in assess(facts).findings)
    suggestion = suggest(facts, law)
    for person in facts.people:
        suggest_for_person(facts, person, suggestion)
    may_be_chosen = {offer.provision for offer in options_for(facts, law) if offer.may_be_chosen}
    assert may_be_chosen == {row for layer in Layer for row in available_provisions(layer, facts, law)}
    for page in PAGES:
        tuple(shown_on(page, facts, law))
    leaves_no_choice(facts, law)
