"""Stages of projects: 拟开工, 在建, 竣工, 停缓建, read from columns and group rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chain_office.domain.kinds import NO_CONTEXT, BadValue, Context, Reading
from chain_office.domain.numbers import short_text
from chain_office.domain.plain import is_empty_mark
from chain_office.domain.textkinds import Choice, ChoiceKind, choice_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_YES = frozenset({"是", "√", "✓", "✔", "☑", "y", "yes", "true", "1"})
_NO = frozenset({"否", "×", "✗", "✘", "x", "☒", "n", "no", "false", "0"})
_STAGE_WORDS: dict[str, tuple[str, ...]] = {
    "planned": (
        *(
            "拟建",
            "前期",
            "储备",
            "未开工",
            "计划新开工",
            "待开工",
            "签约",
            "拟新开工",
            "计划开工",
            "前期准备",
            "拟开工建设",
        ),
        *("前期工作", "谋划", "筹建", "待建", "尚未开工", "未动工", "新签约", "预备"),
    ),
    "under_construction": (
        *("续建", "建设中", "已开工", "新开工", "开工", "建设", "正在建设", "在建设", "施工中", "已动工", "开工建设"),
        *(
            "在建续建",
            "正常施工",
            "复工",
            "已复工",
            "部分投产",
            "部分竣工",
            "部分建成",
            "试生产",
            "设备安装",
            "主体施工",
            "试运行",
        ),
    ),
    "completed": (
        *(
            "已竣工",
            "建成",
            "投产",
            "完工",
            "竣工投产",
            "已投产",
            "达产",
            "已建成",
            "已完工",
            "建成投产",
            "竣工验收",
            "已达产",
        ),
        *("投入使用", "投入运营"),
    ),
    "stopped": ("停工", "缓建", "暂停", "终止", "停建", "已停工", "停滞", "取消", "搁置"),
}
_STAGE_LABELS = {"planned": "拟开工", "under_construction": "在建", "completed": "竣工", "stopped": "停缓建"}
_STAGE_IDS = {"plan": "planned", "build": "under_construction", "done": "completed", "stop": "stopped"}
_EXACT = {choice_key(w): s for s, ws in _STAGE_WORDS.items() for w in (s, _STAGE_LABELS[s], *ws)} | _STAGE_IDS
_NOT_DONE = re.compile(
    r"(?:尚未|暂未|还未|未|没有?|即将|预计|计划|拟|待|将|力争)[^,;。]{0,14}?(竣工|投产|完工|建成|达产)"
)
_NOT_BEGUN = re.compile(r"(?:尚未|暂未|还未|未|没有?|即将|预计|计划|拟|待|将|力争)[^,;。]{0,14}?(开工|动工|建设)")


class ProjectStageKind(ChoiceKind):
    """The stage of a project, read from a stage column or a group row ("一、竣工项目(5个)")."""

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:  # noqa: ARG002 - the Kind contract
        """Read a stage without a heading."""
        return read_project_stage(raw)


PROJECT_STAGE = ProjectStageKind(
    "project_stage", tuple(Choice(id_, label, _STAGE_WORDS[id_]) for id_, label in _STAGE_LABELS.items())
)


def read_project_stage(raw: object, heading: str = "") -> Reading:
    """The stage a cell or group row states. In a 是否开工 column 是 is 在建, 否 is 拟开工; in 是否竣工, 竣工/在建."""
    text = short_text(raw)
    key = choice_key(re.sub(r"\(\s*\d+\s*[个项]\s*\)|项目|工程|类", "", text))
    key = re.sub(r"^[一二三四五六七八九十\d]+(?=[拟在竣续新停已建未前储])", "", key)
    if key in _YES | _NO:
        finished = re.search(r"竣工|投产|完工|建成", heading) is not None
        if not finished and not re.search(r"开工|动工|在建", heading):
            reason = f"“{text}”看不出项目阶段"
            raise BadValue(reason, choices=tuple(_STAGE_LABELS.values()))
        if key in _YES:
            return Reading("completed" if finished else "under_construction")
        return Reading("under_construction" if finished else "planned")
    if not key or is_empty_mark(text):
        return Reading(None)
    if key in _EXACT:
        return Reading(_EXACT[key])
    return _loose_stage(text, key, _EXACT)


def _loose_stage(text: str, key: str, exact: dict[str, str]) -> Reading:
    if _NOT_BEGUN.search(text) and not re.search(r"已开工|已动工", key):
        return Reading("planned", note=text)
    if _NOT_DONE.search(text):
        return Reading("under_construction", note=text)
    inside = [word for word in exact if len(word) >= 2 and word in key and not word.isascii()]
    if not inside:
        reason = f"“{text}”看不出项目阶段"
        raise BadValue(reason, choices=tuple(_STAGE_LABELS.values()))
    word = max(inside, key=len)
    stage = exact[word]
    rest = key.replace(word, "|")
    others = {exact[w] for w in exact if len(w) >= 2 and w in rest and not w.isascii()} - {stage}
    return Reading(stage, (f"“{text}”读作{_STAGE_LABELS[stage]}",) if others else (), note=text)


MOVES: Mapping[str, tuple[str, ...]] = {
    "planned": ("under_construction", "stopped"),
    "under_construction": ("completed", "stopped"),
    "stopped": ("under_construction", "planned"),
    "completed": (),
}
"""Stage → those a project may enter from it. 竣工 is the end: another phase is another project, and a stage that was
registered wrongly is put right in its own row."""


def why_not(stage: str, wanted: str) -> str:
    """Why a project in ``stage`` cannot enter ``wanted``; "" where it can. No stage yet: any."""
    if stage == wanted:
        return f"就在{_STAGE_LABELS[wanted]}。"
    if not stage or wanted in MOVES[stage]:
        return ""
    if stage == "completed":
        return "已竣工的项目不再变更阶段；登记错了的，请在“阶段变更”里改那一条。"
    way = next((one for one in MOVES[stage] if wanted in MOVES[one]), "")
    through = f"，要先登记{_STAGE_LABELS[way]}" if way else ""
    return f"{_STAGE_LABELS[stage]}的项目不能直接登记为{_STAGE_LABELS[wanted]}{through}。"


def opening_stages(stage: str, start: date | None, finish: date | None) -> tuple[tuple[str, date | None], ...]:
    """The dated stages a project has behind it when it is first recorded, the present one last."""
    if stage == "completed":
        if finish and not start:
            return (("under_construction", None), (stage, finish))
        began = (("under_construction", start),) if start and finish and start < finish else ()
        return (*began, (stage, finish))
    return ((stage, start if stage == "under_construction" else None),)
