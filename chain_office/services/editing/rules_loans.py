"""Rules of needs, matches, grants and drawings. The rungs are compared, never added together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.forms import numbered
from chain_office.domain.forms import Fault
from chain_office.domain.loans import NEAR_DAYS, OF_ITS_OWN
from chain_office.domain.matching import is_refusal
from chain_office.domain.money import show_money
from chain_office.domain.plain import decimal_text
from chain_office.queries.editing.rows import live, row
from chain_office.services.editing.case import not_ahead, not_negative, one_borrower, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from chain_office.queries.editing.rows import Row
    from chain_office.services.editing.case import Case

_WHOSE = ("need_id", "enterprise_id", "park_id")
_DEAR, _CHEAP = 15, 1
"""Percent a year above or below which a rate is asked about."""
_LONGEST_LOAN = 40
"""Years after which a day of repayment is asked about."""


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
    yield from not_ahead(case, "asked_day", "intent_day", "refused_day")
    yield from _of_the_need(case)
    yield from _refusal(case)
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


def _refusal(case: Case) -> Iterator[Fault]:
    """A bank that says no says why: its reason is on the next meeting's table."""
    after = case.after
    refused = after["refused_day"] is not None or is_refusal(after["stage"])
    if refused and not (after["fail_reason"] or "").strip() and case.touched("refused_day", "stage", "fail_reason"):
        yield Fault("fail_reason", "未达成要写明原因（银行怎么答复的），请补填")
    if after["refused_day"] is not None and case.touched("refused_day") and not case.is_new:
        for table, word in (("drawdown", "放款"), ("credit", "授信")):
            if live(case.ledger, table, match_id=case.row_id):
                yield warn("refused_day", f"这笔对接已经有{word}，请核对是否真的未达成")
                return


def _since_event(case: Case) -> Iterator[Fault]:
    """What came of an event did not come before it."""
    match = row(case.ledger, "match", case.after["match_id"]) if case.after["match_id"] else None
    event = row(case.ledger, "meeting", match["event_id"]) if match and match["event_id"] else None
    held: date | None = event["day"] if event else None
    day = case.day("day")
    if day and held and day < held and case.touched("day", "match_id"):
        yield warn("day", f"{case.label('day')} {day} 早于对接会 {held}，请核对")


def _rate(case: Case, name: str) -> Iterator[Fault]:
    """A rate as it is usual, in percent: 0.0435 is a fraction, 435 lost its point."""
    rate: Decimal | None = case.after[name]
    if rate is None or not case.touched(name):
        return
    label = case.label(name)
    if rate < 0:
        yield Fault(name, f"{label}不能是负数")
    elif 0 < rate < _CHEAP and rate * 100 <= _DEAR:
        yield warn(name, f"{label} {decimal_text(rate)}% 少见，若是小数，应为 {decimal_text(rate * 100)}%，请核对")
    elif rate > _DEAR and rate / 100 >= _CHEAP:
        yield warn(name, f"{label} {decimal_text(rate)}% 少见，是不是 {decimal_text(rate / 100)}%？请核对")
    elif rate == 0 or rate > _DEAR:
        yield warn(name, f"{label} {decimal_text(rate)}% 少见，请核对")


def _credit(case: Case) -> Iterator[Fault]:
    yield from _positive(case, "granted_yuan")
    yield from not_ahead(case, "day")
    yield from _since_event(case)
    yield from _rate(case, "granted_rate")
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
    yield from _since_event(case)
    yield from _rate(case, "rate")
    yield from _repayment(case)
    match, day = case.after["match_id"], case.day("day")
    granted = live(case.ledger, "credit", match_id=match)
    others = case.others(live(case.ledger, "drawdown", match_id=match))
    if case.touched("drawn_yuan", "match_id"):
        yield from _within("drawn_yuan", granted, [*others, case.after])
    first = min((one["day"] for one in granted if one["day"]), default=None)
    if day and first and day < first and case.touched("day"):
        yield warn("day", f"放款时间 {day} 早于授信时间 {first}，请核对")
    if case.touched("drawn_yuan", "day"):
        yield from _reported_before(case)


def _repayment(case: Case) -> Iterator[Fault]:
    drawn, end = case.day("day"), case.day("repay_day")
    if end is None or drawn is None or not case.touched("repay_day", "day"):
        return
    if end <= drawn:
        yield Fault("repay_day", f"到期日 {end} 不晚于放款时间 {drawn}，请核对")
    elif end.year - drawn.year > _LONGEST_LOAN:
        yield warn("repay_day", f"到期日 {end} 离放款时间 {drawn} 很远，请核对")


def _reported_before(case: Case) -> Iterator[Fault]:
    """The same money to the same borrower from the same bank, whichever match it was reported under."""
    match, day, yuan = (
        row(case.ledger, "match", case.after["match_id"] or ""),
        case.day("day"),
        case.amount("drawn_yuan"),
    )
    if match is None or day is None or yuan is None or OF_ITS_OWN in (case.after["remark"] or ""):
        return
    whose = {name: match[name] for name in ("enterprise_id", "park_id", "bank_id")}
    for one in live(case.ledger, "match", **whose):
        for other in case.others(live(case.ledger, "drawdown", match_id=one["id"], drawn_yuan=yuan)):
            apart = abs((day - other["day"]).days) if other["day"] else None
            under = "" if one["id"] == match["id"] else f"（记在 {numbered('match', one['number'])} 下）"
            if apart == 0:
                yield warn(
                    "drawn_yuan", f"已有同日同额的放款{under}，请核对是否重复；不是的话在备注写上“{OF_ITS_OWN}”就不再问"
                )
                return
            if apart is not None and apart <= NEAR_DAYS:
                yield warn("drawn_yuan", f"{other['day']} 已有同额的放款{under}，相隔 {apart} 天，请核对是否同一笔")
                return


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


def _loan_review(case: Case) -> Iterator[Fault]:
    """A look-back is of a bank's answer or of a need, made on a day that has come."""
    yield from not_ahead(case, "day")
    after = case.after
    if case.touched("match_id", "need_id"):
        match = row(case.ledger, "match", after["match_id"]) if after["match_id"] else None
        if not after["match_id"] and not after["need_id"]:
            yield Fault("match_id", "没有说回访的是哪笔对接或哪项需求，请选择")
        if match and after["need_id"] and match["need_id"] not in {None, after["need_id"]}:
            yield Fault("need_id", "所选的融资需求不是这笔对接的，请重新选择或留空")
    days = case.amount("after_days")
    if days is not None and days < 0 and case.touched("after_days"):
        yield Fault("after_days", "会后天数不能是负数")


RULES: Mapping[str, Callable[[Case], Iterator[Fault]]] = {
    "need": _need,
    "match": _match,
    "credit": _credit,
    "drawdown": _drawdown,
    "loan_review": _loan_review,
}
BETWEEN: Mapping[str, Callable[[Case], Iterator[Fault]]] = {"match": _of_the_need}
"""Those that look at other records: a record that comes back is held to them, however it stood before."""
