"""What 总览 shows: five headline figures with how each is counted, what is due or overdue, what moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from chain_office.domain.figures import Figure, RowsQuery
from chain_office.domain.lights import ProblemFacts, late_text
from chain_office.queries import finance, output, overview
from chain_office.queries.due import due
from chain_office.queries.projects import STAGES
from chain_office.services import figures
from chain_office.services.calendar import work_calendar
from chain_office.services.explaining import agenda_counts, card_parts
from chain_office.services.explaining.agenda_counts import AHEAD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.figures import Headline
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.due import Due
    from chain_office.queries.output import MonthPoint
    from chain_office.queries.overview import Item, Items

BACK: Final = 30
_FAR: Final = 366
"""So far ahead the next duty is looked for where none is near."""
_STATE_MOVES: Final = (
    ("waiting", "新收集", "collected"), ("assigned", "新交办", "assigned"), ("reported", "报结", "reported"),
    ("closed", "销号", "closed"), ("returned", "退回", "open"),
)  # fmt: skip
_STAGE_MOVES: Final = (("under_construction", "开工"), ("completed", "竣工"))
_DISTRICTS: Final = (("accent", 0), ("blue", 1), ("green", 2))


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a figure: its word, its number, and the light it is shown with. ``said``: how it reads where that is
    not the number and the word."""

    word: str
    number: int
    light: str
    said: str = ""

    @property
    def text(self) -> str:
        return self.said or f"{self.number} {self.word}"


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened lately: in words, how many or how much, and the rows nearest to it."""

    word: str
    text: str
    page: str
    reference: str


@dataclass(frozen=True, slots=True)
class Card:
    """A headline figure: the page its rows are on, what it says, and the figures it is made of (with their 口径)."""

    page: str
    label: str
    value: str
    details: tuple[str, ...]
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...] = ()

    @property
    def reference(self) -> str:
        """The rows behind it, as the page is asked for them."""
        return f"figure:{self.figures[0].key}"


@dataclass(frozen=True, slots=True)
class Headlines:
    """What is shown first: the five cards, and the projects by stage."""

    as_of: date
    cards: tuple[Card, ...]
    stages: tuple[Part, ...]
    stage_figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Attention:
    """What wants attention at a date, and what happened lately. It follows the headlines: in a large ledger each part
    takes its time, as do the months and what moved since the last issued paper."""

    as_of: date
    overdue: Items
    late: Mapping[str, str]
    """Problem → how late it is, in working days as everywhere: 34 个工作日, 报结晚 30 个工作日."""
    due: tuple[Due, ...]
    next_due: Due | None
    pooled: Items
    to_review: int
    lately: tuple[Happened, ...]
    figures: Mapping[str, Figure]
    """The numbers in the headings: overdue, today, ahead, pooled, to_review."""

    @property
    def due_today(self) -> int:
        return sum(one.day == self.as_of for one in self.due)


def headlines(ledger: Ledger, day: date) -> Headlines:
    """The cards."""
    head = figures.headline(ledger, day)
    cards = _enterprises(ledger, head), _visits(ledger, head), _problems(head), _finance(ledger, head), _output(head)
    stages = tuple(head[f"projects.{one}"] for one in ("total", *STAGES))
    return Headlines(day, cards, _stages(head), stages)


def attention(ledger: Ledger, day: date) -> Attention:
    """The lists."""
    overdue, pooled = overview.overdue(ledger, day), overview.pooled(ledger, day)
    to_review = overview.count_to_review(ledger, day)
    ahead = due(ledger, day, day + timedelta(days=AHEAD), day)
    later = () if ahead else due(ledger, day, day + timedelta(days=_FAR), day)
    calendar = work_calendar(ledger)
    return Attention(
        as_of=day,
        overdue=overdue,
        late={one.id: _lateness(one, day, calendar) for one in overdue.rows},
        due=ahead,
        next_due=later[0] if later else None,
        pooled=pooled,
        to_review=to_review,
        lately=_lately(overview.moves(ledger, day - timedelta(days=BACK), day)),
        figures={
            "overdue": _listed("problems.overdue", "逾期", overdue.total, day),
            "today": agenda_counts.figure(day, "due.today", sum(one.day == day for one in ahead)),
            "ahead": agenda_counts.figure(day, "due.ahead", len(ahead)),
            "pooled": _listed("problems.pooled", "暂不具备", pooled.total, day),
            "to_review": card_parts.figure(ledger, day, "problems.to_review"),
        },
    )


def _lateness(one: Item, day: date, calendar: WorkCalendar) -> str:
    facts = ProblemFacts("doing" if one.reported is None else "reported", one.day, one.reported)
    said = late_text(facts, day, calendar).removeprefix("逾期 ")
    return said if one.reported is None else f"报结晚 {said}"


def _listed(key: str, word: str, number: int, day: date) -> Figure:
    at = RowsQuery("problems", (("figure", key),))
    return Figure(key, word, number, "个", figures.described_formula(key), day, at, row_count=number)


def missed(ledger: Ledger, day: date) -> int:
    """How many duties of any desk have passed their day; it reads them all."""
    return len(due(ledger, *agenda_counts.span("due.late", day), day))


def months(ledger: Ledger, day: date) -> tuple[MonthPoint, ...]:
    """Output month by month up to the date."""
    return output.by_month(ledger, day)


def _enterprises(ledger: Ledger, head: Headline) -> Card:
    found = head["enterprises.total"]
    districts = overview.firms_by_district(ledger, head.as_of)
    known = [(name, number) for name, number in districts if name]
    parts = [Part(name, number, light) for light, place in _DISTRICTS for name, number in known[place : place + 1]]
    rest = sum(number for _, number in districts) - sum(part.number for part in parts)
    if rest and parts:
        parts.append(Part("其他", rest, "line", " "))
    said = f"截至 {head.as_of.isoformat()} 在册"
    places = (card_parts.figure(ledger, head.as_of, card_parts.district_key(name)) for name, _ in districts)
    return Card("enterprises", found.label, figures.shown(found), (said,), (found, *places), tuple(parts))


def _visits(ledger: Ledger, head: Headline) -> Card:
    visited, total = head["visits.enterprises_visited"], head.number("enterprises.total")
    coverage = card_parts.figure(ledger, head.as_of, "visits.covered")
    uncovered = card_parts.figure(ledger, head.as_of, "visits.uncovered")
    covered = int(str(coverage.value))
    parts = (Part("在册已走访", covered, "blue"), Part("在册未走访", total - covered, "grey"))
    said = f"在册覆盖 {covered}/{total}"
    return Card("visits", visited.label, figures.shown(visited), (said,), (visited, coverage, uncovered), parts)


def _problems(head: Headline) -> Card:
    keys = (
        ("closed", "销号", "blue"), ("reported", "报结", "green"), ("open", "办理中", "amber"), ("parked", "长期", "grey"),
    )  # fmt: skip
    parts = tuple(Part(word, head.number(f"problems.{key}"), light) for key, word, light in keys)
    names = ("assigned", "closed", "reported", "open", "parked", "overdue", "collected", "screened_in")
    return Card(
        "problems",
        "交办问题",
        figures.shown(head["problems.assigned"]),
        (f"收集 {head.value('problems.collected')} · 逾期 {head.value('problems.overdue')}",),
        tuple(head[f"problems.{name}"] for name in names),
        parts,
    )


def _finance(ledger: Ledger, head: Headline) -> Card:
    drawn, granted = head["finance.drawn_yuan"], head["finance.granted_yuan"]
    firms, parks, banks = (head.value(f"finance.{name}") for name in ("enterprises", "parks", "banks"))
    who = f"{firms} 家企业、{parks} 个园区 × {banks} 家银行"
    lights = ("accent", "blue", "grey")
    by_kind = finance.drawn_by_kind(ledger, head.as_of)
    kinds = list(by_kind.items())[: len(lights)]
    parts = tuple(
        Part(kind, yuan, light, f"{kind} {figures.money_text(yuan)}")
        for (kind, yuan), light in zip(kinds, lights, strict=False)
        if yuan > 0
    )
    return Card(
        "finance",
        "放款",
        figures.shown(drawn),
        (f"授信 {figures.shown(granted)}", who),
        (
            drawn,
            *(card_parts.figure(ledger, head.as_of, card_parts.kind_key(kind)) for kind in by_kind),
            granted,
            *(head[f"finance.{name}"] for name in ("enterprises", "parks", "banks")),
        ),
        parts,
    )


def _output(head: Headline) -> Card:
    same, nominal = head["output.yoy_percent"], head["output.nominal_yoy_percent"]
    first, last = head.value("output.from"), head.value("output.to")
    span = f"{str(first)[:4]}年{int(str(first)[5:])}—{int(str(last)[5:])}月" if first and last else ""
    return Card(
        "output",
        f"{span}产值",
        figures.shown(head["output.total_yuan"]),
        (f"同口径 {figures.shown(same)} · 名义 {figures.shown(nominal)}",),
        (head["output.total_yuan"], head["output.base_yuan"], same, nominal),
    )


def _stages(head: Headline) -> tuple[Part, ...]:
    lights = {"completed": "blue", "under_construction": "green", "planned": "amber", "stopped": "grey"}
    return tuple(Part(STAGES[stage], head.number(f"projects.{stage}"), light) for stage, light in lights.items())


def _lately(moves: overview.Moves) -> tuple[Happened, ...]:
    found = [
        Happened(word, f"{moves.states[state]} 个问题", "problems", f"figure:problems.{key}")
        for state, word, key in _STATE_MOVES
        if moves.states.get(state)
    ]
    if moves.drawn_yuan:
        found.append(Happened("放款", figures.money_text(moves.drawn_yuan), "finance", "figure:finance.drawn_yuan"))
    found += [
        Happened(word, f"{moves.stages[stage]} 个项目", "projects", f"figure:projects.{stage}")
        for stage, word in _STAGE_MOVES
        if moves.stages.get(stage)
    ]
    return tuple(found)
