"""From a plan to the page before a visit, the visit with its consent, promise, photograph and rating, and the next one due: by
keyboard, as a clerk would."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from chain_office.domain.forms import Edit
from chain_office.queries.visiting.firms import due_firms
from chain_office.services import editing
from chain_office.ui.kit.form.bulk import BulkPane
from chain_office.ui.pages.visits import Visits
from tests.ui.desks import made
from tests.ui.form.conftest import commit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LONG = 20_000
DAY = date(2021, 11, 19)


class Clerk:
    """Somebody at the keyboard of the desk of visits."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self.office, self.qtbot = office, qtbot
        self.desk: Any = made(Visits, office, qtbot)
        self.desk.activateWindow()
        office.work.changed.connect(
            lambda changes: self.desk.refresh() if self.desk.notice(frozenset(changes.rows)) else None
        )

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=LONG)

    def asked(self, question: Callable[[Ledger], Any]) -> Any:
        found: list[Any] = []
        self.office.work.ask(question, found.append)
        self.wait(lambda: found)
        return found[0]

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        box = QApplication.focusWidget()
        assert box is not None
        self.qtbot.keyClick(box, key, held)

    def fill(self, editor: Any, text: str) -> None:
        """Tab to a field and type."""
        for _ in range(90):
            if QApplication.focusWidget() is editor.target:
                break
            self.press(Key.Key_Tab)
        assert QApplication.focusWidget() is editor.target
        if editor.text():
            self.press(Key.Key_A, CTRL)
        box = QApplication.focusWidget()
        assert box is not None
        self.qtbot.keyClicks(box, text) if text.isascii() else commit(box, text)

    def view(self, view_id: str, number: Qt.Key) -> Any:
        """A view by its number key, shown and read."""
        self.qtbot.keyClick(self.desk, number, Qt.KeyboardModifier.AltModifier)
        self.wait(lambda: self.desk.views.current == view_id and self.desk.views.part is not None)
        return self.desk.views.part

    def back(self, widget: QWidget) -> None:
        """A dialog was closed: the window is active again, the focus where one works."""
        self.desk.activateWindow()
        widget.setFocus()
        self.wait(widget.hasFocus)

    def saved(self, act: Callable[[], object]) -> Any:
        """What an act wrote."""
        with self.qtbot.waitSignal(self.office.wrote, timeout=LONG) as told:
            act()
        return told.args[0]


@pytest.fixture
def clerk(office: Office, qtbot: QtBot) -> Clerk:
    return Clerk(office, qtbot)


def firm_under_protection(ledger: Ledger) -> str:
    """A firm that was put under protection on the 17th and not visited since October 2020."""
    firm = str(
        ledger.value(
            "SELECT e.id FROM enterprise e JOIN register_spell s ON s.enterprise_id = e.id WHERE s.exit_day IS NULL "
            "AND e.protected_since IS NULL AND s.entry_day < '2021-01-01' AND NOT EXISTS (SELECT 1 FROM visit v "
            "WHERE v.enterprise_id = e.id AND v.day > '2021-01-01') AND NOT EXISTS (SELECT 1 FROM visit_plan p "
            "WHERE p.enterprise_id = e.id) ORDER BY e.number LIMIT 1"
        )
    )
    loaded = editing.load(ledger, "enterprise", firm, DAY)
    editing.save(ledger, Edit("enterprise", firm, loaded.version, {"protected_since": date(2021, 11, 17)}), "张三")
    return firm


