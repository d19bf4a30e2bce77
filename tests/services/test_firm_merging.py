"""Two records of one enterprise become one, whole, as the plan said, and come apart again by one undo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from chain_office.db.models import (
    Bank,
    Contact,
    Drawdown,
    Enterprise,
    Match,
    MonthFreeze,
    MonthlyOutput,
    RegisterSpell,
    Visit,
)
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit
from chain_office.domain.names import name_core, name_key
from chain_office.queries.duplicates import ALSO, CODE, CORE, pairs
from chain_office.services.checks import check_ledger
from chain_office.services.editing import save, undo
from chain_office.services.figures import flat, headline
from chain_office.services.firm_merging import look_at_merging, merge_firms, say_different
from chain_office.services.ledgers import open_existing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger

DAY = date(2021, 11, 19)
PLACES = ("衡阳市", "衡阳", "湖南")


def firm(ledger: Ledger, name: str, **values: Any) -> str:
    keys = {"name_key": name_key(name), "name_core": name_core(name, PLACES)}
    with ledger.write("甲", "登记") as writer:
        return str(writer.insert(Enterprise, {"name": name, **keys, **values}))


def add(ledger: Ledger, model: Any, **values: Any) -> str:
    with ledger.write("甲", "登记") as writer:
        return str(writer.insert(model, values))


def column(ledger: Ledger, sql: str, *arguments: object) -> list[Any]:
    return [row[0] for row in ledger.rows(sql, arguments)]


def everything(ledger: Ledger) -> dict[str, list[Any]]:
    tables = ("enterprise", "contact", "register_spell", "visit", "problem", "match", "drawdown", "monthly_output")
    left = {"version"}
    found = {}
    for table in tables:
        names = [row[1] for row in ledger.rows(f'PRAGMA table_info("{table}")') if row[1] not in left]
        found[table] = ledger.rows(f'SELECT {", ".join(names)} FROM "{table}" ORDER BY id')
    return found


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    """The sample office, open for writing."""
    with open_existing(office) as opened:
        yield opened


@pytest.fixture
def twins(ledger: Ledger) -> tuple[str, str]:
    kept = firm(ledger, "衡阳远山铜业有限公司", short_name="远山铜业", legal_person="张三")
    gone = firm(ledger, "湖南远山铜业有限责任公司", uscc="91430400MA4L16JQ9W", legal_person="李四")
    add(ledger, RegisterSpell, enterprise_id=kept, entry_day=date(2020, 1, 1), exit_day=date(2020, 12, 1))
    add(ledger, RegisterSpell, enterprise_id=gone, entry_day=date(2020, 6, 1), entry_kind="promoted")
    add(ledger, Contact, enterprise_id=kept, name="王五", phone="13800000001")
    add(ledger, Contact, enterprise_id=gone, name="王五", phone="13800000001")
    add(ledger, Contact, enterprise_id=gone, name="赵六", phone="13800000002")
    add(ledger, Visit, enterprise_id=gone, day=date(2020, 10, 15))
    told = {"enterprise_id": gone, "text": "缺工三十人", "collected_day": date(2020, 10, 15)}
    save(ledger, Edit("problem", "", 0, told), "甲", accept={"", "text", "enterprise_id"})
    for month, cum in (("2021-01", 100), ("2021-02", 220)):
        add(ledger, MonthlyOutput, enterprise_id=kept, month=month, cum_yuan=cum * 10_000)
    add(ledger, MonthlyOutput, enterprise_id=gone, month="2021-02", cum_yuan=2_300_000, month_yuan=1_200_000)
    add(ledger, MonthlyOutput, enterprise_id=gone, month="2021-03", cum_yuan=3_300_000)
    bank = add(ledger, Bank, name="远山银行")
    for one in (kept, gone):
        match = add(ledger, Match, enterprise_id=one, bank_id=bank, reached="drawn", matched_day=date(2021, 3, 1))
        add(ledger, Drawdown, match_id=match, drawn_yuan=5_000_000, day=date(2021, 3, 1))
    return kept, gone


def test_firms_are_proposed_by_code_name_and_core_but_not_by_likeness(ledger: Ledger) -> None:
    before = pairs(ledger)
    a = firm(ledger, "衡阳云岭锌业有限公司", uscc="91430400MA4L16JQ9W")
    b = firm(ledger, "云岭锌业（衡阳）有限责任公司")
    c = firm(ledger, "衡阳飞渡科技有限公司", uscc="91430400MA4L16JQ9W")
    d = firm(ledger, "衡阳长河铅业有限公司", former_names="衡阳飞渡科技有限公司")
    firm(ledger, "衡阳云峰锌业有限公司")
    made = {frozenset((one.first.id, one.second.id)): one.reasons for one in pairs(ledger) if one not in before}
    assert made == {frozenset((a, b)): (CORE,), frozenset((a, c)): (CODE,), frozenset((c, d)): (ALSO,)}
    say_different(ledger, a, b, "甲")
    assert frozenset((a, b)) not in {frozenset((one.first.id, one.second.id)) for one in pairs(ledger)}


def test_the_plan_says_what_moves_what_differs_and_what_counts_once(ledger: Ledger, twins: tuple[str, str]) -> None:
    plan = look_at_merging(ledger, *twins)
    assert dict(plan.moved) == {"联系人": 1, "走访记录": 1, "问题": 1, "银企对接": 1, "产值": 1}
    assert [(one.key, one.kept, one.other) for one in plan.choices] == [
        ("legal_person", "张三", "李四"),
        ("month:2021-02", "累计 220 万元", "累计 230 万元"),
    ]
    assert plan.filled == ("统一社会信用代码",)
    said = "".join(plan.sentences)
    assert all(word in said for word in ("1 个月产值", "1 个联系人", "1 笔放款只算一笔", "并掉 1 条"))


def test_merging_does_what_the_plan_says_and_one_undo_takes_it_apart(ledger: Ledger, twins: tuple[str, str]) -> None:
    kept, gone = twins
    before, figures = everything(ledger), flat(headline(ledger, DAY))
    saved = merge_firms(ledger, kept, gone, "甲", others={"month:2021-02"})
    row = ledger.rows("SELECT uscc, legal_person, former_names FROM enterprise WHERE id = ?", (kept,))[0]
    assert row == ("91430400MA4L16JQ9W", "张三", "湖南远山铜业有限责任公司")
    live = "enterprise_id = ? AND deleted_at IS NULL"
    assert ledger.rows(f"SELECT entry_day, exit_day, entry_kind FROM register_spell WHERE {live}", (kept,)) == [
        ("2020-01-01", None, "promoted")
    ]
    assert column(ledger, f"SELECT name FROM contact WHERE {live} ORDER BY name", kept) == ["王五", "赵六"]
    assert ledger.rows(
        f"SELECT month, month_yuan, cum_yuan FROM monthly_output WHERE {live} ORDER BY month", (kept,)
    ) == [("2021-01", None, 1_000_000), ("2021-02", 1_200_000, 2_300_000), ("2021-03", None, 3_300_000)]
    for table in ("visit", "problem", "match"):
        assert column(ledger, f"SELECT count(*) FROM {table} WHERE {live}", gone) == [0]
    after = flat(headline(ledger, DAY))
    assert after["enterprises.total"] == figures["enterprises.total"]  # two records, of which one was on the register
    assert after["finance.drawn_yuan"] == figures["finance.drawn_yuan"] - 5_000_000  # type: ignore[operator]
    assert [one.name for one in check_ledger(ledger) if not one.passed] == []
    undo(ledger, saved.write_no, "甲")
    assert everything(ledger) == before
    assert flat(headline(ledger, DAY)) == figures


def test_a_month_signed_off_is_not_changed_by_a_merge(ledger: Ledger, twins: tuple[str, str]) -> None:
    add(ledger, MonthFreeze, desk="output", month="2021-02", day=date(2021, 3, 5))
    with pytest.raises(KnownError, match="2021-02 的产值，而这些月份已经签认"):
        look_at_merging(ledger, *twins)
    with pytest.raises(KnownError, match="没有合并"):
        merge_firms(ledger, *twins, "甲")


def test_an_enterprise_is_not_merged_into_itself_nor_with_one_in_the_bin(
    ledger: Ledger, twins: tuple[str, str]
) -> None:
    kept, gone = twins
    with pytest.raises(KnownError, match="它自己"):
        look_at_merging(ledger, kept, kept)
    merge_firms(ledger, kept, gone, "甲")
    with pytest.raises(KnownError, match="已不在台账里"):
        look_at_merging(ledger, kept, gone)


def test_stays_that_do_not_touch_remain_two(ledger: Ledger) -> None:
    kept, gone = firm(ledger, "甲厂一号"), firm(ledger, "乙厂二号")
    add(ledger, RegisterSpell, enterprise_id=kept, entry_day=date(2018, 1, 1), exit_day=date(2019, 1, 1))
    add(ledger, RegisterSpell, enterprise_id=gone, entry_day=date(2020, 1, 1))
    merge_firms(ledger, kept, gone, "甲")
    assert ledger.rows(
        "SELECT entry_day, exit_day FROM register_spell WHERE enterprise_id = ? AND deleted_at IS NULL ORDER BY 1",
        (kept,),
    ) == [("2018-01-01", "2019-01-01"), ("2020-01-01", None)]
