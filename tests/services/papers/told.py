"""What papers say, as plain texts to look through."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from chain_office.reports.content import Table
from chain_office.reports.papers import Paper, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chain_office.services.papers import PaperFile, PaperOrder


def texts(part: Any) -> Iterator[str]:
    """Every text in a content, in order."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts(getattr(part, field.name))


def whole(part: Any) -> str:
    """All of it in one text."""
    return "\n".join(texts(part))


def named(order: PaperOrder, *words: str) -> PaperFile:
    """The one file whose name holds all these words."""
    found = [file for file in order.files if all(word in f"{file.folder}/{file.content.name}" for word in words)]
    papers = [file for file in found if isinstance(file.content, Paper)] or found
    assert len(papers) == 1, [file.content.name for file in found]
    return papers[0]


def sheet(order: PaperOrder, *words: str) -> Sheet:
    """The one workbook whose name holds all these words."""
    found = [
        file.content
        for file in order.files
        if isinstance(file.content, Sheet) and all(word in file.content.name for word in words)
    ]
    assert len(found) == 1
    return found[0]


def rows(file: PaperFile, at: int = 0) -> list[tuple[str, ...]]:
    """The rows of its table, without the lines that only group them."""
    assert isinstance(file.content, Paper)
    table = [part for part in file.content.parts if isinstance(part, Table)][at]
    return [row for number, row in enumerate(table.rows) if number not in table.groups]
