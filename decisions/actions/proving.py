from datetime import datetime

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from audit.proving import NotProved, prove_entry
from audit.reading import first_entry
from audit.tlog.checkpoints import Proof
from decisions.models import Decision

RECORDED = "decision.recorded"


def prove_decision(*, decision: Decision, by: User | None, at: datetime) -> Proof:
    """The proof that the entry of its recording is in a signed checkpoint. It shows nothing of the case.

    Nobody is the server's own command. Raises NotProved, Rewritten or BadKey of the audit app, each one line.
    """
    if by is not None:
        require(by, Permission.SEE_DECISIONS)
    entry = first_entry(
        organisation=decision.organisation_id, subject="decisions.decision", object_pk=str(decision.pk), event=RECORDED
    )
    if entry is None:
        raise NotProved(f"The audit log has no entry for the recording of {decision.reference}.")
    with ledger.recording(actor=by, at=at):
        proof = prove_entry(organisation=decision.organisation_id, seq=entry.seq, by=by, at=at)
        details = {"entry": entry.seq, "checkpoint": proof.head.size}
        ledger.append("decision.proof_made", organisation=decision.organisation_id, obj=decision, details=details)
    return proof
