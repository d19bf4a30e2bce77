"""分组, 口径 and 体检: numbers that open their firms, the bridge, findings answered, a month signed off and corrected."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from chain_office.db.models import MonthlyOutput
from chain_office.queries.output import growth
from chain_office.ui.kit.desk_parts import LIST
from chain_office.ui.pages.output_parts.bridge import BridgePart
from chain_office.ui.pages.output_parts.entry import EntryPart
from chain_office.ui.pages.output_parts.groups import GroupsPart
from chain_office.ui.pages.output_parts.health import HealthPart
from tests.ui.output_pages import ask, desk, focus, press, view

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.output import Output

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FIRM = "湖南示例赤松铜业有限公司"
MONTH = "2021-09"


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Output:
    return desk(office, qtbot)


def groups(page: Output, qtbot: QtBot, by: str) -> GroupsPart:
    part = view(page, qtbot, f"groups/{by}", GroupsPart)
    qtbot.waitUntil(lambda: part.found is not None and part.found.by == by)
    return part


def text(part: GroupsPart, name: str, key: str) -> str:
    place = next(at for at, one in enumerate(part.model.columns) if one.key == key)
    return next(row.cells[place].text for row in part.model.rows if row.cells[0].text == name)


# 分组.


def test_the_parts_add_up_to_the_headline_figures(page: Output, qtbot: QtBot, office: Office) -> None:
    part = groups(page, qtbot, "district")
    assert part.model.rows[0].cells[0].text == "合计"
    assert text(part, "合计", "total") == "235.00"
    assert text(part, "合计", "base") == "174.72"
    assert text(part, "合计", "yoy") == "+34.5"
    found = part.found
    assert found is not None
    whole = ask(office, qtbot, lambda ledger: growth(ledger, office.as_of))
    assert sum(one.cum.total_yuan or 0 for one in found.groups) == whole.sample.total_yuan
    assert sum(one.cum.base_yuan or 0 for one in found.groups) == whole.sample.base_yuan
    exact = sum(
        (Decimal(one.cum.change_yuan or 0) * 100 / Decimal(whole.sample.base_yuan or 1) for one in found.groups),
        Decimal(0),
    )
    assert abs(exact - Decimal("34.5")) < Decimal("0.05")


def test_enter_on_a_number_shows_the_firms_behind_it(page: Output, qtbot: QtBot) -> None:
    part = groups(page, qtbot, "segment")
    row = next(at for at, one in enumerate(part.model.rows) if not one.total)
    name = part.model.rows[row].cells[0].text
    firms = int(text(part, name, "firms"))
    place = next(at for at, one in enumerate(part.model.columns) if one.key == "total")
    part.view.setCurrentIndex(part.model.index(row, place))
    with qtbot.waitSignal(page.model.counted) as told:
        press(qtbot, part.view, Qt.Key.Key_Return)
    assert page.views.current == LIST
    assert told.args == [firms]


def test_the_formula_stands_under_the_column_the_cursor_is_in(page: Output, qtbot: QtBot) -> None:
    part = groups(page, qtbot, "segment")
    place = next(at for at, one in enumerate(part.model.columns) if one.key == "pull")
    part.view.setCurrentIndex(part.model.index(0, place))
    assert part.formula.text().startswith("拉动(点)：这一部分的增减 ÷ 全部的基数")


def test_the_month_alone_is_one_click_away_and_bars_follow(page: Output, qtbot: QtBot) -> None:
    part = groups(page, qtbot, "segment")
    before = text(part, "合计", "total")
    part.span_buttons.buttons()[1].click()
    assert "2021年9月" in part.period.text()
    assert Decimal(text(part, "合计", "total")) < Decimal(before)
    shown = {one.name for one in part.pulls.bars}
    assert shown <= {row.cells[0].text for row in part.model.rows}
    values = [one.value for one in part.pulls.bars if one.value is not None]
    assert values == sorted(values, reverse=True)


def test_firms_at_either_end_open_their_record(page: Output, qtbot: QtBot) -> None:
    part = groups(page, qtbot, "enterprise")
    assert part.ends.bars[0].value == max(one.value or 0 for one in part.ends.bars)
    part.ends.opened.emit(part.ends.bars[0].id)
    qtbot.waitUntil(lambda: page.views.current == LIST)


def test_the_table_is_copied_whole(page: Output, qtbot: QtBot) -> None:
    part = groups(page, qtbot, "park")
    part.view.copy_all()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("园区\t企业数\t本年(亿元)\t基数(亿元)")
    assert len(lines) == part.model.rowCount() + 1


# 口径.


def test_the_bridge_leads_from_last_years_total_to_the_base(page: Output, qtbot: QtBot) -> None:
    part = view(page, qtbot, "bridge", BridgePart)
    qtbot.waitUntil(lambda: part.found is not None)
    found = part.found
    assert found is not None
    assert found.holds
    assert part.same.text() == "+34.5%"
    assert part.nominal.text() == "+33.3%"
    assert part.gap.text() == "+1.2 个百分点"
    names = [part.model.line(row).cells[0] for row in range(part.model.rowCount())]
    assert sum(name.startswith("退规企业　2 家") for name in names) == 1
    part.copy()
    said = QGuiApplication.clipboard().text()
    assert "同口径增长 +34.5%" in said
    assert "= 同口径基数 174.72 亿元" in said


# 体检.


def slip(ledger: Ledger) -> int:
    """A unit slip in the sample: the month of a firm a ten-thousandth of what it was."""
    row_id, yuan = ledger.rows(
        "SELECT o.id, o.month_yuan FROM monthly_output o JOIN enterprise e ON e.id = o.enterprise_id "
        "WHERE e.name = ? AND o.month = ? AND o.deleted_at IS NULL",
        (FIRM, MONTH),
    )[0]
    with ledger.write("张三", "单位写错") as writer:
        writer.update(MonthlyOutput, row_id, {"month_yuan": yuan // 10_000, "source": "企业自报"})
    return int(yuan)


def health(page: Output, qtbot: QtBot) -> HealthPart:
    part = view(page, qtbot, f"health/{MONTH}", HealthPart)
    qtbot.waitUntil(lambda: part.month == MONTH)
    return part


def go_to(part: HealthPart, kind: str) -> None:
    """The cursor on the finding of a kind that is the firm's."""
    found = part.found
    assert found is not None
    one = next(one for one in found.findings if one.kind == kind and one.name == FIRM)
    part.view.go_to(f"{one.enterprise_id}|{kind}")
    part.view.setFocus()


