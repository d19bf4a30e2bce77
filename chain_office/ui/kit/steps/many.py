"""Several rows of one table: each chosen by typing as a single link is, and shown as a word that can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from chain_office.domain.forms import Option
from chain_office.domain.kinds import BadValue, Reading
from chain_office.ui.icons import icon
from chain_office.ui.kit.flow import Flow
from chain_office.ui.kit.form.choosing import OfferingEditor
from chain_office.ui.kit.form.offered import Offered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

    from chain_office.domain.forms import FormField
    from chain_office.ui.kit.form.surroundings import Surroundings

_BETWEEN = "\n"


class ManyEditor(OfferingEditor):
    """Its value is the ids in the order they were chosen. Backspace in the empty line takes the last one away."""

    def __init__(self, field: FormField, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self._shown: list[QPushButton] = []
        self._chips = Flow(4)
        self._chips.hide()
        self._column.insertWidget(0, self._chips)

    def build(self) -> QWidget:
        """A line that offers what is not chosen yet."""
        self._chosen: tuple[Option, ...] = ()
        self._first: tuple[str, ...] = ()
        self._everyone: tuple[Option, ...] = ()
        box = super().build()
        self.box.setPlaceholderText("可选多个：名称或拼音首字母")
        return box

    def load(self) -> None:
        """Ask for the rows."""
        self.around.offers.rows(self.field.link, self._arrived)

    def _arrived(self, offered: Offered) -> None:
        self._everyone = offered.options
        super()._arrived(self._left())

    def _left(self) -> Offered:
        """What is not chosen yet."""
        taken = {one.id for one in self._chosen}
        return Offered.of(one for one in self._everyone if one.id not in taken)

    # What is chosen.

    @property
    def chosen(self) -> tuple[Option, ...]:
        """The rows chosen, in their order."""
        return self._chosen

    def set_value(self, value: object | None, option: Option | None = None) -> None:  # noqa: ARG002 - as every editor
        """Show the rows with these ids; it counts as untouched."""
        wanted = [str(one) for one in value] if isinstance(value, (tuple, list)) else []
        self._first = tuple(wanted)
        self._filling = True
        self.write("")
        self._filling = False
        if wanted:
            self.around.offers.rows(self.field.link, lambda offered: self._find(offered, wanted))
        else:
            self._choose(())
        self.hush()

    def _find(self, offered: Offered, ids: Iterable[str]) -> None:
        self._everyone = offered.options
        self._choose(option for one in ids if (option := offered.by_id(one)) is not None)

    def _choose(self, options: Iterable[Option]) -> None:
        self._chosen = tuple(dict.fromkeys(options))
        if self._everyone:
            self.offered = self._left()
        self._show_chips()

    def _show_chips(self) -> None:
        for gone in self._shown:
            self._chips.drop(gone)
        self._shown = []
        for one in self._chosen:
            chip = QPushButton(icon("x", "quiet"), one.label)
            chip.setProperty("role", "chip")
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setAccessibleName(f"去掉{one.label}")
            chip.setToolTip(f"去掉{one.label}")
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(lambda _=False, gone=one: self._remove(gone))
            self._chips.add(chip)
            self._shown.append(chip)
        self._chips.setVisible(bool(self._chosen))
        self.box.setAccessibleDescription(
            "已选：" + "、".join(one.label for one in self._chosen) if self._chosen else ""
        )

    def _remove(self, option: Option) -> None:
        self._choose(one for one in self._chosen if one.id != option.id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _take(self, option: object) -> None:
        if isinstance(option, Option):
            self._choose((*self._chosen, option))
            self._filling = True
            self.write("")
            self._filling = False
            self._close()
            self.hush()
            self.changed.emit()

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Backspace and not self.box.text() and self._chosen:
            self._remove(self._chosen[-1])
            return True
        return super()._key(event)

    # What the form asks.

    @property
    def touched(self) -> bool:
        """Whether others are chosen than at first, or text stands there that chose none."""
        return tuple(one.id for one in self._chosen) != self._first or bool(self.box.text().strip())

    def text(self) -> str:
        """The names, and what is being typed."""
        return "、".join([*(one.label for one in self._chosen), *filter(None, [self.box.text()])])

    def reading(self) -> Reading:
        """The ids. Raises :class:`BadValue` for text that chose none."""
        typed = self.box.text().strip()
        ids = [one.id for one in self._chosen]
        if typed:
            found = self.offered.find(typed)
            exact = self.offered.options[found[0]] if len(found) == 1 else self.offered.exact(typed)
            if exact is None:
                many = f"符合“{typed}”的有 {len(found)} 个，请从列表里选一个"
                raise BadValue(many if found else f"没有找到“{typed}”，请换个字，或输入拼音首字母")
            ids.append(exact.id)
        return Reading(tuple(ids))

    def doubt(self, problem: BadValue, *, typing: bool) -> str:
        """While it is being typed the list says enough."""
        if not typing:
            return super().doubt(problem, typing=typing)
        self.hush()
        return ""

    def follow(self) -> None:
        """Typing opens the list."""
        if self._filling:
            return
        self.hush()
        self.changed.emit()
        self._look()

    def settle(self) -> None:
        """The cursor left: the only row that fits is taken."""
        self._close()
        self._wanted = False
        if not self.box.text().strip():
            return
        try:
            wanted = self.reading().value
        except BadValue as problem:
            self.doubt(problem, typing=False)
            return
        assert isinstance(wanted, tuple)
        self._take(next((one for one in self.offered.options if one.id == wanted[-1]), None))

    # Drafts.

    def draft(self) -> str:
        """The ids, one a line, and what was typed behind them."""
        return _BETWEEN.join([*(one.id for one in self._chosen), self.box.text()])

    def restore(self, text: str) -> None:
        """Put back what a draft kept."""
        *ids, typed = text.split(_BETWEEN)
        self.around.offers.rows(self.field.link, lambda offered: self._find(offered, ids))
        self.write(typed)
        self.changed.emit()
