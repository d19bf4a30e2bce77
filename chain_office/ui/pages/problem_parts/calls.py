"""催办: units with problems near or past the deadline; who was spoken to and what they said; letters in one batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QSplitter, QVBoxLayout, QWidget

from chain_office.domain.forms import Option
from chain_office.services.initials import initials_of
from chain_office.services.reminding import WAYS, Call, log_calls, reminding
from chain_office.ui.icons import icon
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.sheet import SheetView
from chain_office.ui.kit.sheet_model import SheetModel
from chain_office.ui.kit.sheet_rows import LINE, NONE, ONE, TICK, SheetColumn, SheetRow
from chain_office.ui.pages.problem_parts.making import Making
from chain_office.ui.pages.problem_parts.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.queries.reminding import DueProblem
    from chain_office.services.reminding import Reminding, UnitDue
    from chain_office.ui.office import Office
    from chain_office.ui.pages.problem_parts.part import Host

_EMPTY = "没有临近时限或逾期的问题，不用催办。"
_REFERENCE = int(Qt.ItemDataRole.UserRole)
_TICKED, _WAY, _WHOM, _REPLY = "ticked", "way", "whom", "reply"


class CallsPart(Part):
    """催办."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"problem", "problem_event", "assignment", "unit", "light_rule", "calendar_day", "enterprise"}
    )

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self._found: Reminding | None = None
        self._typed: dict[str, dict[str, Any]] = {}
        self.says = FigureLine("quiet")
        self.said = label("", "quiet", wrap=True)
        self.said.hide()
        self.model = SheetModel(office.palette, parent=self)
        self.model.edited.connect(self._edited)
        self.view = SheetView(self.model, stretch=_REPLY)
        self.view.setAccessibleName("要催办的单位")
        self.view.moved.connect(lambda _unit: self._show_problems())
        self.nothing = label(_EMPTY, "quiet")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.problems = QListWidget()
        self.problems.setAccessibleName("这个单位要催办的问题")
        self.problems.setWordWrap(True)
        self.problems.setMinimumWidth(240)
        self.problems.itemActivated.connect(self._open)
        self.all = self._button("全选", "list-checks", self.tick_all)
        self.log = self._button("记下催办", "save", self.log_calls)
        self.log.setToolTip("把打勾单位的方式、对方和答复记进每个问题的办理过程")
        self.making = Making(office, "催办")
        self._lay_out()

    def _button(self, word: str, sign: str, do: Callable[[], object]) -> QPushButton:
        made = QPushButton(icon(sign, self.office.palette.accent), word)
        made.clicked.connect(lambda: do())
        return made

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.view, 1)
        column.addWidget(self.nothing, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.all)
        foot.addStretch(1)
        foot.addWidget(self.log)
        column.addLayout(foot)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(8, 0, 0, 0)
        beside.setSpacing(6)
        self.whose = FigureLine("section")
        beside.addWidget(self.whose)
        beside.addWidget(self.problems, 1)
        beside.addWidget(self.making)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([10_000, 300])
        split.setChildrenCollapsible(False)
        self.column.addWidget(self.says)
        self.column.addWidget(self.said)
        self.column.addWidget(split, 1)

    def parts(self) -> tuple[QWidget, ...]:
        """The units, the problems of one."""
        return (self.view, self.problems)

    # Reading.

    def refresh(self) -> None:
        """Read again who is to be reminded; what was typed stays."""
        day = self.office.as_of
        self.ask(lambda ledger: reminding(ledger, day), self._show)

    def _show(self, found: Reminding) -> None:
        self._found = found
        number = sum(len(unit.problems) for unit in found.units)
        late = sum(unit.overdue for unit in found.units)
        counted = f"{len(found.units)} 个单位、{number} 个问题（逾期 {late} 个）：" if number else ""
        self.says.tell_counts(
            f"截至 {found.day.isoformat()}，{counted}{found.says}",
            self.office.as_of,
            "problems.calls_line",
            "办理中、时限在所列日期以前的问题，和牵头单位的个数；逾期的包含在内",
        )
        self._fill()

    def _fill(self) -> None:
        found = self._found
        if found is None:
            return
        current = self.view.current_id
        self.view.load(_columns(), [self._row(unit) for unit in found.units])
        if current:
            self.view.go_to(current)
        elif found.units:
            self.view.go_to(_key(found.units[0]))
        self.view.setVisible(bool(found.units))
        self.nothing.setVisible(not found.units)
        ticked = len(self._chosen())
        self.log.setText(f"记下催办（{ticked} 个单位）" if ticked else "记下催办")
        self.log.setEnabled(bool(ticked) and not self.read_only)
        self.all.setEnabled(bool(found.units) and not self.read_only)
        self.making.allow(read_only=self.read_only, nothing=not found.units)
        self._show_problems()

    def _row(self, unit: UnitDue) -> SheetRow:
        typed = self._typed.get(_key(unit), {})
        owners = dict.fromkeys(
            " ".join(part for part in (one.owner, one.owner_phone) if part) for one in unit.problems if one.owner
        )
        latest = max((one.last_day for one in unit.problems if one.last_day), default=None)
        texts = {
            "unit": unit.unit,
            "late": str(unit.overdue),
            "near": str(len(unit.problems) - unit.overdue),
            "owner": "、".join(owners),
            "last": latest.isoformat() if latest else "",
            _WAY: str(typed.get(_WAY, "")),
            _WHOM: str(typed.get(_WHOM, "")),
            _REPLY: str(typed.get(_REPLY, "")),
        }
        lights = {"late": "red"} if unit.overdue else {}
        tips = {"last": "\n".join(_told(one) for one in unit.problems if one.last_day)}
        values = {**texts, _TICKED: bool(typed.get(_TICKED))}
        fixed = frozenset() if unit.unit_id else frozenset({_TICKED, _WAY, _WHOM, _REPLY})
        return SheetRow(_key(unit), texts, values, lights, tips, fixed)

    def _unit(self) -> UnitDue | None:
        units = self._found.units if self._found is not None else ()
        return next((one for one in units if _key(one) == self.view.current_id), None)

    def _show_problems(self) -> None:
        unit = self._unit()
        self.whose.tell_counts(
            f"{unit.unit}　{len(unit.problems)} 个" if unit is not None else "",
            self.office.as_of,
            "problems.calls_unit",
            "这个牵头单位名下临近时限和逾期的问题",
        )
        self.problems.clear()
        for one in unit.problems if unit is not None else ():
            item = QListWidgetItem(_said(one))
            item.setData(_REFERENCE, f"problem:{one.id}")
            self.problems.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        self.page.show_record(item.data(_REFERENCE))

    # Typing and writing.

    def _edited(self, unit_id: str, column: str, value: object) -> None:
        kept = self._typed.setdefault(unit_id, {})
        kept[column] = bool(value) if column == _TICKED else str(value or "").strip()
        if column != _TICKED and kept[column]:
            kept[_TICKED] = True
            kept.setdefault(_WAY, WAYS[0])
        self._fill()

    def tick_all(self) -> None:
        """Tick every unit; all ticked: none."""
        units = [one for one in (self._found.units if self._found is not None else ()) if one.unit_id]
        on = len(self._chosen()) < len(units)
        for one in units:
            self._typed.setdefault(_key(one), {})[_TICKED] = on
        self._fill()

    def _chosen(self) -> list[UnitDue]:
        units = self._found.units if self._found is not None else ()
        return [one for one in units if self._typed.get(_key(one), {}).get(_TICKED)]

    def log_calls(self) -> None:
        """Record the reminders of the ticked units."""
        chosen = self._chosen()
        without = [one.unit for one in chosen if not self._typed[_key(one)].get(_WAY)]
        if without:
            self._tell(f"请先填“{'、'.join(without[:5])}”的催办方式（电话、发函……）。", "red")
            return
        calls = tuple(
            Call(
                one.unit_id,
                tuple((problem.id, problem.seq) for problem in one.problems),
                self._typed[_key(one)][_WAY],
                self._typed[_key(one)].get(_WHOM, ""),
                self._typed[_key(one)].get(_REPLY, ""),
            )
            for one in chosen
        )
        day = self.office.as_of

        def done(_saved: object) -> None:
            for one in chosen:
                self._typed.pop(_key(one), None)
            self._tell("")
            self.refresh()

        self.write(lambda ledger, actor: log_calls(ledger, calls, day, actor), done)

    def _tell(self, sentence: str, light: str = "") -> None:
        self.said.setText(sentence)
        show_light(self.said, light)
        self.said.setVisible(bool(sentence))


