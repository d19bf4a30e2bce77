"""The loan ladder 需求 → 意向 → 授信 → 放款: each rung counted and summed by itself, never across rungs, however the loans are
cut (by bank, by borrower, by event). Pure arithmetic over what one borrower and one bank did by a day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from chain_office.domain.growth import share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

NEW, RENEWED = "新增", "续贷"
RUNGS: Final = ("need", "intent", "granted", "drawn")
"""The rungs, the lowest first."""
WORDS: Final = {"need": "需求", "intent": "意向", "granted": "授信", "drawn": "放款"}
STAGE_WORDS: Final = {
    "drawn": "放款", "granted": "授信", "intent": "意向", "refused": "未达成", "asked": "已推送", "none": "未对接",
}  # fmt: skip
"""How far a bank's answer has come at a day, as the window says it."""
PARTY_WORDS: Final = {"firm": "", "off": "名册外", "park": "园区", "": ""}
"""What a borrower is, beside its name: a firm on the register needs no word."""
LANDED_YUAN: Final = "落地率（金额）= 放款 ÷ 授信"
LANDED_PARTIES: Final = "落地率（户数）= 放款户数 ÷ 对接户数（达成意向及以上的不同主体）"
MEAN_RATE: Final = "加权平均利率 = Σ（放款金额 × 利率）÷ Σ 放款金额，只算记了利率的放款"
OF_ITS_OWN: Final = "另一笔"
"""In a drawing's remark: somebody looked at it, it is no second report of another loan."""
NEAR_DAYS: Final = 31
"""Two drawings of one amount within so many days are asked about."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a borrower asks for, in 元 (None: no amount on record). ``party``: firm, off (not on the register), park."""

    id: str
    number: int
    borrower_id: str
    borrower: str
    party: str
    event_id: str
    yuan: int | None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """One 放款. ``borrowed_day``: it had none of its own and took the event's. ``kind``: 新增, 续贷 or ""."""

    id: str
    yuan: int
    day: date
    kind: str = ""
    rate: Decimal | None = None
    term: str = ""
    repay_day: date | None = None
    approximate: bool = False
    borrowed_day: bool = False
    settled: bool = False
    """Somebody looked at it and said it is a loan of its own."""


