"""The five desks: lists, dossier and group-bys beside the barest SQL that reads the same rows with the best index."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from bench.timing import Result, clocked, medians
from chain_office.db.ledger import open_ledger
from chain_office.queries import chain_map, due, duplicates, finance_desk, output_desk
from chain_office.queries.dossier import dossier
from chain_office.queries.projects_desk.standing import standings
from chain_office.queries.visiting.coverage import by_month
from chain_office.queries.visiting.firms import visited_firms
from chain_office.queries.visiting.promises import promises
from chain_office.queries.work_calendar import work_calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.place import Place
    from chain_office.db.ledger import Ledger

_DAY: Final = date(2021, 10, 25)
_FIRM: Final = "SELECT id FROM enterprise WHERE number = 20"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and bare SQL (of :day, :firm, :month) that touches the rows it must read."""

    what: str
    ask: Callable[[Ledger, date], object]
    bare: tuple[str, ...]
    against: str


def _dossier(ledger: Ledger, day: date) -> object:
    return dossier(ledger, str(ledger.value(_FIRM)), day, work_calendar(ledger))


_OF_FIRM = tuple(
    f"SELECT count(*), max(id) FROM {table} WHERE enterprise_id = :firm AND deleted_at IS NULL"
    for table in ("visit", "problem", "match", "project", "monthly_output", "contact", "register_spell")
)
_BY_FIRM: Final = (
    "SELECT {group}, sum(o.cum_yuan), sum(o.cum_prev_yuan), count(*) FROM monthly_output o "
    "JOIN enterprise e ON e.id = o.enterprise_id WHERE o.deleted_at IS NULL AND o.month = :month GROUP BY 1"
)
QUESTIONS: Final = (
    Asked("一企一档", _dossier, _OF_FIRM, "逐表按企业取行"),
    Asked(
        "图谱",
        lambda ledger, day: chain_map.chain(ledger, day),
        (_BY_FIRM.format(group="e.segment_id"),),
        "按环节合计一个月的产值",
    ),
    Asked(
        "重复企业",
        lambda ledger, _: duplicates.pairs(ledger),
        ("SELECT name_core, count(*) FROM enterprise WHERE deleted_at IS NULL GROUP BY 1 HAVING count(*) > 1",),
        "按名称主干分组",
    ),
    Asked(
        "走访覆盖",
        lambda ledger, day: by_month(ledger, day),
        ("SELECT enterprise_id, substr(day, 1, 7), count(*), max(day) FROM visit WHERE deleted_at IS NULL "
         "AND day <= :day GROUP BY 1, 2",),
        "按企业、月份数走访",
    ),
    Asked(
        "下次走访",
        lambda ledger, day: visited_firms(ledger, day),
        ("SELECT enterprise_id, max(day) FROM visit WHERE deleted_at IS NULL AND day <= :day GROUP BY 1",),
        "每家最近一次走访",
    ),
    Asked(
        "承诺",
        lambda ledger, day: promises(ledger, day),
        ("SELECT p.id, p.text, p.due_day, v.day, e.name FROM promise p JOIN visit v ON v.id = p.visit_id "
         "JOIN enterprise e ON e.id = v.enterprise_id WHERE p.deleted_at IS NULL",),
        "取出全部承诺",
    ),
    Asked(
        "银企阶梯",
        lambda ledger, day: finance_desk.standing(ledger, day),
        ("SELECT m.bank_id, m.enterprise_id, sum(c.granted_yuan) FROM match m JOIN credit c ON c.match_id = m.id "
         "WHERE c.day <= :day AND c.deleted_at IS NULL GROUP BY 1, 2",
         "SELECT m.bank_id, m.enterprise_id, sum(d.drawn_yuan) FROM match m JOIN drawdown d ON d.match_id = m.id "
         "WHERE d.day <= :day AND d.deleted_at IS NULL GROUP BY 1, 2",
         "SELECT enterprise_id, sum(need_yuan) FROM need WHERE deleted_at IS NULL GROUP BY 1"),
        "需求、授信、放款按银行和主体合计",
    ),
    Asked(
        "项目看板",
        lambda ledger, day: standings(ledger, day),
        ("SELECT p.id, p.name, p.total_yuan, n.year_plan_yuan, m.year_done_yuan FROM project p "
         "LEFT JOIN project_plan n ON n.project_id = p.id AND n.year = 2021 AND n.deleted_at IS NULL "
         "LEFT JOIN project_month m ON m.project_id = p.id AND m.month = :month AND m.deleted_at IS NULL "
         "WHERE p.deleted_at IS NULL",),
        "取出项目、计划和当月",
    ),
    *(
        Asked(
            f"产值按{word}",
            lambda ledger, day, by=by: output_desk.breakdown(ledger, day, by),  # type: ignore[misc]
            (_BY_FIRM.format(group=column),),
            "按组合计一个月的累计和同期",
        )
        for word, by, column in (("环节", "segment", "e.segment_id"), ("县市区", "district", "e.district_id"))
    ),
    Asked(
        "口径差",
        lambda ledger, day: output_desk.bridge(ledger, day),
        (_BY_FIRM.format(group="o.enterprise_id"),),
        "按企业取累计和同期",
    ),
    Asked(
        "产值体检",
        lambda ledger, day: output_desk.health(ledger, "2021-09", day),
        ("SELECT enterprise_id, month, month_yuan, cum_yuan FROM monthly_output WHERE deleted_at IS NULL "
         "AND month BETWEEN '2020-01' AND '2021-09'",),
        "取出两年各月产值",
    ),
    Asked(
        "到期事项一月",
        lambda ledger, day: due.due(ledger, day, day + timedelta(days=30), day),
        ("SELECT problem_id, due_day FROM problem_span WHERE due_day BETWEEN :day AND date(:day, '+30 days')",
         "SELECT id, due_day FROM promise WHERE due_day BETWEEN :day AND date(:day, '+30 days')",
         "SELECT id, due_day FROM visit_plan WHERE due_day BETWEEN :day AND date(:day, '+30 days')"),
        "取出这一月到期的行",
    ),
)  # fmt: skip


def desks(place: Place) -> Iterator[Result]:
    """Each question, each time at another day: what is remembered of a day helps nobody."""
    with open_ledger(place.ledger, read_only=True) as ledger:
        firm = ledger.value(_FIRM)
        given: dict[str, Any] = {"day": _DAY.isoformat(), "month": "2021-09", "firm": firm}
        for one in QUESTIONS:
            days = (_DAY - timedelta(days=number % 20) for number in itertools.count())
            mine, bare = medians(
                clocked(partial(_ask, one, ledger, days)), clocked(partial(_bare, one, ledger, given)), rounds=3
            )
            yield Result("台账", place.size, one.what, mine, bare, None, f"裸 SQL：{one.against}")


def _ask(one: Asked, ledger: Ledger, days: Iterator[date]) -> None:
    one.ask(ledger, next(days))


def _bare(one: Asked, ledger: Ledger, given: dict[str, Any]) -> None:
    for sql in one.bare:
        ledger.rows(sql, {name: value for name, value in given.items() if f":{name}" in sql})