def fewer_wait(part: HealthPart, number: int) -> bool:
    """Whether fewer findings wait for an answer now."""
    return part.found is not None and len(part.found.waiting) < number


def month_of_firm(ledger: Ledger) -> int:
    return int(
        ledger.value(
            "SELECT o.month_yuan FROM monthly_output o JOIN enterprise e ON e.id = o.enterprise_id "
            "WHERE e.name = ? AND o.month = ? AND o.deleted_at IS NULL",
            (FIRM, MONTH),
        )
    )


def test_a_slip_of_the_unit_is_found_and_put_right_in_one_key(page: Output, qtbot: QtBot, office: Office) -> None:
    yuan = ask(office, qtbot, slip)
    part = health(page, qtbot)
    go_to(part, "unit")
    assert part.answering.kind.text().startswith("单位疑似有误")
    assert part.answering.suggested.text().startswith("建议改为：本月")
    with qtbot.waitSignal(office.wrote):
        press(qtbot, part.view, Qt.Key.Key_Return, ctrl=True)
    put_right = ask(office, qtbot, month_of_firm)
    assert abs(put_right - yuan) < 10_000
    qtbot.waitUntil(lambda: part.found is not None and all(one.kind != "unit" for one in part.found.findings))


def test_a_finding_is_answered_by_typing_and_then_the_month_can_be_signed_and_only_corrected(
    page: Output, qtbot: QtBot, office: Office
) -> None:
    ask(office, qtbot, slip)
    part = health(page, qtbot)
    assert part.found is not None
    waiting = len(part.found.waiting)
    assert waiting
    part.act_sign.trigger()
    assert "还不能签认" in part.notice.words.text()
    assert FIRM in part.notice.words.text()
    for _ in range(waiting):
        waits = part.found.waiting
        part.view.go_to(f"{waits[0].enterprise_id}|{waits[0].kind}")
        part.view.setFocus()
        press(qtbot, part.view, Qt.Key.Key_Return)
        qtbot.waitUntil(part.answering.line.hasFocus)
        part.answering.line.put("企业来函说明，当月检修")
        with qtbot.waitSignal(office.wrote):
            press(qtbot, focus(), Qt.Key.Key_Return)
        left = len(waits)
        qtbot.waitUntil(partial(fewer_wait, part, left))
    with qtbot.waitSignal(office.wrote):
        part.act_sign.trigger()
    qtbot.waitUntil(lambda: part.found is not None and part.found.signed is not None)
    assert "签认锁定" in part.notice.words.text()
    assert not part.act_sign.isVisible()
    before = ask(office, qtbot, month_of_firm)
    go_to(part, "unit")
    part.act_correct.trigger()
    pane = part.correcting
    assert pane.title.text() == f"更正 {MONTH}：{FIRM}"
    pane.units.setCurrentText("万元")
    pane.lines["month_yuan"].setText("50442")
    pane.submit()
    qtbot.waitUntil(lambda: "更正原因没有填" in pane.notice.words.text())
    pane.reason.setText("企业更正单位")
    pane.submit()
    qtbot.waitUntil(lambda: len(part.corrected) == 1)
    assert ask(office, qtbot, month_of_firm) == 504_420_000
    (one,) = part.corrected
    assert (one.before["month_yuan"], one.after["month_yuan"]) == (before, 504_420_000)
    assert part.lists.currentWidget() is part.past
    assert "企业更正单位" in part.past_model.line(0).cells
    grid = view(page, qtbot, f"entry/{MONTH}", EntryPart)
    qtbot.waitUntil(lambda: grid.month == MONTH)
    assert grid.model.state.read_only


def test_the_same_answer_is_kept_for_all_that_are_chosen(page: Output, qtbot: QtBot, office: Office) -> None:
    part = health(page, qtbot)
    assert part.found is not None
    missing = [one for one in part.found.findings if one.kind == "missing"]
    assert len(missing) == 13
    part.view.go_to(f"{missing[0].enterprise_id}|missing")
    part.view.choose_group()
    assert len(part.chosen()) == 13
    part.begin_answer()
    part.answering.line.put("央企，不报链办")
    with qtbot.waitSignal(office.wrote):
        press(qtbot, part.answering.line, Qt.Key.Key_Return)
    answers = ask(
        office, qtbot, lambda ledger: ledger.value("SELECT count(*) FROM output_answer WHERE text = '央企，不报链办'")
    )
    assert answers == 13
    assert (
        ask(
            office,
            qtbot,
            lambda ledger: ledger.value(
                "SELECT count(DISTINCT write_no) FROM history WHERE table_name = 'output_answer'"
            ),
        )
        == 1
    )


def test_the_lists_are_models(page: Output, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    part = health(page, qtbot)
    qtmodeltester.check(part.model)
    qtmodeltester.check(part.past_model)
