"""Rows of a table that are no records: totals, group rows, captions, footers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chain_office.domain.headings import unit_line
from chain_office.domain.numbers import small_number
from chain_office.domain.plain import is_too_long, plain

_TOTAL = re.compile(
    r"(?:本页|全市|全县|全区|总|以上|各项|园区)?(?:合计|小计|总计|共计|累计合计|汇总)(?:数|额)?(?:[(:：].*)?$"
)
_SUBTOTAL = re.compile(r"小计|本页合计")
_GROUP = re.compile(
    r"^(?:\(?(?:第?[一二三四五六七八九十]{1,3}|[IVX]{1,4}|\d{1,2})\)?[、.．:：\s)]*)?\s*(.{1,30}?)"
    r"[(\[:：]*\s*(?:共|计|合计)?\s*(\d+|[一二三四五六七八九十]+)\s*(?:个|项|家|户|件|笔)\s*[)\]]*$"
)
_NUMBERED = re.compile(r"^(?:\(?[一二三四五六七八九十]{1,3}\)?[、.．]|\([一二三四五六七八九十]{1,3}\))\s*(\S.{0,30})$")
_FOOTER = re.compile(
    r"(?:填表人|制表人?|审核人?|复核人?|填报人|负责人(?:签字)?|经办人|填报日期|制表日期|报出日期|联系电话)\s*[:：]"
)
_CAPTION = re.compile(
    r"(?:填报单位|报送单位|编制单位|制表单位|填表单位|单位名称|单位负责人|截[至止](?:日期|时间)?|日期|时间)\s*(?:\(.*?\))?\s*[:：]|截[至止]\d"
)
_NOTE = re.compile(r"^(?:备?注|说明|附注|填表说明|注意)\s*\d?[:：、.]|^\d?[、.]?\s*(?:本表|此表)")


@dataclass(frozen=True, slots=True)
class RowMark:
    """What a row that is no record is: kind "subtotal", "total", "group", "caption", "footer" or "note".

    ``group``: the words of a group row without number, count and 项目 ("竣工"); ``count``: the records it announces;
    ``unit``: what a unit line states.
    """

    kind: str
    group: str = ""
    count: int | None = None
    unit: str | None = None


def mark_row(text: str) -> RowMark | None:
    """Tell what a lone text in a row is; None if it may be data. ``text`` is the row's only (or first) filled cell."""
    compact = plain(text).replace(" ", "") if not is_too_long(text) else ""
    if not compact:
        return None
    if _TOTAL.fullmatch(compact):
        return RowMark("subtotal" if _SUBTOTAL.search(compact) else "total")
    if len(_FOOTER.findall(compact)) >= 2:
        return RowMark("footer")
    unit = unit_line(compact)
    if unit is not None:
        return RowMark("caption", unit=unit)
    if _CAPTION.match(compact):
        return RowMark("caption")
    if _FOOTER.match(compact):
        return RowMark("footer")
    if _NOTE.match(compact):
        return RowMark("note")
    return _group(compact)


def _group(compact: str) -> RowMark | None:
    match = _GROUP.match(compact)
    if match is not None:
        return RowMark("group", group=_group_words(match.group(1)), count=small_number(match.group(2)))
    match = _NUMBERED.match(compact)
    return RowMark("group", group=_group_words(match.group(1))) if match else None


def _group_words(text: str) -> str:
    return re.sub(r"(?:项目|类项目|企业|问题|清单|情况)$", "", re.sub(r"[(\[:：、]+$", "", text)) or text
