"""Tell the rows under a heading apart: data, group rows, totals, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chain_office.domain.numbers import small_number
from chain_office.domain.plain import plain
from chain_office.exchange.captions import is_footer
from chain_office.exchange.subtotals import FIRM_LIKE, sums_of_rows_below

if TYPE_CHECKING:
    from chain_office.exchange.grid import Grid
    from chain_office.exchange.matches import Mapping

DATA, GROUP, TOTAL, NOTE = "data", "group", "total", "note"
BREAKDOWN = "breakdown"
NUMERAL = "[一二三四五六七八九十]"
ORDINAL = re.compile(
    rf"^(?:(第?{NUMERAL}+(?:[、.．:：]|部分|类|批(?!次))|[ⅠⅡⅢⅣⅤⅥ][、.])|([(（]{NUMERAL}+[)）]、?))\s*(.*)$"
)
BARE_ORDINAL = re.compile(rf"^(?:{NUMERAL}+|[(（]{NUMERAL}+[)）])$")
COUNT = re.compile(
    r"[(（:：,，]?\s*共?计?\s*(\d+|[一二三四五六七八九十百]+)\s*(?:个|项|家|户|条|件|宗|笔)(?:项目|企业|问题)?\s*[)）]?$"
)
TOTAL_LABEL = re.compile(r"^[\u4e00-\u9fff]{0,8}?(?:合计|总计|小计|共计|总和|累计数)(?:[(（:：\d共个项家户条笔].*)?$")
SMALL_TOTAL = re.compile(r"小计|本页")
OF_WHICH = re.compile(r"^(其中|#(?!REF|N/A|VALUE|DIV|NAME|NULL|NUM|SPILL|CALC|公式))[:：]?")
GROUP_TAIL = re.compile(r"(?:类?项目|类?问题|类?企业|类)$")
PLACE_LIKE = re.compile(
    r"(县|市|区|园|镇|街道|阶段|项目|问题|类|批次?|会|工程|竣工|在建|拟建|拟开工|续建|新建|储备|前期)$"
)
PLACE_OR_STAGE = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,6}(?:县|市|区|园区)|(?:竣工|在建|续建|新开工|拟开工|拟建|储备|前期|停缓建)(?:类)?(?:项目)?)$"
)


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One row of a table's body. ``row`` counts from 0. ``group`` is the group a data row stands under; a group row has
    its words there, the number of rows it claims in ``count`` and its depth in ``level``."""

    row: int
    kind: str
    group: str = ""
    label: str = ""
    count: int | None = None
    level: int = 0


@dataclass(slots=True)
class _Groups:
    """The open groups, outermost first, as (level, words)."""

    open: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, level: int, words: str) -> None:
        self.open = [one for one in self.open if one[0] < level] + [(level, words)]

    @property
    def words(self) -> str:
        return "/".join(words for _, words in self.open if words)


def read_body(
    grid: Grid,
    first: int,
    last: int,
    mapping: Mapping,
    key: int | None,
    entering: tuple[str, ...],
    skip: frozenset[int],
) -> list[BodyRow]:
    """Classify rows ``first`` to ``last``; ``entering`` are lines above a repeated heading that may name a group;
    ``skip`` are the rows of repeated headings."""
    groups = _Groups()
    rows: list[BodyRow] = []
    noting = breaking = False
    for text in entering:
        found = _group_words(text)
        if found:
            groups.enter(found.level, found.group)
            rows.append(BodyRow(first - 1, GROUP, found.group, text, found.count, found.level))
    sums = sums_of_rows_below(grid, first, last, mapping, key)
    for row in range(first, last + 1):
        filled = grid.filled(row)
        if not filled or row in skip:
            continue
        found_row = _classify(grid, row, filled, mapping, key, noting=noting)
        if found_row.kind == DATA and row in sums:
            found_row = BodyRow(row, GROUP, tidy_group(plain(filled[0][1])), filled[0][1], None, 3)
        if found_row.kind == DATA and breaking and _is_part(grid, row, filled, mapping):
            found_row = BodyRow(row, BREAKDOWN, label=filled[0][1])
        noting, breaking = found_row.kind == NOTE, found_row.kind == BREAKDOWN
        if found_row.kind == GROUP:
            groups.enter(found_row.level, found_row.group)
        elif found_row.kind == DATA:
            found_row = BodyRow(row, DATA, groups.words)
        rows.append(found_row)
    return rows


