"""本单位: one line a setting, saved when it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from chain_office.services.settings.office import OFFICE_FIELDS, read_office, save_office, understood
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.office import ACTOR
from chain_office.ui.pages.settings_parts.part import Part, only_pointed_out, said_of

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from chain_office.domain.errors import KnownError
    from chain_office.domain.forms import Saved
    from chain_office.services.settings.office import OfficeField
    from chain_office.ui.office import Office

_WIDTH = 420
_NARROW = 700
"""Below this width there is no room for a note beside its line."""


class OfficePart(Part):
    """本单位."""

    title: ClassVar[str] = "本单位"
    hint: ClassVar[str] = "写在窗口标题、材料和口径里的名称。改完离开这一格就保存，底部状态栏可以撤销。"
    icon_name: ClassVar[str] = "landmark"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.lines: dict[str, QLineEdit] = {}
        self._notes: dict[str, QLabel] = {}
        self._kept: dict[str, str] = {}
        self._pointed_out: dict[str, str] = {}
        self._saving: dict[str, str] = {}
        self.person = QLineEdit()
        self._grids: list[QGridLayout] = []
        self.column.addWidget(self._scrolled(), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow page has the notes below their lines."""
        super().resizeEvent(event)
        for grid in self._grids:
            _arrange(grid, narrow=event.size().width() < _NARROW)

    def _scrolled(self) -> QScrollArea:
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self._ledger_card())
        column.addWidget(self._computer_card())
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(room)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _ledger_card(self) -> QFrame:
        card, grid = _card()
        self._grids.append(grid)
        for row, field in enumerate(OFFICE_FIELDS):
            line, note = QLineEdit(), label(field.hint, "quiet", wrap=True)
            line.setAccessibleName(field.label)
            line.setAccessibleDescription(field.hint)
            line.setPlaceholderText(field.example)
            self.lines[field.key], self._notes[field.key] = line, note
            line.editingFinished.connect(lambda one=field: self._left(one))
            line.textEdited.connect(lambda text, one=field: self._typed(one, text))
            _put(grid, row, field.label, line, note)
        return card

    def _computer_card(self) -> QFrame:
        card, grid = _card()
        self._grids.append(grid)
        self.person.setAccessibleName("我的姓名")
        self.person.editingFinished.connect(self._name_given)
        self._person_note = label("记在修改历史里的经手人；只存在这台电脑上，不写进台账的设置", "quiet", wrap=True)
        _put(grid, 0, "我的姓名", self.person, self._person_note)
        return card

    def refresh(self) -> None:
        """Read the office's settings again; a line somebody is typing in is left alone."""
        if not self.person.hasFocus():
            self.person.setText(str(QSettings().value(ACTOR, "") or ""))
            self.person.setPlaceholderText(f"空着时写作“{self.office.actor}”（电脑账户名）")
        for line in self.lines.values():
            line.setReadOnly(self.read_only)
        self.ask(read_office, self._show)

    def _show(self, values: dict[str, str]) -> None:
        for key, line in self.lines.items():
            untouched = line.text() == self._kept.get(key, "")
            self._kept[key] = values[key]
            if untouched or not line.isModified():
                line.setText(values[key])
                self._note(key)

    def _typed(self, field: OfficeField, text: str) -> None:
        """What a day that is being typed means."""
        meant = understood(field.key, text)
        self._note(field.key, f"= {meant}" if meant and meant != text.strip() else "")

    def _note(self, key: str, text: str = "", light: str = "") -> None:
        field = next(one for one in OFFICE_FIELDS if one.key == key)
        self._notes[key].setText(text or field.hint)
        show_light(self._notes[key], light)

    def _left(self, field: OfficeField) -> None:
        """A line was left, or Enter pressed in it: save it, if it is another text now."""
        key, text = field.key, self.lines[field.key].text()
        if self.read_only or text.strip() == self._kept.get(key, "") or self._saving.get(key) == text:
            return
        insist = self._pointed_out.pop(key, None) == text
        self._saving[key] = text
        self.save(
            lambda ledger, actor: save_office(ledger, key, text, actor, insist=insist),
            lambda saved: self._saved(key, saved),
            lambda error: self._refused(key, text, error),
        )

    def _saved(self, key: str, saved: Saved | None) -> None:
        self._saving.pop(key, None)
        self.lines[key].setModified(False)
        self._note(key)
        if saved is None:
            self.lines[key].setText(self._kept.get(key, ""))

    def _refused(self, key: str, text: str, error: KnownError) -> None:
        self._saving.pop(key, None)
        self.tell("")
        self._note(key, said_of(error), "red")
        if only_pointed_out(error):
            self._pointed_out[key] = text

    def _name_given(self) -> None:
        """Keep the person's name on this computer."""
        name = " ".join(self.person.text().split())
        if name != str(QSettings().value(ACTOR, "") or ""):
            QSettings().setValue(ACTOR, name)
            self._person_note.setText(f"已记住：以后的修改都署“{self.office.actor}”")


def _card() -> tuple[QFrame, QGridLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    grid = QGridLayout(card)
    grid.setContentsMargins(16, 12, 16, 12)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(2, 1)
    grid.setColumnMinimumWidth(0, card.fontMetrics().horizontalAdvance("产业链名称") + 1)
    return card, grid


def _put(grid: QGridLayout, row: int, name: str, line: QLineEdit, note: QLabel) -> None:
    """One line of a card: its name, the line, and the note beside it; :func:`_arrange` may put the note below."""
    words = label(name)
    words.setBuddy(line)
    line.setMinimumWidth(_WIDTH)
    grid.addWidget(words, 2 * row, 0)
    grid.addWidget(line, 2 * row, 1)
    grid.addWidget(note, 2 * row, 2)


def _arrange(grid: QGridLayout, *, narrow: bool) -> None:
    """Notes stand beside their lines, or below them where there is no room beside."""
    for row in range(0, grid.rowCount(), 2):
        line = grid.itemAtPosition(row, 1)
        place = (row, 2) if narrow else (row + 1, 1)
        item = grid.itemAtPosition(*place)
        note = item.widget() if item is not None else None
        if line is not None and note is not None:
            grid.removeWidget(note)
            grid.addWidget(note, *((row + 1, 1) if narrow else (row, 2)))
