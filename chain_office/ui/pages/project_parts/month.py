"""月调度: a month's table entered in place, carried over from the month before, signed off at its end, and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QInputDialog, QLabel

from chain_office.domain.errors import KnownError
from chain_office.domain.figures import Figure
from chain_office.domain.forms import Faulty
from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.money import read_money, show_money
from chain_office.domain.periods import last_ended_month
from chain_office.domain.project_months import known_sum
from chain_office.services.projects.months import confirm, freeze, put, read_sheet, with_cumulatives
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.figure_line import FigureLine, Told
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.sheet import SheetView
from chain_office.ui.kit.sheet_model import SheetModel
from chain_office.ui.pages.project_parts.month_paper import MonthPrinting
from chain_office.ui.pages.project_parts.month_rows import COLUMNS, MONEY, TEXT, row_of
from chain_office.ui.pages.project_parts.part import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from chain_office.domain.forms import Saved
    from chain_office.queries.projects_desk.months import MonthRow
    from chain_office.services.ledgers import Ledger
    from chain_office.services.projects.months import MonthSheet
    from chain_office.ui.office import Office
    from chain_office.ui.pages.project_parts.part import Host
    from chain_office.ui.work import Progress

_ALL, _MISSING, _ODD = "全部", "在建没有报", "核对有差异"
_FILTERS: Final = (_ALL, _MISSING, _ODD)


class MonthPart(Part):
    """月调度."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "project", "stage_change", "project_plan", "project_month", "month_freeze", "light_rule", "district", "park",
        "project_node", "project_cause",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.sheet: MonthSheet | None = None
        self._month = ""
        self._refused: dict[str, str] = {}
        self._insist: tuple[str, str, str] = ("", "", "")
        self.bar = ActionsBar(office.palette)
        self.months = QComboBox()
        self.months.setAccessibleName("月份")
        self.months.setMinimumContentsLength(9)
        self.months.setToolTip("哪个月的调度表")
        self.months.activated.connect(lambda _place: self.show_month(str(self.months.currentData())))
        self.only = QComboBox()
        self.only.addItems(_FILTERS)
        self.only.setAccessibleName("只看")
        self.only.currentIndexChanged.connect(lambda _place: self._fill())
        self.carry = QCheckBox("沿用上月")
        self.carry.setToolTip("没有报的项目，把上次的累计和形象进度灰色带出来，确认以后才算报过；本月完成留空")
        self.carry.toggled.connect(lambda _on: self._fill())
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (label("月份", "quiet"), self.months, label("只看", "quiet"), self.only, self.carry):
            row.addWidget(widget)
        self.state = FigureLine("quiet")
        row.addWidget(self.state, 1)
        self._confirm = self.bar.add(
            "确认这一行", "check", self.confirm_row, shortcut=keys.key("fitting_step").keys[0], needs=1
        )
        self.addAction(self._confirm)
        self._confirm_all = self.bar.add("全部确认沿用", "list-checks", self.confirm_all)
        self._freeze = self.bar.add("封账……", "lock", self.ask_freeze)
        self.bar.add("打开项目", "list", self.open, needs=1)
        self.printing = MonthPrinting(self)
        self.bar.add("调度表……", "printer", self.print, shortcut=keys.key("print_list").keys[0], right=True)
        self.bar.add("存为文件……", "download", lambda: self.printing.ask_folder(self.month), right=True)
        self.model = SheetModel(office.palette, parent=self)
        self.model.edited.connect(self._edited)
        self.view = SheetView(self.model, stretch=TEXT)
        self.view.setAccessibleName("月调度表")
        self.view.moved.connect(lambda _row: self._allow())
        self.said = label("", wrap=True)
        self.said.hide()
        self.foot = FigureLine("quiet")
        self.nothing = label(
            "这个月没有纳入调度的项目。\n每月在这里逐个填本月完成、累计和形象进度，月底封账，以后随时比对任意两个月。",
            "quiet",
            wrap=True,
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addLayout(row)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.said)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.nothing, 1)
        self.column.addWidget(self.foot)
        self.dialog: QInputDialog | None = None

    def parts(self) -> tuple[QWidget, ...]:
        """The table, the months, what is done with it."""
        return (self.view, self.months, self.bar)

    @property
    def month(self) -> str:
        """The month shown: the one chosen, else the last that ended by the cut-off day."""
        return self._month or last_ended_month(self.office.as_of)

    def go_to(self, reference: str) -> None:
        """Show a month ("2021-10")."""
        self.show_month(reference)

    def where(self) -> str:
        """The month shown."""
        return self._month

    def show_month(self, month: str) -> None:
        """Show another month."""
        self._month = month
        self._refused.clear()
        self._tell("")
        self.refresh()

    def refresh(self) -> None:
        """The month at the cut-off date."""
        month, day = self.month, self.office.as_of
        self.ask(lambda ledger: read_sheet(ledger, month, day), self._show)

    def _show(self, sheet: MonthSheet) -> None:
        if sheet.month != self.month:
            return
        self.sheet = sheet
        self.months.clear()
        for month in sheet.months:
            self.months.addItem(month, month)
        self.months.setCurrentIndex(self.months.findData(sheet.month))
        signed = f"已于 {sheet.signed_day} 由{sheet.signed_by}封账，再改算更正" if sheet.frozen else "还没有封账"
        put_right = f"，封账后更正 {len(sheet.restated)} 处" if sheet.restated else ""
        due = sum(row.due for row in sheet.rows)
        missing = f"在建 {due} 个，没有报的 {len(sheet.missing)} 个"
        self.state.tell_counts(
            f"{missing}　{signed}{put_right}",
            self.office.as_of,
            "projects.month_line",
            "所选月份的月调度表：在建项目中，还没有报这个月进展的",
        )
        show_light(self.state, "amber" if sheet.restated else "")
        self.view.setVisible(bool(sheet.rows))
        self.nothing.setVisible(not sheet.rows)
        self._fill()

    def _rows(self) -> tuple[MonthRow, ...]:
        if self.sheet is None:
            return ()
        wanted = self.only.currentText()
        if wanted == _MISSING:
            return self.sheet.missing
        if wanted == _ODD:
            return tuple(row for row in self.sheet.rows if row.year_gap or row.total_gap)
        return self.sheet.rows

    def _fill(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        put_right: dict[str, tuple[Any, ...]] = {}
        for one in sheet.restated:
            put_right[one.project] = (*put_right.get(one.project, ()), one)
        carry = self.carry.isChecked() and not sheet.frozen
        rows = [row_of(row, carry, self._refused.get(row.stood.id, ""), put_right) for row in self._rows()]
        self.view.load(COLUMNS, rows)
        sums = (
            ("年度计划", known_sum(row.stood.plan_yuan for row in sheet.rows)),
            ("本月完成", known_sum(row.now.month_yuan for row in sheet.rows)),
            ("本年累计", known_sum(row.now.year_yuan for row in sheet.rows)),
            ("开工以来", known_sum(row.now.total_yuan for row in sheet.rows)),
        )
        all_of_them = f"projects.month.{sheet.month}"
        number = Figure(
            f"{all_of_them}.total", "项目", len(sheet.rows), "个", "月调度表里的项目：到月末纳入统计的", sheet.day,
            row_count=len(sheet.rows),
        )  # fmt: skip
        money = [
            Told(
                f"{word} {show_money(yuan)}",
                Figure(
                    f"{all_of_them}.{word}",
                    word,
                    yuan,
                    "元",
                    f"Σ 月调度表里已报的{word}；没有报的不计，不按 0 算",
                    sheet.day,
                ),
            )
            for word, yuan in sums
            if yuan is not None
        ]
        told = [part for one in money for part in (one, "　")] or ["还没有　"]
        self.foot.tell(
            Told(f"共 {len(sheet.rows)} 个项目", number), "，已报的合计：", *told, f"截至 {sheet.day.isoformat()}"
        )
        if rows and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0, self.model.column_of("month")))
        self._allow()

    def _allow(self) -> None:
        sheet, row = self.sheet, self._row()
        may = sheet is not None and not self.read_only
        waits = row is not None and row.due and not row.reported and bool(row.last.month)
        frozen = sheet is not None and sheet.frozen
        self.bar.show_selected(1 if row is not None else 0)
        self._confirm.setEnabled(may and waits and not frozen)
        self._confirm_all.setEnabled(may and not frozen and self.carry.isChecked())
        self._freeze.setEnabled(may and not frozen and bool(sheet and sheet.rows))
        self.carry.setEnabled(may and not frozen)

    def _row(self) -> MonthRow | None:
        wanted = self.view.current_id
        return next((row for row in self._rows() if row.stood.id == wanted), None)

    def _tell(self, text: str, light: str = "") -> None:
        self.said.setText(text)
        show_light(self.said, light)
        self.said.setVisible(bool(text))

    # Typing.

    def _edited(self, project: str, column: str, value: Any) -> None:
        row = next((one for one in self._rows() if one.stood.id == project), None)
        if row is None or self.sheet is None or self.read_only:
            return
        try:
            changes = self._changes(row, column, value)
        except BadValue as error:
            self.model.refuse(project, column, value, error.reason)
            self._tell(f"{row.stood.name}：{error.reason}", "red")
            return
        month, typed = self.sheet.month, (project, column, str(value))
        insist = self._insist == typed

        def act(ledger: Any, actor: str) -> Saved:
            every = frozenset({"month", *MONEY.values(), "image_progress"})
            return put(ledger, project, month, changes, actor, every if insist else frozenset())

        def failed(error: Exception) -> None:
            if not isinstance(error, KnownError):
                self.office.work.explain(error)
                return
            stops = not isinstance(error, Faulty) or any(fault.stops for fault in error.faults)
            self._insist = ("", "", "") if stops else typed
            more = "" if stops else "　核对无误的，在原处再按一次回车保存。"
            self.model.refuse(project, column, value, error.message)
            self._tell(f"{row.stood.name}：{error.message}{more}", "red" if stops else "amber")

        def done(saved: Saved) -> None:
            self._insist = ("", "", "")
            self.model.accept(project, column)
            self._tell("")
            if saved.write_no:
                self.office.wrote.emit(saved)

        actor = self.office.actor
        self.office.work.ask(lambda ledger: act(ledger, actor), done, owner=self, failed=failed)

    def _changes(self, row: MonthRow, column: str, value: Any) -> Mapping[str, object]:
        """What a cell's text means; an amount of the month brings the cumulatives along. Raises BadValue."""
        if column == TEXT:
            words = value if isinstance(value, tuple) else str(value or "").splitlines()
            return {"image_progress": "\n".join(line for line in words if line.strip()) or None}
        text = str(value or "").strip()
        found = read_money(text, Context(unit="万元")).value if text else None
        yuan = found if isinstance(found, int) else None
        if column == "month":
            return with_cumulatives(row, yuan)
        return {MONEY[column]: yuan}

    def confirm_row(self) -> None:
        """What is carried over is this project's report of the month."""
        row = self._row()
        if row is not None:
            self._confirm_these((row.stood.id,))

    def confirm_all(self) -> None:
        """The same for all that have not reported, as they are shown."""
        self._confirm_these(
            tuple(row.stood.id for row in self._rows() if row.due and not row.reported and row.last.month)
        )

    def _confirm_these(self, ids: tuple[str, ...]) -> None:
        month, day = self.month, self.office.as_of
        self.write(lambda ledger, actor: confirm(ledger, month, day, ids, actor))

    def open(self) -> None:
        """The project the cursor is on."""
        if self.view.current_id:
            self.page.show_record(f"project:{self.view.current_id}")

    # Signing off, paper.

    def ask_freeze(self) -> None:
        """Ask who signs."""
        if self.sheet is None:
            return
        missing = len(self.sheet.missing)
        warns = f"还有 {missing} 个在建项目没有报，封账后补报会作为更正。\n" if missing else ""
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(f"{self.sheet.month} 封账")
        dialog.setLabelText(f"{warns}{len(self.sheet.rows)} 个项目按现在的数留存。谁签字：")
        for one in dialog.findChildren(QLabel):
            one.setTextFormat(Qt.TextFormat.PlainText)
        dialog.setTextValue(self.office.actor)
        dialog.setOkButtonText("封账")
        dialog.setCancelButtonText("取消")
        dialog.textValueSelected.connect(self.freeze)
        self.dialog = dialog
        dialog.open()

    def freeze(self, signed_by: str) -> None:
        """Sign the month off; 撤销 takes it back."""
        month, day, actor = self.month, self.office.as_of, self.office.actor

        def job(ledger: Ledger, progress: Progress) -> Saved:
            progress(0, 1, f"正在留存 {month}")
            saved = freeze(ledger, month, day, signed_by, actor, progress.check)
            progress.tell(1, 1, "")
            return saved

        self.office.work.long(f"{month} 封账", job, self.office.wrote.emit, owner=self)

    def print(self) -> None:
        """The month on paper, looked at first."""
        self.printing.print(self.month)
