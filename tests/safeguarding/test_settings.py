"""The settings as separate processes see them: production by default, a demo only when asked for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
Sites = dict[str, dict[str, object]]
KEY = "for-tests-only-" + "0123456789abcdef" * 4
NAMES = (
    *("DEMO", "DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"),
    *("SESSION_COOKIE_NAME", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER"),
)
SITES: dict[str, dict[str, str]] = {
    "bare": {},
    "debug": {"DEBUG": "1"},
    "behind a proxy": {"TRUSTED_PROXIES": "1"},
    "production": {"ALLOWED_HOSTS": "a.test, b.test", "TRUSTED_PROXIES": "1"},
    "demo": {"DEMO": "1", "ALLOWED_HOSTS": "safeguarding.example.org"},
    "demo with debug": {"DEMO": "1", "DEBUG": "1"},
}
# Runs the settings from the first line for each site, with nothing in the environment but its own.
PROGRAM = f"""
import json, os, runpy
found = {{}}
for site, variables in {SITES}.items():
    os.environ.clear()
    os.environ.update(variables, SECRET_KEY={KEY!r})
    read = runpy.run_module("safeguarding.settings")
    found[site] = {{name: read[name] for name in {NAMES}}}
print(json.dumps(found))
"""


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=variables, check=False, capture_output=True, text=True, timeout=60
    )


@pytest.fixture(scope="module")
def settings() -> Sites:
    answer = python("-c", PROGRAM)
    assert answer.returncode == 0, answer.stderr
    found: Sites = json.loads(answer.stdout)
    return found


def test_production_is_the_default(settings: Sites) -> None:
    found = settings["production"]
    assert found["DEMO"] is False
    assert found["ALLOWED_HOSTS"] == ["a.test", "b.test"]
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is found["SECURE_SSL_REDIRECT"] is True
    assert str(found["SESSION_COOKIE_NAME"]).startswith("__Host-")
    assert found["SECURE_HSTS_SECONDS"]


def test_demo_is_for_this_machine_only(settings: Sites) -> None:
    found = settings["demo"]
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert found["SESSION_COOKIE_SECURE"] is found["SECURE_SSL_REDIRECT"] is False


@pytest.mark.parametrize("site", ["debug", "demo with debug"])
def test_debug_is_never_on(settings: Sites, site: str) -> None:
    assert settings[site]["DEBUG"] is False


def test_forwarded_https_is_believed_only_behind_a_proxy_of_ones_own(settings: Sites) -> None:
    assert settings["bare"]["SECURE_PROXY_SSL_HEADER"] is None
    assert settings["behind a proxy"]["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_management_commands_start_with_an_empty_environment() -> None:
    answer = python("manage.py", "check", "--tag", "security")
    assert answer.returncode == 0, answer.stderr


def test_a_bad_value_ends_with_one_clear_line() -> None:
    answer = python("manage.py", "check", TRUSTED_PROXIES="many")
    assert answer.returncode != 0
    assert (
        answer.stderr.strip()
        .splitlines()[-1]
        .endswith("TRUSTED_PROXIES is 'many'. Set it to a whole number, such as 0.")
    )


def test_a_production_site_passes_the_deployment_checks_without_a_warning() -> None:
    answer = python(
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING", "--tag", "security"),
        SECRET_KEY=KEY,
        ALLOWED_HOSTS="a.test",
        TRUSTED_PROXIES="1",
        EMAIL_URL="smtps://mail.a.test",
        EMAIL_FROM="site@a.test",
    )
    assert answer.returncode == 0, answer.stderr
