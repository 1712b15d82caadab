"""An organisation's own legal provisions: how a code is made from the name, and what must fit together."""

import re
from collections.abc import Mapping
from typing import Any

from rules.codes import Layer

PREFIX = "LOCAL_"
LONGEST_NAME = 24
NAME = re.compile(r"[A-Za-z0-9_]+(?: +[A-Za-z0-9_]+)*", re.ASCII)
BASIS = frozenset({"basis"})
# Layer 5 is one provision that always applies, so none can be added.
KINDS_OF: Mapping[str, frozenset[str]] = {
    Layer.L1: BASIS,
    Layer.ANNEX1: BASIS,
    Layer.L2: BASIS,
    Layer.SCHEDULE1: BASIS,
    Layer.SCHEDULE8: BASIS,
    Layer.L3: frozenset({"power", "arrangements", "needs_agreement", "limits", "must_disclose"}),
    Layer.L4: frozenset({"confidence"}),
}
BAD_NAME = "Use letters, digits, spaces and underscores only, such as: health protocol"
FOR_EVERY_PROVISION = {
    "layer": "Choose where it belongs from the list.",
    "kind": "Choose what kind of provision it is from the list.",
    "refused_ok": "This does not go with its kind. Choose another answer, or another kind.",
}


def code_of(name: str) -> str:
    """The code made from the name: "health protocol" is LOCAL_HEALTH_PROTOCOL. Empty if none can be made."""
    typed = name.strip().removeprefix(PREFIX)
    if not NAME.fullmatch(typed) or len(typed) > LONGEST_NAME:
        return ""
    return PREFIX + re.sub(" +", "_", typed).upper()


def contradictions(provision: Mapping[str, Any]) -> dict[str, str]:
    """Answers that do not fit together, as a message for each answer."""
    kinds = KINDS_OF.get(str(provision.get("layer")))
    if kinds is None:
        return {"layer": FOR_EVERY_PROVISION["layer"]}
    if provision.get("kind") not in kinds:
        return {"kind": FOR_EVERY_PROVISION["kind"]}
    on_a_no = {"must_disclose": {"yes"}, "needs_agreement": {"no"}}.get(str(provision["kind"]))
    if on_a_no and provision.get("refused_ok") not in on_a_no:
        return {"refused_ok": FOR_EVERY_PROVISION["refused_ok"]}
    return {}
