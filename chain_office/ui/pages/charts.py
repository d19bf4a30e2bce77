"""图表: pick a chart, see it at the cut-off date, open what it counts, copy it as a picture, save it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chain_office import files
from chain_office.domain.errors import KnownError
from chain_office.services.charting import (
    FORMATS,
    WIDTH_INCHES,
    ChartOrder,
    chart_list,
    form_of,
    order_chart,
    picture_chart,
    write_chart,
)
from chain_office.ui.icons import icon
from chain_office.ui.kit.figure_links import FigureLinks
from chain_office.ui.kit.figure_tips import page_of
from chain_office.ui.kit.file_asking import ask_where_to_save
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.picture import PictureView
from chain_office.ui.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from chain_office.services.ledgers import Ledger
    from chain_office.services.workshop import Workshop
    from chain_office.ui.office import Office

_ID = int(Qt.ItemDataRole.UserRole)
_FILTERS = {"png": "PNG 图片 (*.png)", "svg": "SVG 矢量图 (*.svg)", "pdf": "PDF (*.pdf)"}
_COPY_DPI = 200
_LEAST_DPI, _MOST_DPI, _DPI_STEP = 100, 300, 20
_SETTLED_MILLISECONDS = 250
Wanted = tuple[str, "date", bool]
"""A chart, its date, and whether in black and white."""


class ChartsPage(Page):
    """图表."""

    id: ClassVar[str] = "charts"
    title: ClassVar[str] = "图表"
    icon_name: ClassVar[str] = "chart-pie"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._orders: dict[tuple[str, date], ChartOrder] = {}
        self._drawn: dict[Wanted, QImage] = {}
        self._wanted: Wanted | None = None
        self._dpi = 0
        self._sharper = QTimer(self, singleShot=True, interval=_SETTLED_MILLISECONDS)
        self._sharper.timeout.connect(self._sharpen)
        self.list = QListWidget()
        self.list.setAccessibleName("图表")
        self.list.setProperty("role", "nav")
        self.list.setFixedWidth(216)
        for chart_id, title in chart_list():
            item = QListWidgetItem(title)
            item.setData(_ID, chart_id)
            item.setSizeHint(QSize(0, 34))
            self.list.addItem(item)
        self.picture = PictureView()
        self.figures = FigureLinks()
        self.figures.opened.connect(lambda key: self.wanted.emit(page_of(f"figure:{key}"), f"figure:{key}"))
        self.said = label("", "quiet", wrap=True)
        self.copy_button = self._button("copy", "复制图片", self.copy)
        self.copy_button.setToolTip("复制后可以直接粘贴到 WPS、PPT、微信")
        self.save_button = self._button("download", "保存为……", self.save)
        self.mono = QCheckBox("黑白稿")
        self.mono.setToolTip("黑白打印机打得清楚的样子；复制和保存的也是它")
        self.mono.toggled.connect(lambda _on: self._draw())
        self.list.currentRowChanged.connect(lambda _row: self._draw())
        self._lay_out()
        self._enable(drawn=False)

    def _button(self, sign: str, text: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(icon(sign, self.office.palette.accent), text)
        button.clicked.connect(lambda: action())
        return button

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for widget in (self.copy_button, self.save_button, self.mono):
            bar.addWidget(widget)
        bar.addWidget(self.said, 1)
        paper = QFrame()
        paper.setProperty("role", "card")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(12, 12, 12, 8)
        inside.addWidget(self.picture, 1)
        inside.addWidget(self.figures)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(bar)
        right.addWidget(paper, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(self.list)
        row.addLayout(right, 1)

    def refresh(self) -> None:
        """The ledger or the date changed: what was drawn no longer stands."""
        self._drawn.clear()
        self._orders.clear()
        self.list.blockSignals(True)
        self.list.setCurrentRow(max(0, self.list.currentRow()), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.blockSignals(False)
        self._draw()

    def show_record(self, reference: str) -> None:
        """Go to a chart ("chart:<id>")."""
        for row in range(self.list.count()):
            if f"chart:{self.list.item(row).data(_ID)}" == reference:
                self.list.setCurrentRow(row)

    def where(self) -> str:
        """The chart shown."""
        return "" if self.list.currentRow() < 0 else f"chart:{self.list.currentItem().data(_ID)}"

    def parts(self) -> tuple[QWidget, ...]:
        """The list, what can be done with the chart, its figures."""
        return (self.list, self.copy_button, *self.figures.buttons[:1])

    def _current(self) -> Wanted:
        return str(self.list.currentItem().data(_ID)), self.office.as_of, self.mono.isChecked()

    def _draw(self) -> None:
        wanted = self._current()
        self._wanted = wanted
        if wanted in self._drawn:
            self._take(wanted, self._drawn[wanted])
            return
        self.said.setText("正在画图……")
        self._enable(drawn=False)
        chart_id, day, _ = wanted
        known = self._orders.get((chart_id, day))
        if known is not None:
            self._draw_order(wanted, known)
            return

        def read(ledger: Ledger) -> ChartOrder | None:
            # another chart may have been chosen while this one waited its turn
            return order_chart(ledger, chart_id, day) if self._wanted == wanted else None

        self.office.work.ask(
            read,
            lambda order: self._draw_order(wanted, order),
            owner=self,
            failed=lambda error: self._refuse(wanted, error),
        )

    def _draw_order(self, wanted: Wanted, order: ChartOrder | None) -> None:
        if order is None or wanted != self._wanted:
            return
        self._orders[wanted[0], wanted[1]] = order
        workshop, dpi = self.office.work.workshop, self._screen_dpi()
        self._dpi = dpi
        self.office.work.aside(
            lambda: _picture(workshop, order, dpi, mono=wanted[2]) if self._wanted == wanted else None,
            lambda found: self._take(wanted, found),
            owner=self,
            failed=lambda error: self._refuse(wanted, error),
        )

    def _screen_dpi(self) -> int:
        """As sharp as the page shows it, and no sharper: that is what drawing costs."""
        wide = self.picture.width() * self.picture.devicePixelRatioF() / WIDTH_INCHES
        return max(_LEAST_DPI, min(_MOST_DPI, -int(-wide // _DPI_STEP) * _DPI_STEP))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A page made larger shows the chart as sharp as before, once it has settled."""
        super().resizeEvent(event)
        self._sharper.start()

    def _sharpen(self) -> None:
        if self._wanted in self._drawn and self._screen_dpi() > self._dpi:
            self._drawn.clear()
            self._draw()

    def _take(self, wanted: Wanted, found: QImage | None) -> None:
        if found is None:
            return
        self._drawn[wanted] = found
        if wanted == self._wanted:
            self.picture.show_picture(found, self.list.currentItem().text())
            self.figures.show_figures(self._orders[wanted[0], wanted[1]].figures)
            self.said.setText("")
            self._enable(drawn=True)

    def _refuse(self, wanted: Wanted, error: Exception) -> None:
        """Nothing to draw is no failure: the page says what is missing."""
        if wanted != self._wanted:
            return
        self.said.setText("")
        self.figures.show_figures(())
        self.picture.say(error.message if isinstance(error, KnownError) else "这张图没有画出来。")
        if not isinstance(error, KnownError):
            self.office.work.crashed.emit(error)

    def _enable(self, *, drawn: bool) -> None:
        self.copy_button.setEnabled(drawn)
        self.save_button.setEnabled(drawn)

    def _order(self) -> ChartOrder | None:
        """What the chart in view was drawn from."""
        return None if self._wanted is None else self._orders.get(self._wanted[:2])

    def copy(self) -> None:
        """Put the picture on the clipboard, sharp enough for a projector."""
        order, workshop, mono = self._order(), self.office.work.workshop, self.mono.isChecked()
        if order is None:
            return

        def put(found: QImage) -> None:
            QGuiApplication.clipboard().setImage(found)
            self.said.setText("已复制，可以粘贴到 WPS、PPT、微信。")

        self.said.setText("正在复制……")
        self.office.work.aside(lambda: _picture(workshop, order, _COPY_DPI, mono=mono), put, owner=self)

    def save(self) -> None:
        """Ask where, and save."""
        title, day = self.list.currentItem().text(), self.office.as_of
        ending = "-黑白" if self.mono.isChecked() else ""
        forms = {name: form for form, name in _FILTERS.items()}
        ask_where_to_save(
            self,
            "保存图表",
            f"{title}-截至{day.isoformat()}{ending}",
            tuple(forms),
            lambda path, kind: self.save_as(path, forms.get(kind, "png")),
        )

    def save_as(self, path: Path, form: str = "png") -> None:
        """Draw the chart into a file; a name without a format of ours gets the one chosen."""
        order, workshop, mono = self._order(), self.office.work.workshop, self.mono.isChecked()
        if order is None:
            return
        if path.suffix.lower().removeprefix(".") not in FORMATS:
            path = path.with_name(f"{path.name}.{form}")

        def write() -> Path:
            files.write_bytes(path, workshop.do(partial(write_chart, mono=mono), order, form_of(path.suffix)))
            return path

        self.said.setText("正在保存……")
        self.office.work.aside(
            write, lambda done: self.said.setText(f"已保存到 {done}"), owner=self, failed=self._unsaved
        )

    def _unsaved(self, error: Exception) -> None:
        self.said.setText("没有保存。")
        self.office.work.explain(error)


def _picture(workshop: Workshop, order: ChartOrder, dpi: int, *, mono: bool) -> QImage:
    """The chart drawn in the workshop; runs on the bench."""
    raw = workshop.do(partial(picture_chart, mono=mono), order, dpi)
    return QImage(raw.data, raw.width, raw.height, raw.width * 4, QImage.Format.Format_RGBA8888).copy()
