"""The fields of a step's form: those of the event, with the words each verb gives them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from chain_office.db.models import Problem, ProblemEvent, spec_fields
from chain_office.domain import values
from chain_office.domain.forms import Form, FormField
from chain_office.domain.specs import FieldSpec
from chain_office.domain.textkinds import Choice, ChoiceKind
from chain_office.domain.workflow import VERBS, Verb

ANSWER = ChoiceKind("answer", (Choice("yes", "是"), Choice("partly", "部分"), Choice("no", "否")))
"""What the verification's questions are answered with."""
QUESTIONS = {"solved": "问题是否解决", "answered": "诉求是否答复", "approached": "部门是否主动对接"}
RATED = "企业是否满意"
_LINKS = {"unit_id": "unit", "co_units": "unit", "meeting_id": "meeting"}
_FIXED = frozenset({"rating"})

_DAY_WORDS = {
    "assign": "交办时间", "acknowledge": "签收时间", "return": "退回时间", "reassign": "改派时间", "progress": "反馈时间",
    "ask_extension": "申请时间", "extend": "批准时间", "remind": "催办时间", "report": "报结时间", "verify": "核实时间",
    "fail": "核实时间", "look_back": "回看时间", "tell": "告知时间",
}  # fmt: skip
_DUE_WORDS = {
    "pool": "复核时间", "repool": "下次复核时间", "ask_extension": "申请延至", "extend": "延至", "park": "下次复核时间",
    "verify": "回看时间",
}  # fmt: skip
_UNIT_WORDS = {
    "assign": "牵头单位", "reassign": "新的牵头单位", "acknowledge": "签收单位", "return": "退回单位",
    "progress": "反馈单位", "partial": "反馈单位", "ask_extension": "申请单位", "remind": "被催单位", "report": "报结单位",
}  # fmt: skip
_TEXT_WORDS = {
    "screen_in": "说明", "solve_on_site": "解决情况", "escalate": "上报事项", "take_down": "依据", "tell": "告知内容",
    "assign": "交办要求", "progress": "进展情况", "partial": "已解决的部分", "extend": "批示意见", "remind": "催办情况",
    "report": "办理结果", "verify": "核实情况", "look_back": "回看情况",
}  # fmt: skip
_REASON_WORDS = {
    "reject": "不予采纳原因", "pool": "暂不具备原因", "return": "退回原因", "progress": "存在困难", "partial": "未解决的原因",
    "ask_extension": "延期理由", "extend": "延期理由", "refuse_extension": "不同意的理由", "park": "转长期推进的原因",
    "fail": "不过的原因",
}  # fmt: skip
_CONTACT_WORDS = {
    "acknowledge": "签收人", "return": "单位经办人", "progress": "单位经办人", "partial": "单位经办人",
    "ask_extension": "单位经办人", "report": "单位经办人", "remind": "接话人",
}  # fmt: skip
_WORDS = {
    "day": (_DAY_WORDS, "日期"),
    "due_day": (_DUE_WORDS, "办结时限"),
    "unit_id": (_UNIT_WORDS, "单位"),
    "text": (_TEXT_WORDS, "说明"),
    "reason": (_REASON_WORDS, "原因"),
    "contact": (_CONTACT_WORDS, "企业联系人"),
    "method": ({}, "方式"),
    "rating": ({}, RATED),
    "understood": ({}, "企业知晓"),
    "co_units": ({}, "配合单位"),
    "meeting_id": ({}, "交办会"),
    "actor": ({}, "经手人"),
}


@cache
def step_shape(verb_id: str) -> Form:
    """The form of a verb: its day, what it needs, what it takes besides, and who took it."""
    verb = VERBS[verb_id]
    names = ("day", *verb.needs, *verb.takes, "actor")
    return Form("problem_event", verb.label, tuple(_field(verb, name) for name in names))


def _field(verb: Verb, name: str) -> FormField:
    required = name == "day" or name in verb.needs
    spec = _spec(name)
    words, usual = _WORDS.get(name, ({}, spec.label))
    return FormField(
        replace(spec, label=words.get(verb.id, usual)),
        _LINKS.get(name, ""),
        required,
        fixed=name in _FIXED or isinstance(spec.kind, ChoiceKind),
        many=name == "co_units",
    )


def _spec(name: str) -> FieldSpec:
    if name in QUESTIONS:
        labels = tuple(one.label for one in ANSWER.choices)
        return FieldSpec(name, QUESTIONS[name], ANSWER, choices=labels)
    if name == "understood":
        return FieldSpec(name, "企业知晓", values.FLAG)
    if name in _LINKS:
        return FieldSpec(name, "", values.TEXT)
    described = {field.name: field.spec for field in (*spec_fields(Problem), *spec_fields(ProblemEvent))}
    return described[name]
