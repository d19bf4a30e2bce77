"""覆盖: which firm was visited in which month or campaign, how many of each district or park; and the gaps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chain_office.domain.periods import add_to_month, last_day
from chain_office.queries.visiting.plan import IN_CAMPAIGN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chain_office.db.ledger import Ledger

MONTHS: Final = 12
_MOST_CAMPAIGNS: Final = 8
NO_PLACE: Final = "未登记"


@dataclass(frozen=True, slots=True)
class Span:
    """A column: a month ("2021-11") or a campaign (its id). ``at``: the day whose register it is measured by, the last of
    the month or of the campaign, or the day looked at where that comes first."""

    key: str
    word: str
    at: date


@dataclass(frozen=True, slots=True)
class Seen:
    """The visits of a firm in a column: their ids, the last day, and whether that is known to the day."""

    ids: tuple[str, ...]
    last: date
    exact: bool


@dataclass(frozen=True, slots=True)
class CoveredFirm:
    """A row. ``on``: the columns in which it was on the register; ``seen``: by column; ``last``: its last visit by the day."""

    id: str
    number: int
    name: str
    searched: str
    """Every name of it and its pinyin initials, for finding it by typing."""
    district: str
    park: str
    on: frozenset[str]
    seen: Mapping[str, Seen]
    last: date | None
    last_exact: bool
    here: bool

    def missed(self, key: str) -> bool:
        """Whether it was on the register and not visited."""
        return key in self.on and key not in self.seen


@dataclass(frozen=True, slots=True)
class Coverage:
    """Columns and firms at ``day``: the register then, and whoever was on it in one of the columns."""

    day: date
    spans: tuple[Span, ...]
    firms: tuple[CoveredFirm, ...]

    def counted(self, key: str, keep: Callable[[CoveredFirm], bool] = lambda _: True) -> tuple[int, int]:
        """How many of the firms on the register in a column were visited in it, and how many there were."""
        there = [firm for firm in self.firms if key in firm.on and keep(firm)]
        return sum(key in firm.seen for firm in there), len(there)


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the totals: a district or a park, with the firms visited and not, by column."""

    name: str
    seen: Mapping[str, tuple[str, ...]]
    missed: Mapping[str, tuple[str, ...]]


def by_month(ledger: Ledger, day: date, months: int = MONTHS) -> Coverage:
    """The months up to the one of ``day``."""
    last = f"{day:%Y-%m}"
    keys = [add_to_month(last, place - months + 1) for place in range(months)]
    spans = tuple(Span(key, _month_word(key, last), min(last_day(key), day)) for key in keys)
    found: defaultdict[tuple[str, str], list[tuple[str, str, bool]]] = defaultdict(list)
    for firm, row_id, when, exact in ledger.rows(
        "SELECT enterprise_id, id, day, precision <> 'month' FROM visit WHERE deleted_at IS NULL AND day BETWEEN ? AND ? "
        "ORDER BY day, id",
        (f"{keys[0]}-01", day.isoformat()),
    ):
        found[firm, when[:7]].append((row_id, when, bool(exact)))
    return _coverage(ledger, day, spans, found)


def by_campaign(ledger: Ledger, day: date) -> Coverage:
    """The latest campaigns that had begun by ``day``."""
    rows = ledger.rows(
        "SELECT id, name, to_day FROM campaign WHERE deleted_at IS NULL AND coalesce(from_day, '') <= ? "
        "ORDER BY coalesce(from_day, '') DESC, id DESC LIMIT ?",
        (day.isoformat(), _MOST_CAMPAIGNS),
    )
    spans = tuple(Span(row_id, name, min(_day(last) or day, day)) for row_id, name, last in reversed(rows))
    found: defaultdict[tuple[str, str], list[tuple[str, str, bool]]] = defaultdict(list)
    for span in spans:
        for firm, row_id, when, exact in ledger.rows(
            f"SELECT v.enterprise_id, v.id, v.day, v.precision <> 'month' FROM campaign c JOIN visit v ON {IN_CAMPAIGN} "
            "WHERE c.id = :campaign ORDER BY v.day, v.id",
            {"campaign": span.key, "day": day.isoformat()},
        ):
            found[firm, span.key].append((row_id, when, bool(exact)))
    return _coverage(ledger, day, spans, found)


