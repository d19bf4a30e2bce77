"""Output and growth worked out again from the rows of a ledger's file in plain Python: what the program's figures are held
against. It imports nothing of them; each rule is written down anew from statistical practice.

* A firm counts on a day if a stay on the register holds then (entry ≤ d < exit), or if it never had one.
* A year so far: the latest reported cumulative and the months told after it, else the sum of the months.
* The base: what the form states for the very months told; else the firm's own months a year before; of a newly built firm
  only those since it was built, and nothing at all (0) if there are none.
* Last year as published: of the firms that counted at that month's end, as told when the month was signed off.
"""

from __future__ import annotations

import calendar
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    Row = dict[str, Any]
    Told = dict[int, tuple[int | None, int | None]]
    """Number of the month → (the month alone, the cumulative)."""

AMOUNTS = ("month_yuan", "cum_yuan", "month_prev_yuan", "cum_prev_yuan")


@dataclass
class Side:
    """One firm: total and base of the year so far and of the month alone, and what counted in last year's total."""

    place: str | None
    total: int | None = None
    base: int | None = None
    last: int | None = None
    month: int | None = None
    month_base: int | None = None


@dataclass
class Plain:
    """All firms of either year, by id; ``to``: the last month anybody told."""

    to: str = ""
    firms: dict[str, Side] = field(default_factory=dict)
    stated: int | None = None
    reached: bool = False

    @property
    def based(self) -> list[Side]:
        """The firms on both sides."""
        return [one for one in self.firms.values() if one.total is not None and one.base is not None]

    @property
    def published(self) -> int | None:
        told = [one.total for one in self.firms.values() if one.total is not None]
        return sum(told) if told else None

    @property
    def last_published(self) -> int | None:
        if self.stated is not None:
            return self.stated
        return sum(one.last or 0 for one in self.firms.values()) if self.reached else None


def percent(part: int, whole: int, step: str = "0.1") -> Decimal:
    """part / whole in percent, half up; a part of less than the whole is never 100."""
    exact = Decimal(part) * 100 / Decimal(whole)
    rounded = exact.quantize(Decimal(step), ROUND_HALF_UP)
    return Decimal("99.9") if exact < 100 <= rounded and step == "0.1" else rounded


