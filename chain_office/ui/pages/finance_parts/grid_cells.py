"""What the grid of needs and banks shows: a line a borrower, a column a bank, every rung's sums at its own edge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.domain.loans import PARTY_WORDS, RUNGS, STAGE_WORDS, WORDS, empty_row
from chain_office.domain.money import format_money
from chain_office.services.finance_report import exact_wan
from chain_office.ui.kit.figures_table import Cell, FiguresRow, Measured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.domain.loans import Deal, Ladder, LadderRow
    from chain_office.queries.finance_desk import Standing

MOST: Final = 600
"""So many borrowers are shown, those with most money; the sums are of all."""
FEW: Final = 8
"""So many banks on record, and all have a column from the start."""
NAME, NEED = "borrower", "need"
BANK: Final = "bank:"
TOTAL: Final = "total:"
SUMMED: Final = ("intent", "granted", "drawn")
LIGHTS: Final = {
    "drawn": "green", "granted": "blue", "intent": "amber", "refused": "red", "asked": "quiet", "none": "quiet",
}  # fmt: skip
_ORDER: Final = tuple(STAGE_WORDS)
_TAIL: Final = re.compile(r"(?:股份)?有限(?:责任)?公司$")
HOW_TO_READ: Final = "放款 7,000/8,000 是授信 8,000、已放款 7,000"
BRIEFLY: Final = "窗口窄，格里只写头一个字（放款、授信、意向）和整万元，指着看全文"
_CELL: Final = f"到哪一步和金额（万元）；{HOW_TO_READ}"
_BANK_WIDTH, _SUM_WIDTH = 84, 62
_RANKS: Final = {"intent": 2, "granted": 1, "drawn": 0}
"""Which sums give way first where the window is narrow; the lines above the borrowers have them too."""
_SAID: Final = {
    "intent": "达成意向及以上的意向金额之和",
    "granted": "截止日以前的授信之和",
    "drawn": "截止日以前的放款之和，一笔只计一次",
}


@dataclass(frozen=True, slots=True)
class GridTable:
    """The columns and lines of the grid. ``banks``: those there are, ``shown``: ids of those with a column; ``left_out``: so
    many borrowers are not."""

    columns: tuple[Measured, ...]
    rows: tuple[FiguresRow, ...]
    banks: tuple[LadderRow, ...]
    shown: frozenset[str]
    borrowers: int
    left_out: int


def short_name(name: str) -> str:
    """A borrower in a narrow column: without what every firm is called."""
    return _TAIL.sub("", name) or name


def marked(name: str, party: str) -> str:
    """A borrower in a narrow column, with what it is where its name does not say so."""
    word = PARTY_WORDS[party]
    return f"{short_name(name)}［{word}］" if word and word not in name else short_name(name)


def best(deals: Sequence[Deal]) -> Deal | None:
    """Of several answers of one bank the one that came furthest, the newest of those."""
    return min(deals, key=lambda one: (_ORDER.index(one.stage), -one.number), default=None)


def cell_text(deals: Sequence[Deal]) -> str:
    """放款 7,000/8,000 (drawn of granted), 授信 5,000, 意向 3,000, 未达成; "" where nothing is on record. 万元."""
    deal = best(deals)
    if deal is None:
        return ""
    word, more = STAGE_WORDS[deal.stage], f"（{len(deals)} 笔）" if len(deals) > 1 else ""
    granted = [one.granted_yuan for one in deals if one.granted_yuan is not None]
    if deal.stage == "drawn":
        drawn = sum(one.drawn_yuan or 0 for one in deals)
        of = f"/{exact_wan(sum(granted))}" if granted and sum(granted) != drawn else ""
        return f"{word} {exact_wan(drawn)}{of}{more}"
    amount = sum(granted) if deal.stage == "granted" else _sum([one.intent_yuan for one in deals])
    return f"{word} {exact_wan(amount)}{more}" if amount is not None else f"{word}{more}"


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [one for one in amounts if one is not None]
    return sum(known) if known else None


def brief_text(deals: Sequence[Deal]) -> str:
    """The same in a narrow cell: 放 7,000, 授 5,000, 意 3,000, 未达成; whole 万元, the last half up."""
    deal = best(deals)
    if deal is None:
        return ""
    amounts = {
        "drawn": _sum([one.drawn_yuan for one in deals]),
        "granted": _sum([one.granted_yuan for one in deals]),
        "intent": _sum([one.intent_yuan for one in deals]),
    }
    amount = amounts.get(deal.stage)
    return f"{STAGE_WORDS[deal.stage][0]} {format_money(amount, '万元', 0)}" if amount else STAGE_WORDS[deal.stage]


def all_banks(ladder: Ladder, known: Sequence[tuple[str, str]]) -> tuple[LadderRow, ...]:
    """The banks that answered somebody, then those of the book of names that have not."""
    there = {one.id for one in ladder.banks}
    return (*ladder.banks, *(empty_row(*one) for one in known if one[0] not in there))


def shown_banks(banks: Sequence[LadderRow], ladder: Ladder, wanted: Mapping[str, bool]) -> tuple[LadderRow, ...]:
    """The banks that get a column. ``wanted``: what was said of some by name; of the others those show that answered
    somebody, and all of them where there are few."""
    few, active = len(banks) <= FEW, {one.id for one in ladder.banks}
    return tuple(one for one in banks if wanted.get(one.name, few or one.id in active))


def grid_table(
    found: Standing, ladder: Ladder, known: Sequence[tuple[str, str]] = (), wanted: Mapping[str, bool] | None = None
) -> GridTable:
    """The grid of what stands at a day. ``known``: id and name of every bank on record; ``wanted``: see
    :func:`shown_banks`."""
    every = all_banks(ladder, known)
    across = shown_banks(every, ladder, wanted or {})
    pairs: dict[tuple[str, str], list[Deal]] = {}
    for deal in found.deals:
        pairs.setdefault((deal.borrower_id, deal.bank_id), []).append(deal)
    shown = ladder.borrowers[:MOST]
    columns = (
        Measured(NAME, "融资主体", "有融资需求或与银行对接过的企业、园区", 132, right=False),
        Measured(NEED, "需求", "登记的融资需求金额，万元", 62, unit="元"),
        *(
            Measured(BANK + bank.id, bank.name, f"{bank.name}：{_CELL}", _BANK_WIDTH, unit="元")
            for bank in across
        ),
        *(
            Measured(key, WORDS[key], f"{_SAID[key]}，万元，与别的阶段不相加", _SUM_WIDTH, rank=_RANKS[key], unit="元")
            for key in SUMMED
        ),
    )  # fmt: skip
    rows = [_total(key, ladder, across) for key in RUNGS]
    rows += [_line(one, across, pairs) for one in shown]
    left_out = len(ladder.borrowers) - len(shown)
    return GridTable(columns, tuple(rows), every, frozenset(one.id for one in across), len(ladder.borrowers), left_out)


def _total(key: str, ladder: Ladder, across: Sequence[LadderRow]) -> FiguresRow:
    """One rung's sums: of each bank, and of all in its own column."""
    name = Cell(f"{WORDS[key]}合计", WORDS[key])
    need = _amount(ladder.total, "need") if key == NEED else Cell("")
    banks = [Cell("") if key == NEED else _amount(bank, key) for bank in across]
    edge = [_amount(ladder.total, one) if one == key else Cell("") for one in SUMMED]
    return FiguresRow(TOTAL + key, (name, need, *banks, *edge), total=True)