def _coverage(
    ledger: Ledger, day: date, spans: tuple[Span, ...], found: Mapping[tuple[str, str], Sequence[tuple[str, str, bool]]]
) -> Coverage:
    stays = _stays(ledger)
    firms = []
    for row_id, number, name, searched, district, park, last, exact in ledger.rows(
        "SELECT e.id, coalesce(e.number, 0), coalesce(nullif(e.short_name, ''), e.name), "
        "e.name || ' ' || coalesce(e.short_name, '') || ' ' || e.initials, coalesce(d.short, d.name, ''), "
        "coalesce(k.name, ''), v.day, coalesce(v.precision, '') <> 'month' FROM enterprise e "
        "LEFT JOIN park k ON k.id = e.park_id LEFT JOIN district d ON d.id = coalesce(e.district_id, k.district_id) "
        "LEFT JOIN visit v ON v.id = (SELECT w.id FROM visit w WHERE w.enterprise_id = e.id AND w.deleted_at IS NULL "
        "AND w.day <= ? ORDER BY w.day DESC, w.id DESC LIMIT 1) WHERE e.deleted_at IS NULL ORDER BY e.number, e.id",
        (day.isoformat(),),
    ):
        stay = stays.get(row_id, ())
        on = frozenset(span.key for span in spans if _on(stay, span.at))
        here = _on(stay, day)
        if on or here:
            seen = {
                span.key: Seen(tuple(one[0] for one in visits), date.fromisoformat(visits[-1][1]), visits[-1][2])
                for span in spans
                if (visits := found.get((row_id, span.key)))
            }
            firms.append(
                CoveredFirm(row_id, number, name, searched, district, park, on, seen, _day(last), bool(exact), here)
            )
    return Coverage(day, spans, tuple(firms))


def _stays(ledger: Ledger) -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for firm, entry, leave in ledger.rows(
        "SELECT enterprise_id, coalesce(entry_day, ''), coalesce(exit_day, '9999-12-31') FROM register_spell "
        "WHERE deleted_at IS NULL"
    ):
        found[firm] = (*found.get(firm, ()), (entry, leave))
    return found


def _on(stays: Sequence[tuple[str, str]], day: date) -> bool:
    """entry ≤ day < exit; no entry = always."""
    at = day.isoformat()
    return any(entry <= at < leave for entry, leave in stays)


def places(found: Coverage, park: bool = False) -> tuple[Place, ...]:
    """The totals by district (or park), the largest first; firms without one last."""
    grouped: defaultdict[str, list[CoveredFirm]] = defaultdict(list)
    for firm in found.firms:
        grouped[(firm.park if park else firm.district) or NO_PLACE].append(firm)
    made = [
        Place(
            name,
            {
                span.key: tuple(one.id for one in firms if span.key in one.on and span.key in one.seen)
                for span in found.spans
            },
            {span.key: tuple(one.id for one in firms if one.missed(span.key)) for span in found.spans},
        )
        for name, firms in grouped.items()
    ]
    return tuple(sorted(made, key=lambda one: (one.name == NO_PLACE, -len(grouped[one.name]), one.name)))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def days_ago(last: date | None, day: date) -> int | None:
    """Days since a visit; None where there was none."""
    return (day - last) // timedelta(days=1) if last is not None else None


def _month_word(month: str, last: str) -> str:
    """9月; of another year 20年9月."""
    number = int(month[5:])
    return f"{number}月" if month[:4] == last[:4] else f"{month[2:4]}年{number}月"
