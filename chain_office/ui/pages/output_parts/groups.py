"""分组: output by segment, district, park or firm; sums, growth of the same firms, who pulls and who drags; every number opens
its firms."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from chain_office.domain.output_breakdown import BY, BY_WORDS, ROUNDING, By
from chain_office.queries.output_desk import breakdown
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.bars import Bar, Bars, scrolled
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.figures_table import FiguresModel, FiguresRow, FiguresView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.pages.output_parts.group_columns import (
    NAME,
    TOTAL,
    behind,
    columns,
    lines,
    measure,
    row_id,
    unit_of,
)

if TYPE_CHECKING:
    from chain_office.domain.output_breakdown import Amounts, Breakdown, Group
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office

_WORDS: Final = {"segment": "环节", "district": "县市区", "park": "园区", "enterprise": "企业"}
Lines = tuple[tuple[FiguresRow, ...], tuple[FiguresRow, ...]]
"""The lines of the year so far, and of the month alone."""
_ENDS: Final = 5
_BARS: Final = 12


class GroupsPart(Part):
    """分组."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "monthly_output", "published_total", "enterprise", "register_spell", "district", "park", "segment",
        "output_correction",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.by: By = "segment"
        self.month = False
        self.found: Breakdown | None = None
        self._lines: Lines = ((), ())
        self._left_out = ""
        self._formula_of = ""
        self.bar = ActionsBar(office.palette)
        self.bar.add("打开这些企业", "list", self._open_current)
        self.bar.add("复制整表", "copy", lambda: self.view.copy_all())
        self.addAction(self.bar.add("打印", "printer", self.print, shortcut=_key("print_list"), right=True))
        self.printing = RowsPrinting(self, office)
        self.period = label("", "quiet")
        self.model = FiguresModel(office.palette, self)
        self.view = FiguresView(self.model, "产值分组")
        self.pulls, self.ends = Bars(office.palette), Bars(office.palette)
        self.pulls_title, self.ends_title = label("", "section"), label("", "section")
        self.formula = label("", "quiet", wrap=True)
        self.formula.setAccessibleName("这一列怎么算")
        self.notes = FigureLine("quiet", wrap=True)
        self.nothing = label(
            "截至这一天还没有产值。\n在“录入”里按月录入，或从产值月报导入，这里就按环节、县市区、园区、企业分开算。",
            "quiet",
            wrap=True,
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.split = QSplitter()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(6)
        self.by_buttons = QButtonGroup(self)
        self.span_buttons = QButtonGroup(self)
        for one in BY:
            choices.addWidget(self._choice(self.by_buttons, one, f"按{_WORDS[one]}", on=one == self.by))
        choices.addSpacing(16)
        for span, word in (("cum", "累计"), ("month", "当月")):
            choices.addWidget(self._choice(self.span_buttons, span, word, on=span == "cum"))
        choices.addSpacing(8)
        choices.addWidget(self.period)
        choices.addStretch(1)
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(8, 0, 0, 0)
        beside.setSpacing(4)
        beside.addWidget(self.pulls_title)
        beside.addWidget(scrolled(self.pulls), 3)
        beside.addWidget(self.ends_title)
        beside.addWidget(scrolled(self.ends), 2)
        self.split.addWidget(self.view)
        self.split.addWidget(side)
        self.split.setChildrenCollapsible(False)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([890, 320])
        self.column.addLayout(choices)
        for widget in (self.bar, self.split, self.nothing, self.formula, self.notes):
            self.column.addWidget(widget, 1 if widget in {self.split, self.nothing} else 0)
        self.nothing.hide()

    @staticmethod
    def _choice(group: QButtonGroup, name: str, word: str, *, on: bool) -> QPushButton:
        button = QPushButton(word)
        button.setCheckable(True)
        button.setProperty("role", "chip")
        button.setObjectName(name)
        button.setChecked(on)
        group.addButton(button)
        return button

    def _connect(self) -> None:
        self.by_buttons.buttonClicked.connect(lambda button: self.show_by(button.objectName()))
        self.span_buttons.buttonClicked.connect(lambda button: self._show_span(button.objectName()))
        self.view.opened.connect(self._open)
        self.view.moved.connect(self._say)
        self.view.left_out.connect(self._say_left_out)
        self.pulls.opened.connect(lambda one: self._open(one, "pull"))
        self.ends.opened.connect(lambda firm: self.page.show_record(f"enterprise:{firm}"))

    def parts(self) -> tuple[QWidget, ...]:
        """The table, what it is divided by, the buttons."""
        return (self.view, self.by_buttons.buttons()[0], self.bar)

    def where(self) -> str:
        """What it is divided by."""
        return self.by

    def go_to(self, reference: str) -> None:
        """ "segment", "district", "park" or "enterprise"."""
        if reference in BY:
            self.show_by(reference)

    # Reading.

    def show_by(self, by: str) -> None:
        """Divide by something else."""
        self.by = next((one for one in BY if one == by), self.by)
        for button in self.by_buttons.buttons():
            button.setChecked(button.objectName() == self.by)
        self.refresh()

    def _show_span(self, span: str) -> None:
        self.month = span == "month"
        for button in self.span_buttons.buttons():
            button.setChecked(button.objectName() == span)
        if self.found is not None:
            self._show(self.found, self._lines)

    def refresh(self) -> None:
        """The breakdown at the cut-off date."""
        day, by = self.office.as_of, self.by

        def read(ledger: Ledger) -> tuple[Breakdown, Lines]:
            found = breakdown(ledger, day, by)
            return found, (lines(found, month=False), lines(found, month=True))

        self.ask(read, lambda told: self._show(*told) if told[0].by == self.by else None)

    def _show(self, found: Breakdown, told: Lines) -> None:
        new = self.found is None or self.found.by != found.by
        self.found, self._lines = found, told
        at = self.view.currentIndex()
        rows = told[self.month]
        self.model.show(columns(found, unit_of(found)), rows, found.day)
        keep = at.isValid() and not new and at.row() < len(rows)
        yoy = next(place for place, one in enumerate(self.model.columns) if one.key == "yoy")
        self.view.setCurrentIndex(self.model.index(at.row(), at.column()) if keep else self.model.index(0, yoy))
        empty = found.to_month is None
        for widget in (self.split, self.formula, self.notes):
            widget.setVisible(not empty)
        self.nothing.setVisible(empty)
        self.period.setText("" if found.to_month is None else self._period(found))
        self._show_bars(found)
        self._show_notes()

    def _period(self, found: Breakdown) -> str:
        last = found.to_month or ""
        months = f"{int(last[5:])}月" if self.month or last.endswith("-01") else f"1—{int(last[5:])}月"
        return f"{last[:4]}年{months}，截至 {found.day.isoformat()}，现价"

    def _show_bars(self, found: Breakdown) -> None:
        """What pulls, part by part; below it the firms at either end."""
        groups = [one for one in found.groups if self._amounts(one).pull_points is not None]
        groups.sort(key=lambda one: self._amounts(one).change_yuan or 0, reverse=True)
        more = len(groups) - _BARS
        if more > 0:
            groups = groups[: _BARS // 2] + groups[-_BARS // 2 :]
        self.pulls_title.setText(f"拉动（百分点）{f'，中间 {more} 个不列' if more > 0 else ''}")
        self.pulls.show_bars([self._bar(one, row_id(one)) for one in groups], "各部分的拉动")
        key: Literal["growth", "pull"]
        key, word = ("growth", "增速最高和最低") if found.by == "enterprise" else ("pull", "拉动最大和最小")
        ranked = [*found.ranked(key, _ENDS), *reversed(found.ranked(key, _ENDS, lowest=True))]
        self.ends_title.setText(f"{word}的企业（累计，各 {_ENDS} 家）")
        ends = {one.key or "": one for one in ranked}
        self.ends.show_bars([self._end(key, one) for one in ends.values()], f"{word}的企业")

    @staticmethod
    def _end(key: str, group: Group) -> Bar:
        value = group.cum.yoy_percent if key == "growth" else group.cum.pull_points
        text = "" if value is None else f"{value:+}{'%' if key == 'growth' else ''}"
        return Bar(group.key or "", group.name, value, text)

    def _amounts(self, group: Group) -> Amounts:
        return group.month if self.month else group.cum

    def _bar(self, group: Group, bar_id: str) -> Bar:
        pull = self._amounts(group).pull_points
        return Bar(bar_id, group.name, pull, "" if pull is None else f"{pull:+}")

    def _say(self, key: str) -> None:
        self._formula_of = key
        one = measure(key)
        self.formula.setText(f"{one.heading}：{one.formula}" if one is not None else "")

    def _say_left_out(self, headings: list[str]) -> None:
        self._left_out = f"窗口窄，没有列出{'、'.join(headings)}；复制整表和打印时都有" if headings else ""
        self._show_notes()

    def _notes(self) -> list[str]:
        found = self.found
        if found is None:
            return []
        said = []
        if found.without_base:
            said.append(f"{len(found.without_base)} 家没有同期数，不在同口径里")
        if found.leavers:
            said.append(f"{len(found.leavers)} 家已退规，两边都不计")
        if found.silent:
            said.append(f"{len(found.silent)} 家本年未报，两边都不计")
        few = [one.name for one in found.groups if one.few and one.cum.firms and found.by != "enterprise"]
        if few:
            said.append(f"{'、'.join(few)}不足 3 家，对外不要单列")
        return said

    def _show_notes(self) -> None:
        said = [*self._notes(), *([self._left_out] if self._left_out else [])]
        self.notes.tell_counts(
            "；".join(said), self.office.as_of, "output.groups_line", "到截止日的产值分组中：这一类企业的家数"
        )

    # The firms behind a number.

    def _open_current(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self._open(self.model.row(index.row()).id, self.model.columns[index.column()].key)

    def _open(self, which: str, key: str) -> None:
        found = self.found
        if found is None:
            return
        group = found.whole if which == TOTAL else next((one for one in found.groups if row_id(one) == which), None)
        if group is None:
            return
        firms = behind(group, key, month=self.month)
        if found.by == "enterprise" and len(firms) == 1 and which != TOTAL:
            self.page.show_record(f"enterprise:{firms[0].id}")
            return
        one = measure(key)
        name = "全部" if which == TOTAL else group.name
        words = f"{name} · {one.heading.rstrip('%') if one is not None else BY_WORDS[found.by]}"
        self.page.show_rows([firm.id for firm in firms], words)

    def print(self) -> None:
        """The table as it stands, every column's formula below it."""
        if self.found is None:
            return
        cols = [Column(one.heading, one.width, one.right) for one in self.model.columns]
        rows = [[cell.text for cell in one.cells] for one in self.model.rows]
        shown = {one.key for one in self.model.columns} - {NAME}
        formulas = [f"{one.heading}：{one.formula}。" for one in map(measure, shown) if one is not None]
        said = [
            f"{self._period(self.found)}。",
            *(f"{one}。" for one in self._notes()),
            *sorted(formulas),
            f"{ROUNDING}。",
        ]
        self.printing.print(f"产值分{_WORDS[self.by]}情况", cols, rows, said)


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
