"""The monthly grid of output: one line a firm, one column a figure, read cell by cell in the unit somebody chose.

A unit is never guessed: a bare number in a grid without one is not understood. Amounts are whole 元; what is shown in 万元 is
only shown so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chain_office.domain.growth import rate
from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.money import MONEY, UNIT_CHOICES, format_money, show_money, unit_factor
from chain_office.domain.plain import cell_text, decimal_text, is_empty_mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

UNITS: Final = ("万元", "千元", "亿元", "元")
"""The units a person chooses among."""
AMOUNTS: Final = ("month_yuan", "cum_yuan", "month_prev_yuan", "cum_prev_yuan")
WORDS: Final = ("stop", "reason", "source")
FIELDS: Final = (*AMOUNTS, *WORDS)
"""What can be typed, by the names of the form's fields."""
LABELS: Final = {
    "month_yuan": "本月", "cum_yuan": "累计", "month_prev_yuan": "上年同月", "cum_prev_yuan": "上年同期", "stop": "生产状态",
    "reason": "增减原因", "source": "来源",
}  # fmt: skip
PLACES: Final = {"元": 0, "千元": 2, "万元": 2, "亿元": 4}


@dataclass(frozen=True, slots=True)
class Known:
    """What a firm reported for one month, in 元; None where it said nothing."""

    month_yuan: int | None = None
    cum_yuan: int | None = None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One firm of the grid. ``row_id`` "": nothing is recorded for the month. ``values``: what is, by field. ``keys``: other
    names, code, number and pinyin initials it may be called by. ``last``: the month before of the same year, ``last_year``:
    the same month a year before, both as the firm reported them then. ``contact``: whom to ask."""

    enterprise_id: str
    number: int
    name: str
    district: str = ""
    row_id: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    last: Known = Known()
    last_year: Known = Known()
    contact: str = ""
    on_register: bool = True

    @property
    def filed(self) -> bool:
        """Whether the firm told an amount for the month."""
        return any(self.values.get(name) is not None for name in ("month_yuan", "cum_yuan"))

    def amount(self, name: str) -> int | None:
        """A recorded amount in 元."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """All lines of a month. ``version``: how much of the ledger's history was read. ``locked``: when and by whom the month
    was signed off, "" while it is open. ``sources``: the words offered for where figures come from."""

    month: str
    lines: tuple[EntryLine, ...]
    version: int
    locked: str = ""
    stops: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[EntryLine, ...]:
        """Firms of the register that have told nothing for the month."""
        return tuple(line for line in self.lines if line.on_register and not line.filed)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a cell: the value it was read as, or the text as it stands and why it is not understood. ``note``:
    what was understood that one might not expect."""

    value: object | None
    text: str = ""
    problem: str = ""
    note: str = ""


def read_cell(name: str, text: str, unit: str) -> Typed:
    """Read what was typed or pasted into a field. ``unit``: the one chosen, "" for none yet."""
    plain = cell_text(text).lstrip("'")
    if name not in AMOUNTS:
        return Typed(plain or None)
    if is_empty_mark(plain):
        return Typed(None)
    try:
        found = MONEY.parse(plain, Context(unit=unit or None))
    except BadValue as bad:
        reason = bad.reason
        if bad.topic == "unit":
            reason = f"“{plain}”没有单位；请先在上面选这批数的单位（{'、'.join(UNIT_CHOICES)}），或写成 {plain}万"
        return Typed(None, plain, reason)
    if found.note:
        return Typed(None, plain, f"数以外还写了“{found.note}”；这里只填数，说明写在“增减原因”里")
    notes = [*found.warnings, *(["按约数写的，记作这个数"] if found.approximate else [])]
    return Typed(found.value, note="；".join(notes))


def edit_text(name: str, value: object | None, unit: str) -> str:
    """A value as it is edited, with nothing rounded away: in the chosen unit, else with its own."""
    if value is None:
        return ""
    if name not in AMOUNTS or not isinstance(value, int):
        return str(value)
    return decimal_text(Decimal(value) / unit_factor(unit)) if unit else MONEY.edit(value)


def lossless(name: str, value: object | None) -> str:
    """A value as a draft keeps it, whatever unit is chosen when it is read again."""
    return MONEY.edit(value) if name in AMOUNTS else str(value or "")


def shown_text(name: str, value: object | None, unit: str) -> str:
    """A value as the grid shows it: rounded to the unit's places where it is not whole."""
    if value is None:
        return ""
    if name in AMOUNTS and isinstance(value, int):
        return amount_text(value, unit)
    return str(value).replace("\n", "；")


def amount_text(yuan: int | None, unit: str) -> str:
    """An amount under a heading that names the unit; with its own unit while none is chosen."""
    if yuan is None:
        return ""
    if not unit:
        return show_money(yuan)
    return format_money(yuan, unit, PLACES[unit] if yuan % unit_factor(unit) else 0)


def proposed(line: EntryLine, month: str, now: Mapping[str, object]) -> dict[str, int]:
    """What could stand in cells that are empty: 累计 as last month's and this one's added up (January's own), last year's as
    the firm reported it then. ``now``: the values of the line as typed so far. Nothing of it counts until confirmed."""
    found: dict[str, int] = {}
    alone = now.get("month_yuan")
    if isinstance(alone, int) and now.get("cum_yuan") is None:
        before = 0 if month.endswith("-01") else line.last.cum_yuan
        if before is not None:
            found["cum_yuan"] = before + alone
    year_ago = {"month_prev_yuan": line.last_year.month_yuan, "cum_prev_yuan": line.last_year.cum_yuan}
    return found | {name: known for name, known in year_ago.items() if known is not None and now.get(name) is None}


def difference(line: EntryLine, month: str, now: Mapping[str, object]) -> int | None:
    """差额: what the cumulative has besides last month's and this month's own (a revision of earlier months), in 元. None while
    one of them is not known."""
    alone, total = now.get("month_yuan"), now.get("cum_yuan")
    before = 0 if month.endswith("-01") else line.last.cum_yuan
    if not isinstance(alone, int) or not isinstance(total, int) or before is None:
        return None
    return total - before - alone


def growth_text(line: EntryLine, now: Mapping[str, object]) -> tuple[str, Decimal | None]:
    """同比 of the cumulative (of the month where no cumulative is told) against the base the line states, else against what
    the firm reported a year ago: what is shown ("新" for a base of zero), and the rate."""
    told = now.get("cum_yuan") is not None
    total = now.get("cum_yuan" if told else "month_yuan")
    stated = now.get("cum_prev_yuan" if told else "month_prev_yuan")
    base = stated if stated is not None else (line.last_year.cum_yuan if told else line.last_year.month_yuan)
    if not isinstance(total, int) or not isinstance(base, int):
        return "", None
    if base == 0:
        return "新", None
    found = rate(total, base)
    return ("" if found is None else f"{found:+}"), found


def chase_text(sheet: EntrySheet, day: date) -> str:
    """The list for a 催报 note: which firms of the register have told nothing for the month, as of ``day``."""
    missing = sheet.missing
    year, month = sheet.month.split("-")
    when = f"{int(year)}年{int(month)}月"
    if not missing:
        return f"截至{day.month}月{day.day}日，{when}产值已全部报送。"
    lines = [f"截至{day.month}月{day.day}日，下列 {len(missing)} 家企业尚未报送{when}产值："]
    for place, line in enumerate(missing, 1):
        more = "，".join(word for word in (line.district, line.contact) if word)
        lines.append(f"{place}. {line.name}{f'（{more}）' if more else ''}")
    return "\n".join(lines)
