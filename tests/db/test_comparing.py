"""What restoring a backup would undo, desk by desk."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from chain_office.db import comparing, engine
from chain_office.db.ledger import Ledger, open_ledger
from chain_office.db.models import Bank, Contact, Enterprise, Problem, ProblemEvent
from chain_office.domain.errors import KnownError
from tests.refusals import contents

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def before(path: Path) -> Path:
    """A backup of a ledger with three firms and a problem."""
    with open_ledger(path) as ledger, ledger.write("甲", "登记") as writer:
        for name in ("甲厂", "乙厂", "丙厂"):
            writer.insert(Enterprise, {"id": name, "name": name})
        writer.insert(Contact, {"id": "联系人", "enterprise_id": "乙厂", "name": "李四"})
        writer.insert(Problem, {"id": "问题", "text": "缺工" * 40, "state": "waiting"})
    copy: Path = path.with_name("备份.ledger")
    shutil.copy(path, copy)
    return copy


def desk(found: comparing.Difference, name: str) -> comparing.DeskDifference:
    return next(one for one in found.desks if one.desk == name)


def some(titles: comparing.Titles) -> tuple[int, tuple[str, ...]]:
    return titles.count, titles.some


def test_nothing_written_nothing_differs(path: Path, before: Path) -> None:
    found = comparing.compare(path, before)
    assert (found.desks, found.writes, found.only_there) == ((), 0, 0)
    assert "不会改变什么" in found.told


def test_added_changed_and_gone_are_named(path: Path, before: Path) -> None:
    with open_ledger(path) as ledger:
        with ledger.write("甲", "改") as writer:
            writer.insert(Enterprise, {"name": "丁厂"})
            writer.update(Enterprise, "甲厂", {"address": "新址"})
        with ledger.write("甲", "删") as writer:
            writer.bin(Enterprise, "丙厂")
        found = comparing.compare(path, before)
    firms = desk(found, "企业")
    assert some(firms.added) == (1, ("丁厂",))
    assert some(firms.changed) == (1, ("甲厂",))
    assert some(firms.gone) == (1, ("丙厂",))
    assert [one.desk for one in found.desks] == ["企业"]
    assert found.told == "此后的 2 次写入将回到备份时"


def test_a_part_that_changed_is_a_change_of_its_record(path: Path, before: Path) -> None:
    with open_ledger(path) as ledger, ledger.write("甲", "改") as writer:
        writer.bin(Contact, "联系人")
        writer.insert(ProblemEvent, {"problem_id": "问题", "seq": 1, "kind": "opening", "state": "waiting"})
    found = comparing.compare(path, before)
    assert some(desk(found, "企业").changed) == (1, ("乙厂",))
    assert some(desk(found, "问题").changed) == (1, ("WT0001 " + "缺工" * 15,))


def test_what_came_and_went_since_is_no_difference(path: Path, before: Path) -> None:
    with open_ledger(path) as ledger, ledger.write("甲", "改") as writer:
        made = writer.insert(Enterprise, {"name": "丁厂"})
        writer.bin(Enterprise, made)
    found = comparing.compare(path, before)
    assert (found.desks, found.writes) == ((), 1)


def test_of_many_twenty_are_named(path: Path, before: Path) -> None:
    with open_ledger(path) as ledger, ledger.write("甲", "登记") as writer:
        writer.insert_many(Bank, [{"name": f"第{at}银行", "verified": True} for at in range(50)])
    banks = desk(comparing.compare(path, before), "银行")
    assert banks.added.count == 50
    assert len(banks.added.some) == 20


def test_a_backup_of_a_line_that_was_left_brings_its_own_writes(path: Path, before: Path) -> None:
    """The ledger was restored from an older backup since; the chosen one holds what was written before that."""
    with open_ledger(before) as other:
        for name in ("丁厂", "戊厂"):
            with other.write("甲", f"登记{name}") as writer:
                writer.insert(Enterprise, {"name": name})
    with open_ledger(path) as ledger, ledger.write("乙", "登记己厂") as writer:
        writer.insert(Enterprise, {"name": "己厂"})
    found = comparing.compare(path, before)
    assert (found.writes, found.only_there) == (1, 2)
    assert desk(found, "企业").gone.count == 2
    assert "另有 2 次" in found.told


def test_comparing_with_what_is_no_ledger_is_refused(path: Path, before: Path) -> None:
    before.write_bytes(b"text" * 1000)
    kept = contents(path.parent)
    with pytest.raises(KnownError, match="不是产业链办的台账"):
        comparing.compare(path, before)
    assert contents(path.parent) == kept


def test_comparing_changes_nothing_and_leaves_the_open_ledger_alone(path: Path, before: Path) -> None:
    kept = contents(path.parent)
    with open_ledger(path, read_only=True) as ledger:
        comparing.compare(path, before)
        assert isinstance(ledger, Ledger)
        assert engine.is_open_here(path)
        assert ledger.value("SELECT count(*) FROM enterprise") == 3
    assert contents(path.parent) == kept
