"""Rules of monthly output: the firm's own report, one a month, told to come from somewhere that is no survey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.forms import Fault
from chain_office.domain.money import WAN, show_money
from chain_office.domain.periods import add_to_month, month_of
from chain_office.domain.secrecy import find_survey_mark
from chain_office.queries.editing.rows import live
from chain_office.queries.output_desk.signed import sign_off_of
from chain_office.services.editing.case import not_negative, text_of, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from chain_office.services.editing.case import Case

_AMOUNTS = ("month_yuan", "month_prev_yuan", "cum_yuan", "cum_prev_yuan")
_LEAP = 10
_SMALL = 100 * WAN


def _monthly_output(case: Case) -> Iterator[Fault]:
    yield from _sealed(case)
    yield from _source(case)
    yield from amount_faults(case)


def _sealed(case: Case) -> Iterator[Fault]:
    """A month that was signed off is not edited; it is corrected, dated and with a reason."""
    months = {case.after["month"], *([case.before["month"]] if case.before else [])}
    if not case.touched(*_AMOUNTS, "month"):
        return
    for month in sorted(one for one in months if one):
        signed = sign_off_of(case.ledger, month)
        if signed is not None:
            name = next((one for one in _AMOUNTS if one in case.changed), "month")
            how = "补报" if case.is_new else "改动"
            yield Fault(name, f"{signed.words}，{how}请用“更正”登记：写明原因，自更正之日起算")


def amount_faults(case: Case) -> Iterator[Fault]:
    """What the amounts of a month have to agree with; of a correction too."""
    yield from not_negative(case, "power_kwh", "month_prev_yuan", "cum_prev_yuan")
    after, month = case.after, case.after["month"]
    if after["month_yuan"] is None and after["cum_yuan"] is None and case.touched("month_yuan", "cum_yuan"):
        yield Fault("month_yuan", "本月和累计至少填一个")
    if not month:
        return
    firm, around = after["enterprise_id"], (month, add_to_month(month, -1))
    mine = case.others(
        [one for told in around for one in live(case.ledger, "monthly_output", enterprise_id=firm, month=told)]
    )
    if case.touched("month", "enterprise_id"):
        for other in (one for one in mine if one["month"] == month):
            said = show_money(other["month_yuan"] if other["month_yuan"] is not None else other["cum_yuan"])
            yield Fault("month", f"这家企业已有 {month} 的产值（{said or '未填数'}），请在那一条上修改")
        if month > month_of(case.today):
            yield warn("month", f"{month} 还没有到，请核对")
    if case.touched(*_AMOUNTS, "month"):
        yield from _compared(case, month)
        yield from _beside(case, {one["month"]: one for one in mine}.get(add_to_month(month, -1)), month)


def _source(case: Case) -> Iterator[Fault]:
    """数据来源 stands on every row whose figures a person types; 联网直报 is refused wherever it is named as the source."""
    source = text_of(case.after["source"])
    if not source and not case.is_new and not case.changed.isdisjoint(_AMOUNTS):
        yield Fault("source", "没有写数据来源（企业自报、园区报送等），改动产值数要写明")
    for name in ("source", "reason", "remark"):
        found = find_survey_mark(text_of(case.after[name])) if case.touched(name) else None
        if found is not None:
            yield Fault(name, found.reason, stops=name == "source")


def _compared(case: Case, month: str) -> Iterator[Fault]:
    for now, cum, word in (("month_yuan", "cum_yuan", ""), ("month_prev_yuan", "cum_prev_yuan", "上年")):
        one, total = case.amount(now), case.amount(cum)
        if one is None or total is None:
            continue
        if month.endswith("-01") and one != total:
            yield warn(cum, f"1 月的{word}累计 {show_money(total)} 应与本月 {show_money(one)} 相同，请核对")
        elif total < one:
            yield warn(cum, f"{word}累计 {show_money(total)} 小于本月 {show_money(one)}，请核对")


def _beside(case: Case, last: Mapping[str, int | None] | None, month: str) -> Iterator[Fault]:
    """Against the month before: a cumulative that shrinks, an amount ten times as large (a unit mistaken)."""
    if last is None:
        return
    before = add_to_month(month, -1)
    total, known = case.amount("cum_yuan"), last["cum_yuan"]
    if total is not None and known is not None and before[:4] == month[:4] and total < known:
        yield warn("cum_yuan", f"累计 {show_money(total)} 小于 {before} 的累计 {show_money(known)}，请核对")
    now, was = case.amount("month_yuan"), last["month_yuan"]
    if now and was and min(now, was) > 0 and max(now, was) >= _SMALL and not now / _LEAP < was < now * _LEAP:
        yield warn("month_yuan", f"本月 {show_money(now)}，{before} 是 {show_money(was)}，相差十倍以上，请核对单位")


RULES: Mapping[str, Callable[[Case], Iterator[Fault]]] = {"monthly_output": _monthly_output}
