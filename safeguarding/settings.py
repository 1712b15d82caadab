"""The only settings file. Everything that differs between sites comes from the environment."""

import os
from pathlib import Path

import django_stubs_ext

from safeguarding import environment

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = environment.data_folder(environment.path("DATA_FOLDER", BASE_DIR / "var"))

# DEMO=1 is a demonstration on one machine: loopback, plain http, invented data. Anything else is production.
DEMO = environment.flag("DEMO")
DEBUG = False
SECRET_KEY = environment.secret_key(VAR_DIR)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if DEMO else environment.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
# How many of our own proxies are in front of the site: only that many forwarded addresses are trusted.
TRUSTED_PROXIES = environment.whole_number("TRUSTED_PROXIES", 0)

INSTALLED_APPS = [
    "accounts",  # before Django's own, whose commands about users would leave no entry
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "auditlog",
    "crispy_forms",
    "ui",
    "audit",
    "search",
    "families",
    "wording",
    "decisions",
    "drafting",
    "reviews",
    "letters",
    "reflections",
    "rights",
    "incidents",
    "emergencies",
    "reports",
    "retention",
    "administration",
    "reminders",
    "safeguarding",
]

MIDDLEWARE = [
    "safeguarding.requests_seen.RequestsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "safeguarding.middleware.HeadersMiddleware",
    "accounts.leaving.QuickLeaveMiddleware",
    "safeguarding.request_size.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.leaving.LeftMiddleware",
    "accounts.idle.IdleMiddleware",
    "audit.middleware.LedgerMiddleware",
    "accounts.signing_in.AcceptedMiddleware",
    "accounts.signing_in.SignInMiddleware",
    "accounts.second_factor.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.inspecting.InspectorMiddleware",
    "safeguarding.conflicts.ConflictMiddleware",
]

ROOT_URLCONF = "safeguarding.urls"
WSGI_APPLICATION = "safeguarding.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["ui.template_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "safeguarding.context.site",
            ],
            "builtins": ["ui.templatetags.addresses"],
        },
    },
]
FORM_RENDERER = "ui.renderer.GovukRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_TEMPLATE_PACK = "govuk"

DATABASES = {"default": environment.database(VAR_DIR)}
# What was disposed of, outside the database, so that a restored backup can be disposed of again (ADR 0030).
TOMBSTONES_FILE = environment.path("TOMBSTONES_FILE", VAR_DIR / "tombstones.jsonl")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# django-auditlog's own table breaks flush on PostgreSQL; ours replaces it.
MIGRATION_MODULES = {"auditlog": None}
AUDITLOG_LOGENTRY_MODEL = "audit.LedgerEntry"
AUDITLOG_USE_BASE_MANAGER = False
# Signs the checkpoints of the audit log. Made on first use; nothing of it is in the database.
LEDGER_KEY = environment.path("LEDGER_KEY", VAR_DIR / "ledger_key")
# Signs checkpoints of other sites, as their witness.
LEDGER_WITNESS_KEY = environment.path("LEDGER_WITNESS_KEY", VAR_DIR / "witness_key")
# Where checkpoints are kept outside, and when `manage.py checkpoint --due` makes one.
LEDGER_WITNESS = environment.folder("LEDGER_WITNESS")
# Who says at what time a checkpoint was there, and the file of the certificate that its answers are verified with.
LEDGER_TSA = environment.web_address("LEDGER_TSA")
LEDGER_TSA_ROOT = environment.text("LEDGER_TSA_ROOT")
LEDGER_CHECKPOINT_ENTRIES = environment.whole_number("LEDGER_CHECKPOINT_ENTRIES", 1000)
LEDGER_CHECKPOINT_MINUTES = environment.whole_number("LEDGER_CHECKPOINT_MINUTES", 60)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "accounts.password_rules.NotBreached"},
    {"NAME": "accounts.password_rules.NotOfTheOrganisation"},
]
# One-time links (accounts/links.py): long enough for a link handed over before a weekend or a day off.
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# allauth counts guesses in a cache, which each worker has alone: accounts/guesses.py counts them in the database.
ACCOUNT_RATE_LIMITS = False
# A second factor is demanded of everybody (accounts/second_factor.py). Its secrets are stored encrypted.
SECOND_FACTOR = not DEMO
SECOND_FACTOR_KEYS = environment.second_factor_keys(VAR_DIR)
MFA_ADAPTER = "accounts.factor_secrets.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A passkey also confirms alone what is grave, so it asks for a finger, a face or a PIN.
MFA_WEBAUTHN_USER_VERIFICATION = "required"

# Services that people sign on with, and whether with nothing else (ADR 0050).
SIGN_ON = environment.sign_on()
SIGN_ON_ONLY = environment.flag("SIGN_ON_ONLY")

# Emails about what is due, sent by `manage.py send_reminders`. Without REMINDERS=1 none is made.
REMINDERS = environment.flag("REMINDERS")
_mail = environment.mail_server()
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.host, _mail.port, _mail.user, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.tls_at_once, _mail.starttls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {"staticfiles": {"BACKEND": "safeguarding.static_storage.StaticStorage"}}

# The page is covered after 2 minutes without a sign of anybody. Signed out after 15, with a warning; after 12 hours in
# any case.
IDLE_COVER_SECONDS = 2 * 60
IDLE_SECONDS = 15 * 60
IDLE_WARNING_SECONDS = 2 * 60
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_NAME = "session" if DEMO else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if DEMO else "__Host-csrf"
# Set by quick leave. Its name says nothing.
LEFT_COOKIE_NAME = "seen" if DEMO else "__Host-seen"
# Who left while the database was away: accounts/left_sessions.py.
LEFT_SESSIONS = VAR_DIR / "left_sessions"
CSRF_FAILURE_VIEW = "safeguarding.errors.csrf_failure"
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^metrics$"]
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A page of 20 people and 20 items has about 900 fields; no user types more than this. safeguarding/request_size.py
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# The one file people send is read in memory and forgotten; this handler never writes to a disk (ADR 0036).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# Figures of the site (safeguarding/metrics.py), for this machine or whoever has the token. In a folder that is emptied
# at each start, several workers count together.
METRICS_TOKEN = environment.text("METRICS_TOKEN")
METRICS_FOLDER = environment.folder("METRICS_FOLDER")
if METRICS_FOLDER:  # read by the library when it is imported
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_FOLDER)

# No line has what somebody typed (safeguarding/logs.py). Django's own handlers would email it to administrators.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "safeguarding.logs.WithoutWords",
            "format": "{asctime} {levelname} {request_number} {name} {message}",
            "style": "{",
        },
        "json": {"()": "safeguarding.logs.JsonLines"},
    },
    "filters": {"number": {"()": "safeguarding.logs.RequestNumber"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": environment.one_of("LOG_FORMAT", ("plain", "json")),
            "filters": ["number"],
        }
    },
    "root": {"handlers": ["console"], "level": environment.one_of("LOG_LEVEL", ("WARNING", "INFO", "ERROR"))},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
