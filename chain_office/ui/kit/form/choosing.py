"""Editors that offer: a row of another table, one of a fixed set, or words any of which may be overwritten. Typing looks in
names, 简称, pinyin initials and codes; the list never takes the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from chain_office.domain.forms import Option
from chain_office.domain.kinds import BadValue, Reading
from chain_office.domain.textkinds import ChoiceKind
from chain_office.ui.icons import icon
from chain_office.ui.kit.form.lines import LineEditor
from chain_office.ui.kit.form.offered import Offered, typed_key
from chain_office.ui.kit.form.popup import FETCHED, Popup

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_TAKES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_HELD = frozenset({*_MOVES, *_TAKES, Qt.Key.Key_Escape})


class OfferingEditor(LineEditor):
    """A line with a list under it. ``free``: any other text is kept too."""

    free = False

    def build(self) -> QWidget:
        """A line whose keys the list may take."""
        box = super().build()
        self.offered = Offered()
        self._wanted = self._everything = self._walked = False
        self._popup: Popup | None = None
        self.box.keys = self._key
        self.box.held = lambda key: self.is_open and key in _HELD
        self.box.entered.connect(self._fetch)
        self._arrow = self.box.addAction(icon("chevron-down", "quiet"), QLineEdit.ActionPosition.TrailingPosition)
        self._arrow.setToolTip("列出可选的")
        self._arrow.triggered.connect(lambda: self._drop_down())
        return box

    def freeze(self) -> None:
        """Nothing to choose."""
        super().freeze()
        self._arrow.setVisible(False)

    def _drop_down(self) -> None:
        """The sign at the end was clicked."""
        if self.is_open:
            self._close()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.open_list(everything=True)

    @property
    def popup(self) -> Popup:
        """The list, made when it is first wanted."""
        if self._popup is None:
            self._popup = Popup(self.box)
            self._popup.chosen.connect(self._take)
        return self._popup

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._popup is not None and self._popup.isVisible()

    def _close(self) -> None:
        if self._popup is not None:
            self._popup.close_list()

    def load(self) -> None:
        """Ask for what can be chosen."""
        words = self.choices
        self.around.offers.words(words, self._arrived)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words of the set."""
        kind = self.spec.kind
        if isinstance(kind, ChoiceKind) and not self.spec.choices:
            return tuple(choice.label for choice in kind.choices)
        return self.spec.choices

    def _fetch(self) -> None:
        if not self.offered.options:
            self.load()

    def _arrived(self, offered: Offered) -> None:
        self.offered = offered
        if self._wanted and offered.options:
            self.open_list(everything=self._everything)

    def open_list(self, *, everything: bool = False) -> None:
        """Show what fits the text; ``everything``: the whole list, as a click on the arrow asks."""
        if not self.offered.options:
            self._wanted = True
            self._everything = everything
            self._fetch()
            return
        self._wanted = self._walked = False
        typed = "" if everything else self.box.text()
        places = self.offered.find(typed)
        if self.free and not places:
            self._close()
            return
        at = self.at if everything else None
        if at is not None and at >= FETCHED:  # far down: it stands first instead of fetching all before it
            places, at = [at, *places], 0
        self.popup.offer(self.offered, places, self._foot(len(places)), at or 0)

    @property
    def at(self) -> int | None:
        """Which of the options the text names, None while something else stands there."""
        text = self.text()
        return next((place for place, one in enumerate(self.offered.options) if one.label == text), None)

    def _foot(self, number: int) -> str:
        if not number:
            return "没有符合的"
        return f"符合 {number} 个，可接着输入" if number > 9 else ""

    # Typing and keys.

    def follow(self) -> None:
        """Typing opens the list; an emptied box closes it."""
        super().follow()
        if not self._filling:
            self._look()

    def _look(self) -> None:
        if not self.box.hasFocus():
            return
        if self.box.text().strip():
            self.open_list()
        else:
            self._close()

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not self.is_open:
            opens = key in {Qt.Key.Key_Down, Qt.Key.Key_F4} and (
                plain or event.modifiers() == Qt.KeyboardModifier.AltModifier
            )
            if opens:
                self.open_list(everything=self.at is not None or not self.touched)
            return opens
        if key in _MOVES and plain:
            self._walked = True
            self.popup.move_by(_MOVES[Qt.Key(key)])
            return True
        if key == Qt.Key.Key_Escape:
            self._close()
            return True
        if key in _TAKES and plain and (option := self.popup.current) is not None and (self._walked or not self.free):
            self._take(option)
            return True
        return False

    def _take(self, option: object) -> None:
        if isinstance(option, Option):
            self._filling = True
            self.write(option.label)
            self._filling = False
            self._close()
            self.hush()
            self.changed.emit()

    def settle(self) -> None:
        """The cursor left: the list goes; the one thing the text can mean is taken."""
        self._close()
        self._wanted = False
        super().settle()


class FreeChoiceEditor(OfferingEditor):
    """Words are offered; any other text is kept."""

    free = True


class FixedChoiceEditor(OfferingEditor):
    """One of a fixed set."""

    def reading(self) -> Reading:
        """The choice that is named, or the only one the text can mean. Raises :class:`BadValue`."""
        text = self.text().strip()
        if not text:
            return Reading(None)
        label = self._meant(text)
        if isinstance(self.spec.kind, ChoiceKind):
            return super().reading() if label is None else self.spec.kind.parse(label)
        if label is None:
            reason = f"“{text}”不在可选项中（{'、'.join(self.choices[:8])}）"
            raise BadValue(reason, choices=self.choices if len(self.choices) <= 6 else ())
        return Reading(label)

    def _meant(self, text: str) -> str | None:
        key = typed_key(text)
        same = [choice for choice in self.choices if typed_key(choice) == key]
        if not same and self.offered.options:
            same = [self.offered.options[place].label for place in self.offered.find(text)]
        return same[0] if len(same) == 1 else None

    def set_value(self, value: object | None, option: Option | None = None) -> None:
        """Show the label; a word that is no longer among the choices stays as it is."""
        super().set_value(value, option)
        self._kept = value

    def value(self) -> object | None:
        """The id or word; what was there and was not touched is left alone."""
        return super().value() if self.touched else self._kept
