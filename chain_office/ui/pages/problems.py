"""问题: every problem with its unit, its limit and its light, from collection to verified closure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.lights import Light, Rule, evaluate, is_overdue, late_text
from chain_office.domain.workflow import STATES, VERBS
from chain_office.queries.desk_lists import problems_at
from chain_office.queries.light_rules import problem_rules
from chain_office.queries.problem_strip import strip_counts
from chain_office.queries.problem_views import problem_views
from chain_office.queries.records import COLOURS, problem
from chain_office.services.calendar import work_calendar
from chain_office.ui.kit.desk_parts.viewed_desk import ViewedDesk
from chain_office.ui.kit.steps.mount import Steps
from chain_office.ui.kit.table import ListColumn
from chain_office.ui.pages.problem_parts import PARTS
from chain_office.ui.pages.problem_parts.gathering import Gathering

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.queries.desk_lists import ProblemLine
    from chain_office.queries.lists import ListKind
    from chain_office.queries.records import Record
    from chain_office.queries.views import View
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.views import Counts
    from chain_office.ui.office import Office


class Problems(ViewedDesk):
    """The desk of problems."""

    id = "problems"
    title = "问题"
    icon_name = "circle-alert"
    count_key = "problems.open"
    watches = frozenset({
        "problem", "problem_event", "problem_span", "screening", "assignment", "enterprise", "unit", "district", "category",
        "meeting", "calendar_day", "light_rule",
    })  # fmt: skip
    kinds = PARTS
    table = "problem"
    makes = ("problem",)
    boxes = (("unit", "牵头单位"), ("district", "县市区"), ("category", "类别"), ("meeting", "交办会"))
    wide = 3
    noun = "个问题"
    belongs = "这里放企业反映的问题：收集、筛选、交办、办理、报结、销号。\n从问题收集表、交办清单导入。"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.steps = Steps(self)
        self.gathering = Gathering(office, self)
        self.editing.also(self.bar.add("归入共性问题", "layers", self._gather, needs=1))

    def columns(self) -> tuple[ListColumn, ...]:
        """Number, light, firm, text, unit, limit, state."""
        return (
            ListColumn("编号", lambda line: f"WT{line.number:04d}", 66, "number", facet="number"),
            ListColumn("灯", self._light_word, 44, colour=self._light_colour, facet="light"),
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
    def strip_counts(ledger: Ledger, day: date) -> Counts:
        """What is due, and what waits to be screened."""
        return strip_counts(ledger, day)

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

    def open_step(self, verb: str, ids: Sequence[str]) -> None:
        """The form of a step beside the list, which shows these problems; afterwards back to the view one came from."""
        came_from = self.views.current
        if len(ids) == 1:
            self.show_record(f"{self.table}:{ids[0]}")
        else:
            self.show_rows(ids, VERBS[verb].label)
        self.steps.begin(verb, ids)
        self.views.come_back(came_from, ids)

    def _gather(self) -> None:
        """Hang the problems selected on a common issue."""
        self.gathering.gather(self.selected_ids())

    # What the columns show.

    def _light(self, line: ProblemLine) -> Light | None:
        if self.calendar is None or not line.state:
            return None
        return evaluate(line.facts, self.office.as_of, self.calendar, self.beside)

    def _light_word(self, line: ProblemLine) -> str:
        light = self._light(line)
        return light.label if light else ""

    def _light_colour(self, line: ProblemLine) -> str:
        light = self._light(line)
        return str(getattr(self.office.palette, COLOURS.get(light.light, light.light))) if light else ""

    def _deadline(self, line: ProblemLine) -> str:
        if line.deadline is None:
            return ""
        late = late_text(line.facts, self.office.as_of, self.calendar) if self.calendar is not None else ""
        return f"{line.deadline.isoformat()} {late.partition('（')[0].replace(' ', '').replace('个工', '工')}".rstrip()

    def _late_colour(self, line: ProblemLine) -> str:
        return self.office.palette.red if is_overdue(line.facts, self.office.as_of) else ""


def _state(line: ProblemLine) -> str:
    return STATES[line.state].label if line.state else "未收集"
