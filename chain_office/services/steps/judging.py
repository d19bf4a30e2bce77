"""Rules of the two judgements: the three criteria before a hand-over, the four questions before 销号."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chain_office.domain.forms import Fault
from chain_office.domain.textkinds import PENDING_WORDS
from chain_office.services.editing.case import warn
from chain_office.services.steps.shapes import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chain_office.queries.steps import Desk
    from chain_office.services.steps.asked import Asked

CRITERIA = {"urgent": "企业很急需", "feasible": "条件又具备", "gov_can": "政府办得到"}
"""The three criteria every problem is screened by."""
_NAMES_ONE = re.compile(r"急需|不急|急迫|具备|条件|办得到|办不到|政府|权限|职能|政策")
UNSATISFIED = "不满意"


def of_verdicts(asked: Asked, desk: Desk) -> Iterator[Fault]:
    """A decision that goes against the verdicts on record, or is without them."""
    if asked.verb.id == "reject" and not any(one.verdict == "no" for one in desk.judged):
        if not _NAMES_ONE.search(asked.value("reason") or ""):
            names = "、".join(CRITERIA.values())
            yield warn("reason", f"三条标准里没有一条判为“否”，原因也没有说是哪一条（{names}）不符合，请核对")
    elif asked.verb.id == "screen_in":
        yield from _without_yes(desk)


def _without_yes(desk: Desk) -> Iterator[Fault]:
    silent = [label for name, label in CRITERIA.items() if not any(one.criterion == name for one in desk.judged)]
    against = []
    for name, label in CRITERIA.items():
        mine = [one for one in desk.judged if one.criterion == name]
        if mine and not any(one.verdict == "yes" for one in mine):
            said = "、".join(
                f"{one.officer or '未署名'}：{PENDING_WORDS.get(one.verdict, one.verdict)}" for one in mine
            )
            against.append(f"“{label}”没有人判为“是”（{said}）")
    parts = [*against, *([f"{'、'.join(f'“{one}”' for one in silent)}还没有结论"] if silent else [])]
    if parts:
        yield warn("", f"{'；'.join(parts)}，请核对")


def of_verification(asked: Asked) -> Iterator[Fault]:
    """Nothing is closed that the enterprise does not call solved."""
    answers = {name: asked.value(name) for name in QUESTIONS}
    if asked.verb.id == "verify":
        if answers["solved"] == "no":
            yield Fault("solved", "企业说问题没有解决，不能销号；请改用“核实不过”")
        if asked.value("rating") == UNSATISFIED:
            yield Fault("rating", "企业不满意，不能销号；请改用“核实不过”")
        for name, label in QUESTIONS.items():
            if answers[name] == "partly" or (name != "solved" and answers[name] == "no"):
                yield warn(name, f"“{label}”答的是“{'部分' if answers[name] == 'partly' else '否'}”，仍要销号请核对")
    elif asked.verb.id == "fail":
        if set(answers.values()) == {"yes"} and asked.value("rating") not in {None, UNSATISFIED}:
            yield warn("solved", "四个问题都答得好，却记为核实不过，请核对")
    elif asked.verb.id == "look_back" and answers.get("solved") == "no":
        yield warn("solved", "回看发现没有解决；登记后请用“重新办理”再交给单位")
