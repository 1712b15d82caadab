"""What the commands that import share: the file they read, whom they act for, and the file of what was refused."""

import os
from pathlib import Path

from accounts.models import User
from accounts.roles import Permission
from audit.management.one_line import bad_input
from ui.csv_files import NotReadable, Table, read_table

MOST_BYTES, MOST_ROWS = 20_000_000, 20_000


def table_of(path: Path) -> Table:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise bad_input(f"{path} cannot be read: {error.strerror}. Give the name of a CSV file.") from None
    try:
        return read_table(content, most_bytes=MOST_BYTES, most_rows=MOST_ROWS)
    except NotReadable as refused:
        raise bad_input(f"{path}: {refused.message}.") from None


def acting_user(email: str, permission: Permission) -> User:
    """The one in whose name the import is entered in the ledger. The action checks the permission again."""
    user: User | None = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None or not user.has(permission):
        raise bad_input("--by: Give the email address of an active person who may do this.")
    return user


def write_private(path: Path, content: bytes) -> None:
    """A new file that only its owner can read: it has names, or links that open accounts."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise bad_input(
            f"{path} cannot be written: {error.strerror}. Give the name of a file that is not there."
        ) from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
