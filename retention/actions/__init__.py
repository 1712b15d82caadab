"""Everything that an officer decides about how long records are kept: the only place where its rows are made."""

from retention.actions.disposals import answer_disposal, propose_disposal
from retention.actions.holds import hold, lift_hold
from retention.actions.rules import confirm_rule, see_retention

__all__ = ["answer_disposal", "confirm_rule", "hold", "lift_hold", "propose_disposal", "see_retention"]
