"""时限: how many working days the office gives for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chain_office.db.models import TimeLimit
from chain_office.domain.forms import Fault, Faulty, Saved
from chain_office.domain.names import name_key
from chain_office.domain.numbers import small_number
from chain_office.queries.settings_days import stored_limits
from chain_office.services.settings.texts import look_at, refuse, tidy

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_LABELS = {"name": "事项", "days": "工作日", "remark": "依据"}
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit; ``days`` None where the office has not set it."""

    id: str
    version: int
    name: str
    days: int | None
    remark: str


def read_limits(ledger: Ledger) -> tuple[Limit, ...]:
    """All limits in the order they came."""
    return tuple(Limit(*row) for row in stored_limits(ledger))


def save_limit(ledger: Ledger, limit: Limit, name: str, text: str, actor: str, *, insist: bool = False) -> Saved | None:
    """Change one cell ("name", "days", "remark"); None when it was that already. Raises Faulty."""
    value = _read(ledger, limit.id, name, text, insist=insist)
    if value == (getattr(limit, name) or None):
        return None
    said = f"时限“{limit.name}”的{_LABELS[name]}已改为“{value if value is not None else ''}”"
    with ledger.write(actor, said) as writer:
        writer.update(TimeLimit, limit.id, {name: value}, version=limit.version)
    return Saved(writer.write_no, "time_limit", limit.id, said)


def add_limit(ledger: Ledger, text: str, actor: str, *, insist: bool = False) -> Saved:
    """Add a limit by what it limits."""
    name = _read(ledger, "", "name", text, insist=insist)
    said = f"已新增时限“{name}”"
    with ledger.write(actor, said) as writer:
        row_id = writer.insert(TimeLimit, {"name": name})
    return Saved(writer.write_no, "time_limit", row_id, said)


def bin_limit(ledger: Ledger, limit: Limit, actor: str) -> Saved:
    """Move a limit to the bin."""
    said = f"时限“{limit.name}”已移入回收站"
    with ledger.write(actor, said) as writer:
        writer.bin(TimeLimit, limit.id, version=limit.version)
    return Saved(writer.write_no, "time_limit", limit.id, said)


def _read(ledger: Ledger, row_id: str, name: str, text: str, *, insist: bool) -> Any:
    value = tidy(text)
    refuse(look_at(name, _LABELS[name], value, insist=insist))
    if name == "days":
        return _days(value)
    if name == "name":
        if not value:
            raise Faulty((Fault(name, "“事项”不能空着"),))
        if any(other.id != row_id and name_key(other.name) == name_key(value) for other in read_limits(ledger)):
            raise Faulty((Fault(name, f"已经有“{value}”的时限了，请直接改那一行"),))
    return value or None


def _days(text: str) -> int | None:
    number = text.removesuffix("天").removesuffix("工作日").removesuffix("个").strip()
    if not number:
        return None
    days = small_number(number)
    if days is None or not 0 <= days <= _MOST:
        raise Faulty((Fault("days", f"“{text}”不是工作日数；请填 0 到 {_MOST} 的整数"),))
    return days