def _amount(row: LadderRow, key: str) -> Cell:
    rung = row.rung(key)
    if not rung.count:
        return Cell("0", 0, "quiet")
    brief = format_money(rung.yuan, "万元", 0) if rung.yuan is not None else ""
    return Cell(exact_wan(rung.yuan), rung.yuan, "" if rung.yuan is not None else "amber", opens=True, brief=brief)


def _line(row: LadderRow, banks: Sequence[LadderRow], pairs: Mapping[tuple[str, str], Sequence[Deal]]) -> FiguresRow:
    name = Cell(marked(row.name, row.party), row.name, opens=True)
    cells = []
    for bank in banks:
        deals = pairs.get((row.id, bank.id), ())
        deal = best(deals)
        reached = -_ORDER.index(deal.stage) if deal is not None else None
        light = LIGHTS[deal.stage] if deal is not None else ""
        cells.append(Cell(cell_text(deals), reached, light, opens=True, brief=brief_text(deals)))
    need = Cell(exact_wan(row.need.yuan), row.need.yuan, opens=True) if row.need.count else Cell("", None, opens=True)
    return FiguresRow(row.id, (name, need, *cells, *(_edge(row, key) for key in SUMMED)))


def _edge(row: LadderRow, key: str) -> Cell:
    return _amount(row, key) if row.rung(key).count else Cell("", None)