def _key(unit: UnitDue) -> str:
    return unit.unit_id or "-"


def _columns() -> tuple[SheetColumn, ...]:
    ways = tuple(Option(way, way, keys=(initials_of(way),)) for way in WAYS)
    return (
        SheetColumn(_TICKED, "催办", 44, TICK, tip="打勾的这次记下催办"),
        SheetColumn("unit", "牵头单位", 132, NONE),
        SheetColumn("late", "逾期", 44, NONE, right=True),
        SheetColumn("near", "临近", 44, NONE, right=True),
        SheetColumn("owner", "责任人", 104, NONE),
        SheetColumn("last", "上次催办", 88, NONE),
        SheetColumn(_WAY, "方式", 72, ONE, options=ways),
        SheetColumn(_WHOM, "对方", 88, LINE, tip="和谁说的：姓名、职务"),
        SheetColumn(_REPLY, "对方答复", 200, LINE),
    )


def _told(one: DueProblem) -> str:
    parts = (one.last_day.isoformat() if one.last_day else "", one.last_contact, one.last_reply)
    return f"WT{one.number:04d}　" + "　".join(part for part in parts if part)


def _said(one: DueProblem) -> str:
    lines = [f"WT{one.number:04d}　{one.enterprise}：{one.text}"]
    late = f"时限 {one.due_day.isoformat()}" + ("，已逾期" if one.overdue else "")
    beside = f"，配合：{'、'.join(one.co_units)}" if one.co_units else ""
    lines.append(late + beside + (f"，已催办 {one.reminded} 次" if one.reminded else ""))
    if one.progress:
        lines.append(f"进展：{one.progress}")
    return "\n".join(lines)
