"""A block copied from a spreadsheet, laid onto the monthly grid of output: by position, or by the firms its first columns
name. Whatever does not fit is told in words; nothing is dropped in silence."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from chain_office.domain.errors import KnownError
from chain_office.domain.money import money_unit
from chain_office.domain.names import name_core, name_key
from chain_office.domain.output_entry import AMOUNTS, FIELDS, LABELS, Typed, read_cell
from chain_office.domain.periods import month_parts, read_period
from chain_office.domain.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chain_office.domain.output_entry import EntryLine

_NAME: Final = re.compile(r"(企业|公司|单位)(全|详细)?名?称?$|^名称$|信用代码$")
_NUMBERS: Final = re.compile(r"序号|^no\.?$|^编号$", re.IGNORECASE)
_WORKED_OUT: Final = re.compile(r"同比|增速|增幅|增长|差额|%|排名|环比")
_TOTALS: Final = re.compile(r"^(合|总|小)计|^其中|^全(市|县|链)")
_UNIT_LINE: Final = re.compile(r"单\s*位\s*[:：]")
_HEADS: Final = 6
"""Headings stand in the first rows of a block, under a title perhaps."""
_HALF: Final = 2
_NAMED: Final = 5
MOST: Final = 60_000
"""No block has more cells than this."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What a paste does: firm → field → what was read, and what was not used, in words. ``by_name``: laid by firms' names."""

    cells: Mapping[str, Mapping[str, Typed]]
    said: tuple[str, ...] = ()
    by_name: bool = False

    @property
    def count(self) -> int:
        """How many cells are filled."""
        return sum(map(len, self.cells.values()))


@dataclass(slots=True)
class _Left:
    """What did not fit, by why: collected, then told with a few names."""

    why: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, why: str, what: str) -> None:
        self.why[why].append(what)

    def told(self) -> tuple[str, ...]:
        return tuple(f"{why}：{_few(what)}" for why, what in self.why.items())


def _few(words: Sequence[str]) -> str:
    kept = list(dict.fromkeys(words))
    more = f" 等 {len(kept)} 个" if len(kept) > _NAMED else ""
    return "、".join(kept[:_NAMED]) + more


def block(text: str) -> list[list[str]]:
    """The rows of a clipboard's text; blank rows at the end are no rows. KnownError for what is no table or too large."""
    told = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = [
            [cell.strip() for cell in row]
            for row in csv.reader((f"{line}\n" for line in told.split("\n")), delimiter="\t")
        ]
    except csv.Error as error:
        raise KnownError("剪贴板里的内容不是表格，没有粘贴；请在 Excel 或 WPS 里选中几格再复制。") from error
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise KnownError("剪贴板里没有内容，没有粘贴；请在 Excel 或 WPS 里选中几格再复制。")
    if sum(map(len, rows)) > MOST:
        raise KnownError(
            f"剪贴板里有 {sum(map(len, rows)):,} 格，一次最多粘贴 {MOST:,} 格；请分几次复制，或把文件拖到“导入”。"
        )
    return rows


class Names:
    """Which firm a text names: its code, number, full name, another name, or the distinctive core of the name."""

    def __init__(self, lines: Iterable[EntryLine], places: Sequence[str] = ()) -> None:
        self._places = tuple(places)
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._core: dict[str, set[str]] = defaultdict(set)
        for line in lines:
            for one in (line.name, f"QY{line.number:04d}", *line.keys):
                if one:
                    self._exact[name_key(one)].add(line.enterprise_id)
            self._core[name_core(line.name, self._places)].add(line.enterprise_id)

    def find(self, text: str) -> tuple[str, ...]:
        """Ids of the firms that fit: one where it is certain, none, or several."""
        key = name_key(text)
        if not key:
            return ()
        found = self._exact.get(key) or self._core.get(name_core(text, self._places)) or set()
        return tuple(sorted(found))


def heading_field(text: str, month: str) -> tuple[str, str, str]:
    """What a heading stands over: the field ("name", "skip", "" for nothing known), the unit it states, and why a column
    of amounts is of no use here ("" if it is)."""
    tidy = plain(text).replace(" ", "")
    unit = money_unit(tidy)
    bare = re.sub(r"[(\[【].*?[)\]】]", "", tidy)
    if not bare or (bare[0].isdigit() and not re.search(r"月|年", bare)):
        return "", "", ""
    if _NUMBERS.search(bare):
        return "skip", "", ""
    if _WORKED_OUT.search(tidy) and not re.search(r"原因", bare):
        return "skip", "", "是算出来的"
    if _NAME.search(bare):
        return "name", "", ""
    for name, words in (
        ("stop", r"停产(状态|情况)|是否停产|开停工|生产(状态|情况)"),
        ("reason", r"原因(分析|说明)?$"),
        ("source", r"来源$"),
    ):
        if re.search(words, bare):
            return name, "", ""
    return _amount_field(bare, unit, month)


def _amount_field(bare: str, unit: str, month: str) -> tuple[str, str, str]:
    period = read_period(bare)
    if period is None:
        return ("month_yuan", unit, "") if re.fullmatch(r"(工业)?(总)?产值", bare) else ("", "", "")
    year, number = month_parts(month)
    prior = period.prior or period.year == year - 1
    if (period.last not in {0, number}) or (period.year not in {None, year, year - 1}):
        return "skip", unit, f"不是 {month} 的"
    whole = period.cumulative or (period.prior and "同期" in bare and not re.search(r"同月|本月|当月", bare))
    return f"{'cum' if whole else 'month'}{'_prev' if prior else ''}_yuan", unit, ""


@dataclass(slots=True)
class _Plan:
    """How a block's columns are read."""

    rows: list[list[str]]
    names: int = -1
    fields: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)


