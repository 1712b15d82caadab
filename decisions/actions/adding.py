from decisions.models import Decision, DecisionFamily
from families.models import Family


def add_family(decision: Decision, family: Family) -> None:
    """Puts a family on a draft, once. Called inside an action that has checked that the draft's team works with it."""
    if not decision.decision_families.filter(family=family).exists():
        DecisionFamily(
            organisation_id=decision.organisation_id, decision=decision, family=family, reference=family.reference
        ).save()
