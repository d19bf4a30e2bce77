"""银企落实情况表: what came of a matching event, bank by bank and borrower by borrower. Each rung is summed apart, every row
to the last 元, so that the rows of a column add up to what stands below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.errors import KnownError
from chain_office.domain.loans import MEAN_RATE, PARTY_WORDS, STAGE_WORDS
from chain_office.domain.percents import show_percent
from chain_office.queries.finance_desk import events, standing
from chain_office.reports.content import Column, Table, chinese_date
from chain_office.reports.papers import Paper
from chain_office.services.finance_report import exact_wan
from chain_office.services.packing.wording import said, yi
from chain_office.services.papers.naming import clean, joined
from chain_office.services.papers.order import EXCEL, PDF, WORD, PaperFile
from chain_office.services.papers.wording import known, numeral

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.domain.loans import Deal, Ladder, LadderRow, Need
    from chain_office.queries.finance_desk import Standing
    from chain_office.services.papers.letterhead import Letterhead

ALL: Final = "全部"
"""Instead of an event's name: of all events together."""
_YI, _WAN = 100_000_000, 10_000
_ROUGHLY: Final = ((_YI, _YI, "亿"), (1000 * _WAN, 100 * _WAN, "万"), (_WAN, _WAN, "万"))
_COLUMNS: Final = (
    Column("序号", 3.6, "center"), Column("融资主体", 21), Column("需求", 6, "right"), Column("意向", 6, "right"),
    Column("授信", 6, "right"), Column("授信时间", 7, "center"), Column("放款", 6, "right"),
    Column("放款时间", 7, "center"), Column("新增", 6, "right"), Column("续贷", 6, "right"),
    Column("利率", 5, "right"), Column("落实情况", 15),
)  # fmt: skip


