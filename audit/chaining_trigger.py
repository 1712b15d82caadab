"""On PostgreSQL, a new entry is numbered and chained by the database, under the chain's lock (ADR 0005).

The lock is held from the INSERT to the end of the transaction, which is the next thing to come. Rows that have a number
already, such as those of a backup that is restored, are left as they are.
"""

from django.db.models import Model

from audit.leaves import GENESIS, VERSION
from audit.triggers import Trigger

# PostgreSQL's advisory locks share one number space; this is where ours begins.
LOCKS = 0x4C45_4447_0000_0000
# In place of a number: the next of its chain, and the next at the same time of entry as the one before.
FOLLOWS, TOGETHER = 0, -1
# What the database fills in.
CHAINED = ("seq", "recorded_at", "prev_hash", "entry_hash")
MOMENT = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
# The time is taken under the lock, so no entry has an earlier one than the entry before it. Sorting is switched off
# because the plan is kept: one that was made for an empty table would read the whole of it for ever. All of it is one
# message, and so one transaction: a site that goes on serving while it is migrated is never without.
FUNCTION = """CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE head record;
BEGIN
IF NEW.seq > 0 THEN RETURN NEW; END IF;
PERFORM pg_advisory_xact_lock({locks} + NEW.organisation);
SELECT e.seq, e.entry_hash, e.recorded_at INTO head FROM {table} e
WHERE e.organisation = NEW.organisation ORDER BY e.seq DESC LIMIT 1;
NEW.recorded_at := CASE WHEN NEW.seq = {together} THEN head.recorded_at ELSE clock_timestamp() END;
NEW.seq := COALESCE(head.seq, 0) + 1;
NEW.prev_hash := COALESCE(head.entry_hash, '{genesis}');
NEW.entry_hash := encode(sha256(convert_to(concat_ws('|', '{version}', NEW.organisation, NEW.seq, {moment},
NEW.prev_hash, NEW.content_hash), 'UTF8')), 'hex');
RETURN NEW; END $$;
DROP TRIGGER IF EXISTS {name} ON {table};
CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"""


def chaining(model: type[Model]) -> Trigger:
    table = model._meta.db_table
    name = f"{table}_chained"
    sql = FUNCTION.format(
        name=name, table=table, locks=LOCKS, together=TOGETHER, genesis=GENESIS, version=VERSION,
        moment=MOMENT.format("NEW.recorded_at"),
    )  # fmt: skip
    return Trigger(name, table, sql, "", stays=True)
