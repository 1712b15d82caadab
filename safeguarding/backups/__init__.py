"""Backups of the database in one file, and how one is tried: docs/adr/0042-a-restore-verifies-what-it-restored.md."""
