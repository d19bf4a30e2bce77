"""Output taken apart: the same sums for every segment, district, park or enterprise, which add up to the whole exactly.

Everything is summed in whole 元; a percentage or a point is worked out from the sums and rounded when it is shown, so parts
are never forced to fit. 拉动 of a part is its change over the base of *all* (百分点, two decimals); 贡献率 its change over the
change of all; 增长面 the firms that grew among those with a positive base. Firms with base 0 (新建投产) count in the sums and
in no share of risers.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, Literal

from chain_office.domain.growth import rate, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

By = Literal["segment", "district", "park", "enterprise"]
BY: Final[tuple[By, ...]] = ("segment", "district", "park", "enterprise")
BY_WORDS: Final[Mapping[str, str]] = {
    "segment": "产业链环节", "district": "县市区", "park": "园区", "enterprise": "企业",
}  # fmt: skip
WITHOUT: Final[Mapping[str, str]] = {"segment": "未分环节", "district": "未填县市区", "park": "不在园区"}
"""What the part of the firms that belong to none is called."""
FEW: Final = 3
"""A part of fewer firms is not told outward: it would give a firm's own figure away."""
ROUNDING: Final = (
    "各部分的元数相加等于总数，一元不差；增速、比重、贡献率保留一位小数，拉动保留两位小数，"
    "都由元数算出后四舍五入，不作配平，尾数相加可能与总数略有出入"
)
_POINT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One firm over a stretch of months (the month alone, or January to it), in 元; None where nothing is known.

    ``base_yuan``: its prior-year base (0: newly built). ``last_yuan``: what it counted for in last year's total of the
    same months as published then; None where it did not count."""

    total_yuan: int | None = None
    base_yuan: int | None = None
    last_yuan: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One firm of this year's or last year's total. ``kind``: how it entered the register (promoted, new_build, None).
    ``gone``: it left the register by the date. ``entered``: it counts this year and did not last year.
    ``plain``: its cumulatives of both years reach the last month, so that they tell of the same months."""

    id: str
    number: int
    name: str
    segment_id: str | None
    district_id: str | None
    park_id: str | None
    kind: str | None
    gone: bool
    entered: bool
    plain: bool
    cum: Stretch
    month: Stretch


@dataclass(frozen=True, slots=True)
class Amounts:
    """The sums of some firms beside those of all, in 元. ``total_yuan``/``base_yuan``: the same firms on both sides (None:
    no firm of the part is in the sample; base None with a total: no firm at all has a base). ``published_yuan``,
    ``last_published_yuan``: whoever reported. ``firms``: in the sample; ``based``: of them with a positive base."""

    total_yuan: int | None
    base_yuan: int | None
    published_yuan: int | None
    last_published_yuan: int | None
    firms: int
    based: int
    rising: int
    falling: int
    all_total_yuan: int | None
    all_base_yuan: int | None

    @property
    def change_yuan(self) -> int | None:
        """Total − base."""
        return None if self.total_yuan is None or self.base_yuan is None else self.total_yuan - self.base_yuan

    @property
    def yoy_percent(self) -> Decimal | None:
        """Same-sample growth, Σ over Σ."""
        return rate(self.total_yuan, self.base_yuan)

    @property
    def nominal_percent(self) -> Decimal | None:
        """This year's over last year's as published."""
        return rate(self.published_yuan, self.last_published_yuan)

    @property
    def pull_points(self) -> Decimal | None:
        """拉动: how many percentage points of the whole's growth this part makes; two decimals, half up."""
        change, base = self.change_yuan, self.all_base_yuan
        if change is None or base is None or base <= 0:
            return None
        return (Decimal(change) * 100 / Decimal(base)).quantize(_POINT, rounding=ROUND_HALF_UP) + 0  # no −0.00

    @property
    def contribution_percent(self) -> Decimal | None:
        """贡献率: this part's change over the whole's change, in percent; None where the whole did not change."""
        change, total, base = self.change_yuan, self.all_total_yuan, self.all_base_yuan
        return None if change is None or total is None or base is None else _signed_share(change, total - base)

    @property
    def share_percent(self) -> Decimal | None:
        """比重: this part's output over that of all, in percent."""
        whole = self.all_total_yuan
        return None if self.total_yuan is None or not whole else share(self.total_yuan, whole)

    @property
    def rising_percent(self) -> Decimal | None:
        """增长面: firms that grew over firms with a positive base, in percent."""
        return share(self.rising, self.based) if self.based else None


def _signed_share(part: int, whole: int) -> Decimal | None:
    """part / whole in percent where either may be negative."""
    if whole == 0:
        return None
    return share(part, whole) if whole > 0 else share(-part, -whole)


