"""Figures and lists as an official paper writes them: 亿元 with two decimals, 万元 with none, % with one, 1—9月."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, TypeVar

from chain_office.domain.contacts import mask_phones_in_text
from chain_office.domain.growth import share
from chain_office.domain.percents import show_percent
from chain_office.domain.periods import month_parts
from chain_office.reports.content import Lead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from chain_office.domain.figures import Figure
    from chain_office.reports.content import Block

UNKNOWN: Final = "未掌握"
UNRECORDED: Final = "未登记"
_NUMERALS: Final = "一二三四五六七八九十"
YI, WAN = 100_000_000, 10_000
_FULL_WIDTH: Final = str.maketrans({",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "−": "－"})
Item = TypeVar("Item")


def said(text: str) -> str:
    """A recorded text for a running sentence or a cell: on one line, without a final stop, phones masked."""
    return mask_phones_in_text(" ".join(text.split())).rstrip("。；;，, ")


def quoted(text: str, most: int = 60) -> str:
    """A recorded text inside a sentence, cut short where it would swamp it."""
    words = said(text)
    return f"“{words if len(words) <= most else words[: most - 2] + '……'}”"


def decimals(value: Decimal, places: int) -> str:
    """Rounded half up; never "-0"."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:f}"


def money(yuan: int | None) -> str:
    """235.00亿元, 2600万元, 800元, 未登记."""
    if yuan is None:
        return UNRECORDED
    if abs(yuan) >= YI - WAN // 2:
        return f"{yi(yuan)}亿元"
    if abs(yuan) >= WAN:
        return f"{wan(yuan)}万元"
    return f"{yuan}元"


def yi(yuan: int) -> str:
    """亿元, two decimals."""
    return decimals(Decimal(yuan) / YI, 2)


def wan(yuan: int) -> str:
    """万元, no decimals."""
    return decimals(Decimal(yuan) / WAN, 0)


ROUNDED: Final = "因四舍五入，分项之和与合计略有出入"


def as_shown(yuan: int) -> int:
    """The amount a reader gets from :func:`money`: rounded as it is printed."""
    step = YI // 100 if abs(yuan) >= YI - WAN // 2 else WAN if abs(yuan) >= WAN else 1
    return int((Decimal(yuan) / step).quantize(Decimal(1), rounding=ROUND_HALF_UP)) * step


def growth(percent: Decimal | None) -> str:
    """增长34.5%, 下降3.2%, 持平."""
    if percent is None:
        return f"增幅{UNKNOWN}"
    if percent == 0:
        return "持平"
    return f"{'增长' if percent > 0 else '下降'}{decimals(abs(percent), 1)}%"


def points(difference: Decimal, up: str = "高", down: str = "低") -> str:
    """高7.3个百分点; 持平."""
    rounded = decimals(abs(difference), 1)
    if rounded == "0.0":
        return "持平"
    return f"{up if difference > 0 else down}{rounded}个百分点"


def rate(part: int, whole: int) -> str:
    """77.6%; a share below the whole never prints as 100. Of nothing: —."""
    percent = share(part, whole)
    return "—" if percent is None else show_percent(percent)


def span(first: str, last: str) -> str:
    """ "2021-01", "2021-09" → 2021年1—9月; one month alone is 2021年1月."""
    year, start = month_parts(first)
    until, end = month_parts(last)
    if (year, start) == (until, end):
        return f"{year}年{start}月"
    return f"{year}年{start}—{end}月" if year == until else f"{year}年{start}月—{until}年{end}月"


def month(text: str) -> str:
    """ "2021-09" → 2021年9月."""
    return span(text, text)


def day(value: date, *, beside: date | None = None) -> str:
    """2021年11月19日; without the year where it is that of ``beside``."""
    year = "" if beside is not None and beside.year == value.year else f"{value.year}年"
    return f"{year}{value.month}月{value.day}日"


def iso(value: date | None) -> str:
    """2021-11-19 in a cell; 未登记."""
    return UNRECORDED if value is None else value.isoformat()


def listed(names: Sequence[str], most: int = 8) -> str:
    """A、B、C; of more than ``most`` the first, then 等. Their number belongs into the sentence before them."""
    return "、".join(names[:most]) + ("等" if len(names) > most else "")


def _as_it_is(_key: str, words: str) -> str:
    return words


def counted(
    parts: Iterable[tuple[str, int] | tuple[str, int, str]],
    measure: str = "个",
    *,
    zeros: bool = False,
    link: Callable[[str, str], str] = _as_it_is,
) -> str:
    """已销号45个、办理中6个; parts of nothing only where asked. A part with a key has its number linked to it."""
    return "、".join(
        f"{word}{link(key[0], str(number)) if key else number}{measure}"
        for word, number, *key in parts
        if number or zeros
    )


def tally(items: Iterable[Item], key: Callable[[Item], str]) -> list[tuple[str, int]]:
    """How many of each, most first, then by name."""
    counts: dict[str, int] = {}
    for item in items:
        counts[key(item)] = counts.get(key(item), 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def numbered(parts: Sequence[tuple[str, str]]) -> tuple[Block, ...]:
    """Texts under their lead words, （一）（二）; one alone needs neither."""
    if len(parts) == 1:
        return (parts[0][1],)
    return tuple(Lead(f"（{_NUMERALS[place]}）{lead}。", text) for place, (lead, text) in enumerate(parts))


def figure_text(figure: Figure) -> str:
    """A headline figure in a cell."""
    value = figure.value
    if value is None:
        return UNKNOWN
    if isinstance(value, Decimal):
        return f"{decimals(value, 1)}%"
    if isinstance(value, int):
        return money(value) if figure.unit == "元" else f"{value}{figure.unit}"
    return month(value) if figure.key in {"output.from", "output.to"} else value


def full_width(text: str) -> str:
    """A formula with the punctuation of the paper it stands in."""
    return text.translate(_FULL_WIDTH)
