"""What was decided, in words that follow what was sent: a decision to share is not "shared" until it is."""

from decisions.facts.sendings import sendings_of
from decisions.models import Decision
from decisions.presenters.labels import outcome_done
from decisions.presenters.people import recipient_names
from rules.sendings import Sendings


def outcome_words(decision: Decision) -> str:
    """Of a recorded decision, everywhere it is named. Costs no query on one read with SENDING_PARTS."""
    if not decision.is_shared:
        return outcome_done(decision.outcome)
    state = sendings_of(decision)
    # A group shares again and again: one sharing, with one member, is what was decided.
    done = state.all_sent or (decision.standing_until is not None and bool(state.sent))
    return outcome_done(decision.outcome) if done else state.words


def names_of(decision: Decision, recipients: frozenset[int]) -> list[str]:
    return [name for key, name in recipient_names(decision).items() if key in recipients]


def waiting_for(decision: Decision) -> Sendings:
    """As `sendings_of`, without what nobody waits for: a group shares when it meets."""
    state = sendings_of(decision)
    return Sendings(state.sent, state.not_to_be_sent, frozenset()) if decision.standing_until else state