@dataclass(frozen=True, slots=True)
class Deal:
    """What one bank and one borrower had come to by a day. ``stage``: see :data:`STAGE_WORDS`; ``matched``: 意向 or beyond.
    ``intent_yuan`` None: no amount; ``granted_yuan`` None: nothing granted is on record."""

    id: str
    number: int
    borrower_id: str
    borrower: str
    party: str
    bank_id: str
    bank: str
    event_id: str
    need_id: str
    stage: str
    matched: bool
    intent_yuan: int | None = None
    granted_yuan: int | None = None
    granted_day: date | None = None
    """The last grant's."""
    drawings: tuple[Drawing, ...] = ()
    reason: str = ""
    refused_day: date | None = None
    approximate: int = 0
    """Amounts of it that are 约 or 余 (意向 and 授信; drawings say so themselves)."""
    borrowed_days: int = 0
    """Grants dated by the event."""
    known_day: date | None = None
    """The last day anything happened."""

    @property
    def drawn_yuan(self) -> int | None:
        """Σ 放款; None where nothing is drawn."""
        return sum(one.yuan for one in self.drawings) if self.drawings else None

    @property
    def refused(self) -> bool:
        return self.stage == "refused"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: distinct borrowers, answers (or needs, or drawings) counted, Σ in 元. ``yuan`` None: the rung was reached but
    no amount is on record."""

    parties: int
    count: int
    yuan: int | None


@dataclass(frozen=True, slots=True)
class LadderRow:
    """The ladder of a bank, a borrower or all. ``id`` "" with ``name``: those without a bank. Money in 元."""

    id: str
    name: str
    party: str
    need: Rung
    intent: Rung
    granted: Rung
    drawn: Rung
    new_yuan: int
    renewed_yuan: int
    unsaid_yuan: int
    rate: Decimal | None
    rated: int
    refused: int
    approximate: int
    borrowed_days: int
    enterprises: int
    parks: int
    off_register: int
    banks: int

    @property
    def landed_yuan(self) -> Decimal | None:
        """放款 ÷ 授信, percent with one decimal; None of nothing granted."""
        if self.granted.yuan is None or self.drawn.yuan is None:
            return None
        return share(self.drawn.yuan, self.granted.yuan)

    @property
    def landed_parties(self) -> Decimal | None:
        """Borrowers that drew ÷ borrowers matched, percent with one decimal; None of nobody matched."""
        return share(self.drawn.parties, self.intent.parties)

    def rung(self, key: str) -> Rung:
        """A rung by its key."""
        found = {"need": self.need, "intent": self.intent, "granted": self.granted, "drawn": self.drawn}
        return found[key]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The whole ladder at a day: the total, by bank (most drawn first), by borrower (largest need first)."""

    day: date
    total: LadderRow
    banks: tuple[LadderRow, ...]
    borrowers: tuple[LadderRow, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two drawings that may be one loan reported twice: the later beside the earlier, and why it is asked."""

    deal: Deal
    drawing: Drawing
    other_deal: Deal
    other: Drawing
    why: str


def mean_rate(drawings: Iterable[Drawing]) -> Decimal | None:
    """The amount-weighted mean of the rates on record, percent with two decimals, half up; None where none is."""
    known = [(one.yuan, one.rate) for one in drawings if one.rate is not None and one.yuan > 0]
    weight = sum(yuan for yuan, _ in known)
    if not weight:
        return None
    total = sum((Decimal(yuan) * rate for yuan, rate in known), Decimal(0))
    return (total / weight).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def ladder(day: date, needs: Sequence[Need], deals: Sequence[Deal]) -> Ladder:
    """The ladder of these needs and deals. A need brought to several banks stands with each of them and once in the
    total, as does a borrower; every 意向, 授信 and 放款 stands with one bank and one borrower."""
    by_id = {one.id: one for one in needs}
    banks = []
    for (key, name), mine in _grouped(deals, lambda one: (one.bank_id, one.bank)).items():
        theirs = {one.need_id: by_id[one.need_id] for one in mine if one.need_id in by_id}
        banks.append(_row(key, name, "", list(theirs.values()), mine))
    of_borrower = _grouped(deals, lambda one: (one.borrower_id, one.borrower))
    asked: dict[tuple[str, str], list[Need]] = {}
    for need in needs:
        asked.setdefault((need.borrower_id, need.borrower), []).append(need)
    borrowers = [
        _row(*key, _party(asked.get(key, []), of_borrower.get(key, [])), asked.get(key, []), of_borrower.get(key, []))
        for key in {**asked, **of_borrower}
    ]
    banks.sort(key=lambda row: (-(row.drawn.yuan or 0), -(row.granted.yuan or 0), -(row.intent.yuan or 0), row.name))
    borrowers.sort(key=lambda row: (row.party == "park", -(row.drawn.yuan or 0), -(row.need.yuan or 0), row.name))
    return Ladder(day, _row("", "合计", "", needs, deals), tuple(banks), tuple(borrowers))


def _party(needs: Sequence[Need], deals: Sequence[Deal]) -> str:
    return next((one.party for one in needs), next((one.party for one in deals), ""))


def _grouped(deals: Iterable[Deal], key: Callable[[Deal], tuple[str, str]]) -> dict[tuple[str, str], list[Deal]]:
    found: dict[tuple[str, str], list[Deal]] = {}
    for one in deals:
        found.setdefault(key(one), []).append(one)
    return found


def _row(row_id: str, name: str, party: str, needs: Sequence[Need], deals: Sequence[Deal]) -> LadderRow:
    """One pass over the deals: a ladder of every borrower of a chain has tens of thousands of rows."""
    who: dict[str, str] = {}
    granted_who, drawn_who, banks = set(), set(), set()
    intents: list[int | None] = []
    grants: list[int] = []
    drawings: list[Drawing] = []
    refused = approximate = borrowed_days = 0
    for one in deals:
        if one.matched:
            who[one.borrower_id] = one.party
            intents.append(one.intent_yuan)
            banks.add(one.bank_id)
        if one.granted_yuan is not None:
            grants.append(one.granted_yuan)
            granted_who.add(one.borrower_id)
        if one.drawings:
            drawings += one.drawings
            drawn_who.add(one.borrower_id)
        refused += one.stage == "refused"
        approximate += one.approximate
        borrowed_days += one.borrowed_days
    total = new = renewed = rated = 0
    for drawn in drawings:
        total += drawn.yuan
        new += drawn.yuan if drawn.kind == NEW else 0
        renewed += drawn.yuan if drawn.kind == RENEWED else 0
        rated += drawn.rate is not None
        approximate += drawn.approximate
        borrowed_days += drawn.borrowed_day
    parties = list(who.values())
    return LadderRow(
        row_id, name, party,
        Rung(len({one.borrower_id for one in needs}), len(needs), _sum([one.yuan for one in needs])),
        Rung(len(who), len(intents), _sum(intents)),
        Rung(len(granted_who), len(grants), None if drawings and not grants else sum(grants)),
        Rung(len(drawn_who), len(drawings), total),
        new, renewed, total - new - renewed, mean_rate(drawings) if rated else None, rated, refused,
        approximate + sum(one.approximate for one in needs), borrowed_days,
        parties.count("firm") + parties.count("off"), parties.count("park"), parties.count("off"), len(banks - {""}),
    )  # fmt: skip


def empty_row(row_id: str, name: str) -> LadderRow:
    """The row of a bank that has answered nobody yet."""
    return _row(row_id, name, "", (), ())


def _sum(amounts: Sequence[int | None]) -> int | None:
    """Σ of what is known; 0 of nothing; None where there is something and none of it has an amount."""
    known = [one for one in amounts if one is not None]
    return sum(known) if known or not amounts else None


def doubts(deals: Iterable[Deal]) -> tuple[Doubt, ...]:
    """Drawings of one borrower, bank and amount that may be one loan: on the same day, within 31 days, or reported under
    two matches. Pointed out only; nothing is left out of any sum."""
    same: dict[tuple[str, str, int], list[tuple[Deal, Drawing]]] = {}
    for deal in deals:
        for one in deal.drawings:
            same.setdefault((deal.borrower_id, deal.bank_id, one.yuan), []).append((deal, one))
    found = []
    for alike in (one for one in same.values() if len(one) > 1):
        alike.sort(key=lambda pair: (pair[1].day, pair[1].id))
        for place, (deal, one) in enumerate(alike[1:], start=1):
            before_deal, before = alike[place - 1]
            why = "" if one.settled else _why_doubtful(deal, one, before_deal, before)
            if why:
                found.append(Doubt(deal, one, before_deal, before, why))
    return tuple(sorted(found, key=lambda doubt: (doubt.drawing.day, doubt.drawing.id)))


def _why_doubtful(deal: Deal, one: Drawing, before_deal: Deal, before: Drawing) -> str:
    apart = (one.day - before.day).days
    if apart == 0:
        return "同一主体、同一银行、同日、同额"
    if apart <= NEAR_DAYS:
        return f"同一主体、同一银行、同额，相隔 {apart} 天"
    return "两次对接各报了一笔同额放款" if deal.id != before_deal.id else ""
