"""Tables made straight from the models, as in every run of the tests: the migrations take six times as long.

tests/test_migrations.py holds the migrations to the same tables.
"""

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings


def make_tables() -> None:
    """For a database of its own. What a test run has is made by Django (tests/settings.py)."""
    none = {app.label: None for app in apps.get_app_configs()}
    with override_settings(MIGRATION_MODULES={**settings.MIGRATION_MODULES, **none}):
        call_command("migrate", run_syncdb=True, verbosity=0)
    believe_migrated()


def believe_migrated() -> None:
    """`migrate` finds nothing left to do."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(None).disk_migrations:
        recorder.record_applied(app, name)
