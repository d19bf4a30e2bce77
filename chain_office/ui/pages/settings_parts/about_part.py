"""关于: versions, what the ledger holds, the check of the ledger, licences, privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from chain_office.services.checks import check_ledger
from chain_office.services.settings.about import about
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.pages.settings_parts.part import Part

if TYPE_CHECKING:
    from chain_office.services.checks import Check
    from chain_office.services.ledgers import Ledger
    from chain_office.services.settings.about import Made
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress

_PRIVACY = (
    "程序不联网，不收集也不上传任何信息：台账、备份和草稿只在你选的文件夹里。"
    "涉密内容和工作秘密不得录入；联系电话在导出和打印时默认遮住中间四位。"
)
_CHECKS = (Column("结果", 60), Column("核对什么", 420), Column("说明", 360))
_SHIPPED = (Column("名称", 190), Column("用途", 110), Column("版本", 110), Column("许可", 240))


class AboutPart(Part):
    """关于."""

    title: ClassVar[str] = "关于"
    icon_name: ClassVar[str] = "info"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self.checks = RowsModel(_CHECKS, office.palette, self)
        self.shipped = RowsModel(_SHIPPED, office.palette, self)
        self.check_button = self.button("检查台账", self.check, "list-checks")
        self.result = label("逐项核对文件是否完好、各处的数是否对得上，不改动台账。", "quiet", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addLayout(self._facts)
        checking = QWidget()
        column = QVBoxLayout(checking)
        column.setContentsMargins(0, 8, 0, 0)
        bar = QHBoxLayout()
        bar.addWidget(self.check_button)
        bar.addWidget(self.result, 1)
        column.addLayout(bar)
        self._found = RowsView(self.checks, stretch=2)
        self._found.setAccessibleName("检查结果")
        self._found.hide()
        column.addWidget(self._found, 1)
        column.addStretch(0)
        shipped = RowsView(self.shipped, stretch=3)
        shipped.setAccessibleName("所用字体、图标和程序库的许可")
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(checking, "检查台账")
        tabs.addTab(shipped, "字体、图标和程序库")
        self.column.addWidget(card)
        self.column.addWidget(label(_PRIVACY, "quiet", wrap=True))
        self.column.addWidget(self.said)
        self.column.addWidget(tabs, 1)

    def refresh(self) -> None:
        """Count again."""
        self.ask(about, self._show)

    def _show(self, made: Made) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        shown = self.office.shown
        held = "　".join(f"{word} {number}" for word, number in made.ledger.records)
        for row, (word, text) in enumerate(
            (
                ("程序", f"产业链办 {made.version}"),
                ("运行环境", f"Python {made.python}　Qt {qVersion()}　SQLite {made.ledger.sqlite}　{made.system}"),
                ("台账文件", str(shown.path) if shown is not None else ""),
                (
                    "台账格式",
                    f"第 {made.ledger.version} 版　{_size(made.ledger.size)}　修改历史 {made.ledger.changes} 条",
                ),
                ("记录", held),
            )
        ):
            self._facts.addWidget(label(word, "quiet"), row, 0)
            self._facts.addWidget(label(text, wrap=True), row, 1)
        self.shipped.show(
            [Line("", (one.name, one.purpose, one.version, one.licence), ("", "quiet")) for one in made.shipped]
        )

    def check(self) -> None:
        """Check the ledger in a long job."""

        def job(ledger: Ledger, progress: Progress) -> tuple[Check, ...]:
            progress(0, 0, "正在逐项核对")
            return check_ledger(ledger)

        def over() -> None:
            self.check_button.setEnabled(True)
            work.ended.disconnect(over)

        work = self.office.work
        self.check_button.setEnabled(False)
        self.result.setText("正在核对……")
        work.ended.connect(over)
        work.long("检查台账", job, self._checked, owner=self)

    def _checked(self, checks: tuple[Check, ...]) -> None:
        wrong = sum(not one.passed for one in checks)
        self.result.setText(f"{len(checks)} 项里有 {wrong} 项不对，见下。" if wrong else f"{len(checks)} 项都对得上。")
        self._found.show()
        self.checks.show(
            [
                Line(
                    "",
                    ("通过" if one.passed else "不对", one.name, one.detail),
                    ("green" if one.passed else "red", "", "quiet" if one.passed else "red"),
                )
                for one in sorted(checks, key=lambda one: one.passed)
            ]
        )


def _size(number: int) -> str:
    """A file's size as people say it."""
    return f"{number / 1024 / 1024:.1f} MB" if number >= 1024 * 1024 else f"{number / 1024:.0f} KB"
