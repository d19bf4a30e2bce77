"""The decision: what the verdicts speak for, a key for each way it may go, and the form of those that need words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from chain_office.domain.screening import DECISIONS
from chain_office.domain.workflow import VERBS
from chain_office.ui import keys
from chain_office.ui.kit.form.editor import restyle
from chain_office.ui.kit.form.surroundings import LedgerOffers, Surroundings
from chain_office.ui.kit.form.wrapped import Wrapped
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.steps.body import StepBody

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from chain_office.domain.forms import Fault
    from chain_office.domain.screening import Suggestion
    from chain_office.domain.steps import StepForm
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.ui.office import Office

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Decisions(QWidget):
    """A button for each decision; the suggested one stands out, and Enter takes it."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.suggested = ""
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout()
        row.setSpacing(6)
        for verb, key in zip(DECISIONS, keys.key("decide").keys, strict=True):
            button = QToolButton()
            button.setText(f"{VERBS[verb].label} {key}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(f"{VERBS[verb].label}（{key}）")
            button.clicked.connect(lambda _=False, verb=verb: self.chosen.emit(verb))
            self.buttons[verb] = button
            row.addWidget(button)
        row.addStretch(1)
        self.says = Wrapped("", "section")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(6)
        column.addWidget(self.says)
        column.addLayout(row)

    def suggest(self, found: Suggestion, differing: str) -> None:
        """What the verdicts speak for; ``differing``: who said otherwise."""
        self.suggested = found.verb
        ready = f"建议：{VERBS[found.verb].label}（{found.why}），回车确认" if found.verb else found.why
        self.tell("。".join(part for part in (ready, differing) if part), "amber" if differing else "")
        for verb, button in self.buttons.items():
            restyle(button, "role", "primary" if verb == found.verb else "")

    def tell(self, sentence: str, light: str = "") -> None:
        """Say something beside the buttons."""
        self.says.show_text(sentence)
        show_light(self.says, light)

    def allow(self, *, on: bool) -> None:
        """Nothing is decided in a ledger that is read-only."""
        for button in self.buttons.values():
            button.setEnabled(on)


class DecisionForm(QWidget):
    """The form of a decision that needs words, beside the candidate."""

    confirmed = Signal()
    left = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._offers = LedgerOffers(office, self)
        self.verb = ""
        self.body: StepBody | None = None
        self.title = label("", "title")
        self.notes = Wrapped("", "quiet")
        self.wrong = Wrapped("", "wrong")
        self.confirm = QPushButton("确认（Ctrl+回车）")
        self.confirm.setProperty("role", "primary")
        self.confirm.clicked.connect(self.confirmed)
        self.back = QPushButton("返回（Esc）")
        self.back.clicked.connect(self.left)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.addWidget(self.confirm)
        foot.addWidget(self.back)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 0, 0)
        column.setSpacing(6)
        for widget in (self.title, self.notes, self.wrong):
            column.addWidget(widget)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        keys.shortcut("save", self, self.confirmed.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def open(self, opened: StepForm, calendar: WorkCalendar, what: str) -> None:
        """Show the form of a step."""
        self.verb = opened.verb.id
        body = StepBody(opened, Surroundings(self._office.as_of, self._offers, calendar))
        self._area.setWidget(body)  # the one before goes with it
        self.body = body
        self.title.setText(f"{opened.verb.label}　{what}")
        self.notes.show_text("；".join(opened.notes))
        self.notes.setVisible(bool(opened.notes))
        self.complain(())
        body.focus_first(empty=False)

    def complain(self, faults: tuple[Fault, ...]) -> None:
        """Say what is wrong, beside each field and above them."""
        if self.body is not None and faults:
            self.body.complain(faults)
        stops = any(fault.stops for fault in faults)
        said = "；".join(fault.message for fault in faults if fault.stops == stops)
        self.wrong.show_text(said if stops or not faults else f"{said}。仍要登记就再确认一次")
        self.wrong.setVisible(bool(faults))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+Enter confirms, Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirmed.emit()
        else:
            event.accept()  # a key of the bench is none while the form is written
