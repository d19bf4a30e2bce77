"""图谱: the chain's segments as a tree at the left, what flows between them below it, the map at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from chain_office import files
from chain_office.domain.errors import KnownError
from chain_office.queries.chain_map import UNSORTED, chain, firms_of
from chain_office.services import editing
from chain_office.services.charting import form_of, order_chart, picture_chart, write_chart
from chain_office.services.lists import segments
from chain_office.ui import keys
from chain_office.ui.icons import icon
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.file_asking import ask_where_to_save
from chain_office.ui.kit.form.pane import FormPane
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.layouts import LAYOUTS
from chain_office.ui.pages.enterprise_parts.chain_canvas import ChainCanvas
from chain_office.ui.pages.enterprise_parts.chain_tree import ChainTree
from chain_office.ui.pages.enterprise_parts.five_lists_making import ListsMaking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from chain_office.domain.chain import Chain, Flow
    from chain_office.domain.forms import Saved
    from chain_office.services.charting import ChartOrder
    from chain_office.services.ledgers import Ledger
    from chain_office.services.workshop import Workshop
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office

_CHART: Final = "chain-map"
_DPI: Final = 200
_KINDS: Final = ("PNG 图片 (*.png)", "SVG 矢量图 (*.svg)", "PDF (*.pdf)")
_FLOWS: Final = (Column("来自", 96), Column("流向", 96), Column("产品", 110))
_NARROW: Final = 900
_TREE: Final = 372


class ChainMapPart(Part):
    """图谱."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "segment", "segment_flow", "enterprise", "register_spell", "monthly_output", "project", "stage_change", "setting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.chain: Chain | None = None
        self._wanted = ""
        self.making = ListsMaking(office, self)
        self.bar = ActionsBar(office.palette)
        self._new = self.bar.add("新增环节", "plus", self.new, shortcut=_key("new_other"), primary=True)
        self._rename = self.bar.add("改名", "pencil", lambda: self.tree.begin_rename())
        self._bin = self.bar.add("移入回收站", "trash-2", self.bin)
        self._fill = self.bar.add("填入通行位置", "list-plus", self.fill)
        self._whole = self.bar.add("只看图谱", "image", self._toggle_tree, right=True)
        self.bar.add("复制图片", "copy", self.copy, right=True)
        self.bar.add("保存为……", "download", self.ask_save, right=True)
        self.bar.add("打印 A3", "printer", lambda: self.making.print_map("A3"), right=True)
        printing = self.bar.add("打印 A4", "printer", self.print, shortcut=_key("print_list"), right=True)
        self.addActions([self._new, printing])
        self.tree = ChainTree(office.palette)
        self.tree.renamed.connect(self._renamed)
        self.tree.named.connect(self._named)
        self.tree.moved.connect(self._moved)
        self.tree.wanted.connect(self.show_firms)
        self.tree.walked.connect(self._walked)
        self.flows = RowsModel(_FLOWS, office.palette, self)
        self.flow_rows = RowsView(self.flows, stretch=2)
        self.flow_rows.setAccessibleName("环节之间的流向")
        self.flow_rows.opened.connect(self._edit_flow)
        self.flow_rows.doubleClicked.connect(lambda index: self._edit_flow(self.flows.line(index.row()).id))
        self.flow_rows.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.flow_said = label("流向", "section")
        self.new_flow_button = self._button("新增流向", "plus", self.new_flow)
        self.bin_flow_button = self._button("移入回收站", "trash-2", self.bin_flow)
        self.canvas = ChainCanvas(office)
        self.canvas.sheet.opened.connect(self._opened)
        self.said = FigureLine("quiet", wrap=True)
        self._pane: FormPane | None = None
        self._side = QStackedWidget()
        self._split = QSplitter()
        self._lay_out()

    def _button(self, word: str, sign: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(icon(sign, self.office.palette.accent), word)
        button.clicked.connect(lambda: do())
        return button

    def _lay_out(self) -> None:
        flows = QWidget()
        below = QVBoxLayout(flows)
        below.setContentsMargins(0, 6, 0, 0)
        below.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self.flow_said)
        row.addStretch(1)
        row.addWidget(self.new_flow_button)
        row.addWidget(self.bin_flow_button)
        below.addLayout(row)
        below.addWidget(self.flow_rows, 1)
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self.tree)
        left.addWidget(flows)
        left.setSizes([400, 180])
        left.setHandleWidth(1)
        left.setChildrenCollapsible(False)
        self._side.addWidget(left)
        self._split.addWidget(self._side)
        self._split.addWidget(self.canvas)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([_TREE, 800])
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self.column.addWidget(self.bar)
        self.column.addWidget(self._split, 1)
        self.column.addWidget(self.said)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In a narrow window the map stands under the tree."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._split.orientation() != way:
            self._split.setOrientation(way)
            self._split.setSizes([300, 400] if narrow else [_TREE, 800])

    def parts(self) -> tuple[QWidget, ...]:
        """The tree, the map, the flows, what is done with them."""
        if self._side.isHidden():
            return (self.canvas.sheet, self.bar)
        return (self.tree, self.canvas.sheet, self.flow_rows, self.bar)

    def go_to(self, reference: str) -> None:
        """Put the cursor on a segment."""
        self._wanted = reference
        if self.chain is not None:
            self.tree.go_to(reference)

    def where(self) -> str:
        """The segment the cursor is on."""
        return self.tree.current_id

    def _toggle_tree(self) -> None:
        """The map over the whole width, or beside the tree."""
        away = not self._side.isHidden()
        self._side.setVisible(not away)
        self._whole.setText("显示环节树" if away else "只看图谱")
        (self.canvas.sheet if away else self.tree).setFocus()

    def _show_tree(self) -> None:
        if self._side.isHidden():
            self._toggle_tree()

    # Reading.

    def refresh(self) -> None:
        """The chain at the cut-off date."""
        day = self.office.as_of

        def read(ledger: Ledger) -> tuple[Chain, int]:
            return chain(ledger, day), 0 if ledger.read_only else segments.lacking(ledger)

        self.ask(read, self._show)

    def _show(self, found: tuple[Chain, int]) -> None:
        self.chain, lacking = found
        self.tree.may_write = not self.read_only
        self.tree.show_chain(self.chain)
        if self._wanted:
            self.tree.go_to(self._wanted)
            self._wanted = ""
        self.canvas.show_chain(self.chain)
        self._fill.setVisible(bool(lacking))
        self._fill.setText(f"填入通行位置（{lacking} 处）")
        self.said.tell_counts(
            _said(self.chain), self.office.as_of, "enterprises.map_line", "截止日在册的企业，含下级环节的"
        )
        self._show_flows()
        self._allow()

    def _walked(self, segment_id: str) -> None:
        if segment_id:
            self.canvas.sheet.go_to(f"segment:{segment_id}")
        self._show_flows()
        self._allow()

    def _show_flows(self) -> None:
        """The flows of the segment the cursor is on; of all where it is on none."""
        if self.chain is None:
            return
        names = {one.id: one.short for one in self.chain.every()}
        current = self.tree.current_id
        mine = [one for one in self.chain.flows if not current or current in {one.source, one.target}]
        self.flow_said.setText(f"{names.get(current, '')}的流向" if current else "全部流向")
        self.flows.show([_flow_line(one, names) for one in mine])

    def _allow(self) -> None:
        """What can be done with the segment and the flow the cursor is on."""
        may, current = not self.read_only, bool(self.tree.current_id)
        for action in (self._new, self._rename, self._bin):
            action.setVisible(may)
        for action in (self._rename, self._bin):
            action.setEnabled(current)
        self.new_flow_button.setVisible(may)
        self.bin_flow_button.setVisible(may)
        self.bin_flow_button.setEnabled(bool(self._flow_id()))

    # What opens.

    def _opened(self, reference: str) -> None:
        kind, _, row_id = reference.partition(":")
        if kind == "segment":
            self.show_firms(row_id)
        else:
            self.page.show_record(reference)

    def show_firms(self, segment_id: str) -> None:
        """The firms of a segment and of those below it, in the list."""
        day = self.office.as_of
        names = {one.id: one.short for one in self.chain.every()} if self.chain is not None else {}
        words = "没有归入环节的在册企业" if segment_id == UNSORTED else f"环节“{names.get(segment_id, '')}”的在册企业"
        self.ask(lambda ledger: firms_of(ledger, day, segment_id), lambda ids: self.page.show_rows(ids, words))

    # Segments.

    def _act(self, act: Callable[[Ledger, str], Saved | None], *, go: bool = False) -> None:
        """Write; what is refused is said, and the tree shows again how things stand."""
        actor = self.office.actor

        def done(saved: Saved | None) -> None:
            if saved is not None:
                self.office.wrote.emit(saved)
                if go and saved.row_id:
                    self._wanted = saved.row_id
            self.refresh()

        def failed(error: Exception) -> None:
            if isinstance(error, KnownError):
                self.office.work.refused.emit(error.message)
            else:
                self.office.work.explain(error)
            self.refresh()

        self.office.work.ask(lambda ledger: act(ledger, actor), done, owner=self, failed=failed)

    def new(self) -> None:
        """A line to name a new segment on."""
        self._show_tree()
        self.tree.setFocus()
        self.tree.begin_new()

    def _named(self, name: str, parent: str, stream: str) -> None:
        self._act(lambda ledger, actor: segments.add(ledger, name, parent or None, stream, actor), go=True)

    def _renamed(self, segment_id: str, name: str) -> None:
        self._act(lambda ledger, actor: segments.rename(ledger, segment_id, name, actor))

    def _moved(self, segment_id: str, parent: str, stream: str, index: int) -> None:
        self._act(
            lambda ledger, actor: segments.place(ledger, segment_id, parent or None, stream, index, actor), go=True
        )

    def bin(self) -> None:
        """Move the segment to the bin; refused, saying by what, while it is used."""
        segment_id = self.tree.current_id
        if segment_id:
            self._act(lambda ledger, actor: segments.bin_segment(ledger, segment_id, actor))

    def fill(self) -> None:
        """Fill in the usual places and flows where nothing is said."""
        self._act(segments.fill_usual)

    # Flows.

    def _flow_id(self) -> str:
        index = self.flow_rows.currentIndex()
        return self.flows.line(index.row()).id if index.isValid() and index.row() < self.flows.rowCount() else ""

    @property
    def pane(self) -> FormPane:
        """The form of a flow, in the place of the tree."""
        if self._pane is None:
            self._pane = FormPane(self.office, LAYOUTS)
            self._pane.saved.connect(self._saved)
            self._pane.left.connect(self._leave)
            self._pane.said.connect(self.office.said)
            self._side.addWidget(self._pane)
        return self._pane

    def new_flow(self) -> None:
        """A blank flow from the segment the cursor is on."""
        self._show_tree()
        self._side.setCurrentWidget(self.pane)
        self.pane.new("segment_flow", {"source_id": self.tree.current_id} if self.tree.current_id else {})

    def _edit_flow(self, flow_id: str) -> None:
        if flow_id and not self.read_only:
            self._side.setCurrentWidget(self.pane)
            self.pane.edit("segment_flow", flow_id)

    def bin_flow(self) -> None:
        """Move the flow the cursor is on to the bin."""
        flow_id = self._flow_id()
        if flow_id:
            self._act(lambda ledger, actor: editing.bin_records(ledger, "segment_flow", (flow_id,), actor))

    def _saved(self, saved: Saved) -> None:
        self.office.wrote.emit(saved)
        self._leave()
        self.refresh()

    def _leave(self) -> None:
        self._side.setCurrentIndex(0)
        self.tree.setFocus()

    # Out of the window.

    def print(self) -> None:
        """The map on A4."""
        self.making.print_map("A4")

    def copy(self) -> None:
        """Put the map on the clipboard as a picture, sharp enough for a projector."""
        workshop = self.office.work.workshop

        def drawn(order: ChartOrder) -> None:
            self.office.work.aside(lambda: _picture(workshop, order), self._put, owner=self)

        self._order(drawn)

    def _put(self, picture: QImage) -> None:
        QGuiApplication.clipboard().setImage(picture)
        self.office.said.emit("图谱已复制，可以粘贴到 WPS、PPT、微信。")

    def ask_save(self) -> None:
        """Ask where, and save."""
        name = f"产业链上下游图谱-截至{self.office.as_of.isoformat()}"
        ask_where_to_save(self, "保存图谱", name, _KINDS, lambda path, _kind: self.save_as(path))

    def save_as(self, path: Path) -> None:
        """Draw the map into a file: PNG, SVG or PDF by its ending."""
        target = path if path.suffix.lower() in {".png", ".svg", ".pdf"} else path.with_name(f"{path.name}.png")
        workshop = self.office.work.workshop

        def write(order: ChartOrder) -> Path:
            files.write_bytes(target, workshop.do(partial(write_chart, mono=False), order, form_of(target.suffix)))
            return target

        self._order(
            lambda order: self.office.work.aside(
                lambda: write(order), lambda done: self.office.said.emit(f"已保存到 {done}"), owner=self
            )
        )

    def _order(self, then: Callable[[ChartOrder], None]) -> None:
        day = self.office.as_of
        self.ask(lambda ledger: order_chart(ledger, _CHART, day), then)


def _picture(workshop: Workshop, order: ChartOrder) -> QImage:
    raw = workshop.do(picture_chart, order, _DPI)
    return QImage(raw.data, raw.width, raw.height, raw.width * 4, QImage.Format.Format_RGBA8888).copy()


def _said(found: Chain) -> str:
    """Whose firms and which months."""
    firms = (
        f"在册企业 {found.firms} 家，没有归入环节的 {found.unsorted} 家"
        if found.unsorted
        else f"在册企业 {found.firms} 家"
    )
    period = f"；产值为{found.period}，同口径、现价，含下级环节" if found.period else ""
    return f"{firms}{period}。截至 {found.about.as_of.isoformat()}"


def _flow_line(one: Flow, names: dict[str, str]) -> Line:
    return Line(one.id, (names.get(one.source, ""), names.get(one.target, ""), one.product))


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
