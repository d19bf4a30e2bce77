"""反馈: forms that came back are dropped here, shown as proposed steps with old beside new, and accepted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from chain_office.services.feedback.plan import ACCEPTABLE, ADDED, READY, VERDICTS
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.file_asking import ask_for_files
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.rows import RowsModel, RowsView
from chain_office.ui.pages.problem_parts.feedback_detail import FeedbackDetail
from chain_office.ui.pages.problem_parts.feedback_rows import (
    FILES,
    FILTERS,
    LINES,
    TO_DO,
    WIDE_LINE,
    file_lines,
    proposal_line,
)
from chain_office.ui.pages.problem_parts.feedback_zone import FeedbackZone, dropped_in
from chain_office.ui.pages.problem_parts.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent

    from chain_office.domain.forms import Saved
    from chain_office.services.feedback import FormFile
    from chain_office.services.feedback.plan import FeedbackPlan, Proposal
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.problem_parts.part import Host
    from chain_office.ui.work import Progress

T = TypeVar("T")
_ALL_FILES: Final = -1
_KINDS: Final = ("反馈表 (*.docx *.doc *.wps *.xlsx *.xls *.et *.ods *.odt *.csv)", "所有文件 (*)")


class _Lines(RowsView):
    """The proposals; Space ticks those selected."""

    ticked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space ticks or unticks."""
        if event.key() == Qt.Key.Key_Space:
            self.ticked.emit()
        else:
            super().keyPressEvent(event)


