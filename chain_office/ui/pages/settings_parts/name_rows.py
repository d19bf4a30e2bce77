"""Entries of the lists of names as rows of an edited table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.forms import Option
from chain_office.services.settings import name_lists
from chain_office.ui.kit import sheet_rows
from chain_office.ui.kit.sheet_rows import SheetColumn, SheetRow

if TYPE_CHECKING:
    from chain_office.services.settings.entries import Entries, Entry
    from chain_office.services.settings.name_lists import NameList

_WAYS = {
    name_lists.LINE: sheet_rows.LINE, name_lists.LINES: sheet_rows.LINES, name_lists.LINK: sheet_rows.ONE,
    name_lists.LINKS: sheet_rows.SEVERAL, name_lists.CHOICE: sheet_rows.ONE, name_lists.DAY: sheet_rows.LINE,
    name_lists.TICK: sheet_rows.TICK,
}  # fmt: skip
USED = "used"


def columns_of(entries: Entries) -> tuple[SheetColumn, ...]:
    """The columns of a list, and how many records use each entry."""
    made = [
        SheetColumn(
            field.name,
            field.label,
            field.width,
            _WAYS[field.edited],
            tip=field.tip,
            options=entries.options.get(field.name, tuple(Option(word, word) for word in field.choices)),
            free=field.edited == name_lists.CHOICE or field.link == "category",
        )
        for field in entries.list.fields
    ]
    used = SheetColumn(USED, "使用", 52, sheet_rows.NONE, right=True, tip="多少条记录在用它；在用的不能移入回收站")
    return (*made, used)


def row_of(kind: NameList, entry: Entry) -> SheetRow:
    """One entry."""
    values = {
        field.name: entry.values[field.name]
        for field in kind.fields
        if field.edited not in {name_lists.LINE, name_lists.DAY}
    }
    by = "、".join(use.text for use in entry.uses)
    return SheetRow(
        entry.id,
        {**entry.texts, USED: str(entry.used) if entry.used else ""},
        values,
        {"verified": "amber", USED: "quiet"},
        {USED: f"在用：{by}" if by else "没有记录在用"},
    )
