"""The settings as separate processes see them: production by default, a demo only when asked for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
KEY = "for-tests-only-" + "0123456789abcdef" * 4
NAMES = (
    *("DEMO", "DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"),
    *("SESSION_COOKIE_NAME", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER"),
)
PROGRAM = (
    f"import json; from safeguarding import settings as s; print(json.dumps({{n: getattr(s, n) for n in {NAMES}}}))"
)


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=variables, check=False, capture_output=True, text=True, timeout=60
    )


def settings(**variables: str) -> dict[str, object]:
    answer = python("-c", PROGRAM, SECRET_KEY=KEY, **variables)
    assert answer.returncode == 0, answer.stderr
    found: dict[str, object] = json.loads(answer.stdout)
    return found


def test_production_is_the_default() -> None:
    found = settings(ALLOWED_HOSTS="a.test, b.test", TRUSTED_PROXIES="1")
    assert found["DEMO"] is False
    assert found["ALLOWED_HOSTS"] == ["a.test", "b.test"]
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is found["SECURE_SSL_REDIRECT"] is True
    assert str(found["SESSION_COOKIE_NAME"]).startswith("__Host-")
    assert found["SECURE_HSTS_SECONDS"]


def test_demo_is_for_this_machine_only() -> None:
    found = settings(DEMO="1", ALLOWED_HOSTS="safeguarding.example.org")
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert found["SESSION_COOKIE_SECURE"] is found["SECURE_SSL_REDIRECT"] is False


@pytest.mark.parametrize("variables", [{}, {"DEMO": "1"}])
def test_debug_is_never_on(variables: dict[str, str]) -> None:
    assert settings(**variables, DEBUG="1")["DEBUG"] is False


def test_forwarded_https_is_believed_only_behind_a_proxy_of_ones_own() -> None:
    assert settings()["SECURE_PROXY_SSL_HEADER"] is None
    assert settings(TRUSTED_PROXIES="1")["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_management_commands_start_with_an_empty_environment() -> None:
    answer = python("manage.py", "check")
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
    )
    assert answer.returncode == 0, answer.stderr
