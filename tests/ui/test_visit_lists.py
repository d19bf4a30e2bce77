"""覆盖 and 下次走访 with more firms than one stretch shows: nothing is missing without a word, and any of them is found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from chain_office.ui.pages.visit_parts import coverage, coverage_rows, due
from chain_office.ui.pages.visits import Visits
from tests.ui.desks import made

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LONG = 20_000


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """A stretch is 25 firms here."""
    for module in (coverage, coverage_rows, due):
        monkeypatch.setattr(module, "MOST", 25)
    return 25


def view(office: Office, qtbot: QtBot, view_id: str) -> Any:
    page: Any = made(Visits, office, qtbot)
    page.show_record(f"view:{view_id}")
    qtbot.waitUntil(lambda: type(page.views.part).__module__.endswith(view_id), timeout=LONG)
    part = page.views.part
    qtbot.waitUntil(lambda: part.model.rowCount() > 5, timeout=LONG)
    return part


def shows(part: Any, words: str) -> bool:
    return words in part.said.text()


def test_the_matrix_shows_the_firms_stretch_by_stretch_and_its_total_counts_all(
    office: Office, qtbot: QtBot, few: int
) -> None:
    """69 on the register, and the two that left it in one of the months."""
    part = view(office, qtbot, "coverage")
    assert [part.stretch.itemText(place) for place in range(part.stretch.count())] == [
        "第 1—25 家", "第 26—50 家", "第 51—71 家",
    ]  # fmt: skip
    total = part.model.row(0).cells[0].text
    names: set[str] = set()
    for place in range(3):
        part.stretch.setCurrentIndex(place)
        part.stretch.chosen.emit()
        begun = f"第 {place * few + 1}—"
        qtbot.waitUntil(partial(shows, part, begun), timeout=LONG)
        assert part.model.row(0).cells[0].text == total
        names |= {row.cells[0].text for row in part.model.rows if not row.total}
    assert f"合计 {len(names)} 家" == total


def test_a_firm_is_found_by_its_full_name_or_its_initials_wherever_it_stands(
    office: Office, qtbot: QtBot, few: int
) -> None:
    part = view(office, qtbot, "coverage")
    for typed in ("湖南示例耒水铝业有限公司", "HNSLLSLY"):
        part.looking_for.setText(typed)
        qtbot.keyClick(part.looking_for, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: part.model.rowCount() == 2, timeout=LONG)
        assert "耒水铝业" in part.model.row(1).cells[0].text
        assert part.stretch.isHidden()
        part.looking_for.clear()
        part.looking_for.editingFinished.emit()
        qtbot.waitUntil(lambda: part.model.rowCount() == few + 1, timeout=LONG)


def test_firms_due_are_shown_stretch_by_stretch_under_headings_that_count_all(
    office: Office, qtbot: QtBot, few: int
) -> None:
    part = view(office, qtbot, "due")
    ids = set()
    for place in range(part.stretch.count()):
        part.stretch.setCurrentIndex(place)
        part.stretch.chosen.emit()
        rows = [row for row in range(part.model.rowCount()) if row not in part.model.heads]
        assert len(rows) <= few
        ids |= {part.model.line(row).id for row in rows}
    assert ids == set(part.firms)
    assert len(ids) == 69
    part.looking_for.setText("hnsllsly")
    qtbot.waitUntil(lambda: "找到 1 家" in part.sums.text(), timeout=LONG)
    assert part.stretch.isHidden()
