"""The three criteria: a row each, with the verdict on a key, the basis beside it, and what others said below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QToolButton, QWidget

from chain_office.domain import values
from chain_office.domain.forms import FormField
from chain_office.domain.screening import CRITERIA, VERDICTS, following
from chain_office.domain.specs import FieldSpec
from chain_office.domain.steps import Verdict
from chain_office.ui import keys
from chain_office.ui.kit.form.choosing import FreeChoiceEditor
from chain_office.ui.kit.form.editor import restyle
from chain_office.ui.kit.form.offered import Offered
from chain_office.ui.kit.form.surroundings import Surroundings
from chain_office.ui.kit.form.wrapped import Wrapped
from chain_office.ui.kit.labels import label, show_light

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QKeyEvent

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Phrases:
    """The phrases of one criterion and verdict, fetched when the box is entered."""

    def __init__(self, fetch: Callable[[Callable[[Offered], None]], None]) -> None:
        self._fetch = fetch

    def rows(self, table: str, take: Callable[[Offered], None]) -> None:
        """A basis names no rows."""

    def words(self, words: tuple[str, ...], take: Callable[[Offered], None]) -> None:  # noqa: ARG002 - the office's own
        """The phrases, when they have come."""
        self._fetch(take)


class BasisEditor(FreeChoiceEditor):
    """One line, with the office's phrases under it. Initials take the first phrase that fits; any other text is kept."""

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTER and not self.box.composing:
            typed = self.box.text().strip()
            option = self.popup.current if self.is_open else None
            if option is not None and (self._walked or (typed.isascii() and typed.isalpha())):
                self._take(option)
            self._close()
            self.went_on.emit()
            return True
        return super()._key(event)

    def forget(self) -> None:
        """What is offered belongs to another verdict or problem."""
        self.offered = Offered()
        self._close()


class Row(QObject):
    """One criterion. ``said``: what this screener answered."""

    answered = Signal(str)
    """The criterion was answered on the row (with the mouse or a key)."""
    written = Signal(str)
    """Its basis was written."""
    finished = Signal()
    """Enter in the basis: back to the bench."""

    def __init__(self, criterion: str, place: int, day: date, fetch: Callable[..., None], parent: QWidget) -> None:
        super().__init__(parent)
        self.criterion = criterion
        self.said = Verdict(criterion, "")
        self._of = ""
        self.key = label(keys.key("answer_criterion").keys[place], "key")
        self.word = label(CRITERIA[criterion], "section")
        self.buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        for verdict, word in VERDICTS.items():
            button = QToolButton()
            button.setText(word)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(f"{CRITERIA[criterion]}：{word}")
            button.clicked.connect(lambda _=False, verdict=verdict: self.answer(verdict))
            self.buttons[verdict] = button
            self._group.addButton(button)
        field = FormField(FieldSpec("basis", f"{CRITERIA[criterion]}的依据", values.TEXT))
        phrases = Phrases(lambda take: fetch(criterion, self.said.verdict, take))
        self.basis = BasisEditor(field, Surroundings(day, phrases))
        self.basis.box.setPlaceholderText(f"依据（{keys.key('write_basis').keys[place]}），可打拼音首字母")
        self.basis.went_on.connect(self._done)
        self.basis.box.left.connect(self._left)
        self.others = Wrapped("", "quiet")

    def show_verdict(self, said: Verdict, others: tuple[Verdict, ...], of: str) -> None:
        """Show this screener's answer, and what the others said. ``of``: which candidate's (and its category), so that a
        basis being written stays when the same is read again."""
        same = of == self._of
        if not same or said.verdict != self.said.verdict:
            self.basis.forget()
        self._of, self.said = of, said
        for verdict, button in self.buttons.items():
            button.setChecked(verdict == said.verdict)
            restyle(button, "role", "primary" if verdict == said.verdict else "")
        if not self.basis.box.hasFocus() or not same:
            self.basis.set_value(said.basis or None)
        differ = [one for one in others if said.verdict and one.verdict and one.verdict != said.verdict]
        self.others.show_text("；".join(told(one) for one in others))
        self.others.setVisible(bool(others))
        show_light(self.others, "amber" if differ else "")

    def answer(self, verdict: str = "") -> None:
        """Answer with this verdict, or with the next one; the one that stands is taken back by giving it again."""
        wanted = verdict or following(self.said.verdict)
        if verdict and verdict == self.said.verdict:
            wanted = ""
        self._say(wanted, self.text())
        self.answered.emit(self.criterion)

    def _say(self, verdict: str, basis: str) -> None:
        changed = verdict != self.said.verdict
        self.said = Verdict(self.criterion, verdict, basis, self.said.officer, self.said.day)
        for one, button in self.buttons.items():
            button.setChecked(one == verdict)
            restyle(button, "role", "primary" if one == verdict else "")
        if changed:
            self.basis.forget()

    def text(self) -> str:
        """The basis as it stands."""
        return self.basis.text().strip()

    def _done(self) -> None:
        self._left()
        self.finished.emit()

    def _left(self) -> None:
        if self.text() != self.said.basis:
            self._say(self.said.verdict, self.text())
            self.written.emit(self.criterion)


class Criteria(QWidget):
    """The three rows."""

    changed = Signal(str)
    """This screener's answer or basis of a criterion is another one."""
    finished = Signal()

    def __init__(self, day: date, fetch: Callable[..., None]) -> None:
        super().__init__()
        self.rows: dict[str, Row] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 4, 12, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for place, criterion in enumerate(CRITERIA):
            row = self.rows[criterion] = Row(criterion, place, day, fetch, self)
            row.answered.connect(self.changed)
            row.written.connect(self.changed)
            row.finished.connect(self.finished)
            at = 2 * place
            for column, widget in enumerate((row.key, row.word, *row.buttons.values(), row.basis)):
                grid.addWidget(
                    widget,
                    at,
                    column,
                    Qt.AlignmentFlag.AlignTop if widget is row.basis else Qt.AlignmentFlag.AlignVCenter,
                )
            grid.addWidget(row.others, at + 1, 1, 1, 2 + len(row.buttons))
        grid.setColumnStretch(2 + len(VERDICTS), 1)

    def show_verdicts(self, officer: str, every: tuple[Verdict, ...], of: str) -> None:
        """Show what was said of a candidate."""
        for criterion, row in self.rows.items():
            here = [one for one in every if one.criterion == criterion]
            mine = next((one for one in here if one.officer == officer), Verdict(criterion, "", "", officer))
            row.show_verdict(mine, tuple(one for one in here if one.officer != officer), of)

    def verdicts(self) -> dict[str, Verdict]:
        """This screener's answers as they stand on the screen."""
        return {
            criterion: Verdict(criterion, row.said.verdict, row.text(), row.said.officer, row.said.day)
            for criterion, row in self.rows.items()
        }

    def write_basis(self, place: int) -> None:
        """Put the cursor into the basis of a criterion."""
        row = list(self.rows.values())[place]
        row.basis.setFocus(Qt.FocusReason.ShortcutFocusReason)
        row.basis.open_list(everything=not row.text())

    @property
    def composing(self) -> bool:
        """Whether an input method is at work in a basis."""
        return any(row.basis.composing for row in self.rows.values())


def told(one: Verdict) -> str:
    """What somebody said: 张三：否 – 依据（2021-11-19）."""
    basis = f" – {one.basis}" if one.basis else ""
    day = f"（{one.day.isoformat()}）" if one.day else ""
    return f"{one.officer or '未署名'}：{VERDICTS.get(one.verdict, '未定')}{basis}{day}"
