"""What the database itself refuses about people: an organisation whose last administrator is gone (ADR 0041), and a
sign-on that is given to somebody else (ADR 0050)."""

from accounts import inspection_triggers
from accounts.models import SignOn, User
from audit import triggers
from audit.triggers import Trigger

TABLE = User._meta.db_table
LAST = "the last active administrator or data protection officer stays"


def all_triggers() -> list[Trigger]:
    holds = "OLD.is_active AND OLD.organisation_role <> ''"
    still = "NEW.is_active AND NEW.organisation_role <> '' AND NEW.organisation_id = OLD.organisation_id"
    other = (
        f"EXISTS (SELECT 1 FROM {TABLE} o WHERE o.organisation_id = OLD.organisation_id AND o.id <> OLD.id "  # noqa: S608
        "AND o.is_active AND o.organisation_role <> '')"
    )
    changed, gone = [(f"{holds} AND NOT ({still}) AND NOT {other}", LAST)], [(f"{holds} AND NOT {other}", LAST)]
    columns = "UPDATE OF is_active, organisation_role, organisation_id"
    return [
        triggers.refusing(f"{TABLE}_last_office_update", TABLE, columns, sqlite=changed, postgres=changed),
        triggers.refusing(f"{TABLE}_last_office_delete", TABLE, "DELETE", sqlite=gone, postgres=gone),
        *_sign_ons(),
        *inspection_triggers.all_triggers(),
    ]


def _sign_ons() -> list[Trigger]:
    """A sign-on is made and taken away. Changed, it would let one person in as another."""
    table = SignOn._meta.db_table
    elsewhere = (
        f"NOT EXISTS (SELECT 1 FROM {TABLE} u WHERE u.id = NEW.user_id AND u.organisation_id = NEW.organisation_id)"  # noqa: S608
    )
    own, closed = [(elsewhere, "a sign-on is of one organisation")], [("TRUE", "a sign-on is not changed")]
    return [
        triggers.refusing(f"{table}_own_organisation", table, "INSERT", sqlite=own, postgres=own),
        triggers.refusing(f"{table}_not_changed", table, "UPDATE", sqlite=closed, postgres=closed),
    ]
