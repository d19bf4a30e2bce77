"""What a draft of light rules would do: lights counted before and after, and the records that turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from chain_office.services.settings.lights import compare, label_of, standing, titles_of
from chain_office.services.settings.rules import DESKS, LIGHTS
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.services.settings.lights import LightPreview, Standing
    from chain_office.services.settings.rules import RuleDraft
    from chain_office.ui.office import Office

_COLUMNS = (Column("编号", 64), Column("变灯", 94), Column("记录", 140), Column("按新规则", 126))
_COLOURS = {"yellow": "amber"}
MOST_SHOWN = 500


class LightPreviewCard(QFrame):
    """Beside the rules."""

    opened = Signal(str, str)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._desk = ""
        self._draft: tuple[RuleDraft, ...] = ()
        self._now: Standing | None = None
        self.setProperty("role", "card")
        self.heading = label("", "section")
        self.counts = QGridLayout()
        self.counts.setHorizontalSpacing(16)
        self.counts.setVerticalSpacing(4)
        self.counts.setColumnStretch(4, 1)
        self.summary = label("", wrap=True)
        self.model = RowsModel(_COLUMNS, office.palette, self)
        self.view = RowsView(self.model, stretch=2)
        self.view.setAccessibleName("变灯的记录")
        self.view.setToolTip("双击或按回车打开记录")
        self.view.doubleClicked.connect(lambda index: self._open(self.model.line(index.row()).id))
        self.view.opened.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(self.counts)
        column.addWidget(self.summary)
        column.addWidget(self.view, 1)
        column.addStretch(0)
        self.setMinimumWidth(300)
        self.clear()

    def clear(self) -> None:
        """Nothing to compare yet."""
        self.heading.setText("正在按规则核对……")
        self._count({}, {}, "")
        self.summary.setText("")
        self.model.show([])
        self.view.hide()

    def forget(self) -> None:
        """The records have changed: they are read again before the next comparison."""
        self._now = None

    def compare(self, desk: str, draft: tuple[RuleDraft, ...]) -> None:
        """Compare a draft with the rules in force. The records are read once, drafts are compared aside."""
        self._desk, self._draft = desk, draft
        now, day, work = self._now, self._office.as_of, self._office.work
        if now is None or (now.desk, now.day) != (desk, day):
            work.ask(lambda ledger: standing(ledger, desk, day), self._read, owner=self)
        else:
            work.aside(lambda: compare(now, draft), lambda found: self._compared(draft, found), owner=self)

    def _read(self, now: Standing) -> None:
        self._now = now
        if now.desk == self._desk and now.day == self._office.as_of:
            self.compare(self._desk, self._draft)

    def _compared(self, draft: tuple[RuleDraft, ...], found: LightPreview) -> None:
        if draft == self._draft:
            some, desk = found.turned[:MOST_SHOWN], self._desk
            self._office.work.ask(
                lambda ledger: titles_of(ledger, some),
                lambda names: self.show_preview(found, desk, names) if draft == self._draft else None,
                owner=self,
            )

    def show_preview(self, found: LightPreview, desk: str, names: Mapping[str, str]) -> None:
        """Show the comparison; ``names``: what the records that turn are called."""
        self._desk = desk
        self.heading.setText(f"{DESKS[desk]}现有记录的灯（截至 {found.day.isoformat()}）")
        self._count(dict(found.before), dict(found.after), desk)
        turned, some = len(found.turned), found.turned[:MOST_SHOWN]
        first = f"，先列 {len(some)} 条" if turned > len(some) else ""
        self.summary.setText(f"保存后有 {turned} 条记录变灯{first}：" if turned else "和现在一样，没有记录变灯。")
        self.model.show(
            [
                Line(
                    one.reference,
                    (
                        one.number,
                        f"{label_of(one.before)} → {label_of(one.after)}",
                        names.get(one.reference, ""),
                        one.why,
                    ),
                    ("quiet", _COLOURS.get(one.after, one.after), "", "quiet"),
                )
                for one in some
            ]
        )
        self.view.setVisible(bool(turned))

    def _count(self, before: dict[str, int], after: dict[str, int], desk: str) -> None:
        while (item := self.counts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if not desk:
            return
        for column, word in enumerate(("灯", "现在", "保存后", "增减")):
            self.counts.addWidget(label(word, "quiet"), 0, column)
        lights = [*LIGHTS[desk], *(light for light in ("",) if light in before or light in after)]
        for row, light in enumerate(lights, start=1):
            old, new = before.get(light, 0), after.get(light, 0)
            name = label(label_of(light))
            show_light(name, _COLOURS.get(light, light))
            self.counts.addWidget(name, row, 0)
            self.counts.addWidget(label(str(old)), row, 1)
            self.counts.addWidget(label(str(new), "section" if old != new else ""), row, 2)
            self.counts.addWidget(label(f"{new - old:+d}" if old != new else "—", "quiet"), row, 3)

    def _open(self, reference: str) -> None:
        self.opened.emit(self._desk, reference)
