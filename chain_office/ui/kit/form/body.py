"""The fields of one record on the screen, as the layout of its table says."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chain_office.domain.forms import Fault
from chain_office.domain.kinds import BadValue
from chain_office.ui.kit.form.editors import make_editor
from chain_office.ui.kit.form.section_grid import SectionGrid, label_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent

    from chain_office.domain.forms import Form, FormField, Loaded
    from chain_office.ui.kit.form.editor import Editor
    from chain_office.ui.kit.form.surroundings import Surroundings

Layout = tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
"""Section title → rows of field names, one or two fields a row."""

_HAND_OVER = "assigned_day"
"""The field a deadline counts from."""
_ABOUT = "approximate"
"""The field that says an amount is 约 or 余."""


class FormBody(QWidget):
    """Editors in sections."""

    changed = Signal()

    def __init__(self, form: Form, layout: Layout, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = form
        self._new = True
        self._beside: Mapping[str, object] = {}
        self.around = around
        self.editors: dict[str, Editor] = {}
        self._sections: list[SectionGrid] = []
        self.setProperty("role", "form")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(16)
        made = [
            (title, [[self._make(name) for name in row] for row in rows]) for title, rows in _complete(form, layout)
        ]
        width = label_width(tuple(self.editors.values()))
        for title, editors in made:
            section = SectionGrid(title, editors, width)
            self._sections.append(section)
            column.addWidget(section)
        column.addStretch(1)
        self._order()
        around.anchor = self._anchor

    def _make(self, name: str) -> Editor:
        editor = self.editor_of(self.form.field(name))
        editor.changed.connect(self.changed)
        editor.went_on.connect(self.focusNextChild)
        amount = editor.spec.kind.name == "money" and editor.spec.weight != "other"
        if amount and any(field.name == _ABOUT for field in self.form):
            editor.keeps_about = True
            editor.changed.connect(lambda: self._note_about(editor))
        self.editors[name] = editor
        return editor

    def _note_about(self, editor: Editor) -> None:
        """An amount typed with 约 or 余 says so in the field there is for it; an answer given by hand stays."""
        about = self.editors.get(_ABOUT)
        if about is None:
            return
        try:
            approximate = editor.touched and editor.reading().approximate
        except BadValue:
            return
        if approximate and about.text() != "是":
            about.put_value(value=True)

    def editor_of(self, field: FormField) -> Editor:
        """What a field is edited with here."""
        return make_editor(field, self.around)

    def _order(self) -> None:
        boxes = [editor.target for editor in self.editors.values()]
        for before, after in itertools.pairwise(boxes):
            QWidget.setTabOrder(before, after)

    def _anchor(self) -> date | None:
        editor = self.editors.get(_HAND_OVER)
        try:
            found = editor.value() if editor is not None else self._beside.get(_HAND_OVER)
        except BadValue:
            return None
        return found if isinstance(found, date) else None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Two fields beside each other where there is room."""
        super().resizeEvent(event)
        for section in self._sections:
            section.arrange(event.size().width())

    # The record.

    def fill(self, loaded: Loaded) -> None:
        """Show a record. Whose part it is cannot be changed."""
        self._new = not loaded.row_id
        self._beside = loaded.beside
        for name, editor in self.editors.items():
            editor.set_value(loaded.values.get(name), loaded.links.get(name))
        owner = self.editors.get(self.form.owner)
        if owner is not None and loaded.values.get(self.form.owner):
            owner.freeze()

    def rebase(self, loaded: Loaded) -> None:
        """The record as it stands now under what was typed."""
        for name, editor in self.editors.items():
            editor.rebase(loaded.values.get(name), loaded.links.get(name))

    @property
    def is_new(self) -> bool:
        """Whether the record is not in the ledger yet."""
        return self._new

    @property
    def touched(self) -> bool:
        """Whether anything was changed."""
        return any(editor.touched for editor in self.editors.values())

    @property
    def composing(self) -> bool:
        """Whether an input method is at work in a box."""
        return any(editor.composing for editor in self.editors.values())

    def changes(self) -> tuple[dict[str, object], tuple[Fault, ...]]:
        """The values of the fields that were touched, and what cannot be read."""
        values: dict[str, object] = {}
        faults: list[Fault] = []
        for name, editor in self.editors.items():
            if not editor.touched:
                continue
            try:
                values[name] = editor.value()
            except BadValue as problem:
                faults.append(Fault(name, editor.doubt(problem, typing=False)))
        faults += self._missing()
        return values, tuple(faults)

    def _missing(self) -> list[Fault]:
        return [
            Fault(name, f"请填写{editor.spec.label}")
            for name, editor in self.editors.items()
            if editor.field.required and not editor.text().strip() and (self._new or editor.touched)
        ]

    def drafts(self) -> dict[str, str]:
        """The texts of the fields that were touched."""
        return {name: editor.draft() for name, editor in self.editors.items() if editor.touched}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put back the texts of a draft."""
        for name, text in texts.items():
            if name in self.editors:
                self.editors[name].restore(text)

    # Where the cursor goes.

    def focus_first(self, *, empty: bool) -> None:
        """To the first field, or to the first that is still empty."""
        able = [editor for editor in self.editors.values() if editor.isEnabled()]
        wanted = [editor for editor in able if not editor.text()] if empty else able
        for editor in [*wanted, *able][:1]:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)  # nothing selected: a stray key replaces nothing

    def complain(self, faults: tuple[Fault, ...]) -> Editor | None:
        """Say what is wrong beside each field; gives the first of them in the order of the form."""
        by_name: dict[str, list[Fault]] = {}
        for fault in faults:
            by_name.setdefault(fault.name, []).append(fault)
        wrong = [editor for name, editor in self.editors.items() if name in by_name]
        for editor in wrong:
            found = by_name[editor.field.name]
            editor.complain("；".join(one.message for one in found), stops=any(one.stops for one in found))
        return wrong[0] if wrong else None


def _complete(form: Form, layout: Layout) -> Layout:
    """The layout with only fields the form has, and with those it forgot at the end: none is ever out of reach."""
    known = {field.name for field in form}
    placed = {name for _, rows in layout for row in rows for name in row}
    kept = [
        (title, tuple(row for names in rows if (row := tuple(name for name in names if name in known))))
        for title, rows in layout
    ]
    rest = tuple((field.name,) for field in form if field.name not in placed)
    return tuple((title, rows) for title, rows in (*kept, ("其他", rest)) if rows)
