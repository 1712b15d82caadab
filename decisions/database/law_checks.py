"""Trigger conditions: one person proposes that a law has commenced, and another checks the source (ADR 0045)."""

PROPOSAL = "SELECT 1 FROM decisions_lawnotice p WHERE p.id = NEW.proposal_id"
OF_THE_SAME = "p.what = 'proposed' AND p.code = NEW.code AND (NEW.on_day IS NULL OR NEW.on_day = p.on_day)"
TWO_PEOPLE = (
    (
        f"NEW.proposal_id IS NOT NULL AND NOT EXISTS ({PROPOSAL} AND {OF_THE_SAME})",
        "a check answers a proposal about the same law",
    ),
    (f"EXISTS ({PROPOSAL} AND p.written_by_id = NEW.written_by_id)", "nobody checks what they proposed"),
)
