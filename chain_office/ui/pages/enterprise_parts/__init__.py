"""The views of 企业 beside its list, in the order of the strip above them."""

from __future__ import annotations

from typing import Final

from chain_office.ui.kit.desk_parts import THE_LIST, PartKind

_HERE = "chain_office.ui.pages.enterprise_parts"
PARTS: Final[tuple[PartKind, ...]] = (
    THE_LIST,
    PartKind("dossier", "一企一档", "book-open", f"{_HERE}.dossier:DossierPart"),
    PartKind("map", "图谱", "layers", f"{_HERE}.chain_map:ChainMapPart"),
    PartKind("lists", "五单", "list-checks", f"{_HERE}.five_lists:FiveListsPart"),
    PartKind("register", "进退规", "arrow-left-right", f"{_HERE}.register:RegisterPart"),
    PartKind("duplicates", "重复", "merge", f"{_HERE}.duplicates:DuplicatesPart"),
)
