"""录入: a month's output of all firms typed or pasted like a sheet, looked at by the form's rules, saved as one write."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView

from chain_office.domain.output_entry import UNITS, chase_text
from chain_office.domain.periods import last_ended_month
from chain_office.services.output.entering import look_at, read_sheet
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.cells_view import CellsView
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.elided import Elided
from chain_office.ui.kit.form.notice import Notice
from chain_office.ui.kit.form.wrapped import Wrapped
from chain_office.ui.kit.rows import Column
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.measure import scaled
from chain_office.ui.pages.output_parts.entry_drafts import EntryDrafts
from chain_office.ui.pages.output_parts.entry_head import EntryHead, Remembered
from chain_office.ui.pages.output_parts.entry_model import COLUMNS, IDS, EntryModel
from chain_office.ui.pages.output_parts.entry_pasting import EntryPasting
from chain_office.ui.pages.output_parts.entry_saving import EntrySaving
from chain_office.ui.pages.output_parts.month_box import month_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from chain_office.domain.output_entry import EntryLine, EntrySheet
    from chain_office.domain.output_paste import Names
    from chain_office.services.output.entering import Wrong
    from chain_office.services.settings.finding import Finder
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office

_LOOK_MILLISECONDS: Final = 250
_LOOKED_AT: Final = 300
"""More lines than this are looked at when they are saved, not while one types."""
_NAMED: Final = 40
_REASON: Final = IDS.index("reason")


class EntryPart(Part):
    """录入."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "monthly_output", "enterprise", "register_spell", "month_freeze", "district", "contact",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.month = ""
        self.sheet: EntrySheet | None = None
        self.finder: Finder | None = None
        self.names: Names | None = None
        self._asked = 0
        self._only_missing = False
        self.head = EntryHead(office)
        self.bar = ActionsBar(office.palette)
        self.missing = Elided("quiet", widest=2000, mode=Qt.TextElideMode.ElideRight)
        self.model = EntryModel(office.palette, self)
        self.view = CellsView(self.model, office.palette, "月度产值录入表", turns_pages=True)
        self.words = Wrapped(role="quiet")
        self.words.setAccessibleName("这一格")
        self.notice = Notice()
        self.printing = RowsPrinting(self, office)
        self.saving, self.pasting = EntrySaving(self), EntryPasting(self)
        self.drafts = EntryDrafts(self)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self._look_now)
        self._make_bar()
        self._lay_out()
        self._connect()
        for act in (self.act_correct, self.act_give_up):
            act.setVisible(False)

    def _make_bar(self) -> None:
        add = self.bar.add
        self.act_save = add("保存", "save", self.saving.save, shortcut=_key("save"), primary=True)
        self.act_confirm = add("确认建议数", "list-checks", self._confirm_all)
        self.act_give_up = add("放弃没保存的", "rotate-ccw", self._give_up)
        self.act_correct = add("更正", "pencil", self._correct)
        self.act_chase = add("复制未报名单", "copy", self._copy_missing)
        self.act_only = add("只看未报", "list-filter", self._toggle_missing)
        self.act_print = add("打印", "printer", self.print, shortcut=_key("print_list"), right=True)
        for act in (self.act_save, self.act_print):
            self.addAction(act)
        self.bar.add_right(self.bar.selected)

    def _lay_out(self) -> None:
        for widget in (self.head, self.bar, self.missing, self.notice, self.view, self.words):
            self.column.addWidget(widget, 1 if widget is self.view else 0)
        header = self.view.horizontalHeader()
        for place, column in enumerate(COLUMNS):
            self.view.setColumnWidth(place, scaled(column.width))
        header.setSectionResizeMode(_REASON, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(scaled(48))

    def _connect(self) -> None:
        self.head.month_wanted.connect(self.show_month)
        self.head.unit_chosen.connect(self._choose_unit)
        self.head.source_chosen.connect(self._choose_source)
        self.head.narrowed.connect(lambda _text: self._narrow())
        self.view.paged.connect(self.head.months.step)
        self.view.pasted.connect(self.pasting.paste)
        self.view.moved.connect(lambda _row, _column: self._say())
        self.model.edited.connect(self._edited)
        keys.shortcut("next_wrong", self, self.next_wrong, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def parts(self) -> tuple[QWidget, ...]:
        """The sheet, the boxes above it, the buttons."""
        return (self.view, self.head.first(), self.bar)

    def where(self) -> str:
        """The month."""
        return self.month

    def go_to(self, reference: str) -> None:
        """A month ("2021-09")."""
        self.show_month(reference)

    # Reading.

    def refresh(self) -> None:
        """Read the month again; nothing typed is lost by it."""
        self.show_month(self.month or last_ended_month(self.office.as_of))

    def show_month(self, month: str) -> None:
        """Show a month; what was typed into the one before is kept as its draft."""
        self.view.finish()
        if month != self.month and self.month:
            self.drafts.leave()
        self._asked += 1
        asked = self._asked
        self.ask(
            lambda ledger: read_sheet(ledger, month),
            lambda found: self._take(*found) if asked == self._asked else None,
        )

    def _take(self, sheet: EntrySheet, finder: Finder, names: Names) -> None:
        new = sheet.month != self.month
        self.month, self.sheet, self.finder, self.names = sheet.month, sheet, finder, names
        state = self.model.state
        state.read_only = self.read_only or bool(sheet.locked)
        remembered = Remembered(self.office)
        self.head.months.show_month(sheet.month, self.office.as_of)
        self.head.offer_sources(sheet.sources)
        self.head.allow(on=not state.read_only)
        if new:
            state.unit, state.source = remembered.unit(sheet.month), remembered.source()
            state.forget()
            self.notice.hide()
        self.head.show_unit(state.unit)
        self.head.show_source(state.source)
        self._narrow()
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._say_missing(sheet)
        self.offer()
        if new:
            self._begin()
            self.drafts.look()
        self.tell_moved()

    def _begin(self) -> None:
        """The cursor on the first firm that has told nothing; what has to be chosen first is asked."""
        if not self.model.lines:
            return
        row = next((at for at, line in enumerate(self.model.lines) if not line.filed), 0)
        self.view.go_to(row, IDS.index("month_yuan"))
        sheet = self.sheet
        if sheet is not None and sheet.locked:
            day, _, who = sheet.locked.partition(" ")
            by = f"由{who}" if who else ""
            self.notice.tell(
                f"{month_words(sheet.month)}产值已于 {day} {by}签认，数已锁定，这里只能看；企业修订的数用“更正”登记。",
                ("更正", self._correct),
            )
        elif not self.model.state.unit and not self.model.state.read_only:
            self._ask_unit()

    def _ask_unit(self) -> None:
        last = Remembered(self.office).unit()
        words = "先选这批数的单位，不带单位的数才读得懂" + (f"（上次录入用的是{last}）" if last else "") + "："
        self.notice.tell(words, *self.unit_acts())

    def unit_acts(self) -> list[tuple[str, Callable[[], None]]]:
        """A button for each unit."""
        return [(unit, partial(self._choose_unit, unit)) for unit in UNITS]

    def _narrow(self) -> None:
        """Show the firms wanted: all, those that fit what was typed, those that have told nothing."""
        sheet, finder = self.sheet, self.finder
        if sheet is None or finder is None:
            return
        lines: Sequence[EntryLine] = sheet.lines
        text = self.head.finding.text().strip()
        if text:
            lines = [sheet.lines[place] for place in sorted(finder.find(text))]
        if self._only_missing:
            lines = [line for line in lines if not line.filed]
        at = self.model.firm_at(self.view.currentIndex().row())
        column = self.view.currentIndex().column()
        self.model.show(sheet, lines)
        if not self.view.currentIndex().isValid() and lines:
            places = {line.enterprise_id: place for place, line in enumerate(lines)}
            row = places.get(at.enterprise_id, 0) if at is not None else 0
            self.view.go_to(row, column if column >= 0 else IDS.index("month_yuan"))
        self._say()

    def _toggle_missing(self) -> None:
        self._only_missing = not self._only_missing
        self.act_only.setText("看全部企业" if self._only_missing else "只看未报")
        self._narrow()

    def offer(self) -> None:
        """What can be done now, and who has told nothing."""
        sheet, state = self.sheet, self.model.state
        if sheet is None:
            return
        firms = len({place[0] for place in state.typed})
        waiting = len(state.to_confirm()) if firms <= _LOOKED_AT else 0
        self.act_save.setText(f"保存 {firms} 家" if firms else "保存")
        self.act_save.setEnabled(bool(firms) and not state.read_only)
        self.act_give_up.setVisible(bool(firms))
        self.act_confirm.setText(f"确认建议数 {waiting}" if waiting else "确认建议数")
        self.act_confirm.setVisible(not state.read_only)
        self.act_confirm.setEnabled(bool(waiting) or firms > _LOOKED_AT)
        self.act_correct.setVisible(bool(sheet.locked))
        self.bar.selected.setText(f"没保存 {len(state.typed)} 格" if state.typed else "")

    def _say_missing(self, sheet: EntrySheet) -> None:
        """Who has told nothing, on top."""
        missing = sheet.missing
        told = sum(line.filed for line in sheet.lines)
        self.act_chase.setEnabled(bool(missing))
        if not sheet.lines:
            self.missing.setText("这个月没有在册企业；先在“企业”登记入规，再来录入产值。")
        elif missing:
            names = "、".join(line.name for line in missing[:_NAMED])
            self.missing.setText(f"已报 {told} 家，未报 {len(missing)} 家：{names}")
            self.missing.setToolTip("")
        else:
            self.missing.setText(f"{told} 家都已报送")

    # Typing.

    def _edited(self) -> None:
        self.offer()
        self._say()
        self.drafts.keep()
        self._look.start()

    def _look_now(self) -> None:
        """What the form's rules say of the lines typed into, a moment after the last key."""
        state = self.model.state
        if not state.typed or self.saving.busy or len({place[0] for place in state.typed}) > _LOOKED_AT:
            return
        month, entries = self.month, state.entries()
        typed = self.model.state.typed

        def show(wrong: dict[str, Wrong]) -> None:
            if (self.month == month and self.model.state.typed is typed) or self.model.state.typed == typed:
                self.model.show_wrong(wrong)
                self._say()

        self.ask(lambda ledger: look_at(ledger, month, entries), show)

    def _say(self) -> None:
        """The cell the cursor is on, and the firm's last month and last year."""
        now = self.view.currentIndex()
        line = self.model.firm_at(now.row())
        if line is None:
            self.words.show_text("")
            return
        state = self.model.state
        said = state.says(line, IDS[now.column()])
        heading = COLUMNS[now.column()].heading
        first = f"{heading}：{said}" if said else ""
        self.words.show_text(
            "\n".join([f"{line.name}　{state.summary(line)}", first]).rstrip() + ("" if first else "\n ")
        )

    def _choose_unit(self, unit: str) -> None:
        if not unit or self.sheet is None:
            self.head.show_unit(self.model.state.unit)
            return
        self.notice.hide()
        Remembered(self.office).keep_unit(self.month, unit)
        self.head.show_unit(unit)
        self.model.show_unit(unit)
        self.view.setFocus()

    def _choose_source(self, source: str) -> None:
        Remembered(self.office).keep_source(source)
        self.model.state.source = source
        self.head.show_source(source)
        self.model.show_again()
        self._edited()

    def _confirm_all(self) -> None:
        self.model.put(self.model.state.to_confirm())

    def _give_up(self) -> None:
        self.model.turned(self.model.state.give_up())
        self.notice.tell("没保存的都放弃了", ("撤销", lambda: self.take_back()))

    def take_back(self) -> None:
        """Take the last step back."""
        self.notice.hide()
        self.model.undo()
        self.view.setFocus()

    def next_wrong(self) -> None:
        """The cursor on the next cell in red or amber."""
        now = self.view.currentIndex()
        found = self.model.next_wrong(now.row(), now.column())
        if found is not None:
            self.view.go_to(*found)
            self.view.setFocus()

    def tell_moved(self) -> None:
        """Cells somebody else changed meanwhile, and whose stand."""
        number = len(self.model.state.moved)
        if number:
            self.notice.tell(
                f"有 {number} 格刚被别人改过，格里还是你填的，请对照（F8 逐个看）：",
                ("都用我的", lambda: self._settle_moved(mine=True)),
                ("都用别人的", lambda: self._settle_moved(mine=False)),
            )

    def _settle_moved(self, *, mine: bool) -> None:
        self.notice.hide()
        self.model.state.settle_moved(mine=mine)
        self.model.show_again()
        self._edited()

    # Who is missing, paper, corrections.

    def _copy_missing(self) -> None:
        if self.sheet is not None:
            QGuiApplication.clipboard().setText(chase_text(self.sheet, self.office.as_of))
            self.office.said.emit(f"已复制 {len(self.sheet.missing)} 家未报企业的名单，可粘贴到催报通知里")

    def _correct(self) -> None:
        line = self.model.firm_at(self.view.currentIndex().row())
        firm = f"/{line.enterprise_id}" if line is not None else ""
        self.page.show_record(f"view:health/{self.month}{firm}")

    def print(self) -> None:
        """The sheet as it stands, with the unit in its headings."""
        if self.sheet is None:
            return
        columns = [
            Column(str(self.model.headerData(at, Qt.Orientation.Horizontal)), one.width, one.right)
            for at, one in enumerate(COLUMNS)
        ]
        rows = [[self.model.state.shown(line, name) for name in IDS] for line in self.model.lines]
        unsaved = ["表里有没保存的数。"] if self.model.state.typed else []
        said = [f"单位：{self.model.state.unit or '见各数'}。", self.missing.text(), *unsaved]
        self.printing.print(f"{month_words(self.month)}企业产值", columns, rows, said)


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
