"""Rules of needs, matches, grants and drawings. The rungs are compared, never added together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.forms import numbered
from chain_office.domain.forms import Fault
from chain_office.domain.money import show_money
from chain_office.queries.editing.rows import live, row
from chain_office.services.editing.case import not_ahead, not_negative, one_borrower, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from chain_office.queries.editing.rows import Row
    from chain_office.services.editing.case import Case

_WHOSE = ("need_id", "enterprise_id", "park_id")
_DEAR = 15
"""Percent a year above which a rate is asked about."""


def _need(case: Case) -> Iterator[Fault]:
    yield from one_borrower(case)
    yield from _positive(case, "need_yuan")
    yield from not_negative(case, "existing_yuan")
    if not case.is_new and not case.changed.isdisjoint(_WHOSE):
        for match in live(case.ledger, "match", need_id=case.row_id):
            yield Fault(
                "enterprise_id", f"{numbered('match', match['number'])} 对接的是这项需求，主体不能改；请新建一项需求"
            )


def _positive(case: Case, name: str) -> Iterator[Fault]:
    amount = case.amount(name)
    if amount is not None and amount <= 0 and case.touched(name):
        yield Fault(name, f"{case.label(name)}应大于 0，请核对")


def _of_the_need(case: Case) -> Iterator[Fault]:
    after = case.after
    need = row(case.ledger, "need", after["need_id"]) if after["need_id"] else None
    mine = (after["enterprise_id"], after["park_id"])
    if need and mine != (need["enterprise_id"], need["park_id"]) and case.touched(*_WHOSE):
        yield Fault("need_id", "所选的融资需求不是这个融资主体的，请重新选择")


def _match(case: Case) -> Iterator[Fault]:
    yield from one_borrower(case)
    yield from not_negative(case, "intent_yuan")
    yield from not_ahead(case, "intent_day")
    yield from _of_the_need(case)
    after = case.after
    if after["bank_id"] and case.touched("bank_id", "enterprise_id", "park_id", "event_id"):
        same = live(
            case.ledger,
            "match",
            bank_id=after["bank_id"],
            enterprise_id=after["enterprise_id"],
            park_id=after["park_id"],
            event_id=after["event_id"],
        )
        for other in case.others(same)[:1]:
            yield warn(
                "bank_id", f"这家主体与这家银行已有对接（{numbered('match', other['number'])}），请核对是否另一笔"
            )


def _credit(case: Case) -> Iterator[Fault]:
    yield from _positive(case, "granted_yuan")
    yield from not_ahead(case, "day")
    if case.touched("granted_yuan", "match_id"):
        granted = [*case.others(live(case.ledger, "credit", match_id=case.after["match_id"])), case.after]
        drawn = live(case.ledger, "drawdown", match_id=case.after["match_id"])
        yield from _within("granted_yuan", granted, drawn)
    if case.touched("granted_yuan", "day"):
        same = case.others(live(case.ledger, "credit", match_id=case.after["match_id"]))
        yield from _twice(case, same, "granted_yuan", "授信")


def _drawdown(case: Case) -> Iterator[Fault]:
    yield from _positive(case, "drawn_yuan")
    yield from not_ahead(case, "day")
    match, day = case.after["match_id"], case.day("day")
    granted = live(case.ledger, "credit", match_id=match)
    others = case.others(live(case.ledger, "drawdown", match_id=match))
    if case.touched("drawn_yuan", "match_id"):
        yield from _within("drawn_yuan", granted, [*others, case.after])
    first = min((one["day"] for one in granted if one["day"]), default=None)
    if day and first and day < first and case.touched("day"):
        yield warn("day", f"放款时间 {day} 早于授信时间 {first}，请核对")
    rate = case.after["rate"]
    if rate is not None and case.touched("rate"):
        if rate < 0:
            yield Fault("rate", "利率不能是负数")
        elif rate == 0 or rate > _DEAR:
            yield warn("rate", f"利率 {rate}% 少见，请核对")
    if case.touched("drawn_yuan", "day"):
        yield from _twice(case, others, "drawn_yuan", "放款")


def _within(name: str, granted: list[Row], drawn: list[Row]) -> Iterator[Fault]:
    """What was drawn stays within what was granted, if anything was."""
    limit, total = _sum(granted, "granted_yuan"), _sum(drawn, "drawn_yuan")
    if limit and total > limit:
        yield warn(name, f"放款合计 {show_money(total)} 超过授信合计 {show_money(limit)}，请核对")


def _sum(rows: list[Row], column: str) -> int:
    return sum(row[column] or 0 for row in rows)


def _twice(case: Case, others: list[Row], column: str, word: str) -> Iterator[Fault]:
    for other in others:
        if (other[column], other["day"]) == (case.after[column], case.after["day"]):
            yield warn(column, f"已有同日同额的{word}，请核对是否重复")
            return


RULES: Mapping[str, Callable[[Case], Iterator[Fault]]] = {
    "need": _need,
    "match": _match,
    "credit": _credit,
    "drawdown": _drawdown,
}
BETWEEN: Mapping[str, Callable[[Case], Iterator[Fault]]] = {"match": _of_the_need}
"""Those that look at other records: a record that comes back is held to them, however it stood before."""