def lay(
    rows: Sequence[Sequence[str]],
    lines: Sequence[EntryLine],
    names: Names,
    *,
    month: str,
    unit: str,
    at: tuple[int, str],
    columns: Sequence[str],
) -> Laid:
    """Lay a block on the lines as they are shown. ``at``: the line and column the cursor is on; ``columns``: all that are
    shown, in order, those that are worked out among them. Where a column of the block names firms, they decide the line."""
    left = _Left()
    plan = _read_heads([list(row) for row in rows], month, left)
    if plan.names < 0 and not plan.fields:
        plan.names = _name_column(plan.rows, names)
    if not plan.fields:
        width = max(map(len, plan.rows), default=0)
        plan.fields = _by_position(width, plan.names, at[1], columns, left)
    plan.units += [""] * (len(plan.fields) - len(plan.units))
    cells = _by_name(plan, lines, names, unit, left) if plan.names >= 0 else _in_place(plan, lines, at[0], unit, left)
    return Laid(cells, left.told(), plan.names >= 0)


def _read_heads(rows: list[list[str]], month: str, left: _Left) -> _Plan:
    """Take title, unit line and headings off the top of a block."""
    stated, width = "", max(map(len, rows), default=0)
    for place, row in enumerate(rows[:_HEADS]):
        told = [cell for cell in row if cell]
        if len(told) == 1 and (_UNIT_LINE.search(told[0])):
            stated = money_unit(told[0])
            continue
        if len(told) <= 1 < width:
            continue  # a title
        heads = [heading_field(cell, month) for cell in row]
        known = [one for one in heads if one[0]]
        if len(told) >= 1 and len(known) * _HALF >= len(told) and len(known) >= min(_HALF, len(told)):
            named = next((at for at, one in enumerate(heads) if one[0] == "name"), -1)
            fields = [_of_head(one, row[at], left) for at, one in enumerate(heads)]
            units = [one[1] or stated for one in heads]
            return _Plan(rows[place + 1 :], named, fields, units)
    kept = [row for row in rows if not (len([c for c in row if c]) == 1 and _UNIT_LINE.search("".join(row)))]
    plan = _Plan(kept)
    if stated:
        plan.units = [stated] * max(map(len, kept), default=0)
    return plan


def _of_head(one: tuple[str, str, str], text: str, left: _Left) -> str:
    name, _unit, why = one
    if why:
        left.add(f"没有用上的列（{why}）", f"“{text}”")
    elif not name and text:
        left.add("没有用上的列（认不出表头）", f"“{text}”")
    return name if name in FIELDS else ""


def _name_column(rows: Sequence[Sequence[str]], names: Names) -> int:
    """The first of the two leftmost columns most of whose texts name a firm; -1 for none."""
    for place in (0, 1):
        told = [row[place] for row in rows if len(row) > place and row[place]]
        words = [text for text in told if not plain(text).replace(",", "").replace(".", "").lstrip("-").isdigit()]
        if len(words) * _HALF >= len(told) and sum(bool(names.find(text)) for text in words) * _HALF > len(words):
            return place
    return -1


def _by_position(width: int, named: int, start: str, columns: Sequence[str], left: _Left) -> list[str]:
    """The fields of a block without headings: the grid's columns from the cursor on (from 本月 beside firms' names)."""
    shown = list(columns)
    if named >= 0:
        follow = [name for name in shown if name in FIELDS]
        fields = [""] * (named + 1) + follow[: width - named - 1]
    else:
        first = shown.index(start) if start in shown else 0
        fields = [name if name in FIELDS else "" for name in shown[first : first + width]]
        over = [LABELS.get(name, name) for name in shown[first : first + width] if name not in FIELDS]
        if over:
            left.add("落在算出来的列上，没有用", f"{len(over)} 列")
    if len(fields) < width:
        left.add("超出表格右边，没有用", f"{width - len(fields)} 列")
    return fields


def _by_name(
    plan: _Plan, lines: Sequence[EntryLine], names: Names, unit: str, left: _Left
) -> dict[str, dict[str, Typed]]:
    known = {line.enterprise_id for line in lines}
    cells: dict[str, dict[str, Typed]] = {}
    for row in plan.rows:
        text = row[plan.names] if len(row) > plan.names else ""
        if not any(row):
            continue
        found = [one for one in names.find(text) if one in known]
        if len(found) != 1:
            why = (
                "没有写企业名称的行" if not text else "几家企业都像，没有用" if found else "名册里没有这家企业，没有用"
            )
            left.add(
                "合计行没有用" if _TOTALS.search(plain(text).replace(" ", "")) else why,
                text or "、".join(filter(None, row)),
            )
        elif found[0] in cells:
            left.add("同一家企业有两行，后一行没有用", text)
        else:
            cells[found[0]] = _read_row(plan, row, unit)
    return {firm: told for firm, told in cells.items() if told}


def _in_place(
    plan: _Plan, lines: Sequence[EntryLine], start: int, unit: str, left: _Left
) -> dict[str, dict[str, Typed]]:
    cells: dict[str, dict[str, Typed]] = {}
    for offset, row in enumerate(plan.rows):
        if start + offset >= len(lines):
            left.add("超出最后一行，没有用", f"{len(plan.rows) - offset} 行")
            break
        told = _read_row(plan, row, unit)
        if told:
            cells[lines[start + offset].enterprise_id] = told
    return cells


def _read_row(plan: _Plan, row: Sequence[str], unit: str) -> dict[str, Typed]:
    """A row's cells. An empty cell says nothing: it takes nothing away."""
    told: dict[str, Typed] = {}
    for place, name in enumerate(plan.fields):
        text = row[place] if place < len(row) else ""
        if name and text:
            told[name] = read_cell(name, text, (plan.units[place] or unit) if name in AMOUNTS else "")
    return told
