"""From a book to tables: which desk each table belongs to, and its rows as read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chain_office.domain.plain import cell_text, plain
from chain_office.domain.tables import ParsedTable, Question, Remark, UnreadSheet
from chain_office.exchange.banks import leading_bank
from chain_office.exchange.body import BREAKDOWN, DATA, GROUP, NOTE, ORDINAL, BodyRow, read_body
from chain_office.exchange.captions import is_footer, read_captions, states_day
from chain_office.exchange.grid import Grid
from chain_office.exchange.headblock import HeadBlock, find_blocks
from chain_office.exchange.matches import FUZZY, Mapping
from chain_office.exchange.neighbours import whole_table_span
from chain_office.exchange.periodic import Calendar, months_reached, plan_columns, table_calendar
from chain_office.exchange.rows import PlannedColumn, Reader
from chain_office.exchange.scoring import choose_desk
from chain_office.exchange.special_columns import find_special
from chain_office.exchange.totals import check_totals
from chain_office.exchange.vocabulary import Lexicon, core, lexicon

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from collections.abc import Mapping as Answers

    from chain_office.domain.specs import DeskSpec
    from chain_office.exchange.book import Book, Sheet

STAGED = re.compile(r"(竣工|在建|续建|新开工|拟开工|拟建|停缓建|前期|储备)(?:类)?(?:的)?(?:重点|重大|产业)?项目")
PLACE_SHEET = re.compile(r"^(?!县市区|各|全|市直|园区|本)[\u4e00-\u9fff]{1,6}(?:县|市|区|园|园区|高新区|经开区)$")


@dataclass(frozen=True, slots=True)
class Region:
    """One table's place on a sheet: headings, their repetitions, the lines above, the rows below."""

    head: HeadBlock
    repeats: tuple[HeadBlock, ...]
    above: tuple[int, ...]
    last: int


def recognise(
    book: Book, desks: Sequence[DeskSpec], *, answers: Answers[str, str] | None = None, banks: Collection[str] = ()
) -> tuple[ParsedTable | UnreadSheet, ...]:
    """Every table of the book that belongs to a desk, and the sheets in which there is none."""
    words = lexicon(desks, frozenset(banks))
    found: list[ParsedTable | UnreadSheet] = []
    for sheet in book.sheets:
        found.extend(_sheet(sheet, words, answers or {}, book.warnings if not found else ()))
    return tuple(found)


def _sheet(
    sheet: Sheet, words: Lexicon, answers: Answers[str, str], warnings: tuple[str, ...]
) -> list[ParsedTable | UnreadSheet]:
    grid = Grid(sheet)
    if not any(not grid.is_blank(row) for row in range(grid.height)):
        return []
    blocks = find_blocks(grid, words)
    if not blocks:
        return [UnreadSheet(sheet.name, "没有找到认得的表头（至少要有“企业名称”“项目名称”这样的列标题）")]
    parts = _side_by_side(sheet, blocks)
    if parts:
        return [one for part in parts for one in _sheet(part, words, answers, warnings)]
    tables: list[ParsedTable | UnreadSheet] = []
    unread: list[Remark] = []
    for region in _regions(grid, blocks):
        outcome = _table(grid, region, words, answers)
        if isinstance(outcome, str):
            unread.append(Remark(region.head.top + 1, "", "", f"从这一行起的一段没有读入：{outcome}"))
        else:
            tables.append(replace(outcome, warned=(*(Remark(0, "", "", text) for text in warnings), *outcome.warned)))
            warnings = ()
    if not tables:
        return [UnreadSheet(sheet.name, unread[0].reason.split("：", 1)[1])]
    last = tables[-1]
    if unread and isinstance(last, ParsedTable):
        tables[-1] = replace(last, warned=(*last.warned, *unread))
    return tables


