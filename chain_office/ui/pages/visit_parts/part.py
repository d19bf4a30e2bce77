"""The page of 走访 as its views see it: what every desk offers, and a visit's form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from chain_office.ui import keys
from chain_office.ui.kit.desk_parts import part

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Host(part.Host, Protocol):
    """The page of 走访."""

    def make_visit(self, preset: Mapping[str, object]) -> None:
        """Open a visit's form beside the list, with these fields filled in."""

    def plan_these(self, firms: Collection[str]) -> None:
        """Begin a plan for these firms."""


class Part(part.Part):
    """One view of 走访."""

    page: Host


def first_key(key_id: str) -> str:
    """The first of an entry's keys, as a button shows it."""
    return keys.key(key_id).keys[0]