def recount(path: Path, day: date) -> Plain:
    """Read the file and work the figures of ``day`` out."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as file:
        file.row_factory = sqlite3.Row
        tables = {
            name: [dict(row) for row in file.execute(f"SELECT * FROM {name} WHERE deleted_at IS NULL ORDER BY rowid")]
            for name in ("enterprise", "register_spell", "monthly_output", "output_correction", "published_total")
        }
        signed = {
            row[0]: row[1]
            for row in file.execute("SELECT month, day FROM month_freeze WHERE desk = 'output' AND deleted_at IS NULL")
        }
    file.close()
    return _recount(tables, signed, day.isoformat())


def _recount(tables: dict[str, list[Row]], signed: dict[str, str], day: str) -> Plain:
    now = _reports(tables, day)
    ended = {
        (year, number)
        for told in now.values()
        for (year, number), row in told.items()
        if _month_end(year, number) <= day and (row["month_yuan"] is not None or row["cum_yuan"] is not None)
    }
    if not ended:
        return Plain()
    year, last = max(ended)
    then = _month_end(year - 1, last)
    published = min(day, signed.get(f"{year - 1}-{last:02d}", day))
    before = _reports(tables, published)
    found = Plain(f"{year}-{last:02d}")
    places = {one["id"]: one["district_id"] for one in tables["enterprise"]}
    for firm, place in places.items():
        side = Side(place)
        if _counts(tables, firm, day):
            own = {number: row for (told, number), row in now[firm].items() if told == year - 1 and number <= last}
            this = {number: row for (told, number), row in now[firm].items() if told == year and number <= last}
            _this_year(side, this, own, _built(tables, firm, day), year, last)
        if _counts(tables, firm, then):
            rows = {number: row for (told, number), row in before[firm].items() if told == year - 1 and number <= last}
            side.last, covered = _add_up(_pairs(rows, "month_yuan", "cum_yuan"))
            found.reached = found.reached or (last in covered)
        if (side.total, side.last) != (None, None):
            found.firms[firm] = side
    if not found.reached:
        for side in found.firms.values():
            side.last = None
        found.firms = {firm: side for firm, side in found.firms.items() if side.total is not None}
    stated = [one["total_yuan"] for one in tables["published_total"] if one["month"] == f"{year - 1}-{last:02d}"]
    found.stated = stated[0] if stated else None
    return found


def _this_year(side: Side, this: dict[int, Row], own: dict[int, Row], built: str | None, year: int, last: int) -> None:
    side.total, months = _add_up(_pairs(this, "month_yuan", "cum_yuan"))
    if side.total is None:
        return
    needed = months if built is None else {one for one in months if f"{year - 1}-{one:02d}" >= built}
    stated = _pairs(this, "month_prev_yuan", "cum_prev_yuan")
    mine = _pairs(own, "month_yuan", "cum_yuan")
    if months != set(range(1, len(months) + 1)):  # a cumulative says nothing of a stretch with holes
        mine = {one: (alone, None) for one, (alone, _) in mine.items()}
    mine = {one: told for one, told in mine.items() if one in months}
    complete = [total for total, covered in (_add_up(stated), _add_up(mine)) if covered == months]
    since = [total for total, covered in (_add_up(stated), _add_up(mine)) if needed <= covered <= months]
    side.base = complete[0] if complete else None
    if side.base is None and built is not None:
        side.base = 0 if not needed else since[0] if since else None
    side.month = _alone(_pairs(this, "month_yuan", "cum_yuan"), last)
    if side.month is None or side.base is None:
        return
    told = stated if _add_up(stated)[1] == months else mine
    side.month_base = _alone(told, last)
    if side.month_base is None and (side.base == 0 or (built is not None and f"{year - 1}-{last:02d}" < built)):
        side.month_base = 0


def _add_up(told: Told) -> tuple[int | None, set[int]]:
    """The year so far and the months it is made of."""
    reached = max((one for one, (_, upto) in told.items() if upto is not None), default=0)
    after = {one for one, (alone, _) in told.items() if one > reached and alone is not None}
    amount = sum(told[one][0] or 0 for one in after)
    if reached:
        amount += told[reached][1] or 0
    return (amount if reached or after else None), set(range(1, reached + 1)) | after


def _alone(told: Told, month: int) -> int | None:
    """One month by itself: as told, else the step from the month before; February after a January that is not told holds both."""
    alone, upto = told.get(month, (None, None))
    if alone is not None or upto is None:
        return alone
    if month == 1:
        return upto
    before = {one: pair for one, pair in told.items() if one < month and pair != (None, None)}
    if not before:
        return upto if month == 2 else None
    if max(before) != month - 1:
        return None
    return upto - (_add_up(before)[0] or 0)


def _pairs(rows: dict[int, Row], alone: str, upto: str) -> Told:
    return {number: (row[alone], row[upto]) for number, row in rows.items()}


def _reports(tables: dict[str, list[Row]], day: str) -> dict[str, dict[tuple[int, int], Row]]:
    """Firm → (year, month) → its report as it stood on ``day``: what the first later correction found."""
    found: dict[str, dict[tuple[int, int], Row]] = defaultdict(dict)
    for row in tables["monthly_output"]:
        later = [one for one in tables["output_correction"] if one["output_id"] == row["id"] and one["day"] > day]
        then = min(later, key=lambda one: (one["day"], one["id"])) if later else row
        number = int(row["month"][:4]), int(row["month"][5:])
        found[row["enterprise_id"]][number] = {name: then[name] for name in AMOUNTS}
    return found


def _counts(tables: dict[str, list[Row]], firm: str, day: str) -> bool:
    stays = [one for one in tables["register_spell"] if one["enterprise_id"] == firm]
    return not stays or any((one["entry_day"] or "") <= day < (one["exit_day"] or "9999") for one in stays)


def _built(tables: dict[str, list[Row]], firm: str, day: str) -> str | None:
    """The month a newly built firm began; None for every other. An undated one is new."""
    stays = [
        one for one in tables["register_spell"] if one["enterprise_id"] == firm and (one["entry_day"] or "") <= day
    ]
    if not stays:
        return None
    latest = max(stays, key=lambda one: (one["entry_day"] or "", one["id"]))
    if latest["entry_kind"] != "new_build":
        return None
    return str(latest["entry_day"])[:7] if latest["entry_day"] else "9999"


def _month_end(year: int, month: int) -> str:
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]}"
