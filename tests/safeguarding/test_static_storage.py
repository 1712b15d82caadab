"""In production every script imports the others by their hashed names, so that two releases never mix."""

import re
from pathlib import Path

from django.core.management import call_command
from django.test import override_settings

from safeguarding.settings import STORAGES


def test_scripts_import_hashed_names(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
    hashed = {
        path.name: re.findall(r'^import .* from ["\'](.*)["\']', path.read_text(), re.MULTILINE)
        for path in tmp_path.glob("*.????????????.js")
    }
    imported = [name for names in hashed.values() for name in names]
    assert len(imported) >= 4
    for name in imported:
        assert re.search(r"\.[0-9a-f]{12}\.js$", name)
        assert (tmp_path / name).is_file()
