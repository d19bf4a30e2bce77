"""The views of 产值 beside its list, in the order of the strip above them."""

from __future__ import annotations

from typing import Final

from chain_office.ui.kit.desk_parts import THE_LIST, PartKind

_HERE = "chain_office.ui.pages.output_parts"
PARTS: Final[tuple[PartKind, ...]] = (
    THE_LIST,
    PartKind("entry", "录入", "pencil", f"{_HERE}.entry:EntryPart"),
    PartKind("health", "体检", "circle-check", f"{_HERE}.health:HealthPart"),
    PartKind("groups", "分组", "layers", f"{_HERE}.groups:GroupsPart"),
    PartKind("bridge", "口径", "arrow-left-right", f"{_HERE}.bridge:BridgePart"),
)
