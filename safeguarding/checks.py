"""Checks for `manage.py check --deploy`, before real cases are entered."""

from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register

OTHERS = 0o077  # any permission for other users of the machine


@register(Tags.security, deploy=True)
def not_a_demo(**_: object) -> list[CheckMessage]:
    if not settings.DEMO:
        return []
    return [
        checks.Error(
            "DEMO is on: sign-in is weak and cookies travel without encryption.",
            hint="Leave DEMO out of the environment.",
            id="safeguarding.E001",
        )
    ]


@register(Tags.security, deploy=True)
def hosts_are_named(**_: object) -> list[CheckMessage]:
    if not settings.ALLOWED_HOSTS:
        return [
            checks.Error(
                "ALLOWED_HOSTS is empty, so every request is refused.",
                hint="Set it to the names people type, such as ALLOWED_HOSTS=safeguarding.example.org",
                id="safeguarding.E002",
            )
        ]
    if "*" in settings.ALLOWED_HOSTS:
        return [
            checks.Warning(
                "ALLOWED_HOSTS is *, so links in e-mails could be made to point to a stranger's site.",
                hint="Name the hosts, separated by commas.",
                id="safeguarding.W001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def data_is_private(**_: object) -> list[CheckMessage]:
    open_paths = [path for path in private_paths() if path.exists() and path.stat().st_mode & OTHERS]
    return [
        checks.Warning(
            f"Other users of this machine can reach {path}.",
            hint=f"chmod go= {path}",
            id="safeguarding.W002",
        )
        for path in open_paths
    ]


def private_paths() -> list[Path]:
    return [settings.VAR_DIR, settings.VAR_DIR / "secret_key", settings.VAR_DIR / "second_factor_key"]


@register(Tags.security, deploy=True)
def proxies_are_counted(**_: object) -> list[CheckMessage]:
    if settings.TRUSTED_PROXIES:
        return []
    return [
        checks.Info(
            "TRUSTED_PROXIES is 0: right only where the web server itself speaks https.",
            hint="Behind one reverse proxy set TRUSTED_PROXIES=1, or every page redirects to itself for ever.",
            id="safeguarding.I001",
        )
    ]


@register(Tags.security, deploy=True)
def the_database_is_known(**_: object) -> list[CheckMessage]:
    """Also on this machine: whoever took the port while PostgreSQL was stopped would be sent what people type."""
    database = settings.DATABASES["default"]
    by_network = "postgresql" in database["ENGINE"] and database["HOST"] and not database["HOST"].startswith("/")
    if not by_network or database["OPTIONS"].get("sslmode") in {"verify-ca", "verify-full"}:
        return []
    return [
        checks.Warning(
            "The connection to PostgreSQL is not verified, and may be in plain.",
            hint="Add ?sslmode=verify-full&sslrootcert=/path/to/its/certificate.pem to DATABASE_URL.",
            id="safeguarding.W004",
        )
    ]


@register(Tags.security, deploy=True)
def email_can_be_sent(**_: object) -> list[CheckMessage]:
    if settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL:
        return []
    return [
        checks.Warning(
            "No email can be sent: nobody is told of what is due, or that access was widened.",
            hint="Set EMAIL_URL to your mail server and EMAIL_FROM to the sender's address.",
            id="safeguarding.W003",
        )
    ]


@register(Tags.security, deploy=True)
def guesses_are_counted_together(**_: object) -> list[CheckMessage]:
    """allauth's own counts are off: accounts/guesses.py counts in the database, whatever the cache is."""
    own_memory = settings.CACHES["default"]["BACKEND"].rpartition(".")[2] in {"LocMemCache", "DummyCache"}
    if settings.ACCOUNT_RATE_LIMITS is False or not own_memory:
        return []
    return [
        checks.Error(
            "ACCOUNT_RATE_LIMITS counts guesses in a cache that each worker has alone.",
            hint="Set it to False, as it was: guesses are counted in the database.",
            id="safeguarding.E006",
        )
    ]
