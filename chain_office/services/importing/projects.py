"""项目 rows: the pipeline, its stage changes, the year's plan and the month's progress."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from chain_office.db.models import Project, ProjectMonth, ProjectPlan, StageChange
from chain_office.domain.kinds import BadValue
from chain_office.domain.names import name_key
from chain_office.domain.periods import month_of
from chain_office.domain.stages import opening_stages
from chain_office.domain.statuses import read_project_stage
from chain_office.services.importing.context import Desk, corroborates, record_number_of

if TYPE_CHECKING:
    from chain_office.services.importing.rows import Incoming

_TEXTS = (
    "code", "owner", "nature", "content", "years", "leader", "unit", "agent", "in_stat", "problems", "solution", "remark",
)  # fmt: skip
_AMOUNTS = ("total_yuan", "output_after_yuan", "tax_after_yuan")
_MONTHLY = ("month_done_yuan", "year_done_yuan", "total_done_yuan", "image_progress")


class Projects(Desk):
    """Plans 项目 rows."""

    def plan(self, row: Incoming) -> None:
        """One project."""
        name = row.text("name")
        if not name:
            raise row.refuse("name", "没有项目名称")
        values: dict[str, object] = {field: row.text(field) for field in _TEXTS}
        values |= {field: row.money(field) for field in _AMOUNTS}
        values["land_mu"] = row.take("land_mu")
        for field in ("plan_start", "plan_finish", "start_day", "finish_day"):
            values[field] = row.day(field)[0]
        values["district_id"] = self.places.look_up(row, "district")
        values["park_id"] = self.places.look_up(row, "park")
        stage = self._stage(row)
        self._settle_days(stage, values)
        known = self._identify(row, name, values)
        if stage is None and known is None:
            raise row.refuse("stage", "看不出是拟开工、在建、竣工还是停缓建，请写明建设阶段")
        values["enterprise_id"] = self._owner(row)
        if known is None:
            project = self.planner.insert(
                Project,
                {"name": name, "name_key": name_key(name), "stage": stage or "planned", **_present(values)},
                main=True,
            )
            self.planner.put(self._index, name_key(name), project)
            self._open(project, str(stage), values)
        else:
            project = known
            self._warn_of_namesake(row, project, values)
            self._change_stage(row, project, stage, values)
            self.planner.merge(Project, project, values)
        self._seen.add((row.table.sheet, project))
        if stage:
            row.values["stage"] = stage
        self._plan_of_year(row, project)
        self._month(row, project)

    @property
    def _seen(self) -> set[tuple[str, str]]:
        if not hasattr(self, "_seen_projects"):
            self._seen_projects: set[tuple[str, str]] = set()
        return self._seen_projects

    def _warn_of_namesake(self, row: Incoming, project: str, values: dict[str, object]) -> None:
        """Two rows of one sheet with one name and two owners are perhaps two projects."""
        known, owner = self.planner.table(Project)[project]["owner"], values["owner"]
        if (row.table.sheet, project) in self._seen and known and owner and name_key(known) != name_key(str(owner)):
            row.warn(
                "name", f"这张表里已有一个同名项目（{known}），按同一个项目更新；如果是两个项目，请填项目代码或改名区分"
            )

    def _stage(self, row: Incoming) -> str | None:
        """The stage the row states, else the one its group row does ("一、竣工项目(5个)"), else its 类别 (续建类)."""
        text = row.text("stage")
        stage = self._read(row, text, row.heading("stage")) if text else None
        said = (row.parsed.group, str(row.parsed.value("class_text") or ""))
        return stage or next((found for one in said if one and (found := self._read(row, one, ""))), None)

    @staticmethod
    def _read(row: Incoming, text: str, heading: str) -> str | None:
        try:
            reading = read_project_stage(text, heading)
        except BadValue as error:
            if heading:
                row.warn("stage", error.reason)
            return None
        for warning in reading.warnings:
            row.warn("stage", warning)
        return None if reading.value is None else str(reading.value)

    @staticmethod
    def _settle_days(stage: str | None, values: dict[str, object]) -> None:
        """A 竣工时间 of a project still under way, or a 开工时间 of one not begun, is a plan."""
        if stage in {"under_construction", "planned", "stopped"} and values["finish_day"]:
            values["plan_finish"] = values["plan_finish"] or values["finish_day"]
            values["finish_day"] = None
        if stage == "planned" and values["start_day"]:
            values["plan_start"] = values["plan_start"] or values["start_day"]
            values["start_day"] = None

    def _identify(self, row: Incoming, name: str, stated: dict[str, object]) -> str | None:
        number = record_number_of(row.text("record_no"), "XM")
        if number is not None:
            known = self.planner.find(Project, number=number)
            if known is not None and known["name_key"] == name_key(name):
                return str(known["id"])
            if known is not None and name_key(name) not in self._index and corroborates(known, stated):
                row.warn("name", f"“{known['name']}”改名为“{name}”")
                self.planner.update(Project, known["id"], {"name": name, "name_key": name_key(name)})
                return str(known["id"])
        code = row.text("code")
        if code:
            known = self.planner.find(Project, code=code)
            if known is not None:
                return str(known["id"])
        alike = self._index.get(name_key(name))
        other = self.planner.table(Project)[alike]["code"] if alike else None
        if code and other and other != code:
            row.warn("name", f"同名的项目代码不同（{other}），按两个项目登记，请核对")
            return None
        return alike

    @property
    def _index(self) -> dict[str, str]:
        if not hasattr(self, "_by_key"):
            self._by_key = {one["name_key"]: one["id"] for one in self.planner.table(Project).values()}
        return self._by_key

    def _owner(self, row: Incoming) -> str | None:
        owner = row.text("owner")
        if not owner or self.places.is_public_body(owner):
            return None
        found = self.firms.find(owner)
        if found.id is not None or found.rivals:
            for warning in found.warnings:
                row.warn("owner", warning)
            return found.id
        row.warn("owner", f"企业名册里没有“{owner}”，只作名册外单位登记，不计入规上企业数")
        return self.firms.add(owner)

    def _open(self, project: str, stage: str, values: dict[str, Any]) -> None:
        for name, day in opening_stages(stage, values["start_day"], values["finish_day"]):
            self.planner.insert(StageChange, {"project_id": project, "stage": name, "day": day, "reason": "期初登记"})

    def _change_stage(self, row: Incoming, project: str, stage: str | None, values: dict[str, object]) -> None:
        current = self.planner.table(Project)[project]["stage"]
        if stage is None or stage == current:
            return
        day = row.day("stage_day")[0]
        if day is None:
            day = {"completed": values["finish_day"], "under_construction": values["start_day"]}.get(stage)  # type: ignore[assignment]
        if day is None:
            day = row.table.as_of or row.table_day
        if day is None:
            day = self.answered_day(row, "stage", "建设阶段有变化，但没有写明何时变化，请补充日期")
        latest = max((str(one["day"]) for one in self._changes(project) if one["day"]), default="")
        if latest and str(day) < latest:
            raise row.refuse("stage", f"阶段变更日期 {day} 早于已登记的 {latest}，请核对")
        self.planner.insert(StageChange, {"project_id": project, "stage": stage, "day": day, "reason": "导入更新"})
        self.planner.update(Project, project, {"stage": stage})

    def _changes(self, project: str) -> list[dict[str, object]]:
        return self.planner.group(StageChange, "project_id", project)

    def _plan_of_year(self, row: Incoming, project: str) -> None:
        amount, goal = row.money("year_plan_yuan"), row.text("year_goal")
        if amount is None and goal is None:
            return
        year = self._year(row)
        if year is None:
            row.warn("year_plan_yuan", "没有写明是哪一年的计划，没有读入；请在表题写明年份")
            return
        values = {"year_plan_yuan": amount, "year_goal": goal}
        for known in self.planner.group(ProjectPlan, "project_id", project):
            if known["year"] == year:
                self.planner.merge(ProjectPlan, str(known["id"]), values)
                return
        self.planner.insert(ProjectPlan, {"project_id": project, "year": year, **values})

    def _year(self, row: Incoming) -> int | None:
        stated = re.search(r"(?:19|20)\d\d", row.text("plan_year") or "")
        if stated:
            return int(stated.group())
        for field in ("year_plan_yuan", "year_done_yuan"):
            cell = row.cell(field)
            if cell is not None and cell.period:
                return int(cell.period[:4])
        if row.table.title_date is not None:
            return row.table.title_date.year
        return row.table.as_of.year if row.table.as_of else None

    def _month(self, row: Incoming, project: str) -> None:
        values = {field: row.take(field) for field in _MONTHLY}
        if all(value is None for value in values.values()):
            return
        month = self._which_month(row)
        if month is None:
            row.warn("year_done_yuan", "没有写明是哪个月的进度，投资完成数和形象进度没有读入；请在表题写明月份")
            return
        row.values["month"] = month
        for known in self.planner.group(ProjectMonth, "project_id", project):
            if known["month"] == month:
                self.planner.merge(ProjectMonth, str(known["id"]), values)
                return
        self.planner.insert(ProjectMonth, {"project_id": project, "month": month, **values})

    def _which_month(self, row: Incoming) -> str | None:
        for field in ("month_done_yuan", "year_done_yuan"):
            cell = row.cell(field)
            if cell is not None and len(cell.period) > len("2021"):
                return cell.period.rsplit("..", maxsplit=1)[-1]
        stated = row.take("month")
        if isinstance(stated, str):
            return stated
        day = row.table_day or row.table.as_of
        return month_of(day) if day else None


def _present(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
