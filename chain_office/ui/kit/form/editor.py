"""What every editor is: a box, a quiet line saying what was understood, and small buttons where something is asked."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.domain.kinds import BadValue, Reading
from chain_office.ui.kit.form.understood import box_text, hint, read, remarks, with_unit, words
from chain_office.ui.kit.form.wrapped import Wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.domain.forms import FormField, Option
    from chain_office.ui.kit.form.composing import Line, Paragraph
    from chain_office.ui.kit.form.surroundings import Surroundings

_MOST_ANSWERS = 6


class Editor(QWidget):
    """One field of a form. ``wide``: it takes the form's whole width, its label above it."""

    wide = False
    changed = Signal()
    """The text changed, and no composition is under way."""
    went_on = Signal()
    """Enter: on to the next field."""

    def __init__(self, field: FormField, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.spec = field.spec
        self.around = around
        self._base = ""
        self._filling = False
        self.keeps_about = False
        """Whether the form keeps that an amount was written with 约 or 余."""
        self._choices: tuple[str, ...] = ()
        self._unit = False
        self._state = "quiet"
        self._said: Wrapped | None = None
        self._asked: _Answers | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.target = box = self.build()
        box.setAccessibleName(f"{self.spec.label}，必填" if field.required else self.spec.label)
        self.setFocusProxy(box)
        self._column.addWidget(box)

    # What each kind of editor says for itself.

    @abstractmethod
    def build(self) -> QWidget:
        """Make the box; called once, and the box gets the focus."""

    @abstractmethod
    def text(self) -> str:
        """What stands in the box."""

    @abstractmethod
    def write(self, text: str) -> None:
        """Put a text into the box, as typing it would."""

    @property
    def composing(self) -> bool:
        """Whether an input method is at work in the box."""
        return False

    # What the form asks.

    @property
    def touched(self) -> bool:
        """Whether the box says something else than the record did."""
        return self.text() != self._base

    def reading(self) -> Reading:
        """What the text says. Raises :class:`BadValue`."""
        return read(self.spec, self.text(), self.around.context(self.spec), self.around.calendar)

    def value(self) -> object | None:
        """The value to store. Raises :class:`BadValue`."""
        return self.reading().value

    def set_value(self, value: object | None, option: Option | None = None) -> None:  # noqa: ARG002 - links have one
        """Show a stored value; it counts as untouched."""
        self._filling = True
        self.write(box_text(self.spec, value))
        self._base = self.text()
        self._filling = False
        self.hush()

    def put_value(self, value: object | None, option: Option | None = None) -> None:  # noqa: ARG002 - links have one
        """Show a value as if it had been typed."""
        self.write(box_text(self.spec, value))

    def rebase(self, value: object | None, option: Option | None = None) -> None:
        """The record says something else now: what was typed stays, what was not follows it."""
        typed = self.text() if self.touched else None
        self.set_value(value, option)
        if typed is not None:
            self.write(typed)

    def freeze(self) -> None:
        """What it shows cannot be changed here."""
        self.setEnabled(False)

    def draft(self) -> str:
        """What a draft keeps of it."""
        return self.text()

    def restore(self, text: str) -> None:
        """Put back what a draft kept; it counts as typed."""
        self.write(text)

    # What is said beside the box.

    def hush(self) -> None:
        """Say nothing."""
        self.say("")

    def say(self, text: str, role: str = "quiet", *, ask: tuple[str, ...] = (), unit: bool = False) -> None:
        """One line under the box: quiet, "wrong" or "doubtful", for screen readers too. ``ask``: answers to choose from."""
        self._ask(ask, unit=unit)
        if text or self._said is not None:
            note = self.note
            note.show_text(text)
            note.setVisible(bool(text))
            restyle(note, "role", role)
        if role != self._state:
            self._state = role
            restyle(self.target, "state", role)
        self.target.setAccessibleDescription(text or hint(self.spec))

    @property
    def note(self) -> Wrapped:
        """The line under the box, made when there is something to say."""
        if self._said is None:
            self._said = Wrapped("", "quiet")
            self._said.hide()
            self._column.insertWidget(1, self._said)
        return self._said

    @property
    def answers(self) -> tuple[QPushButton, ...]:
        """The buttons under the box."""
        return self._asked.buttons if self._asked is not None and not self._asked.isHidden() else ()

    def complain(self, message: str, *, stops: bool = True) -> None:
        """What is wrong with the field, or only doubtful; the answers on offer stay."""
        if stops and self.note.text().startswith(message):
            self.say(self.note.text(), "wrong", ask=self._choices, unit=self._unit)
        else:
            self.say(message, "wrong" if stops else "doubtful")

    def settle(self) -> None:
        """The cursor left: the text as it will be stored, or what is wrong with it."""
        if not self.touched:
            self.hush()
            return
        try:
            reading = self.reading()
        except BadValue as problem:
            self.doubt(problem, typing=False)
            return
        if reading.value is None or reading.note or reading.approximate:
            self.say(words(self.spec, self.text(), reading, keeps_about=self.keeps_about))
            return
        self._filling = True
        self.write(box_text(self.spec, reading.value))
        self._filling = False
        self.say("；".join(remarks(reading)))

    def follow(self) -> None:
        """The text changed: say what it says so far."""
        if self._filling:
            return
        if not self.text().strip() or not self.touched:
            self.hush()
        else:
            try:
                self.say(words(self.spec, self.text(), self.reading(), keeps_about=self.keeps_about))
            except BadValue as problem:
                self.doubt(problem, typing=True)
        self.changed.emit()

    def doubt(self, problem: BadValue, *, typing: bool) -> str:
        """A text that is not a value: while it is being typed, how to write one; afterwards what is wrong; always the
        answers to choose from where there are any. Gives what it said."""
        role = "quiet" if typing else "wrong"
        if problem.choices:
            unit = problem.topic == "unit"
            said = f"{problem.reason.partition('（')[0]}，请选一个" if unit else problem.reason
            self.say(said, role, ask=problem.choices, unit=unit)
        else:
            ways = hint(self.spec)
            full = f"{problem.reason}；{ways}" if ways.startswith("可写") else problem.reason
            said = (ways if typing else full) or problem.reason
            self.say(said, role)
        return said

    def _ask(self, choices: tuple[str, ...], *, unit: bool) -> None:
        if choices == self._choices:
            return  # a button that is being pressed stays
        self._choices, self._unit = choices, unit
        if self._asked is None:
            self._asked = _Answers()
            self._column.addWidget(self._asked)
        self._asked.offer(choices, self.spec.label, lambda choice: self._answer(choice, unit=unit))
        before = self.target
        for button in self._asked.buttons:
            QWidget.setTabOrder(before, button)
            before = button

    def _answer(self, choice: str, *, unit: bool) -> None:
        text = with_unit(self.spec, self.text(), choice, self.around.context(self.spec)) if unit else choice
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.write(text)


class BoxEditor(Editor):
    """An editor around a text box."""

    box: Line | Paragraph

    @property
    def composing(self) -> bool:
        """Whether an input method is at work in the box."""
        return self.box.composing

    def write(self, text: str) -> None:
        """Put a text into the box."""
        self.box.put(text)

    def listen(self) -> None:
        """Follow the box."""
        self.box.settled.connect(self.follow)
        self.box.left.connect(self.settle)


class _Answers(QWidget):
    """Small buttons in a row."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: tuple[QPushButton, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)

    def offer(self, choices: tuple[str, ...], what: str, take: Callable[[str], None]) -> None:
        """Offer these, or nothing."""
        while (item := self._row.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.buttons = tuple(QPushButton(choice) for choice in choices[:_MOST_ANSWERS])
        for choice, button in zip(choices, self.buttons, strict=False):
            button.setProperty("role", "chip")
            button.setAccessibleName(f"{what}：{choice}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, choice=choice: take(choice))
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.setVisible(bool(choices))


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Give a widget another look of the style sheet."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
