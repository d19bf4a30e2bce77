"""Whom and what a line is about: the problem by its number or its own words, the unit by its name or its paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db import reference
from chain_office.db.settings import read_settings
from chain_office.domain.directory import Directory
from chain_office.domain.feedback import CO, LEAD
from chain_office.domain.names import name_core, name_key, text_core
from chain_office.queries.form_answers import left_on, problems_numbered, problems_saying, unit_entries
from chain_office.queries.steps import desks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chain_office.db.ledger import Ledger
    from chain_office.exchange.feedback.form import FormRow
    from chain_office.queries.form_answers import Left, Named
    from chain_office.queries.steps import Desk

_DEMAND = re.compile(r"\s诉求[:：]")


@dataclass(frozen=True, slots=True)
class Who:
    """The unit a line comes from; ``fault``: why it cannot be told."""

    id: str = ""
    name: str = ""
    fault: str = ""
    note: str = ""


class Finder:
    """What all lines name, read from the ledger at once."""

    def __init__(self, ledger: Ledger, rows: Iterable[FormRow]) -> None:
        every = list(rows)
        receipts = [row.receipt for row in every]
        self._numbered = problems_numbered(ledger, (one.number for one in receipts if one is not None))
        lost = {told_core(row) for row in every if row.receipt is None} - {""}
        self._saying: dict[str, list[Named]] = {}
        for one in problems_saying(ledger, lost):
            self._saying.setdefault(one.text_core, []).append(one)
        ids = [one.id for one in self._numbered.values()]
        ids += [one.id for several in self._saying.values() for one in several]
        self.desks = desks(ledger, ids)
        self._left = left_on(ledger, ids)
        city = read_settings(ledger).get("city") or reference.load()["city"]
        self._units = Directory(unit_entries(ledger), city=city)

    def named(self, row: FormRow) -> Named | None:
        """The problem a line is about; None where the ledger has none of that number or with these words."""
        if row.receipt is not None:
            return self._numbered.get(row.receipt.number)
        alike = self._saying.get(told_core(row), [])
        firm = row.text("enterprise")
        if firm:
            alike = [one for one in alike if same_firm(one, firm)]
        return alike[0] if len(alike) == 1 else None

    def contradicts(self, row: FormRow, named: Named) -> bool:
        """Whether firm and text on the line are both another problem's: its number was mistyped."""
        firm, text = row.text("enterprise"), told_core(row)
        if not firm or not text or same_firm(named, firm):
            return False
        return text[:8] not in named.text_core and named.text_core[:8] not in text

    def left(self, problem: str, unit: str) -> Left | None:
        """The last paper the problem left on for the unit."""
        return next((one for one in reversed(self._left.get(problem, [])) if one.unit == unit), None)

    def unit_name(self, unit: str | None) -> str:
        """What a unit is called."""
        entry = self._units.get(unit) if unit else None
        return entry.label if entry else ""

    def who(self, row: FormRow, desk: Desk, seq: int | None) -> Who:
        """The unit a line comes from."""
        parts = tuple(dict.fromkeys(one for one in (desk.lead, *desk.helpers) if one))
        written = row.text("unit")
        if written:
            return self._written(written, desk, parts)
        papers = {one.unit for one in self._left.get(desk.id, []) if seq is None or one.seq == seq} & set(parts)
        if len(papers) == 1:
            return self._known(papers.pop())
        role = row.text("role")
        if desk.lead and role.startswith(LEAD):
            return self._known(desk.lead)
        if role.startswith(CO) and len(desk.helpers) == 1:
            return self._known(desk.helpers[0])
        if len(parts) == 1:
            return Who(parts[0], self.unit_name(parts[0]), note="表上没有写单位，按承办单位登记")
        if not parts:
            return Who(fault=f"{desk.number} 还没有交办给任何单位")
        return Who(fault=f"表上没有写是哪个单位填的（{desk.number} 的承办单位有：{self._listed(parts)}）")

    def _written(self, written: str, desk: Desk, parts: tuple[str, ...]) -> Who:
        match = self._units.resolve(written)
        if match.entry is None:
            inside = [one for one in parts if self._mentions(written, one)]
            if len(inside) == 1:
                return self._known(inside[0])
            return Who(fault=f"{match.warnings[0]}（{desk.number} 的承办单位：{self._listed(parts) or '无'}）")
        entry = match.entry
        if parts and entry.id not in parts:
            before = any(step.unit == entry.id for step in desk.steps)
            gone = "，可能已改派" if before else ""
            return Who(
                entry.id,
                entry.label,
                f"{entry.label}不是 {desk.number} 现在的承办单位（现为{self._listed(parts)}）{gone}",
            )
        return Who(entry.id, entry.label, note="；".join(match.warnings))

    def _mentions(self, written: str, unit: str) -> bool:
        """ "市发改委（盖章）经济运行科": a section of a unit that has the problem."""
        entry = self._units.get(unit)
        if entry is None:
            return False
        names = [name_key(name) for name in (entry.name, entry.short, *entry.aliases) if name]
        return any(len(name) >= 2 and name in name_key(written) for name in names)

    def _known(self, unit: str) -> Who:
        return Who(unit, self.unit_name(unit))

    def _listed(self, parts: Iterable[str]) -> str:
        return "、".join(self.unit_name(one) for one in parts)


def told_core(row: FormRow) -> str:
    """The problem's own words on a line, to be compared; the demand that is printed behind them is left off."""
    return text_core(_DEMAND.split(row.text("problem"))[0])


def same_firm(named: Named, written: str) -> bool:
    """Whether a firm as written is the problem's."""
    words = {name_key(name) for name in (named.enterprise, named.short) if name}
    key, core = name_key(written), name_core(written)
    return any(key == word or core in word or name_core(word) in key for word in words)
