"""What no approval may be, enforced by database triggers: by somebody of another organisation, or by nobody."""

from audit.triggers import Trigger, append_only, refusing
from wording.models import ApprovedPhrase

OF_ANOTHER = (
    "NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.written_by_id "
    "AND u.organisation_id = NEW.organisation_id)"
)
WRITTEN = [
    (OF_ANOTHER, "a row belongs to one organisation"),
    ("TRIM(NEW.written_by_name) = ''", "who wrote it is kept by name"),
]


def all_triggers() -> list[Trigger]:
    table = ApprovedPhrase._meta.db_table
    fair = refusing(f"{table}_fair", table, "INSERT", sqlite=WRITTEN, postgres=WRITTEN)
    return [fair, *append_only(ApprovedPhrase)]
