"""五单: the five lists of the chain's office, each with its numbers; goals, prospects and results are kept here, projects and
problems open on their own desks. One or all are exported and printed as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from chain_office.domain import five_lists
from chain_office.services import editing
from chain_office.services.lists.landing import land
from chain_office.services.lists.making import list_counts, one_list
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.form.pane import FormPane
from chain_office.ui.kit.grouped_rows import GroupedModel
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.nothing import Nothing
from chain_office.ui.kit.view_strip import ViewStrip
from chain_office.ui.layouts import LAYOUTS
from chain_office.ui.pages.enterprise_parts.five_lists_making import ListsMaking
from chain_office.ui.pages.enterprise_parts.five_lists_view import ListTable

if TYPE_CHECKING:
    from chain_office.domain.five_lists import OneList
    from chain_office.domain.forms import Saved
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office

_KEPT: Final = {
    five_lists.TARGETS: "target", five_lists.PROSPECTS: "prospect", five_lists.ACHIEVEMENTS: "achievement",
}  # fmt: skip
"""Lists whose records are kept here, and their tables."""
_DESKS: Final = {"project": "projects", "problem": "problems"}
_SHORT: Final = {
    five_lists.TARGETS: ("发展目标", "bookmark"), five_lists.PROJECTS: ("在建重大项目", "hammer"),
    five_lists.PROSPECTS: ("招商引资重点项目", "handshake"), five_lists.PROBLEMS: ("重点问题", "circle-alert"),
    five_lists.ACHIEVEMENTS: ("可产业化科研成果", "lightbulb"),
}  # fmt: skip
_MOST: Final = 500
"""So many problems are listed in the window; files and papers hold all."""
_EMPTY: Final = {
    five_lists.TARGETS: "这里放链上的年度发展目标：产值、规上企业、项目、招商……\n"
    "选了“对照数字”的，旁边就有现在的数、完成率和序时亮灯。",
    five_lists.PROJECTS: "截止日没有在建项目。项目在“项目”里登记，阶段为在建的自动列到这里。",
    five_lists.PROSPECTS: "这里放正在谈、已签约的招商项目。落地后点“转为项目”，就成为拟开工项目。",
    five_lists.PROBLEMS: "截止日没有交办后未销号的问题。",
    five_lists.ACHIEVEMENTS: "这里放可以产业化的科研成果：谁持有、到了哪一步、要找什么样的企业。",
}


class FiveListsPart(Part):
    """五单."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "target", "prospect", "achievement", "project", "stage_change", "project_plan", "project_month", "project_cause",
        "problem", "problem_event", "problem_span", "enterprise", "register_spell", "monthly_output", "credit", "drawdown",
        "visit", "segment", "district", "park", "unit", "light_rule", "setting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.list_id = five_lists.TARGETS
        self.shown: OneList | None = None
        self._wanted = ""
        self.strip = ViewStrip("五单", office.palette)
        for list_id, (word, sign) in _SHORT.items():
            self.strip.add(list_id, word, sign, five_lists.FIVE[list_id])
        self.strip.chosen.connect(lambda list_id, stays: self.choose(list_id, enter=not stays))
        self.strip.show_chosen(self.list_id)
        self.making = ListsMaking(office, self)
        self.bar = ActionsBar(office.palette)
        self._new = self.bar.add("新建", "plus", self.new, shortcut=_key("new_other"), primary=True)
        self._edit = self.bar.add("修改", "pencil", self.edit, shortcut=_key("edit"))
        self._land = self.bar.add("转为项目", "hammer", self.land)
        self._bin = self.bar.add("移入回收站", "trash-2", self.bin, shortcut=_key("bin"))
        self._open = self.bar.add("打开", "folder-open", self.open_current)
        self.unit = label("", "quiet")
        self.bar.add_right(self.unit)
        self.bar.add("导出这一单……", "download", lambda: self.making.ask_one(self.list_id), right=True)
        self.bar.add("导出五单一图谱……", "folder-open", self.making.ask_all, right=True)
        printing = self.bar.add("打印", "printer", self.print, shortcut=_key("print_list"), right=True)
        self._writing = (self._new, self._edit, self._land, self._bin)
        self.addActions([self._new, self._edit, self._bin, printing])
        self.model = GroupedModel((), office.palette, self)
        self.view = ListTable(self.model)
        self.view.opened.connect(self._opened)
        self.view.chosen.connect(self._allow)
        self.said = label("", "quiet", wrap=True)
        self.said.setAccessibleName("说明")
        self.nothing = Nothing("", "新建", self.new)
        self._lists = QStackedWidget()
        self._pane: FormPane | None = None
        self._split = QSplitter()
        self._lay_out()

    def _lay_out(self) -> None:
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._lists.addWidget(self.view)
        self._lists.addWidget(self.nothing)
        column.addWidget(self._lists, 1)
        column.addWidget(self.said)
        self._split.addWidget(room)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        for widget in (self.strip, self.bar):
            self.column.addWidget(widget)
        self.column.addWidget(self._split, 1)

    def parts(self) -> tuple[QWidget, ...]:
        """The table, the five words above it, what is done with it."""
        filled = self._lists.currentWidget() is self.view
        first = self.view if filled else self.nothing.button
        return (
            first,
            self.strip,
            self.bar,
            *((self._pane,) if self._pane is not None and self._pane.isVisible() else ()),
        )

    # Which list.

    def choose(self, list_id: str, *, enter: bool = False) -> None:
        """Show one of the five."""
        if list_id != self.list_id:
            self.list_id = list_id
            self.strip.show_chosen(list_id)
            self._leave(focus=False)
            self.read()
        if enter:
            self.parts()[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to(self, reference: str) -> None:
        """A list ("prospects"), or a record of one ("prospect:<id>")."""
        table, _, row_id = reference.partition(":")
        list_id = next((one for one, kept in _KEPT.items() if kept == table), table)
        if row_id:
            self._wanted = reference
        if list_id in five_lists.FIVE:
            if list_id != self.list_id:
                self.choose(list_id)
            else:
                self.read()

    def where(self) -> str:
        """The record the cursor is on, else the list."""
        current = self.view.current_id if self.shown is not None else ""
        return current if current.partition(":")[0] in _KEPT.values() else self.list_id

    # Reading.

    def refresh(self) -> None:
        """The list shown, and how many rows each has."""
        day = self.office.as_of
        self.read()
        self.ask(lambda ledger: list_counts(ledger, day), self._show_counts)

    def read(self) -> None:
        """The list shown, at the cut-off date."""
        day, list_id = self.office.as_of, self.list_id
        self.ask(lambda ledger: one_list(ledger, list_id, day, _MOST), self._show)

    def _show_counts(self, counts: dict[str, int]) -> None:
        for list_id, number in counts.items():
            self.strip.count(list_id, number, f"{five_lists.FIVE[list_id]} {number} 项", self.office.as_of)

    def _show(self, one: OneList) -> None:
        if one.id != self.list_id:
            return
        near = self._wanted or self.view.current_id
        self._wanted = ""
        self.shown = one
        self.view.setAccessibleName(one.title)
        self.view.show_list(one, self.model)
        rows = self.model.rowCount()
        self.unit.setText(f"单位：{one.unit}" if one.unit else "")
        had_focus = self.view.hasFocus() or self.nothing.button.hasFocus()
        self._lists.setCurrentWidget(self.view if rows else self.nothing)
        self.nothing.words.setText(_EMPTY[one.id])
        self.nothing.button.setVisible(one.id in _KEPT and not self.read_only)
        self.nothing.button.setText(self._word_new())
        if rows:
            self.view.go_to(near)
        if had_focus:
            self.parts()[0].setFocus()
        self._allow()

    def _word_new(self) -> str:
        table = _KEPT.get(self.list_id)
        return f"新建{editing.form(table).noun}" if table else "新建"

    def _allow(self) -> None:
        """What can be done with the row the cursor is on; why its light shines as it does."""
        kept, current = self.list_id in _KEPT, self.view.current_id
        for action in self._writing:
            action.setVisible(kept and not self.read_only)
        self._land.setVisible(self.list_id == five_lists.PROSPECTS and not self.read_only)
        self._open.setVisible(not kept)
        self._new.setText(self._word_new())
        for action in (self._edit, self._land, self._bin, self._open):
            action.setEnabled(bool(current))
        row = self._rows().get(current)
        said = [f"{self.shown.said}。" if self.shown and len(self.shown.groups) > 1 else "", row.why if row else ""]
        notes = self.shown.notes if self.shown is not None else ()
        self.said.setText("　".join(part for part in (*said, *notes) if part))

    def _rows(self) -> dict[str, five_lists.ListRow]:
        groups = self.shown.groups if self.shown is not None else ()
        return {row.reference: row for group in groups for row in group.rows}

    # What is done.

    @property
    def pane(self) -> FormPane:
        """The form beside the table, made when it is first wanted."""
        if self._pane is None:
            self._pane = FormPane(self.office, LAYOUTS)
            self._pane.saved.connect(self._saved)
            self._pane.left.connect(self._leave)
            self._pane.said.connect(self.office.said)
            self._split.addWidget(self._pane)
            self._split.setSizes([760, 420])
        return self._pane

    def new(self) -> None:
        """A blank form of the list's records."""
        table = _KEPT.get(self.list_id)
        if table is not None and not self.read_only:
            self.pane.show()
            self.pane.new(table, {})

    def edit(self) -> None:
        """The form of the record the cursor is on."""
        table, _, row_id = self.view.current_id.partition(":")
        if table in _KEPT.values():
            self.pane.show()
            self.pane.edit(table, row_id)

    def _opened(self, reference: str) -> None:
        table, _, _ = reference.partition(":")
        if table in _DESKS:
            self.page.wanted.emit(_DESKS[table], reference)
        else:
            self.edit()

    def open_current(self) -> None:
        """The record the cursor is on, on its desk."""
        if self.view.current_id:
            self._opened(self.view.current_id)

    def land(self) -> None:
        """Make a project of the prospect the cursor is on."""
        day = self.office.as_of
        table, _, row_id = self.view.current_id.partition(":")
        if table == "prospect":
            self.write(lambda ledger, actor: land(ledger, row_id, day, actor))

    def bin(self) -> None:
        """Move the records chosen to the bin; 撤销 brings them back."""
        ids = tuple(one.partition(":")[2] for one in self.view.chosen_ids())
        table = _KEPT.get(self.list_id)
        if table is not None and ids:
            self.write(lambda ledger, actor: editing.bin_records(ledger, table, ids, actor))

    def _saved(self, saved: Saved) -> None:
        self.office.wrote.emit(saved)
        self._wanted = f"{saved.table}:{saved.row_id}"
        self._leave()
        self.refresh()

    def _leave(self, *, focus: bool = True) -> None:
        if self._pane is not None and self._pane.isVisible():
            self._pane.hide()
            if focus:
                self.parts()[0].setFocus()

    def print(self) -> None:
        """The list as it goes on paper."""
        self.making.print(self.list_id)


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