def _classify(
    grid: Grid, row: int, filled: list[tuple[int, str]], mapping: Mapping, key: int | None, *, noting: bool
) -> BodyRow:
    first_column, first_text = filled[0]
    label = _total_label(filled, key)
    if label:
        return BodyRow(row, TOTAL, label=label)
    if OF_WHICH.match(plain(first_text)) and first_column <= (key or first_column):
        return BodyRow(row, BREAKDOWN, label=first_text)
    group = _group_row(grid, row, filled, mapping, key)
    if group:
        return group
    wide = grid.span(row, first_column) >= 3
    alone = len(filled) == 1
    if is_footer(first_text) and (alone or wide or (len(filled) <= 5 and _is_signature(filled))):
        return BodyRow(row, NOTE, label="；".join(text for _, text in filled))
    if alone and (noting or wide or len(first_text) > 40) and first_column != key:
        return BodyRow(row, NOTE, label=first_text)
    if alone and (noting or wide):
        return BodyRow(row, NOTE, label=first_text)
    return BodyRow(row, DATA)


def _is_part(grid: Grid, row: int, filled: list[tuple[int, str]], mapping: Mapping) -> bool:
    """Whether a row under 其中 goes on with the parts of a total: unnumbered, and no firm."""
    numbered = mapping.sequence is not None and grid.text(*grid.origin(row, mapping.sequence)) != ""
    return not numbered and not FIRM_LIKE.search(filled[0][1])


def _is_signature(filled: list[tuple[int, str]]) -> bool:
    return all(re.search(r"[:：]", text) or len(text) <= 12 for _, text in filled)


def _total_label(filled: list[tuple[int, str]], key: int | None) -> str:
    for column, text in filled[:3]:
        tidy = plain(text).replace(" ", "")
        if len(tidy) <= 20 and TOTAL_LABEL.match(tidy) and (key is None or column <= key + 1):
            return tidy
    return ""


def _group_words(text: str) -> BodyRow | None:
    """A line that names a group: "一、竣工项目(5个)", "（二）常宁市", "在建项目（26个）"."""
    tidy = plain(text)
    ordinal = ORDINAL.match(tidy)
    rest = ordinal[3] if ordinal else tidy
    counted = COUNT.search(rest)
    if not ordinal and not counted:
        return None
    if len(rest) > 40 or (ordinal and not rest):
        return None
    level = (1 if ordinal[1] else 2) if ordinal else 3
    words = rest[: counted.start()] if counted else rest
    count = small_number(counted[1]) if counted else None
    return BodyRow(-1, GROUP, tidy_group(words), text, count, level)


def tidy_group(words: str) -> str:
    """The words that say what a group is: "竣工项目" → "竣工", "融资类问题" → "融资"."""
    words = words.strip(" :：、，,。（）()")
    short = GROUP_TAIL.sub("", words)
    return short if len(short) >= 2 else words


def _group_row(
    grid: Grid, row: int, filled: list[tuple[int, str]], mapping: Mapping, key: int | None
) -> BodyRow | None:
    first_column, first_text = filled[0]
    if BARE_ORDINAL.match(plain(first_text).replace(" ", "")) and len(filled) > 1:
        level = 2 if plain(first_text).startswith("(") else 1
        found = _group_words(filled[1][1])
        words, count = (found.group, found.count) if found else (tidy_group(plain(filled[1][1])), None)
        if _only_numbers(filled[2:], mapping) and not FIRM_LIKE.search(filled[1][1]):
            return BodyRow(row, GROUP, words, filled[1][1], count, level)
        return None
    at_start = key is None or first_column <= key
    found = _group_words(first_text)
    if found and at_start and _only_numbers(filled[1:], mapping) and not _is_numbered_data(mapping, filled, key):
        return BodyRow(row, GROUP, found.group, first_text, found.count, found.level)
    if len(filled) > 1 or is_footer(first_text) or len(first_text) > 24 or FIRM_LIKE.search(first_text):
        return None
    before_key = key is not None and first_column < key and not re.fullmatch(r"[\d.\-]+", first_text)
    wide = grid.span(row, first_column) >= 3
    in_key = key is not None and first_column == key and mapping.sequence is not None and PLACE_LIKE.search(first_text)
    lone = key is not None and first_column == key and mapping.sequence is None and len(mapping.matches) >= 3
    if before_key or wide or (in_key and mapping.sequence != key) or (lone and PLACE_OR_STAGE.match(first_text)):
        return BodyRow(row, GROUP, tidy_group(plain(first_text)), first_text, None, 3)
    return None


def _is_numbered_data(mapping: Mapping, filled: list[tuple[int, str]], key: int | None) -> bool:
    """A row with a number in 序号 is data even if its name looks like a group ("三十二个项目")."""
    return (
        mapping.sequence is not None
        and filled[0][0] == mapping.sequence
        and plain(filled[0][1]).isdigit()
        and key is not None
    )


def _only_numbers(filled: list[tuple[int, str]], mapping: Mapping) -> bool:
    """Whether the other cells of a group row are its subtotals (amounts) or its count."""
    amounts = {match.index for match in mapping.matches if match.spec.weight == "amount" or match.spec.derived}
    for column, text in filled:
        numeric = re.fullmatch(r"[+-]?[\d,]*\.?\d+(?:[亿万千]?元|%|个|项|家)?", plain(text).replace(" ", ""))
        if not numeric and column not in amounts:
            return False
    return True
