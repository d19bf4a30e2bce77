"""What the pictures of the problem desk show: every view of 问题 as of the sample's day, and one problem's whole way."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chain_office.domain.steps import StepEdit

if TYPE_CHECKING:
    from collections.abc import Generator

    from chain_office.services.ledgers import Ledger
    from tests.pictures.studio import State, Studio

OFFICER = "王示例"
THROUGH = 24
"""The problem that is taken from its screening to its closure."""


def _id(ledger: Ledger, number: int) -> str:
    return str(ledger.value("SELECT id FROM problem WHERE number = ?", (number,)))


def _take(ledger: Ledger, number: int, verb: str, day: date, **values: object) -> None:
    """One step, whatever is only pointed out accepted: the story knows."""
    from chain_office.services import steps

    problem = _id(ledger, number)
    said = {"day": day, "actor": OFFICER, **values}
    everything = {"", *said}
    steps.take(ledger, StepEdit(verb, steps.seen(ledger, [problem]), said), OFFICER, accept=everything)


def _view(view: str) -> State:
    def steps(studio: Studio) -> Generator[None, None, None]:
        studio.page("problems", f"view:{view}")
        yield
        yield

    return steps


def _screening(studio: Studio) -> Generator[None, None, None]:
    page = studio.page("problems", "view:screening")
    yield
    part = page.views.stack.currentWidget()
    for _ in range(2):
        studio.press(part, ord("1"))
    studio.press(part, ord("3"))
    yield


def _meeting(studio: Studio) -> Generator[None, None, None]:
    def screen_in(ledger: Ledger) -> None:
        for number in (25, 26, 27, 28):
            _take(ledger, number, "screen_in", date(2021, 11, 18))

    studio.on_ledger(screen_in)
    yield
    page = studio.page("problems", "view:meeting")
    yield
    part = page.views.stack.currentWidget()
    part.tick_all()
    part.confirm_all()
    yield


def _common(studio: Studio) -> Generator[None, None, None]:
    def group(ledger: Ledger) -> None:
        from chain_office.services import common_issues

        ids = [
            row[0]
            for row in ledger.rows(
                "SELECT p.id FROM problem p JOIN category c ON c.id = p.category_id WHERE c.name = '融资' "
                "AND p.deleted_at IS NULL ORDER BY p.number"
            )
        ]
        common_issues.create(ledger, "中小企业流动资金贷款难", ids, date(2021, 11, 19), OFFICER)

    studio.on_ledger(group)
    yield
    studio.page("problems", "view:common")
    yield
    yield


def _feedback(studio: Studio) -> Generator[None, None, None]:
    folder = Path(tempfile.gettempdir()) / "产业链办" / "交回的反馈表"

    def fill(ledger: Ledger) -> None:
        from openpyxl import load_workbook

        from chain_office.services.papers import order_papers, write_papers

        order = order_papers(ledger, "催办", date(2021, 11, 19), actor=OFFICER)
        books = [path for path in write_papers(order, folder) if path.suffix == ".xlsx"]
        replies = (
            ("办理中", "已完成方案论证，正在招标"),
            ("已办结（申请销号）", "补贴余款已拨付到位"),
            ("申请延期", "等待省级批复"),
        )
        for path, (state, told) in zip(books, replies, strict=False):
            book = load_workbook(path)
            sheet: Any = book.active
            rows = list(sheet.iter_rows())
            heads = {str(cell.value): cell.column for cells in rows for cell in cells if cell.value}
            row = next(cells[0].row for cells in rows for cell in cells if str(cell.value).startswith("WT"))
            later = {"申请延期": {"预计办结时间（申请延期至）": "2021-12-31", "未办结原因": "批复程序未走完"}}.get(
                state, {}
            )
            for name, text in {"办理状态": state, "办理情况": told, "填报日期": "2021-11-18", **later}.items():
                if name in heads:
                    sheet.cell(row, heads[name]).value = text
            book.save(path)

    studio.on_ledger(fill)
    yield
    page = studio.page("problems", "view:feedback")
    yield
    page.views.stack.currentWidget().take(sorted(folder.rglob("*.xlsx")))
    yield
    yield


def _to_problems(studio: Studio) -> Generator[None, None, None]:
    desk = studio.page("visits")
    desk.filters.clear()
    found = studio.on_ledger(
        lambda ledger: (
            ledger.value(
                "SELECT id FROM visit WHERE q2_problem LIKE '%二是%' OR q2_problem LIKE '%2.%' ORDER BY number LIMIT 1"
            )
            or ledger.value(
                "SELECT id FROM visit WHERE length(q2_problem) > 6 ORDER BY length(q2_problem) DESC LIMIT 1"
            )
        )
    )
    yield
    studio.page("visits", f"visit:{found[0]}")
    yield
    desk.notes.begin()
    yield
    yield


def _step(verb: str, number: int) -> State:
    def steps(studio: Studio) -> Generator[None, None, None]:
        page = studio.page("problems", "view:list")
        page.filters.clear()
        found = studio.on_ledger(lambda ledger: _id(ledger, number))
        yield
        page.open_step(verb, [found[0]])
        yield

    return steps


def _leave(studio: Studio) -> Any:
    page = studio.page("problems", "view:list")
    page.steps.pane.leave()
    return page


def _through(studio: Studio) -> Generator[None, None, None]:
    """From 待筛选 to 销号, with an extension on the way."""
    page = _leave(studio)

    def carry(ledger: Ledger) -> None:
        unit = ledger.value("SELECT id FROM unit WHERE short = '市生态环境局'")
        beside = ledger.value("SELECT id FROM unit WHERE short = '常宁市'")
        for verb, day, values in (
            ("screen_in", date(2021, 9, 27), {}),
            ("assign", date(2021, 9, 28), {"unit_id": unit, "due_day": date(2021, 10, 25), "co_units": (beside,)}),
            ("acknowledge", date(2021, 9, 29), {"unit_id": unit, "contact": "固废科"}),
            ("progress", date(2021, 10, 12), {"unit_id": unit, "text": "已联系省内三家处置企业，两家可在十一月接收"}),
            ("ask_extension", date(2021, 10, 20), {"unit_id": unit, "due_day": date(2021, 11, 10), "reason": "等待转移联单批复"}),
            ("extend", date(2021, 10, 21), {"due_day": date(2021, 11, 10), "reason": "转移联单审批在途，同意延期"}),
            ("report", date(2021, 11, 8), {"unit_id": unit, "text": "首批含砷渣已转移，余量签订处置协议"}),
            (
                "verify",
                date(2021, 11, 12),
                {
                    "solved": "yes", "answered": "yes", "approached": "yes", "rating": "满意", "method": "走访",
                    "contact": "企业环保负责人", "text": "现场查看暂存库已腾空", "due_day": date(2021, 12, 12),
                },
            ),
        ):  # fmt: skip
            _take(ledger, THROUGH, verb, day, **values)

    studio.on_ledger(carry)
    found = studio.on_ledger(lambda ledger: _id(ledger, THROUGH))
    yield
    studio.page("problems", f"problem:{found[0]}")
    yield
    page.detail.find("办理过程")
    page.detail.ensureCursorVisible()
    bar = page.detail.verticalScrollBar()
    bar.setValue(bar.value() + page.detail.cursorRect().top() - 12)
    yield


PROBLEM_STATES: dict[str, State] = {
    "to-problems": _to_problems,
    "screening": _screening,
    "problem-today": _view("today"),
    "problem-board": _view("board"),
    "problem-units": _view("units"),
    "problem-firms": _view("firms"),
    "problem-calendar": _view("calendar"),
    "problem-calls": _view("calls"),
    "problem-papers": _view("papers"),
    "problem-meeting": _meeting,
    "problem-common": _common,
    "problem-feedback": _feedback,
    "step-assign": _step("assign", 25),
    "step-verify": _step("verify", 69),
    "problem-through": _through,
}
"""Every picture of the problem desk, in the order they are taken: what is written on the way stays written."""
