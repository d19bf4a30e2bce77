"""Marks in incoming text that must not be here: 密级 marks, and micro-data of statistical surveys (联网直报)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chain_office.domain.plain import cell_text, plain

_LEVEL = r"(绝\s*密|机\s*密|秘\s*密)"
_WITH_STAR = re.compile(rf"{_LEVEL}\s*[★☆⭐*＊]\s*(?:长期|\d+\s*年|\d+\s*个月)?|[★☆⭐]\s*{_LEVEL}")
_TERMED = re.compile(rf"{_LEVEL}\s*[·•.,，:：]?\s*(?:长期|\d+\s*年|\d+\s*个月)(?:\s|$)")
_BRACKETED = re.compile(rf"[【\[〔(（《]\s*{_LEVEL}\s*(?:级|件|文件)?\s*[】\]〕)）》]")
_LABELLED = re.compile(rf"(?:密\s*级|保密等级|涉密等级|密级标识)\s*[:：]?\s*{_LEVEL}")
_ALONE = re.compile(rf"^\s*{_LEVEL}\s*(?:级|件|文件|材料|资料)?(?:\s*[,，。;；:：]|\s|$)")
_CLASSIFIED = re.compile(rf"(?:国家{_LEVEL}(?:级|文件|事项)?(?!法)|{_LEVEL}级?(?:文件|公文|电报|载体|级国家秘密))")
_NEGATED = re.compile(
    r"(?:不|未|非|无|不得|严禁|禁止|不含|不涉及|不属于)(?:得|予|能|涉及|包含|录入|含有?|处理|存储|传输)*(?:任何)?$"
)
_WORK = re.compile(
    r"[【\[〔(（]\s*工作\s*秘密\s*[】\]〕)）]|工作\s*秘密\s*[★☆⭐]|^\s*工作\s*秘密(?=[\s,，。;；:：]|$)|密\s*级\s*[:：]\s*工作\s*秘密"
)
_INTERNAL_DATA = (
    (re.compile(r"联网\s*直报"), "统计联网直报资料"),
    (re.compile(r"一套表\s*(?:联网|平台|报表|单位)|统计联网"), "一套表联网报表"),
    (
        re.compile(
            r"(?<![A-Za-z0-9])[BCESX]\s*20[1-9]\s*-\s*[1-9](?!\d)|(?<![A-Za-z0-9])B\s*10[1-9]\s*-\s*[1-9](?!\d)", re.I
        ),
        "统计报表表号",
    ),
    (re.compile(r"表\s*号\s*[:：]\s*[A-Z]\s*\d{3}"), "统计报表表号"),
    (re.compile(r"制[定表]机关\s*[:：]\s*国家统计局|国统(?:字|制)\s*[〔\[(]"), "国家统计局制表"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A mark found in a text: what stands there, and a Chinese sentence saying why it matters."""

    kind: str
    mark: str
    reason: str


def find_secrecy_mark(text: object) -> Finding | None:
    """A 密级 mark (绝密/机密/秘密 with ★, in brackets, after 密级:, or alone at the start; 工作秘密) or None.

    商业秘密, 保密协议, 秘密武器 and "不得录入涉密信息" are not marks.
    """
    original = cell_text(text)
    for pattern in (_WITH_STAR, _LABELLED, _BRACKETED, _ALONE, _TERMED, _CLASSIFIED):
        for match in pattern.finditer(original):
            before = original[: match.start()]
            if re.search(r"(?:商业|技术|个人|工作|保守|泄露|企业)$", before) or _NEGATED.search(before):
                continue
            mark = match.group(0).strip()
            return Finding("secret", mark, f"文字里有密级标志“{mark}”：本系统不得录入涉密信息，请核对并删去")
    work = _WORK.search(original)
    if work is not None and not _NEGATED.search(original[: work.start()]):
        mark = work.group(0).strip()
        return Finding("work_secret", mark, f"文字里有“{mark}”标志：工作秘密不得录入本系统，请核对并删去")
    return None


def find_survey_mark(text: object) -> Finding | None:
    """A sign that a book holds micro-data of statistical surveys (B204-1, 联网直报) or None."""
    tidy = plain(text)
    for pattern, name in _INTERNAL_DATA:
        match = pattern.search(tidy)
        if match is not None:
            mark = match.group(0).strip()
            reason = f"“{mark}”是{name}的标志：统计调查取得的单个企业资料不得用于统计以外的目的，请改用企业自报的调度数"
            return Finding("survey", mark, reason)
    return None
