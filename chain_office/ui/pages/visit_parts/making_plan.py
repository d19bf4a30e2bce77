"""安排走访: which firms, which working days, who leads; looked at before it is written, taken back in one undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import FormField
from chain_office.domain.kinds import BadValue
from chain_office.domain.specs import FieldSpec
from chain_office.domain.values import DAY
from chain_office.services.visiting import planning
from chain_office.services.visiting.planning import BY_DAY, BY_DISTRICT, Choice, Team, Wish
from chain_office.ui import keys
from chain_office.ui.kit.form.editors import make_editor
from chain_office.ui.kit.form.surroundings import LedgerOffers, Surroundings
from chain_office.ui.kit.form.wrapped import Wrapped
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.month_calendar import WEEK
from chain_office.ui.kit.sheet import SheetView
from chain_office.ui.kit.sheet_model import SheetModel
from chain_office.ui.kit.sheet_rows import NONE, SheetColumn, SheetRow
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from chain_office.domain.forms import Saved
    from chain_office.queries.visiting.plan import CampaignLine
    from chain_office.services.visiting.planning import Draft
    from chain_office.ui.kit.form.editor import Editor
    from chain_office.ui.office import Office

_SETTLED_MILLISECONDS = 200
_WAYS = ((BY_DISTRICT, "一个县市区一组，各组同时走"), (BY_DAY, "一天一组，走完一个县市区再走下一个"))
_DAYS = 10


class MakingPlan(QWidget):
    """Beside the plan."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._campaign: CampaignLine | None = None
        self._ids: frozenset[str] = frozenset()
        self._teams: dict[str, Team] = {}
        self._draft: Draft | None = None
        self._asked = 0
        self._writing = False
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self.title = Wrapped("安排走访", "title")
        self.scope = QComboBox()
        self.scope.setAccessibleName("范围")
        self.stale = _spin("至少多少天没有走访", 3650, "不论多久没走访", " 天以上没走访")
        self.again = QCheckBox("这次活动里已走访过的也列入")
        self.only = label("", "", wrap=True)
        self.widen = QPushButton("改为全部在册")
        self.widen.clicked.connect(lambda: self.choose(()))
        around = Surroundings(office.as_of, LedgerOffers(office, self))
        self.first: Editor = make_editor(FormField(FieldSpec("first", "开始日期", DAY)), around)
        self.last: Editor = make_editor(FormField(FieldSpec("last", "结束日期", DAY)), around)
        self.way = QComboBox()
        self.way.setAccessibleName("分组")
        for key, word in _WAYS:
            self.way.addItem(word, key)
        self.per_day = _spin("每组每天走访几家", 99, "平均安排", " 家一天（每组）")
        self.model = SheetModel(office.palette, parent=self)
        self.model.edited.connect(self._named)
        self.teams = SheetView(self.model, stretch="visitors")
        self.teams.setAccessibleName("各组带队和人员")
        self.teams.setMinimumHeight(scaled(88))
        self.same = QPushButton("各组都同第一组")
        self.same.clicked.connect(self._same)
        self.says = Wrapped("", "quiet")
        self.wrong = Wrapped("", "wrong")
        self.write = QPushButton("写入计划")
        self.write.setProperty("role", "primary")
        self.write.clicked.connect(self.save)
        self.back = QPushButton("返回（Esc）")
        self.back.clicked.connect(self.left)
        self._lay_out()
        for box in (self.scope, self.way):
            box.currentIndexChanged.connect(lambda _row: self._timer.start())
        for spin in (self.stale, self.per_day):
            spin.valueChanged.connect(lambda _number: self._timer.start())
        self.again.toggled.connect(lambda _on: self._timer.start())
        for editor in (self.first, self.last):
            editor.changed.connect(self._timer.start)
        keys.shortcut("save", self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        self.setProperty("role", "form")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(320)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        where, when = QHBoxLayout(), QHBoxLayout()
        where.addWidget(self.scope, 1)
        where.addWidget(self.stale, 1)
        when.addWidget(self.first, 1)
        when.addWidget(label("至", "quiet"), 0, Qt.AlignmentFlag.AlignTop)
        when.addWidget(self.last, 1)
        for place, word in enumerate(("范围", "", "日期", "分组", "快慢")):
            grid.addWidget(label(word, "quiet"), place, 0, Qt.AlignmentFlag.AlignTop)
        for place, line in ((0, where), (2, when)):
            grid.addLayout(line, place, 1)
        for place, box in ((1, self.again), (3, self.way), (4, self.per_day)):
            grid.addWidget(box, place, 1)
        chosen = QHBoxLayout()
        chosen.addWidget(self.only, 1)
        chosen.addWidget(self.widen)
        head = QHBoxLayout()
        head.addWidget(label("各组带队和人员（可空着，以后再填）", "quiet"), 1)
        head.addWidget(self.same)
        foot = QHBoxLayout()
        foot.addWidget(self.write)
        foot.addWidget(self.back)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(chosen)
        column.addLayout(grid)
        column.addLayout(head)
        column.addWidget(self.teams, 1)
        column.addWidget(self.says)
        column.addWidget(self.wrong)
        column.addLayout(foot)
        self.wrong.hide()

    def begin(self, campaign: CampaignLine, places: Collection[tuple[str, str]], firms: Collection[str] = ()) -> None:
        """Plan for a campaign. ``places``: what may be chosen, (districts' and parks' key, word); ``firms``: these only."""
        self._campaign = campaign
        self._teams = {}
        self.title.show_text(f"安排走访　{campaign.name}")
        self.scope.blockSignals(True)
        self.scope.clear()
        self.scope.addItem("全部在册企业", "")
        for key, word in places:
            self.scope.addItem(word, key)
        self.scope.blockSignals(False)
        day = self._office.as_of
        start = (
            max(campaign.from_day or day, day)
            if campaign.to_day is None or campaign.to_day >= day
            else campaign.from_day
        )
        self.first.set_value(start)
        self.last.set_value(campaign.to_day)
        if campaign.to_day is None and start is not None:
            self.last.set_value(start.fromordinal(start.toordinal() + _DAYS))
        self.choose(firms)
        self.scope.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, firms: Collection[str]) -> None:
        """Plan for these firms only; none: by district, park and time since the last visit."""
        self._ids = frozenset(firms)
        self.only.setText(f"只安排选中的 {len(self._ids)} 家企业" if self._ids else "")
        for widget in (self.only, self.widen):
            widget.setVisible(bool(self._ids))
        self.scope.setEnabled(not self._ids)
        self.stale.setEnabled(not self._ids)
        self._look()

    def _wish(self) -> Wish | None:
        """What is asked for; None while a day cannot be read."""
        try:
            first, last = self.first.value(), self.last.value()
        except BadValue:
            return None
        if self._campaign is None or first is None or last is None:
            return None
        kind, _, place = str(self.scope.currentData() or "").partition(":")
        choice = Choice(
            district_id=place if kind == "district" and not self._ids else None,
            park_id=place if kind == "park" and not self._ids else None,
            stale_days=0 if self._ids else self.stale.value(),
            ids=self._ids,
            again=self.again.isChecked(),
        )
        way = str(self.way.currentData())
        return Wish(self._campaign.id, _day(first), _day(last), choice, way, self.per_day.value(), dict(self._teams))

    def _look(self) -> None:
        """Work out what the plan would be."""
        wish = self._wish()
        self._asked += 1
        asked, day = self._asked, self._office.as_of
        self._draft = None
        self._enable()
        if wish is None:
            self._complain("请填写开始日期和结束日期。")
            return

        def show(found: Draft) -> None:
            if asked == self._asked:
                self._show(found)

        def failed(error: Exception) -> None:
            if asked == self._asked:
                self._refused(error)

        self._office.work.ask(lambda ledger: planning.draft(ledger, wish, day), show, owner=self, failed=failed)

    def _show(self, found: Draft) -> None:
        self._draft = found
        self._complain("")
        by_day = self.way.currentData() == BY_DAY
        columns = (
            SheetColumn("team", "日期" if by_day else "县市区", 112, NONE),
            SheetColumn("firms", "家数", 44, NONE, right=True),
            SheetColumn("leader", "带队领导", 84),
            SheetColumn("visitors", "走访人员", 120),
        )
        self.teams.load(columns, [self._team_row(key, number, by_day) for key, number in found.parts])
        days = {stop.day for stop in found.stops}
        told = [f"安排 {len(found.stops)} 家，走 {len(days)} 天" if found.stops else "没有要安排的企业"]
        if days:
            told[0] += f"（{min(days)}—{max(days)}）"
        told += [f"{found.planned} 家已在计划里"] * bool(found.planned)
        told += [f"{found.visited} 家在这次活动里已走访，不再列入"] * bool(found.visited)
        self.says.show_text("；".join(told) + "。" + "".join(found.said))
        show_light(self.says, "amber" if found.said or not found.stops else "")
        self._enable()

    def _team_row(self, key: str, number: int, by_day: bool) -> SheetRow:
        team = self._teams.get(key, Team())
        day = DAY.parse(key).value if by_day else None
        word = f"{key} 周{WEEK[day.weekday()]}" if day is not None else key  # type: ignore[attr-defined]
        return SheetRow(key, {"team": word, "firms": str(number), "leader": team.leader, "visitors": team.visitors})

    def _named(self, key: str, column: str, value: object) -> None:
        team = self._teams.get(key, Team())
        text = str(value).strip()
        self._teams[key] = Team(text, team.visitors) if column == "leader" else Team(team.leader, text)
        if self._draft is not None:
            self._show(self._draft)

    def _same(self) -> None:
        if self._draft is not None and self._draft.parts:
            first = self._teams.get(self._draft.parts[0][0], Team())
            self._teams = {key: first for key, _ in self._draft.parts}
            self._show(self._draft)

    def _enable(self) -> None:
        number = len(self._draft.stops) if self._draft is not None else 0
        self.write.setText(f"写入 {number} 家的计划（Ctrl+S）" if number else "写入计划")
        self.write.setEnabled(bool(number) and not self._writing)
        self.same.setEnabled(self._draft is not None and len(self._draft.parts) > 1)

    def _complain(self, sentence: str) -> None:
        self.wrong.show_text(sentence)
        self.wrong.setVisible(bool(sentence))

    def save(self) -> None:
        """Write the plan."""
        self.teams.finish()
        wish = self._wish()
        if wish is None or self._writing or self._draft is None or not self._draft.stops:
            return
        day, actor = self._office.as_of, self._office.actor
        self._writing = True

        def done(saved: Saved) -> None:
            self._writing = False
            self.saved.emit(saved)

        def failed(error: Exception) -> None:
            self._writing = False
            self._refused(error)

        self._office.work.ask(
            lambda ledger: planning.make_plan(ledger, wish, day, actor), done, owner=self, failed=failed
        )

    def _refused(self, error: Exception) -> None:
        self._enable()
        if isinstance(error, KnownError):
            self._complain(error.message)
        else:
            self._office.work.explain(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _spin(name: str, most: int, none: str, suffix: str) -> QSpinBox:
    made = QSpinBox()
    made.setRange(0, most)
    made.setSpecialValueText(none)
    made.setSuffix(suffix)
    made.setAccessibleName(name)
    return made


def _day(value: Any) -> date:
    """A day that was read as one."""
    found: date = value
    return found
