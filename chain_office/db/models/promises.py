"""承诺事项: what was promised at visits."""

from __future__ import annotations

from chain_office.db.fields import DayField, LineField, NoteField
from chain_office.db.models.base import Record, link
from chain_office.db.models.problems import Problem
from chain_office.db.models.visits import Visit

SIDES = ("我方", "企业")


class Promise(Record):
    """承诺事项: what one side promised at a visit, and by when."""

    visit = link(Visit, null=False)
    text = NoteField("承诺事项", null=False)
    side = LineField("承诺方", words=SIDES)
    owner = LineField("责任人")
    due_day = DayField("兑现时限", is_deadline=True)
    done_day = DayField("兑现日期")
    result = NoteField("落实情况")
    problem = link(Problem)
    remark = NoteField("备注")
