"""更正: the amounts of one firm's signed-off month put right, with the day and the reason; what stood before is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from chain_office import clock
from chain_office.domain.days import DAY
from chain_office.domain.forms import Option
from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.output_entry import AMOUNTS, LABELS, UNITS, EntryLine, EntrySheet, amount_text, read_cell
from chain_office.services.output.correcting import Correction
from chain_office.ui.kit.form.composing import Line
from chain_office.ui.kit.form.notice import Notice
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from chain_office.domain.forms import Fault

_SOURCES: Final = ("企业自报", "园区报送", "县市区调度")


class CorrectPane(QFrame):
    """A small form; what is left empty stays as it is."""

    wanted = Signal(object, str, object, object)
    """A correction, its reason, its day, and the fields whose warnings the person stays with."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.sheet: EntrySheet | None = None
        self.firm: EntryLine | None = None
        self.title = label("", "section", wrap=True)
        self.change = QPushButton("换一家企业")
        self.change.setProperty("role", "small")
        self.change.clicked.connect(lambda: self._choose_firm())
        self.units = QComboBox()
        self.units.setAccessibleName("更正数的单位")
        self.units.addItems(UNITS)
        self.units.currentTextChanged.connect(lambda _unit: self._show_known())
        self.lines: dict[str, Line] = {}
        self.known: dict[str, QLabel] = {}
        self.notice = Notice()
        self.reason, self.day = Line(), Line()
        self.sources = QComboBox()
        self.sources.addItems(_SOURCES)
        self.save = QPushButton("登记更正")
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(lambda: self.submit())
        leave = QPushButton("不改了")
        leave.clicked.connect(lambda: self.left.emit())
        self._picker: Picker | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        self._column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.change)
        self._column.addLayout(head)
        self._column.addLayout(self._grid())
        self._column.addWidget(self.notice)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addWidget(leave)
        foot.addStretch(1)
        self._column.addLayout(foot)
        self._column.addStretch(1)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for place, text in enumerate(("", "现在", "改为")):
            grid.addWidget(label(text, "quiet"), 0, place)
        for row, name in enumerate(AMOUNTS, 1):
            line, now = Line(), label("", "quiet")
            now.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.setPlaceholderText("不变")
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setAccessibleName(f"{LABELS[name]}改为")
            self.lines[name], self.known[name] = line, now
            grid.addWidget(label(LABELS[name]), row, 0)
            grid.addWidget(now, row, 1)
            grid.addWidget(line, row, 2)
        self.reason.setPlaceholderText("必填：企业来函、核对发现……")
        self.day.setPlaceholderText("从哪天起按更正后的数计")
        for row, (word, box) in enumerate(
            (("单位", self.units), ("更正原因", self.reason), ("更正日期", self.day), ("来源", self.sources)),
            len(AMOUNTS) + 1,
        ):
            box.setAccessibleName(word)
            grid.addWidget(label(word), row, 0)
            grid.addWidget(box, row, 1, 1, 2)
        return grid

    # What is corrected.

    def begin(self, sheet: EntrySheet, firm_id: str, values: Mapping[str, int] | None = None, unit: str = "") -> None:
        """A firm's month ("" : the firm is chosen first); ``values``: what is already known to be right."""
        self.sheet = sheet
        self.notice.hide()
        for line in (*self.lines.values(), self.reason):
            line.clear()
        self.day.setText(clock.today().isoformat())
        if unit:
            self.units.setCurrentText(unit)
        self.firm = next((one for one in sheet.lines if one.enterprise_id == firm_id), None)
        self._show_known()
        for name, yuan in (values or {}).items():
            self.lines[name].setText(f"{yuan}元")
        if self.firm is None:
            self._choose_firm()
        else:
            self.lines[AMOUNTS[0]].setFocus()

    def _show_known(self) -> None:
        firm, sheet = self.firm, self.sheet
        month = sheet.month if sheet is not None else ""
        self.title.setText(f"更正 {month}：{firm.name if firm is not None else '请选企业'}")
        for name, shown in self.known.items():
            told = amount_text(firm.amount(name), self.units.currentText()) if firm is not None else ""
            shown.setText(told or "未报")
        self.sources.setEnabled(firm is not None and not firm.values.get("source"))
        source = firm.values.get("source") if firm is not None else None
        if isinstance(source, str) and self.sources.findText(source) >= 0:
            self.sources.setCurrentText(source)

    def _choose_firm(self) -> None:
        """A list that typing narrows, in place of the title until one is chosen."""
        if self.sheet is None or self._picker is not None:
            return
        firms = [Option(one.enterprise_id, one.name, one.district, one.keys) for one in self.sheet.lines]
        picker = Picker(firms)
        picker.choose(self.firm.enterprise_id if self.firm is not None else "")
        picker.setMinimumHeight(180)
        picker.done.connect(lambda kept: self._chosen(picker, kept=kept))
        self._picker = picker
        self._column.insertWidget(1, picker)
        picker.setFocus()

    def _chosen(self, picker: Picker, *, kept: bool) -> None:
        if kept and picker.value and self.sheet is not None:
            self.firm = next((one for one in self.sheet.lines if one.enterprise_id == picker.value), self.firm)
        self._picker = None
        self._column.removeWidget(picker)
        picker.hide()
        picker.deleteLater()
        self._show_known()
        self.lines[AMOUNTS[0]].setFocus()

    # Saving.

    def _values(self) -> dict[str, int | None]:
        """The amounts typed. Raises BadValue."""
        values: dict[str, int | None] = {}
        for name, line in self.lines.items():
            if line.text().strip():
                typed = read_cell(name, line.text(), self.units.currentText())
                if typed.problem:
                    raise BadValue(f"{LABELS[name]}：{typed.problem}")
                values[name] = typed.value if isinstance(typed.value, int) else None
        return values

    def _day(self) -> date:
        found = DAY.parse(self.day.text(), Context(year=clock.today().year)).value
        if found is None:
            raise BadValue("更正日期没有填")
        return found  # type: ignore[return-value]

    def submit(self, accept: frozenset[str] = frozenset()) -> None:
        """Hand the correction over; what cannot be read is said."""
        firm, sheet = self.firm, self.sheet
        if firm is None or sheet is None:
            self.say("先选要更正的企业。")
            return
        try:
            values, day = self._values(), self._day()
        except BadValue as bad:
            self.say(f"{bad.reason}。")
            return
        if not values:
            self.say("没有填要改的数；不变的留空，要清掉的写“无”。")
            return
        wanted = Correction(firm.enterprise_id, sheet.month, values, self.sources.currentText())
        self.wanted.emit(wanted, self.reason.text(), day, accept)

    def say(self, words: str, *acts: tuple[str, Callable[[], None]]) -> None:
        """Say why it is not recorded yet."""
        self.notice.tell(words, *acts)

    def refuse(self, faults: Sequence[Fault]) -> None:
        """What the rules say; warnings may be stayed with."""
        words = "\n".join(fault.message for fault in faults)
        if any(fault.stops for fault in faults):
            self.say(words)
        else:
            names = frozenset(fault.name for fault in faults)
            self.say(words, ("核对无误，仍要登记", lambda: self.submit(names)))
