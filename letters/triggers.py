"""What no letter may be, enforced by database triggers: about nothing that was sent, or of another organisation."""

from django.db.models import Model

from audit.triggers import Trigger, append_only, refusing
from decisions.database.disposal import has_tombstone, of_disposed
from letters.models import LetterMade, RouteAgreement, SharedLetter, SharedLetterDecision

Checks = list[tuple[str, str]]
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
# By somebody else than who makes the letter, to the same person by the same way, and while it counts.
AGREED = (
    "SELECT 1 FROM letters_routeagreement a WHERE a.id = NEW.agreement_id AND a.decision_id = NEW.decision_id "
    "AND a.step = 'agreed' "
    "AND a.person_id = NEW.person_id AND a.route = NEW.route AND a.written_by_id <> NEW.written_by_id "
    "AND a.written_at <= NEW.written_at AND a.valid_until >= NEW.written_at"
)
AGREED_TO_PERSON = (
    "SELECT 1 FROM letters_routeagreement a JOIN decisions_decisionperson p ON p.id = a.person_id "
    "WHERE a.id = NEW.agreement_id AND a.step = 'agreed' AND p.person_id = NEW.person_id "
    "AND a.route = NEW.route AND a.written_by_id <> NEW.written_by_id "
    "AND a.written_at <= NEW.written_at AND a.valid_until >= NEW.written_at"
)
# What depends on days and risks is letters/routes.py's to judge; a plain no stands here too.
MARKED_UNSAFE = (
    "SELECT 1 FROM families_safecontact c JOIN decisions_decisionperson p ON p.person_id = c.person_id "
    "WHERE p.id = NEW.person_id AND c.safe = 'no' "
    "AND c.kind = CASE WHEN NEW.route = 'screen' THEN 'in_person' ELSE NEW.route END"
)
PERSON_MARKED_UNSAFE = (
    "SELECT 1 FROM families_safecontact c WHERE c.person_id = NEW.person_id AND c.safe = 'no' "
    "AND c.kind = CASE WHEN NEW.route = 'screen' THEN 'in_person' ELSE NEW.route END"
)
HERE = "SELECT 1 FROM families_person p WHERE p.id = NEW.person_id AND p.organisation_id = NEW.organisation_id"
ITS_READER = (
    "SELECT 1 FROM letters_sharedletter l JOIN decisions_decisionperson p ON p.person_id = l.person_id "
    "WHERE l.id = NEW.letter_id AND p.id = NEW.person_id AND l.organisation_id = NEW.organisation_id"
)
ON_LETTER = (
    (f"NOT EXISTS ({DECISION} AND d.state = 'recorded')", "only a recorded decision has letters"),
    (f"NOT EXISTS ({DECISION} AND d.organisation_id = NEW.organisation_id)", "a letter belongs to one organisation"),
    (f"NEW.kind = 'explanation' AND {NOTHING_SENT}", "nothing was sent, so there is no sharing to explain"),
    (f"NEW.person_id IS NOT NULL AND {OF_NOBODY_HERE}", "a letter is to somebody of its decision"),
    (f"NEW.person_id IS NOT NULL AND {NOT_TO_BE_INFORMED}", "a letter is to nobody who must not be informed"),
    ("LENGTH(NEW.sha256) <> 64", "a letter has the hash of its bytes"),
    (f"NEW.agreement_id IS NOT NULL AND NOT EXISTS ({AGREED})", "what was agreed was another letter"),
    (f"NEW.agreement_id IS NULL AND EXISTS ({MARKED_UNSAFE})", "this way of reaching them is not safe"),
    (
        "EXISTS (SELECT 1 FROM letters_sharedletter l WHERE l.agreement_id = NEW.agreement_id)",
        "what was agreed was another letter",
    ),
)
ON_SHARED_LETTER = (
    (f"NOT EXISTS ({HERE})", "a letter belongs to one organisation"),
    ("LENGTH(NEW.sha256) <> 64", "a letter has the hash of its bytes"),
    (f"NEW.agreement_id IS NOT NULL AND NOT EXISTS ({AGREED_TO_PERSON})", "what was agreed was another letter"),
    (f"NEW.agreement_id IS NULL AND EXISTS ({PERSON_MARKED_UNSAFE})", "this way of reaching them is not safe"),
    (
        "EXISTS (SELECT 1 FROM letters_lettermade l WHERE l.agreement_id = NEW.agreement_id)",
        "what was agreed was another letter",
    ),
)
ON_SHARED_DECISION = (
    (f"NOT EXISTS ({DECISION} AND d.state = 'recorded')", "only a recorded decision has letters"),
    (f"NOT EXISTS ({DECISION} AND d.organisation_id = NEW.organisation_id)", "a letter belongs to one organisation"),
    (NOTHING_SENT, "nothing was sent, so there is no sharing to explain"),
    (OF_NOBODY_HERE, "a letter is to somebody of its decision"),
    (NOT_TO_BE_INFORMED, "a letter is to nobody who must not be informed"),
    (f"NOT EXISTS ({ITS_READER})", "a letter is to one person"),
)
ASKED = (
    "SELECT 1 FROM letters_routeagreement a WHERE a.decision_id = NEW.decision_id AND a.person_id = NEW.person_id "
    "AND a.route = NEW.route AND a.step = 'asked' AND a.written_by_id <> NEW.written_by_id"
)
ON_AGREEMENT = (
    (f"NOT EXISTS ({DECISION} AND d.state = 'recorded')", "only a recorded decision has letters"),
    (f"NOT EXISTS ({DECISION} AND d.organisation_id = NEW.organisation_id)", "a row belongs to one organisation"),
    (OF_NOBODY_HERE, "a letter is to somebody of its decision"),
    (
        f"NEW.step <> 'asked' AND EXISTS ({DECISION} AND d.author_id = NEW.written_by_id)",
        "a second person agrees, not the author",
    ),
    (f"NEW.step = 'not_agreed' AND NOT EXISTS ({ASKED})", "nobody asked for what is not agreed"),
    ("TRIM(NEW.reason) = ''", "agreeing needs a reason"),
)
OF_ANOTHER = (
    "NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.written_by_id "
    "AND u.organisation_id = NEW.organisation_id)"
)
WRITTEN = (
    (OF_ANOTHER, "a row belongs to one organisation"),
    ("TRIM(NEW.written_by_name) = ''", "who wrote it is kept by name"),
)


# By disposal: a letter about several decisions has a tombstone of its own.
GOES_WITH: dict[type[Model], str] = {SharedLetter: has_tombstone("letter", "OLD.id")}


def all_triggers() -> list[Trigger]:
    found: list[Trigger] = []
    of_each: tuple[tuple[type[Model], Checks], ...] = (
        (LetterMade, [*ON_LETTER, *WRITTEN]),
        (SharedLetter, [*ON_SHARED_LETTER, *WRITTEN]),
        (SharedLetterDecision, list(ON_SHARED_DECISION)),
        (RouteAgreement, [*ON_AGREEMENT, *WRITTEN]),
    )
    for model, checks in of_each:
        table = model._meta.db_table
        found.append(refusing(f"{table}_fair", table, "INSERT", sqlite=checks, postgres=checks))
        found += append_only(model, may_go=GOES_WITH.get(model, of_disposed()))
    return found
