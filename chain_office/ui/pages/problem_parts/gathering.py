"""Hanging problems on a 共性 item: choosing the item or naming a new one, and choosing the problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chain_office.domain.forms import Option
from chain_office.domain.workflow import STATES
from chain_office.queries.common_issue_members import MOST, candidates, issue_names
from chain_office.queries.search import found_ids
from chain_office.services.common_issues import LONGEST, add, create, proposals
from chain_office.services.settings.finding import Finder, prepare
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chain_office.domain.forms import Saved
    from chain_office.queries.common_issue_members import Candidate, IssueName
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office

NEW: Final = "new"
_TYPED_MILLISECONDS: Final = 180
_MOVES: Final = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})


class Gathering(QObject):
    """Mounted on what has problems to hang: asks which item, and writes."""

    gathered = Signal(str)
    """An item was written to: its id."""

    def __init__(self, office: Office, around: QWidget) -> None:
        super().__init__(around)
        self._office, self._around = office, around
        self.dialog: ChooseIssue | ChooseProblems | None = None

    def gather(self, ids: Sequence[str], proposed: str = "") -> None:
        """Hang problems on an item that is chosen, or named anew (``proposed``: a name to begin with)."""
        self.dialog = ChooseIssue(self._office, len(ids), proposed, self._around.window())
        self.dialog.chosen.connect(lambda issue, name: self._settled(tuple(ids), issue, name))
        self.dialog.open()

    def add_to(self, issue: str, name: str) -> None:
        """Search problems and hang them on an item."""
        self.dialog = ChooseProblems(self._office, issue, name, self._around.window())
        self.dialog.chosen.connect(lambda ids: self.write(lambda ledger, actor: add(ledger, issue, ids, actor)))
        self.dialog.open()

    def _settled(self, ids: tuple[str, ...], issue: str, name: str) -> None:
        day = self._office.as_of
        if issue == NEW:
            self.write(lambda ledger, actor: create(ledger, name, ids, day, actor))
        else:
            self.write(lambda ledger, actor: add(ledger, issue, ids, actor))

    def write(self, act: Callable[[Ledger, str], Saved]) -> None:
        """Write as the person at this computer; told on the status line with 撤销."""
        actor = self._office.actor

        def wrote(saved: Saved) -> None:
            self._office.wrote.emit(saved)
            self.gathered.emit(saved.row_id)

        self._office.work.ask(lambda ledger: act(ledger, actor), wrote, owner=self)


class _Choosing(QDialog):
    """A line to type in, a list below it that the arrows walk while one types, a button that does it."""

    def __init__(self, office: Office, title: str, said: str, word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.office = office
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.line = QLineEdit()
        self.said = label(said, "quiet", wrap=True)
        self.do = QPushButton(word)
        self.do.setProperty("role", "primary")
        self.do.setDefault(True)
        self.do.clicked.connect(lambda: self.choose())
        leave = QPushButton("取消")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        self.foot = QHBoxLayout()
        self.foot.addWidget(self.said, 1)
        self.foot.addWidget(self.do)
        self.foot.addWidget(leave)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(8)
        self.column.addWidget(self.line)
        self.line.installEventFilter(self)

    def finish(self, rows: RowsView, width: int, height: int) -> None:
        """Put the list between the line and the buttons."""
        self._rows = rows
        self.column.addWidget(rows, 1)
        self.column.addLayout(self.foot)
        self.resize(width, height)
        self.line.setFocus()

    def choose(self) -> None:
        """Do it."""
        self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Arrows walk the list while the focus stays in the line."""
        typed = watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if typed and isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _MOVES:
            QApplication.sendEvent(self._rows, event)
            return True
        return super().eventFilter(watched, event)


class ChooseIssue(_Choosing):
    """Which item problems are hung on. A name that is none of them is that of a new one."""

    chosen = Signal(str, str)
    """An item's id, or NEW and the name."""

    def __init__(self, office: Office, number: int, proposed: str, parent: QWidget) -> None:
        title = f"把 {number} 个问题归入共性问题" if number else "新建共性问题"
        super().__init__(office, title, "", "归入" if number else "新建", parent)
        self._names: tuple[IssueName, ...] = ()
        self._finder = Finder(())
        self._number = number
        self.line.setPlaceholderText("输入名称：已有的会列出来，没有的就新建")
        self.line.setAccessibleName("共性问题的名称")
        self.line.setMaxLength(LONGEST)
        self.line.setText(proposed)
        self.line.selectAll()
        self.line.textEdited.connect(lambda _text: self._fill())
        self.model = RowsModel(
            (Column("", 84), Column("共性问题", 300), Column("问题", 60, right=True)), office.palette, self
        )
        self.rows = RowsView(self.model, stretch=1)
        self.rows.setAccessibleName("已有的共性问题")
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.rows.opened.connect(lambda _id: self.choose())
        self.rows.doubleClicked.connect(lambda _index: self.choose())
        self.rows.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.finish(self.rows, 560, 360)
        office.work.ask(_names, self._take, owner=self)

    def _take(self, found: tuple[IssueName, ...]) -> None:
        self._names, self._finder = found, Finder([Option(one.id, one.name) for one in found])
        self._fill()

    def _fill(self) -> None:
        """The items whose names fit what is typed, and a new one where none is called that."""
        text = " ".join(self.line.text().split())
        fitting = [self._names[place] for place in self._finder.find(text)] or list(self._names)
        lines = [Line(one.id, (f"GX{one.number:04d}", one.name, str(one.problems))) for one in fitting]
        if text and not any(one.name == text for one in self._names):
            new = Line(NEW, ("新建", text, ""), ("accent", "accent"))
            fits = self._number and self._finder.find(text)  # what is there already is likelier meant than its double
            lines.insert(len(lines) if fits else 0, new)
        self.model.show(lines)
        if lines:
            self.rows.selectRow(0)
        self._say()

    def _current(self) -> Line | None:
        index = self.rows.currentIndex()
        return self.model.line(index.row()) if index.isValid() else None

    def _say(self) -> None:
        line = self._current()
        new = line is not None and line.id == NEW
        self.do.setEnabled(line is not None and (new or bool(self._number)))
        self.do.setText("新建并归入" if new and self._number else "新建" if new or not self._number else "归入")

    def choose(self) -> None:
        """The item under the cursor."""
        line = self._current()
        if line is not None and self.do.isEnabled():
            self.chosen.emit(line.id, line.cells[1])
            self.accept()


