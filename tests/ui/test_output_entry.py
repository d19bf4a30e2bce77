"""录入: a month typed and pasted by keyboard like a sheet, in the unit chosen, saved as one write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from chain_office.db.models import MonthlyOutput
from chain_office.services.output.signing import sign_off
from chain_office.ui.kit.form.composing import Line
from chain_office.ui.kit.picker import Picker
from chain_office.ui.pages.output_parts.entry import EntryPart
from chain_office.ui.pages.output_parts.entry_model import IDS, EntryModel
from chain_office.ui.undoing import Undoing
from tests.ui.output_pages import MONTH, ask, commit, compose, desk, focus, press, put, view

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.domain.output_entry import EntryLine
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.output import Output

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FIRST, SECOND, THIRD = "湖南示例赤松铜业有限公司", "常宁示例云岭锌业有限公司", "湖南示例鼎岩铅业有限公司"


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Output:
    return desk(office, qtbot)


def entry(page: Output, qtbot: QtBot, month: str = MONTH) -> EntryPart:
    part = view(page, qtbot, f"entry/{month}", EntryPart)
    qtbot.waitUntil(lambda: part.month == month)
    return part


def ready(page: Output, qtbot: QtBot, month: str = MONTH) -> EntryPart:
    """The grid with a unit and a source chosen."""
    part = entry(page, qtbot, month)
    part.head.units.setCurrentIndex(part.head.units.findData("万元"))
    part.head.units.activated.emit(part.head.units.currentIndex())
    part.head.sources.setCurrentIndex(part.head.sources.findData("企业自报"))
    part.head.sources.activated.emit(part.head.sources.currentIndex())
    return part


def line_of(part: EntryPart, name: str) -> EntryLine:
    return next(line for line in part.model.lines if line.name == name)


def shown(part: EntryPart, name: str, column: str) -> str:
    return part.model.state.shown(line_of(part, name), column)


def type_in(qtbot: QtBot, part: EntryPart, text: str) -> None:
    """Type into the cell the cursor is on; the first key opens it."""
    for letter in text:
        box = focus()
        target = box if isinstance(box, QLineEdit) else part.view
        if letter.isascii():
            qtbot.keyClicks(target, letter)
        else:
            commit(target, letter)


def told(office: Office, qtbot: QtBot, month: str = MONTH) -> dict[str, tuple[object, ...]]:
    rows = ask(
        office,
        qtbot,
        lambda ledger: ledger.rows(
            "SELECT e.name, o.month_yuan, o.cum_yuan, o.source FROM monthly_output o JOIN enterprise e "
            "ON e.id = o.enterprise_id WHERE o.month = ? AND o.deleted_at IS NULL",
            (month,),
        ),
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def test_who_has_not_filed_stands_on_top_and_is_copied_for_a_note(page: Output, qtbot: QtBot) -> None:
    part = entry(page, qtbot, "2021-09")
    assert part.missing.text().startswith("已报 56 家，未报 13 家：")
    part.act_chase.trigger()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "截至11月19日，下列 13 家企业尚未报送2021年9月产值："
    assert len(copied) == 14
    part.act_only.trigger()
    assert part.model.rowCount() == 13


def test_no_unit_is_guessed_one_is_asked_and_then_remembered_for_the_month(page: Output, qtbot: QtBot) -> None:
    part = entry(page, qtbot)
    assert part.notice.isVisible()
    assert "先选这批数的单位" in part.notice.words.text()
    put(part, qtbot, FIRST, "month_yuan")
    type_in(qtbot, part, "1234.5")
    press(qtbot, focus(), Qt.Key.Key_Return)
    assert shown(part, FIRST, "month_yuan") == "1234.5"
    assert part.model.state.problems
    part.notice.buttons[1].click()  # 千元
    assert part.model.state.unit == "千元"
    assert shown(part, FIRST, "month_yuan") == "1,234.50"
    assert part.model.headerData(IDS.index("month_yuan"), Qt.Orientation.Horizontal) == "本月(千元)"
    press(qtbot, part.view, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: part.month == "2021-09")
    assert part.model.state.unit == ""
    press(qtbot, part.view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: part.month == MONTH)
    assert part.model.state.unit == "千元"


def test_typing_enter_and_tab_fill_the_sheet_like_excel(page: Output, qtbot: QtBot) -> None:
    part = ready(page, qtbot)
    put(part, qtbot, FIRST, "month_yuan")
    type_in(qtbot, part, "5,100")
    press(qtbot, focus(), Qt.Key.Key_Tab)
    assert IDS[part.view.currentIndex().column()] == "cum_yuan"
    type_in(qtbot, part, "40000")
    press(qtbot, focus(), Qt.Key.Key_Return)
    below = part.view.currentIndex()
    assert IDS[below.column()] == "month_yuan", "Enter after Tab goes back to where Tab came from"
    assert part.model.lines[below.row()].name == SECOND
    assert shown(part, FIRST, "month_yuan") == "5,100"
    assert shown(part, FIRST, "cum_yuan") == "40,000"
    press(qtbot, part.view, Qt.Key.Key_F2)
    box = focus()
    assert isinstance(box, Line)
    press(qtbot, box, Qt.Key.Key_Escape)
    assert not part.view.editing


def test_the_cumulative_is_a_grey_proposal_until_enter_confirms_it(page: Output, qtbot: QtBot, office: Office) -> None:
    part = ready(page, qtbot)
    last = line_of(part, FIRST).last.cum_yuan
    assert last is not None
    put(part, qtbot, FIRST, "month_yuan")
    type_in(qtbot, part, "45000")
    press(qtbot, focus(), Qt.Key.Key_Tab)
    line = line_of(part, FIRST)
    assert part.model.state.is_proposed(line, "cum_yuan")
    assert part.model.state.now(line).get("cum_yuan") is None
    press(qtbot, part.view, Qt.Key.Key_Return)
    assert not part.model.state.is_proposed(line, "cum_yuan")
    assert part.model.state.now(line)["cum_yuan"] == last + 450_000_000
    assert shown(part, FIRST, "difference") == "0"
    with qtbot.waitSignal(office.wrote):
        press(qtbot, part.view, Qt.Key.Key_S, ctrl=True)
    assert told(office, qtbot)[FIRST] == (450_000_000, last + 450_000_000, "企业自报")


def test_changing_the_unit_never_changes_a_value_and_an_untouched_cell_is_never_saved(
    page: Output, qtbot: QtBot, office: Office
) -> None:
    part = ready(page, qtbot)
    put(part, qtbot, FIRST, "month_yuan")
    type_in(qtbot, part, "1234567元")
    press(qtbot, focus(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(part.model.state.wrong))
    press(qtbot, part.view, Qt.Key.Key_S, ctrl=True)
    qtbot.waitUntil(lambda: "仍要保存" in "".join(one.text() for one in part.notice.buttons))
    with qtbot.waitSignal(office.wrote):
        part.notice.buttons[-1].click()
    assert told(office, qtbot)[FIRST][0] == 1_234_567
    qtbot.waitUntil(lambda: line_of(part, FIRST).filed)
    assert shown(part, FIRST, "month_yuan") == "123.46"
    for place in range(1, part.head.units.count()):
        part.head.units.setCurrentIndex(place)
        part.head.units.activated.emit(place)
        put(part, qtbot, FIRST, "month_yuan")
        press(qtbot, part.view, Qt.Key.Key_F2)
        press(qtbot, focus(), Qt.Key.Key_Return)
        assert part.model.state.typed == {}
    put(part, qtbot, FIRST, "reason")
    type_in(qtbot, part, "abc")
    press(qtbot, focus(), Qt.Key.Key_Return)
    with qtbot.waitSignal(office.wrote):
        press(qtbot, part.view, Qt.Key.Key_S, ctrl=True)
    assert told(office, qtbot)[FIRST][0] == 1_234_567


def test_a_block_from_excel_is_laid_by_name_saved_in_one_write_and_undone_in_one(
    page: Output, qtbot: QtBot, office: Office
) -> None:
    part = ready(page, qtbot)
    undoing = Undoing(office, page)
    put(part, qtbot, THIRD, "reason")
    QGuiApplication.clipboard().setText(
        f"企业名称\t10月产值（千元）\t增速%\r\n{SECOND}\t１６４,330\t3\r\n{FIRST}\t4.5亿\t2\r\n名册外公司\t1\t1\r\n合计\t9\t\r\n"
    )
    before = ask(office, qtbot, lambda ledger: ledger.value("SELECT count(*) FROM write_log"))
    press(qtbot, part.view, Qt.Key.Key_V, ctrl=True)
    qtbot.waitUntil(lambda: bool(part.model.state.typed))
    words = part.notice.words.text()
    assert "按企业名称粘贴了 2 格（2 家）" in words
    assert "名册外公司" in words
    assert "合计" in words
    assert "增速" in words
    assert shown(part, SECOND, "month_yuan") == "16,433"
    with qtbot.waitSignal(office.wrote):
        press(qtbot, part.view, Qt.Key.Key_S, ctrl=True)
    assert told(office, qtbot)[SECOND][0] == 164_330_000
    assert told(office, qtbot)[FIRST][0] == 450_000_000
    assert ask(office, qtbot, lambda ledger: ledger.value("SELECT count(*) FROM write_log")) == before + 1
    with qtbot.waitSignal(undoing.done):
        undoing.undo()
    assert told(office, qtbot) == {}


def test_numbers_alone_are_laid_where_the_cursor_is_and_the_paste_is_taken_back_by_ctrl_z(
    page: Output, qtbot: QtBot
) -> None:
    part = ready(page, qtbot)
    put(part, qtbot, FIRST, "month_yuan")
    QGuiApplication.clipboard().setText("5000\t40000\r\n2000\t15000\r\n")
    press(qtbot, part.view, Qt.Key.Key_V, ctrl=True)
    qtbot.waitUntil(lambda: bool(part.model.state.typed))
    assert shown(part, SECOND, "cum_yuan") == "15,000"
    part.view.setFocus()
    press(qtbot, part.view, Qt.Key.Key_Z, ctrl=True)
    assert part.model.state.typed == {}
    press(qtbot, part.view, Qt.Key.Key_Y, ctrl=True)
    assert shown(part, SECOND, "cum_yuan") == "15,000"


def test_fill_down_delete_and_copy_work_on_the_block(page: Output, qtbot: QtBot) -> None:
    part = ready(page, qtbot)
    put(part, qtbot, FIRST, "stop")
    row = part.view.currentIndex().row()
    part.model.write([(row, IDS.index("stop"), "正常生产")])
    part.view.choose_block(row, IDS.index("stop"), row + 2, IDS.index("stop"))
    press(qtbot, part.view, Qt.Key.Key_D, ctrl=True)
    assert [shown(part, name, "stop") for name in (FIRST, SECOND, THIRD)] == ["正常生产"] * 3
    part.view.choose_block(row, IDS.index("stop"), row + 1, IDS.index("stop"))
    press(qtbot, part.view, Qt.Key.Key_C, ctrl=True)
    assert QGuiApplication.clipboard().text() == "正常生产\r\n正常生产"
    press(qtbot, part.view, Qt.Key.Key_Delete)
    assert [shown(part, name, "stop") for name in (FIRST, SECOND, THIRD)] == ["", "", "正常生产"]


def test_an_input_method_composes_in_a_cell_undisturbed(page: Output, qtbot: QtBot) -> None:
    part = ready(page, qtbot)
    put(part, qtbot, FIRST, "reason")
    compose(part.view, "d")
    compose(part.view, "ding'dan")
    assert part.view.editing, "what an input method begins opens the cell"
    press(qtbot, part.view, Qt.Key.Key_Return)
    assert part.view.editing, "Enter belongs to the input method"
    assert part.model.state.typed == {}
    commit(part.view, "订单")
    qtbot.waitUntil(lambda: isinstance(focus(), Line))
    box = focus()
    compose(box, "jian'shao")
    press(qtbot, box, Qt.Key.Key_Return)
    assert part.view.editing
    commit(box, "减少")
    press(qtbot, box, Qt.Key.Key_Return)
    assert shown(part, FIRST, "reason") == "订单减少"


def test_the_state_of_production_is_chosen_from_words_that_typing_narrows(page: Output, qtbot: QtBot) -> None:
    part = ready(page, qtbot)
    put(part, qtbot, FIRST, "stop")
    press(qtbot, part.view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: part.view.findChild(Picker) is not None)
    picker = part.view.findChild(Picker)
    assert picker is not None
    qtbot.keyClicks(picker.line, "bt")
    press(qtbot, picker.line, Qt.Key.Key_Down)
    press(qtbot, picker.line, Qt.Key.Key_Return)
    assert shown(part, FIRST, "stop") == "半停产"


def test_what_is_wrong_is_said_in_the_cell_and_in_words_and_the_rest_can_be_saved(
    page: Output, qtbot: QtBot, office: Office
) -> None:
    part = ready(page, qtbot)
    put(part, qtbot, FIRST, "month_yuan")
    type_in(qtbot, part, "12x")
    press(qtbot, focus(), Qt.Key.Key_Return)
    assert part.model.state.light(line_of(part, FIRST), "month_yuan") == "red"
    type_in(qtbot, part, "16000")
    press(qtbot, focus(), Qt.Key.Key_Return)
    press(qtbot, part.view, Qt.Key.Key_S, ctrl=True)
    assert "有 1 格读不懂，还没有保存" in part.notice.words.text()
    assert part.model.lines[part.view.currentIndex().row()].name == FIRST
    assert "数以外还写了“x”" in part.words.text()
    with qtbot.waitSignal(office.wrote):
        next(one for one in part.notice.buttons if one.text() == "先存其余的").click()
    assert set(told(office, qtbot)) == {SECOND}
    qtbot.waitUntil(lambda: line_of(part, SECOND).filed)
    assert shown(part, FIRST, "month_yuan") == "12x"


def test_a_report_without_a_source_is_refused_where_it_stands(page: Output, qtbot: QtBot) -> None:
    part = entry(page, qtbot)
    part.head.units.activated.emit(part.head.units.findData("万元"))
    put(part, qtbot, FIRST, "month_yuan")
    type_in(qtbot, part, "50000")
    press(qtbot, focus(), Qt.Key.Key_Return)
    press(qtbot, part.view, Qt.Key.Key_S, ctrl=True)
    qtbot.waitUntil(lambda: part.model.state.light(line_of(part, FIRST), "source") == "red")
    assert "来源没有填" in part.notice.words.text()


def test_what_was_typed_survives_a_crash(page: Output, qtbot: QtBot, office: Office) -> None:
    part = ready(page, qtbot)
    put(part, qtbot, FIRST, "month_yuan")
    type_in(qtbot, part, "5100")
    press(qtbot, focus(), Qt.Key.Key_Return)
    part.drafts.keeper.keep(part.model.state.texts, now=True)
    again = entry(desk(office, qtbot), qtbot)  # another window: nothing was saved, nothing was left in order
    qtbot.waitUntil(lambda: "没保存完的内容" in again.notice.words.text())
    again.notice.buttons[0].click()
    assert again.model.state.now(line_of(again, FIRST))["month_yuan"] == 51_000_000


def test_going_to_another_month_and_back_keeps_what_was_typed(page: Output, qtbot: QtBot) -> None:
    part = ready(page, qtbot)
    put(part, qtbot, FIRST, "month_yuan")
    type_in(qtbot, part, "5100")
    press(qtbot, focus(), Qt.Key.Key_Return)
    press(qtbot, part.view, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: part.month == "2021-09")
    assert part.model.state.typed == {}
    press(qtbot, part.view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: part.month == MONTH and bool(part.model.state.typed))
    assert shown(part, FIRST, "month_yuan") == "5,100"


def test_a_locked_month_can_only_be_looked_at_and_offers_a_correction(
    page: Output, qtbot: QtBot, office: Office
) -> None:
    ask(office, qtbot, lambda ledger: sign_off(ledger, "2021-09", "张三"))
    part = entry(page, qtbot, "2021-09")
    assert "已于 2022-01-05 由张三签认" in part.notice.words.text()
    put(part, qtbot, FIRST, "month_yuan")
    before = shown(part, FIRST, "month_yuan")
    type_in(qtbot, part, "1")
    press(qtbot, part.view, Qt.Key.Key_Delete)
    QGuiApplication.clipboard().setText("5\t6")
    press(qtbot, part.view, Qt.Key.Key_V, ctrl=True)
    ask(office, qtbot, lambda _ledger: True)
    assert not part.view.editing
    assert shown(part, FIRST, "month_yuan") == before
    assert not part.act_save.isEnabled()
    assert part.act_correct.isVisible()
    part.notice.buttons[0].click()
    qtbot.waitUntil(lambda: page.views.current == "health")


def test_a_cell_another_person_changed_is_told_and_settled(page: Output, qtbot: QtBot, office: Office) -> None:
    part = ready(page, qtbot, "2021-09")
    line = line_of(part, FIRST)
    row_id = line.row_id
    put(part, qtbot, FIRST, "reason")
    type_in(qtbot, part, "mine")
    press(qtbot, focus(), Qt.Key.Key_Return)

    def theirs(ledger: Ledger) -> bool:
        with ledger.write("李四", "改原因") as writer:
            writer.update(MonthlyOutput, row_id, {"reason": "theirs"})
        return True

    ask(office, qtbot, theirs)
    qtbot.waitUntil(lambda: "刚被别人改过" in part.notice.words.text())
    assert shown(part, FIRST, "reason") == "mine"
    part.notice.buttons[1].click()
    assert shown(part, FIRST, "reason") == "theirs"
    assert part.model.state.typed == {}


def test_the_model_of_the_grid_is_a_model(page: Output, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    part = ready(page, qtbot)
    model = part.model
    assert isinstance(model, EntryModel)
    qtmodeltester.check(model)
