"""Which part of a zip workbook holds which sheet."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable


def sheet_parts(workbook: bytes, rels: bytes) -> dict[str, str]:
    """Sheet name → part name. ValueError if the XML is broken."""
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def on_sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] != "sheet":
            return
        rel_id = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
        sheets.append((attributes.get("name", ""), rel_id))

    def on_relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            target = attributes.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            targets[attributes.get("Id", "")] = full

    parse_xml(workbook, on_sheet)
    if rels:
        parse_xml(rels, on_relation)
    return {name: targets.get(rel_id, "") for name, rel_id in sheets}


def parse_xml(content: bytes, on_start: Callable[[str, dict[str, str]], None]) -> None:
    """Run expat over ``content``; ValueError (Expat's own is one of another family) if it is not well formed."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = on_start
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
