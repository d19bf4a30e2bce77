"""The selections of 企业, 走访, 银企 and 项目 at a date, and what each headline figure counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.queries.finance import MATCHED, REFUSED
from chain_office.queries.projects import STAGES, pipeline
from chain_office.queries.projects_desk.standing import standings
from chain_office.queries.register import firms_on_register
from chain_office.queries.views import View, ids

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.queries.projects_desk.standing import Standing

_OPEN = "'assigned', 'acknowledged', 'doing', 'returned', 'partial', 'reported'"

_NOTHING = "'', '无', '暂无', '没有', '无。', '暂无。', '/', '-', '—'"


def enterprise_views(ledger: Ledger, day: date) -> tuple[View, ...]:
    """在册, not yet visited, with open problems, left, off the register."""
    at = day.isoformat()
    on = firms_on_register(ledger, day)
    live = "e.deleted_at IS NULL"
    visited = ids(ledger, "SELECT DISTINCT enterprise_id FROM visit WHERE deleted_at IS NULL AND day <= :day", day=at)
    busy = ids(
        ledger,
        "SELECT DISTINCT p.enterprise_id FROM problem_span s JOIN problem p ON p.id = s.problem_id WHERE p.deleted_at IS NULL "
        f"AND s.state IN ({_OPEN}) AND (s.day_from IS NULL OR s.day_from <= :day) "
        "AND (s.day_until IS NULL OR s.day_until > :day)",
        day=at,
    )
    every = ids(ledger, f"SELECT e.id FROM enterprise e WHERE {live}")
    spelled = ids(ledger, "SELECT enterprise_id FROM register_spell WHERE deleted_at IS NULL")
    later = ids(
        ledger,
        "SELECT enterprise_id FROM register_spell WHERE deleted_at IS NULL GROUP BY enterprise_id "
        "HAVING min(coalesce(entry_day, '')) > :day",
        day=at,
    )
    made = (
        View("enterprises.total", "在册", on),
        View(
            "enterprises.unvisited",
            "在册未走访",
            on - visited,
            light="amber",
            formula="在册企业中，截止日前没有走访记录的",
        ),
        View(
            "enterprises.busy",
            "有未办结问题",
            every & busy,
            light="amber",
            formula="有问题已交办、还没有销号的企业（长期推进的不算）",
        ),
        View(
            "enterprises.left",
            "已退规",
            (every & spelled) - on - later,
            light="grey",
            formula="曾经在册、截止日已退规的",
        ),
        View("enterprises.later", "尚未入规", (every & later) - on, light="blue", formula="入规日晚于截止日的"),
        View("enterprises.outside", "册外", every - spelled, light="grey", formula="从未入册的企业，不计入规上企业数"),
    )
    return tuple(view for view in made if view.ids or view.key == "enterprises.total")


def visit_views(ledger: Ledger, day: date) -> tuple[View, ...]:
    """Up to the date, of the year, with difficulties, known to the month only."""
    at, january = day.isoformat(), f"{day.year:04d}-01-01"
    past: set[str] = set()
    year: set[str] = set()
    said: set[str] = set()
    silent: set[str] = set()
    month: set[str] = set()
    undated: set[str] = set()
    for row_id, when, precision, nothing in ledger.rows(
        f"SELECT id, day, precision, trim(coalesce(q2_problem, '')) IN ({_NOTHING}) FROM visit WHERE deleted_at IS NULL"
    ):
        if when is None:
            undated.add(row_id)
        elif when <= at:
            past.add(row_id)
            if when >= january:
                year.add(row_id)
        (silent if nothing else said).add(row_id)
        if precision == "month":
            month.add(row_id)
    made = (
        View("visits.enterprises_visited", "截至日前", frozenset(past), chip=False),
        View("visits.year", f"{day.year}年", frozenset(year), formula="截止日所在年、截止日以前的走访"),
        View("visits.problem", "二问有内容", frozenset(said), formula="“困难和问题”有内容的走访记录"),
        View("visits.plain", "二问空着", frozenset(silent), light="grey", formula="“困难和问题”没有内容的走访记录"),
        View("visits.month", "只知到月", frozenset(month), light="grey", formula="只记到月、没有日子的走访"),
        View(
            "visits.undated", "没有日期", frozenset(undated), light="amber", formula="没有走访日期的记录，不计入已走访"
        ),
    )
    return tuple(view for view in made if view.ids or not view.chip)


def finance_views(ledger: Ledger, day: date) -> tuple[View, ...]:
    """By rung of the ladder at the date; what no bank took up."""
    at = day.isoformat()
    matched = ids(ledger, f"SELECT m.id {MATCHED}", day=at)
    firms = ids(ledger, f"SELECT m.id {MATCHED} AND m.enterprise_id IS NOT NULL", day=at)
    parks = ids(ledger, f"SELECT m.id {MATCHED} AND m.park_id IS NOT NULL", day=at)
    granted, drawn = (
        ids(
            ledger,
            f"SELECT DISTINCT t.match_id FROM {table} t JOIN match m ON m.id = t.match_id WHERE t.deleted_at IS NULL "
            "AND m.deleted_at IS NULL AND t.day <= :day",
            day=at,
        )
        for table in ("credit", "drawdown")
    )
    every = ids(ledger, "SELECT id FROM match WHERE deleted_at IS NULL")
    refused = ids(ledger, f"SELECT m.id FROM match m WHERE m.deleted_at IS NULL AND {REFUSED}", day=at)
    made = (
        View("finance.banks", "意向及以上", matched, formula="意向、授信或放款的对接，含先有意向、后来没有通过的"),
        View("finance.granted_yuan", "已授信", granted, light="blue"),
        View("finance.drawn_yuan", "已放款", drawn, light="green"),
        View(
            "finance.waiting",
            "有意向未放款",
            matched - drawn - refused,
            light="amber",
            formula="达成意向或授信、截止日还没有放款，银行也没有说不行的",
        ),
        View(
            "finance.unmet", "未达成", refused, light="red", formula="截止日银行没有答应的，含先有意向、后来没有通过的"
        ),
        View(
            "finance.open",
            "未对接",
            every - matched - refused,
            light="grey",
            formula="还没有达成意向，银行也没有答复的",
        ),
        View("finance.enterprises", "对接企业", firms, chip=False),
        View("finance.parks", "对接园区", parks, chip=False),
    )
    return tuple(view for view in made if view.ids or not view.chip)


def _those(many: Iterable[Standing]) -> frozenset[str]:
    return frozenset(one.id for one in many)


def project_views(ledger: Ledger, day: date) -> tuple[View, ...]:
    """By stage at the date, by light, past their planned end."""
    rows = pipeline(ledger, day)
    counted = frozenset(row.id for row in rows)
    running = frozenset(row.id for row in rows if row.stage in {"planned", "under_construction"})
    made = [View("projects.total", "纳入统计", counted, chip=False)]
    for stage, word in STAGES.items():
        made.append(View(f"projects.{stage}", word, frozenset(row.id for row in rows if row.stage == stage)))
    stood = [one for one in standings(ledger, day).values() if one.id in counted]
    for light, word in (("red", "红灯"), ("amber", "黄灯"), ("green", "绿灯"), ("blue", "蓝灯"), ("grey", "灰灯")):
        made.append(View(f"projects.{light}", word, _those(one for one in stood if one.light == light), light=light))
    moving = [one for one in stood if one.id in running]
    made.append(
        View(
            "projects.unmeasured",
            "没有计划或进度",
            _those(one for one in moving if one.pace is None),
            light="grey",
            formula="拟开工、在建的项目中，没有年度计划或进度的",
        )
    )
    late = (one for one in moving if one.plan_finish is not None and one.plan_finish < day)
    made.append(
        View("projects.late", "过了计划竣工", _those(late), light="red", formula="计划竣工日已过、还没有竣工的")
    )
    made.append(View("projects.lagging", "滞后", _those(one for one in moving if one.lag is not None), light="red"))
    made.append(View("projects.held_up", "有制约问题", _those(one for one in moving if one.because), light="amber"))
    return tuple(view for view in made if view.ids or not view.chip)
