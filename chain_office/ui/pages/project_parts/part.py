"""The page of 项目 as its views see it: what every desk offers, and the forms of a project's parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from chain_office.ui.kit.desk_parts import part

if TYPE_CHECKING:
    from collections.abc import Mapping


class Host(part.Host, Protocol):
    """The page of 项目."""

    def open_form(self, table: str, project: str, preset: Mapping[str, object] | None = None) -> None:
        """A blank form of a project's part (its stage, a node …) beside the list."""

    def open_part(self, table: str, row_id: str, project: str) -> None:
        """The form of a project's part beside the list."""


class Part(part.Part):
    """One view of 项目."""

    page: Host
