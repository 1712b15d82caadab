"""What no row about a request may be, enforced by database triggers."""

from django.db.models import Model

from audit.triggers import Trigger, append_only, refusing
from decisions.database.disposal import has_tombstone, of_disposed
from rights.models import FamilyCopy, ItemDecision, NamedRecord, RequestEvent, RightsRequest

Checks = tuple[tuple[str, str], ...]
REQUEST = "SELECT 1 FROM rights_rightsrequest r WHERE r.id = NEW.request_id"
PERSON = "SELECT 1 FROM families_person p WHERE p.organisation_id = NEW.organisation_id"
EVENT = "SELECT 1 FROM rights_requestevent e WHERE e.request_id = NEW.request_id"
NOT_OURS = (
    "NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.written_by_id "
    "AND u.organisation_id = NEW.organisation_id)"
)
WRITTEN: Checks = (
    (NOT_OURS, "a row belongs to one organisation"),
    ("TRIM(NEW.written_by_name) = ''", "who wrote it is kept by name"),
)
ON_REQUEST: Checks = (
    (f"NOT EXISTS ({PERSON} AND p.id = NEW.person_id)", "a request is about somebody of its organisation"),
    (
        f"NEW.asked_by_person_id IS NOT NULL AND NOT EXISTS ({PERSON} AND p.id = NEW.asked_by_person_id)",
        "who asks is somebody of its organisation",
    ),
)
OPEN: Checks = (
    (f"NOT EXISTS ({REQUEST} AND r.organisation_id = NEW.organisation_id)", "a row belongs to one organisation"),
    (f"EXISTS ({EVENT} AND e.kind = 'CLOSED')", "a request that is answered stays as it is"),
)
ON_EVENT: Checks = (
    *OPEN,
    (f"NOT EXISTS ({REQUEST} AND r.received_on <= NEW.on_day)", "nothing happens before it was received"),
    (f"NEW.kind = 'EXTENDED' AND EXISTS ({EVENT} AND e.kind = 'EXTENDED')", "a request is given more time once"),
    (
        f"NEW.kind = 'EXTENDED' AND EXISTS ({REQUEST} AND r.kind = 'COMPLAINT')",
        "the law gives a complaint no more time",
    ),
)
ACCESS: Checks = ((f"NOT EXISTS ({REQUEST} AND r.kind = 'ACCESS')", "only what somebody asks to see is prepared"),)
ABOUT_THEM = (
    "SELECT 1 FROM decisions_decision d JOIN decisions_decisionperson p ON p.decision_id = d.id "
    "JOIN rights_rightsrequest r ON r.person_id = p.person_id "
    "WHERE d.id = NEW.decision_id AND d.state = 'recorded' AND r.id = NEW.request_id"
)
GIVEN = "SELECT 1 FROM rights_itemdecision i WHERE i.request_id = NEW.request_id AND i.choice <> 'LEAVE_OUT'"
NAMED = "SELECT 1 FROM rights_namedrecord n WHERE n.request_id = NEW.request_id AND n.decision_id = NEW.decision_id"
ON_ITEM: Checks = (
    *OPEN,
    (
        f"NOT EXISTS ({NAMED}) AND NOT EXISTS ({ABOUT_THEM} AND r.kind = 'ACCESS')",
        "a record is opened for somebody who is on it, or because the request names it",
    ),
    (f"NEW.choice = 'PART' AND EXISTS ({NAMED})", "of a record that is named nothing is written anew"),
)
RECORDED = (
    "SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id AND d.state = 'recorded' "
    "AND d.organisation_id = NEW.organisation_id"
)
ON_NAMED: Checks = (
    *OPEN,
    (f"NOT EXISTS ({RECORDED})", "a request names recorded decisions of its organisation"),
    (f"EXISTS ({REQUEST} AND r.kind = 'ACCESS')", "what somebody asks to see is found by the person"),
)
# What depends on days and risks is for letters/routes.py to judge; a plain no stands here too.
MARKED_UNSAFE = (
    "SELECT 1 FROM families_safecontact c JOIN rights_rightsrequest r ON r.id = NEW.request_id "
    "WHERE c.person_id = CASE WHEN r.asker = 'SELF' THEN r.person_id ELSE r.asked_by_person_id END "
    "AND c.safe = 'no' AND c.kind = CASE WHEN NEW.route = 'screen' THEN 'in_person' ELSE NEW.route END"
)
ON_COPY: Checks = (
    *OPEN,
    *ACCESS,
    (f"NOT EXISTS ({EVENT} AND e.kind = 'IDENTITY')", "who asks was not checked"),
    (f"NOT EXISTS ({GIVEN})", "nothing was given"),
    ("LENGTH(NEW.sha256) <> 64", "a copy has the hash of its bytes"),
    (f"EXISTS ({MARKED_UNSAFE})", "this way of reaching them is not safe"),
)
BY_MODEL: tuple[tuple[type[Model], Checks], ...] = (
    (RightsRequest, ON_REQUEST),
    (RequestEvent, ON_EVENT),
    (NamedRecord, ON_NAMED),
    (ItemDecision, ON_ITEM),
    (FamilyCopy, ON_COPY),
)


# By disposal: of a request, or of a decision that a request is about.
OF_REQUEST = has_tombstone("request", "OLD.request_id")
GOES_WITH: dict[type[Model], str] = {
    RightsRequest: has_tombstone("request", "OLD.id"),
    RequestEvent: OF_REQUEST,
    NamedRecord: f"{OF_REQUEST} OR {of_disposed()}",
    ItemDecision: f"{OF_REQUEST} OR {of_disposed()}",
    FamilyCopy: f"{OF_REQUEST} OR {has_tombstone('copy', 'OLD.id')}",
}


def all_triggers() -> list[Trigger]:
    found: list[Trigger] = []
    for model, checks in BY_MODEL:
        table, both = model._meta.db_table, [*checks, *WRITTEN]
        found.append(refusing(f"{table}_fair", table, "INSERT", sqlite=both, postgres=both))
        found += append_only(model, may_go=GOES_WITH[model])
    return found
