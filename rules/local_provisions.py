"""A provision of the law of an organisation's own: how it gets its code, and what it may say."""

import re
from collections.abc import Mapping
from typing import Any

from rules.codes import Layer

PREFIX = "LOCAL_"
LONGEST_NAME = 24
NAME = re.compile(r"[A-Za-z0-9_]+(?: +[A-Za-z0-9_]+)*", re.ASCII)
BASIS = frozenset({"basis"})
# Layer 5 is one provision for everybody: nobody chooses in it, so nobody adds to it.
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
    "kind": "Choose what kind of row it is from the list.",
    "refused_ok": "This does not go with its kind. Choose another answer, or another kind.",
}


def code_of(name: str) -> str:
    """The code made from what somebody calls it: "health protocol" is LOCAL_HEALTH_PROTOCOL. Empty: it cannot be."""
    typed = name.strip().removeprefix(PREFIX)
    if not NAME.fullmatch(typed) or len(typed) > LONGEST_NAME:
        return ""
    return PREFIX + re.sub(" +", "_", typed).upper()


def contradictions(provision: Mapping[str, Any]) -> dict[str, str]:
    """What does not fit together in a provision, as a message for each answer that it is about."""
    kinds = KINDS_OF.get(str(provision.get("layer")))
    if kinds is None:
        return {"layer": FOR_EVERY_PROVISION["layer"]}
    if provision.get("kind") not in kinds:
        return {"kind": FOR_EVERY_PROVISION["kind"]}
    on_a_no = {"must_disclose": {"yes"}, "needs_agreement": {"no"}}.get(str(provision["kind"]))
    if on_a_no and provision.get("refused_ok") not in on_a_no:
        return {"refused_ok": FOR_EVERY_PROVISION["refused_ok"]}
    return {}