def test_from_a_plan_to_the_next_one_due(clerk: Clerk, tmp_path: Path) -> None:
    firm = clerk.asked(firm_under_protection)
    due = clerk.asked(lambda ledger: next(one for one in due_firms(ledger, DAY) if one.id == firm).due)
    assert due.late_days > 0
    # a campaign, and a plan of this firm alone
    plan = clerk.view("plan", Key.Key_3)
    clerk.wait(lambda: plan.campaign.count())
    plan.new_campaign()
    clerk.wait(lambda: plan.pane.body is not None)
    clerk.fill(plan.pane.body.editors["name"], "年底回访")
    clerk.fill(plan.pane.body.editors["from_day"], "1118")
    clerk.fill(plan.pane.body.editors["to_day"], "1125")
    clerk.saved(lambda: clerk.press(Key.Key_S, CTRL))
    clerk.wait(lambda: plan.current is not None and plan.current.name == "年底回访")
    clerk.desk.plan_these([firm])
    clerk.wait(lambda: plan.making is not None and plan.making.isVisible() and plan.making.write.isEnabled())
    assert "1 家" in plan.making.says.text()
    saved = clerk.saved(plan.making.save)
    assert "安排走访 1 家" in saved.said
    clerk.wait(lambda: len(plan.lines) == 1)
    (line,) = plan.lines.values()
    assert (line.enterprise_id, line.state, line.protected) == (firm, "waiting", True)
    # the page before the visit
    plan.view.setFocus()
    clerk.wait(lambda: plan.chosen())
    plan.brief()
    clerk.wait(lambda: plan.briefing.dialog is not None)
    assert len(plan.briefing.dialog._paper.sizes) == 1
    assert not plan.briefing.dialog.word_button.isHidden()
    plan.briefing.dialog.close()
    # the visit: one key, then what an enterprise under protection asks for
    clerk.back(plan.view)
    clerk.press(Key.Key_Return, CTRL)
    pane = clerk.desk.editing.pane
    clerk.wait(lambda: pane.body is not None and clerk.desk.side.currentWidget() is pane and pane.body.isVisible())
    clerk.wait(lambda: (box := QApplication.focusWidget()) is not None and pane.isAncestorOf(box))
    editors = pane.body.editors
    assert editors["enterprise_id"].value() == firm
    assert editors["campaign_id"].value() == plan.where()
    clerk.fill(editors["day"], "1119")
    clerk.wait(lambda: "赋码保护" in editors["consent_by"].note.text())
    clerk.fill(editors["followup"], "我办一周内协调供电公司上门对接")
    clerk.press(Key.Key_S, CTRL)
    clerk.wait(lambda: pane.fault_notice.isVisible())
    assert "同意人没有填" in editors["consent_by"].note.text()
    for name, text in (
        ("consent_by", "陈经理"), ("consent_way", "电话"), ("consent_day", "1118"), ("booking_no", "MSY20211118"),
        ("rating", "满意"),
        ("rated_day", "1119"),
    ):  # fmt: skip
        clerk.fill(editors[name], text)
    clerk.saved(lambda: clerk.press(Key.Key_S, CTRL))
    visit = clerk.asked(lambda ledger: ledger.value("SELECT id FROM visit ORDER BY number DESC LIMIT 1"))
    clerk.wait(lambda: clerk.desk.current_id == visit and clerk.desk.detail.record is not None)
    clerk.wait(lambda: "已征得企业同意" in clerk.desk.detail.toPlainText())
    # its promise, out of the note
    clerk.desk.list.setFocus()
    clerk.press(Key.Key_M, CTRL | SHIFT)
    clerk.wait(lambda: clerk.desk.promising.pane is not None and clerk.desk.promising.pane.cards)
    promises = clerk.desk.promising.pane
    assert promises.cards[0].due.value() == date(2021, 11, 26)
    clerk.saved(lambda: clerk.press(Key.Key_Return, CTRL))
    # a photograph
    path = tmp_path / "现场.jpg"
    Image.new("RGB", (3200, 1800), "green").save(path)
    clerk.wait(lambda: clerk.desk.detail.record is not None and clerk.desk.detail.record.reference == f"visit:{visit}")
    clerk.saved(lambda: clerk.desk.editing.attached.add([path]))
    sizes = clerk.asked(lambda ledger: ledger.rows("SELECT name FROM attachment WHERE row_id = ?", (visit,)))
    assert sizes == [("现场.jpg",)]
    clerk.wait(lambda: "现场.jpg" in clerk.desk.detail.toPlainText() and not clerk.desk.detail.lacking)
    # the plan is done, the promise stands, the firm is due later
    plan = clerk.view("plan", Key.Key_3)
    clerk.wait(lambda: [one.state for one in plan.lines.values()] == ["done"])
    shown = clerk.view("promises", Key.Key_6)
    clerk.wait(lambda: any(one.visit_id == visit for one in shown.lines.values()))
    now = clerk.asked(lambda ledger: next(one for one in due_firms(ledger, DAY) if one.id == firm).due)
    assert (now.day, now.late_days) == (date(2022, 5, 18), 0)  # 180 days, by the rule for firms under protection


