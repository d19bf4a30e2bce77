"""The last look at a paper before it leaves: telephone numbers masked, but for the office's own, which is there to be called."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from chain_office.services.packs import masked

if TYPE_CHECKING:
    from collections.abc import Callable

PHONE: Final = "\ue000"
"""Stands for the office's telephone number until everything else is masked."""
Part = TypeVar("Part")


def released(content: Part, phone: str) -> Part:
    """The content as it may leave."""
    return _through(masked(content), lambda text: text.replace(PHONE, phone))  # type: ignore[no-any-return]


def _through(part: Any, change: Callable[[str], str]) -> Any:
    if isinstance(part, str):
        return change(part)
    if isinstance(part, tuple):
        return tuple(_through(one, change) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(
            part, **{one.name: _through(getattr(part, one.name), change) for one in fields(part) if one.init}
        )
    return part
