"""导入: drop workbooks, look through what they would do, answer what is asked, write, and take back whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from chain_office.services.importing.preview import VERDICTS, imports, look_through, why_not
from chain_office.ui.icons import icon
from chain_office.ui.kit.drop import BOOKS, DropZone, files_in
from chain_office.ui.kit.file_asking import ask_for_files
from chain_office.ui.kit.imports_list import ImportsList
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.plan_view import PlanView
from chain_office.ui.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from chain_office.services.importing.preview import Preview
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress

T = TypeVar("T")


class IntakePage(Page):
    """导入."""

    id: ClassVar[str] = "intake"
    title: ClassVar[str] = "导入"
    icon_name: ClassVar[str] = "file-input"
    apart: ClassVar[bool] = True
    takes_files: ClassVar[bool] = True

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.setAcceptDrops(True)
        self._books: tuple[Path, ...] = ()
        self._preview: Preview | None = None
        self._ledger: Path | None = None
        self._busy = False
        palette = office.palette
        self.zone = DropZone(palette)
        self.zone.dropped.connect(self.take_files)
        self.zone.wanted.connect(self.choose)
        self._plan: PlanView | None = None
        self._why: tuple[int, str] = (0, "")
        self.done = ImportsList(palette)
        self.done.moved.connect(self._ask_why)
        self.done.undo_button.clicked.connect(self.undo)
        self.more_button = self._button("folder-open", "换文件……", self.choose)
        self.again_button = self._button("refresh-cw", "重新预览", self.look)
        self.write_button = QPushButton("写入")
        self.write_button.setProperty("role", "primary")
        self.write_button.clicked.connect(self.write)
        self.leave_button = self._button("x", "放弃", self.leave)
        self.said = label("", "", wrap=True)
        self._stack = QStackedWidget()
        self._lay_out()
        self._enable()
        self.said.hide()

    @property
    def plan(self) -> PlanView:
        """The preview; built with the first one."""
        if self._plan is None:
            self._plan = PlanView(self.office.palette)
            self._plan.answered.connect(self.look)
            self._planned.addWidget(self._plan, 1)
        return self._plan

    def _button(self, sign: str, text: str, action: Callable[[], None]) -> QPushButton:
        button = QPushButton(icon(sign, self.office.palette.accent), text)
        button.clicked.connect(lambda: action())
        return button

    def _lay_out(self) -> None:
        start, planned = QWidget(), QWidget()
        column = QVBoxLayout(start)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.zone)
        column.addWidget(self.done, 1)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.write_button)
        for button in (self.again_button, self.more_button, self.leave_button):
            bar.addWidget(button)
        bar.addStretch(1)
        inside = QVBoxLayout(planned)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(bar)
        self._planned = inside
        self._stack.addWidget(start)
        self._stack.addWidget(planned)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self._stack, 1)

    def refresh(self) -> None:
        """Read the imports again; a plan made for another ledger is dropped."""
        path = self.office.shown.path if self.office.shown is not None else None
        if path != self._ledger:
            self._ledger = path
            self.leave()
        self.office.work.ask(imports, self.done.show_imports, owner=self)

    def parts(self) -> tuple[QWidget, ...]:
        """Before a preview the imports there were; in one its tables, rows and questions."""
        if self._plan is None or self._preview is None:
            return (self.zone.choose, self.done.view)
        return (self._plan.sheet_list, self._plan.row_list)

    def choose(self) -> None:
        """Ask for workbooks."""
        kinds = " ".join(f"*{suffix}" for suffix in BOOKS)
        ask_for_files(self, "选择要导入的表格", (f"表格 ({kinds})", "所有文件 (*)"), self.take)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Preview workbooks dropped on the window; forms that units sent back are handed on to 问题."""

        def sort() -> tuple[list[Path], list[Path]]:
            from chain_office.services.feedback import is_form

            forms = [path for path in paths if is_form(path)]
            return forms, [path for path in paths if path not in forms]

        self.office.work.aside(sort, lambda found: self._hand_on(*found), owner=self)

    def _hand_on(self, forms: list[Path], books: list[Path]) -> None:
        self.take(books)
        if forms:
            self.wanted.emit("problems", f"view:feedback/{json.dumps([str(path) for path in forms])}")

    def take(self, books: Sequence[Path]) -> None:
        """Preview these workbooks."""
        if self._busy or not books:
            return
        self._books = tuple(books)
        self.plan.questions.forget()
        self.look()

    def look(self) -> None:
        """Work the plan out, with the answers given so far; nothing is written."""
        books, answers = self._books, self.plan.questions.answers()

        def job(ledger: Ledger, progress: Progress) -> Preview:
            from chain_office.services.importing.service import plan_import  # brings the readers of workbooks

            progress(0, 0, f"正在读 {len(books)} 个表格")
            return look_through(plan_import(ledger, books, answers, progress))

        self._tell(f"正在读：{'、'.join(book.name for book in books)}")
        self._long("预览导入", job, self._show)

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        self._stack.setCurrentIndex(1)
        self.plan.show_preview(preview)
        said = "、".join(f"{word} {preview.count(verdict)} 行" for verdict, word in VERDICTS.items())
        self.write_button.setText(f"写入（{VERDICTS['new']} {preview.count('new')}、修改 {preview.count('changed')}）")
        nothing = "" if preview.writes else "没有要写入的内容。"
        self._tell(f"预览，还没有写入：{said}。{nothing}")

    def write(self) -> None:
        """Write the plan in one go."""
        preview, actor = self._preview, self.office.actor
        if preview is None:
            return

        def job(ledger: Ledger, progress: Progress) -> int | None:
            from chain_office.services.importing.service import apply_import

            return apply_import(ledger, preview.plan, actor, progress)

        self._long("写入导入", job, lambda _number: self._written(preview))

    def _written(self, preview: Preview) -> None:
        self.leave()
        self.refresh()
        self._tell(
            f"已写入：新增 {preview.count('new')} 行、修改 {preview.count('changed')} 行"
            f"（相同 {preview.count('same')}、拒收 {preview.count('refused')}）。要退回，选中下面这次导入，点“撤销这次导入”。"
        )

    def leave(self) -> None:
        """Give the plan up."""
        self._preview, self._books = None, ()
        if self._plan is not None:
            self._plan.questions.forget()
            self._plan.show_preview(None)
        self._stack.setCurrentIndex(0)
        self._tell("")

    def undo(self) -> None:
        """Take the chosen import back whole."""
        chosen, actor = self.done.chosen, self.office.actor
        if chosen is None:
            return

        def job(ledger: Ledger, progress: Progress) -> tuple[str, dict[str, int]]:
            from chain_office.services.importing.service import undo_import

            return undo_import(ledger, chosen.number, actor, progress)

        self._long("撤销导入", job, self._undone)

    def _undone(self, what: tuple[str, dict[str, int]]) -> None:
        books, counts = what
        self.refresh()
        self._tell(f"已撤销“{books}”：收回 {counts['binned']} 条记录，还原 {counts['restored']} 处修改。")

    def _long(self, name: str, job: Callable[[Ledger, Progress], T], answer: Callable[[T], None]) -> None:
        """One long job at a time: the buttons wait."""
        self._busy = True
        self._enable()
        self.office.work.ended.connect(self._over, Qt.ConnectionType.SingleShotConnection)
        self.office.work.long(name, job, answer, owner=self)

    def _over(self) -> None:
        """Ended one way or another; what came of it is told next, a failure by the window."""
        self._busy = False
        self._tell("没有完成，台账没有改动。")

    def _tell(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self._enable()

    def _enable(self) -> None:
        preview, chosen = self._preview, self.done.chosen
        self.write_button.setEnabled(not self._busy and preview is not None and preview.writes)
        possible = chosen is not None and not chosen.undone and self._why == (chosen.number, "")
        self.done.undo_button.setEnabled(not self._busy and possible)
        for button in (self.again_button, self.more_button, self.leave_button, self.zone.choose):
            button.setEnabled(not self._busy)

    def _ask_why(self) -> None:
        """Whether the chosen import can be taken back, and if not, why."""
        self._why = (0, "")
        self._enable()
        chosen = self.done.chosen
        if chosen is not None:
            self.office.work.ask(
                lambda ledger: why_not(ledger, chosen), lambda why: self._take_why(chosen.number, why), owner=self
            )
        else:
            self.done.say_why("")

    def _take_why(self, number: int, why: str) -> None:
        chosen = self.done.chosen
        if chosen is not None and chosen.number == number:
            self._why = (number, why)
            self.done.say_why(why)
            self._enable()

    def show_record(self, reference: str) -> None:
        """Preview workbooks given from elsewhere: "books:<paths as JSON>" (dropped on the window) or "paste:<path>" (rows
        pasted on a desk, kept in a file)."""
        kind, _, rest = reference.partition(":")
        if kind == "books":
            self.take([Path(path) for path in json.loads(rest)])
        elif kind == "paste":
            self.take([Path(rest)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Workbooks may be dropped anywhere on the page."""
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Preview them."""
        files = files_in(event.mimeData())
        if files and not self._busy:
            event.acceptProposedAction()
            self.take_files(files)
