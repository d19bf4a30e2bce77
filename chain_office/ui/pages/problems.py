"""问题: every problem with its unit, its limit and its light, from collection to verified closure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.lights import Light, ProblemFacts, Rule, evaluate, is_overdue
from chain_office.domain.workflow import STATES
from chain_office.queries.desk_lists import problems_at
from chain_office.queries.light_rules import problem_rules
from chain_office.queries.problem_views import problem_views
from chain_office.queries.records import COLOURS, problem
from chain_office.services.calendar import work_calendar
from chain_office.ui.kit.desk import Desk
from chain_office.ui.kit.table import ListColumn

if TYPE_CHECKING:
    from datetime import date

    from chain_office.queries.desk_lists import ProblemLine
    from chain_office.queries.lists import ListKind
    from chain_office.queries.records import Record
    from chain_office.queries.views import View
    from chain_office.services.ledgers import Ledger


class Problems(Desk):
    """The desk of problems."""

    id = "problems"
    title = "问题"
    icon_name = "circle-alert"
    count_key = "problems.open"
    watches = frozenset({
        "problem", "problem_event", "problem_span", "screening", "assignment", "enterprise", "unit", "district", "category",
        "meeting", "calendar_day", "light_rule",
    })  # fmt: skip
    table = "problem"
    makes = ("problem",)
    boxes = (("unit", "牵头单位"), ("district", "县市区"), ("category", "类别"), ("meeting", "交办会"))
    wide = 3
    noun = "个问题"
    belongs = "这里放企业反映的问题：收集、筛选、交办、办理、报结、销号。\n从问题收集表、交办清单导入。"

    def columns(self) -> tuple[ListColumn, ...]:
        """Number, light, firm, text, unit, limit, state."""
        return (
            ListColumn("编号", lambda line: f"WT{line.number:04d}", 66, "number", facet="number"),
            ListColumn("灯", self._light_word, 44, colour=self._light_colour),
            ListColumn("企业", lambda line: line.enterprise, 132, facet="enterprise", field="enterprise_id"),
            ListColumn("问题", lambda line: line.text, 260, facet="text", field="text"),
            ListColumn("牵头单位", lambda line: line.unit, 92, facet="unit"),
            ListColumn(
                "办结时限",
                self._deadline,
                146,
                "deadline",
                colour=self._late_colour,
                facet="deadline",
                field="deadline",
            ),
            ListColumn("状态", _state, 96, facet="state"),
        )

    @staticmethod
    def kind_at(day: date) -> ListKind[ProblemLine]:
        """The states as they stood at ``day``."""
        return problems_at(day)

    @staticmethod
    def views_at(ledger: Ledger, day: date) -> tuple[View, ...]:
        """Overdue, due soon, by bucket."""
        return problem_views(ledger, day)

    @staticmethod
    def read_record(ledger: Ledger, reference: str, day: date) -> Record | None:
        """One problem."""
        return problem(ledger, reference.partition(":")[2], day, work_calendar(ledger))

    @staticmethod
    def beside_at(ledger: Ledger, _day: date) -> tuple[Rule, ...]:
        """The office's light rules."""
        return problem_rules(ledger)

    def _facts(self, line: ProblemLine) -> ProblemFacts:
        return ProblemFacts(
            line.state, line.deadline, line.reported_day, line.updated, line.returns, verified=bool(line.verified)
        )

    def _light(self, line: ProblemLine) -> Light | None:
        if self.calendar is None or not line.state:
            return None
        return evaluate(self._facts(line), self.office.as_of, self.calendar, self.beside)

    def _light_word(self, line: ProblemLine) -> str:
        light = self._light(line)
        return light.label if light else ""

    def _light_colour(self, line: ProblemLine) -> str:
        light = self._light(line)
        return str(getattr(self.office.palette, COLOURS.get(light.light, light.light))) if light else ""

    def _deadline(self, line: ProblemLine) -> str:
        if line.deadline is None:
            return ""
        text = line.deadline.isoformat()
        facts, day = self._facts(line), self.office.as_of
        if not is_overdue(facts, day):
            return text
        end = line.reported_day if line.state == "reported" and line.reported_day else day
        return f"{text} 逾期{(end - line.deadline).days}天"

    def _late_colour(self, line: ProblemLine) -> str:
        return self.office.palette.red if is_overdue(self._facts(line), self.office.as_of) else ""


def _state(line: ProblemLine) -> str:
    return STATES[line.state].label if line.state else "未收集"
