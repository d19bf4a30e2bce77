"""The `finance` command's answer: whole numbers, unknown as null, and the same sums in every part."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from chain_office.db.ledger import open_ledger
from chain_office.domain.errors import KnownError
from chain_office.services.finance_report import as_json, as_lines, exact_wan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger

END = date(2021, 11, 19)


@pytest.fixture(scope="module")
def ledger(sample_office: Path) -> Iterator[Ledger]:
    with open_ledger(sample_office, read_only=True) as opened:
        yield opened


def told(ledger: Ledger, day: date, event: str = "") -> Any:
    return json.loads(json.dumps(as_json(ledger, day, event)))


def test_every_part_of_the_answer_has_the_same_sums(ledger: Ledger) -> None:
    found = told(ledger, END)
    assert found["as_of"] == "2021-11-19"
    assert found["event"] is None
    totals = found["totals"]
    assert totals["drawn"] == {"parties": 14, "count": 20, "yuan": 731_000_000}
    assert (totals["enterprises"], totals["parks"], totals["banks"], totals["off_register"]) == (12, 2, 4, 0)
    for rung in ("intent", "granted", "drawn"):
        for part in ("banks", "borrowers"):
            assert sum(row[rung]["yuan"] for row in found[part]) == totals[rung]["yuan"]
    assert totals["new_yuan"] + totals["renewed_yuan"] + totals["unsaid_yuan"] == totals["drawn"]["yuan"]
    assert (totals["landed_yuan_percent"], totals["mean_rate_percent"]) == (82.5, 4.4)
    assert len(found["refusals"]) == totals["refused"] == 5
    assert found["refusals"][0] == {
        "number": "YQ0004", "borrower": "湖南示例鼎岩铅业有限公司", "bank": "国开行", "intent_yuan": 50_000_000,
        "reason": "行业集中度超限，未通过总行评审", "day": None,
    }  # fmt: skip
    assert {row["party"] for row in found["borrowers"]} == {"firm", "park"}
    assert found["look_backs"]["overdue"] == len([one for one in found["look_backs"]["due"] if one["days_late"] > 0])


def test_before_the_event_nothing_is_there_and_what_is_not_known_is_null(ledger: Ledger) -> None:
    found = told(ledger, date(2020, 11, 17))
    assert found["totals"]["drawn"] == {"parties": 0, "count": 0, "yuan": 0}
    assert found["totals"]["landed_yuan_percent"] is None
    assert found["totals"]["mean_rate_percent"] is None
    assert found["banks"] == found["borrowers"] == found["events"] == []


def test_an_event_is_asked_for_by_name(ledger: Ledger) -> None:
    name = "2020年11月银企对接会"
    assert told(ledger, END, name)["event"] == name
    with pytest.raises(KnownError, match="没有叫“春季对接会”的对接会；现有：“2020年11月银企对接会”"):
        as_json(ledger, END, "春季对接会")


def test_the_lines_say_sums_formulas_refusals_and_who_is_due(ledger: Ledger) -> None:
    said = "\n".join(as_lines(ledger, END))
    for words in (
        "放款 14 户 20 笔 73,100 万元", "不相加", "落地率（金额）= 放款 ÷ 授信", "抵押物评估值不足", "示例甲工业园区［园区］",
        "逾期",
    ):  # fmt: skip
        assert words in said
    assert "204,800" not in said, "意向 and 授信 are never added"


@pytest.mark.parametrize(
    ("yuan", "text"),
    [(120_000_000, "12,000"), (12_345_678, "1,234.5678"), (5_000, "0.5"), (0, "0"), (1, "0.0001"), (None, "未登记")],
)
def test_amounts_in_wan_lose_nothing(yuan: int | None, text: str) -> None:
    assert exact_wan(yuan) == text
