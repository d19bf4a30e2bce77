"""计划: a campaign's firms day by day, who goes, and what has become of each; a line becomes a visit with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedWidget

from chain_office.domain.visiting import DONE, PLAN_WORDS
from chain_office.queries.visiting.plan import campaigns, plan_lines
from chain_office.services import editing
from chain_office.services.visiting import planning
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.form.bulk import BulkPane
from chain_office.ui.kit.form.pane import FormPane
from chain_office.ui.kit.grouped_rows import GroupedModel, GroupedView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.layouts import LAYOUTS
from chain_office.ui.measure import scaled
from chain_office.ui.pages.visit_parts.briefing import Briefing
from chain_office.ui.pages.visit_parts.making_plan import MakingPlan
from chain_office.ui.pages.visit_parts.part import Part, first_key
from chain_office.ui.pages.visit_parts.plan_rows import PLAN_COLUMNS, plan_cells, plan_groups

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from chain_office.domain.forms import Saved
    from chain_office.queries.visiting.plan import CampaignLine, PlanLine
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.visit_parts.part import Host

_WIDE: Final = 7
_GIVE_WAY: Final = (2, 6)
_NARROW: Final = 900
_STACKED: Final = 760
_BY_DAY, _BY_DISTRICT = "day", "district"


class PlanPart(Part):
    """计划."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "visit", "visit_plan", "campaign", "enterprise", "register_spell", "district", "park", "setting", "calendar_day",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.lines: dict[str, PlanLine] = {}
        self._campaigns: tuple[CampaignLine, ...] = ()
        self._places: tuple[tuple[str, str], ...] = ()
        self._wanted = ""
        self._to_plan: frozenset[str] | None = None
        self.campaign = QComboBox()
        self.campaign.setAccessibleName("走访活动")
        self.campaign.setMinimumWidth(scaled(220))
        self.campaign.activated.connect(lambda _row: self._turn())
        self.grouping = QComboBox()
        self.grouping.setAccessibleName("按什么分")
        self.grouping.addItem("按日期", _BY_DAY)
        self.grouping.addItem("按县市区", _BY_DISTRICT)
        self.grouping.activated.connect(lambda _row: self._show_lines())
        self.bar = ActionsBar(office.palette)
        self._plan = self.bar.add("安排走访", "list-plus", lambda: self.plan(()), primary=True)
        self._visit = self.bar.add("记为走访", "footprints", self.record, shortcut=first_key("fitting_step"))
        self._brief = self.bar.add("走访前一页纸", "file-text", self.brief, shortcut=first_key("brief"))
        self._edit = self.bar.add("修改", "pencil", self.edit, shortcut=first_key("edit"))
        self._off = self.bar.add("移出计划", "trash-2", self.take_off)
        self._new = self.bar.add("新建活动", "plus", self.new_campaign)
        printing = self.bar.add("打印", "printer", self.print, shortcut=first_key("print_list"), right=True)
        self.addActions([self._visit, self._brief, self._edit, printing])
        self.printing = RowsPrinting(self, office)
        self.briefing = Briefing(self, office)
        self.sums = FigureLine("quiet", wrap=True)
        self.model = GroupedModel(PLAN_COLUMNS, office.palette, self)
        self.view = GroupedView(self.model, stretch=_WIDE)
        self.view.setAccessibleName("走访计划")
        self.view.opened.connect(self._open)
        self.view.chosen.connect(self._offer)
        keys.shortcut("bin", self.view, self.take_off, context=Qt.ShortcutContext.WidgetShortcut)
        keys.shortcut("choose_group", self.view, self.view.choose_group, context=Qt.ShortcutContext.WidgetShortcut)
        self.nothing = label("", "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.side = QStackedWidget()
        self.making: MakingPlan | None = None
        self._pane: FormPane | None = None
        self._bulk: BulkPane | None = None
        self._lay_out()
        self._offer()

    def _lay_out(self) -> None:
        self._list = QStackedWidget()
        self._list.addWidget(self.view)
        self._list.addWidget(self.nothing)
        self._split = QSplitter()
        self._split.addWidget(self._list)
        self._split.addWidget(self.side)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([780, 430])
        self.side.hide()
        self.bar.add_right(self.grouping)
        self.bar.add_right(self.campaign)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.sums)
        self.column.addWidget(self._split, 1)

    def parts(self) -> tuple[QWidget, ...]:
        """The lines, the campaign, what is open beside them."""
        return (self.view, self.campaign, *((self.side,) if self.side.isVisible() else ()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow window keeps room for the firm and its state; what is open stands below the list."""
        super().resizeEvent(event)
        way = Qt.Orientation.Vertical if self.width() < scaled(_STACKED) else Qt.Orientation.Horizontal
        if self._split.orientation() != way:
            self._split.setOrientation(way)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < scaled(_NARROW) or self.side.isVisible()
        for place in _GIVE_WAY:
            self.view.setColumnHidden(place, narrow)

    # Reading.

    def refresh(self) -> None:
        """The campaigns, and the plan of the one shown."""
        day = self.office.as_of
        wanted = self._wanted or str(self.campaign.currentData() or "")

        def read(ledger: Ledger) -> tuple[tuple[CampaignLine, ...], tuple[PlanLine, ...], tuple[tuple[str, str], ...]]:
            every = campaigns(ledger, day)
            shown = next((one for one in every if one.id == wanted), _usual(every))
            return every, plan_lines(ledger, shown.id, day) if shown else (), planning.places(ledger, day)

        self.ask(read, lambda found: self._show(*found))

    def _show(
        self, every: tuple[CampaignLine, ...], lines: tuple[PlanLine, ...], places: tuple[tuple[str, str], ...]
    ) -> None:
        self._campaigns, self._places = every, places
        wanted = self._wanted or str(self.campaign.currentData() or "")
        usual = _usual(every)
        self._wanted = ""
        self.campaign.clear()
        for one in every:
            self.campaign.addItem(one.name, one.id)
            self.campaign.setItemData(self.campaign.count() - 1, one.title, Qt.ItemDataRole.ToolTipRole)
        place = self.campaign.findData(wanted)
        self.campaign.setCurrentIndex(place if place >= 0 else self.campaign.findData(usual.id) if usual else -1)
        self.lines = {line.id: line for line in lines}
        self._show_lines()
        if self._to_plan is not None and self.current is not None:
            firms, self._to_plan = self._to_plan, None
            self.plan(firms)

    def _turn(self) -> None:
        self._wanted = str(self.campaign.currentData() or "")
        if self.making is not None and self.side.currentWidget() is self.making:
            self._leave()
        self.refresh()

    @property
    def current(self) -> CampaignLine | None:
        """The campaign shown."""
        wanted = self.campaign.currentData()
        return next((one for one in self._campaigns if one.id == wanted), None)

    def _show_lines(self) -> None:
        at, row = self.view.current_id, self.view.currentIndex().row()
        lines = list(self.lines.values())
        by_day = self.grouping.currentData() == _BY_DAY
        self.model.show_groups(plan_groups(lines, by_day=by_day))
        self._fit()
        campaign = self.current
        count = {state: sum(line.state == state for line in lines) for state in PLAN_WORDS}
        warned = sum(bool(line.warning) for line in lines)
        told = [campaign.span] if campaign is not None and campaign.span else []
        told += [f"计划 {len(lines)} 家", *(f"{word} {count[state]}" for state, word in PLAN_WORDS.items())]
        guarded = sum(line.protected for line in lines)
        told += [f"赋码保护 {guarded} 家，走访前先征得企业同意"] * bool(guarded)
        told += [f"{warned} 家本月走访偏多"] * bool(warned)
        self.sums.tell_counts(
            "　".join(told) if lines else "",
            self.office.as_of,
            "visits.plan_line",
            "所选走访活动的计划：列入计划的企业，按截止日前有没有走访、过没过计划日期分",
        )
        self.sums.setVisible(bool(lines))
        self.nothing.setText(
            "还没有走访活动。新建一个（名称、起止日期），再按“安排走访”排出计划。"
            if campaign is None
            else f"“{campaign.name}”还没有计划。按“安排走访”，选范围、日期和带队领导，一次排好。"
        )
        self._list.setCurrentWidget(self.view if lines else self.nothing)
        if lines:
            if not at:
                at = next((line.id for line in lines if line.state != DONE), "")
            elif self.model.row_of(at) < 0 and row > 0:
                near = [one for one in range(self.model.rowCount()) if one not in self.model.heads]
                at = self.model.line(next((one for one in near if one >= row), near[-1])).id
            self.view.go_to(at)
        self._offer()

    def go_to(self, reference: str) -> None:
        """A campaign by its id, or firms to plan for ("firms/<id>,<id>")."""
        kind, _, firms = reference.partition("/")
        if kind == "firms":
            self._to_plan = frozenset(firms.split(","))
        else:
            self._wanted = reference
        self.refresh()

    def where(self) -> str:
        """The campaign shown."""
        return str(self.campaign.currentData() or "")

    # What is offered.

    def chosen(self) -> tuple[PlanLine, ...]:
        """The lines chosen."""
        return tuple(self.lines[one] for one in self.view.chosen_ids() if one in self.lines)

    def _offer(self) -> None:
        chosen, may = self.chosen(), not self.read_only
        for action in (self._plan, self._visit, self._edit, self._off, self._new):
            action.setVisible(may)
        self._plan.setEnabled(self.current is not None)
        one = chosen[0] if len(chosen) == 1 else None
        done = one is not None and one.state == DONE
        self._visit.setText("打开走访" if done else "记为走访")
        self._visit.setEnabled(one is not None)
        self._edit.setText("批量修改" if len(chosen) > 1 else "修改")
        self._brief.setText(f"走访前一页纸（{len(chosen)} 家）" if len(chosen) > 1 else "走访前一页纸")
        for action in (self._edit, self._off, self._brief):
            action.setEnabled(bool(chosen))

    def _open(self, line_id: str) -> None:
        """Enter: the visit that was made of the line, else the firm."""
        line = self.lines.get(line_id)
        if line is None:
            return
        if line.visit_id:
            self.page.show_record(f"visit:{line.visit_id}")
        else:
            self.page.wanted.emit("enterprises", f"enterprise:{line.enterprise_id}")

    # Acts.

    def plan(self, firms: Collection[str]) -> None:
        """Arrange visits of a campaign: of these firms, or of those to be chosen."""
        if self.read_only:
            return
        campaign = self.current
        if campaign is None:
            self._to_plan = frozenset(firms)
            self.new_campaign()
            return
        if self.making is None:
            self.making = MakingPlan(self.office)
        if self.side.indexOf(self.making) < 0:
            self.making.saved.connect(self._saved)
            self.making.left.connect(self._leave)
            self.side.addWidget(self.making)
        self._beside(self.making)
        self.making.begin(campaign, self._places, firms)

    def record(self) -> None:
        """Make a visit of the line, or open the one that was."""
        chosen = self.chosen()
        if len(chosen) != 1:
            return
        line = chosen[0]
        if line.state == DONE:
            self.page.show_record(f"visit:{line.visit_id}")
        else:
            self.ask(lambda ledger: planning.from_plan(ledger, line.id), self._make_visit)

    def _make_visit(self, preset: Mapping[str, object]) -> None:
        self.page.make_visit(preset)

    def brief(self) -> None:
        """The page before a visit, of the firms chosen."""
        firms = [line.enterprise_id for line in self.chosen()]
        self.briefing.show(firms)

    def edit(self) -> None:
        """Change a line, or one thing of several."""
        ids = tuple(line.id for line in self.chosen())
        if not ids or self.read_only:
            return
        if len(ids) == 1:
            self._beside(self.pane)
            self.pane.edit("visit_plan", ids[0])
            return
        if self._bulk is None:
            self._bulk = BulkPane(self.office)
            self._bulk.saved.connect(self._saved)
            self._bulk.left.connect(self._leave)
            self.side.addWidget(self._bulk)
        self._beside(self._bulk)
        self._bulk.begin("visit_plan", ids)

    def new_campaign(self) -> None:
        """A campaign's form."""
        self._beside(self.pane)
        self.pane.new("campaign", {})

    def take_off(self) -> None:
        """Take the lines out of the plan; 撤销 puts them back."""
        ids = tuple(line.id for line in self.chosen())
        if ids and not self.read_only:
            self.write(lambda ledger, actor: editing.bin_records(ledger, "visit_plan", ids, actor))

    @property
    def pane(self) -> FormPane:
        """The form beside the list."""
        if self._pane is None:
            self._pane = FormPane(self.office, LAYOUTS)
            self._pane.saved.connect(self._saved)
            self._pane.left.connect(self._leave)
            self._pane.said.connect(self.office.said)
            self.side.addWidget(self._pane)
        return self._pane

    def _beside(self, widget: QWidget) -> None:
        self.side.setCurrentWidget(widget)
        self.side.show()
        self._fit()

    def _saved(self, saved: Saved) -> None:
        if saved.table == "campaign":
            self._wanted = saved.row_id or self._wanted
        self.office.wrote.emit(saved)
        self._leave()
        self.refresh()

    def _leave(self) -> None:
        self.side.hide()
        self._fit()
        self.view.setFocus()
        selection = self.view.selectionModel()
        if self.view.currentIndex().isValid() and not selection.hasSelection():
            flags = QItemSelectionModel.SelectionFlag
            selection.select(self.view.currentIndex(), flags.ClearAndSelect | flags.Rows)

    def print(self) -> None:
        """The plan as it stands."""
        campaign = self.current
        if campaign is None:
            return
        rows = [
            (line.due.isoformat() if line.due else "未定", *plan_cells(line))
            for line in sorted(self.lines.values(), key=lambda one: (one.due is None, one.due or self.office.as_of))
        ]
        self.printing.print(
            f"{campaign.name}走访计划",
            (Column("计划日期", 84), *PLAN_COLUMNS),
            rows,
            [self.sums.text()] if rows else [],
        )


def _usual(every: Sequence[CampaignLine]) -> CampaignLine | None:
    """The latest campaign with a plan, else the latest."""
    return next((one for one in every if one.planned), every[0] if every else None)
