"""What is reviewed first, as conditions of the database: `due_dates.has_target` says the second of one decision."""

from django.db.models import Exists, OuterRef, Q

from decisions.database.sending_keys import not_sent_yet
from decisions.models import Decision, DecisionPerson, DecisionRecipient
from rules.codes import NOT_SHARED, SHARED, WITHOUT_AGREEMENT, Level, Trigger


def at_risk_still() -> Q:
    """A child at risk of significant harm, whom what was decided has not protected: nothing is shared, or not sent."""
    to_be_sent = Q(outcome__in=sorted(SHARED), standing_until=None) & Q(Exists(not_sent_yet(Decision)))
    return Q(level=Level.S47) & (Q(outcome__in=sorted(NOT_SHARED)) | to_be_sent)


def has_a_day() -> Q:
    """It is to be reviewed within a number of working days."""
    of_it = OuterRef("pk")
    disagreed = DecisionPerson.objects.filter(decision=of_it, consent_state__in=sorted(WITHOUT_AGREEMENT))
    asked = Q(trigger=Trigger.REQ) | Q(Exists(DecisionRecipient.objects.filter(decision=of_it, is_asker=True)))
    shared = Q(outcome__in=sorted(SHARED)) & Q(Exists(disagreed))
    return shared | Q(outcome__in=sorted(NOT_SHARED)) & (Q(level=Level.S47) | asked)
