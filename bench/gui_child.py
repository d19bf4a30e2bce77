"""A process with a window's pages that does one job and tells how long its GUI thread was away at most:
`python -m bench.gui_child JOB LEDGER FOLDER`. One line of JSON goes to standard output.

A timer ticks every 10 ms; the longest time between two ticks while the job ran is what counts.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from chain_office.ui.office import Office
    from chain_office.ui.page import Page

TICK_MILLISECONDS = 10
ROWS = 20_000
_SETTLED_MILLISECONDS = 300
_DATES = (date(2021, 6, 30), date(2021, 9, 30), date(2021, 10, 31), date(2021, 11, 19))


class Ticks(QObject):
    """How long the GUI thread was away at most."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = 0.0
        self._timer = QTimer(self, interval=TICK_MILLISECONDS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Count from now on."""
        self._last = time.perf_counter()
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def when(true: Callable[[], bool], then: Callable[[], None], parent: QObject) -> None:
    """Call ``then`` once ``true`` says so, looked at with every tick."""
    timer = QTimer(parent, interval=TICK_MILLISECONDS)

    def look() -> None:
        if true():
            timer.stop()
            then()

    timer.timeout.connect(look)
    timer.start()


def book(path: Path) -> Path:
    """A register of twenty thousand firms."""
    import xlsxwriter

    heads = ("企业名称", "职工人数", "县市区", "主要产品", "地址", "备注")
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("企业名册")
        sheet.write_row(0, 0, heads)
        for row in range(1, ROWS + 1):
            cells = (
                f"湖南测速{row:05d}号铜业有限公司",
                row % 900,
                "常宁市",
                "铜杆、铜箔",
                f"工业路 {row} 号",
                f"第 {row} 户",
            )
            sheet.write_row(row, 0, cells)
    return path


class Jobs:
    """Each job starts something on a page and knows when it is done."""

    def __init__(self, app: QApplication, office: Office, folder: Path) -> None:
        self.app, self.office, self.folder = app, office, folder
        self.ticks = Ticks()
        self.seconds = 0.0
        self.stages: dict[str, float] = {}

    def run(self, name: str) -> None:
        """Do the job, then end."""
        getattr(self, name)()

    def timed(self, start: Callable[[], None], done: Callable[[], bool]) -> None:
        """Let the page settle, then take the longest gap while ``start`` is done."""

        def begin() -> None:
            self.ticks.start()
            since = time.perf_counter()

            def over() -> None:
                self.seconds = time.perf_counter() - since
                self.app.quit()

            start()
            when(done, over, self.ticks)

        QTimer.singleShot(_SETTLED_MILLISECONDS, begin)

    def show(self, page: Page) -> Page:
        """A page as a clerk sees it."""
        page.resize(1218, 650)
        page.show()
        page.refresh()
        return page

    def idle(self) -> None:
        """Nothing for a second: what this machine itself takes away."""
        over: list[bool] = []
        self.timed(lambda: QTimer.singleShot(1000, lambda: over.append(True)), lambda: bool(over))

    def paper(self) -> None:
        """A paper is made and its first page seen."""
        from chain_office.ui.pages.papers import PapersPage

        page = PapersPage(self.office)
        self.show(page)
        self.timed(page.make, lambda: bool(page.view.drawn_pages))

    def chart(self) -> None:
        """Every chart is looked at once, the first with a cold workshop."""
        from chain_office.ui.pages.charts import ChartsPage

        page = ChartsPage(self.office)
        rows = iter(range(1, page.list.count()))
        last = page.list.count() - 1

        def next_one() -> None:
            row = next(rows, None)
            if row is not None:
                page.list.setCurrentRow(row)
                when(page.copy_button.isEnabled, next_one, page)

        def start() -> None:
            self.show(page)
            when(page.copy_button.isEnabled, next_one, page)

        self.timed(start, lambda: page.list.currentRow() == last and page.copy_button.isEnabled())

    def redraw(self) -> None:
        """A chart is drawn again at other dates; tells the median seconds to the picture on the page."""
        import statistics

        from chain_office.ui.pages.charts import ChartsPage

        page = ChartsPage(self.office)
        self.show(page)
        taken: list[float] = []
        days = iter(_DATES * 4)

        def again() -> None:
            day = next(days, None)
            if day is None:
                return
            since = time.perf_counter()
            self.office.move_as_of(day)
            page.refresh()

            def drawn() -> None:
                taken.append(time.perf_counter() - since)
                again()

            when_drawn(page, drawn)

        def when_drawn(watched: ChartsPage, then: Callable[[], None]) -> None:
            def look() -> None:
                if watched.copy_button.isEnabled():
                    timer.stop()
                    then()

            timer = QTimer(watched, interval=1)
            timer.timeout.connect(look)
            timer.start()

        def done() -> bool:
            over = len(taken) == 4 * len(_DATES)
            if over:
                self.stages["redraw"] = statistics.median(taken)
            return over

        when(page.copy_button.isEnabled, lambda: self.timed(again, done), page)

    def intake(self) -> None:
        """Twenty thousand rows are looked through and written."""
        from chain_office.ui.pages.intake import IntakePage

        page = IntakePage(self.office)
        self.show(page)
        path = book(self.folder / "两万行.xlsx")

        def previewed() -> None:
            self.stages["preview"] = self.ticks.longest
            page.write()

        def start() -> None:
            page.take([path])
            when(page.write_button.isEnabled, previewed, page)

        self.timed(start, lambda: page.said.text().startswith("已写入"))

    def export(self) -> None:
        """The ledger goes into one workbook while the 总览 is in view."""
        from chain_office.services.exporting.service import export_ledger
        from chain_office.ui.pages.overview import OverviewPage

        self.show(OverviewPage(self.office))
        ended: list[int] = []
        target = self.folder / "导出.xlsx"
        self.timed(
            lambda: self.office.work.long("导出", lambda ledger, _: export_ledger(ledger, target), ended.append),
            lambda: bool(ended),
        )

    def load(self) -> None:
        """The list of problems is opened and sorted."""
        from chain_office.ui.pages.problems import Problems

        page = Problems(self.office)
        counted: list[int] = []
        page.model.counted.connect(counted.append)

        def start() -> None:
            self.show(page)
            when(lambda: bool(counted), lambda: page.list.sort_wanted.emit("number", True), page)

        self.timed(start, lambda: len(counted) >= 2)


def main() -> int:
    """Open the ledger, do the job, tell."""
    from chain_office.services.ledgers import open_ledger
    from chain_office.ui.app import make_application, palette_for, wear
    from chain_office.ui.office import Office
    from chain_office.ui.work import Work

    name, ledger, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    app = make_application(sys.argv[:1])
    wear(app, palette_for(dark=False))
    work = Work()
    office = Office(work)
    failed: list[str] = []

    def fail(error: object) -> None:
        failed.append(repr(error))
        app.quit()

    work.crashed.connect(fail)
    work.refused.connect(fail)
    jobs = Jobs(app, office, folder)
    begun: list[bool] = []

    def begin() -> None:
        if not begun:
            begun.append(True)
            jobs.run(name)

    office.shown_changed.connect(begin)
    work.open(lambda: open_ledger(ledger))
    app.exec()
    work.stop()
    told = {"gap": jobs.ticks.longest, "seconds": jobs.seconds, "stages": jobs.stages, "failed": failed}
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
