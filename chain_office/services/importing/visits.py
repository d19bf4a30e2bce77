"""走访 rows: one visit each; the same firm on the same day is the same visit. Visit books make no problems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chain_office.db.models import Campaign, Enterprise, Visit
from chain_office.services.importing.context import Desk, record_number_of

if TYPE_CHECKING:
    from datetime import date

    from chain_office.services.importing.rows import Incoming

_SEVERAL = re.compile(r"[、,，;；]\s*")
_FIRM = re.compile(r"(?:公司|集团|厂|合作社)$")
_TEXTS = (
    "leader", "visitors", "interviewee", "method", "consent", "q1_status", "q2_problem", "q3_plan", "suggestion",
    "followup", "rating", "recorder", "remark", "consent_by", "consent_way", "booking_no",
)  # fmt: skip

_WRITTEN = frozenset({"day", "month"})
"""Precisions an export writes out."""


class Visits(Desk):
    """Plans 走访 rows."""

    def plan(self, row: Incoming) -> None:
        """One visit, or one to each of several enterprises a row lists."""
        note = "走访记录照收，该企业只作名册外单位登记，不计入规上企业数"
        names = _SEVERAL.split(row.text("enterprise") or "")
        if len(names) > 1 and all(_FIRM.search(name) for name in names):
            row.warn("enterprise", f"一行写了 {len(names)} 家企业，各记一次走访")
        else:
            names = [row.text("enterprise") or ""]
        for firm in [self.firm(row, off_register_note=note, name=name) for name in names]:
            self._one(row, firm)

    def _one(self, row: Incoming, firm: str) -> None:
        day, precision = row.day("day")
        if day is None:
            day, precision = self._day_of_table(row)
        values: dict[str, object] = {field: row.text(field) for field in _TEXTS}
        values |= {"sales_yuan": row.money("sales_yuan"), "tax_yuan": row.money("tax_yuan"), "precision": precision}
        values |= {name: row.day(name)[0] for name in ("consent_day", "rated_day")}
        values["campaign_id"] = self._campaign(row)
        row.values["day"] = day
        self._consent(row, firm, day)
        known = self._known(row, firm, day)
        if known is None:
            made = self.planner.insert(Visit, {"enterprise_id": firm, "day": day, **values}, main=True)
            self.planner.put(self._index, (firm, str(day)), made)
        else:
            stored = self.planner.table(Visit)[known]
            if stored["day"] == day and stored["precision"] not in _WRITTEN:
                values["precision"] = None  # ten days or a quarter leave in an export as their last day: no news
            self.planner.merge(Visit, known, values)

    def _consent(self, row: Incoming, firm: str, day: date | None) -> None:
        """A visit to a firm under protection without its consent is taken in, and pointed out."""
        stored = self.planner.table(Enterprise).get(firm)
        since = stored["protected_since"] if stored is not None else None
        if since is None or day is None or str(since) > str(day) or row.text("consent"):
            return
        row.warn(
            "consent",
            f"企业自 {since} 起受赋码保护，表里没有企业同意的记录；走访照收，请在记录里补同意人、途径、日期和预约号",
        )

    def _day_of_table(self, row: Incoming) -> tuple[date, str]:
        if row.table_day is not None:
            precision = row.table.title_precision
            row.warn("day", f"没有走访日期，按表题取{'当月' if precision == 'month' else '当日'}")
            return row.table_day, precision
        if row.shown("day"):
            raise row.refuse("day", "走访日期读不出来")
        return self.answered_day(row, "day", "没有走访日期，表题也没有写明，请补充日期"), "day"

    def _known(self, row: Incoming, firm: str, day: object) -> str | None:
        number = record_number_of(row.text("record_no"), "ZF")
        if number is not None:
            known = self.planner.find(Visit, number=number)
            if known is not None and known["enterprise_id"] == firm:
                self.planner.update(Visit, known["id"], {"day": day})
                return str(known["id"])
        return self._index.get((firm, str(day)))

    @property
    def _index(self) -> dict[tuple[str, str], str]:
        if not hasattr(self, "_by_firm_day"):
            self._by_firm_day = {
                (one["enterprise_id"], str(one["day"])): one["id"] for one in self.planner.table(Visit).values()
            }
        return self._by_firm_day

    def _campaign(self, row: Incoming) -> str | None:
        name = row.text("campaign")
        if not name:
            return None
        known = self.planner.find(Campaign, name=name)
        return str(known["id"]) if known else self.planner.insert(Campaign, {"name": name})
