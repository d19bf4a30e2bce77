"""What a draft of light rules would do to the records there are: how many of each light, and which change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain import project_lights
from chain_office.domain.lights import LABELS, Rule, evaluate
from chain_office.queries.settings_lights import problems_seen, projects_seen, titles
from chain_office.services.calendar import work_calendar
from chain_office.services.settings.rules import PROBLEMS, read_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.settings_lights import ProblemSeen, ProjectSeen
    from chain_office.services.settings.rules import RuleDraft


@dataclass(frozen=True, slots=True)
class Turned:
    """A record whose light changes. ``reference`` opens it; lights are names ("yellow"), "" for none."""

    reference: str
    number: str
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


@dataclass(frozen=True, slots=True)
class Standing:
    """A desk's records as they stand at a day, and the rules in force: all that a draft is compared on."""

    desk: str
    day: date
    rules: tuple[RuleDraft, ...]
    problems: tuple[ProblemSeen, ...]
    projects: tuple[ProjectSeen, ...]
    calendar: WorkCalendar


def label_of(light: str) -> str:
    """红灯, 黄灯 …; 无灯."""
    return LABELS.get(light, "无灯")


def standing(ledger: Ledger, desk: str, day: date) -> Standing:
    """Read what drafts are compared on; every draft of the same ledger can be compared on it."""
    ours = desk == PROBLEMS
    return Standing(
        desk,
        day,
        read_rules(ledger, desk),
        problems_seen(ledger, day) if ours else (),
        () if ours else projects_seen(ledger, day),
        work_calendar(ledger),
    )


def compare(now: Standing, draft: Sequence[RuleDraft]) -> LightPreview:
    """The rules in force beside a draft. Reads nothing: any thread."""
    lights = _problems(now, draft) if now.desk == PROBLEMS else _projects(now, draft)
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    turned = []
    for one in lights:
        before[one.before] += 1
        after[one.after] += 1
        if one.before != one.after:
            turned.append(one)
    return LightPreview(now.day, before, after, tuple(turned))


def preview_lights(ledger: Ledger, desk: str, rules: Sequence[RuleDraft], day: date) -> LightPreview:
    """Both at once."""
    return compare(standing(ledger, desk, day), rules)


def titles_of(ledger: Ledger, turned: Sequence[Turned]) -> dict[str, str]:
    """Reference → what the record is called."""
    if not turned:
        return {}
    table = turned[0].reference.partition(":")[0]
    names = titles(ledger, table, [one.reference.partition(":")[2] for one in turned])
    return {f"{table}:{row_id}": name for row_id, name in names.items()}


def _problems(now: Standing, draft: Sequence[RuleDraft]) -> Iterator[Turned]:
    old, new = _rules(now.rules), _rules(draft)
    for one in now.problems:
        before = evaluate(one.facts, now.day, now.calendar, old)
        after = evaluate(one.facts, now.day, now.calendar, new)
        yield Turned(f"problem:{one.id}", one.number, before.light, after.light, after.why)


def _rules(rows: Sequence[RuleDraft]) -> tuple[Rule, ...]:
    """As the lists read them (queries.light_rules)."""
    return tuple(Rule(row.light, row.condition, row.threshold or 0) for row in rows)


def _projects(now: Standing, draft: Sequence[RuleDraft]) -> Iterator[Turned]:
    old, new = _rules(now.rules), _rules(draft)
    for one in now.projects:
        lag = project_lights.lag_of(one.facts, now.day)
        before = project_lights.evaluate(one.facts, now.day, old)
        after = project_lights.evaluate(one.facts, now.day, new)
        why = project_lights.told(after, lag, one.because, one.facts.paced)
        why = why if after else "；".join(part for part in ("没有规则适用", why) if part)
        turned = (before.light if before else "", after.light if after else "")
        yield Turned(f"project:{one.id}", one.number, *turned, why)