def loan_outcome(
    ledger: Ledger, day: date, event: str | None, head: Letterhead, *, rounded: bool = False
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """The table of an event (left out: the latest; 全部: of all). ``rounded``: the sum in the text as 7亿余元."""
    found = _standing(ledger, day, event)
    if not found.deals and not found.needs:
        return (), (f"截至 {day.isoformat()} 没有银企对接的记录，没有写任何文件。",), None
    made = found.ladder
    name = found.event.name if found.event else "历次银企对接"
    title = f"{name}落实情况表" if found.event is None or "对接" in name else f"{name}银企对接落实情况表"
    paper = Paper(
        name=clean(joined("银企落实情况表", name, day.isoformat()), 120),
        title=title,
        parts=(_text(found, made, rounded=rounded), _table(found, made)),
        office=head.office,
        issued=day,
        wide=True,
        sample=head.sample,
        note=f"{head.office}　截至{chinese_date(day)}",
    )
    notes = (f"{name}：放款合计 {made.total.drawn.yuan or 0:,} 元，与放款金额一致。", *_questions(made.total))
    return (PaperFile("", paper, (PDF, WORD, EXCEL)),), notes, None


def _standing(ledger: Ledger, day: date, event: str | None) -> Standing:
    held = events(ledger, day)
    if event and event.strip() == ALL:
        return standing(ledger, day)
    if not event:
        return standing(ledger, day, held[0].id if held else "")
    for one in held:
        if one.name == event.strip():
            return standing(ledger, day, one.id)
    there = "、".join(f"“{one.name}”" for one in held) or "一个也没有"
    raise KnownError(f"截至 {day.isoformat()} 没有叫“{event.strip()}”的对接会；现有：{there}。")


def _questions(total: LadderRow) -> tuple[str, ...]:
    borrowed = f"其中 {total.borrowed_days} 笔没有日期，按对接会日期计。" if total.borrowed_days else ""
    return (borrowed,) if borrowed else ()


def roughly(yuan: int) -> str:
    """As speeches put it: 7亿余元, 3800余万元; exact where nothing is left over. Never more than there is."""
    for least, step, word in _ROUGHLY:
        if yuan >= least:
            whole, rest = divmod(yuan, step)
            number = whole * (step // (_YI if word == "亿" else _WAN))
            if not rest:
                return f"{number}{word}元"
            return f"{number}{word}余元" if word == "亿" else f"{number}余{word}元"
    return f"{yuan}元"


def _text(found: Standing, made: Ladder, *, rounded: bool) -> str:
    total, day = made.total, chinese_date(found.day)
    parties = "、".join(
        part for part in (
            f"{total.enterprises}家企业" if total.enterprises else "", f"{total.parks}个园区" if total.parks else "",
        ) if part
    )  # fmt: skip
    held = f"（{chinese_date(found.event.day)}）" if found.event and found.event.day else ""
    drawn = total.drawn.yuan or 0
    text = f"截至{day}，{found.event.name if found.event else '历次银企对接'}{held}"
    text += f"{parties or '没有主体'}与{total.banks}家银行达成意向及以上"
    text += f"，意向{_amount(total.intent.yuan)}、授信{_amount(total.granted.yuan)}"
    text += f"，放款{roughly(drawn) if rounded else _amount(drawn)}（{total.drawn.count}笔）"
    text += f"，其中新增{_amount(total.new_yuan)}、续贷{_amount(total.renewed_yuan)}" if drawn else ""
    text += f"、未注明{_amount(total.unsaid_yuan)}" if total.unsaid_yuan else ""
    text += f"；{total.refused}笔未达成" if total.refused else ""
    return f"{text}。意向、授信、放款是同一资金的不同阶段，各算各的，不相加。"


def _amount(yuan: int | None) -> str:
    """Exact: 7.31亿元, 3520万元, 7310.5万元."""
    if yuan is None:
        return "未登记"
    if yuan >= _YI and yuan % (_YI // 100) == 0:
        return f"{yi(yuan)}亿元"
    return f"{exact_wan(yuan).replace(',', '')}万元"


def _table(found: Standing, made: Ladder) -> Table:
    rows: list[tuple[str, ...]] = []
    groups: set[int] = set()
    strong: set[int] = set()
    needs = {one.id: one for one in found.needs}
    place = 0
    for number, bank in enumerate(made.banks, start=1):
        mine = [one for one in found.deals if (one.bank_id, one.bank) == (bank.id, bank.name)]
        groups.add(len(rows))
        rows.append(
            (f"{numeral(number)}、{said(bank.name)}（对接{bank.intent.parties}户，放款{bank.drawn.parties}户）",)
        )
        for deal in sorted(mine, key=lambda one: (one.party == "park", one.number)):
            place += 1
            rows.append(_line(place, deal, needs.get(deal.need_id)))
        strong.add(len(rows))
        rows.append(_sums("小计", bank))
    alone = _nobody_took_up(found)
    if alone:
        groups.add(len(rows))
        rows.append((f"{numeral(len(made.banks) + 1)}、没有银行对接的需求（{len(alone)}项）",))
        for need in alone:
            place += 1
            rows.append((str(place), _who(need.borrower, need.party), exact_wan(need.yuan), *[""] * 8, "没有银行对接"))
    strong.add(len(rows))
    rows.append(_sums("合计", made.total))
    return Table(
        "", _COLUMNS, tuple(rows), "万元", _notes(found, made), frozenset(strong), frozenset(groups), "compact"
    )  # fmt: skip


def _nobody_took_up(found: Standing) -> list[Need]:
    at_work = {one.need_id for one in found.deals} | {one.borrower_id for one in found.deals if not one.need_id}
    return [one for one in found.needs if one.id not in at_work and one.borrower_id not in at_work]


def _who(name: str, party: str) -> str:
    word = PARTY_WORDS[party]
    return f"{known(name)}（{word}）" if word == "名册外" else known(name)


def _line(place: int, deal: Deal, need: Need | None) -> tuple[str, ...]:
    kinds = {kind: sum(one.yuan for one in deal.drawings if one.kind == kind) for kind in ("新增", "续贷")}
    rates = list(dict.fromkeys(one.rate for one in deal.drawings if one.rate is not None))
    return (
        str(place), _who(deal.borrower, deal.party), _cell(need.yuan if need else None), _cell(deal.intent_yuan),
        _cell(deal.granted_yuan), _days([one for one in (deal.granted_day,) if one]), _cell(deal.drawn_yuan),
        _days([one.day for one in deal.drawings]), *(_cell(yuan or None) for yuan in kinds.values()), _rates(rates),
        _how_far(deal),
    )  # fmt: skip


def _cell(yuan: int | None) -> str:
    return "" if yuan is None else exact_wan(yuan)


def _days(days: Sequence[date]) -> str:
    return "\n".join(dict.fromkeys(day.isoformat() for day in days))


def _rates(rates: Sequence[Decimal]) -> str:
    return "\n".join(show_percent(rate, 2) for rate in rates)


def _how_far(deal: Deal) -> str:
    if deal.stage == "refused":
        return f"未达成：{said(deal.reason)}" if deal.reason else "未达成（没有记原因）"
    if deal.stage == "drawn":
        left = (deal.granted_yuan or 0) - (deal.drawn_yuan or 0)
        return f"已放款，授信尚余{exact_wan(left)}" if left > 0 else "已全部放款" if deal.granted_yuan else "已放款"
    words = {"granted": "已授信，未放款", "intent": "达成意向，未授信"}
    return words.get(deal.stage, STAGE_WORDS[deal.stage])


def _sums(word: str, row: LadderRow) -> tuple[str, ...]:
    return (
        "", word, exact_wan(row.need.yuan), exact_wan(row.intent.yuan), exact_wan(row.granted.yuan), "",
        exact_wan(row.drawn.yuan), f"{row.drawn.count}笔" if row.drawn.count else "", exact_wan(row.new_yuan),
        exact_wan(row.renewed_yuan), "" if row.rate is None else show_percent(row.rate, 2),
        f"落地率{_percent(row.landed_yuan)}" + (f"，未达成{row.refused}笔" if row.refused else ""),
    )  # fmt: skip


def _percent(value: Decimal | None) -> str:
    return "—" if value is None else show_percent(value)


def _notes(found: Standing, made: Ladder) -> tuple[str, ...]:
    total = made.total
    notes = [
        f"口径：截至{chinese_date(found.day)}；需求、意向、授信、放款各算各的，不相加；放款合计{total.drawn.yuan or 0:,}元，"
        "按放款逐笔相加，一笔只计一次。",
        "同一需求对接几家银行的，各行、各行小计都列，合计只计一次。落地率 = 放款 ÷ 授信；小计、合计的利率为加权平均："
        f"{MEAN_RATE.partition(' = ')[2]}。",
    ]
    if total.unsaid_yuan:
        notes.append(f"放款中{exact_wan(total.unsaid_yuan)}万元没有注明新增或续贷。")
    if total.borrowed_days:
        notes.append(f"{total.borrowed_days}笔授信、放款没有日期，按对接会日期计。")
    if total.approximate:
        notes.append(f"{total.approximate}个数额原表写作约数，按所写数额计入。")
    if total.off_register:
        notes.append(f"{total.off_register}家借款企业不在规上名册，贷款照计，不计入规上企业数。")
    return tuple(notes)
