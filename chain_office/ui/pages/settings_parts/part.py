"""What every part of 设置 has: a title, a line that says what went wrong, and one way to save."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Faulty
from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label, show_light

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.domain.forms import Saved
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office

T = TypeVar("T")
AGAIN = "（确要保留，请在原处再按一次回车）"


class Part(QWidget):
    """One section. It is read when it is first shown and again when the ledger has changed."""

    title: ClassVar[str]
    hint: ClassVar[str] = ""
    icon_name: ClassVar[str]
    wanted = Signal(str, str)
    """Another page is wanted: its id and the record or filter there."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.stale = True
        self.said = label("", "quiet", wrap=True)
        self.said.setAccessibleName("提示")
        self.said.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(8)
        self.column.addWidget(label(self.title, "title"))
        if self.hint:
            self.column.addWidget(label(self.hint, "quiet", wrap=True))

    def refresh(self) -> None:
        """Read again what is shown; a part that shows nothing of the ledger has nothing to do."""

    @property
    def read_only(self) -> bool:
        """Whether nothing can be saved."""
        return self.office.shown is not None and self.office.shown.read_only

    def button(self, text: str, do: Callable[[], object], sign: str = "", *, primary: bool = False) -> QPushButton:
        """A button with a word, an icon before it."""
        made = QPushButton(text)
        if sign:
            palette = self.office.palette
            made.setIcon(icon(sign, palette.on_accent if primary else palette.accent))
        if primary:
            made.setProperty("role", "primary")
        made.clicked.connect(lambda: do())
        return made

    def tell(self, sentence: str, light: str = "") -> None:
        """Say something under the title; "" puts it away."""
        self.said.setText(sentence)
        show_light(self.said, light)
        self.said.setVisible(bool(sentence))

    def ask(
        self,
        question: Callable[[Ledger], T],
        answer: Callable[[T], None],
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Read on the database thread; a refusal is said here."""

        def refused(error: Exception) -> None:
            if not isinstance(error, KnownError):
                self.office.work.explain(error)
            elif failed is not None:
                failed(error)
            else:
                self.tell(error.message, "red")

        self.office.work.ask(question, answer, owner=self, failed=refused)

    def save(
        self,
        job: Callable[[Ledger, str], Saved | None],
        done: Callable[[Saved | None], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Write on the database thread as the person at this computer; told on the status line with 撤销."""
        actor = self.office.actor

        def wrote(saved: Saved | None) -> None:
            self.tell("")
            if saved is not None:
                self.office.wrote.emit(saved)
            if done is not None:
                done(saved)

        def refused(error: KnownError) -> None:
            self.tell(said_of(error), "red")
            if failed is not None:
                failed(error)
            self.refresh()

        self.ask(lambda ledger: job(ledger, actor), wrote, refused)


def only_pointed_out(error: KnownError) -> bool:
    """Whether saving again would do."""
    return isinstance(error, Faulty) and all(not fault.stops for fault in error.faults)


def said_of(error: KnownError) -> str:
    """The sentence, and how to keep what was only pointed out."""
    return error.message + AGAIN if only_pointed_out(error) else error.message
