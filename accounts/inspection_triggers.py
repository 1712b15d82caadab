"""What the database itself refuses: an inspector who is more than that, or who reads other than was agreed to."""

from accounts.models import Inspection, InspectionTeam, Membership, Team, User
from audit import triggers
from audit.triggers import Trigger

PEOPLE, HELD = User._meta.db_table, Membership._meta.db_table
TABLE, TEAMS = Inspection._meta.db_table, InspectionTeam._meta.db_table
OF_USER = f"SELECT 1 FROM {PEOPLE} u WHERE u.id = NEW.user_id AND u.is_inspector"  # noqa: S608
ASKED = (
    "user_id", "organisation_id", "all_teams", "recorded_from", "recorded_to", "opens_on", "ends_on", "asked_by_id",
)  # fmt: skip
Conditions = list[tuple[str, str]]


def all_triggers() -> list[Trigger]:
    whose = (f"NOT EXISTS ({OF_USER} AND u.organisation_id = NEW.organisation_id)", "only an inspector inspects")
    too_long = "an inspection lasts 31 days at most"
    return [
        *_account(),
        triggers.refusing(
            f"{TABLE}_fair", TABLE, "INSERT",
            sqlite=[whose, ("julianday(NEW.ends_on) - julianday(NEW.opens_on) > 30", too_long)],
            postgres=[whose, ("NEW.ends_on - NEW.opens_on > 30", too_long)],
        ),
        _same(f"{TABLE}_as_asked", TABLE, "UPDATE", _changes()),
        _same(f"{TABLE}_stays", TABLE, "DELETE", [("TRUE", "an inspection stays")]),
        _same(f"{TEAMS}_fair", TEAMS, "INSERT", _teams()),
        *triggers.append_only(InspectionTeam),
    ]  # fmt: skip


def _account() -> list[Trigger]:
    """An inspector's account is an inspector's from its first day, and is in no team."""
    alone = [(f"EXISTS ({OF_USER})", "an inspector is in no team")]
    unchanged = [("NEW.is_inspector <> OLD.is_inspector", "whether an account is an inspector does not change")]
    return [
        _same(f"{HELD}_no_inspector", HELD, "INSERT", alone),
        _same(f"{HELD}_no_inspector_update", HELD, "UPDATE OF user_id", alone),
        _same(f"{PEOPLE}_inspector", PEOPLE, "UPDATE OF is_inspector", unchanged),
    ]


def _changes() -> Conditions:
    """It is answered once and ended once. All else stays as it was asked for."""
    return [
        (" OR ".join(f"NEW.{name} <> OLD.{name}" for name in ASKED), "what was asked for is not changed"),
        ("OLD.agreed IS NOT NULL AND (NEW.agreed IS NULL OR NEW.agreed <> OLD.agreed)", "an answer is not changed"),
        ("OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL", "an inspection that was ended does not begin again"),
    ]


def _teams() -> Conditions:
    of = f"SELECT 1 FROM {TABLE} i WHERE i.id = NEW.inspection_id"  # noqa: S608
    waits = f"{of} AND i.organisation_id = NEW.organisation_id AND i.agreed IS NULL AND NOT i.all_teams"
    team = f"SELECT 1 FROM {Team._meta.db_table} t WHERE t.id = NEW.team_id"  # noqa: S608
    own = f"{team} AND t.organisation_id = NEW.organisation_id"
    return [
        (f"NOT EXISTS ({waits})", "teams are named before anybody agrees"),
        (f"NOT EXISTS ({own})", "a team of this organisation is named"),
    ]


def _same(name: str, table: str, moment: str, conditions: Conditions) -> Trigger:
    """On both engines."""
    return triggers.refusing(name, table, moment, sqlite=conditions, postgres=conditions)
