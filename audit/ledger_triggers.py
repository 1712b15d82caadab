"""The ledger is append-only, but for one change: the values of an entry are blanked by the tombstone that names it."""

from django.db.models import Model

from audit.leaves import NONCE
from audit.triggers import Trigger, append_only

DISPOSED = "record.disposed"
VALUES = ("changes", "additional_data")
# The same names, and nothing said of any of them.
EMPTIED = {
    "sqlite": "(SELECT json_group_object(b.key, NULL) FROM json_each({column}) b)",
    "postgresql": (
        "(SELECT COALESCE(jsonb_object_agg(b.k, NULL::text), '{{}}'::jsonb) FROM jsonb_object_keys({column}) AS b(k))"
    ),
}
# All nonces after the envelope's, which stays.
DASHES = {
    "sqlite": f"substr({{nonces}}, 1, {NONCE}) || replace(hex(zeroblob((length({{nonces}}) - {NONCE}) / 2)), '0', '-')",
    "postgresql": f"substr({{nonces}}, 1, {NONCE}) || repeat('-', length({{nonces}}) - {NONCE})",
}
NAMES_IT = {
    "sqlite": "EXISTS (SELECT 1 FROM json_each(t.additional_data, '$.entries') e WHERE e.value = OLD.seq)",
    "postgresql": "t.additional_data -> 'entries' @> to_jsonb(OLD.seq)",
}


def ledger_triggers(model: type[Model]) -> list[Trigger]:
    may_be_blanked = {vendor: _may_be_blanked(model, vendor) for vendor in ("sqlite", "postgresql")}
    return append_only(model, may_change=may_be_blanked)


def blank_sql(vendor: str, count: int) -> str:
    """The one statement by which entries change: an organisation, and so many numbers."""
    empty = ", ".join(f"{column} = {EMPTIED[vendor].format(column=column)}" for column in VALUES)
    marks = ", ".join(["%s"] * count)
    nonces = DASHES[vendor].format(nonces="nonces")
    return f"UPDATE audit_ledgerentry SET {empty}, nonces = {nonces} WHERE organisation = %s AND seq IN ({marks})"  # noqa: S608 - names of our own


def _may_be_blanked(model: type[Model], vendor: str) -> str:
    """True of an UPDATE that only blanks, of an entry named by a tombstone that entered the chain with its last entry.

    Entries that are linked together have one time of entry, so this is the transaction of the tombstone.
    """
    table, same = model._meta.db_table, "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM"
    others = [field.column for field in model._meta.concrete_fields if field.column not in {*VALUES, "nonces"}]
    unchanged = [f"NEW.{column} {same} OLD.{column}" for column in others]
    new = "json(NEW.{})" if vendor == "sqlite" else "NEW.{}"
    emptied = [f"{new.format(column)} = {EMPTIED[vendor].format(column=f'OLD.{column}')}" for column in VALUES]
    last = f"(SELECT h.recorded_at FROM {table} h WHERE h.organisation = OLD.organisation ORDER BY h.seq DESC LIMIT 1)"  # noqa: S608 - names of our own
    named = (
        f"EXISTS (SELECT 1 FROM {table} t WHERE t.organisation = OLD.organisation AND t.event = '{DISPOSED}' "  # noqa: S608
        f"AND t.recorded_at = {last} AND {NAMES_IT[vendor]})"
    )
    dashes = f"NEW.nonces = {DASHES[vendor].format(nonces='OLD.nonces')}"
    return " AND ".join([*unchanged, dashes, f"OLD.event <> '{DISPOSED}'", *emptied, named])
