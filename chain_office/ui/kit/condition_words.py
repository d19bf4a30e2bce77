"""What a filter of a heading is in words, on its chip; and what people type as its bounds."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chain_office.domain.days import DAY
from chain_office.domain.kinds import Context
from chain_office.domain.money import read_money, show_money
from chain_office.domain.numbers import parse_number
from chain_office.queries.facets import Contains, OneOf
from chain_office.queries.views import WITHOUT

if TYPE_CHECKING:
    from datetime import date

    from chain_office.queries.facets import Condition, Kind

_TOLD: Final = 3
_LONGEST: Final = 40
Bound = str | int | float | None


def said(heading: str, condition: Condition, kind: Kind) -> str:
    """牵头单位：市工信局、市发改委 / 办结时限：2021-10-01 至 2021-12-31 / 总投资：3,000 万元 以上 / 问题：含“用工”."""
    heading = heading.partition("（")[0]
    if isinstance(condition, Contains):
        return _cut(f"{heading}：含“{condition.text}”")
    if isinstance(condition, OneOf):
        words = condition.words or tuple(one or WITHOUT for one in condition.values)
        more = f" 等 {len(words)} 项" if len(words) > _TOLD else ""
        return _cut(f"{heading}：{'、'.join(words[:_TOLD])}", more)
    low, high = (show_bound(one, kind) for one in (condition.low, condition.high))
    if low and high:
        return f"{heading}：{low} 至 {high}" if low != high else f"{heading}：{low}"
    word = ("起", "止") if kind == "day" else ("以上", "以下")
    return f"{heading}：{low} {word[0]}" if low else f"{heading}：{high} {word[1]}"


def _cut(text: str, more: str = "") -> str:
    return (text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…") + more


def show_bound(bound: Bound, kind: Kind) -> str:
    """A bound for reading; "" for none."""
    if bound is None:
        return ""
    return show_money(int(bound)) if kind == "amount" else str(bound)


def edit_bound(bound: Bound, kind: Kind) -> str:
    """A bound as it is typed: amounts in 万元."""
    if bound is None:
        return ""
    return f"{Decimal(bound) / 10_000:f}" if kind == "amount" else str(bound)


def read_bound(text: str, kind: Kind, day: date, *, low: bool) -> Bound:
    """What was typed as a bound; None for nothing. A month or a year is meant from its first day, or up to its last.
    Raises BadValue."""
    if not text.strip():
        return None
    if kind == "amount":
        value = read_money(text, Context(unit="万元")).value
        return value if isinstance(value, int) else None
    if kind == "day":
        return _read_day(text, day, low=low)
    number = parse_number(text.strip().removesuffix("%").upper().lstrip("QYZFWTXM"))
    return int(number) if number == number.to_integral_value() else float(number)


def _read_day(text: str, today: date, *, low: bool) -> str | None:
    reading = DAY.parse(text, Context(year=today.year))
    found = reading.value
    if found is None:
        return None
    end: date = found  # type: ignore[assignment]
    if not low:
        return end.isoformat()
    first = {
        "month": end.replace(day=1),
        "quarter": (end.replace(day=1) - timedelta(days=40)).replace(day=1),
        "year": end.replace(month=1, day=1),
    }
    return first.get(reading.precision, end).isoformat()
