"""A decision judged: a draft by the law in use, a recorded one by the law and the organisation of its day."""

from datetime import datetime

from decisions.facts import facts_of, law_of
from decisions.models import Decision
from decisions.rules.assess import Assessment, assess


def assessed(decision: Decision, recorded_at: datetime | None = None) -> Assessment:
    """What the rules find. Costs no query on a decision read with its parts."""
    return assess(facts_of(decision, recorded_at=recorded_at), law_of(decision))
