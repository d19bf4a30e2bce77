"""The chain at a date: its segments as a tree with their firms, projects, output and growth, and the flows between them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db.settings import read_settings
from chain_office.domain.chain import STREAMS, UNPLACED, Branch, Chain, Flow, MapFirm, said_name
from chain_office.domain.growth import Firm, same_sample
from chain_office.domain.periods import month_parts
from chain_office.domain.results import About
from chain_office.queries import output, register

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger

MOST_NAMED = 60
"""So many firms of a segment are named; the others are counted."""
UNSORTED = "-"
"""Stands for firms that belong to no segment where a segment is asked for."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A segment as it is stored."""

    id: str
    name: str
    short: str
    parent: str | None
    stream: str
    rank: int | None
    place: int


@dataclass(slots=True)
class _Counted:
    """What hangs on each segment itself."""

    firms: Mapping[str, list[MapFirm]]
    own: Mapping[str, int]
    projects: Mapping[str, int]
    output: Mapping[str, list[Firm]]


def chain(ledger: Ledger, day: date, most: int = MOST_NAMED) -> Chain:
    """The chain at ``day``. Firms are those on the register then; output is of the firms that count then."""
    return ledger.recall(("chain", day, most), lambda: _chain(ledger, day, most))


def _chain(ledger: Ledger, day: date, most: int) -> Chain:
    rows = _segments(ledger)
    last, reports, _ = output.firm_years(ledger, day)
    totals = {firm.enterprise: firm for firm in reports}
    segment_of = dict(
        ledger.rows("SELECT id, segment_id FROM enterprise WHERE deleted_at IS NULL AND segment_id IS NOT NULL")
    )
    here = register.firms_on_register(ledger, day)
    by_segment: dict[str, list[str]] = defaultdict(list)
    unsorted = 0
    known = {row.id for row in rows}
    for firm in here:
        segment = segment_of.get(firm)
        if segment in known:
            by_segment[str(segment)].append(firm)
        else:
            unsorted += 1
    told: dict[str, list[Firm]] = defaultdict(list)
    for firm_id, one in totals.items():
        segment = segment_of.get(firm_id)
        if segment in known:
            told[str(segment)].append(one)
    counted = _Counted(
        _named(ledger, by_segment, totals, most),
        {segment: len(firms) for segment, firms in by_segment.items()},
        _projects(ledger, day),
        told,
    )
    settings = read_settings(ledger)
    about = About(settings.get("chain") or "产业链", day, "企业名册、企业报送产值", settings.get("sample") == "true")
    period = ""
    if last:
        year, month = month_parts(last)
        period = f"{year}年1—{month}月" if month > 1 else f"{year}年1月"
    return Chain(about, _tree(rows, counted), _flows(ledger, known), unsorted, len(here), period)


def _segments(ledger: Ledger) -> list[_Row]:
    rows = ledger.rows(
        "SELECT id, name, coalesce(short, ''), parent_id, coalesce(stream, ''), rank, rowid FROM segment "
        "WHERE deleted_at IS NULL"
    )
    return [_Row(*row) for row in rows]


def _flows(ledger: Ledger, known: set[str]) -> tuple[Flow, ...]:
    rows = ledger.rows(
        "SELECT id, source_id, target_id, coalesce(product, '') FROM segment_flow WHERE deleted_at IS NULL ORDER BY rowid"
    )
    return tuple(Flow(*row) for row in rows if row[1] in known and row[2] in known)


def _projects(ledger: Ledger, day: date) -> dict[str, int]:
    """Segment → its projects that are planned or being built at ``day``."""
    rows = ledger.rows(
        """
        SELECT p.segment_id, count(*) FROM project p
         WHERE p.deleted_at IS NULL AND p.segment_id IS NOT NULL AND (
               SELECT c.stage FROM stage_change c WHERE c.project_id = p.id AND c.deleted_at IS NULL
                  AND (c.day IS NULL OR c.day <= :day) ORDER BY c.day DESC NULLS LAST, c.id DESC LIMIT 1)
               IN ('planned', 'under_construction')
         GROUP BY p.segment_id
        """,
        {"day": day.isoformat()},
    )
    return dict(rows)


