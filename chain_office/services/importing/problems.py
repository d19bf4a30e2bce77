"""问题 rows: each opens at its recorded state by one 期初登记 event; a later book moves it on lawfully."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import Assignment, Meeting, Problem, ProblemEvent, Screening
from chain_office.domain.contacts import read_people
from chain_office.domain.deadlines import settle_deadline
from chain_office.domain.kinds import BadValue
from chain_office.domain.names import text_core
from chain_office.domain.plain import plain
from chain_office.domain.statuses import read_problem_status, shows_verification
from chain_office.domain.tables import Remark
from chain_office.domain.when import arabic_dates, find_when
from chain_office.domain.workflow import ASSIGNED_BUCKETS, STATES
from chain_office.services.importing.context import Desk, record_number_of
from chain_office.services.importing.moving import Move, is_handed_over

if TYPE_CHECKING:
    from chain_office.services.importing.rows import Incoming

_TEXTS = ("source_no", "demand", "level", "source", "progress", "reason", "next_step", "satisfaction", "remark")
_CRITERIA = ("urgent", "feasible", "gov_can")
_RATED = "满意度"
"""How a satisfaction column counts, whatever it is called (回访情况, 企业反馈)."""
MEETING_KIND = "问题交办会"
_TICKS = frozenset({"√", "✓", "✔", "☑"})
"""A tick in a status column means done, whatever the column is called; 是 does only under a yes/no heading."""
_WITHOUT_A_UNIT = frozenset(
    {"rejected", "pooled", "to_assign", "solved_on_site", "escalated", "closed", "parked", "waiting"}
)
"""States a row may record although no unit took it."""
OPENING = "opening"
"""Kind of the 期初登记 event."""


class Problems(Desk):
    """Plans 问题 rows."""

    def plan(self, row: Incoming) -> None:
        """One problem."""
        text = row.text("text")
        if not text:
            raise row.refuse("text", "没有问题内容")
        firm = self._raiser(row)
        lead, others = self._units(row)
        values: dict[str, object] = {field: row.text(field) for field in _TEXTS}
        values["callback_day"], values["review_day"] = row.day("callback_day")[0], row.day("review_day")[0]
        values["district_id"] = self.places.look_up(row, "district")
        values["category_id"] = self.places.look_up(row, "category")
        self._owner(row, values)
        known = self._identify(row, firm, text)
        state = self._state(row, lead, known)
        self._days(row, state, values, known)
        row.values["state"] = state
        if known is None:
            self._open(row, firm, text, state, lead, others, values)
        else:
            self._move(row, known, state, (lead, others), values)

    @property
    def _unscreened(self) -> set[str]:
        """Sheets already pointed out as having no verdicts."""
        if not hasattr(self, "_pointed_out"):
            self._pointed_out: set[str] = set()
        return self._pointed_out

    def _raiser(self, row: Incoming) -> str | None:
        if not row.parsed.value("enterprise"):
            row.warn("enterprise", "没有写明是哪家企业的问题")
            return None
        return self.firm(row, off_register_note="问题照收，该企业只作名册外单位登记，不计入规上企业数")

    def _units(self, row: Incoming) -> tuple[str | None, list[str]]:
        lead: str | None = None
        others: list[str] = []
        cell = self.places.units(row, "lead_unit")
        if cell is not None:
            lead = self.places.unit_id(row, "lead_unit", cell.lead) if cell.lead else None
            others += [one for match in cell.others if (one := self.places.unit_id(row, "lead_unit", match))]
            if cell.all_districts:
                others += self.places.district_units()
        else:
            lead = self.places.unit_of_group(row)
        helping = self.places.units(row, "assist_units")
        if helping is not None:
            others += [one for match in helping.matches if (one := self.places.unit_id(row, "assist_units", match))]
            if helping.all_districts:
                others += self.places.district_units()
        if lead is None and others and cell is not None and cell.all_districts:
            row.warn("lead_unit", "各县市区共同承办，没有指明牵头单位，请补充")
        return lead, [one for one in dict.fromkeys(others) if one != lead]

    def _owner(self, row: Incoming, values: dict[str, object]) -> None:
        values["owner"], values["owner_phone"] = row.text("owner"), row.text("owner_phone")
        combined = row.text("owner_combined") or ""
        for source in (combined, str(values["owner"] or "")):
            people = read_people(source) if source else ()
            if people and (source == combined or people[0].phones):
                values["owner"] = people[0].name + (f"({people[0].title})" if people[0].title else "")
                values["owner_phone"] = values["owner_phone"] or "、".join(people[0].phones) or None
                return

    def _identify(self, row: Incoming, firm: str | None, text: str) -> str | None:
        number = record_number_of(row.text("record_no"), "WT")
        if number is not None:
            known = self.planner.find(Problem, number=number)
            if known is not None and (known["enterprise_id"] == firm or known["text_core"] == text_core(text)):
                self.planner.update(Problem, known["id"], {"text": text})
                stored = self.planner.table(Problem)[known["id"]]["text"]
                self.planner.update(Problem, known["id"], {"text_core": text_core(stored)})
                return str(known["id"])
        return self._index.get((firm, text_core(text)))

    @property
    def _index(self) -> dict[tuple[str | None, str], str]:
        if not hasattr(self, "_by_core"):
            self._by_core = {
                (one["enterprise_id"], one["text_core"]): one["id"] for one in self.planner.table(Problem).values()
            }
        return self._by_core

    def _state(self, row: Incoming, lead: str | None, known: str | None) -> str:
        """The recorded state: what the row says, else what its units and verdicts imply."""
        said = self._said(row)
        verdicts = {name: row.take(name) for name in _CRITERIA}
        if known is not None:
            current = str(self.planner.table(Problem)[known]["state"])
            if said == current or (said in {None, "to_assign"} and not self._tells_more(current, lead, verdicts)):
                return current
        if lead is not None:
            if said in {None, "to_assign"}:
                return "doing" if row.parsed.value("progress") else "assigned"
            return "assigned" if said == "waiting" else str(said)
        if said in _WITHOUT_A_UNIT:
            return str(said)
        return self._judged(row, said, verdicts)

    @staticmethod
    def _tells_more(current: str, lead: str | None, verdicts: dict[str, object]) -> bool:
        """Whether a row without a status brings a known problem further: a unit took it, or it was screened at last."""
        return not is_handed_over(current) and (lead is not None or (current == "waiting" and any(verdicts.values())))

    @staticmethod
    def _judged(row: Incoming, said: str | None, verdicts: dict[str, object]) -> str:
        """What the three verdicts say of a row without a unit: 条件具备 no is pooled, another no is rejected."""
        if verdicts["feasible"] == "no":
            return "pooled"
        if "no" in verdicts.values():
            return "rejected"
        if all(verdict == "yes" for verdict in verdicts.values()):
            return "to_assign"
        if said is not None:
            row.warn("status", f"写的是{STATES[said].label}，但没有承办单位，按待筛选登记")
        return "waiting"

    def _said(self, row: Incoming) -> str | None:
        """The state the status cell or the group row names."""
        sources = (
            (row.text("status"), row.heading("status")),
            (row.text("verification") if "是否" in row.heading("verification") else None, row.heading("verification")),
            (row.parsed.group, None),
        )
        for source, heading in sources:
            if not source:
                continue
            ticked = source in _TICKS
            try:
                reading = read_problem_status(source, None if ticked else heading)
            except BadValue as error:
                if heading is not None:
                    row.warn("status", error.reason)
                continue
            for warning in reading.warnings:
                row.warn("status", warning)
            if reading.value is not None:
                return str(reading.value)
        told = self._told_by_progress(row) or self._told_by_verification(row)
        if told is not None:
            return told
        if isinstance(row.parsed.value("closed_day"), date):
            row.warn("closed_day", "没有写办理状态，但有办结时间，读作已办结")
            return "closed"
        return None

    @staticmethod
    def _told_by_progress(row: Incoming) -> str | None:
        """The state, where 进展 holds just a status word ("已办结") and nothing else says it; a story says none."""
        try:
            reading = read_problem_status(row.parsed.value("progress"), row.heading("progress"))
        except BadValue:
            return None
        return str(reading.value) if reading.value is not None and not reading.note else None

    @staticmethod
    def _told_by_verification(row: Incoming) -> str | None:
        """ "已销号（4月20日）" under 销号情况, where nothing else tells the state."""
        text = row.text("verification") or ""
        try:
            closed = re.search(r"销号|办结|解决", text) and read_problem_status(text).value == "closed"
        except BadValue:
            return None
        return "closed" if closed else None

    @staticmethod
    def _told_day(row: Incoming, assigned: date) -> date | None:
        """The day a status or verification cell mentions ("已于7月20日办结"); without a year the next one after the
        hand-over."""
        for field in ("status", "verification"):
            when = find_when(arabic_dates(plain(row.parsed.value(field)).replace(" ", "")))
            if when is None or when.precision != "day":
                continue
            try:
                day = when.span(when.year or assigned.year)[1]
                if when.year is None and day < assigned:
                    day = when.span(assigned.year + 1)[1]
            except BadValue:
                continue
            if row.table.as_of is None or day <= row.table.as_of:
                row.warn(field, f"没有办结时间一栏，按这一格里写的 {day} 取")
                return day
        return None

    def _days(self, row: Incoming, state: str, values: dict[str, object], known: str | None) -> None:
        """Hand-over, deadline, report and closing days, each from the row, else from the title, meeting or 截至 date."""
        before = self.planner.table(Problem)[known] if known else None
        values["collected_day"] = row.day("collected_day")[0]
        if STATES[state].bucket not in ASSIGNED_BUCKETS:
            if values["collected_day"] is None and before is None:
                values["collected_day"] = row.table_day or row.table.as_of
            return
        assigned, _ = row.day("assigned_day")
        if assigned is None and before is not None:
            assigned = before["assigned_day"]
        if assigned is None:
            assigned = self._meeting_day(row) or row.table_day
            if assigned is not None:
                row.warn("assigned_day", f"没有交办时间，按表题或会议日期取 {assigned}")
        if assigned is None:
            assigned = self.answered_day(row, "assigned_day", "没有交办时间，表题也没有写明，请补充交办日期")
        values["assigned_day"] = row.values["assigned_day"] = assigned
        self._deadline(row, assigned, values, before)
        values["reported_day"] = row.day("reported_day")[0]
        if state == "reported" and values["reported_day"] is None and (before is None or not before["reported_day"]):
            reported = row.day("closed_day")[0] or row.table.as_of
            values["reported_day"] = reported
            if reported is not None:
                row.warn("reported_day", f"已报结但没有反馈时间，按 {reported} 计，逾期以这一天判断")
        if state == "closed":
            self._closing(row, assigned, values, before)
        self._compare_report(row, assigned, values)

    @staticmethod
    def _compare_report(row: Incoming, assigned: date, values: dict[str, object]) -> None:
        reported, closed = row.day("reported_day")[0], values.get("closed_day")
        if reported is not None and reported < assigned:
            row.warn("reported_day", f"反馈时间 {reported} 早于交办时间 {assigned}，请核对")
        if reported is not None and isinstance(closed, date) and reported > closed:
            row.warn("reported_day", f"反馈时间 {reported} 晚于办结时间 {closed}，请核对")

    def _deadline(self, row: Incoming, assigned: date, values: dict[str, object], before: object) -> None:
        cell = row.cell("deadline")
        if cell is None:
            if before is None:
                row.warn("deadline", "没有办结时限，不判逾期")
            return
        try:
            reading = settle_deadline(cell.reading, assigned, self.calendar)
        except BadValue as error:
            row.warn("deadline", error.reason)
            return
        if before is None or not isinstance(reading.value, date):
            values["deadline_text"] = cell.text or None
        if isinstance(reading.value, date):
            if reading.value < assigned:
                row.warn("deadline", f"办结时限 {reading.value} 早于交办时间 {assigned}，请核对")
            values["deadline"] = row.values["deadline"] = reading.value
        else:
            row.warn("deadline", f"“{cell.text}”没有明确日期，不判逾期")

    def _closing(self, row: Incoming, assigned: date, values: dict[str, object], before: object) -> None:
        closed, _ = row.day("closed_day")
        if closed is None and isinstance(before, dict):
            closed = before["closed_day"]
        closed = closed or self._told_day(row, assigned)
        if closed is None and row.table.as_of is not None:
            closed = row.table.as_of
            row.warn("closed_day", f"已办结但没有办结时间，按截至日期取 {closed}")
        if closed is None:
            closed = self.answered_day(row, "closed_day", "已办结但没有办结时间，表里也没有截至日期，请补充")
        if closed < assigned:
            raise row.refuse("closed_day", f"办结时间 {closed} 早于交办时间 {assigned}，请核对")
        values["closed_day"] = row.values["closed_day"] = closed
        verified = shows_verification(
            (_RATED if cell.field == "satisfaction" else cell.column, cell.text) for cell in row.parsed.cells
        )
        values["closed_verified"] = row.values["closed_verified"] = verified
        if not verified:
            row.warn("status", "已办结，但表里未见核实、销号或满意度，标为未见核实")

    def _meeting_day(self, row: Incoming) -> date | None:
        name = row.text("meeting")
        known = self.planner.find(Meeting, name=name) if name else None
        return known["day"] if known else None

    def _open(
        self,
        row: Incoming,
        firm: str | None,
        text: str,
        state: str,
        lead: str | None,
        others: list[str],
        values: dict[str, object],
    ) -> None:
        record = {name: value for name, value in values.items() if value is not None}
        record |= {"enterprise_id": firm, "text": text, "text_core": text_core(text), "state": state}
        record |= {"lead_unit_id": lead, "original_deadline": values.get("deadline")}
        record["rounds"] = 1 if STATES[state].bucket in ASSIGNED_BUCKETS else 0
        record["meeting_id"] = self._meeting(row, values)
        problem = self.planner.insert(Problem, record, main=True)
        self.planner.put(self._index, (firm, text_core(text)), problem)
        recorded = {"closed": "closed_day", "reported": "reported_day"}.get(state, "assigned_day")
        day = values.get(recorded) or values.get("assigned_day") or values.get("collected_day")
        self.planner.insert(
            ProblemEvent,
            {"problem_id": problem, "seq": 1, "kind": OPENING, "day": day, "state": state, "unit_id": lead,
             "text": "期初登记"},
        )  # fmt: skip
        for unit in ([lead] if lead else []) + others:
            role = "lead" if unit == lead else "co"
            self.planner.insert(
                Assignment, {"problem_id": problem, "unit_id": unit, "role": role, "day": values.get("assigned_day")}
            )
        if not self._screen(row, problem):
            self._say_unscreened(row)

    def _screen(self, row: Incoming, problem: str) -> bool:
        """Keep the row's verdicts; whether it has any."""
        basis = row.text("basis")
        verdicts = {name: row.parsed.value(name) for name in _CRITERIA}
        known = {one["criterion"]: one["id"] for one in self.planner.group(Screening, "problem_id", problem)}
        for criterion, verdict in verdicts.items():
            if verdict is None:
                continue
            if criterion in known:
                self.planner.merge(Screening, known[criterion], {"verdict": verdict, "basis": basis})
            else:
                self.planner.insert(
                    Screening, {"problem_id": problem, "criterion": criterion, "verdict": verdict, "basis": basis}
                )
        return any(verdicts.values())

    def _say_unscreened(self, row: Incoming) -> None:
        """Once a sheet."""
        if row.values.get("assigned_day") and row.table.sheet not in self._unscreened:
            self._unscreened.add(row.table.sheet)
            row.warned.append(Remark(0, "", "", "表里没有三条筛选标准的结论，这张表的问题都记为未记载"))

    def _meeting(self, row: Incoming, values: dict[str, object]) -> str | None:
        day = values.get("assigned_day")
        name = row.text("meeting")
        if not name and "交办会" in row.table.title and isinstance(day, date):
            name = f"{day.year}年{day.month}月{day.day}日{MEETING_KIND}"
        if not name:
            return None
        known = self.planner.find(Meeting, name=name)
        if known is not None:
            return str(known["id"])
        return self.planner.insert(Meeting, {"name": name, "kind": MEETING_KIND, "day": day})

    def _move(
        self, row: Incoming, problem: str, state: str, units: tuple[str | None, list[str]], values: dict[str, object]
    ) -> None:
        """Bring a known problem to what a newer book records."""
        current = self.planner.table(Problem)[problem]
        move = Move(self.planner, row, problem, values)
        wanted, state = state, move.allowed(state)
        row.values["state"] = state
        if state == wanted:
            move.units(*units)
        move.keep_recorded(state)
        if current["meeting_id"] is None and is_handed_over(state):
            values["meeting_id"] = self._meeting(row, values)
        if state == current["state"]:
            values.pop("closed_verified", None) if current["closed_verified"] else None
            move.stays(state)
        else:
            move.to(state, self.answered_day)
        move.tell()
        self.planner.merge(Problem, problem, values)
        self._screen(row, problem)
