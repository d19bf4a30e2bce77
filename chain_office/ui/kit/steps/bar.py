"""Above the record: the steps that may be taken on what is selected, the usual ones as buttons, all of them in a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from chain_office.ui import keys
from chain_office.ui.icons import icon
from chain_office.ui.kit.elided import Elided
from chain_office.ui.kit.steps.words import MOST_USUAL, not_offered, titled, usual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.workflow import Verb
    from chain_office.queries.step_offers import Selected
    from chain_office.ui.palette import Palette


class StepBar(QFrame):
    """Keeps its height whatever is offered, so that nothing below it jumps."""

    chosen = Signal(str)
    """A step is wanted: its id."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "steps")
        self._palette = palette
        self._offered: tuple[Verb, ...] = ()
        self._problems: tuple[Selected, ...] = ()
        self.buttons = [QPushButton() for _ in range(MOST_USUAL)]
        self.more = QToolButton()
        self.more.setText("更多步骤")
        self.more.setIcon(icon("chevron-down", "text"))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setToolTip(keys.hint("列出现在能办的步骤", "steps"))
        self.more.clicked.connect(lambda: self.open_menu())
        self.said = Elided("quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(6)
        for button in self.buttons:
            button.clicked.connect(lambda _=False, pressed=button: self.chosen.emit(str(pressed.property("verb"))))
            row.addWidget(button)
        row.addWidget(self.more)
        row.addWidget(self.said, 1)
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.setAccessibleName("能办的步骤")
        self.show_steps((), ())

    def show_steps(self, offered: Sequence[Verb], problems: Sequence[Selected]) -> None:
        """These steps may be taken on all of these problems."""
        self._offered, self._problems = tuple(offered), tuple(problems)
        shown = usual(self._offered, self._problems)
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(shown))
            if place < len(shown):
                verb = shown[place]
                button.setText(verb.label)
                button.setProperty("verb", verb.id)
                _dress(button, primary=place == 0)
        self.more.setVisible(bool(problems))
        self.more.setEnabled(bool(offered) or bool(not_offered(offered, problems)))
        self._say()

    def _say(self) -> None:
        count = len(self._problems)
        rest = not_offered(self._offered, self._problems)
        words = ""
        if count > 1:
            words = f"已选 {count} 个" if self._offered else f"已选 {count} 个，没有能一起办的步骤"
        elif count == 1 and not self._offered:
            words = "没有要办的步骤"
        self.said.setText(words)
        self.said.setToolTip("\n".join(why for _, why in rest) if rest else words)

    @property
    def problems(self) -> tuple[Selected, ...]:
        """What the steps are offered for."""
        return self._problems

    @property
    def offered(self) -> tuple[Verb, ...]:
        """The steps that may be taken on all of it."""
        return self._offered

    def open_menu(self) -> None:
        """List the steps, each with its letter."""
        self.fill_menu()
        if not self.menu.isEmpty():
            self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
            first = self.menu.actions()[0]
            if first.isEnabled():
                self.menu.setActiveAction(first)

    def fill_menu(self) -> None:
        """What may be taken; what some of the problems stand in the way of says why."""
        self.menu.clear()
        for verb in self._offered:
            act = self.menu.addAction(titled(verb))
            act.triggered.connect(lambda _=False, wanted=verb.id: self.chosen.emit(wanted))
        rest = not_offered(self._offered, self._problems)
        if rest:
            self.menu.addSection("不能一起办的")
        for verb, why in rest:
            act = self.menu.addAction(verb.label)
            act.setEnabled(False)
            act.setToolTip(why)
        if len(self._problems) > 1:
            one_by_one = self.menu.addAction("其余步骤要一个问题一个问题地办")
            one_by_one.setEnabled(False)


def _dress(button: QPushButton, *, primary: bool) -> None:
    role = "primary" if primary else ""
    if button.property("role") != role:
        button.setProperty("role", role)
        button.style().unpolish(button)
        button.style().polish(button)
