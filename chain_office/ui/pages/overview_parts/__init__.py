"""The views of 总览: what stands in it at a glance, and everything due."""

from __future__ import annotations

from typing import Final

from chain_office.ui.kit.desk_parts import LIST, PartKind

PARTS: Final = (
    PartKind(LIST, "总览", "layout-dashboard"),
    PartKind("agenda", "日程", "calendar", "chain_office.ui.pages.overview_parts.agenda:AgendaPart"),
)
"""In the order of the strip."""
