"""One record about to be saved, as the rules look at it: what it was, what it would be, what was touched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from chain_office.domain.forms import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Form
    from chain_office.queries.editing.rows import Row


@dataclass(frozen=True, slots=True)
class Case:
    """``before`` None: a new record. ``after``: every column as it would be. ``changed``: fields whose value changes."""

    ledger: Ledger
    form: Form
    row_id: str
    before: Row | None
    after: Row
    changed: frozenset[str]
    today: date

    @property
    def is_new(self) -> bool:
        """Whether the record is not in the ledger yet."""
        return self.before is None

    def touched(self, *names: str) -> bool:
        """Whether one of the fields changes, or the record is new: what was there before is not complained of."""
        return self.is_new or not self.changed.isdisjoint(names)

    def label(self, name: str) -> str:
        """What people call a field."""
        return self.form.field(name).spec.label

    def others(self, rows: Iterable[Row]) -> list[Row]:
        """The rows that are not this record itself."""
        return [row for row in rows if row["id"] != self.row_id]

    def day(self, name: str) -> date | None:
        """A day as it would be."""
        value = self.after[name]
        return value if isinstance(value, date) else None

    def amount(self, name: str) -> int | None:
        """An amount or number as it would be."""
        value = self.after[name]
        return value if isinstance(value, int) else None


def warn(name: str, message: str) -> Fault:
    """Pointed out once; saved when the person stays with it."""
    return Fault(name, message, stops=False)


def in_order(case: Case, first: str, last: str, *, same_day: bool = True) -> Iterator[Fault]:
    """A stretch does not end before it begins."""
    start, end = case.day(first), case.day(last)
    if start and end and case.touched(first, last) and (end < start or (end == start and not same_day)):
        word = "早于" if same_day else "不晚于"
        yield Fault(last, f"{case.label(last)} {end} {word}{case.label(first)} {start}，请核对")


def not_ahead(case: Case, *names: str) -> Iterator[Fault]:
    """What has happened did not happen in the future."""
    for name in names:
        day = case.day(name)
        if day and case.touched(name) and day > case.today:
            yield warn(name, f"{case.label(name)} {day} 还没有到（今天 {case.today}），请核对")


def not_negative(case: Case, *names: str) -> Iterator[Fault]:
    """Amounts that cannot be below zero."""
    for name in names:
        amount = case.after[name]
        if case.touched(name) and amount is not None and amount < 0:
            yield Fault(name, f"{case.label(name)}不能是负数，请核对")


def one_borrower(case: Case) -> Iterator[Fault]:
    """An enterprise or a park borrows, never both."""
    if case.touched("enterprise_id", "park_id"):
        firm, park = case.after["enterprise_id"], case.after["park_id"]
        if firm and park:
            yield Fault("park_id", "融资主体只能是一家企业或一个园区，请清空其中一个")
        if not firm and not park:
            yield Fault("enterprise_id", "没有融资主体，请选择企业或园区")


def text_of(value: Any) -> str:
    """A text or nothing as a text."""
    return value if isinstance(value, str) else ""
