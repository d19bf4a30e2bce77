"""亮灯规则: a draft of the rules beside what it would do to the records there are; written only when it is taken."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabBar, QVBoxLayout, QWidget

from chain_office.domain.numbers import small_number
from chain_office.services.settings.rules import (
    CONDITIONS,
    DESKS,
    LIGHTS,
    check_rules,
    default_rules,
    offered,
    read_rules,
    save_rules,
    with_condition,
    with_threshold,
)
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.sheet import SheetView
from chain_office.ui.kit.sheet_model import SheetModel
from chain_office.ui.pages.settings_parts.light_preview import LightPreviewCard
from chain_office.ui.pages.settings_parts.part import Part, only_pointed_out, said_of
from chain_office.ui.pages.settings_parts.rule_rows import columns_of, rows_of

if TYPE_CHECKING:
    from chain_office.domain.errors import KnownError
    from chain_office.services.settings.rules import RuleDraft
    from chain_office.ui.office import Office

_PAUSE_MILLISECONDS = 200
_DESKS = tuple(DESKS)


class LightsPart(Part):
    """亮灯规则."""

    title: ClassVar[str] = "亮灯规则"
    hint: ClassVar[str] = "从上往下，第一条符合的规则决定灯的颜色。先看右边会有哪些记录变灯，再保存。"
    icon_name: ClassVar[str] = "lightbulb"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._kept: tuple[RuleDraft, ...] = ()
        self._insist: tuple[RuleDraft, ...] = ()
        self.draft: tuple[RuleDraft, ...] = ()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("亮灯规则")
        for desk in _DESKS:
            self.tabs.addTab(DESKS[desk])
        self.tabs.currentChanged.connect(self._turned)
        self.model = SheetModel(office.palette, parent=self)
        self.model.edited.connect(self._edited)
        self.view = SheetView(self.model, stretch="text")
        self.view.setAccessibleName("亮灯规则")
        self.view.moved.connect(lambda _row: self._enable())
        self.view.delete_wanted.connect(lambda _row: self.drop())
        self.up_button = self.button("上移", lambda: self.shift(-1), "arrow-up")
        self.down_button = self.button("下移", lambda: self.shift(1), "arrow-down")
        self.copy_button = self.button("再加一条", self.double, "plus")
        self.copy_button.setToolTip("在下面再加一条同样条件的规则，阈值不同，灯也可以不同")
        self.more_button = self.button("添加条件", lambda: None, "plus")
        self.more_button.setToolTip("加一条现在没有用到的条件")
        self.more = QMenu(self.more_button)
        self.more_button.setMenu(self.more)
        self.drop_button = self.button("停用", self.drop, "x")
        self.usual_button = self.button("恢复默认", self.take_defaults, "rotate-ccw")
        self.save_button = self.button("保存规则", self.save_draft, "save", primary=True)
        self.leave_button = self.button("放弃修改", self.leave, "undo-2")
        self.preview = LightPreviewCard(office)
        self.preview.opened.connect(lambda page, reference: self.wanted.emit(page, reference))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self._enable()

    def _lay_out(self) -> None:
        bar, foot = QHBoxLayout(), QHBoxLayout()
        for one in (bar, foot):
            one.setSpacing(8)
        for button in (
            self.up_button, self.down_button, self.copy_button, self.more_button, self.drop_button, self.usual_button,
        ):  # fmt: skip
            bar.addWidget(button)
        bar.addStretch(1)
        self._state = label("", "quiet")
        foot.addWidget(self.save_button)
        foot.addWidget(self.leave_button)
        foot.addWidget(self._state, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left, 5)
        row.addWidget(self.preview, 4)
        self.column.addWidget(self.tabs)
        self.column.addWidget(self.said)
        self.column.addLayout(row, 1)

    @property
    def desk(self) -> str:
        """The desk whose rules are shown."""
        return _DESKS[max(0, self.tabs.currentIndex())]

    @property
    def changed(self) -> bool:
        """Whether the draft differs from what is kept."""
        return self.draft != self._kept

    def refresh(self) -> None:
        """Read the rules again; a draft that is being worked on stays."""
        desk = self.desk
        self.preview.forget()
        self.ask(lambda ledger: read_rules(ledger, desk), lambda rules: self._show(desk, rules))

    def _show(self, desk: str, rules: tuple[RuleDraft, ...]) -> None:
        if desk != self.desk:
            return
        if not self.changed:
            self.draft = rules
        self._kept = rules
        self._fill()

    def _turned(self, _tab: int) -> None:
        self.draft = self._kept = ()
        self.tell("")
        self.preview.clear()
        self.refresh()

    def _fill(self) -> None:
        desk = self.desk
        current = self.view.currentIndex()
        self.view.load(columns_of(desk), rows_of(desk, self.draft))
        if not current.isValid() and self.draft:
            self.view.setCurrentIndex(self.model.index(0, 1))
        self._enable()
        self._timer.start()

    def _edited(self, row_id: str, column: str, value: object) -> None:
        place, text = int(row_id), str(value).strip()
        rules = list(self.draft)
        self.model.accept(row_id, column)
        if column == "threshold":
            number = small_number(text)
            if number is None:
                self.model.refuse(row_id, column, value, "阈值要填整数")
                return
            self.draft = with_threshold(rules, place, number)
        elif column == "light":
            if text in LIGHTS[self.desk]:
                self.draft = (*rules[:place], replace(rules[place], light=text), *rules[place + 1 :])
        else:
            self.draft = (*rules[:place], replace(rules[place], text=text), *rules[place + 1 :])
        self._fill()

    def shift(self, step: int) -> None:
        """Move the rule the cursor is on."""
        place = self.view.currentIndex().row()
        other = place + step
        if 0 <= place < len(self.draft) and 0 <= other < len(self.draft):
            rules = list(self.draft)
            rules[place], rules[other] = rules[other], rules[place]
            self.draft = tuple(rules)
            self._fill()
            self.view.setCurrentIndex(self.model.index(other, self.view.currentIndex().column()))
            self._enable()

    def drop(self) -> None:
        """Leave the rule out."""
        place = self.view.currentIndex().row()
        if 0 <= place < len(self.draft) and len(self.draft) > 1:
            self.draft = (*self.draft[:place], *self.draft[place + 1 :])
            self._fill()

    def double(self) -> None:
        """One more rule with the same condition, below: another threshold may give another light."""
        place = self.view.currentIndex().row()
        if 0 <= place < len(self.draft):
            one = replace(self.draft[place], id="")
            self.draft = (*self.draft[: place + 1], one, *self.draft[place + 1 :])
            self._fill()

    def add(self, condition: str) -> None:
        """A rule of a condition that is not used yet, where it gets its turn."""
        known = {id(rule) for rule in self.draft}
        self.draft = with_condition(self.desk, self.draft, condition)
        self._fill()
        place = next(at for at, rule in enumerate(self.draft) if id(rule) not in known)
        self.view.setCurrentIndex(self.model.index(place, 1))
        self._enable()

    def _offer(self) -> None:
        desk, offers = self.desk, offered(self.desk, self.draft)
        self.more.clear()
        for name in offers:
            self.more.addAction(CONDITIONS[desk][name].words, partial(self.add, name))
        self.more_button.setEnabled(bool(offers) and bool(self.draft) and not self.read_only)

    def take_defaults(self) -> None:
        """Take what a new ledger starts with as the draft."""
        desk, kept = self.desk, self._kept
        self.ask(lambda _ledger: default_rules(desk, kept), self._take)

    def leave(self) -> None:
        """Back to what is kept."""
        self._take(self._kept)

    def _take(self, rules: tuple[RuleDraft, ...]) -> None:
        self.draft = rules
        self._fill()

    def save_draft(self) -> None:
        """Write the draft."""
        desk, draft = self.desk, self.draft
        insist = self._insist == draft

        def refused(error: KnownError) -> None:
            self._insist = draft if only_pointed_out(error) else ()
            self.tell(said_of(error).replace("在原处再按一次回车", "再点一次“保存规则”"), "red")

        def kept(_saved: object) -> None:
            self.draft = self._kept = ()
            self.refresh()

        self.save(lambda ledger, actor: save_rules(ledger, desk, draft, actor, insist=insist), kept, refused)

    def _look(self) -> None:
        """Say what is wrong with the draft, and what it would do."""
        faults = [fault for fault in check_rules(self.desk, self.draft) if fault.stops] if self.draft else []
        self.tell("；".join(fault.message for fault in faults), "red")
        self.save_button.setEnabled(self.changed and not faults and not self.read_only)
        if self.draft and self.office.shown is not None:
            self.preview.compare(self.desk, self.draft)

    def _enable(self) -> None:
        place = self.view.currentIndex().row()
        chosen = 0 <= place < len(self.draft) and not self.read_only
        known = CONDITIONS[self.desk].get(self.draft[place].condition) if chosen else None
        self.up_button.setEnabled(chosen and place > 0)
        self.down_button.setEnabled(chosen and place < len(self.draft) - 1)
        self.copy_button.setEnabled(known is not None and bool(known.unit))
        self.drop_button.setEnabled(chosen and len(self.draft) > 1)
        self.usual_button.setEnabled(not self.read_only)
        self._offer()
        self.leave_button.setEnabled(self.changed)
        self.save_button.setEnabled(self.save_button.isEnabled() and self.changed)
        self._state.setText("有修改，还没有保存" if self.changed else "")
