"""Deployment checks: each finds its own fault and says how to mend it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.core.checks import CheckMessage, run_checks

from safeguarding import checks

pytestmark = pytest.mark.sqlite


@pytest.fixture(autouse=True)
def _well_kept_site(settings: LazySettings, tmp_path: Path) -> None:
    settings.DEMO = False
    settings.ALLOWED_HOSTS = ["safeguarding.test"]
    settings.TRUSTED_PROXIES = 1
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.org", "site@example.org"
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir(mode=0o700)


def found(*, deploy: bool = True) -> list[CheckMessage]:
    messages = run_checks(include_deployment_checks=deploy, tags=["security"])
    return [message for message in messages if str(message.id).startswith("safeguarding.")]


def ids() -> list[str | None]:
    return [message.id for message in found()]


def test_a_well_kept_site_has_nothing_to_mend() -> None:
    assert ids() == []


def test_a_demo_is_no_deployment(settings: LazySettings) -> None:
    settings.DEMO = True
    assert ids() == ["safeguarding.E001"]


def test_hosts_must_be_named(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = []
    [message] = found()
    assert message.id == "safeguarding.E002"
    assert "ALLOWED_HOSTS=safeguarding.example.org" in str(message.hint)


def test_any_host_is_too_many(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert ids() == ["safeguarding.W001"]


@pytest.mark.parametrize(
    ("engine", "host", "options", "named"),
    [
        ("postgresql", "db.test", {}, ["safeguarding.W004"]),
        ("postgresql", "127.0.0.1", {"sslmode": "require"}, ["safeguarding.W004"]),
        ("postgresql", "", {}, []),
        ("postgresql", "127.0.0.1", {"sslmode": "verify-ca"}, []),
        ("postgresql", "db.test", {"sslmode": "verify-full"}, []),
        ("postgresql", "/run/postgresql", {}, []),
        ("sqlite3", "", {}, []),
    ],
)
def test_the_database_must_show_who_it_is(
    monkeypatch: pytest.MonkeyPatch, engine: str, host: str, options: dict[str, str], named: list[str]
) -> None:
    database = {"ENGINE": f"django.db.backends.{engine}", "HOST": host, "OPTIONS": options}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": database}))
    assert [message.id for message in checks.the_database_is_known()] == named


@pytest.mark.parametrize("mode", [0o701, 0o710, 0o755])
def test_data_folder_open_to_others(settings: LazySettings, mode: int) -> None:
    settings.VAR_DIR.chmod(mode)
    [message] = found()
    assert message.id == "safeguarding.W002"
    assert message.hint == f"chmod go= {settings.VAR_DIR}"


def test_key_open_to_others(settings: LazySettings) -> None:
    key = settings.VAR_DIR / "secret_key"
    key.touch(mode=0o600)
    assert ids() == []
    key.chmod(0o644)
    [message] = found()
    assert str(key) in message.msg


def test_no_proxy_is_only_worth_a_remark(settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = 0
    [message] = found()
    assert message.id == "safeguarding.I001"
    assert not message.is_serious()


@pytest.mark.parametrize(
    ("host", "sender", "expected"),
    [
        ("", "", ["safeguarding.W003"]),
        ("mail.test", "", ["safeguarding.W003"]),
        ("", "no-reply@a.test", ["safeguarding.W003"]),
        ("mail.test", "no-reply@a.test", []),
    ],
)
def test_people_are_told_by_email(settings: LazySettings, host: str, sender: str, expected: list[str]) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = host, sender
    assert ids() == expected


def test_nothing_is_said_to_ordinary_commands(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = []
    settings.DEMO = True
    assert found(deploy=False) == []


def test_every_message_says_how_to_mend_it(settings: LazySettings) -> None:
    settings.DEMO, settings.ALLOWED_HOSTS, settings.TRUSTED_PROXIES = True, [], 0
    settings.EMAIL_HOST = ""
    settings.VAR_DIR.chmod(0o755)
    messages = found()
    assert len(messages) == 5
    assert all(message.hint for message in messages)
    assert len(checks.private_paths()) == 3


@pytest.mark.parametrize(
    ("limits", "cache", "refused"),
    [
        (False, "locmem.LocMemCache", False),
        ({"login_failed": "10/5m/key"}, "locmem.LocMemCache", True),
        ({"login_failed": "10/5m/key"}, "dummy.DummyCache", True),
        ({"login_failed": "10/5m/key"}, "redis.RedisCache", False),
    ],
)
def test_guesses_are_not_counted_by_each_worker(
    settings: LazySettings, limits: object, cache: str, *, refused: bool
) -> None:
    settings.ACCOUNT_RATE_LIMITS = limits
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{cache}"}}
    assert (ids() == ["safeguarding.E006"]) is refused
