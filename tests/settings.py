"""The project's settings, with what a test run needs different."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "x" * 50)
os.environ.setdefault("SECOND_FACTOR_KEYS", "second-for-tests-only-" + "y" * 50)
os.environ["DEMO"] = "1"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")

from safeguarding.settings import *  # noqa: F403 - the same settings, but for what follows
from safeguarding.settings import DATABASES

FOLDER = tempfile.mkdtemp(prefix="safeguarding-test-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
LEDGER_KEY = Path(FOLDER) / "ledger_key"
LEFT_SESSIONS = Path(FOLDER) / "left_sessions"
LEDGER_WITNESS, LEDGER_TSA = None, ""

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads of a live server share one in-memory connection and fail (ADR 0003).
    DATABASES["default"]["TEST"] = {"NAME": str(Path(FOLDER) / "db.sqlite3")}
    # Nothing here outlives the run, so it need not survive a power cut. tests/safeguarding holds the site's own.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
    # Each statement is compiled with all its triggers. Of the usual 128, few are still there when a page asks again.
    DATABASES["default"]["OPTIONS"]["cached_statements"] = 1_000
    # A live server would connect for each request, and read all tables and triggers again: twice what its page takes.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_safeguarding_{os.getpid()}"}
    # A live server's thread must not hold the database when the run drops it.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
# Tables straight from the models; tests/test_migrations.py holds the migrations to the same tables.
DATABASES["default"]["TEST"]["MIGRATE"] = False

FILES = tempfile.mkdtemp(prefix="safeguarding-files-")
atexit.register(shutil.rmtree, FILES, ignore_errors=True)
TOMBSTONES_FILE = Path(FILES) / "tombstones.jsonl"

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
# Slow on purpose in production; tests sign in thousands of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
