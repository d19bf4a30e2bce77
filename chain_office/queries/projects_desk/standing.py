"""Where every project stands at a day: stage, plan and pace, the light with its reason, how far behind and why, the next
node. The list, the board, the month's table and 亮灯规则 all read this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from chain_office.db.models import record_number
from chain_office.domain.lights import LABELS, Rule
from chain_office.domain.project_lights import ProjectFacts, evaluate, lag_of, told
from chain_office.domain.workflow import STATES
from chain_office.queries.project_pace import pace_of
from chain_office.queries.project_progress import light_limits
from chain_office.queries.projects_desk.nodes import Node, next_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.domain.project_lights import Lag, ProjectLight
    from chain_office.queries.project_pace import Pace
    from chain_office.queries.project_progress import LightLimit

COLOURS = {"yellow": "amber"}
"""Light → colour of the palette, where they differ."""
WORDS = {COLOURS.get(light, light): word for light, word in LABELS.items()}
"""Colour of a light → its word."""
SOLVED = ("closed", "solved_on_site")
"""States in which a problem no longer holds a project up."""
_WRITTEN = 3


@dataclass(frozen=True, slots=True)
class Cause:
    """A problem that holds a project up: ``topic`` is the node it holds up, else the problem's category."""

    id: str
    problem_id: str
    number: str
    topic: str
    unit: str
    state: str
    text: str

    @property
    def holds(self) -> bool:
        """Whether it is not solved."""
        return self.state not in SOLVED

    @property
    def said(self) -> str:
        """用地 WT0031，自然资源局; where no unit has it yet, how far it has come: 用地 WT0031，待筛选."""
        return f"{self.topic} {self.number}".strip() + f"，{self.unit or self.state_word}"

    @property
    def state_word(self) -> str:
        """办理中."""
        return STATES[self.state].label if self.state in STATES else "未收集"


@dataclass(frozen=True, slots=True)
class Standing:
    """A project at a day. Amounts in 元, None where nothing is recorded. ``light``: the palette's name ("amber"), "" for
    none. ``counted``: among the figures of the day (竣工 of an earlier year is not). ``reported``: the last month with a
    report, ``month`` the one ``done_yuan`` is of."""

    id: str
    number: int
    name: str
    owner: str
    place: str
    district: str
    nature: str
    stage: str
    stage_day: date | None
    counted: bool
    plan_start: date | None
    plan_finish: date | None
    total_yuan: int | None
    plan_yuan: int | None
    done_yuan: int | None
    month: str
    reported: str
    pace: Pace | None
    facts: ProjectFacts
    light: str
    lit: ProjectLight | None
    lag: Lag | None
    node: Node | None
    causes: tuple[Cause, ...]

    @property
    def no(self) -> str:
        """XM0012."""
        return record_number("project", self.number)

    @property
    def reason(self) -> str:
        """Why it has its light; "" without one."""
        return self.lit.why if self.lit is not None else ""

    @property
    def label(self) -> str:
        """绿灯, 黄灯, 红灯; "" for none."""
        return WORDS.get(self.light, "")

    @property
    def behind(self) -> str:
        """滞后 23 天（节点“用地”应完成于 2021-10-27），因用地 WT0031，自然资源局; "" where it is not behind."""
        because = self.because
        if self.lag is None:
            return because
        return self.lag.said + (f"，{because}" if because else "")

    @property
    def because(self) -> str:
        """因用地 WT0031，自然资源局; "" where nothing is known to hold it up."""
        held = [cause for cause in self.causes if cause.holds]
        if not held:
            return ""
        more = f"；另有 {len(held) - _WRITTEN} 个" if len(held) > _WRITTEN else ""
        return f"因{'；'.join(cause.said for cause in held[:_WRITTEN])}{more}"

    @property
    def why(self) -> str:
        """The light's reason, how far behind and why; where the delay is the reason, the year's pace after it."""
        return told(self.lit, self.lag, self.because, self.facts.paced)


