"""What the database refuses about whom a restricted record is open to, and the mark that somebody is to be asked."""

from accounts.models import User
from audit.triggers import Trigger, after, append_only, refusing
from decisions.database.disposal import has_tombstone
from decisions.models import Decision, NamedReader, ReaderRemoved, Restriction, RestrictionLifted

USERS = User._meta.db_table
RESTRICTIONS = Restriction._meta.db_table
READERS = NamedReader._meta.db_table
ONE = "a row belongs to one organisation"
WRITER = "SELECT 1 FROM accounts_user u WHERE u.id = NEW.written_by_id AND u.organisation_id = NEW.organisation_id"
OF = f"SELECT 1 FROM {RESTRICTIONS} r WHERE r.id = NEW.restriction_id AND r.organisation_id = NEW.organisation_id"
NOT_RECORDED = f"SELECT 1 FROM {Decision._meta.db_table} d WHERE d.id = {{decision}} AND d.state <> 'recorded'"


def _elsewhere(column: str, table: str) -> str:
    row = f"SELECT 1 FROM {table} x WHERE x.id = NEW.{column} AND x.organisation_id = NEW.organisation_id"
    return f"NEW.{column} IS NOT NULL AND NOT EXISTS ({row})"


FAIR: dict[str, list[tuple[str, str]]] = {
    RESTRICTIONS: [
        (f"NOT EXISTS ({WRITER})", ONE),
        (_elsewhere("family_id", "families_family"), ONE),
        (_elsewhere("decision_id", Decision._meta.db_table), ONE),
        (_elsewhere("concerned_id", USERS), ONE),
    ],
    READERS: [
        (f"NOT EXISTS ({WRITER}) OR NOT EXISTS ({OF})", ONE),
        (_elsewhere("user_id", USERS), ONE),
        (f"EXISTS ({OF} AND r.concerned_id = NEW.user_id)", "whom a record is about is not named to read it"),
    ],
    ReaderRemoved._meta.db_table: [
        (f"NOT EXISTS ({WRITER})", ONE),
        (_elsewhere("reader_id", READERS), ONE),
    ],
    RestrictionLifted._meta.db_table: [
        (f"NOT EXISTS ({WRITER}) OR NOT EXISTS ({OF})", ONE),
        (f"EXISTS ({OF} AND r.concerned_id = NEW.written_by_id)", "nobody opens a record about themselves"),
    ],
}


def _may_go(family: str, decision: str) -> str:
    return f"({has_tombstone('family', family)} OR EXISTS ({NOT_RECORDED.format(decision=decision)}))"


def _of(column: str, restriction: str) -> str:
    return f"(SELECT r.{column} FROM {RESTRICTIONS} r WHERE r.id = {restriction})"


def _gone_with(restriction: str) -> str:
    return _may_go(_of("family_id", restriction), _of("decision_id", restriction))


OF_READER = f"(SELECT n.restriction_id FROM {READERS} n WHERE n.id = OLD.reader_id)"
MARK = f"UPDATE {USERS} SET has_restricted = TRUE WHERE NOT has_restricted AND "
ANY_HERE = f"EXISTS (SELECT 1 FROM {RESTRICTIONS} r WHERE r.organisation_id = NEW.organisation_id)"


def restriction_triggers() -> list[Trigger]:
    mark = [f"{MARK}id = NEW.id AND {ANY_HERE};"]
    return [
        *(refusing(f"{table}_fair", table, "INSERT", sqlite=all_, postgres=all_) for table, all_ in FAIR.items()),
        after(f"{RESTRICTIONS}_marks", RESTRICTIONS, "INSERT", [f"{MARK}organisation_id = NEW.organisation_id;"]),
        after(f"{USERS}_marked_new", USERS, "INSERT", mark, when="NOT NEW.has_restricted"),
        after(f"{USERS}_stays_marked", USERS, "UPDATE OF has_restricted", mark, when="NOT NEW.has_restricted"),
        *append_only(Restriction, may_go=_may_go("OLD.family_id", "OLD.decision_id")),
        *append_only(NamedReader, may_go=_gone_with("OLD.restriction_id")),
        *append_only(RestrictionLifted, may_go=_gone_with("OLD.restriction_id")),
        *append_only(ReaderRemoved, may_go=_gone_with(OF_READER)),
    ]
