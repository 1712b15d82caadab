"""What no letter may be, enforced by database triggers: about nothing that was sent, or of another organisation."""

from audit.triggers import Trigger, append_only, refusing
from letters.models import ApprovedPhrase, LetterMade

DECISION = "SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id"
NOTHING_SENT = "NOT EXISTS (SELECT 1 FROM decisions_sending s WHERE s.decision_id = NEW.decision_id)"
OF_NOBODY_HERE = (
    "NOT EXISTS (SELECT 1 FROM decisions_decisionperson p "
    "WHERE p.id = NEW.person_id AND p.decision_id = NEW.decision_id)"
)
# Of the person's latest row about informing, which is the one that counts.
NOT_TO_BE_INFORMED = (
    "EXISTS (SELECT 1 FROM decisions_informingevent e WHERE e.person_id = NEW.person_id "
    "AND (e.informing_state IN ('NOT_TELLING', 'DEFERRED') OR e.informing_closing <> '') "
    "AND NOT EXISTS (SELECT 1 FROM decisions_informingevent later "
    "WHERE later.person_id = e.person_id AND later.id > e.id))"
)
ON_LETTER = (
    (f"NOT EXISTS ({DECISION} AND d.state = 'recorded')", "only a recorded decision has letters"),
    (f"NOT EXISTS ({DECISION} AND d.organisation_id = NEW.organisation_id)", "a letter belongs to one organisation"),
    (f"NEW.kind = 'explanation' AND {NOTHING_SENT}", "nothing was sent, so there is no sharing to explain"),
    (f"NEW.person_id IS NOT NULL AND {OF_NOBODY_HERE}", "a letter is to somebody of its decision"),
    (f"NEW.person_id IS NOT NULL AND {NOT_TO_BE_INFORMED}", "a letter is to nobody who must not be informed"),
    ("LENGTH(NEW.sha256) <> 64", "a letter has the hash of its bytes"),
)
OF_ANOTHER = (
    "NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.written_by_id "
    "AND u.organisation_id = NEW.organisation_id)"
)
WRITTEN = (
    (OF_ANOTHER, "a row belongs to one organisation"),
    ("TRIM(NEW.written_by_name) = ''", "who wrote it is kept by name"),
)


def all_triggers() -> list[Trigger]:
    found: list[Trigger] = []
    for model, checks in ((LetterMade, [*ON_LETTER, *WRITTEN]), (ApprovedPhrase, list(WRITTEN))):
        table = model._meta.db_table
        found.append(refusing(f"{table}_fair", table, "INSERT", sqlite=checks, postgres=checks))
        found += append_only(model)
    return found
