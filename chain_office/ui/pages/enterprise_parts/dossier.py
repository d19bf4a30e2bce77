"""一企一档: one firm on one page: who it is, its numbers and its output, and everything that happened on one timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from chain_office.queries.dossier import KINDS, dossier
from chain_office.services.calendar import work_calendar
from chain_office.services.firm_dossier import figures_of
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.desk import Desk
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.desk_parts.viewed_desk import ViewedDesk
from chain_office.ui.kit.figure_line import FigureLine, offer_count
from chain_office.ui.kit.figure_menu import rows_place
from chain_office.ui.kit.figure_tile import FigureTile
from chain_office.ui.kit.flow import Flow
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.pages.enterprise_parts.dossier_facts import DossierFacts
from chain_office.ui.pages.enterprise_parts.firm_paper import FirmPaper

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

    from chain_office.domain.figures import Figure
    from chain_office.queries.dossier import Dossier, Entry
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office

_ALL: Final = ""
_COLUMNS: Final = (Column("日期", 84), Column("类别", 66), Column("事项", 250), Column("内容", 300))
_TILES: Final = 6


class DossierPart(Part):
    """一企一档."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "enterprise", "contact", "register_spell", "visit", "promise", "problem", "problem_event", "problem_span", "need",
        "match", "credit", "drawdown", "loan_review", "project", "stage_change", "project_month", "project_plan",
        "monthly_output", "output_correction", "attachment", "meeting", "unit", "bank", "district", "park", "segment",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.firm = ""
        self.found: Dossier | None = None
        self.kind = _ALL
        self.shown: tuple[Entry, ...] = ()
        self.paper = FirmPaper(self, office)
        self._make_bar()
        self.title = label("", "title")
        self.status = label("")
        self.number = label("", "quiet")
        self.tiles = [FigureTile(office.palette) for _ in range(_TILES)]
        self.facts = DossierFacts(office.palette)
        self.facts.bars.figure_opened.connect(self._open_figure)
        self.chips = Flow(4)
        self.chip_group = QButtonGroup(self)
        self.chip_group.setExclusive(True)
        self.chip_buttons = {kind: self._chip(kind) for kind in (_ALL, *KINDS)}
        self.model = RowsModel(_COLUMNS, office.palette, self)
        self.view = _Timeline(self.model)
        self.view.opened.connect(self._open)
        self.view.walked.connect(self._walk)
        self.view.left.connect(self._leave)
        self.said = label("", "quiet", wrap=True)
        self.nothing = label(
            "还没有选企业。\n到清单里选一家，或按上面的“上一家”“下一家”；档案里有基本情况、联系人、产值曲线，"
            "以及走访、承诺、问题、贷款、项目、入规退规、附件的时间线。",
            "quiet",
            wrap=True,
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._show(None)

    def _make_bar(self) -> None:
        office = self.office
        self.bar = ActionsBar(office.palette)
        self.before = self.bar.add("上一家", "arrow-up", lambda: self._walk(-1))
        self.after = self.bar.add("下一家", "arrow-down", lambda: self._walk(1))
        self.editing = self.bar.add("修改", "pencil", self._edit, shortcut=keys.key("edit").keys[0])
        self.in_list = self.bar.add("到清单", "list", self._leave)
        self.phones = self.bar.add("显示号码", "eye-off", self._again, right=True)
        self.phones.setCheckable(True)
        self.phones.setToolTip("打印的企业简况也跟着显示；平时电话中间四位隐去")
        self.printing = self.bar.add(
            "打印企业简况", "printer", self.print, shortcut=keys.key("print_list").keys[0], right=True
        )
        self.addActions([self.editing, self.printing])
        self.place = FigureLine("quiet")
        self.bar.add_right(self.place)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        for widget in (self.number, self.title, self.status):
            head.addWidget(widget)
        head.addStretch(1)
        tiles = QHBoxLayout()
        tiles.setSpacing(8)
        for tile in self.tiles:
            tile.opened.connect(self._open_figure)
            tiles.addWidget(tile, 1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.chips)
        column.addWidget(self.view, 1)
        column.addWidget(self.said)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.facts)
        split.addWidget(right)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 4)
        split.setSizes([490, 680])
        self.body = QWidget()
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(head)
        inside.addLayout(tiles)
        inside.addWidget(split, 1)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.body, 1)
        self.column.addWidget(self.nothing, 1)

    def _chip(self, kind: str) -> QPushButton:
        chip = QPushButton()
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.setChecked(kind == self.kind)
        chip.clicked.connect(lambda: self.show_kind(kind))
        self.chip_group.addButton(chip)
        offer_count(
            chip, lambda: self.office.as_of, f"firm.timeline.{kind or 'all'}", "这家企业到截止日的时间线上的各项"
        )
        self.chips.add(chip)
        return chip

    def parts(self) -> tuple[QWidget, ...]:
        """The timeline, the numbers, the kinds, what is done with it."""
        return (self.view, self.tiles[0], self.chip_buttons[_ALL], self.bar)

    # Which firm.

    def go_to(self, reference: str) -> None:
        """A firm by its id."""
        if reference:
            self.firm = reference
            self.refresh()

    def where(self) -> str:
        """The firm shown."""
        return self.firm

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The firm the list's cursor is on."""
        super().showEvent(event)
        current = self.page.current_id if isinstance(self.page, Desk) else ""
        if current and current != self.firm:
            self.firm = current
            if not self.stale:
                self.refresh()

    def refresh(self) -> None:
        """Read the dossier as of the cut-off date."""
        if not self.firm and isinstance(self.page, Desk):
            self.firm = self.page.current_id or next(iter(self.page.model.ids), "")
        firm, day = self.firm, self.office.as_of
        if not firm:
            self._show(None)
            return

        def answer(found: Dossier | None) -> None:
            if firm == self.firm:
                self._show(found)

        self.ask(lambda ledger: dossier(ledger, firm, day, work_calendar(ledger)), answer)

    def _walk(self, by: int) -> None:
        """The next firm of the list, as it is filtered and sorted; its cursor goes along."""
        if not isinstance(self.page, Desk):
            return
        ids = list(self.page.model.ids)
        at = ids.index(self.firm) + by if self.firm in ids else 0
        if 0 <= at < len(ids):
            self.firm = ids[at]
            self.page.list.go_to(self.firm)
            self.refresh()

    def _show(self, found: Dossier | None) -> None:
        self.found = found
        self.body.setVisible(found is not None)
        self.nothing.setVisible(found is None)
        for action in (self.editing, self.printing, self.in_list, self.phones):
            action.setEnabled(found is not None)
        self.editing.setEnabled(found is not None and not self.read_only)
        ids = list(self.page.model.ids) if isinstance(self.page, Desk) else []
        at = ids.index(self.firm) if self.firm in ids else -1
        self.before.setEnabled(at > 0)
        self.after.setEnabled(bool(ids) and at < len(ids) - 1)
        self.place.tell_counts(
            f"第 {at + 1} 家，共 {len(ids)} 家" if at >= 0 else "",
            self.office.as_of,
            "enterprises.dossier_place",
            "清单里筛选出的企业，和这一家在其中的位置",
        )
        if found is None:
            return
        self.number.setText(found.no)
        self.title.setText(found.name)
        self.status.setText(f"{found.status}　截至 {found.day.isoformat()}")
        show_light(self.status, found.light)
        for tile, figure in zip(self.tiles, figures_of(found), strict=True):
            tile.show_figure(figure, _light(figure))
        self.facts.show_facts(found, phones=self.phones.isChecked())
        self.show_kind(self.kind)

    def _again(self) -> None:
        if self.found is not None:
            self.facts.show_facts(self.found, phones=self.phones.isChecked())

    # The timeline.

    def show_kind(self, kind: str) -> None:
        """Only the lines of one kind; "" for all."""
        if self.found is None:
            return
        self.kind = kind
        every = self.found.timeline
        self.shown = tuple(one for one in every if kind in {_ALL, one.kind})
        for key, chip in self.chip_buttons.items():
            number = sum(one.kind == key for one in every) if key else len(every)
            chip.setText(f"{KINDS[key] if key else '全部'} {number}")
            chip.setEnabled(bool(number) or not key)
            chip.setChecked(key == kind)
        self.chips.arrange()
        self.model.show([
            Line(str(at), (one.when, KINDS[one.kind], one.what, one.text), ("", "quiet", one.light, ""))
            for at, one in enumerate(self.shown)
        ])  # fmt: skip
        if self.shown:
            self.view.setCurrentIndex(self.model.index(0, 0))
        later = self.found.later_files
        said = "" if self.shown else "截至这一天还没有记录。"
        self.said.setText(said + (f"另有 {later} 个附件是截止日以后放入的，没有列出。" if later else ""))
        self.said.setVisible(bool(self.said.text()))

    def _open(self, row_id: str) -> None:
        one = self.shown[int(row_id)]
        if one.page == "enterprises":
            self.page.show_record(one.reference)
        else:
            self.page.wanted.emit(one.page, one.reference)

    def _open_figure(self, figure: Figure) -> None:
        self.page.wanted.emit(*rows_place(figure))

    # What is done.

    def print(self) -> None:
        """企业简况 of this firm, looked at before it is printed."""
        if self.found is not None:
            self.paper.show((self.found.id,), phones=self.phones.isChecked())

    def _edit(self) -> None:
        """The form of the firm, beside the list; back here when it is saved."""
        if self.found is not None and isinstance(self.page, ViewedDesk):
            firm = self.found.id
            self.page.show_record(f"enterprise:{firm}")
            self.page.views.come_back("dossier", {firm})
            self.page.editing.open_part("enterprise", firm, firm)

    def _leave(self) -> None:
        """Back to the list, on this firm."""
        if self.firm:
            self.page.show_record(f"enterprise:{self.firm}")


class _Timeline(RowsView):
    """Enter opens a line; PageUp and PageDown with Ctrl go to the firm before and the next, Esc back to the list."""

    walked = Signal(int)
    left = Signal()

    def __init__(self, model: RowsModel) -> None:
        super().__init__(model, stretch=3)
        self.setAccessibleName("时间线")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """See the class."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.walked.emit(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _light(figure: Figure) -> str:
    if figure.key.startswith("firm.yoy.") and figure.value is not None and not isinstance(figure.value, str):
        return "red" if figure.value < 0 else ""
    if figure.key.startswith("firm.problems.") and figure.value:
        return "red" if any("逾期" in note for note in figure.notes) else "amber"
    return ""
