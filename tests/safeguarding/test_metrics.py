"""Figures of the site: who gets them, what they count, and what they never say."""

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit import ledger
from audit.checkpointing import make_checkpoint
from safeguarding.logs import RequestNumber
from tests.cast import Cast
from tests.pages import PageClient

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
TOKEN = "lantern-orchard-37"
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


def figures(client: Client, **extra: str) -> dict[str, float]:
    answer = client.get("/metrics", **extra)  # type: ignore[arg-type]  # headers and addresses alike
    assert answer.status_code == 200
    lines = [line.rsplit(" ", 1) for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_this_machine_is_answered(client: Client, address: str) -> None:
    assert figures(client, REMOTE_ADDR=address)["safeguarding_database_answers"] == 1


@pytest.mark.parametrize(
    "asked",
    [
        ELSEWHERE,
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": ""},
        {**ELSEWHERE, "HTTP_AUTHORIZATION": "Bearer "},
        {**ELSEWHERE, "HTTP_AUTHORIZATION": "Bearer wrong"},
        {**ELSEWHERE, "HTTP_AUTHORIZATION": TOKEN},
    ],
)
@pytest.mark.parametrize("token", ["", TOKEN])
def test_for_all_others_it_is_not_there(
    client: Client, settings: LazySettings, asked: dict[str, str], token: str
) -> None:
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", **asked).status_code == 404  # type: ignore[arg-type]


def test_who_has_the_token_is_answered_through_a_proxy(client: Client, settings: LazySettings) -> None:
    settings.METRICS_TOKEN = TOKEN
    asked = {**ELSEWHERE, "HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}
    assert figures(client, **asked)["safeguarding_migrations_pending"] == 0


def test_requests_are_counted_by_view_and_never_by_address(client: Client) -> None:
    name = 'safeguarding_requests_total{method="GET",status="200",view="health"}'
    before = figures(client).get(name, 0)
    client.get("/health/")
    client.get("/health/")
    client.get("/no/such/page/Zq00017qz/")
    after = figures(client)
    assert after[name] == before + 2
    assert after['safeguarding_requests_total{method="GET",status="404",view="none"}'] >= 1
    assert not any("Zq00017qz" in line for line in after)


def test_how_long_ago_things_were_done(client: Client) -> None:
    never = figures(client)
    assert never["safeguarding_backup_age_seconds"] == never["safeguarding_checkpoint_age_seconds"] == -1
    now = timezone.now()
    with ledger.recording(actor=None, at=now):
        ledger.append("site.backed_up", organisation=ledger.SITE)
        ledger.append("ledger.verified", organisation=ledger.SITE)
    make_checkpoint(ledger.SITE, by=None, at=now)
    done = figures(client)
    for what in ("backup", "checkpoint", "verification"):
        assert 0 <= done[f"safeguarding_{what}_age_seconds"] < 600


def test_nothing_is_said_of_an_organisation_or_a_person(client: Client, cast: Cast) -> None:
    page = PageClient()
    page.force_login(cast.practitioner)
    page.get(reverse("home"))
    text = client.get("/metrics").content.decode()
    for word in (cast.practitioner.email, cast.practitioner.full_name, cast.practitioner.organisation.name):
        assert word not in text
    assert str(cast.practitioner.public_id) not in text


def test_a_database_that_is_away_is_said(client: Client) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("away")

    with connection.execute_wrapper(refuse):
        found = figures(client)
    assert found["safeguarding_database_answers"] == 0
    assert found["safeguarding_disk_free_bytes"] > 0
    assert "safeguarding_migrations_pending" not in found


@pytest.mark.parametrize(
    ("given", "proxies", "kept"),
    [
        ("0123456789abcdef", 1, True),
        ("0123456789abcdef", 0, False),
        ("short", 1, False),
        ("x" * 65, 1, False),
        ("line\nbreak-1234", 1, False),
        ("", 1, False),
    ],
)
def test_a_request_has_a_number_of_our_own_or_our_proxys(
    client: Client, settings: LazySettings, given: str, proxies: int, *, kept: bool
) -> None:
    settings.TRUSTED_PROXIES = proxies
    number = client.get("/health/", HTTP_X_REQUEST_ID=given).headers["X-Request-ID"]
    assert (number == given) is kept
    assert re.fullmatch(r"[A-Za-z0-9-]{8,64}", number)


def test_its_log_lines_have_that_number_and_the_view(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "safeguarding.requests"):
        client.get("/sign-in/?next=/families/Zq00017qz/")
    [record] = [record for record in caplog.records if record.name == "safeguarding.requests"]
    assert re.fullmatch(r"GET account_login 200 \d+ ms", record.getMessage())


@pytest.mark.slow
def test_workers_count_together(tmp_path: Path) -> None:
    """Two processes with a folder: one counts and is gone, and the other says what both counted."""
    program = (
        "import os, django; django.setup()\n"
        "from safeguarding import metrics\n"
        "other = os.fork()\n"
        "metrics.observe('home', 'GET', 200, 0.1)\n"
        "os.waitpid(other, 0) if other else os._exit(0)\n"
        "from prometheus_client import generate_latest\n"
        "from unittest.mock import patch\n"
        "with patch.object(metrics._Health, 'collect', lambda self: iter(())):\n"
        "    print(generate_latest(metrics._everything()).decode())\n"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "safeguarding.settings",
        "DATA_FOLDER": str(tmp_path / "data"),
        "METRICS_FOLDER": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).resolve().parents[2],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert 'safeguarding_requests_total{method="GET",status="200",view="home"} 2.0' in done.stdout


def test_what_django_logs_of_a_refusal_has_the_number_too(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(RequestNumber())
    number = client.get("/no/such/page/").headers["X-Request-ID"]
    [record] = [record for record in caplog.records if record.name == "django.request"]
    assert vars(record)["request_number"] == number