def test_a_promise_is_kept_with_one_key_and_a_word(clerk: Clerk) -> None:
    visit = clerk.asked(
        lambda ledger: ledger.value("SELECT id FROM visit WHERE day = '2020-10-16' ORDER BY number LIMIT 1")
    )
    values = {"visit_id": visit, "text": "协调供电公司对接", "side": "我方", "due_day": date(2020, 10, 30)}
    clerk.asked(lambda ledger: editing.save(ledger, Edit("promise", "", 0, values), "张三"))
    part = clerk.view("promises", Key.Key_6)
    clerk.wait(lambda: any(one.text == values["text"] for one in part.lines.values()))
    (promise,) = [one.id for one in part.lines.values() if one.text == values["text"]]
    assert part.model.group(part.model.row_of(promise)).key == "late"
    part.view.go_to(promise)
    part.view.setFocus()
    part.begin_keeping()
    box = QApplication.focusWidget()
    assert box is not None
    assert box is part.kept.result
    commit(box, "已增容")
    clerk.saved(lambda: clerk.press(Key.Key_Return))
    clerk.wait(lambda: part.lines[promise].state == "done")
    assert (part.lines[promise].result, part.lines[promise].done) == ("已增容", DAY)


def test_several_lines_of_a_plan_get_another_leader_in_one_write(clerk: Clerk) -> None:
    part = clerk.view("plan", Key.Key_3)
    clerk.wait(lambda: len(part.lines) > 3)
    part.grouping.setCurrentIndex(part.grouping.findData("district"))
    part._show_lines()
    part.view.setFocus()
    part.view.choose_group()
    clerk.wait(lambda: len(part.chosen()) > 1)
    chosen = [line.id for line in part.chosen()]
    part.edit()
    bulk = part.side.currentWidget()
    assert isinstance(bulk, BulkPane)
    bulk.fields.setCurrentIndex(bulk.fields.findData("leader"))
    assert bulk.editor is not None
    bulk.editor.write("孙主任")
    saved = clerk.saved(bulk.apply)
    clerk.wait(lambda: {part.lines[one].leader for one in chosen} == {"孙主任"})
    clerk.asked(lambda ledger: editing.undo(ledger, saved.write_no, clerk.office.actor))
    clerk.wait(lambda: "孙主任" not in {part.lines[one].leader for one in chosen})


def test_numbers_of_the_coverage_open_their_firms_and_go_into_a_plan(clerk: Clerk) -> None:
    part = clerk.view("coverage", Key.Key_4)
    clerk.wait(lambda: part.model.rowCount() > 60)
    part.go_to("district")
    clerk.wait(lambda: part.shown is not None and part.model.columns and part.model.columns[0].heading == "县市区")
    column = next(at for at, one in enumerate(part.model.columns) if at)
    part.view.setCurrentIndex(part.model.index(0, column))
    firms = part.firms()
    seen, gaps = (getattr(part.shown, name)["", part.model.columns[column].key] for name in ("seen", "gaps"))
    assert part.model.row(0).cells[column].text == f"{len(seen)}/{len(seen) + len(gaps)}"
    assert part.list_model.rowCount() == len(seen) + len(gaps)
    assert set(firms) == set(gaps or seen)
    part.plan()
    clerk.wait(lambda: clerk.desk.views.current == "plan" and clerk.desk.views.part is not None)
    plan = clerk.desk.views.part
    clerk.wait(lambda: plan.making is not None and plan.making.isVisible())
    assert f"{len(firms)} 家" in plan.making.only.text()


def test_the_pace_is_set_where_the_list_is(clerk: Clerk) -> None:
    part = clerk.view("due", Key.Key_5)
    clerk.wait(lambda: len(part.firms) == 69)
    before = part.sums.text()
    saved = clerk.saved(lambda: part.pace["every_days"].setValue(600))
    assert "600 天" in saved.said
    clerk.wait(lambda: part.sums.text() != before)
    assert not any(one.due.late_days for one in part.firms.values() if not one.protected)


def test_the_papers_are_looked_at_before_they_are_made(clerk: Clerk, tmp_path: Path) -> None:
    part = clerk.view("papers", Key.Key_7)
    clerk.wait(lambda: part.campaign.count())
    part.campaign.setCurrentIndex(0)
    part.day.setDate(part.day.date().fromString("2020-10-16", "yyyy-MM-dd"))
    making = part.makings["走访日报"]
    making.look()
    clerk.wait(lambda: making.dialog is not None)
    making.dialog.close()
    making.make(tmp_path / "日报")
    clerk.wait(lambda: not making.said.isHidden())
    assert sorted(path.suffix for path in (tmp_path / "日报").iterdir()) == [".docx", ".pdf"]


def test_the_models_hold(clerk: Clerk, qtmodeltester: Any) -> None:
    host = QWidget()
    clerk.qtbot.addWidget(host)
    for view, key in (("today", Key.Key_2), ("plan", Key.Key_3), ("coverage", Key.Key_4), ("due", Key.Key_5)):
        part = clerk.view(view, key)
        clerk.wait(part.model.rowCount)
        qtmodeltester.check(part.model)