class ChooseProblems(_Choosing):
    """Which problems are hung on an item; typing searches, several may be chosen."""

    chosen = Signal(tuple)
    """The problems' ids."""

    def __init__(self, office: Office, issue_id: str, name: str, parent: QWidget) -> None:
        super().__init__(office, f"归入“{name}”", "", "归入", parent)
        self._issue = issue_id
        self._asked = self._proposed = 0
        self.line.setPlaceholderText("搜索问题：企业、编号、任意文字")
        self.line.setAccessibleName("搜索问题")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPED_MILLISECONDS)
        self._timer.timeout.connect(self._ask)
        self.line.textEdited.connect(lambda _text: self._timer.start())
        columns = (
            Column("编号", 66), Column("企业", 130), Column("问题", 260), Column("类别", 76), Column("状态", 84),
            Column("现在归入", 100), Column("相似之处", 120),
        )  # fmt: skip
        self.model = RowsModel(columns, office.palette, self)
        self.rows = RowsView(self.model, stretch=2)
        self.rows.setAccessibleName("可以归入的问题")
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.rows.selectionModel().selectionChanged.connect(lambda *_: self._say())
        self.rows.opened.connect(lambda _id: self._entered())
        self.finish(self.rows, 900, 460)
        self._ask()

    def _ask(self) -> None:
        text, issue = self.line.text().strip(), self._issue
        self._asked += 1
        asked = self._asked

        def read(ledger: Ledger) -> tuple[tuple[Candidate, ...], dict[str, tuple[str, ...]]]:
            if text:
                return candidates(ledger, issue, found_ids(ledger, text, "problems")), {}
            like = proposals(ledger, issue)
            alike = {one.id: one for one in candidates(ledger, issue, frozenset(like))}
            rest = (one for one in candidates(ledger, issue, None) if one.id not in alike)
            return (*(alike[one] for one in like if one in alike), *rest), like

        self.office.work.ask(read, lambda found: self._show(*found) if asked == self._asked else None, owner=self)

    def _show(self, found: Sequence[Candidate], like: Mapping[str, tuple[str, ...]]) -> None:
        lines = []
        for one in found:
            words = "、".join(like.get(one.id, ()))
            cells = (
                f"WT{one.number:04d}",
                one.enterprise,
                one.text,
                one.category,
                STATES[one.state].label,
                one.issue,
                words,
            )
            lines.append(Line(one.id, cells, ("quiet", "", "", "", "", "amber", "accent")))
        self.model.show(lines)
        self._proposed = sum(one.id in like for one in found)
        self._say()

    def _entered(self) -> None:
        """Enter on the list: those chosen, else the one the cursor is on."""
        if not self._ids():
            self.rows.selectRow(self.rows.currentIndex().row())
        self.choose()

    def _ids(self) -> tuple[str, ...]:
        rows = sorted(index.row() for index in self.rows.selectionModel().selectedRows())
        return tuple(self.model.line(row).id for row in rows)

    def _say(self) -> None:
        number, listed = len(self._ids()), self.model.rowCount()
        self.do.setEnabled(number > 0)
        self.do.setText(f"归入 {number} 个" if number else "归入")
        more = f"，只列出 {listed} 个，请输入文字缩小范围" if listed >= MOST else ""
        like = f"前 {self._proposed} 个读起来像同一类；" if self._proposed else ""
        self.said.setText(f"{like}点一下（或按空格）选中，可以多选{more}。" if listed else "没有找到可以归入的问题。")

    def choose(self) -> None:
        """Those chosen."""
        ids = self._ids()
        if ids:
            self.chosen.emit(ids)
            self.accept()


def _names(ledger: Ledger) -> tuple[IssueName, ...]:
    """The items; the table of letters is read along, so that the first one typed does not wait for it."""
    prepare()
    return issue_names(ledger)
