"""One field of several records: choose it, say what it is to be, and change them all in one write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Faulty
from chain_office.domain.kinds import BadValue
from chain_office.services import editing
from chain_office.ui import keys
from chain_office.ui.kit.form.editors import make_editor
from chain_office.ui.kit.form.notice import Notice
from chain_office.ui.kit.form.surroundings import LedgerOffers, Surroundings
from chain_office.ui.kit.form.wrapped import Wrapped
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from chain_office.domain.forms import Form, Saved
    from chain_office.ui.kit.form.editor import Editor
    from chain_office.ui.office import Office

_ITS_OWN = {
    "enterprise": ("name", "short_name"),
    "project": ("name", "code"),
    "problem": ("text", "source_no"),
    "monthly_output": ("month",),
}
"""Fields that tell one record from another: several records never get the same."""


class BulkPane(QWidget):
    """批量修改. Emptying a field of many records is asked for with its own words."""

    saved = Signal(object)
    """A write was committed: the Saved."""
    left = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._offers = LedgerOffers(office, self)
        self._form: Form | None = None
        self._ids: tuple[str, ...] = ()
        self._editor: Editor | None = None
        self._saving = False
        self._title = Wrapped("批量修改", "title")
        self.fields = QComboBox()
        self.fields.setAccessibleName("要改哪一项")
        self.fields.setMaxVisibleItems(24)
        self.fields.currentIndexChanged.connect(lambda _row: self._choose())
        self._room = QVBoxLayout()
        self._room.setSpacing(4)
        self.notice = Notice()
        self.apply_button = QPushButton()
        self.apply_button.setProperty("role", "primary")
        self.apply_button.clicked.connect(lambda: self.apply())
        self.back_button = QPushButton("返回")
        self.back_button.clicked.connect(self.left)
        self.setMinimumWidth(300)
        self._lay_out()
        keys.shortcut("save", self, self.apply, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        self.setProperty("role", "form")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        buttons = QHBoxLayout()
        buttons.addWidget(self.apply_button)
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        inside = QVBoxLayout()
        inside.setContentsMargins(12, 8, 12, 12)
        inside.setSpacing(8)
        inside.addWidget(self._title)
        inside.addWidget(label("把这一项", "quiet"))
        inside.addWidget(self.fields)
        inside.addWidget(label("改成", "quiet"))
        inside.addLayout(self._room)
        inside.addSpacing(8)
        inside.addLayout(buttons)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addLayout(inside)

    def begin(self, table: str, ids: tuple[str, ...]) -> None:
        """Choose what to change in these records."""
        self._form, self._ids = editing.form(table), ids
        self.notice.hide()
        self._title.show_text(f"批量修改 {len(ids)} 条{self._form.noun}")
        self.apply_button.setText(f"应用到 {len(ids)} 条")
        kept = self.fields.currentData()
        self.fields.blockSignals(True)
        self.fields.clear()
        for field in self._form:
            if field.name not in {self._form.owner, *_ITS_OWN.get(table, ())} and not field.spec.kind.name.startswith(
                "credit_code"
            ):
                self.fields.addItem(field.spec.label, field.name)
        self.fields.setCurrentIndex(max(0, self.fields.findData(kept)))
        self.fields.blockSignals(False)
        self._choose()
        self.fields.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self) -> None:
        if self._form is None:
            return
        if self._editor is not None:
            self._editor.hide()
            self._editor.deleteLater()
        field = self._form.field(self.fields.currentData())
        self._editor = make_editor(field, Surroundings(self._office.as_of, self._offers))
        self._editor.went_on.connect(self.apply)
        self._room.addWidget(self._editor)
        self.setTabOrder(self.fields, self._editor.target)
        self.setTabOrder(self._editor.target, self.apply_button)
        self.notice.hide()

    @property
    def editor(self) -> Editor | None:
        """What the new value is typed into."""
        return self._editor

    def apply(self, *, accept: frozenset[str] = frozenset(), empty: bool = False) -> None:
        """Change the records. Nothing typed is asked about, not taken for "empty them all"."""
        form, editor = self._form, self._editor
        if form is None or editor is None or self._saving or editor.composing:
            return
        try:
            value = editor.value()
        except BadValue as problem:
            editor.doubt(problem, typing=False)
            editor.setFocus()
            return
        if value is None and not empty:
            words = f"“{editor.spec.label}”没有填。要把这 {len(self._ids)} 条的{editor.spec.label}都清空吗？可以撤销。"
            self.notice.tell(words, ("都清空", lambda: self.apply(empty=True)))
            return
        table, ids, name, actor = form.table, self._ids, editor.field.name, self._office.actor
        self._saving = True
        self.apply_button.setEnabled(False)
        self._office.work.ask(
            lambda ledger: editing.change_many(ledger, table, ids, name, value, actor, accept=accept),
            self._done,
            owner=self,
            failed=lambda error: self._refused(error, empty=empty),
        )

    def _done(self, saved: Saved) -> None:
        self._saving = False
        self.apply_button.setEnabled(True)
        self.saved.emit(saved)

    def _refused(self, error: Exception, *, empty: bool) -> None:
        self._saving = False
        self.apply_button.setEnabled(True)
        if not isinstance(error, KnownError):
            self._office.work.crashed.emit(error)
        elif isinstance(error, Faulty) and not any(fault.stops for fault in error.faults):
            names = frozenset(fault.name for fault in error.faults)
            words = "\n".join(fault.message for fault in error.faults)
            self.notice.tell(f"请看一眼：{words}", ("仍要修改", lambda: self.apply(accept=names, empty=empty)))
        elif isinstance(error, Faulty):
            self.notice.tell("\n".join(fault.message for fault in error.faults) + "\n一条都没有改。")
        else:
            self.notice.tell(error.message)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
