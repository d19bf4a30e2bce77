"""An officer leaves: everything in hand is found, handed on in one write, and comes back by one undo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.people import names_in, replaced
from chain_office.services.editing import undo
from chain_office.services.handing_on import duties, hand_on, people
from chain_office.services.ledgers import open_existing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger

DAY = date(2021, 11, 19)


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    with open_existing(office) as opened:
        yield opened


def test_names_are_read_out_of_a_line_and_put_in_its_place() -> None:
    assert names_in("张三、李四（科长）, 王五") == ("张三", "李四", "王五")
    assert replaced("张三、李四（科长）, 王五", "李四", "赵六") == "张三、赵六, 王五"
    assert replaced("张三丰、张三", "张三", "赵六") == "张三丰、赵六"
    assert replaced("张三、李四", "李四", "张三") == "张三"


def test_what_is_finished_is_nobodys_duty(ledger: Ledger) -> None:
    mine = duties(ledger, "示例甲", DAY)
    kinds = {one.kind for one in mine}
    assert {"走访计划（带队）", "承诺事项", "发展目标"} <= kinds
    told = ledger.rows("SELECT text, done_day FROM promise WHERE owner = '示例甲' AND deleted_at IS NULL")
    open_ones = [text for text, done in told if done is None]
    assert [one.about.split("：")[1] for one in mine if one.kind == "承诺事项"] == open_ones
    assert dict(people(ledger, DAY))["示例甲"] == len(mine)


def test_all_of_it_goes_to_the_successor_and_comes_back(ledger: Ledger) -> None:
    before = duties(ledger, "示例甲", DAY)
    theirs = duties(ledger, "示例新来", DAY)
    saved = hand_on(ledger, "示例甲", "示例新来", DAY, "王敏")
    assert duties(ledger, "示例甲", DAY) == ()
    assert len(duties(ledger, "示例新来", DAY)) == len(before) + len(theirs)
    rows = ledger.rows(
        "SELECT o.name, o.left_day, s.name FROM officer o LEFT JOIN officer s ON s.id = o.successor_id ORDER BY 2 DESC"
    )
    assert rows[0] == ("示例甲", "2021-11-19", "示例新来")
    undo(ledger, saved.write_no, "王敏")
    assert duties(ledger, "示例甲", DAY) == before


def test_some_of_it_may_go_to_one_and_the_rest_to_another(ledger: Ledger) -> None:
    before = duties(ledger, "示例甲", DAY)
    hand_on(ledger, "示例甲", "示例新来", DAY, "王敏", chosen=before[:2])
    assert duties(ledger, "示例甲", DAY) == before[2:]
    assert ledger.value("SELECT count(*) FROM officer WHERE left_day IS NOT NULL") == 0


@pytest.mark.parametrize(("successor", "why"), [("", "请写明"), ("示例甲", "本人"), ("张三、李四", "一个人")])
def test_what_cannot_be_is_refused_in_words(ledger: Ledger, successor: str, why: str) -> None:
    with pytest.raises(KnownError, match=f"没有移交.*{why}"):
        hand_on(ledger, "示例甲", successor, DAY, "王敏")
