"""Figures for whoever runs the site, in Prometheus' format: how many requests, how long, and whether it is well.

None of them is of one organisation or person: how much safeguarding somebody records is nobody's to know.
"""

import hmac
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily

from accounts.access import allow_anybody
from audit.models import Checkpoint, LedgerEntry
from safeguarding.migrated import pending

OWN = CollectorRegistry()
SECONDS = (0.05, 0.1, 0.2, 0.5, 0.8, 1, 2, 5, 10)
REQUESTS = Counter(
    "requests", "Requests answered", ["view", "method", "status"], namespace="safeguarding", registry=OWN
)
LASTED = Histogram(
    "request_seconds", "Time until the first byte", ["view"], namespace="safeguarding", buckets=SECONDS, registry=OWN
)
METHODS = {"GET", "HEAD", "POST"}


def observe(view: str, method: str, status: int, seconds: float) -> None:
    REQUESTS.labels(view, method if method in METHODS else "other", str(status)).inc()
    LASTED.labels(view).observe(seconds)


@allow_anybody
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For this machine, asked without a proxy, or for who has METRICS_TOKEN; to all others it is not there."""
    if not (_has_token(request) or _is_this_machine(request)):
        raise Http404
    return HttpResponse(generate_latest(_everything()), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(
        given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()
    )


def _is_this_machine(request: HttpRequest) -> bool:
    """A proxy on this machine asks from it too, for somebody else, and says so."""
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback and "X-Forwarded-For" not in request.headers
    except ValueError:
        return False


def _everything() -> CollectorRegistry:
    """Of all workers, where METRICS_FOLDER is set; else of the one that answers."""
    found = CollectorRegistry()
    if not settings.METRICS_FOLDER:
        found.register(OWN)
    else:
        multiprocess.MultiProcessCollector(found)  # type: ignore[no-untyped-call]  # the library has no types here
    found.register(_Health())
    return found


class _Health:
    def collect(self) -> Iterator[GaugeMetricFamily]:
        found = {"disk_free_bytes": float(shutil.disk_usage(settings.VAR_DIR).free), "database_answers": 0.0}
        # A database that is away answers none of them.
        with suppress(Error):
            found |= {**dict(_asked()), "database_answers": 1.0}
        for name, value in found.items():
            yield GaugeMetricFamily(f"safeguarding_{name}", NAMES[name], value=value)


NAMES = {
    "disk_free_bytes": "Room in DATA_FOLDER",
    "database_answers": "1 when the database answers",
    "migrations_pending": "Migrations of this code that the database does not have",
    "checkpoint_age_seconds": "Since the newest checkpoint of the audit log; -1 without one",
    "verification_age_seconds": "Since the audit log was last verified; -1 if never",
    "backup_age_seconds": "Since the last backup by manage.py backup; -1 if never",
}


def _asked() -> Iterator[tuple[str, float]]:
    yield "migrations_pending", len(pending())
    yield (
        "checkpoint_age_seconds",
        _age(Checkpoint.objects.order_by("-made_at").values_list("made_at", flat=True).first()),
    )
    for name, event in (("verification_age_seconds", "ledger.verified"), ("backup_age_seconds", "site.backed_up")):
        entries = LedgerEntry.objects.filter(event=event).order_by("-timestamp")
        yield name, _age(entries.values_list("timestamp", flat=True).first())


def _age(at: object) -> float:
    return -1.0 if at is None else max(0.0, time.time() - at.timestamp())  # type: ignore[attr-defined]  # a datetime
