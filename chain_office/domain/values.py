"""The kinds of value there are. Fields, tables, editors, import and export pick them from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.codes import CREDIT_CODE, INDUSTRY_CODE
from chain_office.domain.contacts import PHONE
from chain_office.domain.days import DAY, MONTH
from chain_office.domain.money import MONEY
from chain_office.domain.percents import PERCENT
from chain_office.domain.quantities import DECIMAL, INTEGER, YEAR, QuantityKind
from chain_office.domain.textkinds import FLAG, LONG_TEXT, NAME, TEXT, YES_NO, Choice, ChoiceKind

if TYPE_CHECKING:
    from chain_office.domain.kinds import Kind

__all__ = [
    "CREDIT_CODE",
    "DAY",
    "DECIMAL",
    "FLAG",
    "INDUSTRY_CODE",
    "INTEGER",
    "KINDS",
    "LONG_TEXT",
    "MONEY",
    "MONTH",
    "NAME",
    "PERCENT",
    "PHONE",
    "TEXT",
    "YEAR",
    "YES_NO",
    "Choice",
    "ChoiceKind",
    "QuantityKind",
]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        *(TEXT, LONG_TEXT, NAME, INTEGER, YEAR, MONEY, DECIMAL, PERCENT, DAY, MONTH),
        *(YES_NO, FLAG, CREDIT_CODE, INDUSTRY_CODE, PHONE),
    )
}
