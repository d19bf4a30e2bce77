"""重复: two records of one enterprise are found, compared and made one from the window, and come apart by 撤销."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt

from chain_office.db.models import Enterprise
from chain_office.domain.names import name_core, name_key
from chain_office.services import editing
from chain_office.ui.kit.desk_parts import LIST
from chain_office.ui.pages.enterprise_parts.duplicates import DuplicatesPart
from chain_office.ui.pages.enterprises import Enterprises

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.domain.forms import Saved
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NAMES = ("衡阳云岭锌业有限公司", "云岭锌业（衡阳）有限责任公司")


T = TypeVar("T")


def ask(office: Office, qtbot: QtBot, question: Callable[[Ledger], T]) -> T:
    """An answer of the ledger, read or written on its thread."""
    found: list[T] = []
    office.work.ask(question, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def add(ledger: Ledger) -> list[str]:
    """Two enterprises with one core; the managers differ."""
    with ledger.write("甲", "登记") as writer:
        return writer.insert_many(
            Enterprise,
            [
                {
                    "name": name,
                    "name_key": name_key(name),
                    "name_core": name_core(name, ("衡阳",)),
                    "legal_person": person,
                    "address": "衡阳" if person == "张三" else None,
                }
                for name, person in zip(NAMES, ("张三", "李四"), strict=True)
            ],
        )


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Enterprises:
    made = Enterprises(office)
    qtbot.addWidget(made)
    made.resize(1218, 640)
    made.show()
    with qtbot.waitSignal(made.offered):
        made.refresh()
    return made


def part_of(page: Enterprises, qtbot: QtBot) -> DuplicatesPart:
    page.show_record("view:duplicates")
    qtbot.waitUntil(lambda: isinstance(page.views.part, DuplicatesPart))
    part = page.views.part
    assert isinstance(part, DuplicatesPart)
    return part


def test_two_records_of_one_firm_are_made_one_by_keyboard(
    page: Enterprises, office: Office, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    one, other = ask(office, qtbot, add)
    saved: list[Saved] = []
    office.wrote.connect(saved.append)
    part = part_of(page, qtbot)
    qtbot.waitUntil(lambda: part.plan is not None and part.where() == f"{one}+{other}")
    assert part.choices_model.line(0).cells == ("法定代表人", "张三", "李四", "留下的")
    qtmodeltester.check(part.choices_model)
    qtbot.keyClick(part.choices, Qt.Key.Key_Space)
    assert part.choices_model.line(0).cells[-1] == "并入的"
    part.merging.trigger()
    qtbot.waitUntil(lambda: bool(saved))
    row = ask(
        office,
        qtbot,
        lambda ledger: ledger.rows("SELECT legal_person, former_names FROM enterprise WHERE id = ?", (one,)),
    )
    assert row == [("李四", NAMES[1])]
    qtbot.waitUntil(lambda: f"{one}+{other}" not in [part.model.line(at).id for at in range(part.model.rowCount())])
    ask(office, qtbot, lambda ledger: editing.undo(ledger, saved[0].write_no, "甲"))
    part.refresh()
    qtbot.waitUntil(lambda: f"{one}+{other}" in [part.model.line(at).id for at in range(part.model.rowCount())])


def test_two_that_are_two_are_not_proposed_again(page: Enterprises, office: Office, qtbot: QtBot) -> None:
    one, other = ask(office, qtbot, add)
    part = part_of(page, qtbot)
    qtbot.waitUntil(lambda: part.plan is not None and part.parting.isEnabled())
    part.swap()
    assert part.where() == f"{other}+{one}"
    qtbot.waitUntil(lambda: part.parting.isEnabled())
    part.parting.trigger()
    qtbot.waitUntil(lambda: not any(one in part.model.line(at).id for at in range(part.model.rowCount())))


def test_two_chosen_in_the_list_are_compared(page: Enterprises, office: Office, qtbot: QtBot) -> None:
    page.list.selectAll()
    ids = page.selected_ids()[:2]
    page.show_record(f"view:duplicates/{'+'.join(ids)}")
    qtbot.waitUntil(lambda: isinstance(page.views.part, DuplicatesPart))
    part = page.views.part
    assert isinstance(part, DuplicatesPart)
    qtbot.waitUntil(lambda: part.where() == "+".join(ids) and part.plan is not None)
    assert part.model.line(part.view.currentIndex().row()).cells[2] == "手工选出"
    assert page.views.current != LIST