def _named(
    ledger: Ledger, by_segment: Mapping[str, list[str]], totals: Mapping[str, Firm], most: int
) -> dict[str, list[MapFirm]]:
    """Segment → the firms it names: the largest output first, then as they are numbered; the largest of a segment leads
    it where somebody else is there to lead."""
    wanted: dict[str, list[str]] = {}
    numbers = dict(ledger.rows("SELECT id, number FROM enterprise"))
    for segment, firms in by_segment.items():
        ordered = sorted(
            firms, key=lambda one: (-totals[one].total_yuan if one in totals else 1, numbers.get(one) or 0, one)
        )
        wanted[segment] = ordered[:most]
    names = _names(ledger, [one for firms in wanted.values() for one in firms])
    found = {}
    for segment, firms in wanted.items():
        first = totals.get(firms[0])
        leader = firms[0] if first is not None and first.total_yuan > 0 and len(by_segment[segment]) > 1 else ""
        found[segment] = [
            MapFirm(one, names[one], totals[one].total_yuan if one in totals else None, one == leader) for one in firms
        ]
    return found


def _names(ledger: Ledger, ids: list[str]) -> dict[str, str]:
    """What the map calls a firm: its short name, else its name without place and legal form."""
    marks = ",".join("?" * len(ids))
    rows = (
        ledger.rows(f"SELECT id, name, short_name, name_core FROM enterprise WHERE id IN ({marks})", ids) if ids else []
    )
    return {row_id: short or _brief(name, core) for row_id, name, short, core in rows}


def _brief(name: str, core: str) -> str:
    """The core of a name is kept in small letters: it serves where it has none."""
    if core and not any(char.isascii() and char.isalpha() for char in core):
        return core
    return name.removesuffix("有限责任公司").removesuffix("股份有限公司").removesuffix("有限公司") or name


def _tree(rows: Iterable[_Row], counted: _Counted) -> tuple[Branch, ...]:
    """Uppermost segments in the order of the streams and ranks. A segment whose superior is gone, or that would be its own
    superior, is an uppermost one."""
    by_id = {row.id: row for row in rows}
    below: dict[str, list[_Row]] = defaultdict(list)
    for row in by_id.values():
        below[row.parent if _hangs(row, by_id) else ""].append(row)  # type: ignore[index]

    def grown(row: _Row, stream: str, depth: int) -> Branch:
        branches = tuple(grown(one, stream, depth + 1) for one in sorted(below[row.id], key=_order))
        firms = [*counted.output.get(row.id, ())]
        for one in branches:
            for under in one.walk():
                firms += counted.output.get(under.id, ())
        sample = same_sample(firms)
        own = counted.own.get(row.id, 0)
        return Branch(
            row.id, row.name, said_name(row.name, row.short), stream, row.rank, depth,
            tuple(counted.firms.get(row.id, ())), own, own + sum(one.count for one in branches),
            sample.total_yuan, sample.base_yuan, sample.yoy_percent,
            counted.projects.get(row.id, 0) + sum(one.projects for one in branches), branches,
        )  # fmt: skip

    roots = sorted(below[""], key=lambda row: (_stream_place(row.stream), *_order(row)))
    return tuple(grown(row, row.stream if row.stream in STREAMS else UNPLACED, 0) for row in roots)


def _hangs(row: _Row, by_id: Mapping[str, _Row]) -> bool:
    """Whether it hangs on something that is there, and not on itself."""
    seen = {row.id}
    parent = row.parent
    if parent is None or parent not in by_id:
        return False
    while parent is not None and parent in by_id:
        if parent in seen:
            return False
        seen.add(parent)
        parent = by_id[parent].parent
    return True


def _order(row: _Row) -> tuple[bool, int, int]:
    return row.rank is None, row.rank or 0, row.place


def _stream_place(stream: str) -> int:
    return STREAMS.index(stream) if stream in STREAMS else len(STREAMS)


def firms_of(ledger: Ledger, day: date, segment: str) -> frozenset[str]:
    """Firms on the register at ``day`` that belong to a segment or to one below it; of none for :data:`UNSORTED`."""
    here = register.firms_on_register(ledger, day)
    if segment == UNSORTED:
        sorted_in = {
            row[0]
            for row in ledger.rows(
                "SELECT e.id FROM enterprise e JOIN segment s ON s.id = e.segment_id WHERE s.deleted_at IS NULL"
            )
        }
        return here - sorted_in
    ids = [
        row[0]
        for row in ledger.rows(
            "WITH RECURSIVE under(id) AS (SELECT ? UNION SELECT s.id FROM segment s JOIN under u ON s.parent_id = u.id "
            "WHERE s.deleted_at IS NULL) SELECT e.id FROM enterprise e JOIN under u ON e.segment_id = u.id "
            "WHERE e.deleted_at IS NULL",
            (segment,),
        )
    ]
    return here & frozenset(ids)
