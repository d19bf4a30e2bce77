"""授信 and 放款 amounts on their way into the ledger: dated, told apart from what is already there, never counted twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db.models import Credit, Drawdown, Match, Record, record_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chain_office.services.importing.planner import Planner, Row
    from chain_office.services.importing.rows import Incoming

_ANOTHER, _CORRECTION = "另一笔", "更正原数"


@dataclass(frozen=True, slots=True)
class Rung:
    """An amount a row states: 元, its own day if it has one, and the field it stood in."""

    yuan: int
    day: date | None
    approximate: bool
    field: str


class Loans:
    """Places one row's 授信 and 放款 under a match."""

    def __init__(
        self,
        planner: Planner,
        row: Incoming,
        event_day: date | None,
        ask_day: Callable[[Incoming, str, str], date],
        taken: set[tuple[str, str]],
    ) -> None:
        self._planner = planner
        self._taken = taken
        self._row = row
        self._event_day = event_day
        self._ask_day = ask_day

    @staticmethod
    def has(planner: Planner, match: str) -> tuple[bool, bool]:
        """(anything drawn, anything granted) under a match."""
        return bool(planner.group(Drawdown, "match_id", match)), bool(planner.group(Credit, "match_id", match))

    def granted(self, match: str, rung: Rung | None) -> date | None:
        """Place a 授信; returns its day."""
        if rung is None:
            return None
        extra = {"granted_rate": self._row.take("granted_rate"), "granted_term": self._row.text("granted_term")}
        return self._place(Credit, "granted_yuan", match, rung, extra)

    def drawn(self, match: str, rung: Rung | None) -> date | None:
        """Place a 放款 with its kind and rate; returns its day."""
        if rung is None:
            return None
        extra = {
            "loan_kind": self._kind(),
            "rate": self._row.take("rate"),
            "drawn_term": self._row.text("drawn_term"),
            "repay_day": self._row.day("repay_day")[0],
        }
        return self._place(Drawdown, "drawn_yuan", match, rung, extra)

    def _kind(self) -> str | None:
        text = self._row.text("loan_kind") or ""
        if "续" in text or "转贷" in text:
            return "续贷"
        return "新增" if "新增" in text or "首" in text else text or None

    def _place(self, model: type[Record], column: str, match: str, rung: Rung, extra: dict[str, object]) -> date | None:
        known = self._same(model, column, match, rung) or self._elsewhere(model, column, match, rung)
        if known is not None:
            self._take(known["id"])
            values = dict(extra)
            if rung.day is not None and rung.day != known["day"]:
                values |= {"day": rung.day, "dated_by": "row"}
            self._planner.merge(model, known["id"], values)
            return known["day"]  # type: ignore[no-any-return]
        day, dated_by = rung.day, "row"
        if day is None:
            day, dated_by = self._borrowed_day(rung), "event"
        fix = self._to_correct(model, column, match, rung)
        if fix is not None:
            self._planner.update(model, fix, {column: rung.yuan, "approximate": rung.approximate})
            return day
        values = {"match_id": match, column: rung.yuan, "day": day, "dated_by": dated_by, **extra}
        self._take(self._planner.insert(model, {**values, "approximate": rung.approximate}))
        return day

    def _take(self, record: str) -> None:
        """Another row of this table has said this record."""
        key = (self._row.table.sheet, record)
        if key not in self._taken:
            self._taken.add(key)
            self._planner.when_refused(lambda: self._taken.discard(key))

    def _same(self, model: type[Record], column: str, match: str, rung: Rung) -> Row | None:
        """The amount already recorded: same match, amount and day (both undated: the event's). With the day missing on
        one side it is taken for the same one only if no other row of this table was."""
        alike = [one for one in self._planner.group(model, "match_id", match) if one[column] == rung.yuan]
        for one in alike:
            if one["day"] == rung.day or (rung.day is None and one["dated_by"] == "event"):
                return one
        for one in alike:
            free = (self._row.table.sheet, one["id"]) not in self._taken
            if free and (rung.day is None or one["dated_by"] == "event"):
                return one
        return None

    def _elsewhere(self, model: type[Record], column: str, match: str, rung: Rung) -> Row | None:
        """The same drawing (borrower, bank, day and amount) under another match: a second event's report of one loan."""
        if model is not Drawdown or rung.day is None:
            return None
        matches = self._planner.table(Match)
        mine = matches[match]
        owner = "enterprise_id" if mine["enterprise_id"] else "park_id"
        for other in self._planner.group(Match, owner, mine[owner] or ""):
            if other["id"] == match or other["bank_id"] != mine["bank_id"]:
                continue
            for one in self._planner.group(model, "match_id", other["id"]):
                if one[column] == rung.yuan and one["day"] == rung.day:
                    number = f"（{record_number('match', other['number'])}）" if other["number"] else ""
                    self._row.warn(rung.field, f"这笔放款已记在同一家银行的另一次对接下{number}，只计一次")
                    return one
        return None

    def _borrowed_day(self, rung: Rung) -> date:
        row = self._row
        if self._event_day is not None:
            row.warn(rung.field, f"没有日期，按对接会日期 {self._event_day} 计")
            return self._event_day
        if row.table.as_of is not None:
            row.warn(rung.field, f"没有日期，按截至日期 {row.table.as_of} 计")
            return row.table.as_of
        return self._ask_day(row, rung.field, "金额没有日期，也没有对接会日期，请补充")

    def _to_correct(self, model: type[Record], column: str, match: str, rung: Rung) -> str | None:
        """An undated amount beside a different undated one: another loan, or the same one restated? Only a person knows."""
        if rung.day is not None:
            return None
        rivals = [one for one in self._planner.group(model, "match_id", match) if one["dated_by"] == "event"]
        rivals = [one for one in rivals if one["id"] not in self._planner.made(model)]
        if not rivals:
            return None
        answer = self._row.ask(
            rung.field,
            f"台账里已有一笔没有日期的 {rivals[0][column]} 元，现在是 {rung.yuan} 元，是另一笔还是更正？",
            choices=(_ANOTHER, _CORRECTION),
        )
        return str(rivals[0]["id"]) if answer == _CORRECTION else None
