"""四、银企对接: 意向, 授信 and 放款 apart, 新增 apart from 续贷, bank by bank."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chain_office.reports.content import Column, Section, Table
from chain_office.services.charting import exhibit
from chain_office.services.packing.linking import cell_links, count, figure
from chain_office.services.packing.wording import ROUNDED, UNKNOWN, UNRECORDED, day, listed, money, said, wan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.queries.loans import BankLoans
    from chain_office.services.packing.facts import Facts

HEADING = "银企对接"
ANNEX = "各银行对接落实情况"
_TOTALS = ((1, "finance.enterprises"), (2, "finance.parks"), (4, "finance.granted_yuan"), (5, "finance.drawn_yuan"))
_AMOUNTS = ("intent_yuan", "granted_yuan", "drawn_yuan", "drawn_new_yuan", "drawn_renewed_yuan")


def section(facts: Facts) -> Section:
    """The section."""
    if not facts.desks.finance:
        return Section(HEADING, (f"台账尚未登记银企对接情况，对接和放款情况{UNKNOWN}。",))
    if not facts.banks:
        return Section(HEADING, ("截止日以前没有达成意向的银企对接。",))
    return Section(HEADING, (_matched(facts) + _amounts(facts),))


def annex(facts: Facts) -> Section | None:
    """The table by bank with its chart; None where no bank was matched."""
    if not facts.banks:
        return None
    chart = exhibit("finance-ladder", facts)
    return Section(ANNEX, tables=(_table(facts),), charts=() if chart is None else (chart,), annex=True)


def _matched(facts: Facts) -> str:
    number = facts.headline.number
    events = [_event(said(name), held) for name, held in facts.events]
    text = f"通过{listed(events, 3)}，" if events else ""
    parties = f"企业{count(facts, 'finance.enterprises')}家"
    parks = number("finance.parks")
    parties += f"、园区{count(facts, 'finance.parks')}个" if parks else ""
    banks = listed([said(bank.bank) for bank in facts.banks])
    text += f"{parties}与{count(facts, 'finance.banks')}家银行（{banks}）达成意向及以上"
    if facts.needs.count:
        needs = facts.needs
        text += f"；登记融资需求{needs.count}项，需求金额{money(needs.yuan) if needs.with_amount else UNRECORDED}"
        missing = needs.count - needs.with_amount
        text += f"（{missing}项{UNRECORDED}金额）" if missing and needs.with_amount else ""
    return text + "。"


def _event(name: str, held: str | None) -> str:
    return name if held is None else f"{name}（{day(date.fromisoformat(held))}）"


def _amounts(facts: Facts) -> str:
    head = facts.headline
    intents = [bank.intent_yuan for bank in facts.banks if bank.intent_yuan is not None]
    text = f"意向金额{money(sum(intents)) if intents else UNRECORDED}，"
    granted, drawn = head.value("finance.granted_yuan"), head.value("finance.drawn_yuan")
    text += f"授信{figure('finance.granted_yuan', _known(granted))}"
    text += f"，放款{figure('finance.drawn_yuan', _known(drawn))}"
    fresh, renewed = (sum(getattr(b, f"drawn_{kind}_yuan") for b in facts.banks) for kind in ("new", "renewed"))
    if isinstance(drawn, int) and drawn:
        parts = [("新增", fresh), ("续贷", renewed), (f"{UNRECORDED}性质", drawn - fresh - renewed)]
        text += f"，其中{'、'.join(f'{word}{money(yuan)}' for word, yuan in parts if yuan)}"
    waiting = sum(max(0, loan.granted_yuan - loan.drawn_yuan) for loan in facts.loans)
    text += f"；已授信尚未放款{money(waiting)}" if waiting else ""
    return f"{text}。意向、授信、放款是同一资金的不同阶段，不相加。"


def _known(value: object) -> str:
    return money(value) if isinstance(value, int) else UNRECORDED


def _table(facts: Facts) -> Table:
    columns = (
        Column("银行", 14), Column("企业（家）", 8, "right"), Column("园区（个）", 8, "right"),
        Column("意向", 10, "right"), Column("授信", 10, "right"), Column("放款", 10, "right"),
        Column("其中：新增", 10, "right"), Column("其中：续贷", 10, "right"),
    )  # fmt: skip
    rows = [_row(bank) for bank in facts.banks]
    rows.append(_total(facts))
    notes = [
        "口径：意向、授信、放款均为截止日以前的合计，互不相加；户数为达成意向及以上的不同企业、园区，"
        "同一企业对接几家银行的，合计只计一次。"
    ]
    if any(_uneven([getattr(bank, key) for bank in facts.banks]) for key in _AMOUNTS):
        notes.append(f"{ROUNDED}。")
    about = sum(bank.approximate for bank in facts.banks)
    if about:
        notes.append(f"放款中有{about}笔原表写作约数，按所写数额计入。")
    return Table(
        "", columns, tuple(rows), "万元", tuple(notes),
        strong=frozenset({len(rows) - 1}), density="compact", links=cell_links(len(rows) - 1, _TOTALS),
    )  # fmt: skip


def _row(bank: BankLoans) -> tuple[str, ...]:
    return (
        said(bank.bank),
        str(bank.enterprises),
        str(bank.parks),
        *(_cell(yuan) for yuan in (bank.intent_yuan, bank.granted_yuan, bank.drawn_yuan)),
        wan(bank.drawn_new_yuan),
        wan(bank.drawn_renewed_yuan),
    )


def _cell(yuan: int | None) -> str:
    return UNRECORDED if yuan is None else wan(yuan)


def _total(facts: Facts) -> tuple[str, ...]:
    number = facts.headline.number
    sums = [_sum([getattr(bank, key) for bank in facts.banks]) for key in _AMOUNTS]
    return (
        "合计",
        str(number("finance.enterprises")),
        str(number("finance.parks")),
        *sums,
    )


def _sum(amounts: Sequence[int | None]) -> str:
    known = [yuan for yuan in amounts if yuan is not None]
    return wan(sum(known)) if known else UNRECORDED


def _uneven(amounts: Sequence[int | None]) -> bool:
    """Whether the cells, as rounded, do not add up to their rounded sum."""
    known = [yuan for yuan in amounts if yuan is not None]
    return sum(int(wan(yuan)) for yuan in known) != int(wan(sum(known)))