_ROWS = """
    SELECT p.id, coalesce(p.number, 0), p.name, coalesce(p.owner, ''), coalesce(nullif(k.short, ''), d.name, ''),
           coalesce(d.name, ''), coalesce(p.nature, ''), p.plan_start, p.plan_finish, p.total_yuan,
           (SELECT l.year_plan_yuan FROM project_plan l WHERE l.project_id = p.id AND l.deleted_at IS NULL
               AND l.year = :year),
           m.month, m.year_done_yuan,
           CASE m.month WHEN :month THEN m.month ELSE
           (SELECT max(x.month) FROM project_month x WHERE x.project_id = p.id AND x.deleted_at IS NULL
               AND x.month <= :month) END
      FROM project p
      LEFT JOIN district d ON d.id = p.district_id LEFT JOIN park k ON k.id = p.park_id
      LEFT JOIN project_month m ON m.id = (
           SELECT x.id FROM project_month x WHERE x.project_id = p.id AND x.deleted_at IS NULL
              AND x.year_done_yuan IS NOT NULL AND x.month BETWEEN :january AND :month ORDER BY x.month DESC LIMIT 1)
     WHERE p.deleted_at IS NULL {one}
"""
_STAGES = """
    SELECT c.project_id, c.stage, c.day, max(coalesce(c.day, '0000-00-00') || c.id) FROM stage_change c
     WHERE c.deleted_at IS NULL AND (c.day IS NULL OR c.day <= :day) {one}
     GROUP BY c.project_id
"""
"""A bare column stands for the row that has the max: the latest day, of one day the latest registered."""
_CAUSES = """
    SELECT c.project_id, c.id, p.id, coalesce(p.number, 0), coalesce(nullif(c.node, ''), nullif(g.short, ''), g.name, ''),
           coalesce(nullif(u.short, ''), u.name, ''), coalesce(s.state, ''), substr(p.text, 1, 200)
      FROM project_cause c JOIN problem p ON p.id = c.problem_id
      LEFT JOIN category g ON g.id = p.category_id
      LEFT JOIN problem_span s ON s.problem_id = p.id AND (s.day_from IS NULL OR s.day_from <= :day)
           AND (s.day_until IS NULL OR s.day_until > :day)
      LEFT JOIN unit u ON u.id = s.lead_unit_id
     WHERE c.deleted_at IS NULL AND p.deleted_at IS NULL {one}
     ORDER BY c.project_id, p.number, c.id
"""


def project_rules(ledger: Ledger) -> tuple[Rule, ...]:
    """The office's rules for projects, in order."""
    rows = ledger.rows(
        "SELECT light, condition, coalesce(threshold, 0) FROM light_rule "
        "WHERE deleted_at IS NULL AND desk = 'projects' ORDER BY rank"
    )
    return tuple(Rule(light, condition, int(limit)) for light, condition, limit in rows)


def standings(ledger: Ledger, day: date) -> Mapping[str, Standing]:
    """Every project by its id, as it stands at ``day``; remembered until the ledger changes."""
    return ledger.recall(("project standings", day), lambda: _read(ledger, day, None))


def standing_of(ledger: Ledger, day: date, project: str) -> Standing | None:
    """One project's, without reading the others; None if it is not in the ledger."""
    return _read(ledger, day, project).get(project)


def _read(ledger: Ledger, day: date, project: str | None) -> dict[str, Standing]:
    at = {
        "day": day.isoformat(), "year": day.year, "january": f"{day.year:04d}-01", "month": day.isoformat()[:7],
        "project": project,
    }  # fmt: skip
    stages = {
        row[0]: row[1:3]
        for row in ledger.rows(_STAGES.format(one="AND c.project_id = :project" if project else ""), at)
    }
    causes: dict[str, list[Cause]] = {}
    for row in ledger.rows(_CAUSES.format(one="AND c.project_id = :project" if project else ""), at):
        owner, row_id, problem, number, *rest = row
        causes.setdefault(owner, []).append(Cause(row_id, problem, record_number("problem", number), *rest))
    nodes = next_nodes(ledger, day, project)
    judge = project_rules(ledger), light_limits(ledger)
    rows = ledger.rows(_ROWS.format(one="AND p.id = :project" if project else ""), at)
    return {
        row[0]: _standing(row, day, stages.get(row[0], ("", None)), nodes.get(row[0]), causes.get(row[0], ()), judge)
        for row in rows
    }


def _standing(
    row: Sequence[Any],
    day: date,
    stood: tuple[str, str | None],
    node: Node | None,
    causes: Iterable[Cause],
    judge: tuple[Sequence[Rule], tuple[LightLimit, ...]],
) -> Standing:
    (row_id, number, name, owner, place, district, nature, start, finish, total, plan, month, done, reported) = row
    rules, limits = judge
    now = day.year * 12 + day.month - 1
    stage, since = stood[0], _day(stood[1])
    known = tuple(causes)
    late = node is not None and node.plan_day is not None and node.plan_day < day
    pace = pace_of(limits, month, plan, done) if plan and plan > 0 and done is not None else None
    facts = ProjectFacts(
        stage,
        _day(start),
        _day(finish),
        plan is not None,
        pace.ahead if pace is not None else None,
        pace.percent if pace is not None else Decimal(0),
        month or "",
        (node.name, node.plan_day) if late and node is not None and node.plan_day is not None else None,
        _silent(reported, since, now),
        sum(cause.holds for cause in known) if known else 0,
    )
    light = evaluate(facts, day, rules)
    return Standing(
        row_id, number, name, owner, place, district, nature, stage, since,
        bool(stage) and (stage != "completed" or since is None or since.year == day.year),
        facts.plan_start, facts.plan_finish, total, plan, done, month or "", reported or "", pace, facts,
        COLOURS.get(light.light, light.light) if light is not None else "",
        light, lag_of(facts, day), node, known,
    )  # fmt: skip


def _silent(reported: str | None, since: date | None, now: int) -> int | None:
    """Months that ended before month ``now`` after the last report (since building began, where it never reported); None:
    never, since when is not known."""
    if reported:
        last = _index(reported)
    elif since is not None:
        last = since.year * 12 + since.month - 2
    else:
        return None
    return max(0, now - 1 - last)


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
