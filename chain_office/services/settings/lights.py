"""What a draft of light rules would do to the records there are: how many of each light, and which change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.lights import LABELS, ProblemFacts, Rule, evaluate
from chain_office.queries.project_pace import light_of
from chain_office.queries.project_progress import LightLimit
from chain_office.queries.settings_lights import problems_seen, projects_seen
from chain_office.services.calendar import work_calendar
from chain_office.services.settings.rules import PROBLEMS, read_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.services.settings.rules import RuleDraft

YELLOW = "yellow"


@dataclass(frozen=True, slots=True)
class Turned:
    """A record whose light changes. ``reference`` opens it; lights are names ("yellow"), "" for none."""

    reference: str
    number: str
    title: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class LightPreview:
    """Lights by name, now and with the draft, and the records that turn."""

    day: date
    before: Mapping[str, int]
    after: Mapping[str, int]
    turned: tuple[Turned, ...]


def label_of(light: str) -> str:
    """红灯, 黄灯 …; 无灯."""
    return LABELS.get(light, "无灯")


def preview_lights(ledger: Ledger, desk: str, rules: Sequence[RuleDraft], day: date) -> LightPreview:
    """Compare the rules in force with a draft, on the records as they stand at ``day``."""
    now = read_rules(ledger, desk)
    if desk == PROBLEMS:
        return _problems(ledger, now, rules, day)
    return _projects(ledger, now, rules, day)


def _problems(ledger: Ledger, now: Sequence[RuleDraft], draft: Sequence[RuleDraft], day: date) -> LightPreview:
    calendar = work_calendar(ledger)
    old, new = _rules(now), _rules(draft)
    pairs = []
    for one in problems_seen(ledger, day):
        before, _ = _light(one.facts, day, calendar, old)
        after, why = _light(one.facts, day, calendar, new)
        pairs.append(Turned(f"problem:{one.id}", one.number, one.title, before, after, why))
    return _compare(day, pairs)


def _rules(rows: Sequence[RuleDraft]) -> tuple[Rule, ...]:
    """As the lists read them (queries.light_rules)."""
    return tuple(Rule(row.light, row.condition, row.threshold or 0) for row in rows)


def _light(facts: ProblemFacts, day: date, calendar: WorkCalendar, rules: tuple[Rule, ...]) -> tuple[str, str]:
    light = evaluate(facts, day, calendar, rules)
    return light.light, light.why


def _projects(ledger: Ledger, now: Sequence[RuleDraft], draft: Sequence[RuleDraft], day: date) -> LightPreview:
    old, new = _limits(now), _limits(draft)
    pairs = []
    for one in projects_seen(ledger, day):
        before, after = _named(light_of(old, one.ahead)), _named(light_of(new, one.ahead))
        pairs.append(Turned(f"project:{one.id}", one.number, one.title, before, after, _points(one.ahead)))
    return _compare(day, pairs)


def _limits(rows: Sequence[RuleDraft]) -> tuple[LightLimit, ...]:
    """As the lists read them (queries.project_progress)."""
    return tuple(
        LightLimit(row.light, row.threshold if row.condition == "behind_at_most" else None, row.text) for row in rows
    )


def _named(light: str) -> str:
    return YELLOW if light == "amber" else light


def _points(ahead: Decimal) -> str:
    return f"{'高于' if ahead >= 0 else '低于'}序时进度 {abs(ahead):.1f} 个百分点"


def _compare(day: date, pairs: Sequence[Turned]) -> LightPreview:
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    for one in pairs:
        before[one.before] = before.get(one.before, 0) + 1
        after[one.after] = after.get(one.after, 0) + 1
    return LightPreview(day, before, after, tuple(one for one in pairs if one.before != one.after))