class FeedbackPart(Part):
    """反馈."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"problem", "problem_event", "assignment", "unit", "enterprise", "dispatch"}
    )

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.plan: FeedbackPlan | None = None
        self.shown: list[Proposal] = []
        self.ticked: set[str] = set()
        self._forms: tuple[FormFile, ...] = ()
        self._looked_at: set[str] = set()
        """Proposals that were shown before: what a person unticked stays so."""
        self._busy = False
        self.setAcceptDrops(True)
        self.zone = FeedbackZone(office.palette)
        self.zone.wanted.connect(self.choose)
        self._make_bar()
        self.said = label("", "quiet", wrap=True)
        self.said.setAccessibleName("提示")
        self.files = RowsModel(FILES, office.palette, self)
        self.file_list = RowsView(self.files, stretch=0)
        self.file_list.setAccessibleName("读到的文件")
        self.file_list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_lines())
        self.lines = RowsModel(LINES, office.palette, self)
        self.list = _Lines(self.lines, stretch=WIDE_LINE)
        self.list.setAccessibleName("要登记的反馈")
        self.list.opened.connect(lambda row_id: page.show_record(f"problem:{row_id}"))
        self.list.ticked.connect(self.tick)
        self.list.clicked.connect(lambda index: self.tick() if index.column() == 0 else None)
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_detail())
        self.list.selectionModel().selectionChanged.connect(lambda _on, _off: self._enable())
        self.detail = FeedbackDetail()
        self._lay_out()
        self._enable()

    def _make_bar(self) -> None:
        self.bar = ActionsBar(self.office.palette)
        self._all = self.bar.add(
            "接受打勾的", "check", self.accept_ticked, shortcut=keys.key("fitting_step").keys[0], primary=True
        )
        self._some = self.bar.add("只接受选中的", "list-checks", self.accept_selected)
        self._open = self.bar.add("打开问题", "list", self._open_current)
        self._add = self.bar.add("录为新问题", "plus", self.add_current)
        self._more = self.bar.add("再加文件", "folder-open", self.choose)
        self._leave = self.bar.add("收起", "x", self.leave)
        self.addAction(self._all)
        self.only = QComboBox()
        self.only.setAccessibleName("只看")
        self.only.addItems(list(FILTERS))
        self.only.currentIndexChanged.connect(lambda _index: self._show_lines())
        self.bar.add_right(self.only)

    def _lay_out(self) -> None:
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.list)
        right.addWidget(self.detail)
        right.setSizes([340, 240])
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(self.file_list)
        whole.addWidget(right)
        whole.setSizes([350, 950])
        for one in (right, whole):
            one.setChildrenCollapsible(False)
        start, planned = QWidget(), QWidget()
        column = QVBoxLayout(start)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.zone)
        column.addStretch(1)
        column = QVBoxLayout(planned)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(whole, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(start)
        self.stack.addWidget(planned)
        self.column.addWidget(self.said)
        self.column.addWidget(self.stack, 1)
        self.said.hide()

    def parts(self) -> tuple[QWidget, ...]:
        """The proposals, the files, what is beside, what is done with them; before, where files are chosen."""
        return (self.list, self.file_list, self.detail, self.bar) if self.plan is not None else (self.zone.choose,)

    # Files.

    def choose(self) -> None:
        """Ask for files."""
        ask_for_files(self, "选择交回的反馈表", _KINDS, self.take)

    def go_to(self, reference: str) -> None:
        """Take in files that were dropped elsewhere: their paths as JSON."""
        self.take([Path(path) for path in json.loads(reference)])

    def take(self, paths: Sequence[Path]) -> None:
        """Read files and show what they would do, beside those read already."""
        if self._busy or not paths:
            return
        before = self._forms

        def job(ledger: Ledger, progress: Progress) -> tuple[tuple[FormFile, ...], FeedbackPlan]:
            from chain_office.services.feedback import files_in, plan_of, read_forms  # brings the readers of files

            wanted = files_in(paths)
            progress(0, len(wanted), "正在读反馈表")
            again = set(wanted)
            forms = (*(one for one in before if one.path not in again), *read_forms(wanted, progress))
            return forms, plan_of(ledger, forms)

        self._tell(f"正在读 {len(paths)} 个文件……")
        self._long("读取反馈表", job, self._take_read)

    def _take_read(self, found: tuple[tuple[FormFile, ...], FeedbackPlan]) -> None:
        self._forms, plan = found
        self.only.setCurrentText(TO_DO)
        self._show(plan)
        self._tell(_summary(plan), "red" if plan.refused == len(plan.files) else "")

    def refresh(self) -> None:
        """Compare the files that were read with the ledger as it stands now."""
        forms = self._forms
        if not forms:
            return

        def question(ledger: Ledger) -> FeedbackPlan:
            from chain_office.services.feedback import plan_of

            return plan_of(ledger, forms)

        self.ask(question, lambda plan: self._show(plan) if forms is self._forms else None)

    def leave(self) -> None:
        """Put the files away; what was accepted stays in the ledger."""
        self._forms, self.plan = (), None
        self.ticked.clear()
        self._looked_at.clear()
        self._show_lines()
        self.stack.setCurrentIndex(0)
        self._tell("")
        self.zone.choose.setFocus()

    # What is shown.

    def _show(self, plan: FeedbackPlan) -> None:
        self.plan = plan
        fresh = {one.id for one in plan.of(READY)} - self._looked_at
        self.ticked = (self.ticked | fresh) & {one.id for one in plan.of(*ACCEPTABLE)}
        self._looked_at = {one.id for one in plan.proposals}
        self.stack.setCurrentIndex(1)
        at = max(self.file_list.currentIndex().row(), 0)
        self.files.show(file_lines(plan))
        self.file_list.selectRow(min(at, self.files.rowCount() - 1))
        self._show_lines()
        if self.shown and not self.list.currentIndex().isValid():
            self.list.selectRow(0)

    def _file(self) -> int:
        """The file chosen on the left; all of them on the first line."""
        return self.file_list.currentIndex().row() - 1

    def _show_lines(self) -> None:
        plan, row = self.plan, self.list.currentIndex().row()
        if plan is None:
            self.shown = []
            self.lines.show([])
            self._show_detail()
            return
        wanted, file = FILTERS[self.only.currentText()], self._file()
        order = list(VERDICTS)
        self.shown = sorted(
            (one for one in plan.proposals if one.verdict in wanted and file in {_ALL_FILES, one.file}),
            key=lambda one: (one.file, order.index(one.verdict)) if file == _ALL_FILES else (0, 0),
        )
        self._draw(row)

    def _draw(self, row: int) -> None:
        self.lines.show([proposal_line(one, self.ticked) for one in self.shown])
        if self.shown:
            self.list.selectRow(min(max(row, 0), len(self.shown) - 1))
        self._show_detail()

    def current(self) -> Proposal | None:
        """The line the cursor is on."""
        row = self.list.currentIndex().row()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def _selected(self) -> list[Proposal]:
        return [self.shown[index.row()] for index in self.list.selectionModel().selectedRows()]

    def _show_detail(self) -> None:
        one, plan = self.current(), self.plan
        file = self._file()
        if plan is None:
            self.detail.show_proposal(None, None)
        elif one is not None:
            self.detail.show_proposal(one, plan.files[one.file])
        else:
            self.detail.show_proposal(None, plan.files[file] if 0 <= file < len(plan.files) else None)
        self._enable()

    def _enable(self) -> None:
        may = not self._busy and not self.read_only
        one, chosen = self.current(), self._selected()
        number = sum(each.verdict in ACCEPTABLE for each in chosen)
        self._all.setText(f"接受打勾的（{len(self.ticked)} 行）" if self.ticked else "接受打勾的")
        self._all.setEnabled(may and bool(self.ticked))
        self._some.setEnabled(may and number > 0)
        self._open.setEnabled(one is not None and bool(one.problem_id))
        self._add.setEnabled(may and one is not None and one.verdict == ADDED)
        for action in (self._more, self._leave):
            action.setEnabled(not self._busy)

    def _tell(self, sentence: str, light: str = "") -> None:
        self.said.setText(sentence)
        show_light(self.said, light)
        self.said.setVisible(bool(sentence))
        self._enable()

    # What is done.

    def tick(self) -> None:
        """Tick the selected lines, or untick them if all of them are."""
        able = [one.id for one in self._selected() if one.verdict in ACCEPTABLE]
        if all(one in self.ticked for one in able):
            self.ticked -= set(able)
        else:
            self.ticked |= set(able)
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        row = self.list.currentIndex().row()
        self._draw(row)
        if len(rows) == 1 and row + 1 < len(self.shown):
            self.list.selectRow(row + 1)

    def accept_ticked(self) -> None:
        """Record what is ticked, whatever file is looked at."""
        self.accept(self.ticked)

    def accept_selected(self) -> None:
        """Record the lines selected."""
        self.accept({one.id for one in self._selected() if one.verdict in ACCEPTABLE})

    def accept(self, chosen: Collection[str]) -> None:
        """Record proposals in one write."""
        plan, actor, wanted = self.plan, self.office.actor, frozenset(chosen)
        if plan is None or not wanted or self._busy:
            return

        def job(ledger: Ledger, progress: Progress) -> tuple[Saved | None, Mapping[str, str]]:
            from chain_office.services.feedback import NotAccepted, accept

            try:
                return accept(ledger, plan, wanted, actor, progress), {}
            except NotAccepted as error:
                return None, error.faults

        self._long("登记反馈", job, lambda came: self._accepted(plan, *came))

    def _accepted(self, plan: FeedbackPlan, saved: Saved | None, faults: Mapping[str, str]) -> None:
        if saved is not None:
            self.office.wrote.emit(saved)
            self._tell(saved.said)
        else:
            self.ticked -= faults.keys()
            by_id = {one.id: one for one in plan.proposals}
            said = "；".join(f"{by_id[one].record_no} {by_id[one].unit}：{why}" for one, why in faults.items())
            self._tell(f"没有登记：{said}　已去掉它们的勾，其余的可以再点“接受打勾的”。", "red")
        self.refresh()

    def add_current(self) -> None:
        """Enter the row a unit added as a new problem."""
        one = self.current()
        if one is None or one.verdict != ADDED or self._busy:
            return

        def act(ledger: Ledger, actor: str) -> Saved:
            from chain_office.services.feedback import add_row

            return add_row(ledger, one, actor)

        self.write(act, lambda saved: self._tell(saved.said))

    def _open_current(self) -> None:
        one = self.current()
        if one is not None and one.problem_id:
            self.page.show_record(f"problem:{one.problem_id}")

    def _long(self, name: str, job: Callable[[Ledger, Progress], T], answer: Callable[[T], None]) -> None:
        self._busy = True
        self._enable()
        self.office.work.ended.connect(self._over, Qt.ConnectionType.SingleShotConnection)
        self.office.work.long(name, job, answer, owner=self)

    def _over(self) -> None:
        """Ended one way or another; what came of it is told next."""
        self._busy = False
        self._tell("")

    # Files dropped.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files and folders of any kind."""
        if dropped_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Read them."""
        paths = dropped_in(event.mimeData())
        if paths and not self._busy:
            event.acceptProposedAction()
            self.take(paths)


def _summary(plan: FeedbackPlan) -> str:
    """What was found in the files."""
    counts = "、".join(f"{word} {plan.count(verdict)} 行" for verdict, word in VERDICTS.items() if plan.count(verdict))
    unread = f"；{plan.refused} 份读不了，见左边标红的" if plan.refused else ""
    return f"读了 {len(plan.files)} 份：{counts or '没有可登记的内容'}{unread}。还没有写入，核对后点“接受”。"
