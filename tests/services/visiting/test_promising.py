"""Promises: proposed, confirmed, kept, made problems; each act one write."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.queries.visiting.promises import promises_at, promises_of
from chain_office.services import editing
from chain_office.services.visiting import promising
from chain_office.services.visiting.promising import WantedPromise

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)
NOTE = "我办一周内协调供电公司上门对接。企业承诺11月底前报送可研报告。"


@pytest.fixture
def visit(firms: list[str], new: Callable[..., str]) -> str:
    return new("visit", enterprise_id=firms[0], day=date(2021, 11, 10), followup=NOTE)


def test_promises_of_a_note_are_confirmed_in_one_write_and_not_proposed_twice(ledger: Ledger, visit: str) -> None:
    found = promising.propose_promises(ledger, visit)
    assert [(one.line.side, str(one.line.due)) for one in found.promises] == [
        ("我方", "2021-11-17"),
        ("企业", "2021-11-30"),
    ]
    wanted = [WantedPromise(one.line.text, one.line.side, "李四", one.line.due) for one in found.promises]
    saved = promising.record_promises(ledger, visit, wanted, "张三")
    assert [one.state for one in promises_at(ledger, visit, DAY)] == ["late", "waiting"]
    assert all(one.same for one in promising.propose_promises(ledger, visit).promises)
    only = promising.propose_promises(ledger, visit, "企业答应12月10日前复工")
    assert [str(one.line.due) for one in only.promises] == ["2021-12-10"]
    editing.undo(ledger, saved.write_no, "张三")
    assert not promises_at(ledger, visit, DAY)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ([], "还没有勾选"),
        ([WantedPromise(" ", "我方")], "第 1 条没有内容"),
        ([WantedPromise("对接", "银行")], "哪一方"),
    ],
)
def test_what_cannot_be_registered_is_said(ledger: Ledger, visit: str, wanted: list[WantedPromise], words: str) -> None:
    with pytest.raises(KnownError, match=words):
        promising.record_promises(ledger, visit, wanted, "张三")


def test_a_promise_is_kept_with_what_came_of_it(ledger: Ledger, visit: str, firms: list[str]) -> None:
    promising.record_promises(ledger, visit, [WantedPromise("上门对接", "我方", due=date(2021, 11, 12))], "张三")
    (promise,) = promises_at(ledger, visit, DAY)
    with pytest.raises(KnownError, match="还没有到"):
        promising.keep_promises(ledger, [promise.id], date(2099, 1, 1), "", "张三")
    promising.keep_promises(ledger, [promise.id], date(2021, 11, 18), "已上门", "张三")
    (kept,) = [one for one in promises_of(ledger, firms[0], DAY) if one.id == promise.id]
    assert (kept.state, kept.result, kept.done) == ("done", "已上门", date(2021, 11, 18))
    (then,) = [one for one in promises_of(ledger, firms[0], date(2021, 11, 17)) if one.id == promise.id]
    assert then.state == "late"
    with pytest.raises(KnownError, match="都已兑现"):
        promising.keep_promises(ledger, [promise.id], DAY, "", "张三")


def test_a_promise_becomes_a_problem_that_it_names(ledger: Ledger, visit: str, firms: list[str]) -> None:
    promising.record_promises(ledger, visit, [WantedPromise("协调解决用地指标", "我方")], "张三")
    (promise,) = promises_at(ledger, visit, DAY)
    saved = promising.promise_to_problem(ledger, promise.id, "张三")
    (row,) = ledger.rows(
        "SELECT enterprise_id, visit_id, state, collected_day FROM problem WHERE id = ?", (saved.row_id,)
    )
    assert row == (firms[0], visit, "waiting", "2021-11-10")
    (linked,) = promises_at(ledger, visit, DAY)
    assert linked.problem_id == saved.row_id
    assert linked.problem in saved.said
    with pytest.raises(KnownError, match="已转为问题"):
        promising.promise_to_problem(ledger, promise.id, "张三")
    editing.undo(ledger, saved.write_no, "张三")
    assert not promises_at(ledger, visit, DAY)[0].problem
