"""Backups of the database in one file, and how one is tried."""
