"""设置: what the office may change about itself; the list of its parts at the left, one of them at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from chain_office.ui.icons import icon
from chain_office.ui.page import Page
from chain_office.ui.pages.settings_parts.about_part import AboutPart
from chain_office.ui.pages.settings_parts.backups_part import BackupsPart
from chain_office.ui.pages.settings_parts.bin_part import BinPart
from chain_office.ui.pages.settings_parts.days_part import DaysPart
from chain_office.ui.pages.settings_parts.handing_on_part import HandingOnPart
from chain_office.ui.pages.settings_parts.lights_part import LightsPart
from chain_office.ui.pages.settings_parts.limits_part import LimitsPart
from chain_office.ui.pages.settings_parts.looks_part import LooksPart
from chain_office.ui.pages.settings_parts.names_part import NamesPart
from chain_office.ui.pages.settings_parts.office_part import OfficePart

if TYPE_CHECKING:
    from chain_office.ui.office import Office
    from chain_office.ui.pages.settings_parts.part import Part

PARTS: dict[str, type[Part]] = {
    "office": OfficePart,
    "names": NamesPart,
    "handing_on": HandingOnPart,
    "lights": LightsPart,
    "limits": LimitsPart,
    "days": DaysPart,
    "backups": BackupsPart,
    "looks": LooksPart,
    "bin": BinPart,
    "about": AboutPart,
}
_ID = int(Qt.ItemDataRole.UserRole)
_WIDTH = 148
_ROW = 32


class Settings(Page):
    """The page of settings."""

    id: ClassVar[str] = "settings"
    title: ClassVar[str] = "设置"
    icon_name: ClassVar[str] = "settings"
    apart: ClassVar[bool] = True

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._parts: dict[str, Part] = {}
        self.list = QListWidget()
        self.list.setProperty("role", "nav")
        self.list.setAccessibleName("设置的各部分")
        self.list.setIconSize(QSize(16, 16))
        self.list.setFixedWidth(_WIDTH)
        for part_id, kind in PARTS.items():
            item = QListWidgetItem(icon(kind.icon_name, office.palette.quiet), kind.title)
            item.setData(_ID, part_id)
            item.setSizeHint(QSize(0, _ROW))
            self.list.addItem(item)
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(lambda _row: self._turn())

    @property
    def part(self) -> Part:
        """The part shown; made when it is first shown."""
        part_id = self.list.currentItem().data(_ID)
        if part_id not in self._parts:
            made = PARTS[part_id](self.office)
            made.wanted.connect(self.wanted)
            self._parts[part_id] = made
            self._stack.addWidget(made)
        return self._parts[part_id]

    def go_to(self, part_id: str) -> Part:
        """Show a part."""
        self.list.setCurrentRow(list(PARTS).index(part_id))
        self._turn()
        return self.part

    def _turn(self) -> None:
        part = self.part
        self._stack.setCurrentWidget(part)
        if part.stale and self.office.shown is not None:
            part.stale = False
            part.refresh()

    def refresh(self) -> None:
        """Read the part that is shown again; the others when they are."""
        for part in self._parts.values():
            part.stale = True
        self._turn()

    def show_record(self, reference: str) -> None:
        """Go to a part by its id."""
        if reference in PARTS:
            self.go_to(reference)

    def where(self) -> str:
        """The part shown."""
        return str(self.list.currentItem().data(_ID))

    def parts(self) -> tuple[QWidget, ...]:
        """The list of parts, and the part."""
        return (self.list, self.part)
