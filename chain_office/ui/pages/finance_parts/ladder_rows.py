"""What the ladder shows: a line a bank or a borrower with every rung by itself; refusals; drawings asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.loans import LANDED_PARTIES, LANDED_YUAN, MEAN_RATE
from chain_office.domain.percents import show_percent
from chain_office.services.finance_report import NEED_OF_BANK, exact_wan
from chain_office.ui.kit.figures_table import Cell, FiguresRow, Measured
from chain_office.ui.kit.rows import Column, Line
from chain_office.ui.pages.finance_parts.grid_cells import marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from chain_office.domain.loans import Doubt, LadderRow
    from chain_office.queries.finance_desk import Standing

NAME: Final = "name"
TOTAL_ID: Final = "total"
_AMOUNTS: Final = {
    "need": "登记的融资需求金额之和",
    "intent": "达成意向及以上的意向金额之和",
    "granted": "截止日以前的授信之和",
    "drawn": "截止日以前的放款之和，一笔只计一次",
}
_KINDS: Final = {"new": "新增", "renewed": "续贷", "unsaid": "未注明"}
REFUSAL_COLUMNS: Final = (
    Column("编号", 66), Column("银行", 90), Column("融资主体", 190), Column("意向（万元）", 92, right=True),
    Column("日期", 84), Column("未达成原因", 260),
)  # fmt: skip
DOUBT_COLUMNS: Final = (
    Column("融资主体", 190), Column("银行", 90), Column("金额（万元）", 92, right=True), Column("放款时间", 84),
    Column("记在", 62), Column("另一笔", 84), Column("记在", 62), Column("为什么问", 220),
)  # fmt: skip
REFUSAL_WIDE, DOUBT_WIDE = 5, 7


def _right(formula: str) -> str:
    """What stands right of the sign of equality: the heading says the left."""
    return formula.partition("= ")[2]


def ladder_columns(word: str) -> tuple[Measured, ...]:
    """The headings, each with its formula. ``word``: 银行 or 融资主体."""
    of_bank = f"；{NEED_OF_BANK}" if word == "银行" else ""
    return (
        Measured(NAME, word, "", 150 if word != "银行" else 110, right=False),
        Measured("landed", "对接户", "达成意向及以上的不同主体", 56, rank=3, unit="户")
        if word == "银行"
        else Measured("landed", "对接银行", "与它达成意向及以上的不同银行", 66, rank=3, unit="家"),
        *(
            Measured(key, label, f"{_AMOUNTS[key]}，万元{of_bank if key == 'need' else ''}", 72, unit="元")
            for key, label in (("need", "需求"), ("intent", "意向"), ("granted", "授信"), ("drawn", "放款"))
        ),
        Measured("drawings", "放款笔数", "截止日以前的放款笔数", 66, rank=5, unit="笔"),
        *(Measured(key, label, f"放款中注明{label}的" if key != "unsaid" else "放款中没有注明新增还是续贷的", 66,
                   rank=6 if key == "unsaid" else 0, unit="元")
          for key, label in _KINDS.items()),
        Measured("landed_yuan", "落地率（金额）", _right(LANDED_YUAN), 104, rank=1, unit="%"),
        *(
            [Measured("landed_parties", "落地率（户数）", _right(LANDED_PARTIES), 112, rank=2, unit="%")]
            if word == "银行"
            else []
        ),
        Measured("rate", "平均利率", f"金额加权：{_right(MEAN_RATE)}", 72, rank=4, unit="%"),
        Measured("refused", "未达成", "银行没有答应的对接", 56, unit="笔"),
    )  # fmt: skip


def ladder_row(row: LadderRow, *, of_bank: bool, total: bool = False) -> FiguresRow:
    """A line of the ladder, of a bank (with the share of borrowers that drew) or of a borrower."""
    kinds = {"new": row.new_yuan, "renewed": row.renewed_yuan, "unsaid": row.unsaid_yuan}
    cells = [
        Cell(marked(row.name, row.party), row.name, opens=True),
        _count(row.intent.parties if of_bank else row.banks),
        *(_money(row.rung(key).yuan, known=bool(row.rung(key).count)) for key in _AMOUNTS),
        _count(row.drawn.count),
        *(_money(yuan, known=bool(row.drawn.count)) for yuan in kinds.values()),
        _share(row.landed_yuan, f"{exact_wan(row.drawn.yuan)}/{exact_wan(row.granted.yuan)}"),
        *([_share(row.landed_parties, f"{row.drawn.parties}/{row.intent.parties}")] if of_bank else []),
        Cell("—", None, "quiet") if row.rate is None else Cell(show_percent(row.rate, 2), row.rate, opens=True),
        Cell(str(row.refused), row.refused, "red" if row.refused else "quiet", opens=bool(row.refused)),
    ]  # fmt: skip
    return FiguresRow(TOTAL_ID if total else row.id, tuple(cells), total)


def _count(number: int) -> Cell:
    return Cell(str(number), number, "" if number else "quiet", opens=bool(number))


def _money(yuan: int | None, *, known: bool) -> Cell:
    if yuan is None:
        return Cell("未登记", None, "amber", opens=known)
    return Cell(exact_wan(yuan), yuan, "" if yuan else "quiet", opens=bool(yuan))


def _share(value: Decimal | None, of: str) -> Cell:
    if value is None:
        return Cell("—", None, "quiet")
    return Cell(f"{show_percent(value)}（{of}）", value, opens=True)


def refusal_lines(found: Standing) -> list[Line]:
    """Who was told no, by which bank, and why; those without a reason first."""
    refused = sorted(
        (one for one in found.deals if one.refused), key=lambda one: (bool(one.reason), one.bank, one.number)
    )
    return [
        Line(
            deal.id,
            (
                f"YQ{deal.number:04d}", deal.bank, deal.borrower, exact_wan(deal.intent_yuan),
                deal.refused_day.isoformat() if deal.refused_day else "未登记", deal.reason or "没有记原因，请向银行补问",
            ),
            ("quiet", "", "", "", "" if deal.refused_day else "quiet", "" if deal.reason else "red"),
        )
        for deal in refused
    ]  # fmt: skip


def doubt_lines(found: Iterable[Doubt]) -> list[Line]:
    """Drawings that may be one loan reported twice; a line is called by the later drawing."""
    return [
        Line(
            one.drawing.id,
            (
                one.deal.borrower, one.deal.bank, exact_wan(one.drawing.yuan), one.drawing.day.isoformat(),
                f"YQ{one.deal.number:04d}", one.other.day.isoformat(),
                f"YQ{one.other_deal.number:04d}", one.why,
            ),
            ("", "", "", "", "quiet", "", "quiet", "amber"),
        )
        for one in found
    ]  # fmt: skip


def reasons(found: Standing) -> list[tuple[str, int]]:
    """Why banks said no, the most frequent first."""
    counts: dict[str, int] = {}
    for deal in found.deals:
        if deal.refused:
            word = deal.reason or "没有记原因"
            counts[word] = counts.get(word, 0) + 1
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def said_of(total: LadderRow) -> Sequence[str]:
    """What is to be known about the sums."""
    return [
        words for number, words in (
            (total.off_register, f"名册外企业 {total.off_register} 家，贷款照计，不计入规上企业数"),
            (total.borrowed_days, f"{total.borrowed_days} 笔授信、放款没有日期，按对接会日期计"),
            (total.approximate, f"{total.approximate} 个数额是约数，按所写数额计入"),
        ) if number
    ]  # fmt: skip
