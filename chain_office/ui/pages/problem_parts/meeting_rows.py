"""The table of a hand-over: a row a problem that waits, with the unit, the co-units and the deadline a person confirms."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.days import DAY
from chain_office.domain.forms import Option
from chain_office.domain.kinds import BadValue, Context
from chain_office.services.handover import Item
from chain_office.services.initials import initials_of
from chain_office.ui.kit.sheet_rows import LINE, NONE, ONE, SEVERAL, TICK, SheetColumn, SheetRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.handover import UnitWords
    from chain_office.services.handover import Candidate, Desk

TICKED, UNIT, BESIDE, DUE, OWNER = "ticked", "unit", "beside", "due", "owner"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person has settled for one problem so far. ``confirmed``: the unit was chosen or agreed to, not only
    suggested."""

    ticked: bool = False
    unit_id: str = ""
    co_units: tuple[str, ...] = ()
    due_day: date | None = None
    owner: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A hand-over in the making: what waits, and what was chosen, by problem."""

    desk: Desk
    day: date
    choices: dict[str, Choice] = field(default_factory=dict)

    def choice(self, candidate: Candidate) -> Choice:
        """What stands for a problem: what was chosen, else the likeliest unit and the usual deadline."""
        kept = self.choices.get(candidate.problem.id)
        if kept is not None:
            return kept
        likely = candidate.likely[0].unit_id if candidate.likely else ""
        return Choice(False, likely, (), self.desk.deadline.day, candidate.problem.owner)

    def with_choice(self, problem_id: str, **changes: object) -> Sheet:
        """The same with one problem's choice changed."""
        candidate = self.find(problem_id)
        changed = replace(self.choice(candidate), **changes)  # type: ignore[arg-type]
        return replace(self, choices={**self.choices, problem_id: changed})

    def find(self, problem_id: str) -> Candidate:
        """A candidate by its problem; KeyError if it does not wait any more."""
        for one in self.desk.candidates:
            if one.problem.id == problem_id:
                return one
        raise KeyError(problem_id)

    @property
    def chosen(self) -> tuple[tuple[Candidate, Choice], ...]:
        """The problems ticked."""
        pairs = ((one, self.choice(one)) for one in self.desk.candidates)
        return tuple((one, choice) for one, choice in pairs if choice.ticked)

    def items(self) -> tuple[Item, ...]:
        """What is to be handed over."""
        return tuple(
            Item(one.problem.id, one.problem.seq, choice.unit_id, choice.due_day, choice.co_units, choice.owner)
            for one, choice in self.chosen
        )

    def tally(self) -> tuple[tuple[str, int, int], ...]:
        """(unit, problems it leads, problems it helps with) of those ticked, most first."""
        names = {unit.id: unit.label for unit in self.desk.units}
        leads: dict[str, int] = {}
        helps: dict[str, int] = {}
        for _, choice in self.chosen:
            if choice.unit_id:
                leads[choice.unit_id] = leads.get(choice.unit_id, 0) + 1
            for unit in choice.co_units:
                helps[unit] = helps.get(unit, 0) + 1
        found = [(names.get(unit, ""), leads.get(unit, 0), helps.get(unit, 0)) for unit in {**leads, **helps}]
        return tuple(sorted(found, key=lambda one: (-one[1], -one[2], one[0])))


def columns(units: Sequence[UnitWords]) -> tuple[SheetColumn, ...]:
    """The columns; units are found by their names and initials."""
    offered = tuple(Option(unit.id, unit.label, unit.kind, (initials_of(unit.label),)) for unit in units)
    return (
        SheetColumn(TICKED, "交办", 44, TICK, tip="打勾的这次交办；空格键打勾"),
        SheetColumn("number", "编号", 62, NONE),
        SheetColumn("firm", "企业", 128, NONE),
        SheetColumn("text", "问题", 260, NONE),
        SheetColumn("category", "类别", 72, NONE),
        SheetColumn(UNIT, "牵头单位", 116, ONE, options=offered, tip="回车选择；可打拼音首字母"),
        SheetColumn(BESIDE, "配合单位", 116, SEVERAL, options=offered, tip="可选几个"),
        SheetColumn(DUE, "办结时限", 92, LINE, tip="可写 0315、10月底、15个工作日"),
        SheetColumn(OWNER, "责任人", 72, LINE),
    )


def rows(sheet: Sheet) -> list[SheetRow]:
    """A row a problem."""
    names = {unit.id: unit.label for unit in sheet.desk.units}
    return [_row(one, sheet.choice(one), names) for one in sheet.desk.candidates]


def _row(candidate: Candidate, choice: Choice, names: dict[str, str]) -> SheetRow:
    problem = candidate.problem
    category = problem.category or (f"{candidate.guessed_category}？" if candidate.guessed_category else "")
    unit = names.get(choice.unit_id, "")
    texts = {
        TICKED: "",
        "number": f"WT{problem.number:04d}",
        "firm": problem.enterprise,
        "text": problem.text,
        "category": category,
        UNIT: unit if choice.confirmed or not unit else f"{unit}？",
        BESIDE: "、".join(names.get(one, "") for one in choice.co_units),
        DUE: choice.due_day.isoformat() if choice.due_day else "",
        OWNER: choice.owner,
    }
    values = {
        TICKED: choice.ticked,
        UNIT: choice.unit_id,
        BESIDE: choice.co_units,
        DUE: texts[DUE],
        OWNER: choice.owner,
    }
    lights = {} if choice.confirmed or not unit else {UNIT: "amber"}
    tips = {"text": "\n".join(part for part in (problem.text, problem.demand) if part), UNIT: why(candidate, choice)}
    return SheetRow(problem.id, texts, values, lights, tips)


def why(candidate: Candidate, choice: Choice) -> str:
    """Where the lead unit of a problem comes from, and whether a person has agreed."""
    if not choice.unit_id:
        return "没有依据可循，请选牵头单位"
    said = next((one.why for one in candidate.likely if one.unit_id == choice.unit_id), "")
    if choice.confirmed:
        return f"已确认{f'（{said}）' if said else '，自选'}"
    return f"建议，待确认：{said}"


def read_day(text: str, day: date, calendar: WorkCalendar | None) -> date | None:
    """A deadline as typed, counted from the hand-over day; None for an empty cell. Raises :class:`BadValue`."""
    from chain_office.domain.deadlines import settle_deadline

    reading = DAY.parse(text, Context(year=day.year, anchor=day, is_deadline=True))
    settled = settle_deadline(reading, day, calendar)
    if settled.value is None and text.strip():
        reason = f"“{text.strip()}”读不成日期，请写成 0315、10月底、15个工作日"
        raise BadValue(reason)
    return settled.value if isinstance(settled.value, date) else None


def without_gone(sheet: Sheet, desk: Desk) -> Sheet:
    """The same choices over what waits now."""
    there: Iterable[str] = {one.problem.id for one in desk.candidates}
    return Sheet(desk, sheet.day, {key: one for key, one in sheet.choices.items() if key in there})
