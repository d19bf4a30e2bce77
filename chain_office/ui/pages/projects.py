"""项目: the pipeline 拟开工 → 在建 → 竣工, each beside its plan and the calendar."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from chain_office.domain.percents import show_percent
from chain_office.domain.project_lights import MOVING
from chain_office.queries.desk_lists import projects_at
from chain_office.queries.desk_views import project_views
from chain_office.queries.projects import STAGES
from chain_office.queries.projects_desk.standing import standings
from chain_office.queries.records import project
from chain_office.ui.kit.amounts import wan
from chain_office.ui.kit.desk_parts.viewed_desk import ViewedDesk
from chain_office.ui.kit.table import ListColumn
from chain_office.ui.pages.project_parts import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.queries.desk_lists import ProjectLine
    from chain_office.queries.lists import ListKind
    from chain_office.queries.projects_desk.standing import Standing
    from chain_office.queries.records import Record
    from chain_office.queries.views import View
    from chain_office.services.ledgers import Ledger


class Projects(ViewedDesk):
    """The desk of projects."""

    id = "projects"
    title = "项目"
    icon_name = "hammer"
    count_key = "projects.red"
    watches = frozenset({
        "project", "stage_change", "project_plan", "project_month", "project_node", "enterprise", "district", "park",
        "light_rule", "project_cause", "problem", "problem_span", "unit", "month_freeze",
    })  # fmt: skip
    kinds = PARTS
    table = "project"
    makes = ("project",)
    boxes = (("district", "县市区"), ("park", "园区"), ("segment", "环节"))
    wide = 1
    noun = "个项目"
    belongs = (
        "这里放重点项目：总投资、年度计划、逐月完成、形象进度、节点和困难。\n从项目调度表导入，每月再导一次就是进度。"
    )

    def columns(self) -> tuple[ListColumn, ...]:
        """Number, name, place, stage, investment, plan done, light, planned end."""
        return (
            ListColumn("编号", lambda line: f"XM{line.number:04d}", 66, "number", facet="number"),
            ListColumn("项目", lambda line: line.name, 230, facet="name", field="name"),
            ListColumn("建设地点", lambda line: line.place, 70, facet="place"),
            ListColumn("阶段", lambda line: STAGES.get(line.stage, "未列入"), 56, facet="stage"),
            ListColumn("总投资（万元）", _total, 110, "total", right=True, facet="total", field="total_yuan"),
            ListColumn("完成%", self._done, 60, right=True),
            ListColumn("比序时", self._ahead, 58, right=True, colour=self._ahead_colour),
            ListColumn("灯", self._light, 44, colour=self._colour, facet="light"),
            ListColumn("滞后、下一节点", self._behind, 128, colour=self._behind_colour),
            ListColumn("计划竣工", self._finish, 112, colour=self._late_colour, facet="finish", field="plan_finish"),
        )

    @staticmethod
    def kind_at(day: date) -> ListKind[ProjectLine]:
        """The stages as they stood at ``day``."""
        return projects_at(day)

    @staticmethod
    def views_at(ledger: Ledger, day: date) -> tuple[View, ...]:
        """By stage, by light, late."""
        return project_views(ledger, day)

    @staticmethod
    def beside_at(ledger: Ledger, day: date) -> Mapping[str, Standing]:
        """Where every project stands."""
        return standings(ledger, day)

    @staticmethod
    def read_record(ledger: Ledger, reference: str, day: date) -> Record | None:
        """One project."""
        return project(ledger, reference.partition(":")[2], day)

    # Forms that are opened from the other views.

    def open_form(self, table: str, project: str, preset: Mapping[str, object] | None = None) -> None:
        """A blank form of a project's part beside the list; afterwards back to the view one came from."""
        came_from = self.views.current
        self.show_record(f"project:{project}")
        self.editing.add_part(table, project, {"project_id": project, **(preset or {})})
        self.views.come_back(came_from, (project,))

    def open_part(self, table: str, row_id: str, project: str) -> None:
        """The form of a project's part beside the list; afterwards back to the view one came from."""
        came_from = self.views.current
        self.show_record(f"project:{project}")
        self.editing.open_part(table, row_id, project)
        self.views.come_back(came_from, (project,))

    # What the columns show.

    def _stood(self, line: ProjectLine) -> Standing | None:
        return self.beside.get(line.id) if self.beside else None

    def _done(self, line: ProjectLine) -> str:
        stood = self._stood(line)
        return show_percent(stood.pace.percent).removesuffix("%") if stood and stood.pace else ""

    def _ahead(self, line: ProjectLine) -> str:
        stood = self._stood(line)
        if stood is None or stood.pace is None:
            return ""
        return f"{stood.pace.ahead.quantize(Decimal('0.1'), ROUND_HALF_UP):+}"

    def _ahead_colour(self, line: ProjectLine) -> str:
        stood = self._stood(line)
        return self.office.palette.amber if stood and stood.pace and stood.pace.ahead < 0 else ""

    def _light(self, line: ProjectLine) -> str:
        stood = self._stood(line)
        return stood.label if stood else ""

    def _colour(self, line: ProjectLine) -> str:
        stood = self._stood(line)
        return str(getattr(self.office.palette, stood.light)) if stood and stood.light else ""

    def _behind(self, line: ProjectLine) -> str:
        stood = self._stood(line)
        if stood is None:
            return ""
        days = f"滞后 {stood.lag.days} 天" if stood.lag is not None else ""
        told = "，".join(part for part in (days, stood.because) if part)
        if told or stood.node is None or line.stage not in MOVING:
            return told
        return f"{stood.node.name}{stood.node.when(self.office.as_of)}"

    def _behind_colour(self, line: ProjectLine) -> str:
        stood = self._stood(line)
        return self.office.palette.red if stood and stood.lag is not None else ""

    def _is_late(self, line: ProjectLine) -> bool:
        running = line.stage in MOVING
        return running and line.plan_finish is not None and line.plan_finish < self.office.as_of

    def _finish(self, line: ProjectLine) -> str:
        if line.plan_finish is None:
            return ""
        return f"{line.plan_finish.isoformat()}{' 已过' if self._is_late(line) else ''}"

    def _late_colour(self, line: ProjectLine) -> str:
        return self.office.palette.red if self._is_late(line) else ""


def _total(line: ProjectLine) -> str:
    return wan(line.total_yuan)
