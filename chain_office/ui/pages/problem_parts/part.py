"""The page of 问题 as its views see it: what every desk offers, and the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from chain_office.ui.kit.desk_parts import part

if TYPE_CHECKING:
    from collections.abc import Sequence


class Host(part.Host, Protocol):
    """The page of 问题."""

    def open_step(self, verb: str, ids: Sequence[str]) -> None:
        """Open the form of a step (a verb's id) on these problems, beside the list."""


class Part(part.Part):
    """One view of 问题."""

    page: Host
