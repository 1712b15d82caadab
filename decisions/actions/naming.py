from typing import Any
from uuid import UUID, uuid4


def free(model: type[Any], once: UUID | None) -> UUID:
    """The page's own name for the row it makes; a new one where somebody forged a name already taken."""
    if once is None or model._base_manager.filter(public_id=once).exists():
        return uuid4()
    return once
