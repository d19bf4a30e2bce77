"""下次走访: the register in the order it is to be visited next, by the office's own pace, which is set here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox

from chain_office.queries.visiting.firms import due_firms, is_due
from chain_office.services.visiting.pace import PACE_FIELDS, save_pace, visit_pace
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.grouped_rows import Group, GroupedModel, GroupedView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.page_box import PageBox
from chain_office.ui.kit.rows import Column, Line
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.measure import scaled
from chain_office.ui.pages.visit_parts.briefing import Briefing
from chain_office.ui.pages.visit_parts.coverage_rows import has_words
from chain_office.ui.pages.visit_parts.part import Part, first_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from chain_office.domain.forms import Saved
    from chain_office.domain.visiting import Pace
    from chain_office.queries.visiting.firms import VisitedFirm
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.visit_parts.part import Host

_COLUMNS: Final = (
    Column("企业", 170), Column("县市区", 84), Column("园区", 150), Column("上次走访", 96), Column("带队", 80),
    Column("距今天数", 70, right=True), Column("下次走访", 92), Column("已排计划", 92), Column("说明", 190),
)  # fmt: skip
_WIDE: Final = 8
_GIVE_WAY: Final = (2, 4)
_NARROW: Final = 1000
_SOON: Final = 30
_TYPED_MILLISECONDS: Final = 600
_SEARCHED_MILLISECONDS: Final = 180
_NAMES: Final = {"every_days": "每家企业", "protected_days": "赋码保护企业", "monthly_most": "赋码保护每月最多"}
MOST: Final = 3000
"""Lines shown at once; the headings count all."""


class DuePart(Part):
    """下次走访."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "visit", "visit_plan", "enterprise", "register_spell", "district", "park", "setting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.firms: dict[str, VisitedFirm] = {}
        self._filling = False
        self._changed: dict[str, int] = {}
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MILLISECONDS)
        self._typed.timeout.connect(self._save_pace)
        self.district = QComboBox()
        self.district.setAccessibleName("县市区")
        self.district.addItem("全部县市区", "")
        self.district.activated.connect(lambda _row: self._anew())
        self.bar = ActionsBar(office.palette)
        self._plan = self.bar.add("列入计划", "list-plus", self.plan, primary=True)
        self._visit = self.bar.add("新建走访记录", "footprints", self.record, shortcut=first_key("fitting_step"))
        self._brief = self.bar.add("走访前一页纸", "file-text", self.brief, shortcut=first_key("brief"))
        self._firm = self.bar.add("打开企业", "building-2", self._open_firm)
        printing = self.bar.add("打印", "printer", self.print, shortcut=first_key("print_list"), right=True)
        self.addActions([self._visit, self._brief, printing])
        self._lay_out_filters()
        self.printing = RowsPrinting(self, office)
        self.briefing = Briefing(self, office)
        rule = self._pace_row()
        self.sums = FigureLine("quiet")
        self.model = GroupedModel(_COLUMNS, office.palette, self)
        self.view = GroupedView(self.model, stretch=_WIDE)
        self.view.setAccessibleName("下次走访")
        self.view.opened.connect(lambda firm: page.wanted.emit("enterprises", f"enterprise:{firm}"))
        self.view.chosen.connect(self._offer)
        keys.shortcut("choose_group", self.view, self.view.choose_group, context=Qt.ShortcutContext.WidgetShortcut)
        self.nothing = label("截止日没有在册企业。", "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.bar)
        self.column.addLayout(rule)
        self.column.addWidget(self.sums)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.nothing, 1)
        self.nothing.hide()
        self._offer()

    def _lay_out_filters(self) -> None:
        self.looking_for = QLineEdit()
        self.looking_for.setPlaceholderText("企业、拼音首字母、园区")
        self.looking_for.setAccessibleName("只看名称里有这些字的")
        self.looking_for.setClearButtonEnabled(True)
        self.looking_for.setMaximumWidth(scaled(170))
        self._searched = QTimer(self, singleShot=True, interval=_SEARCHED_MILLISECONDS)
        self._searched.timeout.connect(self._anew)
        self.looking_for.textChanged.connect(lambda _text: self._searched.start())
        self.stretch = PageBox(MOST)
        self.stretch.chosen.connect(self._show_lines)
        for widget in (self.stretch, self.looking_for, self.district):
            self.bar.add_right(widget)

    def _pace_row(self) -> QHBoxLayout:
        self.pace: dict[str, QSpinBox] = {}
        rule = QHBoxLayout()
        rule.setSpacing(6)
        rule.addWidget(label("走访间隔", "quiet"))
        for name, (said, unit, most) in PACE_FIELDS.items():
            spin = self.pace[name] = QSpinBox()
            spin.setRange(1, most)
            spin.setSuffix(f" {unit}")
            spin.setAccessibleName(said)
            spin.valueChanged.connect(lambda number, name=name: self._spun(name, number))
            rule.addSpacing(6)
            rule.addWidget(label(_NAMES[name], "quiet"))
            rule.addWidget(spin)
        rule.addStretch(1)
        return rule

    def parts(self) -> tuple[QWidget, ...]:
        """The firms, the pace."""
        return (self.view, self.pace["every_days"])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow list keeps room for the firm and its days."""
        super().resizeEvent(event)
        for place in _GIVE_WAY:
            self.view.setColumnHidden(place, self.width() < scaled(_NARROW))

    def refresh(self) -> None:
        """The register by when it is due, as of the cut-off date."""
        day = self.office.as_of

        def read(ledger: Ledger) -> tuple[tuple[VisitedFirm, ...], Pace]:
            return due_firms(ledger, day), visit_pace(ledger)

        self.ask(read, lambda found: self._show(*found))

    def _show(self, firms: tuple[VisitedFirm, ...], pace: Pace) -> None:
        self.firms = {firm.id: firm for firm in firms}
        self._filling = True
        for name, spin in self.pace.items():
            if name not in self._changed:
                spin.setValue(getattr(pace, name))
            spin.setEnabled(not self.read_only)
        self._filling = False
        names = sorted({firm.district for firm in firms if firm.district})
        if [self.district.itemData(place) for place in range(1, self.district.count())] != names:
            kept = self.district.currentData()
            self.district.clear()
            self.district.addItem("全部县市区", "")
            for name in names:
                self.district.addItem(name, name)
            self.district.setCurrentIndex(max(0, self.district.findData(kept)))
        self._show_lines()

    def _anew(self) -> None:
        """Others are wanted: from the first of them."""
        self.stretch.first()
        self._show_lines()

    def _show_lines(self) -> None:
        day, at = self.office.as_of, self.view.current_id
        wanted, word = self.district.currentData(), self.looking_for.text().strip()
        firms = [
            firm
            for firm in self.firms.values()
            if (not wanted or firm.district == wanted) and has_words(word, firm.searched, firm.park)
        ]
        self.stretch.offer(len(firms))
        start = self.stretch.start
        self.model.show_groups(_groups(firms, day, start))
        counts = "　".join(group.heading for group in _groups(firms, day, start, lines=False))
        cut = f"　（这里是第 {start + 1:,}—{min(len(firms), start + MOST):,} 家）" if len(firms) > MOST else ""
        what = "找到" if word else "在册"
        self.sums.tell_counts(
            f"{what} {len(firms):,} 家　{counts}{cut}",
            self.office.as_of,
            "visits.due_line",
            "按走访间隔算：在册企业中，到截止日从未走访、已到期、将到期的家数（按所选县市区）",
        )
        self.nothing.setText(f"没有名称里有“{word}”的在册企业。" if word else "截止日没有在册企业。")
        self.view.setVisible(bool(firms))
        self.nothing.setVisible(not firms)
        if firms:
            self.view.go_to(at)
        self._offer()

    # The pace.

    def _spun(self, name: str, number: int) -> None:
        if not self._filling:
            self._changed[name] = number
            self._typed.start()

    def _save_pace(self) -> None:
        """Keep what was set, each in its own write."""
        changed, self._changed = self._changed, {}
        if self.read_only:
            return
        actor = self.office.actor
        for name, number in changed.items():
            self._keep_pace(name, number, actor)

    def _keep_pace(self, name: str, number: int, actor: str) -> None:
        def done(saved: Saved | None) -> None:
            if saved is not None:
                self.office.wrote.emit(saved)

        self.office.work.ask(lambda ledger: save_pace(ledger, name, number, actor), done, owner=self)

    # What is offered.

    def _offer(self) -> None:
        chosen, may = self.view.chosen_ids(), not self.read_only
        for action in (self._plan, self._visit):
            action.setVisible(may)
        self._plan.setEnabled(bool(chosen))
        self._plan.setText(f"列入计划（{len(chosen)} 家）" if len(chosen) > 1 else "列入计划")
        self._brief.setText(f"走访前一页纸（{len(chosen)} 家）" if len(chosen) > 1 else "走访前一页纸")
        self._brief.setEnabled(bool(chosen))
        for action in (self._visit, self._firm):
            action.setEnabled(len(chosen) == 1)

    def plan(self) -> None:
        """Plan visits to the firms chosen."""
        chosen = self.view.chosen_ids()
        if chosen:
            self.page.plan_these(chosen)

    def record(self) -> None:
        """A visit to the firm."""
        chosen = self.view.chosen_ids()
        if len(chosen) == 1 and not self.read_only:
            self.page.make_visit({"enterprise_id": chosen[0]})

    def brief(self) -> None:
        """The page before a visit, of the firms chosen."""
        self.briefing.show(self.view.chosen_ids())

    def _open_firm(self) -> None:
        chosen = self.view.chosen_ids()
        if len(chosen) == 1:
            self.page.wanted.emit("enterprises", f"enterprise:{chosen[0]}")

    def print(self) -> None:
        """The list as it stands, each line with the heading it stands under."""
        rows = [
            (self.model.group(row).key, *self.model.line(row).cells)
            for row in range(self.model.rowCount())
            if row not in self.model.heads
        ]
        self.printing.print("下次走访", (Column("类别", 76), *_COLUMNS), rows, [self.sums.text()])


def _groups(firms: Sequence[VisitedFirm], day: date, start: int, *, lines: bool = True) -> list[Group]:
    """Every group with how many there are; its lines among the ``MOST`` from the ``start``-th on."""
    kinds: tuple[tuple[str, str, list[VisitedFirm]], ...] = (
        ("从未走访", "red", [one for one in firms if one.due.day is None]),
        ("已到期", "amber", [one for one in firms if one.due.day is not None and is_due(one, day)]),
        (f"{_SOON} 天内到期", "", [one for one in firms if one.due.day and 0 < (one.due.day - day).days <= _SOON]),
        ("以后", "", [one for one in firms if one.due.day and (one.due.day - day).days > _SOON]),
    )
    before, found = 0, []
    for word, light, mine in kinds:
        if mine:
            here = mine[max(0, start - before) : max(0, start + MOST - before)] if lines else ()
            shown = tuple(_line(one, day) for one in here)
            before += len(mine)
            found.append(Group(word, f"{word} {len(mine)} 家", shown, light))
    return found


def _line(firm: VisitedFirm, day: date) -> Line:
    due = firm.due
    last = "从未走访" if firm.last is None else firm.last.isoformat() if firm.last_exact else f"{firm.last:%Y-%m}（月）"
    said = [f"过期 {due.late_days} 天"] if due.late_days else []
    if firm.protected:
        said.append(f"赋码保护，本月已走访 {firm.this_month} 次" if firm.this_month else "赋码保护，先征得同意")
    light = "red" if due.day is None else "amber" if is_due(firm, day) else ""
    return Line(
        firm.id,
        (
            firm.name, firm.district, firm.park, last, firm.last_leader,
            "" if due.since_days is None else str(due.since_days), due.day.isoformat() if due.day else "尽快",
            firm.planned.isoformat() if firm.planned else "", "；".join(said),
        ),
        ("", "", "", "", "", "", light, "green" if firm.planned else "", "amber" if firm.this_month else "quiet"),
    )  # fmt: skip
