"""一企一档 and 进退规 by keyboard: a firm's timeline, its numbers, its paper; the register's numbers, entries told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLabel

from chain_office.services import editing
from chain_office.ui.kit.desk_parts import LIST
from chain_office.ui.pages.enterprise_parts.dossier import DossierPart
from chain_office.ui.pages.enterprise_parts.register import RegisterPart
from chain_office.ui.pages.enterprises import Enterprises

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.domain.forms import Saved
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FIRM = "湖南示例赤松铜业有限公司"
T = TypeVar("T")
P = TypeVar("P")


def ask(office: Office, qtbot: QtBot, question: Callable[[Ledger], T]) -> T:
    """An answer of the ledger, read or written on its thread."""
    found: list[T] = []
    office.work.ask(question, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Enterprises:
    made = Enterprises(office)
    qtbot.addWidget(made)
    made.resize(1218, 640)
    made.show()
    with qtbot.waitSignal(made.offered):
        made.refresh()
    return made


def part_of(page: Enterprises, qtbot: QtBot, view: str, kind: type[P]) -> P:
    page.show_record(view)
    qtbot.waitUntil(lambda: isinstance(page.views.part, kind))
    part = page.views.part
    assert isinstance(part, kind)
    return part


@pytest.fixture
def dossier(page: Enterprises, office: Office, qtbot: QtBot) -> DossierPart:
    firm = ask(office, qtbot, lambda ledger: ledger.value("SELECT id FROM enterprise WHERE name = ?", (FIRM,)))
    page.show_record(f"enterprise:{firm}")
    qtbot.waitUntil(lambda: page.current_id == firm)
    part = part_of(page, qtbot, "view:dossier", DossierPart)
    qtbot.waitUntil(lambda: part.found is not None and part.found.name == FIRM)
    return part


def test_the_dossier_shows_the_firm_of_the_list_and_walks_with_it(
    page: Enterprises, dossier: DossierPart, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(dossier.model)
    assert dossier.status.text() == "在册　截至 2021-11-19"
    assert dossier.tiles[0].accessibleName() == "本年产值 34.78 亿元"
    assert dossier.model.line(0).cells[:2] == ("2021-06-11", "问题")
    first = dossier.firm
    qtbot.keyClick(dossier.view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dossier.found is not None and dossier.found.id != first)
    assert page.current_id == dossier.firm
    qtbot.keyClick(dossier.view, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dossier.found is not None and dossier.found.id == first)
    qtbot.keyClick(dossier.view, Qt.Key.Key_Escape)
    assert page.views.current == LIST
    assert page.current_id == first


def test_the_timeline_is_cut_to_one_kind_and_its_lines_open_their_records(
    page: Enterprises, dossier: DossierPart, qtbot: QtBot
) -> None:
    assert dossier.found is not None
    loans = [one for one in dossier.found.timeline if one.kind == "loan"]
    assert dossier.chip_buttons["loan"].text() == f"贷款 {len(loans)}"
    dossier.chip_buttons["loan"].setFocus()
    qtbot.keyClick(dossier.chip_buttons["loan"], Qt.Key.Key_Space)
    assert dossier.model.rowCount() == len(loans)
    assert {dossier.model.line(row).cells[1] for row in range(len(loans))} == {"贷款"}
    with qtbot.waitSignal(page.wanted) as opened:
        qtbot.keyClick(dossier.view, Qt.Key.Key_Return)
    assert opened.args == ["finance", loans[0].reference]


def test_a_number_opens_exactly_its_rows(page: Enterprises, dossier: DossierPart, qtbot: QtBot) -> None:
    assert dossier.found is not None
    with qtbot.waitSignal(page.wanted) as opened:
        qtbot.keyClick(dossier.tiles[3], Qt.Key.Key_Return)
    where, reference = opened.args
    assert where == "finance"
    words, _, ids = reference.removeprefix("rows:").rpartition("/")
    assert words == f"{FIRM} · 放款"
    assert set(ids.split("+")) == {one.id for one in dossier.found.loans if one.drawings}


def test_telephone_numbers_show_when_asked(dossier: DossierPart, qtbot: QtBot) -> None:
    def said() -> str:
        return "\n".join(one.text() for one in dossier.facts.findChildren(QLabel))

    assert dossier.found is not None
    number = dossier.found.people[0].phone
    assert number not in said()
    assert "154****0001" in said()
    dossier.phones.trigger()
    qtbot.waitUntil(lambda: number in said() and "****" not in said())


def test_the_paper_is_looked_at_before_it_is_printed(dossier: DossierPart, qtbot: QtBot) -> None:
    dossier.view.setFocus()
    qtbot.keyClick(dossier.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dossier.paper.dialog is not None, timeout=30_000)
    assert dossier.paper.dialog is not None
    assert dossier.paper.dialog.windowTitle().endswith("_企业简况")
    assert dossier.paper.dialog.word_button.isVisible()
    dossier.paper.dialog.close()
    qtbot.waitUntil(lambda: dossier.paper.dialog is None)


def test_several_firms_of_the_list_are_one_paper(page: Enterprises, qtbot: QtBot) -> None:
    model = page.list.selectionModel()
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.list.clearSelection()
    for row in (0, 2):
        model.select(page.model.index(row, 0), rows)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.paper.dialog is not None, timeout=30_000)
    assert page.paper.dialog is not None
    assert "2家" in page.paper.dialog.windowTitle()
    page.paper.dialog.close()
    qtbot.waitUntil(lambda: page.paper.dialog is None)


def test_a_number_of_the_register_opens_its_firms(page: Enterprises, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    part = part_of(page, qtbot, "view:register", RegisterPart)
    qtbot.waitUntil(lambda: part.found is not None)
    qtmodeltester.check(part.model)
    qtmodeltester.check(part.unknown_model)
    assert [cell.text for cell in part.model.row(0).cells] == ["2021年", "70", "0", "1", "0", "2", "69", "-1"]
    qtbot.keyClick(part.view, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: part.found is not None and part.found.year == 2020)
    qtbot.keyClick(part.view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: part.found is not None and part.found.year == 2021)
    part.view.setCurrentIndex(part.model.index(0, 5))
    qtbot.keyClick(part.view, Qt.Key.Key_Return)
    assert page.views.current == LIST
    qtbot.waitUntil(lambda: page.filters.only is not None and len(page.filters.only) == 2)


def test_entries_of_unknown_kind_are_settled_by_one_key_and_come_back_by_undo(
    page: Enterprises, office: Office, qtbot: QtBot
) -> None:
    part = part_of(page, qtbot, "view:register", RegisterPart)
    qtbot.waitUntil(lambda: part.found is not None)
    assert part.found is not None
    before, firms = len(part.found.unknown), [one.firm for one in part.found.unknown[:2]]
    saved: list[Saved] = []
    office.wrote.connect(saved.append)
    part.unknown.setFocus()
    qtbot.keyClick(part.unknown, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(part.unknown, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: bool(saved) and part.found is not None and len(part.found.unknown) == before - 2)
    sql = "SELECT count(*) FROM register_spell WHERE enterprise_id IN (?, ?) AND entry_kind = 'new_build'"
    assert ask(office, qtbot, lambda ledger: ledger.value(sql, firms)) == 2
    ask(office, qtbot, lambda ledger: editing.undo(ledger, saved[0].write_no, "甲"))
    part.refresh()
    qtbot.waitUntil(lambda: part.found is not None and len(part.found.unknown) == before)
