"""Lists: whole, in order, page by page; and no list ever reads a whole table or sorts it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chain_office.db.ledger import open_ledger
from chain_office.db.models import (
    Bank,
    Campaign,
    District,
    Enterprise,
    Match,
    MonthlyOutput,
    Park,
    Problem,
    Project,
    Segment,
    Unit,
    Visit,
)
from chain_office.queries import lists
from chain_office.queries.desk_lists import ENTERPRISES, FINANCE, LISTS, OUTPUT, PROBLEMS, PROJECTS, VISITS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.queries.lists import ListKind, Order

BIG = {kind.table for kind in LISTS}
STATES = ("waiting", "doing", "reported", "closed")
FIRST = date(2021, 1, 1)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with open_ledger(tmp_path_factory.mktemp("表") / "大.ledger", create=True) as opened:
        fill(opened)
        yield opened


def fill(ledger: Ledger) -> None:
    dice = random.Random(69)

    def maybe(values: list[Any]) -> Any:
        return dice.choice([*values, None])

    def day() -> date | None:
        return maybe([FIRST + timedelta(days=dice.randrange(300))])

    with ledger.write("甲", "登记") as writer:

        def some(model: type, number: int, **values: object) -> list[str]:
            return writer.insert_many(model, [{"name": f"{model.__name__}{at}", **values} for at in range(number)])

        districts, parks, segments = some(District, 3), some(Park, 2), some(Segment, 2)
        units, banks, campaigns = some(Unit, 4), some(Bank, 3), some(Campaign, 2)
        firms = writer.insert_many(
            Enterprise,
            [
                {"name": f"企业{at}", "district": maybe(districts), "park": maybe(parks), "segment": maybe(segments)}
                for at in range(120)
            ],
        )
        writer.insert_many(
            Visit, [{"enterprise": dice.choice(firms), "campaign": maybe(campaigns), "day": day()} for _ in range(900)]
        )
        problems = [
            {
                "text": f"问题{at}",
                "enterprise": maybe(firms),
                "lead_unit": maybe(units),
                "district": maybe(districts),
                "state": dice.choice(STATES),
                "deadline": day(),
            }
            for at in range(900)
        ]
        made = writer.insert_many(Problem, problems)
        for one in made[:30]:
            writer.bin(Problem, one)
        writer.insert_many(
            Match, [{"bank": maybe(banks), "reached": dice.choice(["none", "drawn"])} for _ in range(300)]
        )
        projects = [
            {"name": f"项目{at}", "stage": dice.choice(["planned", "completed"]), "total_yuan": maybe([at % 7, 9])}
            for at in range(300)
        ]
        writer.insert_many(Project, projects)
        reports = [
            {"enterprise": firm, "month": f"2021-{month:02d}", "month_yuan": maybe([dice.randrange(50)])}
            for firm in firms
            for month in range(1, 10)
        ]
        writer.insert_many(MonthlyOutput, reports)


def walked(ledger: Ledger, kind: ListKind[Any], size: int, **how: Any) -> list[Any]:
    lines: list[Any] = []
    page = lists.page(ledger, kind, size=size, **how)
    while True:
        lines += page.lines
        if page.next is None:
            return lines
        page = lists.page(ledger, kind, size=size, after=page.next, **how)


def some_values(ledger: Ledger, kind: ListKind[Any], name: str) -> list[str | None]:
    column = kind.filters[name]
    rows = ledger.rows(f'SELECT {column}, count(*) FROM "{kind.table}" GROUP BY 1 ORDER BY 2 DESC LIMIT 3')
    return [None, *(row[0] for row in rows)]


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.id)
def test_pages_put_together_are_the_whole_list_in_order(ledger: Ledger, kind: ListKind[Any]) -> None:
    for order in kind.orders:
        for down in (False, True):
            way = "DESC" if down else ""
            truth = ledger.rows(
                f'SELECT t.id FROM "{kind.table}" t {kind.joins} WHERE t.deleted_at IS NULL '
                f"ORDER BY {order.key} {way}, t.id {way}"
            )
            found = walked(ledger, kind, 47, order=order.name, descending=down)
            assert [line.id for line in found] == [row[0] for row in truth]


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.id)
def test_filters_keep_what_they_say(ledger: Ledger, kind: ListKind[Any]) -> None:
    names = list(kind.filters)
    for name, other in zip(names, names[1:] + names[:1], strict=True):
        for value in some_values(ledger, kind, name):
            for second in some_values(ledger, kind, other)[1:2]:
                wanted = {name: value} if other == name else {name: value, other: second}
                where = " AND ".join(f"{kind.filters[one]} IS ?" for one in wanted)
                truth = ledger.rows(
                    f'SELECT id FROM "{kind.table}" WHERE deleted_at IS NULL AND {where}', list(wanted.values())
                )
                found = walked(ledger, kind, 50, filters=wanted)
                assert {line.id for line in found} == {row[0] for row in truth}
                assert lists.count(ledger, kind, filters=wanted) == lists.Count(len(truth), capped=False)


def plan_faults(ledger: Ledger, sql: str, arguments: dict[str, object]) -> list[str]:
    """What a plan does that grows with a table: reading all of it, or sorting."""
    blanks = {"after_key": "", "after_id": "", "size": 51, "cap": 1001}
    steps = [row[3] for row in ledger.rows(f"EXPLAIN QUERY PLAN {sql}", {**blanks, **arguments})]
    scanned = [step for step in steps if step.startswith("SCAN t") or any(step == f"SCAN {big}" for big in BIG)]
    return scanned + [step for step in steps if "TEMP B-TREE" in step]


def wishes(ledger: Ledger, kind: ListKind[Any], served: frozenset[str]) -> list[dict[str, str | None]]:
    """The filters with a value, and each that may be unknown without one."""
    required = {row[1] for row in ledger.rows(f'PRAGMA table_info("{kind.table}")') if row[3]}
    wanted: dict[str, str | None] = dict.fromkeys(sorted(served), "x")
    return [wanted, *({**wanted, name: None} for name in served if kind.filters[name] not in required)]


def offers() -> list[tuple[ListKind[Any], Order, frozenset[str]]]:
    return [(kind, order, served) for kind in LISTS for order in kind.orders for served in order.served]


@pytest.mark.parametrize("offer", offers(), ids=lambda o: f"{o[0].id}-{o[1].name}-{'+'.join(sorted(o[2])) or 'all'}")
@pytest.mark.parametrize("analysed", [False, True], ids=["fresh", "analysed"])
def test_every_offered_order_is_read_from_an_index(
    ledger: Ledger, offer: tuple[ListKind[Any], Order, frozenset[str]], analysed: bool
) -> None:
    if analysed:
        ledger.database.execute_sql("ANALYZE")
    kind, order, served = offer
    try:
        for wanted in wishes(ledger, kind, served):
            for down in (False, True):
                sql, arguments = lists.page_sql(kind, wanted, order, down=down)
                assert plan_faults(ledger, sql, arguments) == []
    finally:
        if analysed:
            for (table,) in ledger.rows("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat_'"):
                ledger.database.execute_sql(f"DELETE FROM {table}")
            ledger.database.execute_sql("ANALYZE sqlite_schema")


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.id)
def test_an_unserved_filter_never_makes_it_sort(ledger: Ledger, kind: ListKind[Any]) -> None:
    for order in kind.orders:
        if frozenset() not in order.served:
            continue
        for name in kind.filters:
            sql, arguments = lists.page_sql(kind, {name: "x"}, order, down=order.descending)
            assert plan_faults(ledger, sql, arguments) == []


def test_the_guard_itself_sees_a_scan_and_a_sort(ledger: Ledger) -> None:
    unserved = replace(PROBLEMS.orders[0], key="t.text", type=str, served=(frozenset(),))
    sql, arguments = lists.page_sql(PROBLEMS, {}, unserved, down=False)
    assert len(plan_faults(ledger, sql, arguments)) == 2


def test_open_problems_of_a_firm_are_counted_in_their_own_index(ledger: Ledger) -> None:
    sql, arguments = lists.page_sql(ENTERPRISES, {}, ENTERPRISES.orders[0], down=False)
    steps = ledger.rows(f"EXPLAIN QUERY PLAN {sql}", {"after_key": 0, "after_id": "", "size": 51, **arguments})
    assert any("problem_open_of_firm" in step[3] for step in steps)


def test_counts_stop_at_the_cap(ledger: Ledger) -> None:
    assert lists.count(ledger, OUTPUT) == lists.Count(1000, capped=True)
    assert lists.count(ledger, PROBLEMS) == lists.Count(870, capped=False)


def test_lines_say_what_the_records_say(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "小.ledger", create=True) as ledger:
        with ledger.write("甲", "登记") as writer:
            district = writer.insert(District, {"name": "雁峰区"})
            unit = writer.insert(Unit, {"name": "衡阳市工业和信息化局", "short": "市工信局"})
            firm = writer.insert(Enterprise, {"name": "示例铜业", "district": district})
            for day in (date(2021, 3, 1), None, date(2020, 10, 1)):
                writer.insert(Visit, {"enterprise": firm, "day": day, "q2_problem": "难" * 100})
            values = {"text": "用工难", "enterprise": firm, "lead_unit": unit, "deadline": date(2021, 11, 30)}
            writer.insert(Problem, {**values, "state": "doing"})
            writer.insert(Problem, {**values, "state": "closed"})
            writer.insert(Project, {"name": "铜板带", "district": district, "total_yuan": 5})
            writer.insert(Match, {"enterprise": firm, "reached": "none"})
        (enterprise,) = lists.page(ledger, ENTERPRISES).lines
        assert (enterprise.name, enterprise.district, enterprise.park) == ("示例铜业", "雁峰区", "")
        assert (enterprise.last_visit, enterprise.open_problems) == (date(2021, 3, 1), 1)
        visits = lists.page(ledger, VISITS).lines
        assert [one.day for one in visits] == [date(2021, 3, 1), date(2020, 10, 1), None]
        assert visits[0].problem == "难" * 80
        newest, oldest = lists.page(ledger, PROBLEMS).lines
        assert (newest.number, oldest.number, newest.unit) == (2, 1, "市工信局")
        assert newest.deadline == date(2021, 11, 30)
        (project,) = lists.page(ledger, PROJECTS, order="total").lines
        assert (project.place, project.total_yuan, project.plan_finish) == ("雁峰区", 5, None)
        (match,) = lists.page(ledger, FINANCE).lines
        assert (match.borrower, match.bank, match.drawn_yuan) == ("示例铜业", "", None)
