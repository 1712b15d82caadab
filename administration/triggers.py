"""What no request for evidence and no answer to one may be, enforced by database triggers."""

from django.db.models import Model

from administration.models import EvidenceAnswer, EvidenceRequest, LeftOut
from audit.triggers import Trigger, append_only, refusing
from retention.triggers import OURS, WRITTEN, Checks

REQUEST = "SELECT 1 FROM administration_evidencerequest r WHERE r.id = NEW.request_id"
ELSEWHERE = (f"NOT EXISTS ({REQUEST} AND r.organisation_id = NEW.organisation_id)", OURS)
BY_MODEL: dict[type[Model], Checks] = {
    EvidenceRequest: WRITTEN,
    EvidenceAnswer: (
        ELSEWHERE,
        (
            f"NOT EXISTS ({REQUEST} AND r.needs_second AND r.written_by_id <> NEW.written_by_id)",
            "a second officer agrees",
        ),
        *WRITTEN,
    ),
    LeftOut: (
        ELSEWHERE,
        (f"NOT EXISTS ({REQUEST} AND r.what = 'decision')", "fields of a decision are left out"),
    ),
}


def all_triggers() -> list[Trigger]:
    found: list[Trigger] = []
    for model, checks in BY_MODEL.items():
        table = model._meta.db_table
        found.append(refusing(f"{table}_fair", table, "INSERT", sqlite=list(checks), postgres=list(checks)))
        found += append_only(model)
    return found
