"""The list of any length: Qt's own model tester, scrolling, sorting, finding a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.queries.desk_lists import PROBLEMS
from chain_office.ui.kit import table
from chain_office.ui.kit.table import ListColumn, ListModel, ListView

if TYPE_CHECKING:
    import pytest
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office

COLUMNS = (
    ListColumn("编号", lambda line: f"WT{line.number:04d}", 80, "number"),
    ListColumn("问题", lambda line: line.text, 300),
)


def loaded(office: Office, qtbot: QtBot) -> ListModel:
    model = ListModel(office.work, PROBLEMS, COLUMNS)
    with qtbot.waitSignal(model.counted):
        model.load()
    return model


def test_the_model_keeps_qt_s_rules(office: Office, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = loaded(office, qtbot)
    qtmodeltester.check(model)
    assert model.rowCount() == 87


def test_the_first_lines_come_with_the_list_and_the_others_when_they_are_looked_at(
    office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "_BLOCK", 10)
    model = loaded(office, qtbot)
    assert str(model.data(model.index(9, 0))).startswith("WT")
    assert model.data(model.index(10, 0)) == "…"
    qtbot.waitUntil(lambda: model.data(model.index(10, 0)) != "…")
    near = model.id_at(45)
    with qtbot.waitSignal(model.counted):
        model.load(near=near)
    assert model.data(model.index(0, 0)) == "…"
    assert str(model.data(model.index(model.row_of(near), 0))).startswith("WT")


def test_the_view_goes_to_a_record_and_tells_which_one_it_is_on(office: Office, qtbot: QtBot) -> None:
    model = loaded(office, qtbot)
    view = ListView(model)
    qtbot.addWidget(view)
    wanted = model.id_at(40)
    with qtbot.waitSignal(view.current) as told:
        assert view.go_to(wanted)
    assert told.args == [wanted]
    assert not view.go_to("no such record")


def test_only_the_hits_of_a_search_are_shown(office: Office, qtbot: QtBot) -> None:
    model = loaded(office, qtbot)
    some = frozenset({model.id_at(3), model.id_at(5)})
    with qtbot.waitSignal(model.counted) as told:
        model.load(only=some)
    assert told.args == [2]