@dataclass(frozen=True, slots=True)
class Group:
    """One part: ``key`` None for the firms that belong to none. ``members``: every firm behind it, leavers included."""

    key: str | None
    name: str
    cum: Amounts
    month: Amounts
    members: tuple[Member, ...]

    @property
    def few(self) -> bool:
        """So few firms that the figure is not told outward."""
        return self.cum.firms < FEW


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Output at ``day`` by ``by``, January to ``to_month`` (both None: nothing is recorded). ``groups``: most output first,
    the firms that belong to none last. ``stated``: last year's total is a stated 上年公布数 (of the whole; the parts' are what
    their firms reported)."""

    day: date
    by: By
    from_month: str | None
    to_month: str | None
    stated: bool
    whole: Group
    groups: tuple[Group, ...]

    @property
    def members(self) -> tuple[Member, ...]:
        """Every firm, by number."""
        return self.whole.members

    @property
    def entrants(self) -> tuple[Member, ...]:
        """Firms that count this year and did not last year; ``kind`` says how they entered."""
        return tuple(one for one in self.members if one.entered)

    @property
    def leavers(self) -> tuple[Member, ...]:
        """Firms of last year's total that left the register by the date: on neither side."""
        return tuple(one for one in self.members if one.cum.total_yuan is None and one.gone)

    @property
    def silent(self) -> tuple[Member, ...]:
        """Firms of last year's total that are on the register and have told nothing this year: on neither side."""
        return tuple(one for one in self.members if one.cum.total_yuan is None and not one.gone)

    @property
    def without_base(self) -> tuple[Member, ...]:
        """Firms with output whose base is not known: on neither side."""
        return tuple(one for one in self.members if one.cum.total_yuan is not None and one.cum.base_yuan is None)

    @property
    def rising(self) -> tuple[Member, ...]:
        """The firms behind 增长面's numerator."""
        return tuple(one for one in self.members if _direction(one.cum) > 0)

    def ranked(self, key: Literal["growth", "pull"], number: int, *, lowest: bool = False) -> tuple[Group, ...]:
        """The firms that grew or pulled most (least with ``lowest``), each a part of its own; by growth only firms with a
        positive base. Ties go by number."""
        able = [one for one in self.members if _in_sample(one.cum) and (key == "pull" or (one.cum.base_yuan or 0) > 0)]

        def order(one: Member) -> tuple[Decimal | int, int]:
            total, base = one.cum.total_yuan or 0, one.cum.base_yuan or 0
            value = Decimal(total - base) / Decimal(base) if key == "growth" else total - base
            return (value if lowest else -value, one.number)

        chosen = sorted(able, key=order)[:number]
        return tuple(_group(one.id, one.name, (one,), self.whole) for one in chosen)


def _in_sample(one: Stretch) -> bool:
    return one.total_yuan is not None and one.base_yuan is not None


def _direction(one: Stretch) -> int:
    """1 for a firm that grew on a positive base, −1 for one that fell, else 0."""
    if one.total_yuan is None or one.base_yuan is None or one.base_yuan <= 0:
        return 0
    return (one.total_yuan > one.base_yuan) - (one.total_yuan < one.base_yuan)


def break_down(
    day: date,
    by: By,
    months: tuple[str, str] | None,
    members: Sequence[Member],
    names: Mapping[str, str],
    stated_yuan: int | None = None,
) -> Breakdown:
    """Sum the firms by segment, district, park or enterprise. ``names``: of the parts by id, in the order they stand at
    equal output; ``stated_yuan``: a stated 上年公布数 of the whole."""
    every = tuple(sorted(members, key=lambda one: (one.number, one.id)))
    whole = _whole(every, stated_yuan)
    parts: dict[str | None, list[Member]] = {}
    key_of = _KEYS[by]
    for one in every:
        parts.setdefault(key_of(one), []).append(one)
    places = {key: place for place, key in enumerate(names)}
    groups = [
        _group(key, names.get(key, key) if key else WITHOUT.get(by, ""), some, whole) for key, some in parts.items()
    ]
    groups.sort(key=lambda one: (one.key is None, -(one.cum.published_yuan or 0), places.get(one.key or "", 0)))
    first, last = months or (None, None)
    return Breakdown(day, by, first, last, stated_yuan is not None, whole, tuple(groups))


_KEYS: Final[Mapping[str, Callable[[Member], str | None]]] = {
    "segment": lambda one: one.segment_id,
    "district": lambda one: one.district_id,
    "park": lambda one: one.park_id,
    "enterprise": lambda one: one.id,
}


def _whole(members: tuple[Member, ...], stated_yuan: int | None) -> Group:
    sides: list[Amounts] = []
    for told in ([one.cum for one in members], [one.month for one in members]):
        all_total, all_base = _sums(told, everyone=not any(_in_sample(one) for one in told))
        sides.append(_amounts(told, all_total, all_base, stated_yuan if not sides else None))
    return Group(None, "合计", sides[0], sides[1], members)


def _group(key: str | None, name: str, members: Iterable[Member], whole: Group) -> Group:
    some = tuple(members)
    cum = _amounts([one.cum for one in some], whole.cum.all_total_yuan, whole.cum.all_base_yuan)
    month = _amounts([one.month for one in some], whole.month.all_total_yuan, whole.month.all_base_yuan)
    return Group(key, name, cum, month, some)


def _sums(told: Iterable[Stretch], *, everyone: bool) -> tuple[int | None, int | None]:
    """Σ total and Σ base of the same firms; of everyone's totals, without a base, where no firm at all has one."""
    totals: list[int] = []
    bases: list[int] = []
    for one in told:
        if one.total_yuan is None or (one.base_yuan is None and not everyone):
            continue
        totals.append(one.total_yuan)
        bases.append(one.base_yuan or 0)
    if not totals:
        return None, None
    return sum(totals), None if everyone else sum(bases)


def _amounts(
    told: Sequence[Stretch], all_total: int | None, all_base: int | None, stated_yuan: int | None = None
) -> Amounts:
    everyone = all_base is None
    total, base = _sums(told, everyone=everyone)
    directions = [_direction(one) for one in told]
    return Amounts(
        total,
        base,
        _added(one.total_yuan for one in told),
        stated_yuan if stated_yuan is not None else _added(one.last_yuan for one in told),
        sum(1 for one in told if one.total_yuan is not None and (everyone or one.base_yuan is not None)),
        sum(1 for one in told if one.total_yuan is not None and (one.base_yuan or 0) > 0),
        directions.count(1),
        directions.count(-1),
        all_total,
        all_base,
    )


def _added(values: Iterable[int | None]) -> int | None:
    known = [one for one in values if one is not None]
    return sum(known) if known else None
