"""Files for their owner alone, that have their name only when all of them is on the disk."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, data: bytes, *, anew: bool = False) -> None:
    """The whole file or none of it. `anew`: of two processes that start at once, the first one's file is kept."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # mkstemp makes it mode 600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if not anew:
            Path(name).replace(path)
            return
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
