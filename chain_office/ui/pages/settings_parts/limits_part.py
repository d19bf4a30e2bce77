"""时限: how many working days are given for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout

from chain_office.services.settings.limits import Limit, add_limit, bin_limit, read_limits, save_limit
from chain_office.ui.kit.sheet import SheetView
from chain_office.ui.kit.sheet_model import SheetModel
from chain_office.ui.kit.sheet_rows import LINE, SheetColumn, SheetRow
from chain_office.ui.pages.settings_parts.part import Part, only_pointed_out, said_of

if TYPE_CHECKING:
    from chain_office.domain.errors import KnownError
    from chain_office.domain.forms import Saved
    from chain_office.ui.office import Office

_COLUMNS = (
    SheetColumn("name", "事项", 260),
    SheetColumn("days", "工作日", 90, LINE, right=True, tip="几个工作日；交办当日不计"),
    SheetColumn("remark", "依据", 320, tip="按哪个文件或哪次会议定的"),
)
_ADDING = "在这里输入新的事项，回车新增"


class LimitsPart(Part):
    """时限."""

    title: ClassVar[str] = "时限"
    hint: ClassVar[str] = "各事项给几个工作日。按“工作日”里的日历推算，交办当日不计。"
    icon_name: ClassVar[str] = "clock"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._limits: tuple[Limit, ...] = ()
        self._pointed_out: tuple[str, str, Any] | None = None
        self._wanted = ""
        self.model = SheetModel(office.palette, parent=self)
        self.model.edited.connect(self._edited)
        self.view = SheetView(self.model, stretch="remark")
        self.view.setAccessibleName("时限")
        self.view.delete_wanted.connect(lambda _row: self.bin())
        self.view.moved.connect(lambda _row: self._enable())
        self.add_button = self.button("新增", lambda: self.view.begin_new(), "plus")
        self.bin_button = self.button("移入回收站", self.bin, "trash-2")
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.add_button)
        bar.addWidget(self.bin_button)
        bar.addStretch(1)
        self.column.addLayout(bar)
        self.column.addWidget(self.said)
        self.column.addWidget(self.view, 1)
        self._enable()

    def refresh(self) -> None:
        """Read the limits again."""
        self.ask(read_limits, self._show)

    def _show(self, limits: tuple[Limit, ...]) -> None:
        self._limits = limits
        current = self._wanted or self.view.current_id
        self.view.load(
            _COLUMNS,
            [
                SheetRow(
                    one.id, {"name": one.name, "days": "" if one.days is None else str(one.days), "remark": one.remark}
                )
                for one in limits
            ],
            adding="" if self.read_only else _ADDING,
        )
        if current:
            self._wanted = ""
            self.view.go_to(current)
        self._enable()

    @property
    def current(self) -> Limit | None:
        """The limit the cursor is on."""
        return next((one for one in self._limits if one.id == self.view.current_id), None)

    def _enable(self) -> None:
        self.add_button.setEnabled(bool(self.model.adding))
        self.bin_button.setEnabled(self.current is not None and not self.read_only)

    def _edited(self, row_id: str, column: str, value: object) -> None:
        limit = next((one for one in self._limits if one.id == row_id), None)
        insist = self._pointed_out == (row_id, column, value)
        self._pointed_out = None

        def job(ledger: Any, actor: str) -> Saved | None:
            if limit is None:
                return add_limit(ledger, str(value), actor, insist=insist)
            return save_limit(ledger, limit, column, str(value), actor, insist=insist)

        def kept(saved: Saved | None) -> None:
            self.model.accept(row_id, column)
            if not row_id and saved is not None:
                self._wanted = saved.row_id
            self.refresh()

        def refused(error: KnownError) -> None:
            self.model.refuse(row_id, column, value, said_of(error))
            if only_pointed_out(error):
                self._pointed_out = (row_id, column, value)

        self.save(job, kept, refused)

    def bin(self) -> None:
        """Move the limit to the bin."""
        limit = self.current
        if limit is not None and not self.read_only:
            self.save(lambda ledger, actor: bin_limit(ledger, limit, actor), lambda _saved: self.refresh())
