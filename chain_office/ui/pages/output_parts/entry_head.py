"""What stands above the monthly grid: the month, the unit, where the figures come from, which firms are shown."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from chain_office.domain.output_entry import UNITS
from chain_office.ui.kit.form.composing import Line
from chain_office.ui.kit.labels import label
from chain_office.ui.pages.output_parts.month_box import MonthBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.ui.office import Office

_CHOOSE: Final = "请选单位"
_FROM: Final = "请选来源"


class Remembered:
    """What this computer remembers of a ledger's grids: the unit of each month, the unit and the source used last."""

    def __init__(self, office: Office) -> None:
        shown = office.shown
        digest = hashlib.sha256(str(shown.path if shown is not None else "").encode()).hexdigest()[:16]
        self._root = f"output entry/{digest}"

    def unit(self, month: str = "last") -> str:
        """The unit chosen for a month ("last": for whichever was chosen last), "" for none yet."""
        found = str(QSettings().value(f"{self._root}/unit/{month}", "") or "")
        return found if found in UNITS else ""

    def keep_unit(self, month: str, unit: str) -> None:
        """A unit was chosen for a month."""
        for one in (month, "last"):
            QSettings().setValue(f"{self._root}/unit/{one}", unit)

    def source(self) -> str:
        """The source used last."""
        return str(QSettings().value(f"{self._root}/source", "") or "")

    def keep_source(self, source: str) -> None:
        """A source was chosen."""
        QSettings().setValue(f"{self._root}/source", source)


class EntryHead(QWidget):
    """One row of boxes; what is chosen is told, nothing is chosen by itself."""

    month_wanted = Signal(str)
    unit_chosen = Signal(str)
    source_chosen = Signal(str)
    narrowed = Signal(str)
    """Only firms that fit this text are wanted."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.months = MonthBox(office.palette)
        self.months.wanted.connect(self.month_wanted)
        self.units = QComboBox()
        self.units.setAccessibleName("这批数的单位")
        self.units.addItem(_CHOOSE, "")
        for unit in UNITS:
            self.units.addItem(unit, unit)
        self.units.setToolTip("格里不带单位的数按这个单位读、按这个单位显示；换单位不改变任何已存的数")
        self.units.activated.connect(lambda place: self.unit_chosen.emit(self.units.itemData(place)))
        self.sources = QComboBox()
        self.sources.setAccessibleName("数据来源")
        self.sources.setToolTip("新填的数从哪里来；一家与别家不同时在那一行的“来源”里改")
        self.sources.activated.connect(lambda place: self.source_chosen.emit(self.sources.itemData(place)))
        self.finding = Line()
        self.finding.setPlaceholderText("找企业：名称、拼音首字母")
        self.finding.setAccessibleName("只看这些企业")
        self.finding.setClearButtonEnabled(True)
        self.finding.setMaximumWidth(210)
        self.finding.settled.connect(lambda: self.narrowed.emit(self.finding.text().strip()))
        for widget in (self.months, label("　单位"), self.units, label("　来源"), self.sources):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.finding, 1)
        self.offer_sources(())

    def show_unit(self, unit: str) -> None:
        """This unit is in use, "" for none chosen yet."""
        self.units.setCurrentIndex(self.units.findData(unit))
        self._mark(self.units, missing=not unit)

    def offer_sources(self, words: Sequence[str]) -> None:
        """These sources may be chosen."""
        now = str(self.sources.currentData() or "")
        self.sources.clear()
        self.sources.addItem(_FROM, "")
        for word in words:
            self.sources.addItem(word, word)
        self.show_source(now)

    def show_source(self, source: str) -> None:
        """This source is in use."""
        if source and self.sources.findData(source) < 0:
            self.sources.addItem(source, source)
        self.sources.setCurrentIndex(max(0, self.sources.findData(source)))
        self._mark(self.sources, missing=not source)

    @staticmethod
    def _mark(box: QComboBox, *, missing: bool) -> None:
        box.setProperty("state", "missing" if missing else "")
        box.style().unpolish(box)
        box.style().polish(box)

    def allow(self, *, on: bool) -> None:
        """Whether anything can be typed (a source is only asked then)."""
        self.sources.setEnabled(on)

    def first(self) -> QWidget:
        """What has to be chosen first, else the months."""
        return self.months if self.units.currentData() else self.units
