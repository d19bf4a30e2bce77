"""Signing a month of output off: refused while a severe finding stands unexplained; from then on the month is locked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db.models import MonthFreeze
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.output_health import KIND_WORDS
from chain_office.domain.periods import last_day
from chain_office.queries.output_desk import health
from chain_office.queries.output_desk.signed import sums_of_month

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.output_health import Health

_SHOWN = 8


def obstacles(found: Health, today: date) -> tuple[str, ...]:
    """Why the month cannot be signed off, in words; empty where it can."""
    if found.signed is not None:
        return (f"{found.signed.words}，不用再签",)
    if today < last_day(found.month):
        return (f"{found.month} 还没有结束，月末以后才能签认",)
    if not found.filed:
        return (f"{found.month} 还没有企业报数",)
    return tuple(f"“{one.name}”{KIND_WORDS[one.kind]}：{one.words}" for one in found.waiting)


def sign_off(
    ledger: Ledger, month: str, actor: str, *, day: date | None = None, signed_by: str = "", remark: str = ""
) -> Saved:
    """Sign a month off and lock it; ``signed_by`` is ``actor`` unless somebody else signed. Keeps what the reports add up to.
    Raises :class:`KnownError` naming what stands in the way."""
    on = day or clock.today()
    if on > clock.today():
        raise KnownError(f"签认日期 {on.isoformat()} 还没有到，请改成今天或以前的日期。")
    found = health(ledger, month, clock.today())
    wrong = obstacles(found, on)
    if wrong:
        more = f"；等 {len(wrong)} 项" if len(wrong) > _SHOWN else ""
        ask = "请先改正或写明原因" if found.waiting and found.signed is None else ""
        raise KnownError(f"{month} 产值不能签认：{'；'.join(wrong[:_SHOWN])}{more}。{ask}{'。' if ask else ''}")
    severe = [one for one in found.findings if one.severity == "severe"]
    frozen = {
        **sums_of_month(ledger, month),
        "expected": found.expected,
        "filed": found.filed,
        "explained": len(severe),
    }
    by = signed_by.strip() or actor
    with ledger.write(actor, f"签认 {month} 产值") as writer:
        row_id = writer.insert(
            MonthFreeze,
            {
                "desk": "output",
                "month": month,
                "day": on,
                "signed_by": by,
                "data": json.dumps(frozen, ensure_ascii=False),
                "remark": remark.strip() or None,
            },
        )
        said = f"已签认 {month} 产值（{found.filed} 家已报），本月锁定；以后改动要登记更正"
        return Saved(writer.write_no, "month_freeze", row_id, said)
