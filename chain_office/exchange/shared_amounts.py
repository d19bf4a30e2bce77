"""One amount for several banks: it is asked how it divides, never guessed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chain_office.domain.kinds import BadValue, Context, Reading
from chain_office.domain.tables import ParsedCell, ParsedRow, Question, Remark
from chain_office.domain.values import MONEY
from chain_office.exchange.banks import BANK_AMOUNTS, split_amounts, split_banks

if TYPE_CHECKING:
    from collections.abc import Mapping


def settle_banks(
    row: ParsedRow, sharing: tuple[str, ...], sheet: str, answers: Mapping[str, str], questions: dict[str, Question]
) -> list[ParsedRow]:
    """The row, refused with a question, or divided as the answer says. ``sharing``: banks a merged amount spans."""
    bank = row.cell("bank")
    amounts = [cell for cell in row.cells if cell.field in BANK_AMOUNTS and cell.reading.value and not cell.bank]
    banks = sharing or (tuple(split_banks(bank.text)) if bank else ())
    if len(banks) < 2 or not amounts:
        return [row]
    column = bank.column if bank else ""
    question_id = f"{sheet}!{row.row}!{column}!banks"
    answer = answers.get(question_id, "")
    shares = split_amounts(answer)
    named = amounts[0]
    if answer and not shares:
        return [_with_bank(row, answer)]
    if shares and len(amounts) == 1:
        try:
            return [_share(row, name, named, amount) for name, amount in shares]
        except BadValue as bad:
            remark = Remark(row.row, named.column, answer, bad.reason, question_id)
            return [replace(row, refused=(*row.refused, remark))]
    reason = f"{'、'.join(banks)}共用一个{named.column}（{named.text}），不知各是多少"
    example = "、".join(f"{name}…万元" for name in banks)
    text = f"工作表“{sheet}”第 {row.row} 行：{reason}。请按“{example}”的样子写出，或只写一家银行。"
    questions.setdefault(question_id, Question(question_id, sheet, text, banks, "banks"))
    remark = Remark(row.row, named.column, named.text, reason, question_id)
    return [replace(row, refused=(*row.refused, remark))]


def _with_bank(row: ParsedRow, name: str) -> ParsedRow:
    cells = tuple(
        replace(cell, text=name, reading=Reading(name)) if cell.field == "bank" else cell for cell in row.cells
    )
    return replace(row, cells=cells)


def _share(row: ParsedRow, name: str, amount: ParsedCell, text: str) -> ParsedRow:
    reading = MONEY.parse(text, Context())
    cells = tuple(
        replace(cell, text=text, reading=reading) if cell is amount else cell for cell in _with_bank(row, name).cells
    )
    return replace(row, cells=cells)
