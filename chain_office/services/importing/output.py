"""产值 rows: one enterprise's month(s), with the prior-year base its own form states."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db.models import MonthFreeze, MonthlyOutput, OutputCorrection, PublishedTotal, RegisterSpell
from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.money import MONEY
from chain_office.domain.periods import last_day, month_of, previous_year
from chain_office.domain.secrecy import find_survey_mark
from chain_office.services.importing.context import Desk
from chain_office.services.importing.enterprises import read_entry_kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.domain.tables import ParsedCell, ParsedTable
    from chain_office.services.importing.rows import Incoming

_AMOUNTS = ("month_yuan", "month_prev_yuan", "cum_yuan", "cum_prev_yuan")
_BASES = ("month_prev_yuan", "cum_prev_yuan")
_SIDE = ("revenue_yuan", "profit_yuan", "tax_yuan", "power_kwh")
_KINDS = ("规下转规上", "新建投产")
_CORRECTION = "更正原因"
"""The question about rows of a month that was signed off."""


class Output(Desk):
    """Plans 产值 rows. A wide table's row is one record a month."""

    def plan(self, row: Incoming) -> None:
        """Every month the row tells of."""
        code = row.text("uscc")
        months = self._months(row)
        if not months:
            row.warn("month_yuan", "这一行没有产值数，没有读入")
            return
        firm = self.firm(row, off_register_note="产值照收，请核对是否漏登名册", code=code)
        self._entry(row, firm, months)
        why = self._correction(row, firm, months)
        newest = max(months)
        common = {name: row.text(name) for name in ("stop", "reason", "source", "remark")}
        side = {name: row.take(name) for name in _SIDE}
        for month, amounts in sorted(months.items()):
            values: dict[str, object] = dict(amounts)
            if month == newest:
                values |= common | side | {"filed_day": row.day("filed_day")[0]}
            self._store(firm, month, values, why)
        row.values["month"] = newest
        row.values |= months[newest]
        row.values["months"] = {month: dict(amounts) for month, amounts in sorted(months.items())}

    def _months(self, row: Incoming) -> dict[str, dict[str, int]]:
        cells = [one for one in row.parsed.cells if one.field in _AMOUNTS and isinstance(one.reading.value, int)]
        if not cells:
            return {}
        main_year = max((self._month(row, one)[:4] for one in cells if one.field not in _BASES), default=None)
        found: dict[str, dict[str, int]] = {}
        for cell in cells:
            month, field = self._month(row, cell), cell.field
            if field in _BASES and main_year and month[:4] < main_year:
                month = f"{int(month[:4]) + 1:04d}{month[4:]}"
            value = cell.reading.value
            if ".." in cell.period and field in {"month_yuan", "month_prev_yuan"}:
                field = field.replace("month", "cum", 1)
            if isinstance(value, int):
                found.setdefault(month, {})[field] = value
        return {month: amounts for month, amounts in found.items() if set(amounts) - set(_BASES)} or found

    def _month(self, row: Incoming, cell: ParsedCell) -> str:
        if cell.period:
            return cell.period.rsplit("..", maxsplit=1)[-1] if len(cell.period) > len("2021") else f"{cell.period}-12"
        stated = row.parsed.value("month")
        if isinstance(stated, str):
            return stated
        table = row.table
        if table.title_date is not None and table.title_precision in {"day", "month"}:
            return month_of(table.title_date)
        if table.as_of is not None:
            return month_of(table.as_of)
        answer = row.ask(
            cell.field, "表里没有写明是哪个月的产值，请补充月份（如 2021-09）", topic="date", whole_table=True
        )
        try:
            return month_of(last_day(answer))
        except ValueError as error:
            raise row.refuse(cell.field, f"回答“{answer}”不是月份，应写成 2021-09 这样") from error

    def _entry(self, row: Incoming, firm: str, months: dict[str, dict[str, int]]) -> None:
        """A firm with output but no base anywhere is an entrant; of which kind must be known."""
        newest = max(months)
        kind = (
            read_entry_kind(row.text("entry_kind")) or read_entry_kind(row.text("remark")) or self._recorded_kind(firm)
        )
        has_column = any(cell.field in _BASES for cell in row.parsed.cells) or any(
            field in _BASES for _, field in row.table.columns
        )
        has_base = any(set(amounts) & set(_BASES) for amounts in months.values())
        if kind is not None:
            row.values["entry_kind"] = kind
            self._record_kind(firm, kind)
        if not has_column or has_base or self._own_base(firm, newest) or not self._others_have_base(row, newest):
            return
        if kind is None:
            name = self.firms.name_of(firm)
            answer = row.ask("cum_prev_yuan", f"“{name}”没有上年同期数，是规下转规上还是新建投产？", choices=_KINDS)
            kind = read_entry_kind(answer)
            if kind is None:
                raise row.refuse("cum_prev_yuan", f"回答“{answer}”既不是规下转规上，也不是新建投产")
            row.values["entry_kind"] = kind
            self._record_kind(firm, kind)
        if kind == "new_build":
            months[newest]["cum_prev_yuan"] = 0
        elif kind == "promoted":
            row.warn("cum_prev_yuan", "规下转规上企业应自带上年同期数，现在缺，暂不计入同口径增速")

    def _others_have_base(self, row: Incoming, month: str) -> bool:
        """Whether the table states a base for that month at all: a column left empty throughout asks nothing."""
        table = row.table
        if self._bases_of is not table:
            self._bases_of = table
            self._base_months = set()
            for parsed in table.rows:
                if any(one.field in _BASES and one.reading.value is not None for one in parsed.cells):
                    self._base_months |= set(self._months(replace(row, parsed=parsed)))
        return month in self._base_months

    _bases_of: ParsedTable | None = None
    _base_months: set[str] = set()  # noqa: RUF012 - replaced, never changed in place before that

    def _recorded_kind(self, firm: str) -> str | None:
        for spell in self.planner.group(RegisterSpell, "enterprise_id", firm):
            if spell["entry_kind"]:
                return str(spell["entry_kind"])
        return None

    def _record_kind(self, firm: str, kind: str) -> None:
        for spell in self.planner.group(RegisterSpell, "enterprise_id", firm):
            if spell["entry_kind"] is None:
                self.planner.update(RegisterSpell, spell["id"], {"entry_kind": kind})

    def _own_base(self, firm: str, month: str) -> bool:
        prior = previous_year(month)
        return any(self._index.get((firm, f"{prior[:4]}-{number:02d}")) for number in range(1, int(prior[5:]) + 1))

    def _correction(self, row: Incoming, firm: str, months: Mapping[str, Mapping[str, int]]) -> str:
        """Why months that were signed off are changed by this row, as somebody answered; "" where none is. Without an answer
        the row is refused."""
        locked = [month for month, amounts in sorted(months.items()) if self._sealed(firm, month, amounts)]
        if not locked:
            return ""
        signed = "、".join(f"{month}（{self._signed[month]}）" for month in locked)
        reason = (
            f"{signed}的产值已签认锁定，与台账不同的数没有读入；要作为更正登记（自今天起算，更早日期的数字不变），"
            "请写明更正原因"
        )
        why = row.ask(_CORRECTION, reason, whole_table=True).strip()
        if not why:
            raise row.refuse(_CORRECTION, reason)
        mark = find_survey_mark(why)
        if mark is not None:
            raise row.refuse(_CORRECTION, f"更正原因：{mark.reason}")
        return why

    def _sealed(self, firm: str, month: str, amounts: Mapping[str, int]) -> bool:
        """Whether a month was signed off and reads otherwise than the row has it."""
        if month not in self._signed:
            return False
        known = self._index.get((firm, month))
        then = self.planner.table(MonthlyOutput)[known] if known else {}
        return any(then.get(name) != value for name, value in amounts.items())

    def _store(self, firm: str, month: str, values: dict[str, object], why: str = "") -> None:
        known = self._index.get((firm, month))
        sealed = bool(why) and self._sealed(
            firm, month, {name: value for name, value in values.items() if name in _AMOUNTS and isinstance(value, int)}
        )
        before: dict[str, object] = dict.fromkeys(_AMOUNTS)
        if known is not None:
            before = {name: self.planner.table(MonthlyOutput)[known][name] for name in _AMOUNTS}
            self.planner.merge(MonthlyOutput, known, values)
        else:
            made = {"enterprise_id": firm, "month": month, **values}
            if sealed:
                made["filed_day"] = values.get("filed_day") or clock.today()
            known = self.planner.insert(MonthlyOutput, made, main=True)
            self.planner.put(self._index, (firm, month), known)
        if sealed:
            told = {"output_id": known, "day": clock.today(), "reason": why, "actor": "导入", **before}
            self.planner.insert(OutputCorrection, told)

    @property
    def _signed(self) -> dict[str, str]:
        """Month → when it was signed off."""
        if not hasattr(self, "_by_month"):
            self._by_month = {
                str(one["month"]): f"{one['day']} 签认"
                for one in self.planner.table(MonthFreeze).values()
                if one["desk"] == "output"
            }
        return self._by_month

    @property
    def _index(self) -> dict[tuple[str, str], str]:
        if not hasattr(self, "_by_firm_month"):
            self._by_firm_month = {
                (one["enterprise_id"], one["month"]): one["id"] for one in self.planner.table(MonthlyOutput).values()
            }
        return self._by_firm_month

    def plan_facts(self, table: ParsedTable) -> list[str]:
        """A stated 上年公布数 becomes the base of the nominal rate; returns what to say about it."""
        said = []
        for label, text in table.facts:
            if "上年" not in label or "公布" not in label:
                continue
            anchor = table.title_date or table.as_of
            if anchor is None:
                said.append(f"“{label}”没有写明截至哪个月，没有采用")
                continue
            try:
                reading = MONEY.parse(text, Context())
            except BadValue as error:
                said.append(f"“{label}{text}”没有采用：{error.reason}")
                continue
            if not isinstance(reading.value, int):
                continue
            month = previous_year(month_of(anchor))
            known = self.planner.find(PublishedTotal, month=month)
            if known is None:
                self.planner.insert(
                    PublishedTotal, {"month": month, "total_yuan": reading.value, "source": table.title}
                )
            else:
                self.planner.merge(PublishedTotal, known["id"], {"total_yuan": reading.value})
        return said