def _side_by_side(sheet: Sheet, blocks: list[HeadBlock]) -> list[Sheet]:
    """The sheet once for each of several equal tables that stand beside one another, the others blanked."""
    for block in blocks:
        cores = [column.cores for column in block.columns]
        width = next((at for at in range(2, len(cores)) if cores[at] == cores[0]), 0)
        if not width or len(cores) % width or cores != cores[:width] * (len(cores) // width):
            continue
        starts = [block.columns[at].index for at in range(0, len(cores), width)]
        ends = [*starts[1:], max(map(len, sheet.rows))]
        return [_only_columns(sheet, block.top, start, end) for start, end in zip(starts, ends, strict=True)]
    return []


def _only_columns(sheet: Sheet, top: int, start: int, end: int) -> Sheet:
    kept = [
        row if at < top else [cell if start <= place < end else "" for place, cell in enumerate(row)]
        for at, row in enumerate(sheet.rows)
    ]
    merges = tuple(one for one in sheet.merges if one[0] < top or start <= one[1] < end)
    return replace(sheet, rows=kept, merges=merges)


def _regions(grid: Grid, blocks: list[HeadBlock]) -> list[Region]:
    """Join repeated headings to the table they continue, and give each table its lines above and rows below."""
    groups: list[list[HeadBlock]] = []
    for block in blocks:
        if groups and _same_headings(groups[-1][0], block) and not _titled_anew(grid, groups[-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    regions = []
    floor = -1
    for place, group in enumerate(groups):
        above = _lines_above(grid, group[0].top, floor)
        last = grid.height - 1
        if place + 1 < len(groups):
            following = _lines_above(grid, groups[place + 1][0].top, group[-1].bottom)
            last = (following[0] if following else groups[place + 1][0].top) - 1
        regions.append(Region(group[0], tuple(group[1:]), above, last))
        floor = last
    return regions


def _titled_anew(grid: Grid, group: list[HeadBlock], block: HeadBlock) -> bool:
    """Whether a repeated heading stands under a dated title of its own (a second batch), not a page's repeated one."""
    before = {text for row in range(group[0].top) for _, text in grid.filled(row)}
    lines = [text for row in _lines_above(grid, block.top, group[-1].bottom) for _, text in grid.filled(row)]
    return any(states_day(line) and line not in before for line in lines)


def _same_headings(left: HeadBlock, right: HeadBlock) -> bool:
    mine = {(column.index, column.cores) for column in left.columns}
    theirs = {(column.index, column.cores) for column in right.columns}
    return len(mine & theirs) >= 0.7 * max(len(mine), len(theirs))


def _lines_above(grid: Grid, top: int, floor: int) -> tuple[int, ...]:
    """The caption rows right above a heading: few cells each; blank rows between them do not matter."""
    rows: list[int] = []
    blanks = 0
    for row in range(top - 1, floor, -1):
        filled = grid.filled(row)
        if not filled:
            blanks += 1
            if blanks > 3 and floor >= 0:
                break
            continue
        crowded = len(filled) > 4 and floor >= 0
        if crowded or (floor >= 0 and is_footer(filled[0][1])) or len(rows) >= 12:
            break
        if floor >= 0 and re.fullmatch(r"\d+(\.0)?", filled[0][1]):
            break
        if floor >= 0 and len(filled) > 1 and not any(re.search(r"[:：]|单位|年|表", text) for _, text in filled):
            break
        rows.append(row)
    return tuple(reversed(rows))


def _table(grid: Grid, region: Region, words: Lexicon, answers: Answers[str, str]) -> ParsedTable | str:
    lines = [text for row in region.above for _, text in grid.filled(row)]
    title = " ".join(lines)
    chosen = choose_desk(region.head.columns, words, title, grid.name)
    if isinstance(chosen, str):
        return chosen
    mapping = chosen
    desk = mapping.vocabulary.desk
    find_special(grid, range(region.head.bottom + 1, region.last + 1), region.head.columns, mapping)
    key_name = next((spec.name for spec in desk if spec.weight == "key"), "")
    key = mapping.first(key_name)
    body = _body(grid, region, mapping, key.index if key else None)
    notes = [row.label for row in body if row.kind == NOTE]
    body = _grouped_by_sheet(body, grid.name, title)
    grouping = {row.label for row in body if row.kind == GROUP}
    captions = read_captions([line for line in lines if line not in grouping or states_day(line)], grid.name, notes)
    whole_table_span(mapping, captions.period)
    calendar = table_calendar(mapping, captions, answers.get(_month_id(grid.name), ""))
    calendar = months_reached(calendar, mapping, lambda index: _has_content(grid, region, index))
    columns = plan_columns(mapping, captions, calendar)
    reader = Reader(grid, columns, captions, answers, mapping.sequence, mapping.unit_column)
    reader.year_column = mapping.year_column
    reader.banks = words.banks
    reader.bank = _bank_in(grid.name, words) or _bank_in(captions.title, words)
    reader.missing_month = _missing_month(grid.name, mapping, columns, calendar)
    parsed = {row.row: reader.rows(row) for row in body if row.kind == DATA}
    rows = tuple(one for row in body if row.kind == DATA for one in parsed[row.row])
    if not rows:
        return "有表头，但下面没有数据行"
    warned = [*_column_remarks(grid, region, mapping), *check_totals(grid, body, parsed, columns)]
    warned += [
        Remark(row.row + 1, "", row.label, "是上面一行的其中项，没有读") for row in body if row.kind == BREAKDOWN
    ]
    return ParsedTable(
        sheet=grid.name,
        desk=desk.id,
        title=captions.title,
        rows=rows,
        columns=tuple((match.column.title, match.spec.name) for match in mapping.matches),
        as_of=captions.as_of,
        title_date=captions.title_date,
        title_precision=captions.title_precision,
        facts=captions.facts,
        warned=tuple(warned),
        questions=tuple(reader.questions.values()),
    )


def _body(grid: Grid, region: Region, mapping: Mapping, key: int | None) -> list[BodyRow]:
    heads = frozenset(row for block in region.repeats for row in range(block.top, block.bottom + 1))
    above = (text for row in region.above[-2:] for _, text in grid.filled(row)[:1])
    entering = tuple(text for text in above if ORDINAL.match(plain(text)) and not states_day(text))
    return read_body(grid, region.head.bottom + 1, region.last, mapping, key, entering, heads)


def _grouped_by_sheet(body: list[BodyRow], sheet: str, title: str) -> list[BodyRow]:
    """Where no group rows stand, the sheet's or title's own words group its rows: a sheet 在建项目, a sheet 常宁市."""
    if any(row.group for row in body):
        return body
    stages = {found[1] for text in (sheet, title) for found in STAGED.finditer(plain(text))}
    place = PLACE_SHEET.match(plain(sheet))
    group = stages.pop() if len(stages) == 1 else place[0] if place and not stages else ""
    return [replace(row, group=group) if row.kind == DATA else row for row in body] if group else body


def _bank_in(text: str, words: Lexicon) -> str:
    """The bank a sheet's name or a title begins with."""
    return leading_bank(core(text), words.banks, set())[0] if text else ""


def _month_id(sheet: str) -> str:
    return f"{sheet}!月份!month"


def _missing_month(sheet: str, mapping: Mapping, columns: list[PlannedColumn], calendar: Calendar) -> Question | None:
    """The question for the table's month, when all its amounts are of a period it does not name."""
    amounts = [column for column in columns if column.spec.weight == "amount"]
    undated = [column for column in amounts if column.spec.periodic and not column.period]
    if not amounts or not undated or not all(column.spec.periodic for column in amounts):
        return None
    if "month" in mapping.names() or calendar.month:
        return None
    text = f"工作表“{sheet}”没有写明是哪年哪月的数，是哪个月？（如 2021-09）"
    return Question(_month_id(sheet), sheet, text, (), "date")


def _column_remarks(grid: Grid, region: Region, mapping: Mapping) -> list[Remark]:
    row = region.head.bottom + 1
    remarks = [
        Remark(row, column.title, "", "没有对应的栏目，这一列没有读")
        for column in mapping.unknown
        if _has_content(grid, region, column.index)
    ]
    remarks += [Remark(row, one.title, "", "与另一列说的是同一栏，这一列没有读") for one in mapping.doubled]
    for match in mapping.matches:
        if match.how == FUZZY:
            reason = f"像是“{match.words}”，按“{match.spec.label}”读，请核对"
            remarks.append(Remark(row, match.column.title, "", reason))
    return remarks


def _has_content(grid: Grid, region: Region, column: int) -> bool:
    return any(cell_text(grid.raw(row, column)) for row in range(region.head.bottom + 1, region.last + 1))
