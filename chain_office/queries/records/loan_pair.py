"""A borrower and a bank that have nothing on record together: what the borrower wants, and who else was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.loans import PARTY_WORDS, STAGE_WORDS
from chain_office.queries.records.rows import named, wan
from chain_office.queries.records.shape import Item, Line, Record, Section

if TYPE_CHECKING:
    from chain_office.domain.loans import Deal, Need
    from chain_office.queries.finance_desk import Standing

_LIGHTS: Final = {"drawn": "green", "granted": "blue", "intent": "amber", "refused": "red"}

_HOW: Final = "这家银行还没有对接。按 1 登记意向、2 授信、3 放款、4 未达成，对接随之建立。"


def loan_pair(found: Standing, borrower_id: str, bank: str) -> Record | None:
    """The empty cell of a borrower (its id) and a bank (its name); None for nobody."""
    needs = [one for one in found.needs if one.borrower_id == borrower_id]
    deals = [one for one in found.deals if one.borrower_id == borrower_id]
    who: Need | Deal | None = next(iter(needs), None) or next(iter(deals), None)
    if who is None:
        return None
    whose = (
        named("园区", who.borrower)
        if who.party == "park"
        else named("企业", who.borrower, page="enterprises", reference=f"enterprise:{borrower_id}")
    )
    off = PARTY_WORDS[who.party] == "名册外"
    sections = [
        Section("融资主体", (*whose, *named("说明", "不在规上名册，贷款照计，不计入规上企业数" if off else ""))),
        Section("融资需求", (), ("编号", "金额（万元）"), tuple(_need(one) for one in needs), frozenset({1})),
        Section("已对接的银行", (), ("银行", "放款（万元）", "到哪一步"), tuple(map(_deal, deals)), frozenset({1})),
    ]
    if bank:
        sections.append(Section("登记", (Item("", _HOW),)))
    title = f"{who.borrower} · {bank}" if bank else who.borrower
    return Record("finance", f"pair:{borrower_id}", "", title, "未对接" if bank else "", "grey", tuple(sections), ())


def _need(one: Need) -> Line:
    about = "约 " if one.approximate else ""
    return Line((f"XQ{one.number:04d}", about + wan(one.yuan)), "", "finance", f"need:{one.id}")


def _deal(one: Deal) -> Line:
    return Line(
        (one.bank, wan(one.drawn_yuan), STAGE_WORDS[one.stage]),
        _LIGHTS.get(one.stage, ""),
        "finance",
        f"match:{one.id}",
    )
